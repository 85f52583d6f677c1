"""The date columns of a table as small day numbers, so that counting by day is integer arithmetic."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

DAY_US: Final = 86_400_000_000
MISSING: Final = np.iinfo(np.int64).min  # how numpy writes a missing date
WIDE: Final = 20_000
"""Above so many days from first to last only the days that occur are numbered: one damaged date is enough for it."""


@dataclass(frozen=True)
class Days:
    """
    `numbered`: the days that can occur, since 1970, sorted. A day's number is its place there; a missing date has the
    number after the last. `columns`: the dates in microseconds.

    >>> table = pd.DataFrame({"exit_date": pd.to_datetime(["2025-05-02", None, "2025-05-04"])})
    >>> days = number_days(table, ["exit_date"])
    >>> days.number("exit_date", slice(0, 3)).tolist(), days.missing
    ([0, 3, 2], 3)
    """

    columns: dict[str, np.ndarray]
    numbered: np.ndarray

    @property
    def missing(self) -> int:
        """The number of a missing date."""
        return len(self.numbered)

    def number(self, column: str, rows: slice) -> np.ndarray:
        """The day numbers of some rows, `uint32`. A column that is not there is missing throughout."""
        if column not in self.columns:
            return np.full(rows.stop - rows.start, self.missing, np.uint32)
        found = self.columns[column][rows] // DAY_US
        if self.missing and self.numbered[-1] - self.numbered[0] < self.missing:
            # every day is numbered; a missing date lies far below and wraps round to far above all of them
            return np.minimum((found - self.numbered[0]).astype(np.uint32), np.uint32(self.missing))
        missing = self.columns[column][rows] == MISSING
        return np.where(missing, self.missing, np.searchsorted(self.numbered, found)).astype(np.uint32)

    def dates(self, number: np.ndarray) -> np.ndarray:
        """Day numbers back to dates, `datetime64[us]`; any past the last day is missing."""
        known = np.append(self.numbered.astype("M8[D]"), np.datetime64("NaT")).astype("M8[us]")
        return known[np.minimum(number, self.missing)]


def number_days(table: pd.DataFrame, columns: Iterable[str]) -> Days:
    """The days of those of the columns that the table has."""
    found = {name: microseconds(table[name]) for name in columns if name in table and len(table)}
    newest = max((int(values.max()) for values in found.values()), default=MISSING)
    if newest == MISSING:
        return Days({}, np.empty(0, np.int64))
    # one less than a missing date is the largest number there is, so that it is never the smallest
    oldest = (
        min(int((block - 1).min()) for values in found.values() for block in np.array_split(values, _parts(values))) + 1
    )
    first, last = oldest // DAY_US, newest // DAY_US
    if last - first < WIDE:
        return Days(found, np.arange(first, last + 1))
    seen = [np.unique(values[values != MISSING] // DAY_US) for values in found.values()]
    return Days(found, np.unique(np.concatenate(seen)))


def microseconds(dates: pd.Series) -> np.ndarray:
    """A date column of any dtype as `int64` microseconds since 1970, MISSING where missing."""
    if dates.dtype != "datetime64[us]":
        dates = pd.to_datetime(dates).astype("datetime64[us]")
    return dates.to_numpy().view(np.int64)


def _parts(values: np.ndarray) -> int:
    """Blocks small enough to stay in the processor's cache."""
    return 1 + len(values) // (1 << 17)
