"""
The Komite Fatwa as a queue: first come, first served, so many a week.

How many it decides grows with how many wait: a · (queue)^β a working day, where β = 0 is a fixed number, β = 1 a fixed
delay, and both are what past weeks make likely. A queue longer than any before is served like the longest before, or
little better: beyond its history nobody knows what a committee can do.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from halal_metrics.simulation.fates import NEVER
from halal_metrics.simulation.standing import MOVED, Stays

WEEK: Final = 5

POWERS: Final = np.array([0.0, 0.25, 0.5, 0.75, 1.0])
POWERS_BEFORE: Final = np.array([0.12, 0.16, 0.24, 0.24, 0.24])

HALF_LIFE: Final = 12.0
"""A week so many weeks ago counts half: committees change."""

USUAL_SPREAD: Final = 2.0
SPREAD_WEEKS: Final = 4.0
"""Variance ÷ mean of a week's decisions before weeks are seen, and how many weeks it weighs."""

UNSEEN: Final = 0.06
"""Before the first decision: so much of the queue a working day, and it weighs as much as one decision."""

DRIFT: Final = 0.04
"""Standard deviation of how a committee's number changes from week to week, as a logarithm."""

SHORT: Final = 15.0
"""A queue of so many files is short for a committee that serves a province, whether one was seen or not."""

BEYOND: Final = 0.5
"""How far, as a logarithm, a queue may pass the longest seen before more of it no longer hastens the committee."""


@dataclass(frozen=True)
class FatwaQueue:
    """
    What the past says: how likely each of POWERS is, of each the shape and rate of `a`, by how much a week is off (the
    standard deviation of its logarithm), the longest queue seen, and working days that a file stays at least.
    """

    weights: np.ndarray
    shape: np.ndarray
    rate: np.ndarray
    noise: float
    longest: float
    stay: int

    def serve(self, eligible: np.ndarray, rng: np.random.Generator, *, beside: float = 0.0) -> np.ndarray:
        """
        How many files are decided, paths × days, of those of which so many may be from each day on (paths × days, the
        same days). `beside`: files that stand in the same queue besides and are not reckoned here.
        """
        paths, days = eligible.shape
        power = rng.choice(len(POWERS), paths, p=self.weights)
        speed = rng.standard_gamma(self.shape[power]) / self.rate[power]
        longest = self.longest * np.exp(np.abs(rng.standard_normal(paths)) * BEYOND)
        exponent, drift = POWERS[power], np.zeros(paths)
        served = np.zeros((paths, days))
        queue, owed, week = np.zeros(paths), np.zeros(paths), speed
        for day in range(days):
            if day % WEEK == 0:
                drift += rng.standard_normal(paths) * DRIFT
                week = speed * np.exp(drift + rng.standard_normal(paths) * self.noise - self.noise**2 / 2)
            queue += eligible[:, day]
            everyone = np.maximum(queue + beside, 1e-9)
            owed += week * np.minimum(everyone, longest) ** exponent * queue / everyone
            now = np.minimum(np.floor(owed), queue)
            owed = np.minimum(owed - now, 1.0)
            queue -= now
            served[:, day] = now
        return served


def fatwa_queue(stays: Stays, *, known_until: int) -> FatwaQueue:
    """What the stays at the fatwa up to a day say of how many are decided, by how many waited."""
    first = int(stays.entered.min()) if len(stays.entered) else known_until
    days = max(known_until - first + 1, 1)
    moved = stays.outcome == MOVED
    stay = _least_stay(stays.days[moved], stays.count[moved])

    def per_day(on: np.ndarray, count: np.ndarray) -> np.ndarray:
        kept = (on >= first) & (on <= known_until)
        return np.bincount(on[kept] - first, count[kept], days)

    decided = per_day(stays.until[moved], stays.count[moved])
    came = per_day(stays.entered + stay, stays.count)
    gone = per_day(np.maximum(stays.until, stays.entered + stay)[stays.ended], stays.count[stays.ended])
    # who could be decided on a day: there since long enough, and not gone before it
    queue = np.maximum(np.cumsum(came) - np.cumsum(gone) + gone, decided)
    return _fitted(decided, queue, stay)


