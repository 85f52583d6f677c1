"""The headers of further tables below the first: after blank rows, or where the columns change on the next page."""

from collections import Counter
from itertools import groupby
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from halal_metrics.sheets.files import Grid
from halal_metrics.sheets.headings import headers
from halal_metrics.sheets.headings.header_lines import Known, Line
from halal_metrics.sheets.headings.header_rows import LINES, SURE, Header, candidates, header_at, spread
from halal_metrics.sheets.said.problems import UnreadableFile
from halal_metrics.sheets.values.cells import flags
from halal_metrics.sheets.values.numbers import number
from halal_metrics.spelling import capitals

_TITLES_BELOW: Final = 6
"""Rows after a gap among which the header of a further table is looked for."""

MOST: Final = 250
"""Tables of a sheet, each of which takes as long as a sheet of its own: no person makes as many."""

_TOO_MANY: Final = f"Satu lembar berkas ini memuat lebih dari {MOST} tabel. Pecah menjadi beberapa berkas."

_BEGIN: Final = 2
"""Columns, the first of a table, of which a header that changes the others has one."""

_USUAL: Final = tuple(
    written
    for spellings in (*headers.SPELLINGS.values(), *headers.COUNTS.values(), *headers.EITHER.values())
    for spelling in spellings.split(", ")
    for written in capitals(spelling)
)
"""Headers letter by letter: of most rows it is told at once that they are none."""


def further_headers(grid: Grid, first: Header, rows: np.ndarray, known: Known) -> list[Header]:
    """
    Headers of further tables below the first; `rows` the positions of the rows below it that hold anything.

    Such a header has three known headers or nothing but known ones, and says of some column something else than the
    header before it, which is only repeated otherwise, on the next page. Shortly below blank rows it may also be the
    same, if a title stands over it; elsewhere it must be as wide, without numbers.

    Raises UnreadableFile("too_large") for more than MOST.
    """
    gaps = np.flatnonzero(np.diff(rows, prepend=rows[:1]) > 1)
    near = np.unique(np.concatenate([gaps + ahead for ahead in range(_TITLES_BELOW)])) if len(gaps) else gaps
    near = rows[near[near < len(rows)]]
    below_gaps = near[_begins_like_header(grid, near)]
    found = [first]
    for position in np.union1d(below_gaps, rows[_written_like_header(grid, first, rows)]).tolist():
        if position < found[-1].end or _is_repeated(grid, position, found[-1], below_gaps):
            continue
        header = _header(grid, position, found[-1], known)
        if header is None:
            continue
        above = rows[np.searchsorted(rows, header.first) - 1]
        if position in below_gaps:
            titled = above >= found[-1].end and _is_title(grid.row(above), grid.row(position))
            another = titled or not _says_the_same(header, found[-1])
        else:
            another = above >= found[-1].end and _changes_columns(header, found[-1])
        if another:
            found.append(header)
        if len(found) > MOST:
            raise UnreadableFile("too_large", why=_TOO_MANY)
    return found[1:]


def _header(grid: Grid, position: int, before: Header, known: Known) -> Header | None:
    """The header that has this line, if it has enough known ones; those of the header before it are known."""
    start = max(before.end, position - LINES + 1)
    lines = spread(grid, start, position + LINES)
    own = {key for texts in _by_column(before).values() for key in texts}

    def is_known(text: str) -> bool:
        return known(text) or headers.key(text) in own

    row = position - start
    texts = {text for text in lines[row] if text}
    enough = [
        (score, height)
        for score, height in candidates(grid, lines, row, start, is_known)
        if score >= min(SURE, max(2, len(texts))) and score * 2 > len(texts)
    ]
    return header_at(grid, lines, row, max(enough)[1], start, known) if enough else None


def _by_column(header: Header) -> dict[int, set[str]]:
    """Column → the keys of what the header says of it."""
    said: dict[int, set[str]] = {}
    for line in header.written:
        for column, text in enumerate(line):
            if text:
                said.setdefault(column, set()).add(headers.key(text))
    return said


def _says_the_same(header: Header, before: Header) -> bool:
    """Whether a header says nothing of any column but what the one before it says of it."""
    said = _by_column(before)
    return all(keys <= said.get(column, set()) for column, keys in _by_column(header).items())


def _changes_columns(header: Header, before: Header) -> bool:
    """Whether a header in the midst of rows is one, and another than the one before it."""
    texts = [text for line in header.written for text in line if text]
    wide = len(_by_column(header)) * 2 >= len(_by_column(before))
    return wide and not any(number(text) is not None for text in texts) and not _says_the_same(header, before)


def _is_repeated(grid: Grid, position: int, before: Header, below_gaps: np.ndarray) -> bool:
    """Whether the header before stands here once more, line by line, as it does on every page of a printout."""
    last = position + before.lines
    if position in below_gaps or last > grid.rows:
        return False
    return all(tuple(grid.row(at)) == line for at, line in zip(range(position, last), before.written, strict=True))


def _is_title(line: Line, below: Line) -> bool:
    """Whether a line above a header titles it: one cell, or one for each of the lists beside each other."""
    lists = max(Counter(text for text, _ in groupby(below) if text).values(), default=1)
    return 0 < sum(text is not None for text in line) <= lists


def _begins_like_header(grid: Grid, positions: np.ndarray) -> np.ndarray:
    """Which of these rows have a known header as their first or second cell."""
    at = pa.array(positions)
    begins = np.zeros(len(positions), bool)
    for column in grid.columns[:4]:
        left = column.take(at)
        begins |= flags(pc.is_in(headers.keys(left), headers.KNOWN_KEYS))
    return begins


def _written_like_header(grid: Grid, first: Header, rows: np.ndarray) -> np.ndarray:
    """Which of these rows have a header in one of the first columns, as one is usually written or as the first is."""
    own = [text for line in first.written for text in line if text]
    usual = pa.array(dict.fromkeys([*own, *_USUAL]), pa.large_string())
    begins = np.zeros(grid.rows, bool)
    for column in sorted(first.names)[:_BEGIN]:
        begins |= pc.is_in(grid.columns[column], usual).to_numpy(zero_copy_only=False)
    return begins[rows]
