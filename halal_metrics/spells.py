"""Stays at the stages: since when and until when, and how each ended; what durations and forecasts are made of."""

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from halal_metrics.counting.groups import Groups, group, text
from halal_metrics.counting.queues import LEFT, MOVED, OUTCOMES, RETURNED, WAITING, Stays, first_in_first_out
from halal_metrics.counting.reached import Reached
from halal_metrics.counting.stated import stated_levels
from halal_metrics.counting.totals import day
from halal_metrics.schema import APPLICATIONS, COUNT, DATE, RECAPS, STAGES, TEXT, empty

SPELLS: Final = {
    "kab_kota": TEXT,
    "lp3h": TEXT,
    "stage": TEXT,
    "entered_date": DATE,
    "until_date": DATE,
    "outcome": TEXT,  # one of OUTCOMES
    "count": COUNT,
}

BLOCK: Final = 1 << 17
ISSUED: Final = len(STAGES) - 1


def spells(applications: pd.DataFrame | None, recaps: pd.DataFrame | None = None, *, as_of) -> pd.DataFrame:
    """
    Stays of applications at a stage, counted: `kab_kota, lp3h, stage, entered_date, until_date, outcome, count`.

    >>> applications = pd.DataFrame(
    ...     {"kab_kota": "Kota Bontang", "lp3h": "PWI Kaltim", "status": ["verified", "rejected", "returned"],
    ...      "submitted_date": pd.to_datetime(["2025-05-02", "2025-05-02", "2025-05-05"]),
    ...      "verified_date": pd.to_datetime(["2025-05-09", None, None]),
    ...      "exit_date": pd.to_datetime([None, "2025-05-12", None]),
    ...      "statement_date": pd.to_datetime(["2025-05-16"] * 3)})
    >>> spells(applications, as_of="2025-06-04").drop(columns=["kab_kota", "lp3h"])
           stage entered_date until_date   outcome  count
    0  submitted   2025-05-02 2025-05-09     moved      1
    1  submitted   2025-05-02 2025-05-12      left      1
    2  submitted   2025-05-05 2025-05-16  returned      1
    3   verified   2025-05-09 2025-05-16   waiting      1

    Dates are those of `progress`. Of what is dated after as_of nothing has happened yet: no entry, no move, no exit,
    and a status stated later is not known. A stage dated on or after the exit was never entered; from the stage before
    it one moved to the next that was. Those who wait, or are with the business, are known until min(as_of,
    statement_date), the latest date in the table where that is missing, but not before they entered.

    Sorted by all columns, stages and outcomes in their order. Σ count over waiting and returned is what `absorption`
    calls used on as_of, and of those at `issued` what it calls issued, always: where dates contradict each other it
    counts an application that was issued before it was submitted, or left before. The row that makes up for it has a
    negative count. Neither draft nor undated.

    Recaps of a cell without applications are paired first in, first out: see `first_in_first_out`.
    """
    applications = empty(APPLICATIONS) if applications is None else applications
    recaps = empty(RECAPS) if recaps is None else recaps
    cells = group([applications, recaps], by=("kab_kota", "lp3h"))
    stays = _of_applications(applications, cells, day(as_of))
    if len(recaps):
        stays = _behind(stays, _of_recaps(recaps, cells, pd.Timestamp(as_of)))
    places = cells.keys.take(stays.cell)
    return pd.DataFrame(
        {
            "kab_kota": places["kab_kota"].array,
            "lp3h": places["lp3h"].array,
            "stage": text(np.array(STAGES, object), stays.stage).array,
            "entered_date": stays.entered,
            "until_date": stays.until,
            "outcome": text(np.array(OUTCOMES, object), stays.outcome).array,
            "count": stays.count,
        }
    )


def _behind(some: Stays, others: Stays) -> Stays:
    """Both, by cell; no cell is in both."""
    both = Stays(*map(np.concatenate, zip(some, others, strict=True)))
    order = np.argsort(both.cell, kind="stable")
    return Stays(*(part[order] for part in both))


def _of_recaps(recaps: pd.DataFrame, cells: Groups, as_of: pd.Timestamp) -> Stays:
    statements, levels = stated_levels(recaps, cells)
    known = (statements["date"] < as_of.normalize() + pd.Timedelta(days=1)).to_numpy()
    return first_in_first_out(statements[known].reset_index(drop=True), levels[known])


def _of_applications(table: pd.DataFrame, cells: Groups, as_of: int) -> Stays:
    """A stay is a number for all that tells it apart, so that counting them is one sort."""
    applications = ApplicationStays(table, cells, as_of)
    keys, amends = [], []
    for start in range(0, len(table), BLOCK):
        for key, sign in applications.keys(slice(start, min(start + BLOCK, len(table)))):
            (keys if sign == 1 else amends).append(key)
    key, count = _counted(keys)
    if sum(map(len, amends)):
        owed, missing = _counted(amends)
        every, place = np.unique(np.concatenate([key, owed]), return_inverse=True)
        count = np.bincount(place, np.concatenate([count, -missing]), len(every)).astype(np.int64)
        key, count = every[count != 0], count[count != 0]
    return applications.told(key, count)


