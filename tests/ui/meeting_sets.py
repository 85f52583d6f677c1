"""Meetings without a store: their tables, and what was noted at them, as rows."""

import math
from dataclasses import dataclass, field

import pandas as pd

from halal_metrics.schema import ACTIONS, DECISIONS, EVENTS, OBSTACLES, TABLES, conform
from halal_store import Contents, Meeting
from halal_store.notes import NOTED
from halal_store.tables import Statement, fold
from halal_ui.snapshot.meeting_set import MeetingSet, meeting_set
from halal_ui.words.formats import fmt_count, fmt_number, fmt_rate

HISTORY = {
    "upload_id": "str",
    "filename": "str",
    "table": "str",
    "rows": "int64",
    "rejected": "int64",
    "sha256": "str",
    "received_at": "datetime64[us]",
    "statement_date": "datetime64[us]",
    "undone_at": "datetime64[us]",
}
NOTES = {"obstacles": OBSTACLES, "actions": ACTIONS, "decisions": DECISIONS, "events": EVENTS}


@dataclass
class Known:
    """What was known at a meeting: rows of quotas and applications, notes by name, and the day."""

    as_of: str
    quotas: list = field(default_factory=list)
    applications: list = field(default_factory=list)
    notes: dict = field(default_factory=dict)


def set_of(known: Known, before: Known | None = None) -> MeetingSet:
    return meeting_set(meeting_of(known, None if before is None else meeting_of(before, None)))


def meeting_of(known: Known, previous: Meeting | None) -> Meeting:
    at = pd.Timestamp(known.as_of) + pd.Timedelta(hours=9)
    uploads = [
        Statement(table, frame_of(rows, TABLES[table]), at)
        for table, rows in (("quotas", known.quotas), ("applications", known.applications))
        if rows
    ]
    name = f"R-{known.as_of}"
    contents = Contents(name, fold(uploads), frame_of([{"filename": "a.csv", "received_at": at}], HISTORY))
    meeting = Meeting(
        id=name,
        title="Rapat Koordinasi",
        date=pd.Timestamp(known.as_of),
        starts_at=at,
        place="Ruang rapat",
        codes=None,
        as_of=pd.Timestamp(known.as_of),
        known_at=at,
        frozen_at=at,
        by="Operator",
        record_id="0" * 12,
        records=pd.DataFrame(),
        _contents=lambda: contents,
        _previous=lambda: previous,
    )
    for kind, columns in NOTES.items():  # in place of what would be folded from the records
        rows = [
            {"note_id": f"{number:012}", "meeting": name} | row for number, row in enumerate(known.notes.get(kind, ()))
        ]
        meeting.__dict__[kind] = frame_of(rows, columns | NOTED)
    return meeting


def foreseen_numbers(found: MeetingSet) -> set[str]:
    """What may be said of what is to come: the bands and chances at the date of verdicts, and the plan of the weeks."""
    view, ahead, planned = found.view, found.numbers.foresight, found.numbers.weekly_plan
    bands = ahead.forecast(view.scope, [ahead.target])
    sure = [ahead.chances(view.scope, [ahead.target], measure=name, shares=(1.0,)) for name in ("used", "issued")]
    rows = planned.plan.rows
    needed = sum(math.ceil(one) for one in rows["required_per_week"])
    return {
        *(fmt_count(value) for name in ("p10", "p90") for value in bands[name]),
        *(fmt_rate(chance, digits=0) for frame in sure for chance in frame["chance"]),
        fmt_count(needed), fmt_number(rows["pace_per_week"].sum()), fmt_count(planned.plan.goal),
    }  # fmt: skip


def frame_of(rows: list, columns: dict) -> pd.DataFrame:
    dates = [name for name, dtype in columns.items() if dtype.startswith("datetime")]
    counts = [name for name, dtype in columns.items() if dtype == "int64"]
    frame = pd.DataFrame(rows, columns=list(columns), dtype="object").fillna(dict.fromkeys(counts, 0))
    return conform(frame.assign(**{name: pd.to_datetime(frame[name]) for name in dates}), columns)
