"""
What kinds of programmes there are: how one is drawn at random, and what a regime changes of it.

Widths are wide on purpose and none is set after looking at a forecast. Times are fractions of the way to the target
date or working days (`wd`); shares are of files.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.random import Generator

TAIL = 90
"""So many calendar days a programme goes on past its target date."""


@dataclass
class Traits:
    """A programme before it has happened. Arrays are per cell, per LP3H, or [day, cell]."""

    weeks: int
    place: np.ndarray  # of each cell: number of its kab/kota
    lp3h: np.ndarray  # of each cell: number of its LP3H
    quota: np.ndarray  # of each cell
    fill: np.ndarray  # of each LP3H: what it would submit by the target date, in its quota
    shape: np.ndarray = field(init=False)  # [day, cell] intake in the course of time; `fill` holds whatever it is
    halt: np.ndarray = field(init=False)  # [day, cell] what is left of it: 0 where work stands still
    own_halt: np.ndarray = field(init=False)  # [day, LP3H] whether it does not verify
    week_shape: float = 6.0  # of the gamma by which one LP3H's weeks differ
    drift: float = 0.0  # of its weekly random walk, on a log scale
    common: float = 0.1  # of what all have in common in a week
    outage: float = 0.02  # share of weeks in which SIHALAL hardly works
    weekend: float = 0.05  # intake of a day off, in that of a working day
    redirect: float = 0.5  # share of businesses of a full cell for whom the LP3H has room elsewhere
    waiting: float = 0.2  # share of the others who wait for a slot
    verify: np.ndarray = field(init=False)  # of each LP3H: median wd
    verify_spread: float = 0.6
    verify_room: np.ndarray = field(init=False)  # of each LP3H: its capacity in its intake; infinity: no bound
    verify_weekday: np.ndarray = field(init=False)  # of each LP3H: the one weekday on which it verifies, or −1
    same_day: bool = False  # whether a step can take no time at all
    check: float = 3.0
    check_spread: float = 0.5
    fatwa: str = "elastic"  # or "open", all that wait, or "fixed", a constant number
    sittings: int = 2  # a week
    limit: float = 2.0  # most that a week's sittings decide, in the programme's mean weekly intake
    base: float = 0.4  # what they decide of an empty queue, so to say; likewise
    slope: float = 0.4  # and of each file that waits
    fatwa_noise: float = 30.0  # shape of the gamma by which sittings differ
    skipped: float = 0.05  # share of sittings that fall through
    limit_changes: float = 1.0  # factor on all of this from a day on
    limit_changes_at: float = 2.0
    issue: float = 2.0
    issue_spread: float = 0.5
    exits: float = 0.03
    exit_days: tuple[float, float] = (5, 60)
    stuck: float = 0.5  # share of those who will leave and do not move any more
    rejected: float = 0.01
    returns: tuple[float, float, float] = (0.06, 0.02, 0.01)  # by the LP3H, in the check, by the fatwa
    away: float = 10.0
    away_spread: float = 0.7
    statement_gap: np.ndarray = field(init=False)  # of each LP3H: days from one statement to the next
    statement_lag: np.ndarray = field(init=False)  # and from its date to its arrival
    blocks: list[tuple[float, int]] = field(default_factory=list)  # holidays: when, and how many days
    around: float = 1.0  # intake in the week before one
    singles: int = 10  # other days off a year

    @property
    def days(self) -> int:
        return self.until + 1 + TAIL

    @property
    def until(self) -> int:
        """Number of the target date; the first day is 0."""
        return self.weeks * 7

    @property
    def way(self) -> np.ndarray:
        """[day, 1] how much of the way to the target date has gone."""
        return (np.arange(self.days) / self.until)[:, None]


def draw(regime: str, random: Generator) -> Traits:
    """A programme of a regime."""
    traits = _ordinary(random, *SIZES.get(regime, SIZES[""]))
    REGIMES[regime](traits, random)
    return traits


SIZES = {"": (60, 3_000, 3, 10), "tiny": (5, 40, 2, 4), "large": (20_000, 100_000, 5, 10)}
"""Quota from, to, and number of LP3H and of kab/kota from, to."""


def _ordinary(random: Generator, least: int, most: int, fewest: int, many: int) -> Traits:
    places, lp3h = random.integers(fewest, many + 1, 2)
    total = round(np.exp(random.uniform(np.log(least), np.log(most))))
    place, institution = _cells(random, places, lp3h)
    weights = random.dirichlet(np.full(lp3h, random.uniform(0.7, 6)))[institution] * random.gamma(2, 1, len(place))
    if random.random() < 0.4:  # the same for each kab/kota, as the first plan of the province had it
        weights /= np.bincount(place, weights, places)[place]
    traits = Traits(
        weeks=int(random.integers(10, 46)),
        place=place,
        lp3h=institution,
        quota=random.multinomial(total, weights / weights.sum()),
        fill=np.exp(random.normal(0.15, 0.45) + random.normal(0, random.uniform(0.2, 0.8), lp3h)),
    )
    traits.shape, traits.halt = np.ones((2, traits.days, len(place)))
    traits.statement_lag = np.zeros(lp3h, int)
    traits.own_halt = np.zeros((traits.days, lp3h), bool)
    traits.week_shape = np.exp(random.uniform(np.log(1.5), np.log(25)))
    traits.drift, traits.common = random.uniform(0, 0.1), random.uniform(0, 0.25)
    traits.weekend, traits.redirect, traits.waiting = random.uniform(0, [0.12, 1, 0.5])
    traits.verify = np.exp(np.log(random.uniform(2, 9)) + random.normal(0, 0.5, lp3h))
    traits.verify_spread = random.uniform(0.3, 0.9)
    traits.verify_room = np.where(random.random(lp3h) < 0.5, random.uniform(1.1, 3, lp3h), np.inf)
    traits.verify_weekday = np.where(random.random(lp3h) < 0.25, random.integers(0, 5, lp3h), -1)
    traits.same_day = random.random() < 0.3
    traits.check, traits.check_spread = random.uniform(1, 8), random.uniform(0.3, 0.8)
    traits.fatwa = str(random.choice(["elastic", "elastic", "open"]))
    traits.sittings = int(random.integers(1, 6))
    traits.limit, traits.slope, traits.base = random.uniform([1.1, 0.2, 0.2], [3, 0.8, 0.7])
    traits.fatwa_noise, traits.skipped = random.uniform([8, 0], [60, 0.12])
    traits.issue, traits.issue_spread = random.uniform([0.5, 0.3], [5, 0.8])
    traits.exits, traits.rejected = random.uniform(0, [0.06, 0.02])
    traits.returns = tuple(random.uniform(0, [0.12, 0.04, 0.03]))
    traits.away, traits.away_spread = random.uniform([4, 0.4], [20, 0.9])
    traits.statement_gap = np.full(lp3h, 1.0) if random.random() < 0.35 else random.uniform(2, 10, lp3h)
    traits.singles = int(random.integers(6, 20))
    return traits


def _cells(random: Generator, places: int, lp3h: int) -> tuple[np.ndarray, np.ndarray]:
    """Which LP3H work where: each somewhere, somebody everywhere."""
    works = random.random((places, lp3h)) < random.uniform(0.25, 0.9)
    works[np.arange(places), random.integers(0, lp3h, places)] = True
    works[random.integers(0, places, lp3h), np.arange(lp3h)] = True
    return np.nonzero(works)


def _some(random: Generator, of: int, least: float, most: float) -> np.ndarray:
    """Between a least and a most share of so many, at least one."""
    return random.permutation(of)[: max(1, round(of * random.uniform(least, most)))]


def steady(traits: Traits, random: Generator) -> None:
    """LP3H that differ by a factor of ten and overdispersed weeks, with no trend besides."""
    traits.fill = np.exp(random.normal(0.1, 0.4) + random.normal(0, 0.9, len(traits.fill)))
    traits.week_shape, traits.drift = random.uniform(1.5, 6), 0.0


def ramp_up(traits: Traits, random: Generator) -> None:
    """All begin slowly, some later than others; the ramp may still go on when somebody looks."""
    middle, width = random.uniform(0.2, 0.9), random.uniform(0.05, 0.3)
    middle = middle + random.normal(0, 0.08, len(traits.fill))[traits.lp3h]
    traits.shape = traits.shape * (random.uniform(0, 0.15) + 1 / (1 + np.exp((middle - traits.way) / width)))


def fading(traits: Traits, random: Generator) -> None:
    """A strong beginning that fades, by halves or with one break."""
    if random.random() < 0.7:
        traits.shape = traits.shape * 0.5 ** (traits.way / random.uniform(0.12, 0.6))
    else:
        broken = traits.way > random.uniform(0.25, 0.8)
        traits.shape = np.where(broken, traits.shape * random.uniform(0.1, 0.6), traits.shape)
    traits.fill = traits.fill * random.uniform(0.8, 1.3)


def congested(traits: Traits, random: Generator) -> None:
    """Batch sittings on one or two weekdays that decide more when more wait, up to less than what comes in."""
    traits.fatwa, traits.sittings = "elastic", int(random.integers(1, 3))
    traits.limit, traits.base, traits.slope = random.uniform([0.35, 0.05, 0.1], [0.9, 0.35, 0.7])
    traits.limit_changes_at = 2.0


def fixed_fatwa(traits: Traits, random: Generator) -> None:
    """The same number at every sitting."""
    traits.fatwa, traits.sittings = "fixed", int(random.integers(1, 6))
    traits.limit, traits.skipped = random.uniform([0.5, 0], [1.4, 0.05])


def stall(traits: Traits, random: Generator) -> None:
    """Some places or LP3H stand still for weeks or for good; the LP3H's own verification now and then with them."""
    for _ in range(random.integers(1, 4)):
        begins = random.uniform(0.15, 0.9)
        ends = np.inf if random.random() < 0.4 else begins + random.uniform(2, 10) / traits.weeks
        still = (traits.way >= begins) & (traits.way < ends)
        if random.random() < 0.5:
            there = traits.place == random.choice(traits.place)
        else:
            there = traits.lp3h == (institution := random.integers(len(traits.fill)))
            traits.own_halt[:, institution] |= still[:, 0] & (random.random() < 0.5)
        traits.halt = np.where(still & there, 0, traits.halt)


