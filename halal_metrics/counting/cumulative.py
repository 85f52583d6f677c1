"""The counts of `progress` as arrays, in order of their days: any day's state is a sum over the first of them."""

from typing import Final

import numpy as np
import pandas as pd

from halal_metrics.counting.groups import Groups, codes, group
from halal_metrics.counting.memo import Memo
from halal_metrics.counting.totals import EARLIEST, day, day_numbers, numbers
from halal_metrics.schema import PROGRESS, STAGES

STATES: Final = 32
"""Days whose state is kept: a page asks for the same few again and again."""


class Cumulative:
    """
    `cells`: the (kab_kota, lp3h) there are. A row's key is cell × number of stages + stage. Rows without a date, or of
    a stage that is none, are on no day and count on none.
    """

    def __init__(self, progress: pd.DataFrame) -> None:
        groups = group([progress], ("kab_kota", "lp3h"))
        self.cells = groups.keys
        days, stage = day_numbers(progress, "date"), _stages(progress)
        counts = np.flatnonzero((days >= EARLIEST) & (stage >= 0))
        counts = counts[np.argsort(days[counts], kind="stable")]
        self.days = days[counts]
        self.cell, self.stage = groups.rows[0][counts], stage[counts]
        self.count = numbers(progress, "count")[counts].astype(float)
        self._key = self.cell * len(STAGES) + self.stage
        self._states: dict[int, np.ndarray] = {}

    def reached(self, groups: Groups, *, as_of, since=None, which: int = -1) -> np.ndarray:
        """
        Applications of each group that reached each stage, groups × stages: up to and including `as_of`, and only
        after `since` where it is given. `which` of the frames of the groups the cells are: the last.
        """
        net = self.state(day(as_of)) - (0 if since is None else self.state(day(since)))
        summed = np.zeros((len(groups), len(STAGES)))
        np.add.at(summed, groups.rows[which], net)
        return np.rint(summed).astype(np.int64)

    def daily(self, groups: Groups, days: np.ndarray) -> np.ndarray:
        """Applications that had reached each stage by each day, groups × days × stages. No day is left out."""
        shape = (len(groups), len(days), len(STAGES))
        if not len(days):
            return np.zeros(shape, np.int64)
        rows = slice(np.searchsorted(self.days, days[-1], side="right"))
        on = np.maximum(self.days[rows] - days[0], 0)
        key = (groups.rows[-1][self.cell[rows]] * len(days) + on) * len(STAGES) + self.stage[rows]
        net = np.bincount(key, self.count[rows], int(np.prod(shape)))
        return np.rint(net.reshape(shape).cumsum(axis=1)).astype(np.int64)

    def state(self, day: int) -> np.ndarray:
        """How many had reached each stage up to and including a day (since 1970), cells × stages."""
        known = self._states.get(day)
        if known is None:
            rows = np.searchsorted(self.days, day, side="right")
            net = np.bincount(self._key[:rows], self.count[:rows], len(self.cells) * len(STAGES))
            known = net.reshape(len(self.cells), len(STAGES))
            if len(self._states) >= STATES:
                self._states = {}
            self._states[day] = known
        return known


_ledgers = Memo[Cumulative](size=16)


def cumulative(progress: pd.DataFrame) -> Cumulative:
    """The cumulative counts of a progress table; a kab_kota or lp3h it lacks is missing throughout."""
    columns = [progress[name] for name in PROGRESS if name in progress]
    return _ledgers.of(columns, lambda: Cumulative(progress))


def _stages(progress: pd.DataFrame) -> np.ndarray:
    """The place of each row's stage in STAGES; −1 for anything else."""
    code, words = codes(progress, "stage")
    return np.array([STAGES.index(word) if word in STAGES else -1 for word in words] + [-1])[code]
