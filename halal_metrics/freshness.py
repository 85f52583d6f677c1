"""How old the last word of each place and institution is."""

from collections.abc import Iterable
from typing import Final

import numpy as np
import pandas as pd

from halal_metrics.counting.groups import group
from halal_metrics.counting.totals import EARLIEST, day, day_numbers
from halal_metrics.receipts import RECEIPTS, received_at
from halal_metrics.schema import COUNT, DATE, STATED, TEXT, conform

STALE_DAYS: Final = 14
"""Registers come every two weeks: past that, one is overdue."""

STATEMENTS: Final = {"kab_kota": TEXT, "lp3h": TEXT, "statement_date": DATE, "source_file": TEXT}


def freshness(
    statements: pd.DataFrame,
    receipts: pd.DataFrame,
    *,
    by: str | Iterable[str] = ("lp3h",),
    as_of,
) -> pd.DataFrame:
    """
    The last statement and the last file received of each group: `statement_date, statement_days, received_date,
    received_days, files`.

    >>> statements = pd.DataFrame({"lp3h": "PWI Kaltim", "statement_date": pd.to_datetime(["2025-05-09", "2025-05-23"]),
    ...                            "source_file": ["a.xlsx", "b.xlsx"]})
    >>> receipts = pd.DataFrame({"filename": ["b.xlsx"], "received_at": pd.to_datetime(["2025-05-26 09:30"])})
    >>> freshness(statements, receipts, by=(), as_of="2025-06-04")
      statement_date  statement_days received_date  received_days  files
    0     2025-05-23              12    2025-05-26              9      2

    `statements`: rows of applications and of recaps as stated; `receipts`: `filename, received_at` of the files that
    these are in, and `statement_date`, which tells files of one name apart (see `received_at`). Up to and including
    as_of; a group that spoke only later is there, with nothing known. `_days` are calendar days, missing where there is
    no date; `files` counts those with a row of the group.
    """
    rows, received = conform(statements, STATEMENTS), conform(receipts, RECEIPTS)
    until = day(as_of)
    stated = day_numbers(rows, "statement_date")
    groups = group([rows], by)
    came = received_at(rows, received[day_numbers(received, "received_at") <= until])
    arrived = day_numbers(pd.DataFrame({"received_at": came}), "received_at")
    so_far = stated <= until  # a row without a date was stated whenever its file came
    latest = [_latest(groups.rows[0], np.where(so_far, days, EARLIEST - 1), len(groups)) for days in (stated, arrived)]
    files = pd.Series(rows["source_file"].to_numpy()[so_far]).groupby(groups.rows[0][so_far]).nunique()
    return groups.frame(
        {
            "statement_date": _dates(latest[0]),
            "statement_days": _since(latest[0], until),
            "received_date": _dates(latest[1]),
            "received_days": _since(latest[1], until),
            "files": files.reindex(range(len(groups)), fill_value=0).to_numpy(COUNT),
        }
    )


def _latest(group_of: np.ndarray, days: np.ndarray, count: int) -> np.ndarray:
    latest = np.full(count, EARLIEST - 1)
    np.maximum.at(latest, group_of, days)
    return latest


def _dates(days: np.ndarray) -> pd.Series:
    return pd.Series(days.astype("M8[D]").astype("M8[us]")).where(days >= EARLIEST)


def _since(days: np.ndarray, until: int) -> pd.Series:
    return pd.Series(until - days, dtype=STATED).mask(days < EARLIEST)
