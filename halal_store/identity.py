"""Which rows are one application."""

import pandas as pd


def application_of(rows: pd.DataFrame) -> pd.Series:
    """
    A name for the application each row belongs to.

    >>> rows = pd.DataFrame({"registration_number": ["SH2025-1-990001", None, None, "SH2025-1-990002"],
    ...                      "reg_id": ["3501", "3501", None, None],
    ...                      "nib": [None, "9900000000001", "9900000000001", "9900000000002"]}, dtype="str")
    >>> application_of(rows).tolist()
    ['SH2025-1-990001', 'SH2025-1-990001', 'SH2025-1-990001', 'SH2025-1-990002']

    Rows are one application if they share registration_number or reg_id, or if exactly one application has that nib.
    Rows with different registration numbers are never one. A row with neither is one by itself.
    """
    name = rows["registration_number"]
    for column in ("reg_id", "nib"):
        name = name.fillna(_only_bearer(name, rows, column))
        # rows that only have this column are one application by it, unless it is the nib of several
        bearers = name.groupby(rows[column]).nunique()
        free = rows[column].map(bearers).fillna(0).eq(0)
        name = name.fillna((column + " " + rows[column]).where(free | (column == "reg_id")))
        name = name.fillna(_only_bearer(name, rows, column))
    alone = pd.Series(range(len(rows)), rows.index).astype("str")
    return name.fillna("row " + alone)


def _only_bearer(name: pd.Series, rows: pd.DataFrame, column: str) -> pd.Series:
    """The one application that bears this row's value of the column; missing where none or several do."""
    bearers = name.dropna().groupby(rows[column]).agg(["nunique", "first"])
    only = bearers.loc[bearers["nunique"] == 1, "first"]
    return rows[column].map(only).astype("str")
