"""What a whole file leaves unsaid though its figures hang on it: a question, answered once for all of its rows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from halal_metrics.schema import STAGE_DATES
from halal_metrics.sheets import Upload
from halal_ui.intake.choices import Choices
from halal_ui.intake.saved_mappings import named_in, sheets_read
from halal_ui.intake.understood import headings

ASKED: Final = {
    "applications": ("status", "lp3h", "kab_kota"),
    "recaps": ("kab_kota", "lp3h"),
    "quotas": ("kab_kota", "lp3h"),
}
"""Table → the columns that are asked for where a file has nothing of them."""

_EITHER: Final = frozenset({"recaps", "quotas"})
"""Tables of which a row needs a place or an institution: an LP3H states its own, an OPD its own."""

_LATER: Final = (*STAGE_DATES[1:], "exit_date")
"""The dates that tell a stage: a day of submission is there before and after a cancellation alike."""

_OURS: Final = re.compile(r" - (ditolak|mohon diperiksa)$")
"""What the name of a workbook handed back ends with says nothing of its rows."""


@dataclass(frozen=True)
class Unsaid:
    """`rows` of a file say nothing of `column`."""

    column: str
    rows: int
    offered: str | None = None
    """What the file's name, a title or the sender's name suggests: the first answer, never taken unasked."""
    answered: bool = False
    answer: str | None = None
    """What was said of all rows; None with `answered`: that nobody knows."""


def unsaid(upload: Upload, choices: Choices, *, filename: str, sender: str | None) -> list[Unsaid]:
    """
    Every column of ASKED of which sheets have neither a column nor, in any row, a value from a title, a sheet's name or
    an address; and those of which that was answered. A column that an unused header looks like is asked about there.
    """
    found = []
    looked_like: set[str | None] | None = None
    for column in ASKED.get(upload.table, ()):
        answer = choices.defaults.get(column)
        rows = _rows(upload, column)
        if answer is not None or column in choices.unknown:
            found.append(Unsaid(column, rows, answered=True, answer=answer))
        elif rows:
            if looked_like is None:
                looked_like = {heading.looks_like for heading in headings(upload, choices)}
            if column not in looked_like:
                found.append(Unsaid(column, rows, _offered(upload, column, filename, sender)))
    return found


def _rows(upload: Upload, column: str) -> int:
    """How many rows are of sheets that say nothing of the column."""
    frame = upload.frame
    either = upload.table in _EITHER
    told = frame[["kab_kota", "lp3h"]].notna().any(axis=1) if either else frame[column].notna()
    rows = 0
    for record in sheets_read(upload):
        of_it = frame["source_sheet"].eq(record.name)
        silent = of_it & ~told
        if not bool(silent.any()) or column in record.mapping.values():
            continue
        if column == "status":
            rows += 0 if frame.loc[of_it, list(_LATER)].notna().any(axis=None) else int(silent.sum())
        elif not bool((of_it & told).any()):
            rows += int(silent.sum())
    return rows


def _offered(upload: Upload, column: str, filename: str, sender: str | None) -> str | None:
    texts = (_OURS.sub("", text) for text in _texts(upload, filename, sender))
    return next((name for text in texts if (name := named_in(text, column))), None)


def _texts(upload: Upload, filename: str, sender: str | None) -> Iterator[str]:
    yield PurePath(filename).stem
    for record in sheets_read(upload):
        yield record.name
        yield from record.titles
    if sender:
        yield sender
