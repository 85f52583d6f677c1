"""The demonstration set: invented spreadsheets that come in through the same door as everybody's."""

import os
import re
import tomllib
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

import pandas as pd

from halal_metrics import read_upload
from halal_store import Store, StoreError
from halal_store.notes import KINDS as NOTES
from halal_ui.snapshot.programme import DATA, programme

DEMO: Final = DATA / "demo"

BY: Final = "Data contoh"
"""Who the log says has sent them."""

_ARRIVES: Final = pd.Timedelta(hours=9)
"""Time of the day in its name at which a file of the set is received."""

MEETINGS: Final = DATA / "demo" / "meetings.toml"
"""The two meetings of the set: what they were told, and what was said at them."""


def files() -> list[Path]:
    """The spreadsheets, in the order in which they were sent: their names begin with the day."""
    return sorted(file for file in DEMO.iterdir() if file.suffix in (".xlsx", ".csv"))


@cache
def digests() -> frozenset[str]:
    """What tells a file of the set from a real one: the SHA-256 of its bytes."""
    return frozenset(sha256(file.read_bytes()).hexdigest() for file in files())


def fill(store: Store) -> None:
    """
    Reads and commits the set into a store that holds nothing else, each file on the day in its name; what a start that
    was cut short has left out is made up for. PANTAU_HALAL_DEMO=0 keeps a store as it is.
    """
    if os.environ.get("PANTAU_HALAL_DEMO", "1") == "0":
        return
    history = store.history()
    known = set(history["sha256"])
    if known - digests():
        return
    for file in files():
        if sha256(file.read_bytes()).hexdigest() in known:
            continue
        sent = re.match(r"\d{4}-\d\d-\d\d", file.name)
        assert sent, f"{file.name} does not begin with its day"
        try:
            upload = read_upload(file, codes=programme().codes)
            store.commit(upload, by=BY, received_at=pd.Timestamp(sent[0]) + _ARRIVES)
        except StoreError as refused:  # another process that starts on the same store was quicker
            if refused.code not in ("already_committed", "out_of_order"):
                raise
    _meet(store)


def _meet(store: Store) -> None:
    """
    Freezes the meetings of the set, each as it was known on its day, and notes what was said; once only, and not in a
    store somebody has worked in since: there the log has gone on past the days of the set.
    """
    history = store.history()
    if len(store.records()) or bool(history["undone_at"].notna().any()):
        return
    at = history["received_at"].max() + pd.Timedelta(hours=1)  # after the last file: the log has one order
    for told in tomllib.loads(MEETINGS.read_text("utf-8"))["meeting"]:
        said = {kind: told.pop(kind, []) for kind in NOTES}
        meeting = store.freeze(**told, known_at=told["date"], codes=programme().codes, by=BY, received_at=at)
        for kind, notes in said.items():
            for note in notes:
                store.note(kind, note, by=BY, meeting=meeting.id, received_at=at)
