"""How long those who wait have waited, at each step, and whose step it is."""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import pandas as pd

from halal_metrics.backlog import ACTORS
from halal_metrics.calendar import Calendar, calendar_of
from halal_metrics.counting.groups import group, text
from halal_metrics.counting.queues import OUTCOMES, RETURNED
from halal_metrics.counting.totals import numbers
from halal_metrics.durations import STEPS, numbered, worked
from halal_metrics.schema import COUNT, STATED

EDGES: Final = (5, 10, 20, 40)
"""Working days: one week, two (UU 6/2023 Pasal 33A gives the pendamping ten days), one month, two."""


def backlog_ages(
    spells: pd.DataFrame,
    *,
    by: str | Iterable[str] = (),
    calendar: Calendar | Iterable | None = None,
    edges: Sequence[int] = EDGES,
) -> pd.DataFrame:
    """
    `backlog` by age: `stage, actor, from_days, to_days, waiting`, for each group and step of ACTORS one row a bin.

    >>> spells = pd.DataFrame({"stage": "submitted", "entered_date": pd.to_datetime(["2025-06-02"] * 3),
    ...     "until_date": pd.to_datetime(["2025-06-03", "2025-06-13", "2025-06-13"]),
    ...     "outcome": ["moved", "waiting", "returned"], "count": [2, 4, 3]})
    >>> ages = backlog_ages(spells, calendar=[], edges=(5,))
    >>> ages[ages["stage"].isin(["submitted", "returned"])]
           stage     actor  from_days  to_days  waiting
    0  submitted      lp3h          0        5        0
    1  submitted      lp3h          6     <NA>        4
    8   returned  business          0        5        0
    9   returned  business          6     <NA>        3

    Days are those worked in (entered, until]: until the day to which a stay is known. `edges` are the last days of the
    bins but the last one, which has none (`to_days` missing). Those with the business are in the rows `returned` and in
    no other; their age is that at the stage where they stand. The sum over the bins is what `backlog` says.
    """
    last = np.asarray(edges, np.int64)
    if len(last) and (last[0] < 0 or (np.diff(last) <= 0).any()):
        raise ValueError(f"edges= are days, rising; not {tuple(edges)!r}: a stay would be in two bins or in none")
    groups = group([spells], by)
    stage, outcome = numbered(spells, "stage", STEPS), numbered(spells, "outcome", OUTCOMES)
    rows = np.flatnonzero((stage >= 0) & (outcome >= RETURNED))
    step = np.where(outcome[rows] == RETURNED, len(STEPS), stage[rows])
    found = np.searchsorted(last, worked(spells[["entered_date", "until_date"]].take(rows), calendar_of(calendar)))
    key = (groups.rows[0][rows] * len(ACTORS) + step) * (len(last) + 1) + found
    size = len(groups) * len(ACTORS) * (len(last) + 1)
    waiting = np.bincount(key, numbers(spells, "count")[rows], size)

    step = np.tile(np.repeat(np.arange(len(ACTORS)), len(last) + 1), len(groups))
    place = np.tile(np.arange(len(last) + 1), len(groups) * len(ACTORS))
    return groups.frame(
        {
            "stage": text(np.array(list(ACTORS), object), step).array,
            "actor": text(np.array(list(ACTORS.values()), object), step).array,
            "from_days": np.append(0, last + 1)[place],
            "to_days": pd.array([*last.tolist(), pd.NA], STATED).take(place),
            "waiting": np.rint(waiting).astype(COUNT),
        },
        repeat=len(ACTORS) * (len(last) + 1),
    )
