"""Working days: Monday to Friday without national holidays and without cuti bersama."""

from collections.abc import Iterable
from functools import cache

import numpy as np
import pandas as pd

from halal_metrics.holidays import read_holidays


class Calendar:
    """
    Which days are worked. `holidays`: the days off besides Saturdays and Sundays, anything numpy reads as dates.

    >>> Calendar(["2025-05-29", "2025-05-30"]).working_days("2025-05-26", "2025-06-02")
    4
    """

    def __init__(self, holidays: Iterable = ()) -> None:
        days = pd.to_datetime(list(holidays)).to_numpy("datetime64[D]")
        self._days = np.busdaycalendar(holidays=days[~np.isnat(days)])

    @property
    def holidays(self) -> np.ndarray:
        """The days off that fall on Monday to Friday, `datetime64[D]`, sorted."""
        return self._days.holidays

    @property
    def busdays(self) -> np.busdaycalendar:
        """The same as numpy counts with."""
        return self._days

    def working_days(self, first, last):
        """
        Working days from first to last, both ends counted; 0 where last lies before first. Dates, or arrays of them.

        >>> pinned().working_days("2025-02-20", "2025-05-31")  # the Governor's 100 days
        59
        """
        first, last = np.asarray(first, "datetime64[D]"), np.asarray(last, "datetime64[D]")
        return _plain(np.maximum(self._count(first, last), 0))

    def working_days_after(self, day, until):
        """
        Working days in (day, until], negative when `until` is past. Dates, or arrays of them.

        >>> pinned().working_days_after("2025-06-04", "2025-05-31")
        -3
        """
        day, until = np.asarray(day, "datetime64[D]"), np.asarray(until, "datetime64[D]")
        return _plain(self._count(day + 1, until))

    def _count(self, first: np.ndarray, last: np.ndarray) -> np.ndarray:
        """Working days in [first, last]; where last lies before first, those in (last, first) as a negative."""
        ahead = np.busday_count(first, np.maximum(last + 1, first), busdaycal=self._days)
        back = np.busday_count(last + 1, np.maximum(first, last + 1), busdaycal=self._days)
        return ahead - back


def _plain(counted: np.ndarray):
    return counted if counted.ndim else int(counted)


@cache
def pinned() -> Calendar:
    """
    The calendar in `data/holidays.csv`: national holidays and cuti bersama by joint decree of three ministers. It is
    pinned there, so that a newer library changes no past figure, and an office may edit it.

    >>> pinned().working_days("2025-02-20", "2025-07-31")  # 31 July is the 100th working day
    100
    """
    return Calendar(read_holidays()["date"])


def calendar_of(calendar: "Calendar | Iterable | None") -> Calendar:
    """The calendar asked for: None is the pinned one, a collection of dates is taken as the days off."""
    if calendar is None:
        return pinned()
    return calendar if isinstance(calendar, Calendar) else Calendar(calendar)
