"""
One programme run forward on many paths at once: files come in, are verified, wait for the fatwa, are issued, or leave.

All files of all paths are one flat table, and a step is a look into a table of equally likely fates. Of a large
programme several files are run as one packet: the cost stays, what they count stays.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Final

import numpy as np

from halal_metrics.schema import STAGES
from halal_metrics.simulation.fates import COARSE, EXIT, FINE, LEVELS, NEVER, Hazards, hazards
from halal_metrics.simulation.fatwa_queue import FatwaQueue, fatwa_queue, first_come
from halal_metrics.simulation.intake import Turned, admitted, demand
from halal_metrics.simulation.packets import most_packets, packets, sent_in_packets
from halal_metrics.simulation.standing import Standing, Stays
from halal_metrics.simulation.tempo import WEEK
from halal_metrics.simulation.weekly_sums import highest, summed

NUMBER: Final = np.int16
DAY: Final = np.int32
"""What a path's and a cell's number, and a working day, are kept as: moving them about is most of the work."""

REFILLS: Final = 4
"""Rounds in which slots that came free are filled again; a fifth would find next to none."""

SUBMITTED, VERIFIED, FATWA, DECIDED, ISSUED = range(len(STAGES))

TYPICAL: Final = {SUBMITTED: 0.11, VERIFIED: 0.25, FATWA: 0.1, DECIDED: 0.25}
"""Chance a day to move on before anything is known: half of the files within 6, 3, 7 and 3 working days, which is the
order of the legal times (10 for a verification, UU 6/2023 Pasal 33A)."""
STEPS: Final = (SUBMITTED, VERIFIED, FATWA, DECIDED)


@dataclass(frozen=True)
class Files:
    """
    Files on their paths, each with the day on which it came to a step, or left; `count`: of how many it is the packet,
    `sent`: when it was submitted, negative where that is past.
    """

    path: np.ndarray
    cell: np.ndarray
    day: np.ndarray
    count: np.ndarray
    sent: np.ndarray

    def where(self, chosen: np.ndarray) -> "Files":
        """Those chosen, by a truth value each or by their places."""
        places = np.flatnonzero(chosen) if chosen.dtype == bool else chosen
        return Files(*(getattr(self, one.name).take(places) for one in fields(self)))

    def on(self, day: np.ndarray) -> "Files":
        return Files(self.path, self.cell, day, self.count, self.sent)

    def __len__(self) -> int:
        return len(self.path)


def together(parts: Iterable[Files]) -> Files:
    """Several as one table."""
    parts = list(parts)
    return Files(*(np.concatenate([getattr(part, one.name) for part in parts]) for one in fields(Files)))


@dataclass(frozen=True)
class Futures:
    """What happens after the day to which each file is known: who comes in and, negative, leaves; who is issued."""

    used: Files
    issued: Files


class Run:
    """One programme on so many paths; `run` is asked once."""

    def __init__(self, now: Standing, paths: int, rng: np.random.Generator) -> None:
        self._now, self._paths, self._rng = now, paths, rng
        self._last = now.until
        self._room = np.maximum(now.room if now.capped else now.quota, 0)
        self._most = most_packets(now, self._room)
        self._hazards = {step: self._hazards_at(step) for step in STEPS}
        level = rng.integers(0, len(LEVELS), (len(STEPS), len(now.institutions), paths))
        level[VERIFIED:] = level[VERIFIED:, :1]  # BPJPH and the committee are the same for all
        self._level = level.astype(np.int32)
        self._owner = now.institution.astype(np.int32)
        self._new_fates = {
            step: np.stack([found.fates(group, np.array([-1]), FINE)[:, 0] for group in range(len(found.moving))])
            for step, found in self._hazards.items()
        }

    def run(self, pace: Mapping[str, float] | None) -> Futures:
        now = self._now
        # files that stand at a step now, then all that follow them there
        moved, left = zip(*(self._old(step) for step in STEPS), strict=True)
        at_verified, gone_1 = self._step(VERIFIED, moved[SUBMITTED])
        at_fatwa, gone_2 = self._step(FATWA, together([moved[VERIFIED], at_verified]))
        exits = [*left, gone_1, gone_2]

        weeks = max(-(-(self._last - int(now.known.min(initial=now.as_of))) // WEEK), 1)
        wanted = demand(now, weeks, self._paths, self._rng, pace=pace)
        # the same businesses turn elsewhere, or wait, in each round
        turned = Turned.drawn(len(now.cells), self._paths, self._rng, planned=bool(pace))
        came, sent, queued = np.zeros(wanted.shape, np.int32), [], [moved[FATWA], at_fatwa]
        here = np.arange(self._paths)
        for _ in range(REFILLS):  # who leaves frees a slot, which is filled again, by some who leave in their turn
            freed = self._freed(exits, weeks)
            some = slice(None) if len(here) == self._paths else here
            found = summed(admitted(now, wanted[..., some], freed[..., some], turned.on(some)))
            more = highest(np.maximum(found - came[..., some], 0))
            if not more.any():
                break
            came[..., some] += more
            sent.append(self._sent(more, here))
            to_fatwa, gone = self._to_fatwa(sent[-1])
            queued.append(to_fatwa)
            exits += gone
            here = np.unique(np.concatenate([files.path for files in gone]))  # elsewhere nothing has come free

        issued, gone_last = self._step(DECIDED, self._fatwa(together(queued)))
        gone = (replace(files, count=-files.count) for files in (*exits, gone_last))
        return Futures(together([*sent, *gone]), together([moved[DECIDED], issued]))

    def _hazards_at(self, step: int) -> Hazards:
        now = self._now
        stays = now.stays.where(now.stays.stage == step)
        # after the LP3H's own work it is the same office for all; who has been decided is not expected to go
        own = step == SUBMITTED
        group = now.institution[stays.cell] if own else np.zeros(len(stays.cell), np.int64)
        size = len(now.institutions) if own else 1
        return hazards(stays, group, size, typical=TYPICAL[step], exits=EXIT if step != DECIDED else 0.0)

    def _group(self, step: int, cell: np.ndarray) -> np.ndarray:
        return self._now.institution[cell] if step == SUBMITTED else np.zeros(len(cell), np.int64)

    def _old(self, step: int) -> tuple[Files, Files]:
        """(files that move on, files that leave) of those that stand at a step now, given the age they have reached."""
        now, rng = self._now, self._rng
        cell, age, count = packets(now.waiting.where(now.waiting.stage == step), self._most)
        known = now.known[now.institution[cell]]
        files = Files(
            np.tile(np.arange(self._paths, dtype=NUMBER), len(cell)),
            np.repeat(cell.astype(NUMBER), self._paths),
            np.repeat(known.astype(DAY), self._paths),
            np.repeat(count.astype(np.float32), self._paths),
            np.full(len(cell) * self._paths, -1, DAY),
        )
        group = self._group(step, cell)
        code = np.empty((len(cell), self._paths), np.int16)
        for one in np.unique(group):
            here = np.flatnonzero(group == one)
            ages, place = np.unique(age[here], return_inverse=True)
            table = self._hazards[step].fates(one, ages, COARSE)
            level = self._level[step, now.institution[cell[here]]]
            lot = rng.integers(0, COARSE, level.shape, dtype=np.uint16)
            code[here] = table[level, place[:, None], lot]
        moved, left = self._divide(files, code.ravel())
        if step == FATWA:  # the queue says when; their place in it is that of the day they came
            stay = (code.ravel() & 1) == 0
            moved = files.on(files.day - np.repeat(age.astype(DAY), self._paths)).where(stay)
        return moved, left

    def _step(self, step: int, files: Files) -> tuple[Files, Files]:
        """(files that move on, files that leave) of those that come to a step. At the fatwa the queue says when."""
        table = self._new_fates[step]
        owner = self._owner.take(files.cell)
        row = self._level[step].reshape(-1).take(owner * np.int32(self._paths) + files.path)
        if step == SUBMITTED:
            row = row + owner * np.int32(len(LEVELS))
        lot = self._rng.integers(0, FINE, len(files), dtype=np.uint16)
        code = table.reshape(-1).take(row * np.int32(FINE) + lot)
        moved, left = self._divide(files, code)
        return (files.where((code & 1) == 0), left) if step == FATWA else (moved, left)

    def _divide(self, files: Files, code: np.ndarray) -> tuple[Files, Files]:
        files = files.on(files.day + (code >> 1))
        within = files.day <= self._last
        leaves = (code & 1) == 1
        return files.where(within & ~leaves), files.where(within & leaves)

    def _to_fatwa(self, files: Files) -> tuple[Files, list[Files]]:
        verified, gone = self._step(SUBMITTED, files)
        sent, gone_1 = self._step(VERIFIED, verified)
        queued, gone_2 = self._step(FATWA, sent)
        return queued, [gone, gone_1, gone_2]

    def _freed(self, exits: Iterable[Files], weeks: int) -> np.ndarray:
        """Slots that come free, weeks × cells × paths."""
        gone = together(exits)
        cells = len(self._now.cells)
        shape = (weeks, cells, self._paths)
        if not len(gone):
            return np.zeros(shape, np.int32)
        week = (gone.day - self._now.known[self._now.institution[gone.cell]] - 1) // WEEK
        key = (np.clip(week, 0, weeks - 1) * cells + gone.cell) * self._paths + gone.path
        return np.bincount(key, gone.count, int(np.prod(shape))).astype(np.int32).reshape(shape)

    def _sent(self, came: np.ndarray, on: np.ndarray) -> Files:
        """Files of how many have come in up to each week, weeks × cells × the paths `on`, in packets."""
        now, rng = self._now, self._rng
        _, cells, paths = came.shape
        size = np.maximum(self._room / self._most, 1.0)
        place, count = sent_in_packets(came, size, rng)
        which, path = np.divmod(place, np.int32(paths))
        week, cell = np.divmod(which, np.int32(cells))
        day = now.known.astype(DAY)[self._owner].take(cell) + DAY(WEEK) * week
        day += rng.integers(1, WEEK + 1, len(place), dtype=np.int8)
        files = Files(on.astype(NUMBER).take(path), cell.astype(NUMBER), day, count, day)
        return files.where(day <= self._last)

    def _fatwa(self, queued: Files) -> Files:
        """The files that the committee decides, each on its day."""
        now = self._now
        stays = now.stays.where(now.stays.stage == FATWA)
        queue = fatwa_queue(stays, known_until=_known_by_most(now, stays))
        known = now.known.astype(DAY)[self._owner].take(queued.cell)
        eligible = np.maximum(queued.day + DAY(queue.stay), known + DAY(1))
        decided = np.full(len(queued), NEVER, DAY)
        before = np.flatnonzero(eligible <= now.as_of)
        if len(before):  # of LP3H that are known to an earlier day only
            waiting = now.waiting
            told = now.known[now.institution[waiting.cell]] >= now.as_of
            beside = float(waiting.count[told & (waiting.stage == FATWA)].sum())
            decided[before] = self._decided(
                queue, queued.where(before), eligible[before], eligible[before], now.as_of, beside
            )
        rest = np.flatnonzero(decided == NEVER)
        decided[rest] = self._decided(
            queue, queued.where(rest), queued.day[rest], np.maximum(eligible[rest], now.as_of + 1), self._last, 0.0
        )
        return queued.on(decided).where(decided <= self._last)

    def _decided(
        self, queue: FatwaQueue, files: Files, order: np.ndarray, eligible: np.ndarray, last: int, beside: float
    ) -> np.ndarray:
        first = int(eligible.min(initial=last))
        days = last - first + 1
        within = np.flatnonzero(eligible <= last)
        key = files.path.take(within) * np.int32(days) + (eligible.take(within) - first)
        waiting = np.bincount(key, files.count.take(within), self._paths * days).reshape(self._paths, days)
        served = queue.serve(waiting, self._rng, beside=beside)
        found = first_come(files.path, order, files.count, served, self._rng)
        return np.where(found == NEVER, NEVER, found + first).astype(DAY)


def _known_by_most(now: Standing, stays: Stays) -> int:
    """The day to which four in five of the files that came to a step are known."""
    if not len(stays.cell):
        return now.as_of
    known = now.known[now.institution[stays.cell]]
    order = np.argsort(-known)
    share = np.cumsum(stays.count[order]) / stays.count.sum()
    return int(known[order][np.searchsorted(share, 0.8)])