def _counted(keys: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    found = np.sort(np.concatenate(keys or [np.empty(0, np.int64)]))
    first = np.flatnonzero(np.append(True, found[1:] != found[:-1])[: len(found)])
    return found[first], np.diff(np.append(first, len(found)))


class RowStays(NamedTuple):
    """
    Stays of some rows at one stage; days as numbers. `amends`: 0, or the sign with which they are counted although
    there are none, so that the sums are those of `progress`.
    """

    stage: int
    row: np.ndarray
    entered: np.ndarray
    until: np.ndarray
    outcome: np.ndarray
    amends: int = 0


class ApplicationStays:
    """
    Days are numbers of `Reached`, of which those below `_seen` are up to as_of; as_of itself has one more where no
    application names it.
    """

    def __init__(self, table: pd.DataFrame, cells: Groups, as_of: int) -> None:
        self._reached = Reached(table, cells)
        numbered = self._reached.days.numbered
        self._seen = np.uint32(np.searchsorted(numbered, as_of, side="right"))
        self._days = np.union1d(numbered[: self._seen], [as_of])
        self._as_of = np.uint32(len(self._days) - 1)

    def keys(self, rows: slice) -> Iterator[tuple[np.ndarray, int]]:
        """(keys, sign) of the stays of some rows."""
        cell = self._reached.cell[rows].astype(np.int64)
        for stays in self.stays(rows):
            place = (cell[stays.row] * len(STAGES) + stays.stage) * len(self._days) + stays.entered
            yield (place * len(self._days) + stays.until) * len(OUTCOMES) + stays.outcome, stays.amends or 1

    def told(self, key: np.ndarray, count: np.ndarray) -> Stays:
        """Keys back to what they tell."""
        rest, outcome = np.divmod(key, len(OUTCOMES))
        rest, until = np.divmod(rest, len(self._days))
        rest, entered = np.divmod(rest, len(self._days))
        cell, stage = np.divmod(rest, len(STAGES))
        return Stays(cell, stage, self.dates(entered), self.dates(until), outcome, count)

    def dates(self, number: np.ndarray) -> np.ndarray:
        """Day numbers back to dates."""
        return self._days.astype("M8[D]").astype("M8[us]")[number]

    def stays(self, rows: slice) -> Iterator[RowStays]:
        """The stays of some rows, and what makes their sums those of `progress` where dates contradict each other."""
        reached, seen = self._reached, self._seen
        day = [day for _, day in reached.stages(rows)][::-1]
        stated = reached.stated(rows, np.arange(len(day[0])))
        known = np.where(stated < seen, stated, self._as_of)
        left, exit_day = reached.left(rows)
        gone, exit_day = left[exit_day < seen], exit_day[exit_day < seen]

        until, outcome = known.copy(), np.full(len(known), WAITING, np.int64)
        returned = reached.returned(rows)
        outcome[returned[stated[returned] < seen]] = RETURNED
        until[gone], outcome[gone] = exit_day, LEFT
        # up to where a stage's day counts: not after as_of, before the exit, and not at all before it is submitted
        limit = np.where(day[0] < seen, seen, np.uint32(0))
        limit[gone] = exit_day

        outside = day[0] >= seen
        outside[gone] = False
        early = np.flatnonzero(outside & (day[ISSUED] < seen))
        never = gone[day[0][gone] >= seen]
        late = gone[(day[ISSUED][gone] >= seen) & (day[ISSUED][gone] != reached.days.missing)]
        for stage, some, since, sign in (
            (ISSUED, early, day[ISSUED], 1), (0, early, day[ISSUED], -1),
            (0, never, until, -1),
            (ISSUED, late, until, -1), (0, late, until, 1),
        ):  # fmt: skip
            if len(some):
                last = np.maximum(known[some], since[some])
                yield RowStays(stage, some, since[some], last, np.full(len(some), WAITING), sign)

        for stage in reversed(range(len(STAGES))):
            here = np.flatnonzero(day[stage] < limit)
            entered, last, how = day[stage][here], until[here], outcome[here]
            until[here], outcome[here] = entered, MOVED
            yield RowStays(stage, here, entered, np.where(how < RETURNED, last, np.maximum(last, entered)), how)


def standing(applications: pd.DataFrame, *, as_of) -> pd.DataFrame:
    """
    Where each application waits on as_of, of those that do: `row` (its place in the table), `stage, entered_date,
    until_date, outcome`, sorted by row.

    >>> applications = pd.DataFrame({"status": ["draft", "returned", "verified"],
    ...     "submitted_date": pd.to_datetime(["2025-05-02", "2025-05-02", "2025-05-05"]),
    ...     "statement_date": pd.to_datetime(["2025-05-16"] * 3)})
    >>> standing(applications, as_of="2025-06-04")
       row      stage entered_date until_date   outcome
    0    1  submitted   2025-05-02 2025-05-16  returned
    1    2   verified   2025-05-16 2025-05-16   waiting
    """
    every = ApplicationStays(applications, group([applications], ()), day(as_of))
    found = [np.empty((5, 0), np.int64)]
    for start in range(0, len(applications), BLOCK):
        for stays in every.stays(slice(start, min(start + BLOCK, len(applications)))):
            here = np.flatnonzero((stays.outcome >= RETURNED) & (not stays.amends))
            stage = np.full(len(here), stays.stage)
            days = stays.entered[here], stays.until[here]
            found.append(np.stack([stays.row[here] + start, stage, *days, stays.outcome[here]]).astype(np.int64))
    columns = np.concatenate(found, axis=1)
    row, stage, entered, until, outcome = columns[:, np.argsort(columns[0])]
    return pd.DataFrame(
        {
            "row": row,
            "stage": text(np.array(STAGES, object), stage).array,
            "entered_date": every.dates(entered),
            "until_date": every.dates(until),
            "outcome": text(np.array(OUTCOMES, object), outcome).array,
        }
    )
