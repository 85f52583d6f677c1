"""A programme's outer circumstances, day by day: what is decided before the first file comes in."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from regimes import Traits

NEVER = 1 << 30
"""A day that does not come."""


@dataclass(frozen=True)
class Days:
    """The working days among the days of a programme."""

    working: np.ndarray

    def __post_init__(self) -> None:
        ordered = np.append(np.flatnonzero(self.working), NEVER)
        object.__setattr__(self, "_ordered", ordered)
        object.__setattr__(self, "_gone", np.cumsum(self.working))

    def after(self, day: np.ndarray, count: np.ndarray) -> np.ndarray:
        """The day `count` working days after another; 0 is that day itself, or the next one that is worked."""
        known = day < len(self.working)
        day = np.where(known, day, 0)
        place = self._gone[day] + count - np.where((count > 0) | self.working[day], 1, 0)
        return np.where(known, self._ordered[np.minimum(place, len(self._ordered) - 1)], NEVER)


@dataclass(frozen=True)
class Setting:
    """What the course of a programme needs besides chance."""

    traits: Traits
    first: np.datetime64
    days: Days
    days_off: np.ndarray  # among Monday to Friday
    intake: np.ndarray  # [day, cell] files expected, were there no quota
    verifies: np.ndarray  # [day, LP3H] most it verifies that day, unless it stands still
    sits: np.ndarray  # [day] whether there is a sitting
    base: np.ndarray  # [day] what a sitting decides of an empty queue
    limit: np.ndarray  # [day] most it decides
    rounding: np.ndarray  # [day] between 0 and 1
    statements: list[np.ndarray]  # of each LP3H: days at whose end it states what it knows; see `statement_lag`


def setting(traits: Traits, random: Generator) -> Setting:
    """Holidays, good and bad weeks, sittings and statements, drawn."""
    first = np.datetime64("2024-01-01") + 7 * random.integers(0, 130) + random.integers(0, 5)
    dates = first + np.arange(traits.days)
    off = _days_off(traits, random)
    weekday = (dates.astype(int) + 3) % 7
    days = Days((weekday < 5) & ~off)
    intake = _intake(traits, days, off, random)
    mean = np.minimum(intake[: traits.until + 1].sum(0), traits.quota).sum() / max(
        days.working[: traits.until].sum(), 1
    )
    base, limit, sits = _sittings(traits, days, weekday, mean * 5, random)
    return Setting(
        traits=traits,
        first=first,
        days=days,
        days_off=dates[off & (weekday < 5)],
        intake=intake,
        verifies=_verifies(traits, days, weekday, random),
        sits=sits,
        base=base,
        limit=limit,
        rounding=random.random(traits.days),
        statements=[_statements(gap, traits.days, random) for gap in traits.statement_gap],
    )


def _days_off(traits: Traits, random: Generator) -> np.ndarray:
    off = np.zeros(traits.days, bool)
    off[random.integers(0, traits.days, traits.singles * traits.days // 365)] = True
    for when, length in traits.blocks:
        begins = int(when * traits.until)
        off[begins : begins + length] = True
    return off


def _intake(traits: Traits, days: Days, off: np.ndarray, random: Generator) -> np.ndarray:
    """[day, cell]: each LP3H's own course, its good and bad weeks, and those all have in common."""
    weeks, lp3h = traits.days // 7 + 1, len(traits.fill)
    luck = random.gamma(traits.week_shape, 1 / traits.week_shape, (weeks, lp3h))
    luck *= np.exp(np.cumsum(random.normal(0, traits.drift, (weeks, lp3h)), 0))
    luck *= np.exp(random.normal(0, traits.common, (weeks, 1)))
    luck[random.random(weeks) < traits.outage] *= 0.2
    course = traits.shape * np.where(days.working, 1, traits.weekend)[:, None]
    course = course * traits.quota  # an LP3H's businesses are where its quota is
    share = np.bincount(traits.lp3h, course[: traits.until + 1].sum(0), lp3h)
    asked = traits.fill * np.bincount(traits.lp3h, traits.quota, lp3h)
    course *= (asked / np.maximum(share, 1e-12))[traits.lp3h]
    for when, _ in traits.blocks:
        begins = int(when * traits.until)
        course[max(begins - 7, 0) : begins] *= traits.around
    return course * traits.halt * luck[np.arange(traits.days) // 7][:, traits.lp3h]


def _verifies(traits: Traits, days: Days, weekday: np.ndarray, random: Generator) -> np.ndarray:
    """[day, LP3H]: its capacity, all of the week's on one weekday where it has one."""
    asked = traits.fill * np.bincount(traits.lp3h, traits.quota, len(traits.fill))
    daily = np.maximum(asked / max(days.working[: traits.until].sum(), 1), 0.2) * traits.verify_room
    weekly = traits.verify_weekday >= 0
    room = np.where(weekly, daily * 5, daily) + random.random((traits.days, len(daily)))
    today = ~weekly | (weekday[:, None] == traits.verify_weekday)
    today = today & days.working[:, None]
    return np.where(today, np.minimum(np.floor(room), NEVER), 0).astype(int)


def _sittings(traits: Traits, days: Days, weekday: np.ndarray, weekly: float, random: Generator):
    """Base and limit of the sitting of each day, and whether there is one; one that falls on a day off is lost."""
    on = np.isin(weekday, random.permutation(5)[: traits.sittings])
    sits = on & days.working & (random.random(traits.days) >= traits.skipped)
    each = weekly / traits.sittings
    noise = random.gamma(traits.fatwa_noise, 1 / traits.fatwa_noise, traits.days)
    noise[traits.way[:, 0] >= traits.limit_changes_at] *= traits.limit_changes
    if traits.fatwa == "fixed":
        same = np.full(traits.days, max(round(traits.limit * each), 1), float)
        return same, same, sits
    if traits.fatwa == "open":
        return np.zeros(traits.days), np.full(traits.days, np.inf), sits
    return traits.base * each * noise, np.maximum(traits.limit * each, 1) * noise, sits


def _statements(gap: float, days: int, random: Generator) -> np.ndarray:
    """Days of an LP3H's statements: each day, or with gaps around `gap`."""
    if gap <= 1:
        return np.arange(days)
    gaps = np.maximum(np.rint(gap * random.uniform(0.5, 1.5, 2 * int(days / gap) + 4)), 1)
    gaps[0] = np.rint(gap * random.random())
    at = np.cumsum(gaps).astype(int)
    return at[at < days]
