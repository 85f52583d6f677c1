"""What a note is made of, and whose it is."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from halal_store import Store
from halal_store.notes import KINDS
from halal_ui.screen import access, data
from halal_ui.screen.access import permission
from halal_ui.screen.notes import saving
from halal_ui.words.note_fields import FIELDS, QUICK, changed, missing, said

UINSI, UNMUL = "LP3H UINSI Samarinda", "Halal Center Universitas Mulawarman"
RINA = access.Actor("Rina", "operator")
SITI = access.Actor("Siti", "lp3h", lp3h=UINSI, email="siti@uinsi.example")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The store that notes are written to; nobody looks at it."""
    made = Store(tmp_path / "store", time_zone="Asia/Makassar")
    monkeypatch.setattr(data, "log", lambda: made)
    monkeypatch.setattr(data, "renew", lambda: None)
    return made


@pytest.fixture
def stands(monkeypatch: pytest.MonkeyPatch) -> Callable[[access.Actor], None]:
    """Sets who acts."""
    return lambda actor: monkeypatch.setattr(permission, "standing", lambda: (actor, ""))


@pytest.mark.parametrize("kind", FIELDS)
def test_what_is_asked_is_kept(kind: str):
    """Every field on screen is one of the store's, and the short form asks what the note cannot do without."""
    assert set(FIELDS[kind]) <= set(KINDS[kind])
    needed = {name for name, field in FIELDS[kind].items() if field.needed}
    assert needed
    if kind in QUICK:
        assert needed <= set(QUICK[kind]) <= set(FIELDS[kind])


def test_only_what_is_another_has_changed():
    """The same day written differently, spaces around a word, an empty cell left empty: no change. Emptied: one."""
    before = {"action": "surat", "due_date": pd.Timestamp("2025-06-11"), "evidence": None, "status": "todo"}
    same = {"action": " surat ", "due_date": "2025-06-11", "evidence": "  ", "status": "todo"}
    assert changed("action", before, same) == {}
    assert changed("action", before, {"due_date": None, "evidence": "foto"}) == {"due_date": None, "evidence": "foto"}


def test_values_are_read_as_people_say_them():
    """Names for codes; an institution that no list has stands as it was written."""
    assert said("obstacle", "category", "K10") == "K10 · Antrean sidang fatwa"
    assert said("obstacle", "lp3h", "LP3H Baru Sekali") == "LP3H Baru Sekali"
    assert missing("obstacle", {"category": " "}) == ["Kendala"]


def test_staff_of_an_lp3h_note_what_names_their_own(store: Store, stands: Callable):
    """What names another institution, or none, is for an operator; so is taking a note from one to another."""
    stands(SITI)
    assert saving.add("action", {"action": "Lengkapi foto", "lp3h": UINSI}, None) == ""
    for others in (UNMUL, None, " "):
        assert "UINSI" in saving.add("action", {"action": "Lengkapi foto", "lp3h": others}, None)
    (own,) = store.notes("action").to_dict("records")
    assert own["noted_by"] == SITI.by
    assert saving.write("action", {"status": "doing"}, None, own["note_id"]) == ""
    for others in (UNMUL, None):
        assert "UINSI" in saving.write("action", {"lp3h": others}, None, own["note_id"])
    assert store.notes("action")["lp3h"].tolist() == [UINSI]
    assert store.notes("action")["status"].tolist() == ["doing"]


def test_staff_of_an_lp3h_cannot_take_a_note_of_others(store: Store, stands: Callable):
    """Naming their own institution in another's note does not make it theirs."""
    stands(RINA)
    saving.add("obstacle", {"category": "K3", "lp3h": UNMUL}, None)
    saving.add("obstacle", {"category": "K10"}, None)
    notes = store.notes("obstacle")
    stands(SITI)
    for note in notes.to_dict("records"):
        assert "mintalah operator" in saving.write("obstacle", {"lp3h": UINSI}, None, note["note_id"])
        assert "mintalah operator" in saving.refusal("obstacle", note, {"lp3h": UINSI})
    assert store.notes("obstacle").equals(notes)


def test_staff_of_an_lp3h_take_back_what_they_noted(store: Store, stands: Callable):
    """Their own records only: not an operator's about their institution, nor anybody's about another."""
    stands(RINA)
    saving.add("action", {"action": "Kirim surat", "lp3h": UINSI}, None)
    saving.add("action", {"action": "Rapat ulang"}, None)
    stands(SITI)
    saving.add("action", {"action": "Lengkapi foto", "lp3h": UINSI}, None)
    records = store.changes().drop_duplicates("record_id").set_index("by")["record_id"]
    for record in records["Rina"]:
        assert "mintalah operator" in saving.take_back(record, None)
    assert saving.take_back(records[SITI.by], None) == ""
    assert store.notes("action")["action"].tolist() == ["Kirim surat", "Rapat ulang"]
    assert saving.take_back("tidak-ada", None) != ""


def test_a_viewer_notes_nothing(store: Store, monkeypatch: pytest.MonkeyPatch):
    """Without a name or an account nothing is written, and the sentence says what to do."""
    monkeypatch.setattr(permission, "standing", lambda: (access.Actor("", "viewer"), "name"))
    assert "Tulis dahulu nama Anda untuk mencatat keputusan" in saving.add("decision", {"text": "ya"}, None)
    assert "Tulis dahulu nama Anda" in saving.write("decision", {"text": "ya"}, None)
    assert store.records().empty
