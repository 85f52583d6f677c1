"""Uploads → current tables. A pure fold: what the sheets say decides, not when they arrived."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pandas as pd

from halal_metrics.schema import (
    APPLICATIONS,
    CANDIDATES,
    CERTIFICATES,
    QUOTAS,
    RECAPS,
    TABLES,
    conform,
    empty,
)
from halal_store.identity import application_of

ORDER: Final = ["statement_date", "arrival"]


@dataclass(frozen=True)
class Statement:
    """One upload's rows, as they count: which table, the frame, when it was received."""

    table: str
    frame: pd.DataFrame
    received_at: pd.Timestamp


@dataclass(frozen=True)
class Tables:
    """
    The five tables, one row a thing, and `statements`: every application row of every upload, an application's in
    the order of their statement dates.
    """

    quotas: pd.DataFrame
    applications: pd.DataFrame
    recaps: pd.DataFrame
    candidates: pd.DataFrame
    certificates: pd.DataFrame
    statements: pd.DataFrame


def fold(uploads: Iterable[Statement]) -> Tables:
    """
    The tables as the uploads, in order of arrival, leave them.

    >>> row = pd.DataFrame({"registration_number": ["SH2025-1-990001"], "nib": ["9900000000001"], "source_row": 2})
    >>> later = row.assign(statement_date=pd.Timestamp("2025-05-16"), status="issued", nib=None)
    >>> early = row.assign(statement_date=pd.Timestamp("2025-05-02"), status="submitted")
    >>> tables = fold([Statement("applications", frame, pd.Timestamp("2025-06-01")) for frame in (later, early)])
    >>> tables.applications[["registration_number", "nib", "status"]]
      registration_number            nib  status
    0     SH2025-1-990001  9900000000001  issued

    Applications: for each column the latest statement that has a value wins; of equal statement dates the later
    arrival. A row without a statement_date takes the day of receipt.
    """
    rows = _stacked(uploads)
    statements = rows["applications"].assign(application=application_of(rows["applications"]))
    statements = statements.sort_values(["application", *ORDER], kind="stable", ignore_index=True)
    recaps, candidates, certificates = rows["recaps"], rows["candidates"], rows["certificates"]
    return Tables(
        quotas=_quotas(rows["quotas"]),
        applications=conform(statements.groupby("application").last(), APPLICATIONS),
        recaps=conform(recaps.drop_duplicates(["kab_kota", "lp3h", "statement_date"], keep="last"), RECAPS),
        candidates=_latest(candidates, CANDIDATES, candidates["nib"]),
        certificates=_latest(
            certificates, CERTIFICATES, certificates["certificate_number"].fillna(certificates["nib"])
        ),
        statements=conform(statements, APPLICATIONS),
    )


def _stacked(uploads: Iterable[Statement]) -> dict[str, pd.DataFrame]:
    """All rows of each table, with the place in the order of arrival as `arrival`."""
    parts: dict[str, list[pd.DataFrame]] = {table: [] for table in TABLES}
    for arrival, upload in enumerate(uploads):
        frame = conform(upload.frame, TABLES[upload.table])
        if "statement_date" in frame:
            frame["statement_date"] = frame["statement_date"].fillna(upload.received_at.normalize())
        parts[upload.table].append(frame.assign(arrival=arrival))
    return {
        table: pd.concat(frames, ignore_index=True) if frames else empty(TABLES[table] | {"arrival": "int64"})
        for table, frames in parts.items()
    }


def _quotas(rows: pd.DataFrame) -> pd.DataFrame:
    """Every plan; of two of one statement date the later arrival, whole."""
    latest = rows.groupby("statement_date")["arrival"].transform("max")
    return conform(rows[rows["arrival"] == latest].sort_values(ORDER, kind="stable"), QUOTAS)


def _latest(rows: pd.DataFrame, columns: dict[str, str], number: pd.Series) -> pd.DataFrame:
    """
    The latest arrival of each thing. `number` tells it apart, else its business_name in its kab_kota; a row without
    either stays by itself.
    """
    identity = number.fillna(rows["business_name"] + " · " + rows["kab_kota"].fillna(""))
    again = identity.notna() & identity.duplicated(keep="last")
    return conform(rows[~again], columns)
