"""
Entries of the log: an upload, an undo, or a record of something decided.

An entry is one Parquet file of the wide table COLUMNS, one row a fact; `head` is what is known of it without opening
that file, and travels in the log itself.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from halal_metrics.personal import BUSINESS_NUMBERS, column_without_nik, without_nik, without_nik_anywhere
from halal_metrics.schema import COUNT, DATE, STATED, TABLES, TEXT, conform
from halal_metrics.sheets import Upload
from halal_metrics.sheets.values.cells import array

ARROW: Final = {TEXT: pa.string(), DATE: pa.date32(), COUNT: pa.int64(), STATED: pa.int64()}
"""dtype → its type on disk. Dates are days: a timestamp without a zone is a Delta feature that few readers know."""

ENTRY: Final = {
    "entry_id": pa.string(),
    "kind": pa.string(),  # upload, accepted, rejected, skipped, problem; undo; else what a record is of
    "place": pa.int64(),  # of the row among those of its kind
    "received_at": pa.timestamp("us", tz="UTC"),
    "received_by": pa.string(),
    "remark": pa.string(),  # the note of an upload, the reason of an undo
    "undoes": pa.string(),  # the entry_id of the upload
    "table_name": pa.string(),
    "file_name": pa.string(),
    "file_sha256": pa.string(),
    "facts": pa.string(),  # JSON: of an upload how it was read, of a rejected row its cells, of a record everything
}
PROBLEM: Final = {
    "severity": TEXT,
    "code": TEXT,
    "sheet": TEXT,
    "row": STATED,
    "column": TEXT,
    "value": TEXT,
    "message": TEXT,
}
SKIPPED: Final = {"source_sheet": TEXT, "source_row": COUNT, "code": TEXT, "reason": TEXT, "content": TEXT}
REJECTED: Final = {"source_sheet": TEXT, "source_row": COUNT, "reason": TEXT}

# `row` and `column` are words of SQL, and a sheet and a row are named as everywhere else
_ON_DISK: Final = {"sheet": "source_sheet", "row": "source_row", "column": "column_name"}

COLUMNS: Final = pa.schema(
    ENTRY
    | {name: ARROW[dtype] for table in TABLES.values() for name, dtype in table.items()}
    | {name: ARROW[dtype] for name, dtype in (SKIPPED | PROBLEM).items() if name not in _ON_DISK}
    | {"column_name": pa.string()}
)
"""The wide table: of the entry, of the five tables (one type a name), of problems and rows left out."""


@dataclass(frozen=True)
class Entry:
    """One entry as it stands in the log. `arrival` is its version there: entries are in this order, and gaps occur."""

    arrival: int
    head: dict[str, Any]
    received_at: pd.Timestamp
    """UTC."""
    file: str
    """The Parquet file, below the log's folder."""
    size: int
    sha256: str

    @property
    def id(self) -> str:
        return self.head["id"]

    @property
    def kind(self) -> str:
        return self.head["kind"]


def entry_rows(head: dict[str, Any], received_at: pd.Timestamp, parts: list[pa.Table]) -> tuple[bytes, int]:
    """
    The Parquet file of an entry, and its number of rows: the parts, each of one kind, with what is true of the whole
    entry in every row.
    """
    whole = {
        "entry_id": head["id"],
        "received_at": received_at.to_pydatetime(),
        "received_by": head["by"],
        "remark": head.get("note") or head.get("reason"),
        "undoes": head.get("undoes"),
        "table_name": head.get("table"),
        "file_name": head.get("filename"),
        "file_sha256": head.get("sha256"),
    }
    tables = []
    for part in parts:
        for name, value in whole.items():
            part = part.append_column(ENTRY_FIELDS[name], pa.array([value] * part.num_rows, ENTRY[name]))
        tables.append(part)
    rows = pa.concat_tables(tables, promote_options="default")
    missing = {field.name: pa.nulls(len(rows), field.type) for field in COLUMNS if field.name not in rows.column_names}
    for name, nulls in missing.items():
        rows = rows.append_column(name, nulls)
    out = pa.BufferOutputStream()
    pq.write_table(rows.select(COLUMNS.names).combine_chunks(), out, compression="zstd", store_schema=False)
    return out.getvalue().to_pybytes(), len(rows)


