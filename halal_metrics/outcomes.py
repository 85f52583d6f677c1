"""A programme run forward many times: what may become of every file and of every slot that is still free."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from halal_metrics.calendar import Calendar
from halal_metrics.counting.totals import day
from halal_metrics.simulation.run import Files, Futures, Run
from halal_metrics.simulation.standing import Standing, standing


@dataclass(frozen=True)
class Outcomes:
    """
    Many futures of one programme: made by `outcomes`, read by `forecast`, `finish_dates` and `weekly_plan`, never
    changed. What it is made of is its own affair.
    """

    now: Standing
    paths: int
    futures: Futures

    def events(self, measure: str) -> tuple[np.ndarray, Files]:
        """(of each cell how many there are on the day to which it is known, what is added to them later)."""
        return (self.now.used, self.futures.used) if measure == "used" else (self.now.issued, self.futures.issued)


def outcomes(
    quotas: pd.DataFrame,
    spells: pd.DataFrame,
    *,
    as_of,
    until,
    paths: int = 2_000,
    seed: int = 0,
    calendar: Calendar | Iterable | None = None,
    capped: bool = True,
    pace: Mapping[str, float] | None = None,
) -> Outcomes:
    """
    The one plan `quotas` run forward from what `spells` say, `paths` times, to the day `until`.

    >>> quotas = pd.DataFrame({"kab_kota": ["Kota Bontang"], "lp3h": ["PWI Kaltim"], "quota": [40]})
    >>> spells = pd.DataFrame({"kab_kota": "Kota Bontang", "lp3h": "PWI Kaltim", "stage": ["submitted", "verified"],
    ...     "entered_date": pd.to_datetime(["2025-05-05", "2025-05-20"]), "outcome": ["moved", "waiting"],
    ...     "until_date": pd.to_datetime(["2025-05-20", "2025-06-04"]), "count": [12, 12]})
    >>> outcomes(quotas, spells, as_of="2025-06-04", until="2025-12-31", paths=100).paths
    100

    Each LP3H runs on from the day to which it is known, not from as_of; one never heard of may have begun since. A cell
    stops at its quota, and a slot that an exit frees is filled again; quota without an LP3H is open to those of its
    kab_kota by their quota, without a place to all. `capped=False`: no quota binds. `pace` {lp3h: submissions a week}
    replaces the forecast intake after as_of, goes where the LP3H's room is, and varies from week to week.

    The same seed gives the same futures, whatever the order of rows. ValueError where until lies before as_of.
    """
    if day(until) < day(as_of):
        raise ValueError(f"until={until} lies before as_of={as_of}: there is nothing to run forward")
    now = standing(quotas, spells, as_of=as_of, until=until, calendar=calendar, capped=capped)
    return Outcomes(now, paths, Run(now, paths, np.random.default_rng(seed)).run(pace))
