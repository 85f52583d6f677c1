"""Several files of a large programme run as one packet: the cost stays, what they count stays."""

from typing import Final

import numpy as np

from halal_metrics.schema import STAGES
from halal_metrics.simulation.standing import Standing, Stays

WAITING_STAGES: Final = len(STAGES) - 1
"""At the last nobody waits."""

PACKETS: Final = 300
"""So many files a path are run one by one; of more, several are run as one."""


def most_packets(now: Standing, room: np.ndarray) -> float:
    """
    How many packets a cell's free slots, and its files at each step, are run as at most: so many that all fit in
    PACKETS. What is few stays file by file.
    """
    waiting = now.waiting
    amounts = np.bincount(waiting.cell * WAITING_STAGES + waiting.stage, waiting.count, len(room) * WAITING_STAGES)
    amounts = np.sort(np.concatenate([amounts, room]))
    fits = np.cumsum(amounts) + amounts * np.arange(len(amounts))[::-1] <= PACKETS
    if fits.all():
        return float("inf")
    kept = int(fits.argmin())  # the smaller ones stay whole, the others share what they leave
    return float(max((PACKETS - amounts[:kept].sum()) // (len(amounts) - kept), 1))


def packets(stays: Stays, most: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(cell, age, count) of the packets of files that wait, one a file in a cell that has no more than `most`."""
    order = np.lexsort((stays.days, stays.cell))
    cell, age, count = stays.cell[order], stays.days[order], stays.count[order]
    made = [(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))]
    for one in np.unique(cell):
        here = cell == one
        total = count[here].sum()
        size = int(min(total, most))
        place = np.searchsorted(np.cumsum(count[here]), (np.arange(size) + 0.5) * total / size)
        made.append((np.full(size, one), age[here][place], np.full(size, total / size)))
    return tuple(map(np.concatenate, zip(*made, strict=True)))
