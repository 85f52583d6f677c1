"""Several files of a large programme run as one packet: the cost stays, what they count stays."""

from typing import Final

import numpy as np

from halal_metrics.schema import STAGES
from halal_metrics.simulation.standing import Standing, Stays
from halal_metrics.simulation.weekly_sums import added, summed

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
        made.append((np.full(size, one), age[here][place], shared_out(np.arange(size), total, size)))
    return tuple(map(np.concatenate, zip(*made, strict=True)))


def sent_in_packets(came: np.ndarray, size: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """
    Of how many files come in each week, weeks × cells × paths, the packets: of each the place in `came` (flat) and how
    many files it is. A packet is of `size` files (one a cell) or fewer;
    those of a cell and path add up to its files, and come as these do.
    """
    large = np.flatnonzero(size > 1)
    if not len(large):
        return np.repeat(np.arange(came.size, dtype=np.int32), came.ravel()), np.ones(int(came.sum()), np.float32)
    sums = summed(came[:, large])
    files = sums[-1].copy()
    whole = np.ceil(files / size[large, None]).astype(np.int32)
    odd = rng.random(files.shape, np.float32)
    until = (sums * (whole / np.maximum(files, 1)).astype(np.float32) + odd).astype(np.int32)
    until[-1] = whole
    number = came.copy()
    number[:, large] = added(until.copy())
    flat = number.ravel()
    place = np.repeat(np.arange(came.size, dtype=np.int32), flat)
    # which one of its cell and path each packet is
    which = np.zeros(came.shape, np.int32)
    which[:, large] = until - number[:, large]
    order = which.ravel().take(place) + np.arange(len(place)) - np.repeat(np.cumsum(flat) - flat, flat)
    files_of, whole_of = np.ones(came.shape[1:], np.int32), np.ones(came.shape[1:], np.int32)
    files_of[large], whole_of[large] = files, whole
    cell_path = place % np.int32(files_of.size)
    count = shared_out(order, files_of.ravel().take(cell_path), whole_of.ravel().take(cell_path))
    return place, count


def shared_out(order: np.ndarray, files, packets) -> np.ndarray:
    """How many of so many files are in the packet of that number, from 0 on; whole files, as even as can be."""
    files = np.asarray(files, np.int64)
    return ((order + 1) * files // packets - order * files // packets).astype(np.float32)
