"""Tables, columns, dtypes, stage order: names as data.

Text is `str` (missing where unknown), dates are `datetime64[us]` at midnight, counts are `int64`, and `Int64` where a
missing value means "not stated".
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
from pandas.arrays import ArrowStringArray

STAGES: Final = ("submitted", "verified", "fatwa", "decided", "issued")
"""How far an application has come, in this order; each stage includes those before it."""

LEFT: Final = ("rejected", "cancelled", "replaced")
"""Statuses of an application that has left the programme and freed its slot."""

STATUSES: Final = ("draft", *STAGES, "returned", *LEFT)
"""Where an application can stand."""

STATUS_REACHES: Final = {
    "draft": 0,  # not yet a use of quota
    **{stage: place for place, stage in enumerate(STAGES, start=1)},
    "returned": 1,  # with the business, but it was submitted and keeps its slot
    **dict.fromkeys(LEFT, 1),
}
"""Status → how many of STAGES an application of that status has reached at least."""

STAGE_DATES: Final = tuple(f"{stage}_date" for stage in STAGES)

TEXT, DATE, COUNT, STATED = "str", "datetime64[us]", "int64", "Int64"

COUNTED: Final = (COUNT, STATED)
"""Dtypes of a number of something."""

_STR: Final = pd.StringDtype("pyarrow", na_value=np.nan)
"""What pandas makes of TEXT."""

SOURCE: Final = {"source_file": TEXT, "source_sheet": TEXT, "source_row": COUNT}

QUOTAS: Final = {
    "kab_kota": TEXT,
    "lp3h": TEXT,
    "quota": COUNT,
    "target_date": DATE,
    "note": TEXT,
    "statement_date": DATE,
    **SOURCE,
}

APPLICATIONS: Final = {
    **dict.fromkeys(
        (
            "registration_number reg_id nib business_name owner_name phone address kecamatan kab_kota lp3h p3h "
            "programme_code brand product kbli status status_raw"
        ).split(),
        TEXT,
    ),
    **dict.fromkeys((*STAGE_DATES, "exit_date"), DATE),
    "certificate_number": TEXT,
    "returns": STATED,
    "obstacle": TEXT,
    "note": TEXT,
    "statement_date": DATE,
    **SOURCE,
}

RECAPS: Final = {
    "statement_date": DATE,
    "kab_kota": TEXT,
    "lp3h": TEXT,
    **dict.fromkeys(("quota", "draft", *STAGES, "returned", "exited", "active_p3h"), STATED),
    "obstacle": TEXT,
    **SOURCE,
}

CANDIDATES: Final = {
    **dict.fromkeys(
        "nib business_name owner_name phone address kecamatan kab_kota product kbli source_opd".split(), TEXT
    ),
    **SOURCE,
}

CERTIFICATES: Final = {
    **dict.fromkeys("certificate_number nib business_name owner_name kab_kota product".split(), TEXT),
    "issued_date": DATE,
    "programme": TEXT,
    **SOURCE,
}

TABLES: Final = {
    "quotas": QUOTAS,
    "applications": APPLICATIONS,
    "recaps": RECAPS,
    "candidates": CANDIDATES,
    "certificates": CERTIFICATES,
}
"""The five tables: name → {column: dtype}, in the order of the columns."""

OBSTACLES: Final = {
    "note_id": TEXT,
    "kab_kota": TEXT,  # missing: everywhere
    "lp3h": TEXT,  # missing: any
    "category": TEXT,  # K1 … K11, K99
    "stage": TEXT,  # "quota" (not yet submitted), a stage that waits, or "returned"; missing: any
    "held": STATED,  # applications it holds; missing: all that stand there
    "text": TEXT,
    "actor": TEXT,  # who can act
    "closed_date": DATE,  # missing while it holds
}
"""What holds applications up, as people say it: one a row."""

ACTIONS: Final = {
    "note_id": TEXT,
    "problem": TEXT,
    "action": TEXT,
    "responsible": TEXT,
    "due_date": DATE,
    "indicator": TEXT,
    "status": TEXT,  # one of ACTION_STATUSES
    "evidence": TEXT,
    "kab_kota": TEXT,  # of the number it is to move; missing: all
    "lp3h": TEXT,
    "stage": TEXT,  # of that number; missing: the action names none
}
"""What is to be done, by whom, by when: one a row (matriks tindak lanjut)."""

ACTION_STATUSES: Final = ("todo", "doing", "done", "cancelled")

DECISIONS: Final = {"note_id": TEXT, "text": TEXT}
"""What a meeting decided."""

EVENTS: Final = {
    "note_id": TEXT,
    "date": DATE,
    "until_date": DATE,  # missing: that day alone
    "kind": TEXT,  # meeting, deadline, letter, outage, other
    "text": TEXT,
}
"""What happened around the programme and stands as a mark on its curves."""

INSTITUTIONS: Final = {"note_id": TEXT, "name": TEXT, "spellings": TEXT}
"""LP3H that are in no list of ours; `spellings`, one a line, are those taken for it."""

PROGRESS: Final = {"date": DATE, "kab_kota": TEXT, "lp3h": TEXT, "stage": TEXT, "count": COUNT}


def empty(columns: dict[str, str]) -> pd.DataFrame:
    """
    A frame without rows, with these columns and dtypes.

    >>> empty(PROGRESS).dtypes["date"]
    dtype('<M8[us]')
    """
    return _empty(tuple(columns.items())).copy()


@lru_cache(maxsize=64)
def _empty(columns: tuple[tuple[str, str], ...]) -> pd.DataFrame:
    """Made once: it takes pandas longer than a look at a thousand rows."""
    return pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in columns})


def frame(values: Mapping[str, Sequence[Any]], columns: dict[str, str]) -> pd.DataFrame:
    """
    A frame of plain values, None where there is none, with these columns and dtypes.

    >>> frame({"name": ["Dinas"], "row": [None]}, {"name": TEXT, "row": STATED}).dtypes.tolist()
    [<StringDtype(na_value=nan)>, Int64Dtype()]
    """

    def column(name: str, dtype: str) -> Any:
        own = values[name]
        return text_array(pa.array(own, pa.large_string())) if dtype == TEXT else pd.array(own, dtype)

    return pd.DataFrame({name: column(name, dtype) for name, dtype in columns.items()})


def conform(frame: pd.DataFrame, columns: dict[str, str]) -> pd.DataFrame:
    """
    The frame with exactly these columns, in order and typed; a column it lacks is missing throughout.

    >>> conform(pd.DataFrame({"kab_kota": ["Kabupaten Paser"], "other": [1]}), PROGRESS | {"count": "Int64"})
      date         kab_kota lp3h stage  count
    0  NaT  Kabupaten Paser  NaN   NaN   <NA>
    """
    rows = frame.reset_index(drop=True)
    typed: dict[str, pd.Series] = {}
    for name, dtype in columns.items():
        if name not in rows:
            typed[name] = _missing(dtype, rows.index)
        else:
            own = rows[name]
            typed[name] = own if own.dtype == dtype else own.astype(dtype)
    return pd.DataFrame(typed, rows.index, copy=False)


def text_array(values: pa.LargeStringArray) -> ArrowStringArray:
    """Arrow text as pandas' `str`, sharing memory; without the questions that `pd.array` asks of every column."""
    return ArrowStringArray(values, dtype=_STR)


def _missing(dtype: str, index: pd.Index) -> pd.Series:
    """A column without a value; made as such, because pandas would look at each missing text one by one."""
    if dtype == TEXT:
        return pd.Series(text_array(pa.nulls(len(index), pa.large_string())), index, copy=False)
    return pd.Series(pd.NaT if dtype == DATE else pd.NA if dtype == STATED else None, index, dtype=dtype)
