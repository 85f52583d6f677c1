"""What of a committed file goes back to its sender, also long after: read again from the log as it was read then."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

import pandas as pd

from halal_metrics.sheets import Upload, read_upload
from halal_store import StoredUpload
from halal_ui.exports.doubtful_rows import doubtful
from halal_ui.intake.choices import cells_of
from halal_ui.words.formats import fmt_count


def to_hand_back(upload: Upload | StoredUpload) -> str:
    """
    How many rows go back, in words: those not taken, and those taken with a cell in doubt; "" where there are none.
    """
    counts = {"yang ditolak": len(upload.rejected), "mohon diperiksa": doubtful(upload)["place"].nunique()}
    return " dan ".join(f"{fmt_count(count)} baris {what}" for what, count in counts.items() if count)


def stem_told_apart(filename: str, sha256: str, history: pd.DataFrame) -> str:
    """
    What the names of files made of a file begin with: its digest too, where the log has another file of its name.

    >>> history = pd.DataFrame({"filename": ["data.xlsx"] * 2, "sha256": ["a1b2c3d4", "e5f6a7b8"]})
    >>> stem_told_apart("data.xlsx", "a1b2c3d4", history), stem_told_apart("mei.xlsx", "c9", history)
    ('data sidik a1b2c3', 'mei')
    """
    others = history["filename"].eq(filename) & history["sha256"].ne(sha256)
    return PurePath(filename).stem + (f" sidik {sha256[:6]}" if bool(others.any()) else "")


def read_again(stored: StoredUpload, original: bytes, *, codes: tuple[str, ...]) -> Upload:
    """A committed file with its content, read with the choices that were made for it."""
    made: Mapping[str, Any] = stored.choices
    choices = {"table": stored.table, **made, "corrections": cells_of(made.get("corrections", ()))}
    day = f"{stored.received_at:%Y-%m-%d}"
    return read_upload(original, filename=stored.filename, codes=codes, received=day, **choices)
