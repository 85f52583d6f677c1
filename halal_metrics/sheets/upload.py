"""The door through which every spreadsheet comes in: read_upload, and what it hands back."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
import pandas as pd

from halal_metrics import schema
from halal_metrics.sheets import checks
from halal_metrics.sheets.files import LIMIT, read_grids
from halal_metrics.sheets.problems import Finding, Problems, UnreadableFile
from halal_metrics.sheets.sheet import Sheet, look_at, read

TABLE_LABELS: Final = {
    "quotas": "kuota",
    "applications": "pengajuan",
    "recaps": "rekap",
    "candidates": "calon pelaku usaha",
    "certificates": "sertifikat program lain",
}
"""The five tables as staff call them."""

WHERE: Final = {"source_sheet": schema.TEXT, "source_row": schema.COUNT, "reason": schema.TEXT}
"""The last columns of `Upload.rejected`."""


@dataclass(frozen=True)
class SheetRecord:
    """What was decided about one sheet; read = accepted + rejected + skipped."""

    name: str
    header_row: int | None = None
    """1-based; None where the sheet was not read."""
    mapping: dict[str, str] = field(default_factory=dict)
    """Header → column."""
    statement_date: pd.Timestamp | None = None
    """The latest date for which the sheet states its rows."""
    read: int = 0
    accepted: int = 0
    rejected: int = 0
    skipped: int = 0


@dataclass(frozen=True)
class Upload:
    """A file as understood: rows taken, rows not taken, and everything there is to say about them."""

    table: str
    filename: str
    sha256: str
    frame: pd.DataFrame
    """Accepted rows, exactly as schema.TABLES[table]."""
    rejected: pd.DataFrame
    """Rows not taken, as they were written (but for NIK), with `source_sheet, source_row, reason`."""
    problems: pd.DataFrame
    """`severity, code, sheet, row, column, value, message`."""
    sheets: tuple[SheetRecord, ...]


def read_upload(
    source: str | Path | bytes | BinaryIO,
    *,
    filename: str | None = None,
    table: str | None = None,
    mapping: dict[str, str | None] | None = None,
    defaults: dict[str, Any] | None = None,
) -> Upload:
    """
    Read a spreadsheet (xlsx, csv and relatives, parquet; told by content) into one of the five tables.

    `table` says which one; without it, the one with most rows, told by the columns. Other sheets are said.
    `mapping` {source header: column, or None to leave it} overrules what a header is taken for.
    `defaults` {column: value} fills columns the sheet lacks, not empty cells; canonical words or the sheet's own.

    >>> upload = read_upload(b"No. Daftar;Nama PU;Status\\nSH2025-1-100001;Dapur Rekaan;OF74\\n", filename="mei.csv")
    >>> upload.table, upload.frame["status"].tolist(), upload.sheets[0].accepted
    ('applications', ['fatwa'], 1)

    Every non-blank row below a header is accepted, rejected (kept in `.rejected` with its reason) or skipped because
    it is no record (said in `.problems`); for every sheet the three add up to the rows read. NIK is kept nowhere.

    Raises UnreadableFile for what cannot be read at all, whatever the bytes; ValueError for a table or a column that
    does not exist.
    """
    mapping, defaults = mapping or {}, defaults or {}
    _check_arguments(table, mapping, defaults)
    content, filename = _content(source, filename)
    sheets = _look_at_all(content, filename, table, mapping)
    problems = Problems()
    chosen = _choose(sheets, table)
    frames = []
    for sheet in sheets:
        if sheet.passed_over:
            problems.add(Finding(sheet.passed_over), sheet=sheet.name)
        elif sheet.naming.table != chosen:
            problems.add(_other_table(sheet), sheet=sheet.name)
            sheet.skipped = sheet.read
        else:
            frames.append(read(sheet, filename, defaults, problems))
    frame = schema.conform(pd.concat(frames, ignore_index=True), schema.TABLES[chosen])
    if chosen == "applications":
        frame = _one_row_each(frame, sheets, problems)
        for sheet, rows in _by_sheet(frame, sheets):
            for column, finding in checks.contradictions(rows):
                where = {"rows": rows["source_row"].to_numpy(), "header": sheet.header_of(column)}
                problems.add(finding, sheet=sheet.name, column=column, **where)
    return Upload(
        chosen,
        filename,
        hashlib.sha256(content).hexdigest(),
        frame,
        _rejected(sheets),
        problems.frame(),
        _records(sheets, frame, chosen),
    )


def _check_arguments(table: str | None, mapping: dict[str, str | None], defaults: dict[str, Any]) -> None:
    if table is not None and table not in schema.TABLES:
        raise ValueError(f"no table {table!r}: one of {', '.join(schema.TABLES)}")
    known = {column for columns in schema.TABLES.values() for column in columns} - set(schema.SOURCE)
    unknown = {column for column in (*mapping.values(), *defaults) if column} - known
    if unknown:
        raise ValueError(f"no column {', '.join(sorted(unknown))}: its values would silently go nowhere")


def _content(source: str | Path | bytes | BinaryIO, filename: str | None) -> tuple[bytes, str]:
    if isinstance(source, str | Path):
        path = Path(source)
        if path.stat().st_size > LIMIT:
            raise UnreadableFile("too_large")
        return path.read_bytes(), filename or path.name
    if isinstance(source, bytes | bytearray | memoryview):
        return bytes(source), filename or "berkas"
    return source.read(), filename or Path(str(getattr(source, "name", "berkas"))).name


def _look_at_all(content: bytes, filename: str, table: str | None, mapping: dict[str, str | None]) -> list[Sheet]:
    """Every sheet; those that seem to hold another table than the given one only count as it if none seems to."""
    grids = read_grids(content, name=Path(filename).stem)
    sheets = [look_at(grid, mapping) for grid in grids]
    if table and all(sheet.naming.table != table for sheet in sheets):
        sheets = [look_at(grid, mapping, table) for grid in grids]
    return sheets


def _choose(sheets: list[Sheet], table: str | None) -> str:
    rows: Counter = Counter()
    for sheet in sheets:
        if not sheet.passed_over:
            rows[sheet.naming.table] += sheet.read
    if not rows:
        raise UnreadableFile("no_header")
    return table or max(rows, key=lambda name: rows[name])


def _other_table(sheet: Sheet) -> Finding:
    label = TABLE_LABELS[sheet.naming.table or ""]
    return Finding("sheet_other_table", values=[label], facts={"rows": sheet.read})


def _by_sheet(frame: pd.DataFrame, sheets: list[Sheet]) -> list[tuple[Sheet, pd.DataFrame]]:
    if len(sheets) == 1:
        return [(sheets[0], frame)]
    return [(sheet, frame[frame["source_sheet"] == sheet.name]) for sheet in sheets]


def _one_row_each(frame: pd.DataFrame, sheets: list[Sheet], problems: Problems) -> pd.DataFrame:
    """The frame without rows whose registration number it has again: identical ones skipped, others rejected."""
    identical, less_advanced, kept = checks.duplicates(frame)
    left_out = np.concatenate([identical, less_advanced])
    if not len(left_out):
        return frame
    rows, names = frame["source_row"].to_numpy(), frame["source_sheet"].to_numpy()
    by_name = {sheet.name: sheet for sheet in sheets}
    codes = ["duplicate_identical"] * len(identical) + ["duplicate_less_advanced"] * len(less_advanced)
    said = pd.DataFrame({"at": left_out, "sheet": names[left_out], "code": codes})
    said["other"] = [
        f"baris {rows[other]}" + (f" lembar {names[other]}" if names[other] != names[at] else "")
        for at, other in zip(left_out, kept, strict=True)
    ]
    for _, part in said.groupby(["sheet", "code"], sort=False):
        name, code, at = part["sheet"].iloc[0], part["code"].iloc[0], part["at"].to_numpy()
        sheet = by_name[name]
        sentences = Finding(code, at, part["other"].tolist()).spoken()
        column = "registration_number"
        finding = Finding(code, at, frame[column].iloc[at].tolist(), sentences=sentences)
        problems.add(finding, sheet=name, rows=rows, column=column, header=sheet.header_of(column))
        if code == "duplicate_identical":
            sheet.skipped += len(at)
        else:
            sheet.reject(rows[at].tolist(), sentences)
    return frame.drop(left_out).reset_index(drop=True)


def _rejected(sheets: list[Sheet]) -> pd.DataFrame:
    parts = [sheet.rejected_rows() for sheet in sheets if sheet.rejected]
    if not parts:
        return schema.empty(WHERE)
    rows = pd.concat(parts, ignore_index=True)
    raw = [name for name in rows if name not in WHERE]
    return rows[[*raw, *WHERE]].astype(WHERE)


def _records(sheets: list[Sheet], frame: pd.DataFrame, table: str) -> tuple[SheetRecord, ...]:
    records = []
    for sheet, rows in _by_sheet(frame, sheets):
        if sheet.passed_over:
            records.append(SheetRecord(sheet.name))
            continue
        dates = rows["statement_date"].dropna() if "statement_date" in rows else rows.iloc[:0, 0]
        records.append(
            SheetRecord(
                sheet.name,
                sheet.header + 1,
                sheet.naming.columns,
                dates.max() if len(dates) else None,
                read=sheet.read,
                accepted=len(rows),
                rejected=len(sheet.rejected),
                skipped=sheet.skipped,
            )
        )
    return tuple(records)
