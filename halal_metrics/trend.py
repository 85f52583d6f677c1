"""What the last weeks brought, and whether that is more than chance."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from halal_metrics.counting.cumulative import cumulative
from halal_metrics.counting.totals import day, tally
from halal_metrics.deadlines import PACE_DAYS


def trend(
    progress: pd.DataFrame, *, by: str | Iterable[str] = ("kab_kota",), as_of, days: int = PACE_DAYS
) -> pd.DataFrame:
    """
    Net `used, issued` of the last `days` days and of as many before (`used_before, issued_before`), with the trend.

    >>> progress = pd.DataFrame(
    ...     {"date": pd.to_datetime(["2025-05-01", "2025-05-20"]), "stage": "submitted", "count": [2, 40]})
    >>> trend(progress, by=(), as_of="2025-06-04").squeeze().tolist()
    [40, 0, 2, 0, 1, 0]

    `used_trend, issued_trend`: +1 or −1 where the two windows differ by more than chance, else 0. Counts of independent
    events scatter by the square root of their number, so a difference below 2·√(sum of both) is not a change.
    """
    counts = cumulative(progress)
    groups = tally([counts.cells], by)
    today = day(as_of)
    now, before = (
        counts.reached(groups, as_of=_date(today - back), since=_date(today - back - days))[:, [0, -1]]
        for back in (0, days)
    )
    real = np.abs(now - before) > 2 * np.sqrt(np.abs(now) + np.abs(before))
    trend = np.where(real, np.sign(now - before), 0)
    return groups.frame(
        {
            "used": now[:, 0],
            "issued": now[:, 1],
            "used_before": before[:, 0],
            "issued_before": before[:, 1],
            "used_trend": trend[:, 0],
            "issued_trend": trend[:, 1],
        }
    )


def _date(number: int) -> np.datetime64:
    return np.datetime64(number, "D")
