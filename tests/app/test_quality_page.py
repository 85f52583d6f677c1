"""The page Mutu data through app.py, without a browser."""

import re
from pathlib import Path

import pytest
from quality_store import CERTIFICATE, CERTIFIED, FIRST, MENDED, OWNER, PHONE, SECOND, STREET, commit, quality_store
from streamlit.testing.v1 import AppTest

import halal_metrics as hm
from halal_store import Store
from halal_ui.screen import access
from halal_ui.screen.access.actors import NAME_KEY
from halal_ui.screen.quality.sections import FRESH, MEND, RECONCILED, SECTIONS, TWICE

ROOT = Path(__file__).parents[2]
PAIR = f"{FIRST} = {SECOND}"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The store that the app shows."""
    monkeypatch.setenv("PANTAU_HALAL_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("PANTAU_HALAL_DEMO", "0")
    monkeypatch.setattr("halal_ui.screen.data.LOOK_AGAIN", 0)  # what the tests commit is seen at once
    return quality_store(tmp_path / "store")


@pytest.fixture
def at_keyboard(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever looks sits at the machine."""
    monkeypatch.setattr("halal_ui.screen.access.actors.at_keyboard", lambda: True)


def opened(section: str = FRESH, *, name: str | None = None, **query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.session_state[NAME_KEY] = name
    for key, value in ({"per": "2025-06-04"} | query).items():
        app.query_params[key] = value
    app.run().switch_page("pages/data/quality.py").run()
    return app if section == FRESH else app.segmented_control(key="bagian-mutu").set_value(section).run()


def html(app: AppTest) -> str:
    assert not app.exception
    assert not app.error
    return " ".join(part.proto.body for part in app.get("html"))


def words(app: AppTest) -> str:
    """Everything the page says, without its markup."""
    text = re.sub(r"<style.*?</style>|<script.*?</script>", " ", html(app), flags=re.DOTALL)
    alerts = [part.value for part in [*app.info, *app.warning, *app.success, *app.caption, *app.markdown]]
    return " ".join(" ".join([re.sub(r"<[^>]+>", " ", text), *alerts]).split())


def lists(app: AppTest):
    """Which pairs are listed."""
    return next(part for part in app.segmented_control if part.key.startswith("daftar-pasangan"))


def test_the_answer_has_the_numbers(store: Store):
    """Fresh, complete, to be mended, likely twice, differing: one sentence."""
    said = words(opened())
    # PWI's register is older, but the recap speaks for it too
    assert "2 dari 2 LP3H menyatakan datanya dalam 14 hari terakhir" in said
    assert "2 hal perlu dibetulkan" in said
    assert "2 kemungkinan ganda menunggu keputusan" in said
    assert "rekap berbeda 2 pengajuan dari register" in said


def test_who_has_not_spoken_is_asked(store: Store):
    """Two weeks after a statement the next is due, and the page says whom to ask."""
    said = words(opened(per="2025-06-14"))
    assert "0 dari 2 LP3H" in said
    assert "Mintalah data terbaru kepada Unmul (15 hari) dan PWI (15 hari)" in said


def test_every_section_opens_for_every_scope(store: Store):
    """Whatever is chosen in the sidebar, also where nothing is left."""
    for section in SECTIONS:
        for scope in ({"lp3h": "PWI Kaltim"}, {"kab": "Kabupaten Paser"}):
            assert words(opened(section, **scope))
        assert "Belum ada data untuk pilihan ini" in words(opened(section, per="2025-01-31"))


def test_what_is_to_be_mended(store: Store):
    """A damaged cell from the upload, and a contradiction of the table as it is; each once, with file and row."""
    said = words(opened(MEND))
    assert "1 hal: Rusak oleh Excel 1." in said
    assert "1 hal: Terbit tanpa nomor 1." in said
    assert said.count("2025-05-30 Register Unmul.csv") == 2
    commit(store, MENDED, "2025-06-02 Register Unmul.csv", "2025-06-02")
    said = words(opened(MEND))
    assert "Tidak ada masalah terbuka" in said
    assert "Tidak ada pengajuan yang isinya saling bertentangan" in said


def test_the_difference_is_explained(store: Store):
    """The recap of Unmul has two more than the register, and no row anywhere could be them."""
    said = words(opened(RECONCILED))
    assert "1 dari 2 rekap terakhir cocok dengan register" in said
    assert "Samarinda · Unmul, dimanfaatkan per 30 Mei 2025: rekap 5, register 3; rekap lebih 2: 2 tanpa baris" in said
    assert "mintalah rincian per pelaku usaha dari Unmul" in said
    assert "Semua 1 rekap terakhir cocok" in words(opened(RECONCILED, lp3h="PWI Kaltim"))


def test_a_pair_side_by_side(store: Store):
    """What is the same and what differs, without anybody's personal data."""
    app = opened(TWICE)
    text = html(app)
    assert "1 pasang pengajuan dan 1 pengajuan yang usahanya sudah bersertifikat dari program lain" in words(app)
    assert FIRST in text
    assert SECOND in text
    assert "NIB sama, telepon sama, nama usaha serupa, pemilik serupa" in text
    marks = dict(re.findall(r'<th scope="row">([^<]+)</th>.*?<td class="mark">([=≈≠]?)', text))
    same, different = (["NIB", "Pemilik", "No. HP", "Alamat", "Status"], ["LP3H", "Pendamping", "Diajukan"])
    assert {marks[name] for name in same} == {"="}
    assert {marks[name] for name in different} == {"≠"}
    app.selectbox(key="pasangan-waiting-2").select_index(1).run()
    assert CERTIFICATE in html(app)
    assert CERTIFIED in html(app)


@pytest.mark.parametrize("section", SECTIONS)
def test_personal_data_are_masked(store: Store, section: str):
    """No phone, no full name, no street, on any section."""
    text = html(opened(section))
    for personal in (OWNER, PHONE, STREET, "Budi Rekaan"):
        assert personal not in text


def test_a_decision_is_made_once(store: Store, at_keyboard: None):
    """It is recorded with who made it, the pair leaves the list, no figure changes, and the LP3H's list has it."""
    before = hm.progress(store.tables().applications)
    app = opened(TWICE, name="Rina")
    app.text_input(key="catatan-pasangan").set_value("  dua kali   masuk ").run()
    app.button(key="putus-same").click().run()
    said = words(app)
    (record,) = store.records("duplicate").to_dict("records")
    assert record["by"] == "Rina"
    facts = {"pair": PAIR, "kind": "application", "first": FIRST, "second": SECOND}
    assert record["facts"] == facts | {"decision": "same", "note": "dua kali masuk"}
    assert "1 kemungkinan ganda menunggu keputusan" in said
    assert "Untuk dikembalikan kepada LP3H" in said
    assert "Batalkan salah satu di SIHALAL" in said
    assert lists(app).options == ["Menunggu (1)", "Sudah diputuskan (1)"]
    assert hm.progress(store.tables().applications).equals(before)


def test_a_decision_can_be_revised(store: Store, at_keyboard: None):
    """The last one holds; both stay in the log."""
    app = opened(TWICE, name="Rina")
    app.button(key="putus-later").click().run()
    assert "1 ditunda" in words(app)
    lists(app).set_value("later").run()
    assert "Ditunda, diputuskan Rina pada" in words(app)
    app.button(key="putus-apart").click().run()
    said = words(app)
    assert "Untuk dikembalikan kepada LP3H" not in said
    assert "Usaha berbeda" in said
    assert [facts["decision"] for facts in store.records("duplicate")["facts"]] == ["later", "apart"]


def test_a_decision_explains_the_recap(store: Store, at_keyboard: None):
    """Decided to be one business, a row too many has a reason."""
    commit(store, "Kab/Kota;LP3H;Pengajuan;Per Tanggal\nSamarinda;PWI Kaltim;0;02/06/2025\n", "Rekap.csv", "2025-06-02")
    assert "1 ganda di register – putuskan di bagian Kemungkinan ganda" in words(opened(RECONCILED))
    app = opened(TWICE, name="Rina")
    app.button(key="putus-apart").click().run()
    assert "1 tidak dihitung rekap – mintalah PWI mencocokkan baris itu" in words(opened(RECONCILED))


def test_without_the_right_nothing_is_decided(store: Store):
    """A viewer sees the pairs, is told why they cannot decide, and finds no button."""
    app = opened(TWICE)
    assert "Untuk memutuskan kemungkinan ganda" in words(app)
    assert not [button.key for button in app.button if button.key and button.key.startswith("putus-")]


def test_a_forged_click_writes_nothing(store: Store, at_keyboard: None, monkeypatch: pytest.MonkeyPatch):
    """The lock is in the write itself, and knows whose rows a pair is made of."""
    asked = {}

    def refuse(what, **scope):
        asked.update(scope)
        raise access.NotAllowed("Anda hanya dapat memutuskan untuk LP3H Anda.")

    app = opened(TWICE, name="Rina")
    monkeypatch.setattr(access, "require", refuse)
    app.button(key="putus-same").click().run()
    assert "Anda hanya dapat memutuskan untuk LP3H Anda." in words(app)
    assert sorted(asked["lp3h"]) == ["Halal Center Universitas Mulawarman", "PWI Kaltim"]
    assert store.records("duplicate").empty


def test_at_a_past_moment_later_decisions_are_not_known(store: Store, at_keyboard: None):
    """As known then: the pair still waits."""
    app = opened(TWICE, name="Rina")
    app.button(key="putus-same").click().run()
    assert "1 kemungkinan ganda menunggu keputusan" in words(app)
    assert "2 kemungkinan ganda menunggu keputusan" in words(opened(TWICE, pada="2025-06-01T12:00"))
