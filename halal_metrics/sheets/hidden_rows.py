"""Records in rows that the spreadsheet program does not show: hidden, or filtered away when the file was saved."""

from itertools import groupby
from typing import Final

import numpy as np

from halal_metrics.sheets.files import Grid
from halal_metrics.sheets.said.problems import Finding

_NAMED: Final = 5
"""Runs of rows that the sentence names."""


def among(grid: Grid, rows: np.ndarray) -> Finding | None:
    """What is to be said of those of the records' row numbers that are hidden; they count like the others."""
    if not grid.hidden_rows:
        return None
    unseen = np.zeros(grid.rows, bool)
    for first, _, last, _ in grid.hidden_rows:
        unseen[first : last + 1] = True
    hidden = np.unique(rows[unseen[rows - 1]])
    return Finding("rows_hidden", values=[_runs(hidden)], facts={"rows": len(hidden)}) if len(hidden) else None


def _runs(rows: np.ndarray) -> str:
    """
    >>> _runs(np.array([5, 6, 7, 9]))
    '5–7, 9'
    """
    runs = []
    for _, run in groupby(enumerate(rows.tolist()), lambda placed: placed[1] - placed[0]):
        numbers = [row for _, row in run]
        runs.append(str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}")
    return ", ".join(runs[:_NAMED]) + (", …" if len(runs) > _NAMED else "")
