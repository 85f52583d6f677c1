"""The page Kendala through app.py, without a browser: read, filled in, changed, taken back."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from halal_store import Store
from halal_ui.screen.access.actors import NAME_KEY
from halal_ui.screen.notes.sections import ACTS, CHANGES, DECIDED, EVENTS, HINDERS, SECTIONS
from halal_ui.words.note_fields import NOTE_LABEL

ROOT = Path(__file__).parents[2]
MEETING = "R-2025-06-04"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, demo_to: Callable[[Path], Path]) -> Store:
    """The store that the app shows, with two meetings and their notes; whoever looks sits at the machine."""
    monkeypatch.setenv("PANTAU_HALAL_STORE", str(demo_to(tmp_path / "store")))
    monkeypatch.setattr("halal_ui.screen.data.LOOK_AGAIN", 0)  # what the tests note is seen at once
    monkeypatch.setattr("halal_ui.screen.access.actors.at_keyboard", lambda: True)
    return Store(tmp_path / "store", time_zone="Asia/Makassar")


def opened(section: str = HINDERS, *, name: str | None = "Rina", **query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.session_state[NAME_KEY] = name
    for key, value in query.items():
        app.query_params[key] = value
    app.run().switch_page("pages/act/obstacles.py").run()
    return app if section == HINDERS else app.segmented_control(key="bagian").set_value(section).run()


def words(app: AppTest) -> str:
    """Everything the page says, without its markup."""
    assert not app.exception
    assert not app.error
    text = " ".join(part.proto.body for part in app.get("html"))
    text = re.sub(r"<style.*?</style>|<script.*?</script>", " ", text, flags=re.DOTALL)
    alerts = [part.value for part in [*app.info, *app.warning, *app.toast, *app.caption, *app.markdown]]
    return " ".join(" ".join([re.sub(r"<[^>]+>", " ", text), *alerts]).split())


def save(app: AppTest, kind: str, *, edited: dict[int, dict] | None = None, added: list[dict] | None = None) -> AppTest:
    """What an editor sends, and the button under it."""
    key, _ = app.session_state[f"tabel catatan{kind}"]
    app.session_state[key] = {"edited_rows": edited or {}, "added_rows": added or [], "deleted_rows": []}
    return app.button(key=f"simpan-{kind}").click().run()


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_opens(store: Store, section: str):
    """At the keyboard or not, for a place and an institution alone, and where nothing concerns them."""
    assert words(opened(section))
    said = words(opened(section, name=None))
    assert f"Tulis dahulu nama Anda untuk {'membatalkan' if section == CHANGES else 'mencatat'}" in said
    assert words(opened(section, kab="Kabupaten Paser", lp3h="PWI Kaltim"))


def test_an_event_says_what_it_cost(store: Store):
    """The outage of 2 and 3 June, in the province and in a place; and on its mark on the first page's curve."""
    phrase = "Gangguan SIHALAL: kurang 13 pengajuan dan 3 sertifikat terbit dari biasanya"
    assert phrase in words(opened(EVENTS))
    assert phrase not in words(opened(EVENTS, kab="Kota Bontang"))
    store.note(
        "event", {"text": "Jemput bola", "kind": "other", "date": "2025-06-04", "until_date": "2025-06-30"}, by="A"
    )
    assert "Jemput bola" not in re.sub("<[^>]*>", "", words(opened(EVENTS)))


def test_who_has_no_name_finds_no_button(store: Store):
    """They read, and are asked for their name."""
    assert not [button for button in opened(name=None).button if (button.key or "").startswith("simpan-")]


def test_a_new_note_is_saved(store: Store):
    """In the chosen meeting's papers, with who noted it; the table starts anew and a second click saves nothing."""
    app = opened(DECIDED, rapat=MEETING)
    before = len(store.notes("decision"))
    save(app, "decision", added=[{"text": "Sidang fatwa tambahan tiap Jumat"}, {}])
    assert "Keputusan disimpan: 1 baru." in words(app)
    note = store.notes("decision").to_dict("records")[-1]
    assert (note["text"], note["meeting"], note["noted_by"]) == ("Sidang fatwa tambahan tiap Jumat", MEETING, "Rina")
    assert "Sidang fatwa tambahan tiap Jumat" in store.meeting(MEETING).decisions["text"].tolist()
    app.button(key="simpan-decision").click().run()
    assert "Tidak ada yang berubah" in words(app)
    assert len(store.notes("decision")) == before + 1


def test_outside_a_meeting_a_note_is_in_no_meetings_papers(store: Store):
    """It is noted, and a frozen meeting stays as it was."""
    before = store.meeting(MEETING).decisions
    save(opened(DECIDED), "decision", added=[{"text": "Di luar rapat"}])
    assert store.notes("decision")["text"].iloc[-1] == "Di luar rapat"
    assert store.meeting(MEETING).decisions.equals(before)


def test_only_changed_fields_are_written_and_others_stay(store: Store):
    """Two people change two fields of one note from tables drawn at the same time: both changes hold."""
    mine, theirs = opened(HINDERS), opened(HINDERS, name="Budi")
    first = store.notes("obstacle").to_dict("records")[0]
    save(theirs, "obstacle", edited={0: {"text": "Uraian Budi"}})
    save(mine, "obstacle", edited={0: {"held": 7, "actor": first["actor"]}})
    assert "Kendala disimpan: 1 diubah." in words(mine)
    now = store.notes("obstacle").set_index("note_id").to_dict("index")[first["note_id"]]
    assert (now["text"], now["held"], now["changed_by"]) == ("Uraian Budi", 7, "Rina")
    assert store.changes().iloc[-1]["field"] == "held"
    records = store.changes()["record_id"].tolist()
    assert records.count(records[-1]) == 1


