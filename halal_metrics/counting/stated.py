"""What the recaps of each cell state, as a level of each stage: the rules of `progress`."""

import numpy as np
import pandas as pd

from halal_metrics.counting.groups import Groups
from halal_metrics.schema import PROGRESS, STAGES


def stated_levels(recaps: pd.DataFrame, cells: Groups) -> tuple[pd.DataFrame, np.ndarray]:
    """
    (`cell, date, returned`, one row a statement, sorted so; applications that had reached each stage, statements ×
    stages). Only of cells without applications. `returned`: how many it states to be with the business.

    >>> from halal_metrics.counting.groups import group
    >>> recaps = pd.DataFrame({"statement_date": pd.to_datetime(["2025-05-01", "2025-05-08"]),
    ...                        "submitted": [9, None], "fatwa": [4, 5]})
    >>> statements, levels = stated_levels(recaps, group([recaps.iloc[:0], recaps], ()))
    >>> levels.tolist()
    [[9, 4, 4, 0, 0], [9, 5, 5, 0, 0]]

    `cells` are of [applications, recaps]. A stage not stated keeps what was stated before and is at least the next
    later one. A missing date is the latest of all recaps. Of two statements of one cell and day the more advanced one
    is the later, whatever the order of rows.
    """
    stated = pd.DataFrame({name: _numbers(recaps, name) for name in (*STAGES, "returned")})
    stated["date"] = _dates(recaps)
    stated["cell"] = cells.rows[1]
    with_applications = np.bincount(cells.rows[0], minlength=len(cells)) > 0
    stated = stated[~with_applications[cells.rows[1]]]
    order = ["cell", "date", *reversed(STAGES), "returned"]
    stated = stated.sort_values(order, na_position="first", ignore_index=True)

    before = stated.groupby("cell")[list(STAGES)].ffill().fillna(0)
    reached = stated[list(STAGES)].copy()
    for stage, later in zip(reversed(STAGES), (None, *reversed(STAGES)), strict=False):
        implied = before[stage] if later is None else np.maximum(before[stage], reached[later])
        reached[stage] = stated[stage].fillna(implied)
    return stated[["cell", "date", "returned"]], reached.to_numpy().astype(np.int64)


def _numbers(recaps: pd.DataFrame, column: str) -> pd.Series:
    if column not in recaps:
        return pd.Series(np.nan, pd.RangeIndex(len(recaps)))
    return pd.to_numeric(recaps[column], errors="raise").astype("Float64").astype("float64").reset_index(drop=True)


def _dates(recaps: pd.DataFrame) -> np.ndarray:
    """The dates of the statements at midnight; a missing one is the latest there is."""
    if "statement_date" not in recaps:
        return np.full(len(recaps), np.datetime64("NaT"), "M8[us]")
    dates = pd.to_datetime(recaps["statement_date"]).astype(PROGRESS["date"]).dt.normalize()
    return dates.fillna(dates.max()).to_numpy()
