"""Groups, sums, days and ratios as arrays: what every aggregate metric is made of."""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import pandas as pd

from halal_metrics.counting.days import DAY_US, microseconds
from halal_metrics.counting.groups import Groups, dimensions, group
from halal_metrics.counting.memo import Memo

_tallies = Memo[Groups](size=128)


def tally(frames: Sequence[pd.DataFrame], by: str | Iterable[str]) -> Groups:
    """The groups of small frames, found once as long as these do not change; see `groups.group`."""
    columns = dimensions(by)
    named = [name for name in columns for frame in frames if name in frame]
    return _tallies.of(
        (frame[name] for name in columns for frame in frames if name in frame),
        lambda: group(frames, columns),
        also=(columns, *named, *map(len, frames)),
    )


def allotted(groups: Groups, quotas: pd.DataFrame) -> np.ndarray:
    """The quota of each group; quotas are its first frame."""
    return np.rint(groups.total(0, numbers(quotas, "quota"))).astype(np.int64)


EARLIEST: Final = int(np.datetime64("0001-01-01", "D").astype(np.int64))
"""The first day there can be; anything before it is a missing date."""


def day(date) -> int:
    """
    A date as days since 1970.

    >>> day("1970-01-02")
    1
    """
    return int(np.datetime64(pd.Timestamp(date), "D").astype(np.int64))


def day_numbers(table: pd.DataFrame, column: str) -> np.ndarray:
    """A date column as days since 1970; a missing date, or column, lies before any real one."""
    if column not in table:
        return np.full(len(table), EARLIEST - 1)
    return microseconds(table[column]) // DAY_US


def numbers(table: pd.DataFrame, column: str) -> np.ndarray:
    """A count column; missing counts as 0."""
    values = table[column]
    return values.to_numpy() if values.dtype == "int64" else values.astype("Float64").fillna(0).to_numpy(float)


def ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """
    part ÷ whole, missing where there is no whole: undefined is neither 0 nor infinity.

    >>> ratio(np.array([3, 1]), np.array([4, 0])).tolist()
    [0.75, nan]
    """
    return np.divide(part, whole, out=np.full(len(part), np.nan), where=np.asarray(whole) != 0)
