"""Working days as whole numbers, so that a duration is a subtraction."""

import numpy as np

from halal_metrics.calendar import Calendar


class Axis:
    """
    `index`: how many working days lie in (origin, day]; a Sunday has that of the Friday before it. Days as since 1970.

    >>> from halal_metrics.counting.totals import day
    >>> axis = Axis(day("2025-05-30"), Calendar())
    >>> axis.index([day("2025-06-01"), day("2025-06-02"), day("2025-06-09")]).tolist()
    [0, 1, 6]
    >>> axis.dates([1, 6]).astype(str).tolist()
    ['2025-06-02', '2025-06-09']
    """

    def __init__(self, origin: int, calendar: Calendar) -> None:
        self._origin, self._calendar = origin, calendar

    def index(self, days) -> np.ndarray:
        """Of each day the working days from the origin to it; negative before it."""
        return np.asarray(self._calendar.working_days_after(self._origin, np.asarray(days, np.int64)))

    def dates(self, index) -> np.ndarray:
        """The working day of each index, `datetime64[D]`; an index of 0 or less counts back from the origin."""
        wanted = np.asarray(index, np.int64)
        last = np.datetime64(self._origin, "D")
        return np.busday_offset(last, wanted, roll="backward", busdaycal=self._calendar.busdays)
