"""An upload read back from the log."""

from typing import Any, NamedTuple

import pandas as pd

from halal_store import entries
from halal_store.entries import Entry
from halal_store.moments import Clock


class StoredUpload(NamedTuple):
    """An upload as it was committed; `sheets` and `choices` as plain data."""

    upload_id: str
    table: str
    filename: str
    sha256: str
    received_at: pd.Timestamp
    by: str
    note: str
    frame: pd.DataFrame
    rejected: pd.DataFrame
    problems: pd.DataFrame
    skipped: pd.DataFrame
    sheets: list[dict[str, Any]]
    choices: dict[str, Any]


def stored(entry: Entry, content: bytes, clock: Clock) -> StoredUpload:
    """The upload of an entry; `content` is the file with its rows."""
    head, rows = entry.head, entries.read_rows(content)
    facts = entries.facts_of(rows, "upload")
    return StoredUpload(
        upload_id=entry.id,
        table=head["table"],
        filename=head["filename"],
        sha256=head["sha256"],
        received_at=clock.local(entry.received_at),
        by=head["by"],
        note=head["note"],
        frame=entries.accepted(rows, head["table"]),
        rejected=entries.rejected_of(rows, facts["rejected_columns"]),
        problems=entries.problems_of(rows),
        skipped=entries.skipped_of(rows),
        sheets=entries.sheets_of(facts),
        choices=facts["choices"],
    )
