"""What becomes of the quota plan when plans are added or taken away: which one takes another's place, from when."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from halal_metrics.deadlines import plan

_ALLOCATION: Final = ["kab_kota", "lp3h", "quota", "target_date"]
"""What makes an allocation; where it was read and what was remarked on it does not."""


@dataclass(frozen=True)
class PlanChange:
    """One plan in the place of another: the rows of both, either of which may be empty, and the days it concerns."""

    since: pd.Timestamp
    until: pd.Timestamp | None
    """The last day; None: until further notice."""
    before: pd.DataFrame
    after: pd.DataFrame

    @property
    def quota_before(self) -> int:
        return int(self.before["quota"].sum())

    @property
    def quota_after(self) -> int:
        return int(self.after["quota"].sum())

    @property
    def replaces(self) -> bool:
        """Whether a plan is given up: the first plan there is gives up none."""
        return len(self.before) > 0


def plan_changes(before: pd.DataFrame, after: pd.DataFrame) -> list[PlanChange]:
    """
    Where the plan in force is another one, in order of days; `before` and `after` hold every dated plan.

    >>> old = pd.DataFrame({"kab_kota": ["Kota Bontang"], "lp3h": [None], "quota": [1000],
    ...                     "target_date": pd.to_datetime(["2025-05-31"]),
    ...                     "statement_date": pd.to_datetime(["2025-02-20"])})
    >>> new = old.assign(quota=190, statement_date=pd.Timestamp("2025-06-04"))
    >>> [(one.since.date().isoformat(), one.until, one.quota_before, one.quota_after)
    ...  for one in plan_changes(old, pd.concat([old, new]))]
    [('2025-06-04', None, 1000, 190)]

    A plan stated again word for word changes nothing. An earlier one than the newest holds only until the next. Before
    the first plan the first holds, so days before any statement are not told.
    """
    days = sorted({*before["statement_date"].dropna(), *after["statement_date"].dropna()})
    found: list[PlanChange] = []
    for since, following in zip(days, [*days[1:], None], strict=True):
        was, becomes = (plan(quotas, as_of=since) for quotas in (before, after))
        until = None if following is None else following - pd.Timedelta(days=1)
        if _same(was, becomes):
            continue
        last = found[-1] if found else None
        goes_on = last is not None and last.until == since - pd.Timedelta(days=1)
        if last and goes_on and _same(last.before, was) and _same(last.after, becomes):
            found[-1] = PlanChange(last.since, until, last.before, last.after)
        else:
            found.append(PlanChange(since, until, was, becomes))
    return found


def _same(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    """Whether two plans allot the same, in whatever order."""
    return _sorted(one).equals(_sorted(other))


def _sorted(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[_ALLOCATION].sort_values(_ALLOCATION, ignore_index=True)
