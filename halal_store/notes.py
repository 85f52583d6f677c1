"""
Notes people take: obstacles, actions, decisions, events, new LP3H. Each is the sum of what was recorded of it.

A record states some fields of one note; for each field the last record wins. A record that is taken back counts for
nothing from then on, and a note whose first record is taken back is gone. Nothing is ever deleted from the log.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

import pandas as pd

from halal_metrics.personal import has_nik
from halal_metrics.schema import ACTIONS, COUNT, DATE, DECISIONS, EVENTS, INSTITUTIONS, OBSTACLES, STATED, TEXT, conform

KINDS: Final[dict[str, dict[str, str]]] = {
    "obstacle": OBSTACLES,
    "action": ACTIONS,
    "decision": DECISIONS,
    "event": EVENTS,
    "institution": INSTITUTIONS,
}
"""Kind of note → its columns."""

TAKEN_BACK: Final = "taken_back"
"""Kind of the record that takes another one back."""

NOTED: Final = {
    "meeting": TEXT,  # at which it was noted; missing: at none
    "noted_at": DATE,
    "noted_by": TEXT,
    "changed_at": DATE,
    "changed_by": TEXT,
}
"""What the log adds to every note."""

CHANGES: Final = {
    "record_id": TEXT,
    "received_at": DATE,
    "by": TEXT,
    "kind": TEXT,
    "note_id": TEXT,
    "field": TEXT,
    "before": TEXT,  # as the log keeps it: dates as 2025-06-04
    "after": TEXT,
    "meeting": TEXT,
    "taken_back_at": DATE,  # missing while the record counts
    "taken_back_by": TEXT,
    "reason": TEXT,
}
"""`changes`: column → dtype."""


class Noted(NamedTuple):
    """What was added to the log: of which note, under which record, when (on the store's clock)."""

    note_id: str
    record_id: str
    received_at: pd.Timestamp
    version: str


def plain(kind: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """
    Fields of a note as the log keeps them: dates as text, missing as None.

    >>> fields = {"due_date": pd.Timestamp("2025-06-11"), "responsible": " UINSI ", "evidence": float("nan")}
    >>> plain("action", fields)
    {'due_date': '2025-06-11', 'responsible': 'UINSI', 'evidence': None}

    A field the kind does not have is an error: it would be kept and never shown.
    """
    columns = {name: dtype for name, dtype in KINDS[kind].items() if name != "note_id"}
    if unknown := sorted(set(fields) - set(columns)):
        raise ValueError(f"{kind} has no field {', '.join(unknown)}: it would be kept and never shown")
    return {name: _plain(value, columns[name]) for name, value in fields.items()}


def fold(records: pd.DataFrame, kind: str) -> pd.DataFrame:
    """
    The notes of a kind as the records, in order of arrival, leave them: its columns and NOTED, the oldest first.

    `records`: as `Store.records` gives them, those of kind TAKEN_BACK among them.
    """
    back = taken_back(records)
    notes: dict[str, dict[str, Any]] = {}
    gone = set()
    for record in _of(records, [kind]):
        facts = record["facts"]
        note_id, first = facts["note"], facts["first"]
        if record["record_id"] in back:
            gone |= {note_id} if first else set()
            continue
        noted = {"changed_at": record["received_at"], "changed_by": record["by"]}
        if first:
            noted |= {"noted_at": record["received_at"], "noted_by": record["by"], "meeting": facts["meeting"]}
        notes[note_id] = notes.get(note_id, {"note_id": note_id}) | facts["stated"] | noted
    rows = [note for note_id, note in notes.items() if note_id not in gone]
    return _typed(pd.DataFrame(rows, dtype="object"), KINDS[kind] | NOTED)


def changes(records: pd.DataFrame) -> pd.DataFrame:
    """Who stated what and when, before and after: one row a field of a record (CHANGES), in order of arrival."""
    back, now, rows = taken_back(records), {}, []
    for record in _of(records, list(KINDS)):
        note = now.setdefault(record["facts"]["note"], {})
        undo = back.get(record["record_id"], {})
        common = {name: record[name] for name in ("record_id", "received_at", "by", "kind")}
        common |= {"note_id": record["facts"]["note"], "meeting": record["facts"]["meeting"]}
        common |= {"taken_back_at": undo.get("received_at"), "taken_back_by": undo.get("by")}
        common |= {"reason": undo.get("facts", {}).get("reason")}
        for field, value in record["facts"]["stated"].items():
            rows.append(common | {"field": field, "before": _text(note.get(field)), "after": _text(value)})
        if not undo:  # what came after a record taken back is compared with what counts
            note.update(record["facts"]["stated"])
    return _typed(pd.DataFrame(rows, dtype="object"), CHANGES)


def taken_back(records: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """record_id → the record that took it back."""
    return {record["facts"]["record"]: record for record in _of(records, [TAKEN_BACK])}


def _of(records: pd.DataFrame, kinds: Iterable[str]) -> list[dict[str, Any]]:
    return records[records["kind"].isin(list(kinds))].to_dict("records")


def _plain(value: Any, dtype: str) -> Any:
    if isinstance(value, str):
        value = value.strip() or None
    if value is None or pd.isna(value):
        return None
    if dtype == DATE:
        return pd.Timestamp(value).normalize().isoformat()[:10]
    if dtype in (COUNT, STATED):
        return None if has_nik(f"{int(value)}") else int(value)  # no count is so large
    return str(value)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _typed(rows: pd.DataFrame, columns: dict[str, str]) -> pd.DataFrame:
    """Rows of plain values as a frame of these columns; what none states is missing throughout."""
    found = {
        name: pd.to_datetime(rows[name]).astype(dtype) if dtype == DATE else rows[name].astype(dtype)
        for name, dtype in columns.items()
        if name in rows
    }
    return conform(pd.DataFrame(found), columns)
