"""Which rows are one application."""

from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

KEYS: Final = ("registration_number", "reg_id", "nib")
"""The columns that tie rows together; the names of a group of tied rows follow from that group alone."""

MISSING: Final = -1
SEVERAL: Final = -2


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
    (number, numbers), (reg_id, reg_ids), (nib, nibs) = (pd.factorize(rows[key]) for key in KEYS)
    # names are numbers until the end: first those of registration numbers, then of reg_ids, then of nibs
    first_id, first_nib = len(numbers), len(numbers) + len(reg_ids)
    name = _filled(number, _only(number, reg_id, len(reg_ids)))
    name = _filled(name, np.where(reg_id >= 0, first_id + reg_id, MISSING))
    name = _by_nib(name, reg_id, nib, first_id)
    only = _only(name, nib, len(nibs))
    name = _filled(name, np.where(only == SEVERAL, MISSING, np.where((only < 0) & (nib >= 0), first_nib + nib, only)))
    told = [*numbers, *("reg_id " + reg_ids.astype("str")), *("nib " + nibs.astype("str"))]
    names = pd.Series(pd.array([*told, None], dtype="str").take(name), rows.index)
    return names.fillna(_alone(rows[name < 0]))


def several(rows: pd.DataFrame) -> bool:
    """Whether two of the rows may be one application; told quickly where they cannot."""
    keys = KEYS if rows["registration_number"].hasnans else KEYS[:1]
    return any(_repeats(rows[key].dropna()) for key in keys)


def _repeats(values: pd.Series) -> bool:
    """Whether a value stands twice; numbers that come in their order, as programs list them, are told by that."""
    text = pa.array(values, pa.large_string())
    before, after = text.slice(0, max(len(text) - 1, 0)), text.slice(1)
    if any(pc.all(in_order(before, after)).as_py() for in_order in (pc.less, pc.greater)):
        return False
    return bool(values.duplicated().any())


def _filled(name: np.ndarray, other: np.ndarray) -> np.ndarray:
    return np.where(name < 0, np.where(other < 0, MISSING, other), name)


def _only(name: np.ndarray, key: np.ndarray, keys: int) -> np.ndarray:
    """For each row the one name among those that bear its value of the key; MISSING where none, SEVERAL where many."""
    least, most = np.full(keys + 1, np.iinfo("int64").max), np.full(keys + 1, MISSING)
    borne = (name >= 0) & (key >= 0)
    np.minimum.at(least, key[borne], name[borne])
    np.maximum.at(most, key[borne], name[borne])
    only = np.where(least == most, least, np.where(most < 0, MISSING, SEVERAL))
    only[keys] = MISSING  # rows without a value
    return only[key]


def _by_nib(name: np.ndarray, reg_id: np.ndarray, nib: np.ndarray, first_id: int) -> np.ndarray:
    """The names, where a reg_id without a registration number has the nib of just one application that has a number."""
    borne = pd.DataFrame({"name": name, "nib": nib, "reg_id": reg_id, "numbered": name < first_id})[name >= 0]
    if borne["numbered"].to_numpy(bool).all():
        return name
    by_nib = borne[borne["nib"] >= 0].drop_duplicates(["name", "nib"])
    by_nib = by_nib[~by_nib.duplicated(["nib", "numbered"], keep=False)]
    loose, known = by_nib[~by_nib["numbered"]], by_nib.loc[by_nib["numbered"], ["name", "nib"]]
    pairs = loose.merge(known, on="nib", suffixes=("", "_to"))[["name", "reg_id", "name_to"]].drop_duplicates()
    ids = borne.loc[borne["numbered"] & (borne["reg_id"] >= 0), ["name", "reg_id"]].drop_duplicates()
    its_own = pd.MultiIndex.from_frame(pairs[["name_to", "reg_id"]]).isin(pd.MultiIndex.from_frame(ids))
    pairs = pairs[its_own | ~pairs["name_to"].isin(ids["name"])]
    pairs = pairs[~pairs["name"].duplicated(keep=False) & ~pairs["name_to"].duplicated(keep=False)]
    becomes = np.arange(name.max() + 2)
    becomes[-1] = MISSING
    becomes[pairs["name"]] = pairs["name_to"]
    return becomes[name]


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
