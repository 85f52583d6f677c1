"""Sums over quotas and progress, as arrays: what every aggregate metric is made of."""

from collections.abc import Iterable
from typing import Final

import numpy as np
import pandas as pd

from halal_metrics.days import DAY_US, microseconds
from halal_metrics.groups import Groups, codes, group
from halal_metrics.schema import STAGES


def tally(quotas: pd.DataFrame, progress: pd.DataFrame, by: str | Iterable[str]) -> Groups:
    """The groups in either table: `rows[0]` are those of quotas, `rows[1]` of progress."""
    return group([quotas, progress], by)


def allotted(groups: Groups, quotas: pd.DataFrame) -> np.ndarray:
    """The quota of each group."""
    return np.rint(groups.total(0, numbers(quotas, "quota"))).astype(np.int64)


def reached(groups: Groups, progress: pd.DataFrame, *, as_of, since=None, rows: int = 1) -> np.ndarray:
    """
    Applications of each group that reached each stage, groups × stages: up to and including `as_of`, and only after
    `since` where it is given. Rows without a date are on no day and count on none. `rows`: which of the groups' frames
    `progress` is.
    """
    date, stage = day_numbers(progress, "date"), stage_numbers(progress)
    after = EARLIEST - 1 if since is None else day(since)
    counts = (date > after) & (date <= day(as_of)) & (stage >= 0)
    key = (groups.rows[rows] * len(STAGES) + stage)[counts]
    net = np.bincount(key, numbers(progress, "count")[counts], len(groups) * len(STAGES))
    return np.rint(net).astype(np.int64).reshape(len(groups), len(STAGES))


def stage_numbers(progress: pd.DataFrame) -> np.ndarray:
    """The place of each row's stage in STAGES; −1 for anything else."""
    code, words = codes(progress, "stage")
    return np.array([STAGES.index(word) if word in STAGES else -1 for word in words] + [-1])[code]


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
