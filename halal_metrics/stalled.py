"""Applications that have waited longer than nearly all do, and who must act."""

from collections.abc import Iterable
from typing import Final

import numpy as np
import pandas as pd

from halal_metrics.backlog import ACTORS
from halal_metrics.calendar import Calendar, calendar_of
from halal_metrics.counting.groups import group
from halal_metrics.durations import FEWEST, STEPS, curves_of, numbered, worked
from halal_metrics.schema import APPLICATIONS, COUNT, DATE, TEXT, conform
from halal_metrics.spells import spells, standing

ENOUGH: Final = 20
"""Moves at one LP3H that make its own pace the measure; with fewer, that of all is."""

_NAMED: Final = {name: APPLICATIONS[name] for name in ("registration_number", "kab_kota", "lp3h", "p3h")}
STALLED: Final = _NAMED | {
    "stage": TEXT,
    "actor": TEXT,
    "entered_date": DATE,
    "days": COUNT,
    "limit_days": COUNT,
    "over_days": COUNT,
}


def stalled(
    applications: pd.DataFrame, *, as_of, share: float = 0.9, calendar: Calendar | Iterable | None = None
) -> pd.DataFrame:
    """
    Who waits, or is with the business, for longer than 90% take there: `registration_number, kab_kota, lp3h, p3h,
    stage, actor, entered_date, days, limit_days, over_days`, furthest over first. The index is that of `applications`.

    >>> days = pd.to_datetime(["2025-05-05"] * 6)
    >>> applications = pd.DataFrame({"registration_number": [f"SH2025-1-99000{number}" for number in range(6)],
    ...     "status": ["verified"] * 5 + ["submitted"], "submitted_date": days,
    ...     "verified_date": pd.to_datetime(["2025-05-07"] * 5 + [None]), "statement_date": days.shift(14, freq="D")})
    >>> found = stalled(applications, as_of="2025-06-04", share=0.8, calendar=[])
    >>> found[["stage", "actor", "days", "limit_days", "over_days"]]
           stage actor  days  limit_days  over_days
    5  submitted  lp3h    10           2          8

    days: those worked since it entered, up to which the row is known (see `spells`); over_days = days − limit_days > 0.
    The limit is the day by which `share` have moved on from that stage: at its own LP3H where at least 20 have moved
    and the curve gets there, else at all together; where neither says, nobody is stalled. Ties go by registration
    number. What lies at BPJPH or the Komite Fatwa is theirs to move, what was returned is the business's.
    """
    if not 0 < share < 1:
        raise ValueError(f"share= is a part of those who move on, between 0 and 1; not {share!r}")
    stays, waiting = spells(applications, as_of=as_of), standing(applications, as_of=as_of)
    stage = numbered(waiting, "stage", STEPS)
    waiting, stage = waiting[stage >= 0], stage[stage >= 0]
    days, limit = worked(waiting, calendar_of(calendar)), np.full(len(waiting), -1)
    for by, fewest in (("lp3h", ENOUGH), ((), FEWEST)):
        groups = group([stays, applications], by)
        curves = curves_of(groups, stays, calendar=calendar_of(calendar))
        first = np.where(curves.total(curves.moved) < fewest, -1, curves.first_day(curves.share, 1 - share))
        said = first[groups.rows[1][waiting["row"]].astype(np.int64) * len(STEPS) + stage]
        limit = np.where(limit < 0, said, limit)

    over = np.flatnonzero((limit >= 0) & (days > limit))
    waiting, days, limit = waiting.iloc[over], days[over], limit[over]
    step = waiting["stage"].where(waiting["outcome"] != "returned", "returned")
    found = conform(applications[[name for name in _NAMED if name in applications]].take(waiting["row"]), _NAMED)
    found = found.assign(
        stage=waiting["stage"].array,
        actor=step.map(ACTORS).astype(TEXT).array,
        entered_date=waiting["entered_date"].array,
        days=days,
        limit_days=limit,
        over_days=days - limit,
    ).set_axis(applications.index.take(waiting["row"]))
    order = np.lexsort((found["registration_number"].rank(method="dense").to_numpy(), limit - days))
    return found.iloc[order]
