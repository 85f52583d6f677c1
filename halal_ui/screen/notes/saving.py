"""Writing notes: each through `access.require`, and what happened in a sentence."""

import logging
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from halal_store import StoreError
from halal_ui.screen import access, data
from halal_ui.words.masks import HIDDEN, restored
from halal_ui.words.note_fields import ANEW, FIELDS, NOTE_LABEL, is_empty, missing

WHAT: Final = {
    "obstacle": "mencatat kendala",
    "action": "mencatat tindak lanjut",
    "decision": "mencatat keputusan",
    "event": "mencatat peristiwa",
    "institution": "memasukkan LP3H ke daftar",
}
LOST: Final = (
    "Tanda •••••• menggantikan nomor atau alamat yang disamarkan, dan tidak dapat dikenali lagi setelah diubah: belum "
    "ada yang disimpan, catatan lama tetap utuh. Tulis lagi nomornya lengkap, atau hapus tandanya."
)
BACK: Final = "membatalkan perubahan catatan"


def add(kind: str, stated: Mapping[str, Any], meeting_id: str | None) -> str:
    """Notes something new. "" where it is saved, else the sentence that says why it is not."""
    return refusal(kind, {}, stated) or write(kind, stated, meeting_id)


def refusal(kind: str, before: Mapping[str, Any], stated: Mapping[str, Any]) -> str:
    """Why `stated` may not be written of a note as it was drawn (`before`; {}: a new one); "" where it may."""
    given = {name: before.get(name) for name in FIELDS[kind]} | dict(stated)
    if lacking := missing(kind, given):
        return f"Isi dahulu {', '.join(lacking)}: tanpa itu catatan belum berarti, jadi belum ada yang disimpan."
    try:
        access.require(WHAT[kind], lp3h=_whose(before, given))
    except access.NotAllowed as refused:
        return str(refused)
    return ""


def write(kind: str, stated: Mapping[str, Any], meeting_id: str | None, note_id: str | None = None) -> str:
    """
    Adds a note, or states some fields of one anew: what others changed meanwhile in its other fields stays. ""
    where it is saved, else why not.
    """
    if note_id is None:
        stated = ANEW.get(kind, {}) | {name: value for name, value in stated.items() if not is_empty(value)}
    try:
        store = data.log()
        before = {} if note_id is None else _note(kind, note_id)
        stated = {name: _unhidden(value, before.get(name)) for name, value in stated.items()}
        if any(isinstance(value, str) and HIDDEN in value for value in stated.values()):
            return LOST
        by = access.require(WHAT[kind], lp3h=_whose(before, {**before, **stated}))
        store.note(kind, stated, by=by, meeting=meeting_id, note_id=note_id)
    except (access.NotAllowed, StoreError) as refused:
        logging.getLogger(__name__).warning("note refused: %s", refused)
        return str(refused)
    data.renew()
    return ""


def take_back(record_id: str, meeting_id: str | None) -> str:
    """Undoes one change. "" where it is undone, else why not."""
    try:
        store = data.log()
        made = store.changes()
        fields = made[made["record_id"] == record_id]
        by = access.require(BACK, lp3h=None if fields.empty else _whose_change(fields), uploaded_by=_made_by(fields))
        # outside a meeting it leaves the papers of the one it was noted for
        own = next(iter(fields["meeting"].dropna()), None)
        store.take_back(record_id, by=by, meeting=meeting_id or own)
    except (access.NotAllowed, StoreError) as refused:
        logging.getLogger(__name__).warning("not taken back: %s", refused)
        return str(refused)
    data.renew()
    return ""


def _unhidden(typed: Any, before: Any) -> Any:
    """What was typed into a cell that showed a number hidden: the number stays, unless it was typed over."""
    return restored(typed, before) if isinstance(typed, str) and isinstance(before, str) else typed


def _note(kind: str, note_id: str) -> dict[str, Any]:
    """A note as it stands this moment; {} where there is none."""
    notes = data.log().notes(kind)
    return next(iter(notes[notes["note_id"] == note_id].to_dict("records")), {})


def _whose(*states: Mapping[str, Any]) -> list[str] | None:
    """
    The institutions that a note names, before and after; None where it names none, so that it concerns everybody.

    >>> _whose({}, {"lp3h": "PWI Kaltim"}), _whose({"lp3h": None, "action": "surat"}, {"lp3h": "PWI Kaltim"})
    (['PWI Kaltim'], None)
    """
    named = [state.get("lp3h") for state in states if state]
    return None if not named or any(map(is_empty, named)) else [str(name) for name in named]


def _whose_change(fields: pd.DataFrame) -> list[str] | None:
    """The institutions of a change that is to be taken back: of its note as it stands, and as the change had it."""
    change = fields.iloc[0]
    own = fields[fields["field"] == "lp3h"]
    states = [{"lp3h": name} for column in ("before", "after") for name in own[column].dropna()]
    return _whose(_note(change["kind"], change["note_id"]) or {"lp3h": None}, *states)


def _made_by(fields: pd.DataFrame) -> str | None:
    return None if fields.empty else str(fields["by"].iloc[0])


def told(kind: str, added: int, changed: int) -> str:
    """
    >>> told("action", 1, 2)
    'Tindak lanjut disimpan: 1 baru, 2 diubah.'
    """
    parts = [f"{count} {what}" for count, what in ((added, "baru"), (changed, "diubah")) if count]
    return (
        f"{NOTE_LABEL[kind]} disimpan: {', '.join(parts)}."
        if parts
        else "Tidak ada yang berubah, jadi tidak ada yang disimpan."
    )
