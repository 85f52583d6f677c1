"""Which rows head a table: one line, or two or three over merged cells; and what each column is then called."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from halal_metrics.personal import without_nik
from halal_metrics.sheets import headers
from halal_metrics.sheets.cells import joined
from halal_metrics.sheets.files import Grid

HEADER_WITHIN: Final = 30
"""Rows from the top among which the header is looked for."""

_TITLES_BELOW: Final = 6  # rows after a gap among which the header of a further table is looked for

LINES: Final = 3
"""Lines a header has at most."""

_SURE: Final = 3  # known headers
# Of two parents over the same children, the one that tells what was reached.
_REACHED: Final = ("realisasi", "capaian", "kumulatif", "sampaidengan", "sd", "total", "jumlah")

Known = Callable[[str], bool]
Line = list[str | None]


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
    lines = _spread(grid, 0 if given is None else given, (last if given is None else given + 1) + LINES - 1)
    if given is not None:
        best = max(_candidates(lines, 0, known, given=True))
        return _header(grid, lines, 0, best[1], given, known)
    top, position, height = 0, None, 1
    for row in range(last):
        for score, height_here in _candidates(lines, row, known):
            if score > top or (score == top and position == row):
                top, position, height = score, row, height_here
        if position == row and top >= _SURE and top * 2 > len({text for text in lines[row] if text}):
            break
    return None if position is None else _header(grid, lines, position, height, 0, known)


def further_headers(grid: Grid, first: Header, rows: np.ndarray, known: Known) -> list[Header]:
    """
    Headers of further tables below the first; `rows` the positions of the rows below it that hold anything.

    Such a header stands shortly below blank rows, has three known headers or nothing but known ones, and is not
    the one before it once more, unless a title stands over it.
    """
    gaps = np.flatnonzero(np.diff(rows, prepend=rows[:1]) > 1)
    near = np.unique(np.concatenate([gaps + ahead for ahead in range(_TITLES_BELOW)])) if len(gaps) else gaps
    near = rows[near[near < len(rows)]]
    found = [first]
    for position in near[_begins_like_header(grid, near)].tolist():
        if position < found[-1].end:
            continue
        lines = _spread(grid, position, position + LINES)
        texts = {text for text in lines[0] if text}
        candidates = [
            (score, height)
            for score, height in _candidates(lines, 0, known)
            if score >= min(_SURE, max(2, len(texts))) and score * 2 > len(texts)
        ]
        if candidates:
            header = _header(grid, lines, 0, max(candidates)[1], position, known)
            above = rows[np.searchsorted(rows, position) - 1]
            if not _alike(header, found[-1]) or (above >= found[-1].end and _is_title(grid.row(above))):
                found.append(header)
    return found[1:]


def _alike(one: Header, other: Header) -> bool:
    texts, others = ({text for line in header.written for text in line if text} for header in (one, other))
    return len(texts & others) * 2 > len(texts)


def _is_title(line: Line) -> bool:
    return sum(text is not None for text in line) == 1


def _begins_like_header(grid: Grid, positions: np.ndarray) -> np.ndarray:
    """Which of these rows have a known header as their first or second cell."""
    at = pa.array(positions)
    begins = np.zeros(len(positions), bool)
    left: pa.Array = pa.nulls(len(positions), pa.large_string())
    for column in grid.columns[:4]:
        left = column.take(at)
        begins |= pc.fill_null(pc.is_in(headers.keys(left), headers.KNOWN_KEYS), False).to_numpy(zero_copy_only=False)
    return begins


def _spread(grid: Grid, start: int, stop: int) -> list[Line]:
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


def _candidates(lines: list[Line], row: int, known: Known, *, given: bool = False) -> Iterator[tuple[int, int]]:
    """(known headers, lines) of the headers that can begin in this row; one of more lines only if they add to it."""
    texts = {text for text in lines[row] if text}
    best = (sum(known(text) for text in texts), sum(text is not None for text in set(lines[row])))
    if best[0] >= 2 or best[0] == len(texts) or given:
        yield best[0], 1
    for height in range(2, LINES + 1):
        block = lines[row : row + height]
        if len(block) < height or not all(_is_below(*pair) for pair in pairwise(block)):
            return
        score = _score(block, known)
        # A cell merged with the one above is not the lower line's own.
        own = [text if text != above else None for above, text in zip(block[0], block[1], strict=True)]
        if score > max(best, _score([own, *block[2:]], known)) and score[0] >= 2:
            best = score
            yield score[0], height


def _score(block: list[Line], known: Known) -> tuple[int, int]:
    """Known headers, and headers that have a cell in the lowest line."""
    spelled = _spell(block, known)
    below = {name for name, text in zip(spelled, block[-1], strict=True) if name and text}
    return sum(known(name) for name in set(spelled) if name), len(below)


def _is_below(parents: Line, children: Line) -> bool:
    """
    Whether the second line divides the first: some cell of the first has several cells below it, and those that
    stand alone have none but themselves.
    """
    over = _parents(parents, children)
    filled = [column for column, text in enumerate(children) if text and text != over[column]]
    if len(filled) < 2 or not all(any(letter.isalpha() for letter in children[column] or "") for column in filled):
        return False
    below: dict[tuple[int, str] | None, int] = {}
    group = _groups(parents, over)
    for column in filled:
        below[group[column]] = below.get(group[column], 0) + 1
    if not any(count >= 2 for parent, count in below.items() if parent):
        return False
    merged = any(parents[column] and parents[column] == parents[column + 1] for column in range(len(parents) - 1))
    alone = [column for column in filled if group[column] and below[group[column]] == 1]
    return merged or all((children[column] or "").startswith("(") for column in alone)


def _parents(parents: Line, children: Line) -> Line:
    """The cell above each cell: its own, or over an unmerged blank the nearest to the left."""
    over: Line = []
    left: str | None = None
    for column, text in enumerate(parents):
        if text:  # a merged cell covers what it covers and no more; one with nothing of its own below covers itself
            repeated = column > 0 and text == parents[column - 1]
            left = None if repeated or children[column] in (None, text) else text
        over.append(text or (left if children[column] else None))
    return over


def _groups(parents: Line, over: Line) -> list[tuple[int, str] | None]:
    """For each column the parent it lies under, by where that begins and its text."""
    groups: list[tuple[int, str] | None] = []
    for column, text in enumerate(over):
        same = column and text and text == over[column - 1] and groups[-1]
        groups.append(groups[-1] if same else (column, text) if text else None)
    return groups


def _spell(block: list[Line], known: Known) -> list[str | None]:
    """What each column is called: the wording of its lines that is known, else all of them."""
    if len(block) == 1:
        return list(block[0])
    width = len(block[0])
    stacks: list[list[str]] = [[] for _ in range(width)]
    for parents, children in pairwise(block):
        over = _parents(parents, children)
        for column in range(width):
            stacks[column].append(over[column] or "")
    parts = [
        [part for part in dict.fromkeys([*stack, block[-1][column] or ""]) if part]
        for column, stack in enumerate(stacks)
    ]
    names = [_wording(part, known) for part in parts]
    return _told_apart(names, parts)


def _wording(parts: list[str], known: Known) -> str | None:
    """
    >>> [_wording(parts, headers.is_header) for parts in (["Tanggal", "Daftar"], ["Sertifikat", "Nomor"])]
    ['Tanggal Daftar', 'Nomor Sertifikat']
    >>> [_wording(parts, headers.is_header) for parts in (["Tahapan", "Verval"], ["Status", "Pengajuan"], ["A", "B"])]
    ['Verval', 'Pengajuan', 'A B']
    """
    if not parts:
        return None
    child, above = parts[-1], parts[:-1][::-1]
    wordings = [wording for parent in above for wording in (f"{parent} {child}", f"{child} {parent}")]
    # Over the stages of a recap "Status" only says that they are stages.
    wordings = [text for text in wordings if not (headers.is_status(text) and headers.is_count(child))]
    alone = () if child.startswith("(") else (child,)  # a unit
    usual = next((text for text in (*wordings, *alone, *above) if known(text)), None)
    return usual or " ".join(parts)


def _told_apart(names: list[str | None], parts: list[list[str]]) -> list[str | None]:
    """Where several parents have the same children, only those of the parent that tells what was reached stay."""
    twice = [name for name, count in Counter(names).items() if name and count > 1]
    for name in twice:
        at = [column for column, found in enumerate(names) if found == name]
        if len({tuple(parts[column]) for column in at}) == 1:
            continue
        if all(name in parts[column][:-1] for column in at):
            reached = at  # nothing but the parent is known: its first child is it
        else:
            told = [headers.key(" ".join(parts[column][:-1])) for column in at]
            reached = [column for column, parent in zip(at, told, strict=True) if parent.startswith(_REACHED)]
        for column in at:
            if reached[:1] != [column]:
                names[column] = " ".join(parts[column])
    return names


def _header(grid: Grid, lines: list[Line], row: int, height: int, offset: int, known: Known) -> Header:
    """The header whose lines these are, with the line above that only groups its columns, if merged cells say so."""
    block = lines[row : row + height]
    while row and len(block) < LINES and _groups_columns(grid, offset + row - 1, lines[row - 1], block[0]):
        row, block = row - 1, [lines[row - 1], *block]
    first = offset + row
    end = first + len(block)
    names: dict[int, str] = {}
    given: set[str] = set()
    for column, text in enumerate(_spell(block, known)):
        values = grid.columns[column]
        if not text and values.slice(end).null_count == len(values) - end:
            continue
        text = text and without_nik(text)
        name, again = text or f"Kolom {column + 1}", 2
        while name in given:
            name, again = f"{text or 'Kolom'} ({again})", again + 1
        names[column] = name
        given.add(name)
    written = tuple(tuple(column[at].as_py() for column in grid.columns) for at in range(first, end))
    return Header(first, len(block), names, written)


def _groups_columns(grid: Grid, position: int, line: Line, below: Line) -> bool:
    width = sum(text is not None for text in below)
    if len({text for text in line if text}) < 2:
        return False  # a title
    spans = [right - left + 1 for top, left, _, right in grid.merged if top == position and right > left]
    return bool(spans) and max(spans) * 4 < width * 3 and ":" not in joined(line)
