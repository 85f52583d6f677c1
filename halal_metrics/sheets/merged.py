"""Vertically merged cells: what is written in one holds for its whole range."""

import numpy as np
import pyarrow as pa

from halal_metrics import schema
from halal_metrics.sheets.said.problems import Finding, Problems
from halal_metrics.sheets.section import Section


def hold_for_their_range(section: Section, problems: Problems) -> None:
    """
    Repeats each vertically merged cell in the rows it covers.

    A count is not repeated: five rows merged over "100" have 100 together, so it stays in the first, and that is said.
    """
    source, counts = _held(section)
    for name, at in source.items():
        section.columns[name] = section.columns[name].take(pa.array(at))
    for name, at in counts.items():
        column = section.naming.columns[name]
        finding = Finding("count_merged", np.array(at), section.columns[name].take(pa.array(at)).to_pylist())
        problems.add(finding, sheet=section.name, rows=section.rows, column=column, header=name)


def held_text(section: Section, name: str) -> tuple[pa.LargeStringArray, np.ndarray]:
    """A column as it will be once its merged cells hold for their range, and the rows that have it from above."""
    at = _held(section)[0].get(name, np.arange(len(section.rows)))
    return section.columns[name].take(pa.array(at)), at != np.arange(len(at))


def _held(section: Section) -> tuple[dict[str, np.ndarray], dict[str, list[int]]]:
    """{header with such cells: the row that each row has its cell from}, {header of counts: rows with merged ones}."""
    if section.header is None:
        return {}, {}
    dtypes = schema.TABLES[section.naming.table or ""]
    by_column = {column: name for column, name in section.header.names.items() if name in section.columns}
    source: dict[str, np.ndarray] = {}
    counts: dict[str, list[int]] = {}
    for top, left, bottom, _ in section.grid.merged:
        if bottom == top or left not in by_column or bottom < section.header.end:
            continue
        start, stop = np.searchsorted(section.rows, (top + 1, bottom + 2))
        name = by_column[left]
        if stop - start < 2 or section.rows[start] != top + 1 or not section.columns[name][int(start)].is_valid:
            continue
        if dtypes.get(section.naming.columns.get(name, "")) in schema.COUNTED:
            counts.setdefault(name, []).append(int(start))
        else:
            source.setdefault(name, np.arange(len(section.rows)))[start:stop] = start
    return source, counts
