"""When rows were received, by the file they are in: several files may bear one name, as exports of one site do."""

from typing import Final

import pandas as pd

from halal_metrics.schema import DATE, TEXT, conform

RECEIPTS: Final = {"filename": TEXT, "received_at": DATE, "statement_date": DATE}
"""`statement_date`: the latest that the file states; missing where it is not told, and the day of receipt holds."""

FILED: Final = {"source_file": TEXT, "statement_date": DATE}


def received_at(rows: pd.DataFrame, receipts: pd.DataFrame) -> pd.Series:
    """
    When the file of each row came; missing where no receipt has its name.

    >>> receipts = pd.DataFrame({"filename": "data.xlsx", "received_at": pd.to_datetime(["2025-05-09", "2025-06-06"]),
    ...                          "statement_date": pd.to_datetime(["2025-05-08", "2025-06-04"])})
    >>> rows = receipts[["statement_date"]].assign(source_file="data.xlsx")
    >>> received_at(rows, receipts).dt.day.tolist()
    [9, 6]

    Of several files of one name a row is taken to be in the one that states its day: the last received of those with
    the least `statement_date` on or after its own; where there is none, the last of all.
    """
    came, known = conform(receipts, RECEIPTS), conform(rows, FILED)
    last = came.groupby("filename")["received_at"].max()
    found = pd.Series(last.reindex(known["source_file"]).to_numpy(DATE), known.index)
    several = last.index[came.groupby("filename")["received_at"].nunique() > 1]
    asked = known[known["source_file"].isin(several) & known["statement_date"].notna()]
    if asked.empty:
        return found
    came = came.assign(until=came["statement_date"].fillna(came["received_at"].dt.normalize()))
    by_day = came.groupby(["filename", "until"], as_index=False)["received_at"].max().sort_values("until")
    pairs = asked.drop_duplicates().sort_values("statement_date")
    placed = pd.merge_asof(
        pairs, by_day, left_on="statement_date", right_on="until", left_by="source_file", right_by="filename",
        direction="forward",
    )  # fmt: skip
    told = asked.reset_index().merge(placed, on=["source_file", "statement_date"]).dropna(subset="received_at")
    found.loc[told["index"]] = told["received_at"].to_numpy()
    return found
