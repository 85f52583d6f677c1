"""
What becomes of a file at a step, and when: it moves on or leaves, by the hazards of those that stood there before.

A hazard is the chance to go on a working day, given that the file is still there. It is counted by age, so files that
are not finished count as long as they are known. Beyond the oldest age that enough files have reached nothing is read
off the young ones: the hazard there is that of the last ages seen, and in doubt.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from halal_metrics.simulation.standing import LEFT, MOVED, Stays

AGES: Final = 400
"""Working days up to which a hazard is kept; later it stays."""

NEVER: Final = 8_000
"""A working day, or age, that is beyond every horizon."""

FINE: Final = 2048
COARSE: Final = 256
"""How many equally likely fates are tabled of a new file, and of one that has reached some age."""

LEVELS: Final = np.array([-1.2816, -0.5244, 0.0, 0.5244, 1.2816])
"""How much quicker or slower than estimated a step may be: five equally likely normal quantiles."""

PRIOR_FILES: Final = 3.0
"""What is typical before anything is known weighs as much as so many files."""

INSTITUTION_WEIGHT: Final = 6.0
"""The pace of all institutions weighs as much in that of one as so many of its own files."""

MOST_KNOWN: Final = 60.0
"""However many files have moved, next month's pace is not known better than so many tell: paces change."""

TAIL_DOUBT: Final = 0.4
"""How far, as a logarithm, the chance to move on may be off beyond the oldest age that enough files have reached."""

EXIT: Final = 0.0008
"""Chance a day to leave before anything is known, and so many file-days it weighs, an age band."""
EXIT_WEIGHT: Final = 250.0
EXIT_BANDS: Final = np.array([0, 6, 11, 21, 41, 81])


@dataclass(frozen=True)
class Hazards:
    """
    Cumulative hazards by age (0, 1, … AGES): of moving on, groups × levels × ages, and of leaving, levels × ages.
    """

    moving: np.ndarray
    leaving: np.ndarray

    def fates(self, group: int, ages: np.ndarray, size: int) -> np.ndarray:
        """
        For files of a group that have reached these ages without going, −1 for those that come now: the day from now on
        which each goes, twice, plus 1 where it leaves; levels × ages × `size` equally likely cases, in order of days.
        """
        odds = -np.log1p(-(np.arange(size) + 0.5) / size)
        made = np.empty((len(LEVELS), len(ages), size), np.int16)
        for level in range(len(LEVELS)):
            moving, leaving = self.moving[group, level], self.leaving[level]
            total = moving + leaving
            reached = np.where(ages < 0, 0.0, total[np.clip(ages, 0, AGES)])
            wanted = reached[:, None] + odds
            age = np.searchsorted(total, wanted.ravel(), side="left").reshape(wanted.shape)
            seen = np.minimum(age, AGES)
            before = np.where(seen > 0, total[seen - 1], 0.0)
            step = total[seen] - before
            left = (leaving[seen] - np.where(seen > 0, leaving[seen - 1], 0.0)) > wanted - before
            beyond = age > AGES
            if beyond.any():
                # past the table both hazards stay what they were
                slope = max(step[beyond].max(initial=0.0), total[-1] - total[-2], 1e-9)
                age = np.where(beyond, AGES + np.ceil((wanted - total[-1]) / slope), age)
                left &= ~beyond
            # an old file waits for an age it has not reached: tomorrow at the earliest
            later = age - np.where(ages < 0, 0, np.minimum(ages, AGES))[:, None]
            made[level] = np.minimum(later, NEVER) * 2 + left
        return made