def tiny(traits: Traits, random: Generator) -> None:
    """A handful of files (see SIZES)."""
    traits.statement_gap = random.uniform(1, 14, len(traits.fill))


def returns(traits: Traits, random: Generator) -> None:
    """Many go back to the business and come again late."""
    traits.returns = tuple(random.uniform([0.2, 0.02, 0.02], [0.5, 0.15, 0.12]))
    traits.away, traits.away_spread = random.uniform([8, 0.5], [30, 1])


def exits(traits: Traits, random: Generator) -> None:
    """10–25% leave, late; a freed slot is used again."""
    traits.exits, traits.exit_days = random.uniform(0.15, 0.32), (20, 60)
    traits.stuck, traits.waiting = random.uniform([0.6, 0.2], [1, 0.9])
    traits.fill = traits.fill * random.uniform(1, 1.4)


def holidays(traits: Traits, random: Generator) -> None:
    """One or two blocks like Lebaran, and many single days; before a block everything slackens."""
    traits.blocks = [(random.uniform(0.05, 1), int(random.integers(6, 15))) for _ in range(random.integers(1, 3))]
    traits.singles, traits.around = int(random.integers(15, 35)), random.uniform(0.2, 1)


def late(traits: Traits, random: Generator) -> None:
    """Statements are one to eight weeks old, unequally: they are seldom, and long on their way."""
    traits.statement_gap = np.exp(random.uniform(np.log(5), np.log(35), len(traits.fill)))
    traits.statement_lag = random.integers(3, 25, len(traits.fill))


