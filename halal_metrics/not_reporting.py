"""Who has sent nothing since a moment."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from halal_metrics.receipts import FILED, received_at
from halal_metrics.schema import DATE, TEXT, conform


def not_reporting(
    history: pd.DataFrame,
    statements: pd.DataFrame,
    recaps: pd.DataFrame,
    *,
    since: Any,
    expected: Iterable[str] = (),
) -> pd.DataFrame:
    """
    Institutions without a file received after a moment: `lp3h, received_at`, who has been silent longest first.

    >>> received = pd.to_datetime(["2025-05-09", "2025-06-02"])
    >>> history = pd.DataFrame({"filename": ["a.xlsx", "b.xlsx"], "received_at": received})
    >>> statements = pd.DataFrame({"lp3h": ["PWI Kaltim", "LP3H UINSI Samarinda"], "source_file": ["a.xlsx", "b.xlsx"]})
    >>> not_reporting(history, statements, statements[:0], since="2025-05-21")
             lp3h received_at
    0  PWI Kaltim  2025-05-09

    `history`: `filename, received_at` of the uploads that count, and `statement_date`, which tells files of one name
    apart (see `received_at`). An institution speaks in a file that has a row of it
    among `statements` (applications as stated) or `recaps`; rows that name none are nobody's. `expected` are further
    ones that should speak. `received_at` is missing of who never has.
    """
    columns = {"lp3h": TEXT, **FILED}
    rows = (
        pd.concat([conform(frame, columns) for frame in (statements, recaps)]).drop_duplicates().dropna(subset="lp3h")
    )
    rows = rows.reset_index(drop=True)
    rows["received_at"] = received_at(rows, history)
    last = rows.groupby("lp3h")["received_at"].max().reset_index()
    never = pd.DataFrame({"lp3h": sorted({*expected} - {*last["lp3h"]})})
    typed = {"lp3h": TEXT, "received_at": DATE}
    last = pd.concat([conform(last, typed), conform(never, typed)], ignore_index=True)
    silent = last[~(last["received_at"] > pd.Timestamp(since))]
    return silent.sort_values(["received_at", "lp3h"], na_position="first", ignore_index=True)
