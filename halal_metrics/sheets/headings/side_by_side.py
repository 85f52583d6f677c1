"""
Lists beside each other on one sheet: a block of headers that stands there again, or that has all a table needs behind a
blank column, heads a table of its own.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import islice, pairwise
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from halal_metrics.sheets.files import Grid
from halal_metrics.sheets.headings import headers
from halal_metrics.sheets.headings.header_rows import Header
from halal_metrics.sheets.headings.measures import FEW, are_counts, measure
from halal_metrics.sheets.headings.qualifiers import PLAIN, VALUE
from halal_metrics.sheets.headings.titles import stated
from halal_metrics.sheets.values.cells import joined

_KEYS: Final = frozenset((*headers.IDENTITY, "kab_kota", "lp3h"))
"""Columns that say what a row is about."""

_NUMBERING: Final = frozenset(map(headers.key, ("No", "No.", "No Urut", "#")))
_TITLES: Final = 10  # lines above a table that can be its titles
_BEFORE: Final = 2  # headers that can stand before the first that comes again ("No")


def side_by_side(grid: Grid, header: Header) -> list[Header]:
    """
    The header's blocks that have rows, from the left, each a header of its own; the header alone where it is one block.

    Two blocks whose rows are about the same are one table with columns twice, unless titles tell them apart.
    """
    blocks = [block for block in _blocks(header) or _blocks(header, _meaning) if _has_rows(grid, block)]
    if len(blocks) < 2 or not all(_alike(blocks[0], block) for block in blocks[1:]):
        blocks = [block for block in _apart(grid, header) if _has_rows(grid, block)]
    if len(blocks) < 2:
        return [header]
    if any(_same_rows(grid, blocks[0], block) for block in blocks[1:]) and not _titled_apart(grid, blocks):
        return [header]
    return blocks


def titles_over(grid: Grid, blocks: list[Header], positions: Iterable[int]) -> list[tuple[str, ...]]:
    """
    For each block the lines in these rows above it.

    A line with cells over several blocks says to each its own; one that begins over the first speaks for all.
    """
    starts = [0, *(min(block.names) for block in blocks[1:]), len(grid.columns)]
    titles: list[list[str]] = [[] for _ in blocks]
    for position in positions:
        row = grid.row(position)
        parts = [joined(row[start:stop]) for start, stop in pairwise(starts)]
        for_all = sum(map(bool, parts)) == 1 and bool(parts[0])
        for lines, part in zip(titles, parts, strict=True):
            lines += [parts[0]] if for_all else [part] if part else []
    return [tuple(lines) for lines in titles]


def title_lines(grid: Grid, upwards: Iterable[int], lists: int) -> list[int]:
    """Of these rows, from below, those with no more cells than there are lists, up to the first with more; sorted."""
    found: list[int] = []
    for position in islice(upwards, _TITLES):
        if sum(text is not None for text in grid.row(position)) > lists:
            break
        found.append(position)
    return found[::-1]


def _blocks(header: Header, called: Callable[[Header, int], str] | None = None) -> list[Header]:
    """
    The header cut where one of its names comes again, none where none does.

    `called` tells otherwise when two are the same; then a blank column must stand between the blocks.
    """
    columns = sorted(header.names)
    names = {column: (called or _name)(header, column) for column in columns}
    starts, seen = columns[:1], set()
    for place, column in enumerate(columns):
        if names[column] not in seen:
            seen.add(names[column])
            continue
        gap = next(
            (
                columns[before]
                for before in range(place, max(place - _BEFORE, 1) - 1, -1)
                if columns[before] > starts[-1]
                and (
                    columns[before - 1] != columns[before] - 1 or _turns(header, columns[: place + 1], columns[before])
                )
            ),
            None,
        )
        if gap is None and called:
            continue
        start = column if gap is None else gap
        starts.append(start)
        seen = {names[other] for other in columns if start <= other <= column}
    return _cut(header, starts) if len(starts) > 1 else []


def _apart(grid: Grid, header: Header) -> list[Header]:
    """
    The header cut at blank columns, where each block is a table: of places or LP3H with a count, but one of records.
    """
    columns = sorted(header.names)
    gaps = [right for left, right in pairwise(columns) if right > left + 1 and _is_blank(grid, header, left, right)]
    if not gaps:
        return []
    blocks = _cut(header, [columns[0], *gaps])
    records = [_are_records(block) for block in blocks]
    apart = all(known or _counts_something(grid, block) for known, block in zip(records, blocks, strict=True))
    return blocks if apart and sum(records) < 2 else []


def _is_blank(grid: Grid, header: Header, left: int, right: int) -> bool:
    return all(values.null_count == len(values) for values in _below(grid, header, range(left + 1, right)))


def _are_records(block: Header) -> bool:
    return any((headers.column_of(name) or ("",))[0] in headers.IDENTITY for name in block.names.values())


def _counts_something(grid: Grid, block: Header) -> bool:
    """Whether the block has places or LP3H, and numbers below a header that counts something."""
    counts = [at for at, name in block.names.items() if (found := measure(name)) and found.kind in (PLAIN, VALUE)]
    cells = (values.drop_null().slice(0, FEW).to_pylist() for values in _below(grid, block, counts))
    return any(_group(block, column) for column in block.names) and any(found and are_counts(found) for found in cells)


def _cut(header: Header, starts: list[int]) -> list[Header]:
    """The header as blocks that begin in these columns."""
    return [
        replace(header, names={column: name for column, name in header.names.items() if start <= column < stop})
        for start, stop in pairwise([*starts, max(header.names) + 1])
    ]


def _below(grid: Grid, header: Header, columns: Iterable[int]) -> list[pa.LargeStringArray]:
    return [grid.columns[column].slice(header.end) for column in columns]


def _name(header: Header, column: int) -> str:
    """What the column is called, without the number by which a name that comes again is told apart."""
    name = headers.unnumbered(header.names[column])
    return headers.key(name if name in header.names.values() else header.names[column])


def _meaning(header: Header, column: int) -> str:
    """The column that a header means, or the count and nothing else; what it is called where it means none."""
    name = headers.unnumbered(header.names[column])
    counts = measure(name)
    if counts:
        return counts.column if counts.kind == PLAIN else headers.key(name)
    return (headers.column_of(name) or (headers.key(name),))[0]


def _by_name(block: Header) -> dict[str, int]:
    return {_meaning(block, column): column for column in block.names}


def _shared(one: Header, other: Header) -> dict[str, tuple[int, int]]:
    """Name → its columns in both."""
    left, right = _by_name(one), _by_name(other)
    return {name: (column, right[name]) for name, column in left.items() if name in right}


def _says_what(name: str) -> bool:
    return (headers.column_of(name) or ("",))[0] in _KEYS or headers.either(name) == "business_or_owner"


def _alike(one: Header, other: Header) -> bool:
    """Whether both have most headers in common, one of them being what a row is about, or all but that."""
    shared = _shared(one, other)
    if _are_views(one, other, shared):
        return True
    about = any(_says_what(one.names[column]) for column, _ in shared.values())
    return about and len(shared) >= 2 and len(shared) * 2 >= min(len(one.names), len(other.names))


def _are_views(one: Header, other: Header, shared: dict[str, tuple[int, int]]) -> bool:
    """Whether the same is stated in both, of places in one and of LP3H in the other."""
    groups = []
    for block, own in ((one, 0), (other, 1)):
        left = block.names.keys() - {columns[own] for columns in shared.values()}
        found = [_group(block, column) for column in left if headers.key(block.names[column]) not in _NUMBERING]
        groups.append(found)
    return bool(shared) and sorted(groups) == [["kab_kota"], ["lp3h"]]


def _turns(header: Header, columns: list[int], start: int) -> bool:
    """Whether `start`, right before the last of the columns, is of LP3H where those before are of places, or so."""
    *left, group, again = [_group(header, column) for column in columns]
    return start == columns[-2] and not again and {group, *left} - {""} == {"kab_kota", "lp3h"} and group not in left


def _group(header: Header, column: int) -> str:
    """`kab_kota` or `lp3h`, where the column is of one."""
    found = (headers.column_of(header.names[column]) or ("",))[0]
    return found if found in ("kab_kota", "lp3h") else ""


def _has_rows(grid: Grid, block: Header) -> bool:
    return any(values.null_count < len(values) for values in _below(grid, block, block.names))


def _same_rows(grid: Grid, one: Header, other: Header) -> bool:
    """Whether rows that stand beside each other are as a rule about the same."""
    about = [columns for columns in _shared(one, other).values() if _says_what(one.names[columns[0]])]
    same = both = None
    for left, right in about:
        equal = pc.equal(*map(pc.utf8_lower, _below(grid, one, (left, right))))
        filled = equal.is_valid()
        same = pc.fill_null(equal, True) if same is None else pc.and_(same, pc.fill_null(equal, True))
        both = filled if both is None else pc.or_(both, filled)
    if same is None:
        return False  # of places in one, of LP3H in the other
    compared = pc.sum(both).as_py() or 0
    return (pc.sum(pc.and_(same, both)).as_py() or 0) * 2 > compared


def _titled_apart(grid: Grid, blocks: list[Header]) -> bool:
    """Whether the titles right over the blocks name different places or institutions."""
    lines = title_lines(grid, range(blocks[0].first - 1, -1, -1), len(blocks))
    said = [
        {column: one.value for column, one in stated(titles, "").items() if column != "statement_date"}
        for titles in titles_over(grid, blocks, lines)
    ]
    return all(said) and len({tuple(sorted(one.items())) for one in said}) == len(said)
