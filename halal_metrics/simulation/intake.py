"""How files come in: each LP3H at its own pace, into the places where it has room."""

from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np

from halal_metrics.simulation.poisson import poisson
from halal_metrics.simulation.standing import Standing
from halal_metrics.simulation.tempo import (
    IDLE,
    PARTICLES,
    SLOPE_CHANGE,
    SLOPE_STAYS,
    WEEK,
    by_week,
    tempo,
    weekly,
    weeks_since_first,
)

PULL: Final = 0.22
"""
Up to which part of what they lack of the pace that their room asks for LP3H gain a week: quotas are promises, and one
who is behind is urged on. It is the same for all on a path, and mostly little.
"""

TOGETHER: Final = 0.04
TOGETHER_SLOPE: Final = 0.03
"""Standard deviations a week of what all LP3H have in common, and of its slope: deadlines and campaigns move all."""

SHARE_HALF_LIFE: Final = 8.0
SHARE_WEIGHT: Final = 3.0
SHARE_WANDER: Final = 0.05
SHARE_EVERY: Final = 4
"""Of an LP3H's places: weeks after which a file counts half, files that equal shares by room weigh, weekly change, and
after how many weeks it is made."""

ELSEWHERE: Final = 0.8
WAITS: Final = 0.4
"""Up to which share of the businesses that find their place full goes to another of the LP3H; of the others waits."""

SPARE: Final = 1e-4
"""What a full cell weighs against free slots where a plan says how many an LP3H submits, in its quota."""

FASTEST: Final = 8.0
SLOWEST_LIMIT: Final = 5.0
"""No LP3H is taken to pass so many times its busiest week, or so many files where that is more."""


def demand(
    now: Standing, weeks: int, paths: int, rng: np.random.Generator, *, pace: Mapping[str, float] | None = None
) -> np.ndarray:
    """
    Files that would come in if there were room, weeks × cells × paths, the weeks of 5 working days from the day to
    which each cell's LP3H is known. `pace` {lp3h: files a week} replaces an LP3H's own from as_of on, and goes where
    its room is.
    """
    owner, size, cells = now.institution, len(now.institutions), len(now.cells)
    states = tempo(now, rng)
    pick = rng.integers(0, PARTICLES, (size, paths))
    level, slope, working, spread, wander, stops, resumes = (np.take_along_axis(some, pick, 1) for some in states)
    noise = np.sqrt(np.log1p(1 / spread))
    top = np.log(np.maximum(FASTEST * weekly(now).max(axis=1, initial=0), SLOWEST_LIMIT))[:, None]
    share, usual = _shares(now, paths, rng)
    planned, from_plan = _planned(now, pace or {}, weeks)

    level, slope, wander, noise, top, stops, resumes, usual = (
        one.astype(np.float32) for one in (level, slope, wander, noise, top, stops, resumes, usual)
    )
    owners = _owners(now)
    left = np.repeat(np.maximum(now.room, 0)[:, None].astype(np.float32), paths, axis=1)
    spare = np.float32(SPARE) * (now.quota + 1)[:, None].astype(np.float32)  # who is full fills what comes free
    wanted = np.empty((weeks, cells, paths), np.int32)
    common = np.zeros(paths, np.float32)
    rooms = np.bincount(owner, np.maximum(now.room if now.capped else now.quota - now.used, 0), size)
    asked = np.log(np.maximum(rooms / max((now.until - now.as_of) / WEEK, 1.0), 1e-3))[:, None].astype(np.float32)
    pull = PULL * rng.random(paths, np.float32) ** 2
    wanders = np.float32(SHARE_WANDER * SHARE_EVERY**0.5)
    for week in range(weeks):
        common = SLOPE_STAYS * common + TOGETHER_SLOPE * rng.standard_normal(paths, np.float32)
        slope = SLOPE_STAYS * slope + SLOPE_CHANGE * rng.standard_normal((size, paths), np.float32)
        step = wander * rng.standard_normal((size, paths), np.float32) + TOGETHER * rng.standard_normal(
            paths, np.float32
        )
        level = np.minimum(level + slope + common + step + pull * np.maximum(asked - level, 0), top)
        lot = rng.random((size, paths), np.float32)
        working = np.where(working, lot >= stops, lot < resumes)
        scatter = np.exp(noise * rng.standard_normal((size, paths), np.float32) - noise**2 / 2)
        files = np.where(working, np.exp(level), np.float32(IDLE)) * scatter
        if week % SHARE_EVERY == 0:
            share *= np.exp(wanders * rng.standard_normal(share.shape, np.float32))
        rate = files.take(owner, axis=0) * share + usual[:, None]
        if pace:
            rate *= 1 - from_plan[owner, week, None].astype(np.float32)
            whole = np.maximum(owners.T @ (left + spare), 1e-9)
            by_plan = (planned * from_plan[:, week])[:, None].astype(np.float32) * scatter / whole
            rate += by_plan.take(owner, axis=0) * (left + spare)
        wanted[week] = poisson(rate, rng)
        if pace:
            left = np.maximum(left - wanted[week], 0)
    return wanted


