"""
The pace at which each LP3H submits: it drifts, ramps up, fades, stops and begins again.

Found by a particle filter, week by week of 5 working days back from the day to which the LP3H is known: a level that
wanders, a slope that wears off, a state (at work or not), and weeks that spread more than chance alone would. A pace
read off the last weeks' mean lags behind one that rises; a slope without end runs away.
"""

from math import lgamma
from typing import Final, NamedTuple

import numpy as np

from halal_metrics.simulation.standing import Standing

WEEK: Final = 5
WEEKS: Final = 60
"""What lies further back says nothing of next week."""

PARTICLES: Final = 1_000

SPREADS: Final = np.array([1.5, 3.0, 6.0, 12.0, 40.0, 300.0])
"""Shapes of the gamma that a week's mean is multiplied with: 1,5 is erratic, 300 hardly more than chance."""
SPREADS_BEFORE: Final = np.array([0.12, 0.2, 0.24, 0.2, 0.14, 0.1])

WANDER: Final = (0.02, 0.22)
"""Standard deviation of the level's weekly change, as a logarithm; from … to, evenly in its logarithm."""
SLOPE: Final = 0.25
SLOPE_CHANGE: Final = 0.03
SLOPE_STAYS: Final = 0.95
"""A slope at the start, how it changes a week, and what of it is left after one."""

STOPS: Final = (0.004, 0.03)
RESUMES: Final = (0.04, 0.2)
"""Chance a week that an LP3H at work stops, and that one that has stopped goes on; from … to."""
IDLE: Final = 0.03
"""Files a week of one that has stopped."""
SLOPES_DIFFER: Final = 0.06
"""Standard deviation of an LP3H's slope around the programme's: they ramp up and fade together, by and large."""


class Tempo(NamedTuple):
    """Of each LP3H as many states as particles, LP3H × particles: log level, slope, at work, how weeks spread …"""

    level: np.ndarray
    slope: np.ndarray
    working: np.ndarray
    spread: np.ndarray
    wander: np.ndarray
    stops: np.ndarray
    resumes: np.ndarray


def weekly(now: Standing) -> np.ndarray:
    """Submissions of each LP3H by week back from the day to which it is known, LP3H × weeks, the last week first."""
    return by_week(now, now.institution, len(now.institutions), np.ones(len(now.cells), bool))


def by_week(now: Standing, group: np.ndarray, groups: int, chosen: np.ndarray) -> np.ndarray:
    sent = now.submissions
    back = (now.known[now.institution[sent.cell]] - sent.entered) // WEEK
    kept = (back >= 0) & (back < WEEKS) & chosen[sent.cell]
    weeks = int(back[kept].max()) + 1 if kept.any() else 0
    key = group[sent.cell[kept]] * weeks + back[kept]
    return np.bincount(key, sent.count[kept], groups * weeks).reshape(groups, weeks) if weeks else np.zeros((groups, 0))


def tempo(now: Standing, rng: np.random.Generator) -> Tempo:
    """The states that each LP3H may be in on the day to which it is known, given its weeks so far."""
    owner, size = now.institution, len(now.institutions)
    # a place that is full takes no more, whatever its LP3H could do there: its past is not that of the others
    open_cells = (now.room > 0) | (not now.capped)
    past = by_week(now, owner, size, open_cells)
    begun = weeks_since_first(weekly(now))
    usual = _usual_level(now, past, begun, open_cells)
    # all together are one more, the last: what has few files of its own learns its slope from it
    past, begun = np.vstack([past, past.sum(axis=0)]), np.append(begun, begun.max(initial=0))
    usual = np.append(usual, np.log(np.exp(usual[begun[:-1] > 0]).sum() if begun.any() else 1.0))

    shape = (size + 1, PARTICLES)
    spread = rng.choice(len(SPREADS), shape, p=SPREADS_BEFORE)
    wander = np.exp(rng.uniform(*np.log(WANDER), shape))
    stops, resumes = rng.uniform(*STOPS, shape), rng.uniform(*RESUMES, shape)
    level = usual[:, None] + 0.8 * rng.standard_normal(shape)
    slope = SLOPE * rng.standard_normal(shape)
    working = np.repeat(begun[:, None] > 0, PARTICLES, axis=1)
    resumes[begun == 0] = np.clip(_begins(begun, past.shape[1]) * rng.standard_gamma(2.0, shape) / 2, 0, 0.5)[
        begun == 0
    ]

    constants = _constants(past)
    for week in range(past.shape[1] - 1, -1, -1):
        here = np.flatnonzero(begun > week)
        if not len(here):
            continue
        some = (len(here), PARTICLES)
        slope[here] = SLOPE_STAYS * slope[here] + SLOPE_CHANGE * rng.standard_normal(some)
        level[here] += slope[here] + wander[here] * rng.standard_normal(some)
        lot = rng.random(some)
        if (begun[here] > week + 1).any():
            working[here] = np.where(working[here], lot >= stops[here], lot < resumes[here])
        number = past[here, week, None]
        mean = np.where(working[here], np.exp(level[here]), IDLE)
        scatter = SPREADS[spread[here]]
        log = constants[here[:, None], week, spread[here]] + number * np.log(mean / (mean + scatter))
        log += scatter * np.log(scatter / (mean + scatter))
        for row, one in enumerate(here):
            chance = np.exp(log[row] - log[row].max())
            total = np.cumsum(chance)
            kept = np.searchsorted(total, (np.arange(PARTICLES) + rng.random()) * (total[-1] / PARTICLES))
            kept = np.minimum(kept, PARTICLES - 1)
            for state in (level, slope, working, spread, wander, stops, resumes):
                state[one] = state[one, kept]
    slope = _pooled(slope, begun)
    return Tempo(*(state[:size] for state in (level, slope, working, SPREADS[spread], wander, stops, resumes)))


