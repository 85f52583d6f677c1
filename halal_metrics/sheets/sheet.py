"""One sheet: looked at (which table, which columns), then read into rows taken and rows not taken."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa

from halal_metrics import places, schema
from halal_metrics.sheets import checks, headers
from halal_metrics.sheets.cells import Distinct, scrub_nik, series
from halal_metrics.sheets.files import Grid
from halal_metrics.sheets.naming import SUMMED, Naming, name_columns
from halal_metrics.sheets.numbers import read_counts
from halal_metrics.sheets.problems import Finding, Problems
from halal_metrics.sheets.recaps import to_cumulative
from halal_metrics.sheets.rows import blank, find_header, header_names, no_records
from halal_metrics.sheets.values import read_text, read_values, read_words

_PEEK_ROWS: Final = 1000


@dataclass
class Sheet:
    """A sheet on its way from grid to rows; what is not known yet is empty."""

    grid: Grid
    passed_over: str | None = None
    """Why the sheet is not read, a code of SENTENCES."""
    header: int = -1
    """Position of the header row."""
    columns: dict[str, pa.LargeStringArray] = field(default_factory=dict)
    """Header → the cells below it, in the rows that hold anything; later in those that are records."""
    rows: np.ndarray = field(default_factory=lambda: np.empty(0, np.int64))
    """Row number of each, as the spreadsheet program shows it."""
    naming: Naming = field(default_factory=lambda: Naming(None))
    read: int = 0
    skipped: int = 0
    rejected: dict[int, str] = field(default_factory=dict)
    """Row number → why it was not taken."""

    @property
    def name(self) -> str:
        return self.grid.name

    def peek(self, header: str) -> list[str]:
        return Distinct(self.columns[header].slice(0, _PEEK_ROWS).drop_null()).values

    def header_of(self, column: str) -> str:
        """The header as the sender wrote it, for messages."""
        named = (header for header, known in self.naming.columns.items() if known == column)
        return next(named, headers.label(column))

    def keep(self, flags: np.ndarray) -> None:
        if not flags.all():
            self.columns = {name: values.filter(pa.array(flags)) for name, values in self.columns.items()}
            self.rows = self.rows[flags]

    def reject(self, rows: Iterable[int], reasons: Iterable[str]) -> None:
        self.rejected |= {row: reason[:1].upper() + reason[1:] for row, reason in zip(rows, reasons, strict=True)}

    def rejected_rows(self) -> pd.DataFrame:
        """The rows not taken, as they were written, without NIK, with where they stood and why they were not taken."""
        rows = sorted(self.rejected)
        at = pa.array(np.searchsorted(self.rows, rows))
        raw = {
            name: series(scrub_nik(values.take(at)))
            for name, values in self.columns.items()
            if name not in self.naming.nik
        }
        return pd.DataFrame(
            raw
            | {
                "source_sheet": pd.Series(self.name, range(len(rows)), schema.TEXT),
                "source_row": rows,
                "reason": pd.Series([self.rejected[row] for row in rows], dtype=schema.TEXT),
            }
        )


def look_at(grid: Grid, mapping: dict[str, str | None], table: str | None = None) -> Sheet:
    """What the sheet seems to be: its header row, its table (or the given one), its columns."""
    if grid.hidden or not grid.rows:
        return Sheet(grid, passed_over="sheet_hidden" if grid.hidden else "sheet_empty")
    header = find_header(grid, mapping)
    if header is None:
        return Sheet(grid, passed_over="sheet_without_table")
    names = header_names(grid, header)
    sheet = Sheet(
        grid,
        header=header,
        columns={name: grid.columns[column].slice(header + 1) for column, name in names.items()},
        rows=np.arange(header + 2, grid.rows + 1),
    )
    sheet.keep(~blank(list(sheet.columns.values()), len(sheet.rows)))
    sheet.read = len(sheet.rows)
    by_key = {headers.key(name): column for name, column in mapping.items()}
    given = {name: by_key[headers.key(name)] for name in sheet.columns if headers.key(name) in by_key}
    sheet.naming = name_columns(list(sheet.columns), sheet.peek, table=table, mapping=given)
    if sheet.naming.table is None or not sheet.naming.columns:
        sheet.passed_over = "sheet_without_table"
        sheet.read = 0
    return sheet


def read(sheet: Sheet, filename: str, defaults: dict[str, Any], problems: Problems) -> pd.DataFrame:
    """
    The rows of a sheet that was looked at, as its table's columns that it has; rows it cannot take are in
    `sheet.rejected`, rows that are no record counted in `sheet.skipped`, and all is said in `problems`.
    """
    naming, table = sheet.naming, sheet.naming.table
    for header, finding in naming.findings:
        problems.add(finding, sheet=sheet.name, column=naming.columns.get(header), header=header)
    if not sheet.read:
        problems.add(Finding("no_rows"), sheet=sheet.name)
    _skip_no_records(sheet, problems)
    frame = pd.DataFrame(_columns(sheet, defaults, problems), index=range(len(sheet.rows)))
    if table == "recaps":
        total = None
        if naming.total:
            total, _ = read_counts(sheet.columns[naming.total])
        frame, findings = to_cumulative(frame, total)
        for finding in findings:
            problems.add(finding, sheet=sheet.name, rows=sheet.rows)
    frame["source_file"] = pd.Series(filename, frame.index, schema.TEXT)
    frame["source_sheet"] = pd.Series(sheet.name, frame.index, schema.TEXT)
    frame["source_row"] = sheet.rows
    for finding in checks.unusable(frame, table):
        problems.add(finding, sheet=sheet.name, rows=sheet.rows)
        sheet.reject(sheet.rows[finding.at].tolist(), finding.spoken())
        frame = frame.drop(frame.index[finding.at])
    return frame


def _skip_no_records(sheet: Sheet, problems: Problems) -> None:
    record = np.ones(len(sheet.rows), bool)
    for finding in no_records(sheet.columns, sheet.naming.columns, len(sheet.rows), sheet.naming.table):
        problems.add(finding, sheet=sheet.name, rows=sheet.rows)
        record[finding.at] = False
    sheet.keep(record)
    sheet.skipped = int((~record).sum())


def _columns(sheet: Sheet, defaults: dict[str, Any], problems: Problems) -> dict[str, Any]:
    """Column → its values, of the columns the sheet has or a default gives."""
    dtypes = schema.TABLES[sheet.naming.table]
    columns: dict[str, Any] = {}
    for header, column in sheet.naming.columns.items():
        values, findings = read_values(column, dtypes[column], sheet.columns[header])
        for finding in findings:
            problems.add(finding, sheet=sheet.name, rows=sheet.rows, column=column, header=header)
        if column == SUMMED and column in columns:
            values = columns[column].add(values, fill_value=0)
        columns[column] = values
        if column == "status" and "status_raw" in dtypes:
            raw = read_words(sheet.columns[header])
            columns.setdefault("status_raw", series(raw.spread_text(raw.values)))
    for column, given in defaults.items():
        if column in dtypes and column not in columns and given is not None:
            columns |= _default(sheet, column, given, problems)
    if "kab_kota" in dtypes and "address" in columns:
        columns["kab_kota"] = _with_places(sheet, columns.get("kab_kota"), columns["address"], problems)
    return columns


def _default(sheet: Sheet, column: str, given: Any, problems: Problems) -> dict[str, pd.Series]:
    text = given.isoformat()[:10] if isinstance(given, dt.date) else str(given)
    value, findings = read_values(
        column, schema.TABLES[sheet.naming.table][column], pa.array([text], pa.large_string())
    )
    for finding in findings:
        whole = Finding(finding.code, None, finding.values, finding.facts, finding.sentences)
        problems.add(whole, sheet=sheet.name, column=column, header=headers.label(column))
    rows = range(len(sheet.rows))
    filled = {column: pd.Series(value).reindex([0] * len(rows)).set_axis(rows)}
    return filled | ({"status_raw": pd.Series(text, rows, schema.TEXT)} if column == "status" else {})


def _with_places(sheet: Sheet, own: pd.Series | None, addresses: pd.Series, problems: Problems) -> pd.Series:
    """The places with each empty cell filled by the place its address names; one not understood stays missing."""
    headers_of_places = [header for header, column in sheet.naming.columns.items() if column == "kab_kota"]
    if own is None:
        filled = places.find(addresses)
        count = int(filled.notna().sum())
        if count:
            problems.add(
                Finding("place_from_address_column", facts={"rows": count}), sheet=sheet.name, column="kab_kota",
                header=headers.label("kab_kota"),
            )  # fmt: skip
        return filled
    if not headers_of_places:  # given as a default for the whole sheet
        return own
    empty = series(read_text(sheet.columns[headers_of_places[0]])).isna()
    filled = places.find(addresses[empty]).dropna()
    problems.add(
        Finding("place_from_address", filled.index.to_numpy(np.int64), filled.tolist()),
        sheet=sheet.name, rows=sheet.rows, column="kab_kota", header=headers_of_places[0],
    )  # fmt: skip
    return own.where(~own.index.isin(filled.index), filled.reindex(own.index)).astype(schema.TEXT)
