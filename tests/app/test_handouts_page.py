"""The page Bahan rapat through app.py, without a browser."""

import zipfile
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from halal_store import Store
from halal_ui.screen.access.actors import NAME_KEY
from halal_ui.screen.meeting import papers
from halal_ui.screen.meeting.new_meeting import why_not
from halal_ui.snapshot.programme import programme

ROOT = Path(__file__).parents[2]
ID = "R-2025-06-04"
NOW = datetime.fromisoformat("2025-06-04T10:00")
GIVEN = {
    "title": "Rakor", "date": date(2025, 6, 5), "time": time(9), "as_of": date(2025, 6, 4), "place": "",
    "known_date": None, "known_time": None, "previous": "yang terakhir",
}  # fmt: skip


@pytest.fixture
def store(tmp_path, monkeypatch, demo_to) -> Store:
    """The store that the app shows, with two meetings."""
    monkeypatch.setenv("PANTAU_HALAL_STORE", str(tmp_path / "store"))
    monkeypatch.setattr("halal_ui.screen.access.actors.at_keyboard", lambda: True)
    return Store(demo_to(tmp_path / "store"), time_zone=programme().time_zone)


def opened(**query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.session_state[NAME_KEY] = "Rina Wulandari"
    for key, value in query.items():
        app.query_params[key] = value
    return app.run().switch_page("pages/meeting/handouts.py").run()


def words(app: AppTest) -> str:
    assert not app.exception
    told = [*app.info, *app.warning, *app.success, *app.error, *app.markdown, *app.caption]
    return " ".join([*(part.proto.body for part in app.get("html")), *(part.value for part in told)])


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def test_the_newest_meeting_is_shown_with_its_set(store):
    """The page says the question, the set's id, and what has changed since the meeting before."""
    told = words(opened())
    assert "Apa yang dibawa ke rapat" in told
    assert ID in told
    assert "Perubahan sejak 21 Mei 2025" in told


def test_a_meeting_is_frozen_from_the_form(store):
    """The form freezes a meeting under the name of who sits there, compared with the last one."""
    app = opened()
    app.text_input(key="rapat-title").set_value("Rapat susulan")
    app = press(app, "Bekukan angka rapat")
    made = store.meetings()[-1]
    assert (made.title, made.by) == ("Rapat susulan", "Rina Wulandari")
    assert made.previous is not None
    assert made.previous.id == ID
    assert f"dibekukan sebagai {made.id}" in words(app)


def test_a_meeting_without_title_is_not_frozen(store):
    """Without a title nothing is written, and the page says what to do."""
    app = opened()
    app.text_input(key="rapat-title").set_value("  ")
    app = press(app, "Bekukan angka rapat")
    assert "Tulis dahulu judul rapat" in words(app)
    assert len(store.meetings()) == 2


def test_a_meeting_is_taken_back_with_a_reason(store):
    """Without a reason it stays; with one it is listed no more, yet opens by its id."""
    app = press(opened(), f"Batalkan {ID}")
    assert "Tulis dahulu alasannya" in words(app)
    assert len(store.meetings()) == 2
    app.text_input(key="rapat, alasan batal").set_value("Tanggalnya keliru")
    app = press(app, f"Batalkan {ID}")
    assert [meeting.id for meeting in store.meetings()] == ["R-2025-05-21"]
    assert "sudah dibatalkan" in words(opened(rapat=ID))


def test_a_fault_in_one_paper_leaves_the_others(store, monkeypatch):
    """A paper that cannot be made says so in one sentence; the others are there, each under the meeting's name."""

    def broken(_):
        raise RuntimeError("no room on the device")

    kinds = [papers.Paper("Rusak", "rusak.pdf", "", ":material/error:", broken)]
    kinds.append(papers.Paper("Utuh", "utuh.pdf", "", ":material/print:", lambda meeting: b"utuh"))
    monkeypatch.setattr(papers, "PAPERS", tuple(kinds))
    fresh = store.freeze(title="Rapat baru", date="2025-06-11 09:00", by="Rina Wulandari")  # nothing is made of it yet
    app = press(opened(), "Buat semua (zip)")
    told = words(app)
    assert "Rusak belum dapat dibuat" in told
    assert "no room" not in told
    labels = [button.proto.label for button in app.get("download_button")]
    assert any(label.startswith(f"Unduh {fresh.id} utuh.pdf") for label in labels)


def test_the_zip_holds_what_was_made(store):
    """One file with each paper under its name, the same bytes whenever it is asked for."""
    meeting = store.meeting(ID)
    contents = {paper.file: paper.name.encode() for paper in papers.PAPERS}
    content = papers.zipped(meeting, contents)
    with zipfile.ZipFile(BytesIO(content)) as package:
        assert package.namelist() == [f"{ID} {paper.file}" for paper in papers.PAPERS]
        assert package.read(f"{ID} cetak.pdf") == b"Cetak"
    assert papers.zipped(meeting, contents) == content


def test_without_a_meeting_the_page_says_how_to_begin(tmp_path, monkeypatch):
    """Nothing frozen yet is a designed state, with the form open."""
    monkeypatch.setenv("PANTAU_HALAL_STORE", str(tmp_path / "empty"))
    monkeypatch.setenv("PANTAU_HALAL_DEMO", "0")
    monkeypatch.setattr("halal_ui.screen.access.actors.at_keyboard", lambda: True)
    app = opened()
    assert "Belum ada rapat" in words(app)
    assert any(button.label == "Bekukan angka rapat" for button in app.button)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, ""),
        ({"title": " "}, "judul"),
        ({"date": None}, "tanggal"),
        ({"as_of": date(2025, 6, 5)}, "Per tanggal itu belum tiba"),
        ({"known_time": time(8)}, "tanpa tanggal"),
        ({"known_date": date(2025, 6, 4), "known_time": time(10, 1)}, "Waktu diketahui itu belum tiba"),
        ({"known_date": date(2025, 6, 4), "known_time": time(10)}, ""),
    ],
)
def test_the_form_says_what_to_mend(changed, said):
    """Each thing missing or not yet come has its sentence; what can be frozen has none."""
    found = why_not(GIVEN | changed, NOW)
    assert (said in found) if said else not found
