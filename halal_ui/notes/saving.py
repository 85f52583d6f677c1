"""Writing notes: each through `access.require`, and what happened in a sentence."""

import logging
from collections.abc import Mapping
from typing import Any, Final

from halal_store import StoreError
from halal_ui import access, data
from halal_ui.notes.fields import ANEW, NAME, is_empty, missing

WHAT: Final = {
    "obstacle": "mencatat kendala",
    "action": "mencatat tindak lanjut",
    "decision": "mencatat putusan",
    "event": "mencatat peristiwa",
}
BACK: Final = "membatalkan perubahan catatan"


def add(kind: str, stated: Mapping[str, Any], meeting_id: str | None) -> str:
    """Notes something new. "" where it is saved, else the sentence that says why it is not."""
    given = ANEW.get(kind, {}) | {name: value for name, value in stated.items() if not is_empty(value)}
    if lacking := missing(kind, given):
        return f"Isi dahulu {', '.join(lacking)}: tanpa itu catatan belum berarti, jadi belum disimpan."
    return _write(kind, given, meeting_id, None)


def change(kind: str, note_id: str, stated: Mapping[str, Any], meeting_id: str | None) -> str:
    """States some fields of a note anew; what others changed meanwhile in other fields stays."""
    return _write(kind, stated, meeting_id, note_id)


def _write(kind: str, stated: Mapping[str, Any], meeting_id: str | None, note_id: str | None) -> str:
    try:
        by = access.require(WHAT[kind])
        data.store().note(kind, stated, by=by, meeting=meeting_id, note_id=note_id)
    except (access.NotAllowed, StoreError) as refused:
        logging.getLogger(__name__).warning("note refused: %s", refused)
        return str(refused)
    data.renew()
    return ""


def take_back(record_id: str, meeting_id: str | None) -> str:
    """Undoes one change. "" where it is undone, else why not."""
    try:
        by = access.require(BACK)
        data.store().take_back(record_id, by=by, meeting=meeting_id)
    except (access.NotAllowed, StoreError) as refused:
        logging.getLogger(__name__).warning("not taken back: %s", refused)
        return str(refused)
    data.renew()
    return ""


def told(kind: str, added: int, changed: int) -> str:
    """
    >>> told("action", 1, 2)
    'Tindak lanjut disimpan: 1 baru, 2 diubah.'
    """
    parts = [f"{count} {what}" for count, what in ((added, "baru"), (changed, "diubah")) if count]
    return (
        f"{NAME[kind]} disimpan: {', '.join(parts)}."
        if parts
        else "Tidak ada yang berubah, jadi tidak ada yang disimpan."
    )
