"""What becomes of a gap: the working days it stands for, and what is left at the deadline at this pace."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from halal_metrics.calendar import Calendar, calendar_of
from halal_metrics.counting.groups import DIMENSIONS
from halal_metrics.counting.totals import EARLIEST, day, day_numbers


def outlook(gaps: pd.DataFrame, *, start, calendar: Calendar | Iterable | None = None) -> pd.DataFrame:
    """
    For each row of `deadline_gaps`: `gap_working_days, at_risk`.

    >>> gaps = pd.DataFrame({"quota": [59], "remaining": [39], "gap": [-12.0], "pace_per_week": [14.0],
    ...                      "days_left": [7], "target_date": pd.to_datetime(["2025-05-31"])})
    >>> outlook(gaps, start="2025-02-20")
       gap_working_days  at_risk
    0             -12.0     25.0

    gap_working_days: how many working days the group is behind (negative) or ahead of the plan, at the plan's own rate
    of quota ÷ working days from start to target_date; missing where that is not defined. at_risk: what remains at the
    target date if the pace does not change, never below 0; all that remains where the date is past or there is none.
    """
    target = day_numbers(gaps, "target_date")
    days = calendar_of(calendar).working_days(day(start), np.maximum(target, EARLIEST))
    rate = np.divide(gaps["quota"].to_numpy(float), days, out=np.zeros(len(gaps)), where=days > 0)
    lag = np.divide(gaps["gap"].to_numpy(float), rate, out=np.full(len(gaps), np.nan), where=rate > 0)
    weeks = gaps["days_left"].astype("Float64").fillna(0).clip(lower=0).to_numpy(float) / 7
    left = gaps["remaining"].to_numpy(float) - np.maximum(gaps["pace_per_week"].to_numpy(float), 0) * weeks
    keys = gaps[[name for name in DIMENSIONS if name in gaps]]
    return keys.assign(gap_working_days=lag, at_risk=np.maximum(left, 0))