def _pooled(slope: np.ndarray, begun: np.ndarray) -> np.ndarray:
    """
    Each LP3H's slopes, drawn to those of all together (the last row) as far as its own weeks leave it open. Taken as
    normal: what its weeks say is what they have made of the prior.
    """
    mean, variance = slope.mean(axis=1), np.maximum(slope.var(axis=1), 1e-6)
    before = SLOPE**2
    own = np.maximum(1 / variance - 1 / before, 1e-3)  # precision of what the weeks alone say
    said = mean / variance / own
    around = variance[-1] + SLOPES_DIFFER**2
    pooled = (own * said + mean[-1] / around) / (own + 1 / around)
    narrower = np.sqrt(1 / (own + 1 / around) / variance)
    drawn = pooled[:, None] + (slope - mean[:, None]) * narrower[:, None]
    return np.where((begun > 1)[:, None], drawn, slope)


def _constants(past: np.ndarray) -> np.ndarray:
    """log Γ(number + spread) − log Γ(spread) − log number! of a negative binomial, LP3H × weeks × SPREADS."""
    numbers, place = np.unique(past, return_inverse=True)
    table = [[lgamma(n + r) - lgamma(r) - lgamma(n + 1) for r in SPREADS] for n in numbers]
    return np.array(table).reshape(len(numbers), len(SPREADS))[place].reshape(*past.shape, len(SPREADS))


def weeks_since_first(past: np.ndarray) -> np.ndarray:
    """How many weeks ago each LP3H began, the present one counted; 0 where it has not."""
    if not past.shape[1]:
        return np.zeros(len(past), np.int64)
    back = np.arange(1, past.shape[1] + 1)
    return (back * (past > 0)).max(axis=1)


def _usual_level(now: Standing, past: np.ndarray, begun: np.ndarray, open_cells: np.ndarray) -> np.ndarray:
    """
    The level at which each LP3H is taken to have begun: that of its own first weeks, of one that has not begun what is
    usual for others by their quota, and before anybody has begun its quota in the weeks until the end.
    """
    size = len(now.institutions)
    room = np.bincount(now.institution, np.where(open_cells, now.room, 0), size)
    quota = np.maximum(room + past.sum(axis=1), 1)
    started = begun > 0
    if started.any():
        pace = (past[started].sum(axis=1) + 0.5) / begun[started] / quota[started]
        pooled = float(np.exp(np.log(pace).mean()))
    else:
        pooled = 1 / max((now.until - now.as_of) / WEEK, 4.0)
    level = np.log(pooled * quota)
    for one in np.flatnonzero(started):
        first = past[one, max(begun[one] - 3, 0) : begun[one]]
        # its first weeks weigh with how many they are, others' usual pace as much as one file
        level[one] = np.log((first.sum() + pooled * quota[one] * 0.5) / (len(first) + 0.5))
    return level


def _begins(begun: np.ndarray, weeks: int) -> float:
    """Chance a week that an LP3H which has not begun does so: as it was with the others."""
    waited = (weeks - begun).sum()
    return ((begun > 0).sum() + 1) / (waited + (begun > 0).sum() + 12)
