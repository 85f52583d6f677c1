"""How long each step takes, unfinished files counted: Kaplan–Meier curves of working days."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np
import pandas as pd

from halal_metrics.backlog import ACTORS
from halal_metrics.calendar import Calendar, calendar_of
from halal_metrics.counting.groups import Groups, codes, group, text
from halal_metrics.counting.queues import OUTCOMES
from halal_metrics.counting.totals import numbers, ratio
from halal_metrics.schema import COUNT, STAGES

STEPS: Final = STAGES[:-1]
"""The stages that one leaves; at issued one stays."""

FEWEST: Final = 5
"""With fewer moves no share of the days is said: two files would be a median."""

CONFIDENCE: Final = 0.95
REACHED: Final = 1e-9
"""A share so little above its goal is at it: 3/4 × 2/3 is one half, whatever the last bit says."""


def durations(
    spells: pd.DataFrame, *, by: str | Iterable[str] = (), calendar: Calendar | Iterable | None = None
) -> pd.DataFrame:
    """
    Working days at each of the four stages that one leaves: `stage, actor, moved, left, waiting, p50_days, p50_low,
    p50_high, p80_days, p90_days`, four rows a group.

    >>> spells = pd.DataFrame({"stage": "submitted", "entered_date": pd.to_datetime(["2025-06-02"] * 3),
    ...     "until_date": pd.to_datetime(["2025-06-03", "2025-06-05", "2025-06-13"]),
    ...     "outcome": ["moved", "moved", "waiting"], "count": [2, 4, 2]})
    >>> durations(spells, calendar=[]).drop(columns=["actor", "p90_days"]).head(2)
           stage  moved  left  waiting  p50_days  p50_low  p50_high  p80_days
    0  submitted      6     0        2         3        1      <NA>      <NA>
    1   verified      0     0        0      <NA>     <NA>      <NA>      <NA>

    Days are those worked in (entered, until], 0 where until is not later. Only a move ends a stay; who left or waits
    (the returned among them) was at risk up to and including the last day known. pXX_days: the first day by which XX%
    have moved; missing where that day is not reached ("belum tercapai") and where fewer than 5 moved. p50_low and
    p50_high: the same of the 95% band of the curve (Greenwood's variance of log(−log S)). moved + left + waiting are
    all stays. A negative count (see `spells`) is no stay.
    """
    groups = group([spells], by)
    curves = curves_of(groups, spells, calendar=calendar_of(calendar))
    place = np.tile(np.arange(len(STEPS)), len(groups))
    low, high = curves.band()
    shares = {
        "p50_days": (curves.share, 0.5),
        "p50_low": (low, 0.5),
        "p50_high": (high, 0.5),
        "p80_days": (curves.share, 0.8),
        "p90_days": (curves.share, 0.9),
    }
    return groups.frame(
        {
            "stage": text(np.array(STEPS, object), place).array,
            "actor": text(np.array([ACTORS[step] for step in STEPS], object), place).array,
            **{name: curves.total(getattr(curves, name)) for name in ("moved", "left", "waiting")},
            **{name: _stated(curves.first_day(share, 1 - part)) for name, (share, part) in shares.items()},
        },
        repeat=len(STEPS),
    )


def survival(
    spells: pd.DataFrame, *, by: str | Iterable[str] = (), calendar: Calendar | Iterable | None = None
) -> pd.DataFrame:
    """
    The curve behind `durations`: `stage, days, at_risk, moved, left, waiting_share`, one row a day on which a stay
    ended or was last known.

    >>> spells = pd.DataFrame({"stage": "fatwa", "entered_date": pd.to_datetime(["2025-06-02"] * 3),
    ...     "until_date": pd.to_datetime(["2025-06-03", "2025-06-05", "2025-06-13"]),
    ...     "outcome": ["moved", "moved", "waiting"], "count": [2, 4, 2]})
    >>> survival(spells, calendar=[])
       stage  days  at_risk  moved  left  waiting_share
    0  fatwa     1        8      2     0           0.75
    1  fatwa     3        6      4     0           0.25
    2  fatwa     9        2      0     0           0.25

    at_risk: stays of that many days or more; waiting_share: which part is still there after that day, were nobody to
    leave. A group or stage without stays has no row.
    """
    groups = group([spells], by)
    curves = curves_of(groups, spells, calendar=calendar_of(calendar))
    which, stage = np.divmod(curves.place, len(STEPS))
    keys = groups.keys.take(which)
    return pd.DataFrame(
        {
            **{name: keys[name].array for name in keys},
            "stage": text(np.array(STEPS, object), stage).array,
            "days": curves.days,
            "at_risk": curves.at_risk,
            "moved": curves.moved,
            "left": curves.left,
            "waiting_share": curves.share,
        }
    )


def worked(spells: pd.DataFrame, calendar: Calendar) -> np.ndarray:
    """Working days in (entered, until] of each stay, 0 where until is not later."""
    entered, until = (spells[name].to_numpy("datetime64[D]") for name in ("entered_date", "until_date"))
    return np.maximum(calendar.working_days_after(entered, until), 0).astype(COUNT)


def numbered(table: pd.DataFrame, column: str, words: Iterable[str]) -> np.ndarray:
    """The place of each row's word among `words`; −1 for any other."""
    code, found = codes(table, column)
    place = {word: number for number, word in enumerate(words)}
    return np.array([place.get(word, -1) for word in found] + [-1])[code]


@dataclass(frozen=True)
class Curves:
    """
    One entry a curve and day on which anything ended, sorted by both. `size`: how many curves there are; `place`: which
    one, group × number of steps + step; `share`: which part is still there after that day.
    """

    size: int
    place: np.ndarray
    days: np.ndarray
    at_risk: np.ndarray
    moved: np.ndarray
    left: np.ndarray
    waiting: np.ndarray
    share: np.ndarray

    def band(self) -> tuple[np.ndarray, np.ndarray]:
        """
        (lower, upper) bound of the share. On the scale of log(−log) a bound stays between 0 and 1. It is 1 where nobody
        has moved yet and 0 where everybody has: there the variance has no value.
        """
        still = (self.at_risk - self.moved).astype(float)
        steps = ratio(self.moved, np.where(still > 0, self.at_risk * still, 0))
        variance = pd.Series(np.nan_to_num(steps)).groupby(self.place).cumsum().to_numpy()
        inside = np.flatnonzero((self.share > 0) & (self.share < 1))
        log = np.log(self.share[inside])
        width = NormalDist().inv_cdf((1 + CONFIDENCE) / 2) * np.sqrt(variance[inside]) / log
        low, high = self.share.copy(), self.share.copy()
        low[inside] = np.exp(log * np.exp(-width))
        high[inside] = np.exp(log * np.exp(width))
        return low, high

    def total(self, counts: np.ndarray) -> np.ndarray:
        """The sum of each curve."""
        return np.bincount(self.place, counts, self.size).astype(COUNT)

    def first_day(self, share: np.ndarray, goal: float) -> np.ndarray:
        """The first day of each curve on which the share is at most the goal; −1 where it never is, or few moved."""
        reached = np.flatnonzero(share <= goal + REACHED)
        place, first = np.unique(self.place[reached], return_index=True)
        day = np.full(self.size, -1)
        day[place] = self.days[reached[first]]
        return np.where(self.total(self.moved) < FEWEST, -1, day)


def curves_of(groups: Groups, spells: pd.DataFrame, *, calendar: Calendar) -> Curves:
    """The curves of each group, which `spells` are the first frame of, at each of STEPS."""
    stage, count = numbered(spells, "stage", STEPS), numbers(spells, "count").astype(COUNT)
    rows = np.flatnonzero((stage >= 0) & (count > 0))
    place = groups.rows[0][rows].astype(COUNT) * len(STEPS) + stage[rows]
    days = worked(spells[["entered_date", "until_date"]].take(rows), calendar)
    outcome = numbered(spells, "outcome", OUTCOMES)[rows]

    span = int(days.max(initial=0)) + 1
    key, which = np.unique(place * span + days, return_inverse=True)
    moved, left, ended = (
        np.bincount(which, count[rows] * part, len(key)).astype(COUNT)
        for part in (outcome == OUTCOMES.index("moved"), outcome == OUTCOMES.index("left"), 1)
    )
    place, days = np.divmod(key, span)
    at_risk = pd.Series(ended[::-1]).groupby(place[::-1]).cumsum().to_numpy(COUNT)[::-1]
    stays = pd.Series(1 - moved / at_risk, dtype=float)
    share = stays.groupby(place).cumprod().to_numpy()
    return Curves(len(groups) * len(STEPS), place, days, at_risk, moved, left, ended - moved - left, share)


def _stated(days: np.ndarray):
    """Days, those below 0 as missing."""
    return pd.arrays.IntegerArray(np.maximum(days, 0).astype(COUNT), days < 0)
