"""The page Riwayat through app.py, without a browser."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import pytest
from histories import UNDONE, history_store, own
from streamlit.testing.v1 import AppTest

from halal_metrics import read_upload
from halal_store import Store
from halal_ui.screen.access.actors import NAME_KEY
from halal_ui.views.recorded import records

ROOT = Path(__file__).parents[2]
NEWEST = "2025-05-16 Register UINSI.csv"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The store that the app shows."""
    monkeypatch.setenv("PANTAU_HALAL_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("PANTAU_HALAL_DEMO", "0")
    return history_store(tmp_path / "store")


@pytest.fixture
def at_keyboard(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever looks sits at the machine."""
    monkeypatch.setattr("halal_ui.screen.access.actors.at_keyboard", lambda: True)


def opened(page: str = "pages/data/history.py", name: str | None = None, **query: str) -> AppTest:
    """The page, with the name of whoever sits there."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.session_state[NAME_KEY] = name
    for key, value in query.items():
        app.query_params[key] = value
    return app.run().switch_page(page).run()


def html(app: AppTest) -> str:
    assert not app.exception
    return " ".join(part.proto.body for part in app.get("html"))


def words(app: AppTest) -> str:
    """Everything the page says."""
    alerts = [*app.info, *app.warning, *app.success, *app.error]
    return " ".join([html(app), *(part.value for part in [*app.markdown, *app.caption, *alerts])])


def test_every_upload_is_listed_newest_first(store: Store):
    """Also the undone one, which says so; the sentence counts them."""
    app = opened()
    shown = app.dataframe[0].value
    assert shown["filename"].tolist()[0] == NEWEST
    assert shown["filename"].is_monotonic_decreasing
    assert shown["state"].tolist() == ["● dihitung", "○ dibatalkan", "● dihitung", "● dihitung"]
    assert "4 unggahan oleh 1 orang, terakhir 16 Mei 2025 pukul 09.00 WITA; 1 dibatalkan" in html(app)


def test_a_recap_that_counts_for_nothing_says_so(store: Store):
    """One whose places and LP3H all have a register; of two files of one name each by its own rows."""
    registered = store.tables().applications.iloc[0]
    head = "Kab/Kota,LP3H,Pengajuan,Terbit,Per Tanggal\n"
    over = f"{registered['kab_kota']},{registered['lp3h']},40,1,17/05/2025\n"
    own = "Mahakam Ulu,LP3H Contoh Rekaan,4,1,17/05/2025\n"
    for name, content in (("a.csv", over), ("b.csv", over + own), ("c.csv", own), ("c.csv", over.replace("40", "41"))):
        store.commit(read_upload((head + content).encode(), filename=name), by="Rina")
    shown = opened().dataframe[0].value
    states = [(name[:5], state) for name, state in zip(shown["filename"], shown["state"], strict=True)][:4]
    counts, not_counted = "● dihitung", "◐ tidak ikut dihitung"
    assert states == [("c.csv", not_counted), ("c.csv", counts), ("b.csv", counts), ("a.csv", not_counted)]


def test_the_list_can_be_searched(store: Store):
    """By words of file, kind, sender and note, and by whether an upload counts."""
    app = opened()
    app.text_input(key="cari").set_value("register unmul").run()
    assert app.dataframe[0].value["filename"].tolist() == [UNDONE]
    app.segmented_control(key="keadaan").set_value("Dihitung").run()
    assert "Tidak ada unggahan yang cocok" in words(app)
    app.text_input(key="cari").set_value("").run()
    assert len(app.dataframe[0].value) == 3


def test_an_upload_opens_with_all_there_is(store: Store, at_keyboard: None):
    """Who and when, rows read, what it changed, its rows masked; each part on its own."""
    app = opened(name="Rina", unggahan=own(store, NEWEST))
    said = words(app)
    assert "16 Mei 2025 pukul 09.00 WITA oleh Rina" in said
    assert "2 dibaca = 2 diterima + 0 ditolak + 0 dilewati" in said
    assert "1 pengajuan baru · 1 berubah · 0 sama" in said
    for part in ("Masalah", "Ditolak", "Dilewati", "Lembar dan pilihan", "Baris diterima"):
        app.segmented_control(key="bagian").set_value(part).run()
        assert not app.exception
        assert not app.error
    rows = app.dataframe[1].value
    assert "Siti R." in rows["owner_name"].tolist()
    assert not rows.astype("str").apply(lambda column: column.str.contains("Siti Rekaan|081299990001")).any(axis=None)


def test_an_undone_upload_says_who_and_why(store: Store):
    """And cannot be undone again."""
    app = opened(unggahan=own(store, UNDONE))
    assert "12 Mei 2025 pukul 10.00 WITA oleh Budi. Alasan: berkas keliru" in html(app)
    assert not app.toggle


def test_an_upload_that_is_not_there_is_said(store: Store):
    """An address of another store."""
    assert "tidak ada dalam catatan" in words(opened(unggahan="tidak-ada"))


def test_personal_data_are_opened_on_request_and_on_record(store: Store, at_keyboard: None):
    """Whoever may write can have the rows unmasked and the original; the log keeps who asked for it, and for what."""
    upload = own(store, NEWEST)
    app = opened(name="Rina", unggahan=upload)
    assert "unduh-asli" not in [button.key for button in app.get("download_button")]
    app.segmented_control(key="bagian").set_value("Baris diterima").run()
    assert set(app.dataframe[1].value["owner_name"]) == {"Siti R."}
    app.button(key="buka-data-pribadi").click().run()
    assert "unduh-asli" in [button.key for button in app.get("download_button")]
    assert set(app.dataframe[1].value["owner_name"]) == {"Siti Rekaan"}
    kept = store.records("unmasked").iloc[-1]
    assert (kept["by"], kept["facts"]["upload_id"]) == ("Rina", upload)
    other = own(store, "2025-05-02 Register UINSI.csv")
    app.query_params["unggahan"] = other
    app.run()
    assert set(app.dataframe[1].value["owner_name"]) == {"Siti R."}


def test_personal_data_stay_masked_for_viewers(store: Store):
    """There is no button, and a sentence says who has one."""
    app = opened(unggahan=own(store, NEWEST))
    assert "buka-data-pribadi" not in [button.key for button in app.button]
    assert "Hanya operator" in words(app)
    assert store.records("unmasked").empty


def test_an_undo_shows_first_what_will_change(store: Store, at_keyboard: None):
    """Rows and headline rates, before and after; a reason is needed; then it is done, and said."""
    upload, before = own(store, NEWEST), store.version
    app = opened(name="Rina", unggahan=upload, per="2025-06-04")
    app.toggle[0].set_value(True).run()
    said = words(app)
    assert "1 pengajuan hilang dan 1 pengajuan kembali ke keadaan sebelumnya" in said
    assert "serapan kuota 15,0% → 10,0% (3 → 2 dari 20)" in said
    app.button(key="batalkan").click().run()
    assert "Tulis dahulu alasannya" in words(app)
    assert store.version == before
    app.text_input(key="alasan pembatalan").set_value("terkirim dua kali").run()
    app.button(key="batalkan").click().run()
    assert "Unggahan dibatalkan." in words(app)
    assert store.history().set_index("upload_id").loc[upload, ["undone_by", "undo_reason"]].tolist() == [
        "Rina",
        "terkirim dua kali",
    ]
    assert app.dataframe[0].value["state"].tolist()[0] == "○ dibatalkan"


def test_without_the_right_nothing_can_be_undone(store: Store):
    """A viewer is told why, and finds no way to."""
    app = opened(unggahan=own(store, NEWEST))
    assert "Untuk membatalkan unggahan" in words(app)
    assert not app.toggle


def test_what_was_decided_is_listed(store: Store):
    """Remembered choices and decisions are in the same log."""
    app = opened()
    assert "Keputusan dan pilihan yang dicatat (1)" in [part.label for part in app.expander]
    app.session_state["keputusan"] = True  # as a click on it does
    app.run()
    assert app.dataframe[-1].value["kind"].tolist() == ["Pilihan pembacaan"]


def test_everything_can_be_open_at_once(store: Store, at_keyboard: None):
    """An upload with what undoing it would change, beside the decisions and an LP3H that can be taken back."""
    store.note("institution", {"name": "LP3H Contoh Rekaan", "spellings": "Contoh"}, by="Rina")
    app = opened(name="Rina", unggahan=own(store, NEWEST))
    app.session_state["keputusan"] = True
    app.toggle[0].set_value(True).run()
    assert "LP3H yang dimasukkan ke daftar" in words(app)
    assert {"batalkan", "batalkan-catatan"} <= {button.key for button in app.button}


def test_the_past_is_what_was_known_then(store: Store, at_keyboard: None):
    """With `pada`, the whole dashboard is as it was: later uploads are not there, later undoes not done."""
    app = opened(name="Rina", pada="2025-05-10T12:00")
    assert app.dataframe[0].value["state"].tolist() == ["● dihitung"] * 3
    assert "seperti diketahui pada 10 Mei 2025 pukul 12.00 WITA" in html(app)
    summary = opened("pages/monitor/summary.py", pada="2025-05-10T12:00", per="2025-06-04")
    assert "3 dari 20 kuota (15,0%) dimanfaatkan" in html(summary)


def test_the_past_goes_along_and_ends(store: Store, at_keyboard: None):
    """A moment chosen here holds on the next page, until one returns to the present."""
    app = opened(name="Rina", unggahan=own(store, UNDONE))
    app.button(key="sesudahnya").click().run()
    assert "seperti diketahui pada 9 Mei 2025 pukul 09.00 WITA" in html(app)
    assert "Kembalilah ke sekarang untuk membatalkan unggahan" in words(app)
    app.switch_page("pages/monitor/summary.py").run()
    assert "seperti diketahui pada 9 Mei 2025 pukul 09.00 WITA" in html(app)
    app.button(key="kini").click().run()
    assert "seperti diketahui pada" not in html(app)


@pytest.mark.parametrize("written", ["kemarin", "2025-13-01", "2999-01-01", "<b>"])
def test_a_moment_that_is_not_understood_is_said(store: Store, written: str):
    """The present is shown, with a sentence on how to write it."""
    app = opened(pada=written)
    assert "tidak dimengerti atau belum tiba" in words(app)
    assert len(app.dataframe[0].value) == 4


def test_an_empty_store_says_where_to_begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Nothing to show is a designed state."""
    monkeypatch.setenv("PANTAU_HALAL_STORE", str(tmp_path / "empty"))
    monkeypatch.setenv("PANTAU_HALAL_DEMO", "0")
    assert "Belum ada unggahan" in html(opened())


def recorded(made: Iterable[tuple[str, dict]]) -> pd.DataFrame:
    """Records as the store gives them: their kind and what they say."""
    rows = [
        {"record_id": f"r{at}", "received_at": at, "kind": kind, "facts": facts, "by": "Rina"}
        for at, (kind, facts) in enumerate(made)
    ]
    return pd.DataFrame(rows)


def test_what_was_decided_and_taken_back_is_told_in_words():
    """Which two, what they are; and which kind of note no longer holds: no name of ours, no number of a record."""
    pair = {"pair": "a~b", "kind": "application", "first": "SH2025-1-990101", "second": "SH2025-1-990102"}
    made = [
        ("duplicate", pair | {"decision": "same", "note": "satu dapur"}),
        ("decision", {"stated": {"text": "kuota dibagi ulang"}}),
        ("taken_back", {"record": "r1", "reason": "keliru"}),
    ]
    assert records(recorded(made))["facts"].tolist()[::2] == [
        "Yang dibatalkan: Keputusan; Alasan: keliru",
        "Usaha yang sama: SH2025-1-990101 dan SH2025-1-990102; Catatan: satu dapur",
    ]


def test_what_is_remembered_is_told_in_words():
    """No digests and no names of fields: what was chosen, and for whom."""
    chosen = {"mapping": {"Wil.": "kab_kota"}}
    facts = {"sender": "UINSI", "shape": "97a901", "shape_read": "97a901", "choices": chosen}
    listed = [facts, facts | {"choices": {}}]
    found = recorded(("mapping", one) for one in listed)
    assert records(found)["facts"].tolist() == [
        "pilihan untuk berkas UINSI dilupakan",
        "pilihan untuk berkas UINSI diingat: “Wil.” = Kab/Kota",
    ]