def hazards(stays: Stays, group: np.ndarray, groups: int, *, typical: float, exits: float) -> Hazards:
    """
    Of the stays at one step, each by its group (an LP3H, say): the curve of all together, and how much quicker or
    slower than it each group is, the less sure the fewer of its files have moved. `typical`: chance a day to move on
    before anything is known.
    """
    days = np.minimum(stays.days, AGES)
    size = AGES + 1
    at_risk = np.cumsum(np.bincount(days, stays.count, size)[::-1])[::-1]
    moved = np.bincount(days, stays.count * (stays.outcome == MOVED), size)
    left = np.bincount(days, stays.count * (stays.outcome == LEFT), size)
    chance, oldest = _moving(moved, at_risk, typical)
    doubt = np.exp(TAIL_DOUBT * LEVELS[:, None] * (np.arange(size) > oldest))
    usual = np.cumsum(-np.log1p(-chance))
    moving = np.cumsum(-np.log1p(-chance) * doubt, axis=1)
    leaving = np.cumsum(-np.log1p(-_leaving(left, at_risk, exits)))

    ones = stays.outcome == MOVED
    done = np.bincount(group[ones], stays.count[ones], groups)
    expected = np.bincount(group, stays.count * usual[days], groups)
    pace = (done + INSTITUTION_WEIGHT) / (expected + INSTITUTION_WEIGHT)
    ratio = pace[:, None] * _spread(np.minimum(done, MOST_KNOWN) + INSTITUTION_WEIGHT)
    # who leaves much, moves on little: the levels run against each other
    spread = _spread(np.atleast_1d(min(left.sum(), MOST_KNOWN) + 2.0))[0, ::-1, None]
    return Hazards(ratio[:, :, None] * moving, spread * leaving)


def _spread(shape: np.ndarray) -> np.ndarray:
    """LEVELS of gammas of these shapes and mean 1, by Wilson and Hilferty: shapes × levels."""
    shape = shape[:, None]
    return np.maximum(1 - 1 / (9 * shape) + LEVELS / (3 * np.sqrt(shape)), 0.05) ** 3


def _moving(moved: np.ndarray, at_risk: np.ndarray, typical: float) -> tuple[np.ndarray, int]:
    """(the chance to move on by age, counted and a little smoothed; the oldest age that enough files have reached)."""
    enough = np.flatnonzero(at_risk >= max(3.0, 0.03 * at_risk[0]))
    oldest = int(enough[-1]) if len(enough) else 0
    events, exposed = moved.astype(float), at_risk.astype(float)
    if moved.sum() < 300 and oldest > 1:  # day 0 stays alone: nobody moves on it who did not
        events[1:], exposed[1:] = _smoothed(events[1:]), _smoothed(exposed[1:])
    known = (events + typical * PRIOR_FILES * 0.25) / (exposed + PRIOR_FILES * 0.25)
    known[0] = events[0] / (exposed[0] + PRIOR_FILES) if exposed[0] else 0.0
    last = slice(max(oldest - 9, 1), oldest + 1)
    usual = events[1:].sum() / exposed[1 : oldest + 1].sum() if oldest and exposed[1 : oldest + 1].sum() else typical
    tail = (moved[last].sum() + usual * PRIOR_FILES * 3) / (at_risk[last].sum() + PRIOR_FILES * 3)
    known[oldest + 1 :] = tail
    return np.clip(known, 0.0, 0.98), oldest


def _leaving(left: np.ndarray, at_risk: np.ndarray, usual: float) -> np.ndarray:
    """The chance to leave by age, in bands: those who leave, leave late, and there are few of them."""
    band = np.searchsorted(EXIT_BANDS, np.arange(len(left)), side="right") - 1
    events = np.bincount(band, left, len(EXIT_BANDS))
    exposed = np.bincount(band, at_risk, len(EXIT_BANDS))
    overall = (events.sum() + usual * EXIT_WEIGHT) / (exposed.sum() + EXIT_WEIGHT)
    return ((events + overall * EXIT_WEIGHT) / (exposed + EXIT_WEIGHT))[band].clip(0, 0.5)


def _smoothed(counts: np.ndarray) -> np.ndarray:
    return np.convolve(np.pad(counts, 2, mode="edge"), np.array([1, 2, 3, 2, 1]) / 9, mode="valid")
