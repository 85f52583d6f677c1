"""A file against what the log knows: what committing it would do, and what it did."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from halal_metrics.sheets import Upload
from halal_store import Preview
from halal_ui.intake.changes import Rates
from halal_ui.intake.saved_mappings import sheets_read


@dataclass(frozen=True)
class Check:
    """What committing a file would do, as the log stood at `version`, on the day `as_of`."""

    version: str
    read_as: str
    preview: Preview
    before: Rates
    after: Rates


@dataclass(frozen=True)
class Stored:
    """What committing it did."""

    upload_id: str
    received_at: pd.Timestamp
    by: str
    counts: dict[str, int]
    before: Rates
    after: Rates


def stated(upload: Upload) -> date | None:
    """The latest day for which a file states its rows."""
    dates = [record.statement_date for record in sheets_read(upload) if record.statement_date is not None]
    return max(dates).date() if dates else None


def touched(upload: Upload, preview: Preview) -> list[str | None]:
    """The institutions of a file's rows, and those that the changed ones had before: whose data a commit writes."""
    columns = [(upload.frame, "lp3h"), (preview.changed, "lp3h_before")]
    names = pd.concat([frame[name] for frame, name in columns if name in frame] or [pd.Series(dtype="str")])
    return [None if pd.isna(name) else str(name) for name in names.tolist()]


def held(history: pd.DataFrame, sha256: str) -> pd.DataFrame:
    """The uploads of these very bytes that count, one for each of its tables that was committed."""
    return history.loc[history["sha256"].eq(sha256) & history["undone_at"].isna()]
