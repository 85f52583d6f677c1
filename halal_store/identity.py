"""Which rows are one application."""

from typing import Final

import pandas as pd

KEYS: Final = ("registration_number", "reg_id", "nib")
"""The columns that tie rows together; the names of a group of tied rows follow from that group alone."""


def application_of(rows: pd.DataFrame) -> pd.Series:
    """
    A name for the application each row belongs to; the order of the rows changes nothing.

    >>> rows = pd.DataFrame({"registration_number": ["SH2025-1-990001", None, None, "SH2025-1-990002"],
    ...                      "reg_id": ["3501", "3501", None, None],
    ...                      "nib": [None, "9900000000001", "9900000000001", "9900000000002"]}, dtype="str")
    >>> application_of(rows).tolist()
    ['SH2025-1-990001', 'SH2025-1-990001', 'SH2025-1-990001', 'SH2025-1-990002']

    1. Rows of one registration_number are one, and rows of different ones never.
    2. A row without one is the application of its reg_id; where several registration numbers have that reg_id, or
       none, the rows of that reg_id without a number are one by themselves.
    3. Such a reg_id is one with the only application that has its nib, unless that is known by another reg_id: then
       they are two, and the nib is that of several.
    4. A row with a nib alone is the only application that has it. Where none has, rows of that nib are one; where
       several have, nothing tells whose it is, and it stands by itself. So does a row with none of the three.
    """
    name = rows["registration_number"]
    name = name.fillna(_only(name, rows["reg_id"]))
    name = name.fillna("reg_id " + rows["reg_id"])
    name = _by_nib(name, rows)
    several = name.groupby(rows["nib"]).nunique().gt(1)
    name = name.fillna(_only(name, rows["nib"]))
    name = name.fillna(("nib " + rows["nib"]).where(~rows["nib"].map(several).eq(True)))
    return name.fillna(_alone(rows[name.isna()]))


def _only(name: pd.Series, key: pd.Series) -> pd.Series:
    """The one application that bears this row's value of the key; missing where none or several do."""
    bearers = name.groupby(key).agg(["nunique", "first"])
    return key.map(bearers.loc[bearers["nunique"] == 1, "first"]).astype("str")


def _by_nib(name: pd.Series, rows: pd.DataFrame) -> pd.Series:
    """The names, where a reg_id without a registration number has the nib of just one application that has a number."""
    numbered = name.isin(rows["registration_number"].dropna())  # no other name is one
    borne = pd.DataFrame({"name": name, "nib": rows["nib"], "reg_id": rows["reg_id"], "numbered": numbered})
    by_nib = borne.dropna(subset=["name", "nib"]).drop_duplicates(["name", "nib"])
    by_nib = by_nib[~by_nib.duplicated(["nib", "numbered"], keep=False)]
    loose, known = by_nib[~by_nib["numbered"]], by_nib.loc[by_nib["numbered"], ["name", "nib"]]
    pairs = loose.merge(known, on="nib", suffixes=("", "_to"))[["name", "reg_id", "name_to"]].drop_duplicates()
    ids = borne.loc[borne["numbered"], ["name", "reg_id"]].dropna().drop_duplicates()
    its_own = pd.MultiIndex.from_frame(pairs[["name_to", "reg_id"]]).isin(pd.MultiIndex.from_frame(ids))
    pairs = pairs[its_own | ~pairs["name_to"].isin(ids["name"])]
    pairs = pairs[~pairs["name"].duplicated(keep=False) & ~pairs["name_to"].duplicated(keep=False)]
    to = name.map(pairs.set_index("name")["name_to"]).astype("str")
    return to.fillna(name)


def _alone(rows: pd.DataFrame) -> pd.Series:
    """Names for rows that stand by themselves: of what is in them, so that the order of arrival does not show."""
    content = rows.drop(columns=["arrival", "place"], errors="ignore").astype("str").fillna("")
    told = pd.Series(pd.util.hash_pandas_object(content, index=False), rows.index, dtype="uint64")
    name = "row " + told.map("{:016x}".format).astype("str")
    # identical rows: told apart by what nothing later changes
    for column in ("arrival", "place"):
        number = rows[column] if column in rows else pd.Series(range(len(rows)), rows.index)
        name += " " + number.astype("str").str.zfill(8)
    return name
