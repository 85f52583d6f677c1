"""Which rows head a table: one line, or several over merged cells and units; and what each column is then called."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Final

from halal_metrics.personal import without_nik
from halal_metrics.sheets.files import Grid
from halal_metrics.sheets.headings import headers
from halal_metrics.sheets.headings.header_lines import Known, Line, Numbers, are_units, is_below, parents_of, spell
from halal_metrics.sheets.headings.measures import are_counts, is_plain, is_understood
from halal_metrics.sheets.values.cells import joined
from halal_metrics.statuses import explains_code

HEADER_WITHIN: Final = 30
"""Rows from the top among which the header is looked for."""

LINES: Final = 4
"""Lines a header has at most, the units of its counts with them."""

_NAMING_LINES: Final = LINES - 1
"""Lines that name columns, where no line of units follows."""

SURE: Final = 3
"""Known headers that make a header whatever else stands there."""
_PEEK: Final = 40  # cells below a header that tell whether it heads numbers


@dataclass(frozen=True)
class Header:
    """The header of one table."""

    first: int
    """Position of its first line."""
    lines: int
    names: dict[int, str]
    """Column → what it is called; a name stands for one column."""
    written: tuple[tuple[str | None, ...], ...]
    """Its lines as they lie there."""

    @property
    def end(self) -> int:
        """Position of the row below it."""
        return self.first + self.lines


def known_by(mapping: dict[str, str | None]) -> Known:
    """Whether a text heads a column: by our spellings, or because a person said so in `mapping`."""
    named = {headers.key(header) for header in mapping}
    return lambda text: headers.is_header(text) or headers.key(text) in named


def find_header(grid: Grid, known: Known, given: int | None = None) -> Header | None:
    """
    The lines with most known headers, the first of equals; None where no line has two, or is one in all.

    A line mostly of known headers, and several, is not looked past. `given` is the position of the first line
    where a person has said so: only how many lines there are is then decided here.
    """
    last = min(HEADER_WITHIN, grid.rows)
    start = given or 0
    lines = spread(grid, start, (last if given is None else given + 1) + LINES - 1)
    if given is not None:
        best = max(candidates(grid, lines, 0, start, known, given=True))
        return header_at(grid, lines, 0, best[1], given, known)
    top, position, height = 0, None, 1
    for row in range(last):
        for score, height_here in candidates(grid, lines, row, start, known):
            if score > top or (score == top and position == row):
                top, position, height = score, row, height_here
        if position == row and top >= SURE and top * 2 > len({text for text in lines[row] if text}):
            break
    return None if position is None else header_at(grid, lines, position, height, 0, known)


def spread(grid: Grid, start: int, stop: int) -> list[Line]:
    """The rows from start up to stop as far as there are, a merged cell's text in its whole range."""
    stop = min(stop, grid.rows)
    width = len(grid.columns)
    by_column = [column.slice(start, stop - start).to_pylist() for column in grid.columns]
    lines: list[Line] = [[cells[row] for cells in by_column] for row in range(stop - start)]
    for top, left, bottom, right in grid.merged:
        if top >= stop or top < start or left >= width or lines[top - start][left] is None:
            continue
        for row in range(top, min(bottom + 1, stop)):
            for column in range(left, min(right + 1, width)):
                lines[row - start][column] = lines[top - start][left]
    return lines


def candidates(
    grid: Grid, lines: list[Line], row: int, offset: int, known: Known, *, given: bool = False
) -> Iterator[tuple[int, int]]:
    """(known headers, lines) of the headers that can begin in this row; one of more lines only if they add to it."""
    texts = {text for text in lines[row] if text}
    if not given and explains_code([text for text in lines[row] if text]):
        return
    known_here = sum(known(text) or is_understood(text) for text in texts)
    best = (known_here, sum(text is not None for text in set(lines[row])))
    if best[0] >= 2 or best[0] == len(texts) or given:
        yield best[0], 1
    for height in range(2, LINES + 1):
        block = lines[row : row + height]
        if len(block) < height or _is_over_all(block) or not is_below(block):
            return
        units = are_units(block)
        if height > _NAMING_LINES and not units:
            return
        numbers = _numbers(grid, offset + row + height)
        score = _score(block, known, numbers)
        if units and (height == 2 or score[0] >= best[0]):
            yield (best := (max(best[0], score[0]), best[1] + 1))[0], height
            continue
        # A cell merged with the one above is not the lower lines' own.
        own = [[text if text != above else None for above, text in zip(block[0], line, strict=True)] for line in block]
        if score > max(best, _score(own[1:], known, numbers)) and score[0] >= 2:
            best = score
            yield score[0], height


