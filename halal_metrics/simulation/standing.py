"""Where a programme stands before it is run forward: who has which room, what waits since when, what is known."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from halal_metrics.calendar import Calendar, calendar_of
from halal_metrics.counting.groups import codes, group
from halal_metrics.counting.totals import EARLIEST, allotted, day, day_numbers
from halal_metrics.schema import STAGES
from halal_metrics.simulation.axis import Axis
from halal_metrics.simulation.rooms import rooms

MOVED, LEFT, RETURNED, WAITING = range(4)
OUTCOMES: Final = ("moved", "left", "returned", "waiting")


@dataclass(frozen=True)
class Stays:
    """Spells as arrays: who stayed where from which working day to which, how it ended, how many."""

    cell: np.ndarray
    stage: np.ndarray
    entered: np.ndarray
    until: np.ndarray
    outcome: np.ndarray
    count: np.ndarray

    @property
    def days(self) -> np.ndarray:
        """Working days in (entered, until]."""
        return np.maximum(self.until - self.entered, 0)

    @property
    def ended(self) -> np.ndarray:
        """Whether each moved on or left."""
        return self.outcome <= LEFT

    def where(self, chosen: np.ndarray) -> "Stays":
        return Stays(*(getattr(self, name)[chosen] for name in self.__dataclass_fields__))


@dataclass(frozen=True)
class Standing:
    """
    `cells`: the (kab_kota, lp3h) there are, sorted, missing last, a row each; `institution`: the number of each cell's
    LP3H, the last one being the missing one. Days are working days of `axis`. Of each cell `quota, used, issued, room`
    (files that may still come in, negative where so many must leave first), of each LP3H `known` (the day to which it
    is known) and `heard` (whether it has any file).
    """

    axis: Axis
    as_of: int
    until: int
    until_date: np.datetime64
    cells: pd.DataFrame
    institution: np.ndarray
    institutions: np.ndarray
    quota: np.ndarray
    used: np.ndarray
    issued: np.ndarray
    room: np.ndarray
    known: np.ndarray
    heard: np.ndarray
    stays: Stays
    capped: bool

    @property
    def waiting(self) -> Stays:
        """What has neither ended nor been issued."""
        return self.stays.where(~self.stays.ended & (self.stays.stage < len(STAGES) - 1))

    @property
    def submissions(self) -> Stays:
        """Every file once: its stay at the first stage."""
        return self.stays.where(self.stays.stage == 0)


def standing(
    quotas: pd.DataFrame,
    spells: pd.DataFrame,
    *,
    as_of,
    until,
    calendar: Calendar | Iterable | None = None,
    capped: bool = True,
) -> Standing:
    """Where the programme stands by one plan and what is known of its files; see `Standing`."""
    today = day(as_of)
    entered = day_numbers(spells, "entered_date")
    spells = spells.loc[(entered >= EARLIEST) & (entered <= today)]
    found = group([quotas, spells], ("kab_kota", "lp3h"))
    institution, institutions = _numbered(found.keys, "lp3h")
    place, places = _numbered(found.keys, "kab_kota")

    entered, left = day_numbers(spells, "entered_date"), day_numbers(spells, "until_date")
    axis = Axis(int(entered.min(initial=today)) - 7, calendar_of(calendar))
    stays = Stays(
        found.rows[1],
        _coded(spells, "stage", STAGES),
        axis.index(entered),
        axis.index(np.minimum(np.maximum(left, entered), today)),
        _coded(spells, "outcome", OUTCOMES),
        spells["count"].to_numpy(np.int64),
    )
    known, heard = _known(stays, institution[stays.cell], len(institutions), int(axis.index(today)))

    quota = allotted(found, quotas)
    there = stays.where(~stays.ended)
    used = np.bincount(there.cell, there.count, len(found)).astype(np.int64)
    finished = there.where(there.stage == len(STAGES) - 1)
    issued = np.bincount(finished.cell, finished.count, len(found)).astype(np.int64)
    missing = len(places) - 1, len(institutions) - 1
    cells, room = rooms(quota, used, place=place, institution=institution, missing=missing)
    more = cells[len(found) :]  # cells that get room and are in no table
    names = {
        "kab_kota": pd.array(places, "str").take(more[:, 0]),
        "lp3h": pd.array(institutions, "str").take(more[:, 1]),
    }
    return Standing(
        axis=axis,
        as_of=int(axis.index(today)),
        until=int(axis.index(day(until))),
        until_date=np.datetime64(day(until), "D"),
        cells=pd.concat([found.keys, pd.DataFrame(names)], ignore_index=True) if len(more) else found.keys,
        institution=cells[:, 1],
        institutions=institutions,
        quota=np.pad(quota, (0, len(more))),
        used=np.pad(used, (0, len(more))),
        issued=np.pad(issued, (0, len(more))),
        room=room,
        known=known,
        heard=heard,
        # dates that contradict each other take back what they added: that counts in sums, and is no file
        stays=stays.where(stays.count > 0),
        capped=capped,
    )


def _numbered(keys: pd.DataFrame, column: str) -> tuple[np.ndarray, np.ndarray]:
    """(number of each row's value, the values): sorted, the last one is the missing one, whether there or not."""
    code, labels = codes(keys, column)
    order = np.argsort(labels.astype(str))
    number = np.empty(len(labels) + 1, np.int64)
    number[order] = np.arange(len(labels))
    number[-1] = len(labels)
    return number[code], np.append(labels[order], None)


def _coded(table: pd.DataFrame, column: str, words: tuple[str, ...]) -> np.ndarray:
    code, labels = codes(table, column)
    return np.array([words.index(label) for label in labels] + [-1], np.int64)[code]


def _known(stays: Stays, institution: np.ndarray, size: int, as_of: int) -> tuple[np.ndarray, np.ndarray]:
    """
    (the latest day told of each LP3H, whether there is any). Of one never heard of nothing is known since the latest
    day told of anybody: it may have begun then.
    """
    known = np.full(size, np.iinfo(np.int64).min)
    np.maximum.at(known, institution, stays.until)
    heard = known > np.iinfo(np.int64).min
    return np.where(heard, known, known[heard].max() if heard.any() else as_of), heard
