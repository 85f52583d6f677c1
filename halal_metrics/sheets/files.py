"""Bytes → grids of text cells. What a file is, is told by its content, never by its name's ending."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Final

import pyarrow as pa

from halal_metrics.personal import without_nik
from halal_metrics.sheets import worker
from halal_metrics.sheets.choices import tidy
from halal_metrics.sheets.cores import each
from halal_metrics.sheets.said.problems import UnreadableFile
from halal_metrics.sheets.said.sentences import FORMULAS_ALONE
from halal_metrics.sheets.values import cells

LIMIT: Final = 200 * 2**20
"""Bytes of a file; what fits a year of all LP3H many times over."""

_BLANK: Final = b"\0 \t\r\n"
_HEAD: Final = 100_000

_STARTS: Final = {
    b"PK\x03\x04": "zip",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "compound",  # of .xls, and of locked .xlsx
    b"PAR1": "parquet",
}
_RANGES: Final = ("merged", "said", "without_result", "widths", "hidden_rows")
"""What a parser says of a sheet in lists of tuples, as JSON has lists of lists."""
_LOCKED: Final = (b"PARE",)  # parquet with an enciphered footer
_OTHERS: Final = (b"PK\x05\x06", b"%PDF", b"{\\rtf", b"GIF8", b"Rar!", b"\x1f\x8b", b"BZh", b"7z\xbc\xaf")
"""Starts of text-like files, and of others, that are no spreadsheet."""

_MARKUP: Final = re.compile(rb"<[a-z!?]|mime-version:|from:\s|content-type:\s*multipart", re.IGNORECASE)
_TABLE: Final = re.compile(rb"<table[\s>]", re.IGNORECASE)


@dataclass(frozen=True)
class Grid:
    """
    One sheet as it lies there: columns of text cells; position 0 is row 1 of the spreadsheet program.

    Blank columns at the left may be left out. A merged cell's text is in its first cell.
    """

    name: str
    columns: list[pa.LargeStringArray]
    hidden: bool = False
    named_after_file: bool = False
    """Whether its name is the file's, as of one that has no sheets."""
    merged: tuple[tuple[int, int, int, int], ...] = field(default=())
    """Ranges (first row, first column, last row, last column): positions in this grid, both ends included."""
    said: tuple[tuple[str, int | None, str], ...] = ()
    """What its parser has to say: a code of SENTENCES, the row's position (None: of all of it), the text meant."""
    without_result: tuple[tuple[int, int, int, int], ...] = field(default=())
    """Cells whose formula has no stored result: ranges like those, also where this grid has no cells any more."""
    errors: Mapping[str, Sequence[tuple[int, int, int, int]]] = field(default_factory=dict)
    """What a failed formula shows (#N/A) → the cells that show it, which hold nothing here: ranges like those."""
    widths: tuple[tuple[int, int], ...] = ()
    """Of delimited lines of different lengths: the position from which lines have so many cells, and how many."""
    hidden_rows: tuple[tuple[int, int, int, int], ...] = ()
    """Rows that the spreadsheet program does not show: ranges like those, of one column."""

    @property
    def rows(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    def row(self, position: int) -> list[str | None]:
        return [column[position].as_py() for column in self.columns]


def read_grids(content: bytes, *, name: str) -> list[Grid]:
    """
    Every sheet of a file; `name` names the only sheet of a file that has no sheets, as spreadsheet programs do.

    Raises UnreadableFile and nothing else, whatever the bytes.
    """
    if len(content) > LIMIT:
        raise UnreadableFile("too_large")
    if not content[:1000].strip(_BLANK) and not content.strip(_BLANK):
        raise UnreadableFile("empty")
    grids = _named(_read(content, name))
    if all(column.null_count == len(column) for grid in grids for column in grid.columns):
        raise UnreadableFile("empty", why=FORMULAS_ALONE if any(grid.without_result for grid in grids) else None)
    return grids


def _named(grids: list[Grid]) -> list[Grid]:
    """
    The sheets without a NIK in their names, each by a name of its own: what is said of a sheet names it. Names that
    differ only in capitals or in spaces at their ends are one to a person.
    """
    own = [without_nik(grid.name) for grid in grids]
    written, taken = {tidy(name) for name in own}, set()
    for place, name in enumerate(own):
        if tidy(name) in taken:
            others = (f"{name.strip()} ({number})".lstrip() for number in count(2))
            own[place] = next(other for other in others if tidy(other) not in written | taken)
        taken.add(tidy(own[place]))
    return [replace(grid, name=name) for grid, name in zip(grids, own, strict=True)]


def kind(content: bytes) -> str:
    """
    What a parser is asked for: zip, compound, parquet, markup or delimited.

    >>> kind(b"NIB;Status"), kind(b"\\xef\\xbb\\xbf <!DOCTYPE html>"), kind("<table>".encode("utf-16"))
    ('delimited', 'markup', 'markup')

    Raises UnreadableFile for what is known to be something else.
    """
    for start, known in _STARTS.items():
        if content.startswith(start):
            return known
    if content.startswith(_LOCKED):
        raise UnreadableFile("password")
    head = content[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if head.startswith(_OTHERS):
        raise UnreadableFile("unsupported")
    # pages written by a script may begin with anything, such as the script's own warnings
    return "markup" if _MARKUP.match(head) or _TABLE.search(head) else "delimited"


def _read(content: bytes, name: str) -> list[Grid]:
    known = kind(content)
    return [
        Grid(
            said["name"],
            each(_column, columns, len(columns[0]) if columns else 0),
            said["hidden"],
            named_after_file=known == "delimited",
            errors=said["errors"],
            **{name: tuple(map(tuple, said[name])) for name in _RANGES},
        )
        for said, columns in worker.parse({"kind": known, "name": name}, content)
    ]


def _column(values: pa.Array | pa.ChunkedArray) -> pa.LargeStringArray:
    try:
        return cells.column(values)
    except MemoryError as error:
        raise UnreadableFile("too_large") from error
