"""Whether to ask for more quota: how much could still be finished, and for whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pandas as pd

from halal_metrics.calendar import Calendar
from halal_metrics.forecast import counts, first_there
from halal_metrics.outcomes import outcomes
from halal_metrics.simulation.fates import NEVER

Verdict = Literal["ask", "soon", "not_yet"]

ASK_PATHS_SHARE: Final = 0.5


@dataclass(frozen=True)
class ExtraQuota:
    """
    `verdict`; `ask`: how many; `finishable`: how many beyond the quota would be issued by the target date; `pool`:
    candidates given, missing where none were; `quota`, `used`, `absorption_rate` (missing without quota); `ask_date`:
    the day on which as much is used as asking takes, in half of the futures, missing where that is later.
    """

    verdict: Verdict
    ask: int
    finishable: int
    pool: int | None
    quota: int
    used: int
    absorption_rate: float
    ask_date: pd.Timestamp


def extra_quota(
    quotas: pd.DataFrame,
    spells: pd.DataFrame,
    candidates: pd.DataFrame | None = None,
    *,
    as_of,
    target_date,
    probability: float = 0.8,
    ready: float = 0.95,
    lead_days: int = 30,
    paths: int = 2_000,
    seed: int = 0,
    calendar: Calendar | Iterable | None = None,
) -> ExtraQuota:
    """
    Whether more quota should be asked for now, soon or not yet, and how much.

    >>> quotas = pd.DataFrame({"kab_kota": ["Kota Bontang"], "lp3h": ["PWI Kaltim"], "quota": [40]})
    >>> spells = pd.DataFrame({"kab_kota": "Kota Bontang", "lp3h": "PWI Kaltim", "stage": "submitted", "count": [4],
    ...     "entered_date": pd.to_datetime(["2025-05-05"]), "outcome": "waiting",
    ...     "until_date": pd.to_datetime(["2025-06-04"])})
    >>> found = extra_quota(quotas, spells, as_of="2025-06-04", target_date="2025-08-29", paths=200)
    >>> found.verdict, found.ask, found.absorption_rate
    ('not_yet', 0, 0.1)

    finishable: beyond the quota, issued by target_date with `probability`, if no quota bound. `ask`: used ≥ ready ×
    quota, and something could be finished, for somebody in the pool; `soon`: used ≥ ready × quota, or ask_date (the
    median day on which ready × quota is used) within lead_days; else `not_yet`. ask = min(finishable, pool), 0 for
    `not_yet`; without `candidates` the pool does not bind. ValueError where target_date lies before as_of.
    """
    settings = {"as_of": as_of, "until": target_date, "paths": paths, "seed": seed, "calendar": calendar}
    free = outcomes(quotas, spells, capped=False, **settings)
    now = free.now
    together = np.zeros(len(now.cells), np.int64)
    quota, used = int(now.quota.sum()), int(now.used.sum())
    issued = np.sort(counts(free, "issued", together, 1, np.array([now.until]))[:, 0, 0])
    at_least = int(issued[int(np.floor((1 - probability) * paths + 1e-9))])  # so many or more in `probability` of them
    finishable = max(at_least - quota, 0)
    pool = None if candidates is None else len(candidates)

    wanted = int(np.ceil(ready * quota - 1e-9))
    first = np.sort(first_there(outcomes(quotas, spells, **settings), "used", together, np.array([[wanted]]))[:, 0, 0])
    half = first[max(int(np.ceil(ASK_PATHS_SHARE * paths)) - 1, 0)]
    ask_date = pd.NaT if half == NEVER else max(pd.Timestamp(now.axis.dates(half)), pd.Timestamp(as_of).normalize())

    nearly = used >= ready * quota
    possible = finishable if pool is None else min(finishable, pool)
    soon = ask_date is not pd.NaT and (ask_date - pd.Timestamp(as_of)).days <= lead_days
    verdict: Verdict = "ask" if nearly and possible > 0 else "soon" if nearly or soon else "not_yet"
    return ExtraQuota(
        verdict, 0 if verdict == "not_yet" else possible, finishable, pool,
        quota, used, used / quota if quota else float("nan"), ask_date,
    )  # fmt: skip