class Turned(NamedTuple):
    """
    What the businesses do that find their place full: which share goes where their LP3H has room elsewhere, which
    share of the others waits until a slot comes free (the rest does not come back), and a lot for what is no whole
    number. Nobody has counted them, so each path, the last axis, has its own answer.
    """

    elsewhere: np.ndarray
    waits: np.ndarray
    lot: np.ndarray

    @classmethod
    def drawn(cls, cells: int, paths: int, rng: np.random.Generator, *, planned: bool) -> "Turned":
        """`planned`: by a plan an LP3H goes where its room is."""
        elsewhere, waits = (most * rng.random(paths, np.float32) for most in (ELSEWHERE, WAITS))
        return cls(np.ones_like(elsewhere) if planned else elsewhere, waits, rng.random((cells, paths), np.float32))

    def on(self, paths: np.ndarray | slice) -> "Turned":
        return Turned(*(one[..., paths] for one in self))


def admitted(now: Standing, wanted: np.ndarray, freed: np.ndarray, turned: Turned) -> np.ndarray:
    """
    Of the files that would come in those that find room. `freed`: slots that come free in each week, open from the
    next one on. All weeks × cells × paths.
    """
    if not now.capped:
        return wanted.copy()
    owners = _owners(now)
    came = np.empty_like(wanted)
    left = np.repeat(now.room.astype(np.int32)[:, None], wanted.shape[2], axis=1)
    waiting = np.zeros(left.shape, np.float32)
    stays = (1 - turned.elsewhere) * turned.waits
    for week, asked in enumerate(wanted):
        room = np.maximum(left, 0)
        from_before = waiting.astype(np.int32)
        taken = np.minimum(asked + from_before, room)
        refused, room = np.maximum(asked - taken, 0), room - taken
        if refused.any():
            waiting += refused * stays
            more = owners.T @ refused.astype(np.float32) * turned.elsewhere
            more /= np.maximum(owners.T @ room.astype(np.float32), 1)
            taken += np.minimum(((owners @ more) * room + turned.lot).astype(np.int32), room)
        waiting = np.maximum(waiting - np.minimum(from_before, taken), 0)
        came[week] = taken
        left += freed[week] - taken
    return came


def _owners(now: Standing) -> np.ndarray:
    """Cells × LP3H, 1 where the cell is its."""
    return (now.institution[:, None] == np.arange(len(now.institutions))).astype(np.float32)


def _shares(now: Standing, paths: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """
    (what part of its LP3H's files each cell gets, cells × paths; files a week of cells that are full, by their past):
    by what came lately, and by room as far as little has come. Full ones matter where slots come free again.
    """
    owner, size = now.institution, len(now.institutions)
    by_cell = by_week(now, np.arange(len(now.cells)), len(now.cells), np.ones(len(now.cells), bool))
    recent = by_cell @ (0.5 ** (np.arange(by_cell.shape[1]) / SHARE_HALF_LIFE))
    open_cells = (now.room > 0) | (not now.capped)
    size_of = np.where(open_cells, now.room if now.capped else np.maximum(now.quota, 1), 0).astype(float)
    whole = np.bincount(owner, size_of, size)[owner]
    prior = SHARE_WEIGHT * size_of / np.maximum(whole, 1)
    weight = rng.standard_gamma(np.where(open_cells, recent + prior, 0.0)[:, None], (len(owner), paths))
    total = np.zeros((size, paths))
    np.add.at(total, owner, weight)
    since = np.maximum(weeks_since_first(by_cell), 1)
    usual = np.where(open_cells, 0.0, by_cell.sum(axis=1) / since)
    return (weight / np.maximum(total[owner], 1e-12)).astype(np.float32), usual


def _planned(now: Standing, pace: Mapping[str, float], weeks: int) -> tuple[np.ndarray, np.ndarray]:
    """(files a week by plan of each LP3H, what part of each week lies after as_of where there is a plan)."""
    stated = np.array([pace.get(name, np.nan) for name in now.institutions], float)
    ends = now.known[:, None] + WEEK * np.arange(1, weeks + 1)
    after = np.clip((ends - now.as_of) / WEEK, 0, 1)
    return np.nan_to_num(stated), np.where(np.isnan(stated)[:, None], 0.0, after)