def late_starters(traits: Traits, random: Generator) -> None:
    """Some LP3H begin long after the others, and some never."""
    begins = np.zeros(len(traits.fill))
    begins[_some(random, len(begins), 0.3, 0.6)] = random.uniform(0.15, 0.8)
    begins = begins * random.uniform(0.5, 1.2, len(begins))
    begins[_some(random, len(begins), 0, 0.25)] = np.inf
    traits.halt = np.where(traits.way < begins[traits.lp3h], 0, traits.halt)
    traits.fill = traits.fill * random.uniform(1, 1.3)


def large(traits: Traits, random: Generator) -> None:
    """Tens of thousands of files (see SIZES)."""


def mixed(traits: Traits, random: Generator) -> None:
    """Two to four of these at once, and a fatwa that is given more or fewer hands on the way."""
    several = (steady, ramp_up, fading, congested, fixed_fatwa, stall, returns, exits, holidays, late, late_starters)
    for number in random.permutation(len(several))[: random.integers(2, 5)]:
        several[number](traits, random)
    if random.random() < 0.3:
        traits.limit_changes, traits.limit_changes_at = random.uniform(0.5, 1.8), random.uniform(0.2, 1)


REGIMES: dict[str, Callable[[Traits, Generator], None]] = {
    regime.__name__: regime
    for regime in (
        steady, ramp_up, fading, congested, fixed_fatwa, stall, tiny, returns, exits, holidays, late, late_starters,
        large, mixed,
    )
}  # fmt: skip
