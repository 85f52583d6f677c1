"""Cells that seem empty and are not: formulas that nobody has calculated, and formulas that failed."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import numpy as np
import pyarrow as pa

from halal_metrics.sheets.files import Grid
from halal_metrics.sheets.headings.header_rows import Header
from halal_metrics.sheets.said.problems import Finding

_NAMED: Final = 5
"""Rows that a sentence names."""


def empty_below(grid: Grid, header: Header, until: int) -> dict[str | None, dict[str, np.ndarray]]:
    """What a failed formula shows, or None for one that has no result → header → row numbers of such cells below it."""
    kinds = {None: grid.without_result, **grid.errors}
    return {shown: _below(ranges, header, until, grid.rows) for shown, ranges in kinds.items()}


def _below(ranges: Iterable[tuple[int, int, int, int]], header: Header, until: int, rows: int) -> dict[str, np.ndarray]:
    """Down to the end of the table; of the last table on a sheet also where the cells end, as these seem empty."""
    found: dict[str, list[np.ndarray]] = {}
    for first, at, last, _ in ranges:
        if at in header.names:
            end = last if until == rows else min(last, until - 1)
            found.setdefault(header.names[at], []).append(np.arange(max(first, header.end), end + 1) + 1)
    return {name: np.concatenate(parts) for name, parts in found.items()}


def said_of_empty(
    empty: Mapping[str | None, Mapping[str, np.ndarray]],
    columns: Mapping[str, pa.Array],
    rows: np.ndarray,
    no_records: np.ndarray,
) -> Iterator[tuple[str, Finding]]:
    """
    (header, finding) for those of the columns that have such cells, but for rows of no record: in how many rows, and
    what they show. `rows`: the row numbers of the columns.
    """
    for header, values in columns.items():
        cells = {shown: found[header] for shown, found in empty.items() if header in found}
        if not cells:
            continue
        known = np.concatenate([rows[values.is_valid().to_numpy(zero_copy_only=False)], no_records])
        left = {shown: np.setdiff1d(found, known) for shown, found in cells.items()}
        if count := len(left.pop(None, ())):
            yield header, Finding("formula_without_result", facts={"rows": count})
        if failed := {shown: found for shown, found in left.items() if len(found)}:
            at = np.unique(np.concatenate([*failed.values()])).tolist()
            named = ", ".join(map(str, at[:_NAMED])) + (", …" if len(at) > _NAMED else "")
            yield (
                header,
                Finding("formula_failed", None, [", ".join(map(str, failed))], {"rows": len(at), "which": named}),
            )
