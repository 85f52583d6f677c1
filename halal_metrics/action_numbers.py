"""Whether what an action is to move has moved, beside what is reported of it."""

from typing import Any, Final

import numpy as np
import pandas as pd

from halal_metrics.counting.cumulative import cumulative
from halal_metrics.counting.totals import tally
from halal_metrics.schema import ACTIONS, COUNT, STAGES, STATED, conform

OPEN: Final = ("todo", "doing")
"""Statuses of an action that still has to be done; one without a status has to be, too."""


def action_numbers(
    actions: pd.DataFrame,
    then_progress: pd.DataFrame,
    progress: pd.DataFrame,
    *,
    then_as_of: Any,
    as_of: Any,
) -> pd.DataFrame:
    """
    The actions with `number_then, number_now, moved, overdue, days_late`; overdue ones first, then by due date.

    >>> actions = pd.DataFrame({"note_id": ["a"], "stage": ["submitted"], "due_date": pd.to_datetime(["2025-05-30"])})
    >>> dates = pd.to_datetime(["2025-05-02", "2025-06-01"])
    >>> progress = pd.DataFrame({"date": dates, "stage": "submitted", "count": 3})
    >>> found = action_numbers(actions, progress, progress, then_as_of="2025-05-21", as_of="2025-06-04")
    >>> found[["number_then", "number_now", "moved", "overdue", "days_late"]].values.tolist()
    [[3, 6, 3, True, 5]]

    The number of an action is how many applications have reached the stage it names, in its place and at its
    institution (missing: all), in each of the two sets as of its day; missing where it names no stage. `moved` is the
    difference. `overdue`: past its due date and not done or cancelled; `days_late` in calendar days, else missing.
    """
    rows = conform(actions, {name: str(dtype) for name, dtype in actions.dtypes.items()} | ACTIONS)
    then = _reached(rows, then_progress, then_as_of)
    now = _reached(rows, progress, as_of)
    to_do = rows["status"].isin(OPEN) | rows["status"].isna()
    late = (pd.Timestamp(as_of) - rows["due_date"]).dt.days
    overdue = to_do & (late > 0).fillna(False)
    found = rows.assign(
        number_then=then,
        number_now=now,
        moved=now - then,
        overdue=overdue.astype(bool),
        days_late=late.where(overdue).astype(STATED),
        _rest=~overdue,
        _done=~to_do,
    )
    order = ["_rest", "_done", "due_date"]
    return found.sort_values(order, kind="stable", ignore_index=True).drop(columns=["_rest", "_done"])


def _reached(rows: pd.DataFrame, progress: pd.DataFrame, as_of: Any) -> pd.Series:
    counts = cumulative(progress)
    groups = tally([counts.cells], ("kab_kota", "lp3h"))
    reached = counts.reached(groups, as_of=as_of)
    cells = groups.keys
    numbers = []
    for row in rows.itertuples():  # a few dozen at most
        if row.stage not in STAGES:
            numbers.append(pd.NA)
            continue
        here = np.ones(len(cells), bool)
        for name in ("kab_kota", "lp3h"):
            wanted = getattr(row, name)
            here &= True if pd.isna(wanted) else (cells[name] == wanted).to_numpy(bool)
        numbers.append(int(reached[here, STAGES.index(row.stage)].sum()))
    return pd.Series(numbers, rows.index, dtype=STATED if numbers else COUNT).astype(STATED)