def _fitted(decided: np.ndarray, queue: np.ndarray, stay: int) -> FatwaQueue:
    begun = np.flatnonzero(decided)
    usual_shape, usual_rate = 1.0, 1.0 / UNSEEN
    if not len(begun):
        weights = np.where(POWERS == 1, 1.0, 0.0)
        ones = np.ones(len(POWERS))
        return FatwaQueue(weights, usual_shape * ones, usual_rate * ones, 0.5, max(float(queue.max()), SHORT), 1)
    weeks = -(-(len(decided) - begun[0]) // WEEK)
    week = (np.arange(len(decided))[::-1] // WEEK)[begun[0] :]  # 0 is the last one
    number = np.bincount(week, decided[begun[0] :], weeks)
    there = queue[begun[0] :]
    faced = [np.bincount(week, np.where(there > 0, np.maximum(there, 1e-9) ** power, 0.0), weeks) for power in POWERS]
    weight = 0.5 ** (np.arange(weeks) / HALF_LIFE)

    total = (weight * number).sum()
    mean = total / weight.sum()
    likely, spreads, rates = [], [], []
    for exposure in faced:
        speed = total / (weight * exposure).sum()
        expected = np.maximum(speed * exposure, 1e-6)
        spread = (weight * (number - expected) ** 2 / expected).sum() + USUAL_SPREAD * SPREAD_WEEKS
        spreads.append(max(spread / (weight.sum() + SPREAD_WEEKS), 1.0))
        likely.append(float((weight * (number * np.log(expected) - expected)).sum()))
        rates.append(speed)
    spread = float(np.array(spreads).min())
    log = np.array(likely) / spread
    weights = np.exp(log - log.max()) * POWERS_BEFORE
    shape = np.maximum(total / spread, 1.0) * np.ones(len(POWERS))
    noise = float(np.sqrt(np.log1p(np.clip((spread - 0.5) / max(mean, 0.5), 0.0, 1.0))))
    return FatwaQueue(
        weights / weights.sum(), shape, shape / np.array(rates), noise, max(float(queue.max()), SHORT), stay
    )


def _least_stay(days: np.ndarray, count: np.ndarray) -> int:
    """Working days that all but the quickest 2% stayed, at most a week; a day where nothing is known."""
    if not len(days):
        return 1
    order = np.argsort(days)
    share = np.cumsum(count[order]) / count.sum()
    return int(min(days[order][np.searchsorted(share, 0.02)], WEEK))


def first_come(
    path: np.ndarray, arrived: np.ndarray, count: np.ndarray, served: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """
    On which of the days each packet of `count` files is decided, NEVER on none: of each path those that arrived first,
    and of one day in random order. `served`: files decided, paths × days.
    """
    size, days = len(path), served.shape[1]
    lot = rng.integers(0, 1 << 14, size, dtype=np.uint64)
    offset = max(-int(arrived.min(initial=0)), 0)
    key = path.astype(np.uint64) << np.uint64(50)
    key |= (arrived + np.int64(offset)).astype(np.uint64) << np.uint64(36)
    key |= lot << np.uint64(22)
    key |= np.arange(size, dtype=np.uint64)
    order = (np.sort(key) & np.uint64((1 << 22) - 1)).astype(np.int32)
    # each path's files stand in a row of their own, far enough from the next path's
    row = path.take(order)
    place = np.cumsum(count.take(order), dtype=float)
    first = np.searchsorted(row, np.arange(len(served)))
    before = np.append(0.0, place).take(first)
    apart = float(place[-1] + served.sum(axis=1).max() + 1) if size else 1.0
    wanted = place - before.take(row) + row * apart
    there = served.cumsum(axis=1) + (np.arange(len(served)) * apart)[:, None]
    found = np.searchsorted(there.ravel(), wanted - 1e-3) - row * np.int64(days)
    decided = np.empty(size, np.int32)
    decided[order] = np.where(found < days, found, NEVER)
    return decided