ENTRY_FIELDS: Final = {name: pa.field(name, dtype) for name, dtype in ENTRY.items()}


def upload_parts(upload: Upload) -> tuple[dict[str, Any], list[pa.Table]]:
    """What the head says of an upload, and its rows."""
    columns, frame = TABLES[upload.table], typed(upload)
    dates = frame["statement_date"].dropna() if "statement_date" in columns else frame.iloc[:0, 0]
    head = {
        "table": upload.table,
        "filename": upload.filename,
        "sha256": upload.sha256,
        "bytes": len(upload.content),
        "statement_date": dates.max().date().isoformat() if len(dates) else None,
        "rows": len(frame),
        "rejected": len(upload.rejected),
        "skipped": sum(sheet.skipped for sheet in upload.sheets),
        "warnings": int((upload.problems["severity"] == "warning").sum()),
    }
    rejected = _distinct(upload.rejected)
    raw = rejected.drop(columns=list(REJECTED))
    facts = {
        "sheets": [asdict(sheet) for sheet in upload.sheets],
        "choices": upload.choices,
        "rejected_columns": {name: str(dtype) for name, dtype in rejected.dtypes.items()},
    }
    problems = conform(upload.problems, PROBLEM).rename(columns=_ON_DISK)
    lines = str(raw.to_json(orient="records", lines=True, date_format="iso", force_ascii=False)).split("\n")
    parts = [
        _part("upload", 1, facts=[_json(without_nik_anywhere(facts))]),
        _part("accepted", len(frame), frame, columns),
        _part("rejected", len(rejected), rejected[list(REJECTED)], REJECTED, facts=lines[: len(rejected)]),
        _part("skipped", len(upload.skipped), conform(upload.skipped, SKIPPED), SKIPPED),
        _part("problem", len(problems), problems, {_ON_DISK.get(name, name): PROBLEM[name] for name in PROBLEM}),
    ]
    return head, parts


def typed(upload: Upload) -> pd.DataFrame:
    """The accepted rows, exactly as schema.TABLES[table]."""
    return conform(upload.frame, TABLES[upload.table])


def fact_part(kind: str, facts: dict[str, Any] | None = None) -> pa.Table:
    """The single row of an undo or a record."""
    return _part(kind, 1, facts=[_json(facts)] if facts is not None else [None])


def _part(
    kind: str, count: int, frame: pd.DataFrame | None = None, columns: dict[str, str] | None = None, **more: list
) -> pa.Table:
    told = {"kind": pa.array([kind] * count, pa.string()), "place": pa.array(np.arange(count), pa.int64())}
    if frame is not None:
        told |= {name: _on_disk(_kept(frame[name], name), ARROW[dtype]) for name, dtype in (columns or {}).items()}
    return pa.table(told | {name: pa.array(values, COLUMNS.field(name).type) for name, values in more.items()})


def _kept(values: pd.Series, name: str) -> pd.Series | pa.Array:
    """Without a NIK, which a sheet's or a file's name may hold too; a business's own numbers as they are."""
    if values.dtype != TEXT or name in BUSINESS_NUMBERS:
        return values
    return column_without_nik(array(values))


def _on_disk(values: pd.Series | pa.Array, dtype: pa.DataType) -> pa.Array | pa.ChunkedArray:
    # a date is at midnight by contract: cutting off the time of day takes nothing away
    return pa.array(values, from_pandas=True).cast(dtype, safe=dtype != pa.date32())