def is_title(grid: Grid, header: Header, below: Header) -> bool:
    """Whether what seems a header of one text is the title of the table below, with nothing but titles between."""
    texts = {text for line in header.written for text in line if text}
    between = [{text for text in grid.row(row) if text} for row in range(header.end, below.first)]
    return len(texts) == 1 and header.end <= below.first and all(len(line) <= 1 for line in between)


def _is_over_all(block: list[Line]) -> bool:
    """Whether the first line is one text that begins where the lines below it do: a title, which divides nothing."""
    begins = [next((at for at, text in enumerate(line) if text), len(line)) for line in (block[0], block[-1])]
    return len({text for text in block[0] if text}) == 1 and begins[0] <= begins[1]


def _numbers(grid: Grid, start: int) -> Numbers:
    @cache
    def numbers(column: int) -> bool:
        above = {*grid.columns[column].slice(max(0, start - LINES), min(start, LINES)).to_pylist()}
        below = grid.columns[column].slice(start, _PEEK).drop_null().to_pylist()
        return are_counts([text for text in below if text not in above])  # the header may come again

    return numbers


def _score(block: list[Line], known: Known, numbers: Numbers) -> tuple[int, int]:
    """Known headers (a part of a known count is one), and headers that have a cell in the lowest line."""
    spelled = spell(block, known, numbers)
    below = {name for name, text in zip(spelled, block[-1], strict=True) if name and text}
    over = parents_of(block[0], block[min(1, len(block) - 1)])
    of_counts = {name for name, text in zip(spelled, over, strict=True) if name and text and is_plain(text)}
    if any(text and known(text) for text, below in zip(block[0], block[-1], strict=True) if below in (None, text)):
        # Beside a header of its own a line divides: "Kab/Kota | Program A | Program B" over the same counts.
        of_counts |= {name for name, text in zip(spelled, block[-1], strict=True) if name and text and is_plain(text)}
    names = {name for name in spelled if name}
    return sum(known(name) or is_understood(name) or name in of_counts for name in names), len(below)


def header_at(grid: Grid, lines: list[Line], row: int, height: int, offset: int, known: Known) -> Header:
    """The header whose lines these are, with the line above that only groups its columns, if merged cells say so."""
    block = lines[row : row + height]
    most = LINES if len(block) > 1 and are_units(block) else _NAMING_LINES
    while row and len(block) < most and _groups_columns(grid, offset + row - 1, lines[row - 1], block[0]):
        row, block = row - 1, [lines[row - 1], *block]
    first = offset + row
    end = first + len(block)
    names: dict[int, str] = {}
    given: set[str] = set()
    spelled = spell(block, known, _numbers(grid, end))
    holds = [values.slice(end).null_count < len(values) - end for values in grid.columns]
    for column, text in enumerate(spelled):
        if not holds[column] and (not text or _held_beside(column, spelled, holds)):
            continue
        text = text and without_nik(text)
        name, again = text or f"Kolom {column + 1}", 2
        while name in given:
            name, again = f"{text or 'Kolom'} ({again})", again + 1
        names[column] = name
        given.add(name)
    written = tuple(tuple(column[at].as_py() for column in grid.columns) for at in range(first, end))
    return Header(first, len(block), names, written)


def _held_beside(column: int, spelled: Sequence[str | None], holds: Sequence[bool]) -> bool:
    """Whether a header over several columns has its cells in another of them."""
    return any(
        spelled[beside] == spelled[column] and holds[beside]
        for beside in (column - 1, column + 1)
        if 0 <= beside < len(spelled)
    )


def _groups_columns(grid: Grid, position: int, line: Line, below: Line) -> bool:
    width = sum(text is not None for text in below)
    if len({text for text in line if text}) < 2:
        return False  # a title
    runs = [text for text, _ in groupby(below) if text]
    if len({*runs}) < len(runs) and not _qualify(line, below):
        return False  # titles of lists beside each other
    spans = [right - left + 1 for top, left, _, right in grid.merged if top == position and right > left]
    return bool(spans) and max(spans) * 4 < width * 3 and ":" not in joined(line)


def _qualify(line: Line, below: Line) -> bool:
    pairs = ((over, text) for over, text in zip(parents_of(line, below), below, strict=True) if over and text)
    return any(is_understood(f"{over} {text}") and not is_understood(over) for over, text in pairs)
