"""The log as frames: one row an upload, one row a record."""

from typing import Final

import pandas as pd

from halal_metrics.schema import COUNT, DATE, TEXT, conform
from halal_store.log import Log
from halal_store.moments import Clock

HISTORY: Final = {
    "upload_id": TEXT,
    "received_at": DATE,
    "by": TEXT,
    "note": TEXT,
    "filename": TEXT,
    "sha256": TEXT,
    "table": TEXT,
    "statement_date": DATE,  # the latest in the file
    "rows": COUNT,
    "rejected": COUNT,
    "skipped": COUNT,
    "warnings": COUNT,
    "undone_at": DATE,  # missing while the upload counts
    "undone_by": TEXT,
    "undo_reason": TEXT,
}
"""`Store.history`: column → dtype."""

RECORDS: Final = ("record_id", "received_at", "by", "kind", "facts")
"""`Store.records`; facts are dicts."""

_OF_THE_HEAD: Final = [name for name in HISTORY if name not in ("upload_id", "received_at") and "undo" not in name]


def history(log: Log, clock: Clock) -> pd.DataFrame:
    """The uploads in order of arrival, each with its undo if there is one."""
    uploads, undone = log.uploads, log.undone
    undos = [undone.get(entry.id) for entry in uploads]
    told = {name: [entry.head[name] for entry in uploads] for name in _OF_THE_HEAD}
    told |= {
        "upload_id": [entry.id for entry in uploads],
        "received_at": clock.column([entry.received_at for entry in uploads]),
        "undone_at": clock.column([undo and undo.received_at for undo in undos]),
        "undone_by": [undo and undo.head["by"] for undo in undos],
        "undo_reason": [undo and undo.head["reason"] for undo in undos],
    }
    frame = pd.DataFrame(told)
    return conform(frame.assign(statement_date=pd.to_datetime(frame["statement_date"])), HISTORY)


def records(log: Log, clock: Clock, kind: str | None) -> pd.DataFrame:
    """What was recorded, of one kind or of all, in order of arrival."""
    found = [entry for entry in log.entries if entry.kind not in ("upload", "undo") and kind in (None, entry.kind)]
    told = {
        "record_id": pd.Series([entry.id for entry in found], dtype="str"),
        "received_at": clock.column([entry.received_at for entry in found]),
        "by": pd.Series([entry.head["by"] for entry in found], dtype="str"),
        "kind": pd.Series([entry.kind for entry in found], dtype="str"),
        "facts": pd.Series([entry.head["facts"] for entry in found], dtype="object"),
    }
    return pd.DataFrame(told, columns=list(RECORDS))