def test_an_edit_never_lands_on_another_note(store: Store):
    """What was typed while the order changed goes to the note it was typed into, and the table says it is older."""
    app = opened(ACTS)
    _, drawn = app.session_state["tabel catatanaction"]
    last = drawn["note_id"].iloc[-1]
    store.note("action", {"action": "Lewat tenggat", "due_date": "2025-01-02", "status": "todo"}, by="Budi")
    save(app, "action", edited={len(drawn) - 1: {"evidence": "Foto terkirim"}})
    notes = store.notes("action").set_index("note_id")["evidence"]
    assert notes.to_dict()[last] == "Foto terkirim"
    assert notes.tolist().count("Foto terkirim") == 1


def test_without_what_it_needs_nothing_is_saved(store: Store):
    """Not even the other rows, so that the next click saves each once."""
    before = {kind: store.notes(kind) for kind in NOTE_LABEL}
    added = [{"text": "Lengkap", "date": "2025-06-20"}, {"text": "Tanpa tanggal"}]
    app = save(opened(EVENTS), "event", added=added, edited={0: {"text": "Diubah"}})
    assert any("Isi dahulu Tanggal" in one.value for one in app.warning)
    app = save(opened(ACTS), "action", edited={0: {"action": None}})
    assert any("Isi dahulu Tindak lanjut" in one.value for one in app.warning)
    assert all(store.notes(kind).equals(notes) for kind, notes in before.items())


def test_a_refusal_halfway_says_what_was_saved(store: Store, monkeypatch: pytest.MonkeyPatch):
    """Nothing is saved twice: the table starts anew, and the sentence tells how many are in it."""
    app = opened(DECIDED)
    before, write, sent = len(store.notes("decision")), Store.note, []

    def refuse_the_second(self: Store, *args, **kwargs):
        sent.append(args)
        return write(self, *args, **kwargs) if len(sent) == 1 else self.take_back("tidak-ada", by="Rina")

    monkeypatch.setattr(Store, "note", refuse_the_second)
    save(app, "decision", added=[{"text": f"Putusan {n}"} for n in range(3)])
    said = words(app)
    assert "Keputusan disimpan: 1 baru. 2 lagi belum tersimpan" in said
    assert len(store.notes("decision")) == before + 1
    app.button(key="simpan-decision").click().run()
    assert len(store.notes("decision")) == before + 1


def test_without_the_right_nothing_is_written(store: Store):
    """A click that was possible when the page was drawn is refused when it no longer may."""
    app = opened(DECIDED)
    before = store.notes("decision")
    app.session_state[NAME_KEY] = ""
    save(app, "decision", added=[{"text": "Palsu"}])
    assert store.notes("decision").equals(before)


def test_an_institution_that_no_list_has_stays(store: Store):
    """It is shown as it was written, and saving another field leaves it."""
    store.note("obstacle", {"category": "K3", "lp3h": "LP3H Baru Sekali", "held": 3}, by="Budi")
    app = opened(HINDERS)
    _, drawn = app.session_state["tabel catatanobstacle"]
    assert drawn["lp3h"].iloc[-1] == "LP3H Baru Sekali"
    (editor,) = [table for table in app.dataframe if table.proto.id]
    assert "LP3H Baru Sekali" in editor.proto.columns
    save(app, "obstacle", edited={len(drawn) - 1: {"held": 4}})
    last = store.notes("obstacle").to_dict("records")[-1]
    assert (last["lp3h"], last["held"]) == ("LP3H Baru Sekali", 4)


def test_the_filters_narrow(store: Store):
    """A place's notes and those that name none; the other places' are not there."""
    store.note("obstacle", {"category": "K3", "kab_kota": "Kabupaten Paser", "text": "Hanya Paser"}, by="Budi")
    _, everything = opened(HINDERS).session_state["tabel catatanobstacle"]
    _, paser = opened(HINDERS, kab="Kabupaten Paser").session_state["tabel catatanobstacle"]
    assert everything["kab_kota"].nunique() > 1
    assert set(paser["kab_kota"].dropna()) == {"Kabupaten Paser"}
    assert "Hanya Paser" in paser["text"].tolist()
    assert everything["note_id"].tolist() == store.notes("obstacle")["note_id"].tolist()


def test_a_change_is_taken_back(store: Store):
    """The field is as before, the list says who took it back, and the change is still in it."""
    first = store.notes("obstacle").to_dict("records")[0]
    save(opened(HINDERS), "obstacle", edited={0: {"text": "Salah ketik"}})
    app = opened(CHANGES)
    assert "Salah ketik" in words(app)
    app.button(key="batalkan-catatan").click().run()
    said = words(app)
    assert "Perubahan dibatalkan" in said
    assert "Salah ketik" in said
    assert "○ dibatalkan oleh Rina" in said
    assert store.notes("obstacle").iloc[0]["text"] == first["text"]


def test_a_note_taken_back_leaves_its_meetings_papers(store: Store):
    """Also where no meeting is chosen while it is taken back."""
    save(opened(DECIDED, rapat=MEETING), "decision", added=[{"text": "Salah rapat"}])
    assert "Salah rapat" in store.meeting(MEETING).decisions["text"].tolist()
    opened(CHANGES).button(key="batalkan-catatan").click().run()
    assert "Salah rapat" not in store.meeting(MEETING).decisions["text"].tolist()
