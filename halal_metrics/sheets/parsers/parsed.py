"""What the parsers give: sheets as columns of text, cut where nothing more comes."""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

TEXT: Final = pa.large_string()
MOST_COLUMNS: Final = 16_384
MOST_ROWS: Final = 1_048_576
"""What a sheet of a spreadsheet program can hold."""

UNPACKED_LIMIT: Final = 2 * 2**30
"""Bytes of a workbook's parts when unpacked: a small file can hold gigabytes of nothing."""

_MOST_MERGED: Final = 200_000
MOST_WRITTEN: Final = 4 * MOST_ROWS
"""Rows of text, marked up or not, which knows no limit of its own."""


class Refused(Exception):
    """A file that cannot be read, for a reason that is one of the codes of UnreadableFile."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


Range = tuple[int, int, int, int]
"""Cells merged into one: first row, first column, last row, last column; positions from 0, both ends included."""
Ranges = Sequence[Range]
Said = tuple[str, int | None, str]
"""What there is to say of a row: a code of SENTENCES, its position (None: of the whole sheet), the text it is about."""
Width = tuple[int, int]
"""The first row of lines that have one number of cells, and that number."""
Cell = tuple[int, int]
"""Row and column, from 0."""
Errors = Mapping[str, Ranges]
"""What a program shows where a formula fails → the cells that show it."""


@dataclass(frozen=True)
class Beside:
    """What a sheet says beside its values: ranges of one column each, but for the merged cells."""

    merged: Ranges = ()
    without_result: Ranges = ()
    """Cells whose formula has no stored result."""
    errors: Errors = field(default_factory=dict)
    percentages: Ranges = ()
    """Cells that are numbers and are shown as percentages."""
    hidden_rows: Ranges = ()
    """Rows that are not shown, as ranges of one column."""

    def moved(self, to: Callable[[Range], Range]) -> "Beside":
        """The same of a sheet in which each range stands in other columns."""
        merged, without_result, percentages = (
            list(map(to, ranges)) for ranges in (self.merged, self.without_result, self.percentages)
        )
        errors = {text: list(map(to, ranges)) for text, ranges in self.errors.items()}
        return Beside(merged, without_result, errors, percentages, self.hidden_rows)


@dataclass
class Parsed:
    """
    One sheet: columns of one length, of large_string or of codes for few texts; position 0 is row 1 of the spreadsheet
    program.
    """

    name: str
    columns: list[pa.Array]
    hidden: bool = False
    merged: Ranges = ()
    said: Sequence[Said] = ()
    without_result: Ranges = ()
    """Cells whose formula has no stored result: ranges of one column each, wherever they are."""
    errors: Errors = field(default_factory=dict)
    """The same of those whose formula failed."""
    widths: Sequence[Width] = ()
    """Of delimited lines of different lengths, where the length changes."""
    hidden_rows: Ranges = ()
    """Rows that are not shown, as ranges of one column."""


def trimmed(columns: Sequence[pa.Array]) -> list[pa.Array]:
    """
    The columns without what is blank at the bottom and at the right: formatted cells that hold nothing.

    >>> [column.to_pylist() for column in trimmed([pa.array(["a", None]), pa.array([None, None], pa.string())])]
    [['a']]
    """
    columns = list(columns)
    while columns and columns[-1].null_count == len(columns[-1]):
        columns.pop()
    rows = len(columns[0]) if columns else 0
    if any(column[rows - 1].is_valid for column in columns if rows):
        return [_as_text(column) for column in columns]
    last = max((_last_valid(column) for column in columns), default=-1)
    return [_as_text(column.slice(0, last + 1)) for column in columns]


def _as_text(column: pa.Array) -> pa.Array:
    return column if pa.types.is_dictionary(column.type) else column.cast(TEXT)


def plain(column: pa.Array) -> pa.Array:
    """The texts of a column, also where it has codes for them."""
    return column.dictionary.cast(TEXT).take(column.indices) if pa.types.is_dictionary(column.type) else column


def _last_valid(column: pa.Array) -> int:
    if column.null_count == len(column):
        return -1
    return int(np.flatnonzero(pc.is_valid(column).to_numpy(zero_copy_only=False))[-1])


def within(ranges: Iterable[Range], columns: Sequence[pa.Array], offset: int = 0) -> list[Range]:
    """The ranges as far as they lie over these columns, of which the first is column `offset` of the sheet."""
    rows, width = (len(columns[0]) if columns else 0), len(columns)
    found = []
    for first_row, first_column, last_row, last_column in ranges:
        first_column, last_column = max(first_column - offset, 0), min(last_column - offset, width - 1)
        last_row = min(last_row, rows - 1)
        if (
            first_row <= last_row
            and first_column <= last_column
            and (first_row, first_column) != (last_row, last_column)
        ):
            found.append((first_row, first_column, last_row, last_column))
        if len(found) == _MOST_MERGED:
            break
    return found


_SCIENTIFIC: Final = r"[-+]?[0-9.]*[0-9][eE][-+]?[0-9]{1,2}"
_NUMBER: Final = r"-?[0-9]{1,30}(?:\.[0-9]+)?(?:[eE][-+]?[0-9]{1,2})?"
_GROUPED: Final = r"^-?[1-9][0-9]{0,2}\.[0-9]{3}$"


def number_text(text: str) -> str:
    """
    The text of a cell that is a number, which nobody can take for thousands.

    >>> number_text("213.625"), number_text("72.000"), number_text("2.50"), number_text("8.12E+12")
    ('213.6250', '72', '2.5', '8120000000000')
    """
    if re.fullmatch(_SCIENTIFIC, text):
        text = f"{float(text):.10f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{text}0" if re.match(_GROUPED, text) else text


def percent_text(text: str) -> str:
    """
    The text of a number that is shown as a percentage; any other text as it is.

    >>> percent_text("1"), percent_text("0.325"), percent_text("1.23456"), percent_text("lunas")
    ('100%', '32.5%', '123.4560%', 'lunas')
    """
    if not re.fullmatch(_NUMBER, text):
        return text
    return f"{number_text(f'{round(Decimal(text) * 100, 10):f}')}%"


def seem_grouped(values: pa.Array) -> pa.Array | None:
    """Where a text is thousands to whoever reads it, but a fraction if its cell is a number; None where none is."""
    ends = np.frombuffer(values.buffers()[1], np.int64)[values.offset : values.offset + len(values) + 1]
    text = values.buffers()[2]
    # most columns have no text so short that has a dot so late, which is seen without a look at the rest of it
    short = np.flatnonzero((np.diff(ends) >= 5) & (np.diff(ends) <= 8)) if text else ()
    if not len(short) or not (np.frombuffer(text, np.uint8)[ends[1:][short] - 4] == ord(".")).any():
        return None
    found = pc.fill_null(pc.match_substring_regex(values, _GROUPED), False)
    return found if pc.any(found).as_py() else None  # "No. HP" has its dot there too


def as_fractions(values: pa.Array, where: pa.Array) -> pa.Array:
    """
    These of the texts with one more zero, so that they are no thousands.

    >>> as_fractions(pa.array(["1.234", "1.234"]), pa.array([True, False])).to_pylist()
    ['1.2340', '1.234']
    """
    more = (pa.scalar(text, values.type) for text in ("0", ""))
    return pc.if_else(where, pc.binary_join_element_wise(values, *more), values)


def as_ranges(cells: Iterable[Cell]) -> list[Range]:
    """
    The cells as ranges of one column each.

    >>> as_ranges([(4, 2), (5, 2), (7, 2), (0, 0)])
    [(0, 0, 0, 0), (4, 2, 5, 2), (7, 2, 7, 2)]
    """
    ordered = sorted((at, row) for row, at in cells)
    runs = groupby(enumerate(ordered), lambda placed: (placed[1][0], placed[1][1] - placed[0]))
    ranges = []
    for (at, _), run in runs:
        rows = [row for _, (_, row) in run]
        ranges.append((rows[0], at, rows[-1], at))
    return ranges


def masks(columns: Sequence[pa.Array], ranges: Iterable[Range]) -> Iterator[tuple[int, pa.Array]]:
    """For each column that has any of the cells, its position, and where they are."""
    for place, found in groupby(sorted(ranges, key=lambda cells: cells[1]), lambda cells: cells[1]):
        if 0 <= place < len(columns):
            mask = np.zeros(len(columns[place]), bool)
            for first, _, last, _ in found:
                mask[first : last + 1] = True
            yield place, pa.array(mask)


class Sketch:
    """A sheet written cell by cell, wherever they come, from which columns are made at the end."""

    def __init__(self) -> None:
        self.merged: list[Range] = []
        self.without_result: list[Cell] = []
        self.hidden_rows: list[Cell] = []
        self._rows: dict[int, list[int]] = {}
        self._texts: dict[int, list[str]] = {}
        self._height = 0

    def write(self, row: int, column: int, text: str | None) -> bool:
        """Whether there was anything to write. Cells are written at most once."""
        if not text or text.isspace():
            return False
        if row >= MOST_WRITTEN or column >= MOST_COLUMNS:
            raise Refused("too_large")
        self._rows.setdefault(column, []).append(row)
        self._texts.setdefault(column, []).append(text)
        self._height = max(self._height, row + 1)
        return True

    def add(self, below: "Sketch") -> None:
        """The cells of another one, written below these."""
        for column, rows in below._rows.items():
            self._rows.setdefault(column, []).extend(rows)
            self._texts.setdefault(column, []).extend(below._texts[column])
        self.merged += below.merged
        self._height = max(self._height, below._height)

    def parsed(self, name: str, *, hidden: bool = False) -> Parsed:
        """Columns keep their place only as far as there is one with text to their right."""
        nothing = pa.nulls(self._height, TEXT)
        columns = [self._column(column, nothing) for column in range(max(self._rows, default=-1) + 1)]
        return Parsed(
            name,
            columns,
            hidden,
            within(self.merged, columns),
            without_result=as_ranges(self.without_result),
            hidden_rows=as_ranges(self.hidden_rows),
        )

    def _column(self, column: int, nothing: pa.Array) -> pa.Array:
        if column not in self._rows:
            return nothing
        at = np.full(self._height, -1, np.int64)
        at[self._rows[column]] = np.arange(len(self._rows[column]))  # of two at one place the later one
        return pa.array(self._texts[column], TEXT).take(pa.array(at, mask=at < 0))


def with_part(parts: zipfile.ZipFile, name: str, text: bytes) -> bytes:
    """The zip with one part replaced."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as copy:
        for other in parts.namelist():
            copy.writestr(other, text if other == name else parts.read(other))
    return content.getvalue()


def as_line(value: Any) -> str:
    """For messages in the log: one short line."""
    return " ".join(str(value).split())[:300]
