"""How many each LP3H must submit a week for a goal to be reached by a date, and how sure that is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np
import pandas as pd

from halal_metrics.calendar import Calendar
from halal_metrics.counting.totals import day
from halal_metrics.deadlines import PACE_DAYS
from halal_metrics.forecast import MEASURES, Measure, first_there
from halal_metrics.outcomes import Outcomes, outcomes
from halal_metrics.schema import STATED
from halal_metrics.simulation.fates import NEVER
from halal_metrics.simulation.standing import Standing, standing

WEEK: Final = 5

BUSIEST: Final = 2.0
"""No LP3H is asked for more than so many times its busiest 5 working days so far …"""
LEAST_LIMIT: Final = 5.0
"""… or so many, where that is more."""

STILL_COUNTS: Final = 0.8
"""A submission still counts on a day where four in five of those of that day get there."""

TRIAL_PATHS: Final = 500
TRIES: Final = 4
LAST_TRIES: Final = 4
"""Tempos that are tried on so many paths, then on all: what comes out is figured on all of them."""

CLOSE: Final = 0.02
"""A tempo is the least where its chance is no more than this above the probability asked for."""

YEAR: Final = pd.Timedelta(days=365)


@dataclass(frozen=True)
class WeeklyPlan:
    """
    `rows` one an LP3H: `lp3h, used, room, pace_per_week, required_per_week, limit_per_week, active_p3h,
    required_per_p3h`, submissions. `goal` applications by `target_date`, reached with `chance`. Not `reachable`:
    `bound` says by whom ("back_end": BPJPH and the fatwa, "own": the LP3H), rows and chance are those at the limits,
    and `earliest_date` is the day on which it is reached with the probability asked for at the limits, missing where
    that is more than a year later. `submit_by`: the last day on which a submission still counts for four in five.
    """

    rows: pd.DataFrame
    reachable: bool
    chance: float
    goal: int
    target_date: pd.Timestamp
    bound: str
    earliest_date: pd.Timestamp
    submit_by: pd.Timestamp


def weekly_plan(
    quotas: pd.DataFrame,
    spells: pd.DataFrame,
    *,
    as_of,
    target_date,
    measure: Measure = "issued",
    goal: float = 1.0,
    probability: float = 0.8,
    active_p3h: Mapping[str, int] | None = None,
    most_per_week: float | None = None,
    paths: int = 2_000,
    seed: int = 0,
    calendar: Calendar | Iterable | None = None,
) -> WeeklyPlan:
    """
    The least common tempo that reaches ⌈goal × quota⌉ by target_date with `probability`; see `WeeklyPlan`.

    >>> quotas = pd.DataFrame({"kab_kota": ["Kota Bontang"], "lp3h": ["PWI Kaltim"], "quota": [40]})
    >>> spells = pd.DataFrame({"kab_kota": "Kota Bontang", "lp3h": "PWI Kaltim", "stage": "submitted", "count": [12],
    ...     "entered_date": pd.to_datetime(["2025-05-05"]), "outcome": "waiting",
    ...     "until_date": pd.to_datetime(["2025-06-04"])})
    >>> plan = weekly_plan(quotas, spells, as_of="2025-06-04", target_date="2025-12-31", measure="used", paths=200)
    >>> plan.reachable, plan.goal, plan.rows[["lp3h", "used", "room", "limit_per_week"]].astype(str).iloc[0].tolist()
    (True, 40, ['PWI Kaltim', '12', '28', '24.0'])

    Every LP3H fills its own room (quota − used) in the same time, none above its limit: `most_per_week`, else twice its
    busiest 5 working days so far, at least 5. required_per_week is a fraction; who shows it rounds up. `active_p3h`
    {lp3h: pendamping at work}: required_per_p3h is missing where there is none. pace_per_week is that of
    `deadline_gaps`.

    ValueError where target_date is not after as_of, or for a measure that is none.
    """
    if day(target_date) <= day(as_of):
        raise ValueError(f"target_date={target_date} is not after as_of={as_of}: there is no week to plan")
    if measure not in MEASURES:
        raise ValueError(f"measure= takes {' or '.join(MEASURES)}, not {measure!r}")
    plan = _Planner(quotas, spells, as_of, target_date, measure, goal, most_per_week, paths, seed, calendar)
    return plan.plan(probability, active_p3h or {})


class _Planner:
    """Tempos of one programme and what comes of them."""

    def __init__(self, quotas, spells, as_of, target_date, measure, goal, most_per_week, paths, seed, calendar) -> None:
        self._tables = quotas, spells
        self._as_of, self._target = as_of, target_date
        self._settings = {"seed": seed, "calendar": calendar}
        self._measure, self._paths = measure, paths
        self._now = standing(quotas, spells, as_of=as_of, until=target_date, calendar=calendar)
        now, size = self._now, len(self._now.institutions)
        self._goal = int(np.ceil(goal * now.quota.sum() - 1e-9))
        self._room = np.bincount(now.institution, np.maximum(now.room, 0), size)
        self._limit = _limits(now) if most_per_week is None else np.full(size, float(most_per_week))
        self._weeks = (now.until - now.as_of) / WEEK

    def plan(self, probability: float, active_p3h: Mapping[str, int]) -> WeeklyPlan:
        found, chance = self._least(probability)
        reachable = chance >= probability
        bound, earliest = "", pd.NaT
        if not reachable:
            bound = self._bound(probability)
            earliest = self._earliest(found, probability)
        return WeeklyPlan(
            self._rows(found, active_p3h), bool(reachable), chance, self._goal,
            pd.Timestamp(self._target).normalize(), bound, earliest, self._submit_by(),
        )  # fmt: skip

    def _pace(self, weeks: float) -> np.ndarray:
        """Submissions a week of each LP3H that fills its room in so many weeks, as far as its limit lets it."""
        return np.minimum(self._room / weeks, self._limit)

    def _least(self, probability: float) -> tuple[np.ndarray, float]:
        """(the least tempo that has the probability, its chance); at the limits where none has it."""
        nothing = np.zeros(len(self._room))
        few = min(TRIAL_PATHS, self._paths)
        if self._chance(nothing, few) > probability - 0.1:  # not out of the question
            chance = self._chance(nothing, self._paths)
            if chance >= probability:
                return nothing, chance
        # from a tempo at which everybody is at the limit to one at which next to nothing comes
        quick = float(np.min(self._room / self._limit, where=self._room > 0, initial=np.inf))
        quick = min(max(quick, 1 / WEEK), self._weeks) if np.isfinite(quick) else 1.0
        chance = self._chance(self._pace(quick), self._paths)
        if chance < probability:
            return self._pace(quick), chance
        found = sure = quick, chance
        unsure = 4 * self._weeks, 0.0
        for _ in range(TRIES):
            weeks = float(np.sqrt(sure[0] * unsure[0]))
            chance = self._chance(self._pace(weeks), few)
            sure, unsure = ((weeks, chance), unsure) if chance >= probability else (sure, (weeks, chance))
        for left in reversed(range(LAST_TRIES)):
            # few paths may have called sure what is not: the last try is a little quicker than what fell short
            last = not left and found[0] == quick
            weeks = max(0.97 * unsure[0], quick) if last else _between(sure, unsure, probability)
            chance = self._chance(self._pace(weeks), self._paths)
            if chance < probability:
                unsure = weeks, chance
                continue
            found = sure = weeks, chance
            if chance <= probability + CLOSE:
                break
        return self._pace(found[0]), found[1]

    def _bound(self, probability: float) -> str:
        """Who stands in the way of what is not reachable: what is used needs nobody but the LP3H."""
        if self._measure == "used":
            return "own"
        return "back_end" if self._chance(self._room, self._paths) < probability else "own"

    def _run(self, pace: np.ndarray, paths: int, until=None) -> Outcomes:
        named = dict(zip(self._now.institutions, pace, strict=True))
        return outcomes(
            *self._tables, as_of=self._as_of, until=until or self._target, paths=paths, pace=named, **self._settings
        )

    def _first_there(self, run: Outcomes) -> np.ndarray:
        cells = np.zeros(len(run.now.cells), np.int64)
        return first_there(run, self._measure, cells, np.array([[self._goal]]))[:, 0, 0]

    def _chance(self, pace: np.ndarray, paths: int) -> float:
        return float((self._first_there(self._run(pace, paths)) != NEVER).mean())

    def _earliest(self, pace: np.ndarray, probability: float) -> pd.Timestamp:
        run = self._run(pace, self._paths, until=pd.Timestamp(self._target) + YEAR)
        first = np.sort(self._first_there(run))[max(int(np.ceil(probability * self._paths)) - 1, 0)]
        return pd.NaT if first == NEVER else pd.Timestamp(run.now.axis.dates(first))

    def _submit_by(self) -> pd.Timestamp:
        """
        The last day of which four in five submissions are issued by the target date, where they come in evenly until
        then: who submits all at once at the beginning has no late day to learn from.
        """
        if self._measure == "used":
            return pd.Timestamp(self._target).normalize()
        now = self._now
        run = self._run(np.maximum(self._room / self._weeks, 0.2), min(TRIAL_PATHS, self._paths))
        size = now.until + 1
        came, issued = run.futures.used.where(run.futures.used.count > 0), run.futures.issued
        sent = np.bincount(came.sent, came.count, size)[now.as_of + 1 :]
        counted = np.bincount(issued.sent[issued.sent >= 0], issued.count[issued.sent >= 0], size)[now.as_of + 1 :]
        week = np.ones(WEEK)
        share = np.convolve(counted, week, "same") / np.maximum(np.convolve(sent, week, "same"), 1e-9)
        days = np.flatnonzero(share >= STILL_COUNTS)
        return pd.Timestamp(now.axis.dates(now.as_of + 1 + days[-1])) if len(days) else pd.NaT

    def _rows(self, pace: np.ndarray, active_p3h: Mapping[str, int]) -> pd.DataFrame:
        now, size = self._now, len(self._now.institutions)
        used = np.bincount(now.institution, now.used, size).astype(np.int64)
        present = np.bincount(now.institution, minlength=size) > 0
        active = pd.array([active_p3h.get(name) for name in now.institutions], dtype=STATED)
        at_work = pd.Series(active).astype("Float64").replace(0, pd.NA).astype(float).to_numpy()
        rows = pd.DataFrame(
            {
                "lp3h": pd.array(now.institutions, dtype="str"),
                "used": used,
                "room": self._room.astype(np.int64),
                "pace_per_week": _net_pace(self._tables[1], now, self._as_of),
                "required_per_week": pace,
                "limit_per_week": self._limit,
                "active_p3h": active,
                "required_per_p3h": pace / at_work,
            }
        )
        return rows[present].reset_index(drop=True)


def _between(sure: tuple[float, float], unsure: tuple[float, float], probability: float) -> float:
    """Weeks between two of which the chances are known, at which the chance is a little above `probability`."""
    normal = NormalDist()
    high, low = (normal.inv_cdf(min(max(chance, 0.01), 0.99)) for _, chance in (sure, unsure))
    wanted = normal.inv_cdf(min(probability + CLOSE / 2, 0.99))
    part = min(max((high - wanted) / max(high - low, 1e-6), 0.1), 0.9)
    return float(sure[0] ** (1 - part) * unsure[0] ** part)


def _limits(now: Standing) -> np.ndarray:
    """Twice the busiest 5 working days in a row of each LP3H, at least LEAST_LIMIT."""
    sent = now.submissions
    size, owner = len(now.institutions), now.institution[sent.cell]
    days = now.as_of + 1
    daily = np.bincount(owner * days + np.clip(sent.entered, 0, now.as_of), sent.count, size * days)
    total = np.pad(daily.reshape(size, days).cumsum(axis=1), ((0, 0), (WEEK, 0)))
    return np.maximum(BUSIEST * (total[:, WEEK:] - total[:, :-WEEK]).max(axis=1), LEAST_LIMIT)


def _net_pace(spells: pd.DataFrame, now: Standing, as_of) -> np.ndarray:
    """Net submissions a week of the last four weeks, as `deadline_gaps` counts them."""
    since, today = pd.Timestamp(as_of).normalize() - pd.Timedelta(days=PACE_DAYS), pd.Timestamp(as_of).normalize()
    came = (spells["stage"] == "submitted") & spells["entered_date"].between(since, today, inclusive="right")
    left = (spells["outcome"] == "left") & spells["until_date"].between(since, today, inclusive="right")
    sign = came.astype("int64") - left.astype("int64")
    owner = pd.Categorical(spells["lp3h"], categories=pd.Index(now.institutions[:-1], dtype="str")).codes
    summed = np.bincount(
        np.where(owner < 0, len(now.institutions) - 1, owner), spells["count"] * sign, len(now.institutions)
    )
    return summed / (PACE_DAYS / 7)
