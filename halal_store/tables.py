"""Uploads → current tables. A pure fold: what the sheets say decides, not when they arrived."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from halal_metrics.identity import application_of
from halal_metrics.programmes import belongs
from halal_metrics.schema import (
    APPLICATIONS,
    TABLES,
    conform,
    empty,
)

ORDER: Final = ["statement_date", "arrival"]

Rows = dict[str, pd.DataFrame]
"""Table → its rows from every upload, in order of arrival: `arrival` says of which upload, `place` where in it."""

ROW: Final = {"arrival": "int64", "place": "int64"}
NAMED: Final = {"application": "str"}


@dataclass(frozen=True)
class Statement:
    """One upload's rows, as they count: which table, the frame, when it was received (naive, on the store's clock)."""

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

    def of_programme(self, codes: Collection[str]) -> "Tables":
        """
        With the applications of one programme, and every statement of them, whatever code it bore itself: what is
        known last of an application decides. Recaps and quotas bear no code. The very same where all belong.
        """
        return self._only(belongs(self.applications, codes))

    def of_others(self, codes: Collection[str]) -> "Tables":
        """The same of all other programmes."""
        return self._only(~belongs(self.applications, codes))

    def _only(self, some: np.ndarray) -> "Tables":
        if some.all():
            return self
        stays = np.zeros(len(self.statements), bool)
        if some.any():
            names = application_of(self.statements)  # in the order of which applications and statements are
            stays = some[(names != names.shift()).to_numpy(bool).cumsum() - 1]
        applications, statements = self.applications[some], self.statements[stays]
        frames = {"applications": applications, "statements": statements}
        return replace(self, **{name: frame.reset_index(drop=True) for name, frame in frames.items()})


@dataclass(frozen=True)
class Folded:
    """The tables, and the rows they were made of: what is needed to fold one upload more, or one fewer, into them."""

    tables: Tables
    rows: Rows
    """Those of applications in the order of `Tables.statements`, with the `application` each belongs to."""


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
    arrival, and within one upload the later row. A row without a statement_date takes the day of receipt, and shows
    it. Applications are in the order of their names (see `application_of`), recaps in that of their dates.
    """
    return fold_rows(stacked(uploads)).tables


def stacked(uploads: Iterable[Statement]) -> Rows:
    """All rows of each table; arrival is the place in the sequence."""
    parts: dict[str, list[pd.DataFrame]] = {table: [] for table in TABLES}
    for arrival, upload in enumerate(uploads):
        frame = conform(upload.frame, TABLES[upload.table])
        parts[upload.table].append(placed(frame, upload.received_at, arrival))
    return {table: together(frames, table) for table, frames in parts.items()}


def placed(frame: pd.DataFrame, received_at: pd.Timestamp, arrival: int) -> pd.DataFrame:
    """A table's rows with their place in the order; where the sheet gives no date, as stated on the day of receipt."""
    if "statement_date" in frame:
        frame = frame.assign(statement_date=frame["statement_date"].fillna(received_at.normalize()))
    return frame.assign(arrival=arrival, place=np.arange(len(frame)))


def together(frames: list[pd.DataFrame], table: str) -> pd.DataFrame:
    """The frames one below the other; without any, an empty one of the table's columns."""
    return pd.concat(frames, ignore_index=True) if frames else empty(TABLES[table] | ROW)


def fold_rows(rows: Rows) -> Folded:
    """The tables that follow from all rows, which are in order of arrival."""
    statements = in_order(rows["applications"])
    applications = conform(latest_values(statements), APPLICATIONS)
    return finished(applications, statements, rows)


def finished(applications: pd.DataFrame, statements: pd.DataFrame, rows: Rows) -> Folded:
    """The other tables beside the applications and their statements in order."""
    shown = {table: conform(current(table, rows[table]), TABLES[table]) for table in rows if table != "applications"}
    tables = Tables(applications=applications, statements=conform(statements, APPLICATIONS), **shown)
    return Folded(tables, rows | {"applications": statements})


def in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Application rows with the `application` of each; applications by name, each one's rows from old to new."""
    said = rows.drop(columns="application", errors="ignore")  # what they were called before does not matter
    named = said.assign(application=application_of(said))
    return named.sort_values(["application", *ORDER, "place"], ignore_index=True)


def latest_values(statements: pd.DataFrame) -> pd.DataFrame:
    """One row an application: in each column the last value there is. The rows are in order."""
    if statements.empty:
        return statements
    names = statements["application"]
    first = (names != names.shift()).to_numpy(bool)
    starts = np.flatnonzero(first)
    ends = np.append(starts[1:], len(names)) - 1
    every = np.arange(len(names))
    columns = {}
    for column in statements:
        filled = statements[column].notna().to_numpy()
        last = np.maximum.accumulate(np.where(filled, every, -1))[ends]
        # one that has no value takes its own last row, where it is missing too
        columns[column] = statements[column].take(np.where(last >= starts, last, ends)).array
    return pd.DataFrame(columns)


def current(table: str, rows: pd.DataFrame) -> pd.DataFrame:
    """
    The rows of a table other than applications that count.

    Quotas: every plan; of two of one statement date the later arrival, whole. Recaps: for each (kab_kota, lp3h,
    statement_date) the latest arrival, in one upload the later row; in the order of their dates. Candidates and
    certificates: the latest arrival of each thing.
    """
    if table == "quotas":
        latest = rows.groupby("statement_date")["arrival"].transform("max")
        return rows[rows["arrival"] == latest].sort_values([*ORDER, "place"])
    if table == "recaps":
        key = ["statement_date", "kab_kota", "lp3h"]
        return rows.drop_duplicates(key, keep="last").sort_values(key)
    return rows[~identity(table, rows).duplicated(keep="last")]


def identity(table: str, rows: pd.DataFrame) -> pd.Series:
    """
    What tells the rows of a table other than applications apart, as text.

    A candidate: its nib, else its business_name in its kab_kota. A certificate: its number, else its nib, else the
    business_name in the kab_kota. A row with none of them stands by itself. A recap: its place, institution and date.
    An allocation: the same, and which of that plan's for them it is.
    """
    if table in ("quotas", "recaps"):
        name = rows["statement_date"].astype("str").fillna("")
        name = name + " · " + rows["kab_kota"].fillna("") + " · " + rows["lp3h"].fillna("")
        if table == "recaps":
            return name
        return name + " · " + name.groupby([name, rows["arrival"]]).cumcount().astype("str")
    name = rows["nib"].fillna("business " + rows["business_name"] + " · " + rows["kab_kota"].fillna(""))
    if table == "certificates":
        name = rows["certificate_number"].fillna(name)
    return name.fillna("row " + rows["arrival"].astype("str") + " " + rows["place"].astype("str"))
