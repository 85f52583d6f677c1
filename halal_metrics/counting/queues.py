"""Stays at a stage out of cumulative counts: who came first leaves first."""

from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from halal_metrics.schema import STAGES

OUTCOMES: Final = ("moved", "left", "returned", "waiting")
"""How a stay at a stage ended; the last two of them have not."""
MOVED, LEFT, RETURNED, WAITING = range(len(OUTCOMES))


class Stays(NamedTuple):
    """Stays by cell, stage, first day, last day and outcome; cell, stage and outcome as numbers, days as dates."""

    cell: np.ndarray
    stage: np.ndarray
    entered: np.ndarray
    until: np.ndarray
    outcome: np.ndarray
    count: np.ndarray


def first_in_first_out(statements: pd.DataFrame, levels: np.ndarray) -> Stays:
    """
    The stays that explain what was stated (see `stated_levels`), sorted.

    >>> statements = pd.DataFrame({"cell": 0, "date": pd.to_datetime(["2025-05-01", "2025-05-08"]), "returned": [0, 1]})
    >>> stays = first_in_first_out(statements, np.array([[3, 0, 0, 0, 0], [5, 2, 0, 0, 0]]))
    >>> pd.DataFrame(stays._asdict()).astype({"outcome": "str"}).replace({"outcome": dict(zip("0123", OUTCOMES))})
       cell  stage    entered      until   outcome  count
    0     0      0 2025-05-01 2025-05-08     moved      2
    1     0      0 2025-05-01 2025-05-08  returned      1
    2     0      0 2025-05-08 2025-05-08   waiting      2
    3     0      1 2025-05-08 2025-05-08   waiting      2

    A level that rises is so many moves to that stage. One that falls together with all before it is so many who left,
    from the last stage whose level fell; one that falls alone is so many moves that never were, the latest ones. Of
    those who wait the first in the first stages are the returned. Where more moved on than ever came, as many entered
    as they moved on, and the same number waits as a negative one.
    """
    cell = statements["cell"].to_numpy()
    added = _differences(levels, cell)
    fallen = np.maximum(-added, 0)
    gone = np.minimum.accumulate(fallen, axis=1)  # left from this stage or from a later one
    came = _in_cells(np.maximum(added, 0) - (fallen - gone), cell).cumsum().to_numpy()
    # a move that never was is taken from the latest: before it, too, no more had moved than have in the end
    came = _in_cells(came[::-1], cell[::-1]).cummin().to_numpy()[::-1]
    left = gone - np.append(gone[:, 1:], np.zeros((len(gone), 1), np.int64), axis=1)
    moved = np.append(came[:, 1:], np.zeros((len(came), 1), np.int64), axis=1)
    found = [
        _paired(statements, stage, came[:, stage], _differences(moved, cell)[:, stage], left[:, stage])
        for stage in range(len(STAGES))
    ]
    return _summed(_with_business(Stays(*map(np.concatenate, zip(*found, strict=True))), statements))


def _differences(levels: np.ndarray, cell: np.ndarray) -> np.ndarray:
    """What each row adds to the one before it in its cell."""
    added = levels.copy()
    same_cell = np.flatnonzero(cell[1:] == cell[:-1]) + 1
    added[same_cell] -= levels[same_cell - 1]
    return added


def _in_cells(values: np.ndarray, cell: np.ndarray):
    return pd.DataFrame(values).groupby(cell, sort=False)


def _paired(statements: pd.DataFrame, stage: int, came: np.ndarray, moved: np.ndarray, left: np.ndarray) -> Stays:
    """
    Entries and exits of one stage. Applications of a cell are numbered as they came, and again as they went; all cells
    one behind the other. Between two numbers at which anything changes all have the same two days.
    """
    cell, date = statements["cell"].to_numpy(), statements["date"].to_numpy()
    first = np.flatnonzero(np.append(True, cell[1:] != cell[:-1])[: len(cell)])
    last = np.append(first[1:], len(cell)) - 1 if len(first) else first
    group = np.repeat(np.arange(len(first)), last - first + 1)
    went = np.column_stack([moved, left]).ravel()  # on one day moves come before those who left
    went = _in_cells(went[:, None], np.repeat(cell, 2)).cumsum().to_numpy()[:, 0]
    end = np.cumsum(np.maximum(came[last], went[2 * last + 1]))
    begin = np.append(0, end)[:-1]
    came, went = came + begin[group], went + begin[np.repeat(group, 2)]

    edges = np.unique(np.concatenate([begin, end, came, went]))
    start, count = edges[:-1], np.diff(edges)
    within = np.searchsorted(end, start, side="right")
    entry, exit_ = np.searchsorted(came, start, side="right"), np.searchsorted(went, start, side="right")
    entered = np.append(group, -1)[entry] == within
    exited = np.append(group, -1)[exit_ // 2] == within
    known = date[last][within]
    until = np.where(exited, np.append(date, np.datetime64("NaT"))[exit_ // 2], known)
    since = np.where(entered, np.append(date, np.datetime64("NaT"))[entry], until)
    outcome = np.where(exited, np.where(exit_ % 2, LEFT, MOVED), WAITING)
    stays = Stays(cell[first][within], np.full(len(start), stage), since, until, outcome, count)
    excess = np.flatnonzero(~entered)
    if not len(excess):
        return stays
    owed = Stays(*(part[excess] for part in stays))
    owed = owed._replace(until=known[excess], outcome=np.full(len(excess), WAITING), count=-owed.count)
    return Stays(*map(np.concatenate, zip(stays, owed, strict=True)))


def _with_business(stays: Stays, statements: pd.DataFrame) -> Stays:
    """Of those who wait, as many returned as their cell stated last."""
    stated = statements.dropna(subset="returned").groupby("cell")["returned"].last()
    may = np.flatnonzero((stays.outcome == WAITING) & (stays.stage < len(STAGES) - 1) & (stays.count > 0))
    may = may[np.lexsort((stays.entered[may], stays.stage[may], stays.cell[may]))]
    cell, count = stays.cell[may], stays.count[may]
    before = pd.Series(count).groupby(cell).cumsum().to_numpy() - count
    returned = stated.reindex(cell).fillna(0).to_numpy().astype(np.int64)
    returned = np.clip(returned - before, 0, count)
    some = may[returned > 0]
    stays.count[some] -= returned[returned > 0]
    back = Stays(*(part[some] for part in stays))
    back = back._replace(outcome=np.full(len(some), RETURNED), count=returned[returned > 0])
    return Stays(*map(np.concatenate, zip(stays, back, strict=True)))


def _summed(stays: Stays) -> Stays:
    """One row a key, sorted by all of it; without zeros."""
    key = list(Stays._fields[:-1])
    summed = pd.DataFrame(stays._asdict()).groupby(key)["count"].sum().reset_index()
    return Stays(*(summed.loc[summed["count"] != 0, name].to_numpy() for name in Stays._fields))