def _distinct(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with each column's name its own: raw rows have the sender's headers, and JSON keeps one of a name."""
    seen: dict[str, int] = {}
    names = []
    for name in map(without_nik, map(str, frame.columns)):
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return frame.set_axis(names, axis=1)


def _json(facts: Any) -> str:
    return json.dumps(facts, ensure_ascii=False, default=_plain)


def plain(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts as they will be read back: dates are text, tuples lists."""
    return json.loads(_json(facts))


def _plain(value: Any) -> Any:
    if isinstance(value, set | frozenset | tuple):
        return list(value)
    if hasattr(value, "isoformat"):
        return None if value is pd.NaT else value.isoformat()
    if isinstance(value, np.generic):
        return value.item()
    return str(value)


def read_rows(content: bytes, columns: list[str] | None = None) -> pa.Table:
    """The rows of an entry's file. A column that was not thought of when it was written is missing throughout."""
    rows = pq.read_table(pa.BufferReader(content), columns=columns, use_threads=False)
    for name in columns or COLUMNS.names:
        if name not in rows.column_names:
            rows = rows.append_column(COLUMNS.field(name), pa.nulls(len(rows), COLUMNS.field(name).type))
    return rows


def accepted(rows: pa.Table, table: str) -> pd.DataFrame:
    """The accepted rows of an upload, exactly as schema.TABLES[table]."""
    return frame_of(of_kind(rows, "accepted"), TABLES[table])


def accepted_table(rows: pa.Table, table: str, day: date, arrival: int) -> pa.Table:
    """The same for a fold: in Arrow, stated on the `day` of receipt where the sheet has no date, with its place."""
    part = of_kind(rows, "accepted")
    told = part.select(list(TABLES[table]))
    if "statement_date" in TABLES[table]:
        at = told.column_names.index("statement_date")
        told = told.set_column(at, "statement_date", pc.fill_null(told["statement_date"], pa.scalar(day, pa.date32())))
    arrivals = pa.array(np.full(len(part), arrival, "int64"))
    return told.append_column("arrival", arrivals).append_column("place", part["place"])


def of_kind(rows: pa.Table, kind: str) -> pa.Table:
    return rows.filter(pc.equal(rows["kind"], kind))


def frame_of(
    rows: pa.Table, columns: dict[str, str], *, named: Callable[[str], str] = lambda name: name
) -> pd.DataFrame:
    """These columns as a frame of these dtypes."""
    arrays = {}
    for name, dtype in columns.items():
        values = rows[named(name)]
        if dtype == DATE:
            values = values.cast(pa.timestamp("us"))
        arrays[name] = values.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get) if dtype == STATED else (
            values.cast(pa.large_string()) if dtype == TEXT else values
        ).to_pandas()  # fmt: skip
    return conform(pd.DataFrame(arrays, columns=list(columns)), columns)


def problems_of(rows: pa.Table) -> pd.DataFrame:
    """`Upload.problems` again."""
    return frame_of(of_kind(rows, "problem"), PROBLEM, named=lambda name: _ON_DISK.get(name, name))


def skipped_of(rows: pa.Table) -> pd.DataFrame:
    """`Upload.skipped` again."""
    return frame_of(of_kind(rows, "skipped"), SKIPPED)


def rejected_of(rows: pa.Table, dtypes: dict[str, str]) -> pd.DataFrame:
    """`Upload.rejected` again: the sender's own headers, then where and why."""
    part = of_kind(rows, "rejected")
    raw = pd.DataFrame([json.loads(line) for line in part["facts"].to_pylist()], columns=list(dtypes))
    where = frame_of(part, REJECTED)
    return raw.assign(**{name: where[name] for name in REJECTED})[list(dtypes)].astype(dtypes)


def facts_of(rows: pa.Table, kind: str) -> dict[str, Any]:
    """The facts of the one row of a kind."""
    return json.loads(of_kind(rows, kind)["facts"][0].as_py() or "{}")


def sheets_of(facts: dict[str, Any]) -> list[dict[str, Any]]:
    """The records of an upload's sheets as plain data; `statement_date` is a Timestamp or None."""
    return [
        sheet | {"statement_date": pd.Timestamp(sheet["statement_date"]) if sheet["statement_date"] else None}
        for sheet in facts["sheets"]
    ]
