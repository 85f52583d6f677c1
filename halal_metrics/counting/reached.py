"""When each application reached each stage, and when it left: the rules of `progress`, as day numbers."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from halal_metrics.counting.days import number_days
from halal_metrics.counting.groups import Groups, codes
from halal_metrics.schema import LEFT, STAGE_DATES, STAGES, STATUS_REACHES


class Reached:
    """
    Applications in blocks of rows, so that what is figured stays in the processor's cache. All days are numbers of
    `days`: `days.missing` where something never came to pass, one more where it did on an unknown day.

    >>> from halal_metrics.counting.groups import group
    >>> applications = pd.DataFrame({"status": ["fatwa", "cancelled"],
    ...     "submitted_date": pd.to_datetime(["2025-05-01", "2025-05-02"]),
    ...     "fatwa_date": pd.to_datetime(["2025-05-04", None]), "exit_date": pd.to_datetime([None, "2025-05-03"])})
    >>> reached = Reached(applications, group([applications], ()))
    >>> [(stage, day.tolist()) for stage, day in reached.stages(slice(0, 2))]
    [(4, [4, 4]), (3, [4, 4]), (2, [3, 4]), (1, [3, 4]), (0, [0, 1])]
    >>> [part.tolist() for part in reached.left(slice(0, 2))]
    [[1], [2]]
    """

    def __init__(self, table: pd.DataFrame, cells: Groups) -> None:
        """`table`: the first frame of `cells`."""
        self.days = number_days(table, (*STAGE_DATES, "exit_date", "statement_date"))
        self.cell = cells.rows[0].astype(np.uint32)
        self._status, words = codes(table, "status")
        # the last entry is for a missing status, whose code is −1
        self._reaches = np.array([STATUS_REACHES.get(word, 0) for word in words] + [0], np.int8)
        self._draft = np.array([word == "draft" for word in words] + [False])
        self._left = np.array([word in LEFT for word in words] + [False])
        self._returned = np.array([word == "returned" for word in words] + [False])
        self._unstated = np.uint32(self.days.missing - 1 if self.days.missing else self.days.missing + 1)

    def stages(self, rows: slice) -> Iterator[tuple[int, np.ndarray]]:
        """(stage, the day on which each of the rows reached it), the last stage first."""
        status = self._status[rows]
        missing = np.uint32(self.days.missing)
        drafts = np.flatnonzero(self._draft.take(status))
        reaches = self._reaches.take(status)
        earliest_later = np.full(len(status), missing)
        for stage in reversed(range(len(STAGES))):
            own = self.days.number(STAGE_DATES[stage], rows)
            # own where there is one, else the earliest later: written in bits, since np.where is five times slower
            without = np.negative((own == missing).astype(np.uint32))
            day = own ^ ((own ^ earliest_later) & without)
            np.minimum(earliest_later, own, out=earliest_later)
            by_status = np.flatnonzero((reaches > stage) & (day == missing))
            day[by_status] = self.stated(rows, by_status)
            day[drafts] = missing
            yield stage, day

    def left(self, rows: slice) -> tuple[np.ndarray, np.ndarray]:
        """Those of the rows that have left, by their place in the slice, and the day on which each did."""
        left = np.flatnonzero(self._left.take(self._status[rows]))
        exit_day = self.days.number("exit_date", rows)[left]
        return left, np.where(exit_day < self.days.missing, exit_day, self.stated(rows, left))

    def returned(self, rows: slice) -> np.ndarray:
        """Those of the rows that are with the business, by their place in the slice."""
        return np.flatnonzero(self._returned.take(self._status[rows]))

    def stated(self, rows: slice, some: np.ndarray) -> np.ndarray:
        """The day of the statement of some of the rows, else the latest there is, else unknown."""
        day = self.days.number("statement_date", rows)[some] if len(some) else np.empty(0, np.uint32)
        return np.where(day < self.days.missing, day, self._unstated)
