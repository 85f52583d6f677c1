"""Day before month or month before day: told for a column, by its dates that can be read in one order only."""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Final

YEARS: Final = range(2000, 2100)
"""Years a date of this programme can have: anything else is a slip of the pen and would stretch every time axis."""

_ORDERS: Final = ("dmy", "mdy", "ymd")
_SLIP: Final = 20
"""Of so many dates one in another order is a slip of the pen."""


@dataclass(frozen=True)
class Ordered:
    """Three numbers of which the first two are day and month, still to be told apart, and the last is the year."""

    first: int
    second: int
    last: int
    notation: str

    def date(self, *, month_first: bool) -> dt.date | None:
        return self.by("mdy" if month_first else "dmy")

    @property
    def kind(self) -> tuple[str, bool]:
        """How it is written: with which signs, and whether the last number can be nothing but a year."""
        return self.notation, self.last > 99

    @property
    def is_either(self) -> bool:
        """Whether day and month can be taken for each other."""
        return self.first != self.second and max(self.first, self.second) <= 12

    def by(self, order: str) -> dt.date | None:
        """The date whose parts stand in this order, "ymd" for one with the year in front; None where there is none."""
        part = dict(zip(order, (self.first, self.second, self.last), strict=True))
        return date_of(part["y"] if part["y"] > 99 else 2000 + part["y"], part["m"], part["d"])


def order_of(entries: list[Ordered]) -> tuple[dict[str, bool], bool, set[str]]:
    """
    For each notation whether the month comes first; whether any date was left to the rule "day first"; and the
    notations in which both orders occur, the rarer one not just as a slip of the pen among many.
    """
    votes: defaultdict[str, Counter] = defaultdict(Counter)
    for entry in entries:
        if (entry.first > 12) != (entry.second > 12):  # only one of them can be the month
            votes[entry.notation][entry.second > 12] += 1
    overall: Counter = sum(votes.values(), Counter())
    unanimous = next(iter(overall)) if len(overall) == 1 else None
    order = {}
    for notation in {entry.notation for entry in entries}:
        own = votes[notation]
        if len(own) == 1:
            order[notation] = next(iter(own))
        else:
            order[notation] = (own[True] > own[False]) if own else bool(unanimous)
    undecided = unanimous is None and any(entry.is_either and not votes[entry.notation] for entry in entries)
    both = {notation: own for notation, own in votes.items() if len(own) > 1}
    return order, undecided, {notation for notation, own in both.items() if min(own.values()) * _SLIP > own.total()}


def is_within(date: dt.date, since: dt.date | None, until: dt.date | None) -> bool:
    return (since is None or since <= date) and (until is None or date <= until)


def in_other_orders(
    entries: dict[int, Ordered], outside: list[bool], since: dt.date | None, until: dt.date | None
) -> dict[int, dt.date]:
    """
    The dates of each notation with one outside, in the first order that brings all of them within; none where no order
    does. What is no date in any order says nothing.
    """
    found: dict[int, dt.date] = {}
    for notation in {entries[place].kind for place in entries if outside[place]}:
        of = [place for place, entry in entries.items() if entry.kind == notation and any(map(entry.by, _ORDERS))]
        for order in _ORDERS:
            dates = {
                place: date for place in of if (date := entries[place].by(order)) and is_within(date, since, until)
            }
            if len(dates) == len(of):
                found |= dates
                break
    return found


def date_of(year: int, month: int, day: int) -> dt.date | None:
    """The date, None where there is none or its year is not plausible."""
    try:
        return plausible(dt.date(year, month, day))
    except ValueError:
        return None


def plausible(date: dt.date) -> dt.date | None:
    """The date, None where its year is none of YEARS."""
    return date if date.year in YEARS else None
