"""Several files of a large programme run as one packet: the cost stays, what they count stays."""

from typing import Final

import numpy as np

from halal_metrics.schema import STAGES
from halal_metrics.simulation.standing import Standing, Stays

WAITING_STAGES: Final = len(STAGES) - 1
"""At the last nobody waits."""

PACKETS: Final = 240
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
    Of how many files have come in up to each week, weeks × cells × paths, the packets: of each the place in `came`
    (flat) and how many files it is. A packet is of `size` files (one a cell) or fewer; those of a cell and path add up
    to its files, and come as these do.
    """
    files = came[-1]
    whole = np.ceil(files / size[:, None]).astype(np.int32)
    part = (whole / np.maximum(files, 1)).astype(np.float32)
    odd = rng.random(files.shape, np.float32)
    before, number = np.empty_like(came), np.empty_like(came)
    so_far = np.zeros_like(whole)
    for week, sums in enumerate(came):
        before[week] = so_far
        so_far = (sums * part + odd).astype(np.int32) if week < len(came) - 1 else whole
        np.subtract(so_far, before[week], out=number[week])
    flat = number.ravel()
    place = np.repeat(np.arange(came.size, dtype=np.int32), flat)
    if (whole == files).all():
        return place, np.ones(len(place), np.float32)
    # which one of its cell and path each packet is
    first = np.cumsum(flat, dtype=np.int32) - flat
    order = (before.ravel() - first).take(place) + np.arange(len(place), dtype=np.int32)
    there = place % np.int32(files.size)
    return place, shared_out(order, files.ravel().take(there), whole.ravel().take(there))


def shared_out(order: np.ndarray, files, packets) -> np.ndarray:
    """How many of so many files are in the packet of that number, from 0 on; whole files, as even as can be."""
    each = np.asarray(files, float) / packets + 1e-12  # whole products are not to be a little less
    return np.floor((order + 1) * each) - np.floor(order * each)
