"""Applications and recaps → additive counts: the only function that sees applications.

10 million applications are one call, so text becomes integer codes, dates become day numbers, and counting is one
`bincount` over a combined key a stage, in blocks that stay in the processor's cache.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from halal_metrics.counting.groups import Groups, group, text
from halal_metrics.counting.reached import Reached
from halal_metrics.counting.stated import stated_levels
from halal_metrics.schema import (
    APPLICATIONS,
    RECAPS,
    STAGES,
    empty,
)

BLOCK: Final = 1 << 17
DENSE: Final = 8
"""Up to so many possible keys a row, all are counted at once; above, sorting the keys that occur is quicker."""


def progress(applications: pd.DataFrame | None = None, recaps: pd.DataFrame | None = None) -> pd.DataFrame:
    """
    How many applications reached which stage, when and where: `date, kab_kota, lp3h, stage, count`, sorted so.

    >>> applications = pd.DataFrame(
    ...     {"kab_kota": "Kota Bontang", "lp3h": "PWI Kaltim", "status": ["issued", "rejected"],
    ...      "submitted_date": pd.to_datetime(["2025-05-02", "2025-05-02"]),
    ...      "issued_date": pd.to_datetime(["2025-05-30", None]),
    ...      "exit_date": pd.to_datetime([None, "2025-05-12"])})
    >>> progress(applications)
            date      kab_kota        lp3h      stage  count
    0 2025-05-02  Kota Bontang  PWI Kaltim  submitted      2
    1 2025-05-12  Kota Bontang  PWI Kaltim  submitted     -1
    2 2025-05-30  Kota Bontang  PWI Kaltim   verified      1
    3 2025-05-30  Kota Bontang  PWI Kaltim      fatwa      1
    4 2025-05-30  Kota Bontang  PWI Kaltim    decided      1
    5 2025-05-30  Kota Bontang  PWI Kaltim     issued      1

    An application reached a stage by its status or by a stage date, whichever is further, and every stage before; on
    the stage's own date, else the earliest of any later stage, else statement_date, else the latest date in the table.
    One that has left (rejected, cancelled, replaced) takes back what it had reached, on exit_date, else statement_date,
    else the latest date. A draft has reached nothing; an unknown status what its dates say.

    Recaps add what changed from one statement of a (kab_kota, lp3h) to the next, unless that cell has applications.
    Rows of one key are summed and zero sums left out. A table without one date keeps its rows with a missing date.
    """
    applications = empty(APPLICATIONS) if applications is None else applications
    recaps = empty(RECAPS) if recaps is None else recaps
    cells = group([applications, recaps], by=("kab_kota", "lp3h"))
    flows = _of_applications(applications, cells)
    if len(recaps):
        flows = _merge(flows, _of_recaps(recaps, cells))
    places = cells.keys.take(flows.cell)
    return pd.DataFrame(
        {
            "date": flows.date,
            "kab_kota": places["kab_kota"].array,
            "lp3h": places["lp3h"].array,
            "stage": text(np.array(STAGES, object), flows.stage).array,
            "count": flows.count,
        }
    )


class _Flows(NamedTuple):
    """Counts by date, cell and stage, the latter two as numbers; sorted by all three."""

    date: np.ndarray
    cell: np.ndarray
    stage: np.ndarray
    count: np.ndarray


def _merge(some: _Flows, others: _Flows) -> _Flows:
    date, cell, stage, count = map(np.concatenate, zip(some, others, strict=True))
    order = np.lexsort((stage, cell, date))  # numpy sorts a missing date last
    return _Flows(date[order], cell[order], stage[order], count[order])


def _of_applications(table: pd.DataFrame, cells: Groups) -> _Flows:
    applications = _Applications(table, cells)
    possible = applications.keys * len(STAGES)
    count_them = _count_all if possible <= DENSE * len(table) else _count_found
    key, stage, count = count_them(applications, len(table))
    day, cell = np.divmod(key, max(len(cells), 1))
    return _Flows(applications.days.dates(day), cell, stage, count)


class _Applications:
    """
    Applications as the stages they reached and took back. A key is day number × number of cells + cell, where two more
    "days" follow the numbered ones: `days.missing` holds what did not reach the stage and counts for nothing, the next
    one what did on an unknown day.
    """

    def __init__(self, table: pd.DataFrame, cells: Groups) -> None:
        self._reached = Reached(table, cells)
        self.days = self._reached.days
        self.keys = (self.days.missing + 2) * len(cells)
        self.idle = range(self.days.missing * len(cells), (self.days.missing + 1) * len(cells))
        self._cells = np.uint32(len(cells))

    def flows(self, rows: slice) -> Iterator[tuple[int, np.ndarray, int]]:
        """(stage, keys, sign): +1 for each application that reached the stage, −1 for each that took it back."""
        cell, missing = self._reached.cell[rows], np.uint32(self.days.missing)
        left, exit_day = self._reached.left(rows)
        for stage, day in self._reached.stages(rows):
            yield stage, self._key(day, cell), 1
            yield stage, self._key(np.where(day[left] == missing, missing, exit_day), cell[left]), -1

    def _key(self, day: np.ndarray, cell: np.ndarray) -> np.ndarray:
        return day.astype(np.int64) * self._cells + cell


def _count_all(applications: _Applications, length: int) -> tuple[np.ndarray, ...]:
    """(key, stage, count), sorted, by counting into a table of all possible keys."""

    def count(rows: range) -> np.ndarray:
        counted = np.zeros((len(STAGES), applications.keys), np.int64)
        for start in rows[::BLOCK]:
            for stage, keys, sign in applications.flows(slice(start, min(start + BLOCK, rows.stop))):
                np.add.at(counted[stage], keys, sign)
        return counted

    workers = min(cpu_count() or 1, 1 + length // (4 * BLOCK))
    bounds = [length * part // workers for part in range(workers + 1)]
    with ThreadPoolExecutor(workers) as pool:
        counted = sum(pool.map(count, map(range, bounds, bounds[1:])))
    counted[:, applications.idle.start : applications.idle.stop] = 0
    key, stage = np.nonzero(counted.T)
    return key, stage, counted.T[key, stage]


def _count_found(applications: _Applications, length: int) -> tuple[np.ndarray, ...]:
    """(key, stage, count), sorted, by sorting the keys that occur."""
    keys, signs = [], []
    for stage, found, sign in applications.flows(slice(0, length)):
        real = found[(found < applications.idle.start) | (found >= applications.idle.stop)]
        keys.append(real * len(STAGES) + stage)
        signs.append(np.full(len(real), sign))
    found, place = np.unique(np.concatenate(keys), return_inverse=True)
    count = np.bincount(place, np.concatenate(signs), len(found)).astype(np.int64)
    key, stage = np.divmod(found[count != 0], len(STAGES))
    return key, stage, count[count != 0]


def _of_recaps(recaps: pd.DataFrame, cells: Groups) -> _Flows:
    """What each statement adds to the one before it, in cells without applications."""
    stated, added = stated_levels(recaps, cells)
    same_cell = stated["cell"].eq(stated["cell"].shift()).to_numpy()
    added[same_cell] -= np.roll(added, 1, axis=0)[same_cell]

    row, stage = np.nonzero(added)
    sums = pd.DataFrame(
        {
            "date": stated["date"].to_numpy()[row],
            "cell": stated["cell"].to_numpy()[row],
            "stage": stage,
            "count": added[row, stage],
        }
    )
    sums = sums.groupby(["date", "cell", "stage"], dropna=False)["count"].sum().reset_index()
    return _Flows(*(sums.loc[sums["count"] != 0, name].to_numpy() for name in _Flows._fields))
