"""Every page through app.py, without a browser."""

import os
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from halal_metrics import read_upload
from halal_store import Store
from halal_ui.screen import filters

ROOT = Path(__file__).parents[2]
PAGES = {
    "pages/monitor/summary.py": "terpakai dan terbit",
    "pages/monitor/kab_kota.py": "Kabupaten/kota mana yang tertinggal, dan seberapa jauh?",
    "pages/monitor/lp3h.py": "LP3H mana yang bekerja, dan mana yang perlu dibantu?",
    "pages/monitor/funnel.py": "Di mana pengajuan menunggu, dan giliran siapa?",
    "pages/monitor/deadlines.py": "Apa yang hilang bila tidak ada yang berubah?",
    "pages/monitor/forecast_record.py": "Ramalan dan kenyataan: seberapa sering kami benar?",
    "pages/act/this_week.py": "Siapa harus mengajukan berapa tiap pekan?",
    "pages/act/obstacles.py": "Apa yang menghambat, dan siapa berbuat apa sampai kapan?",
    "pages/meeting/present.py": "Rapat Koordinasi dan Monitoring Sertifikasi Halal",
    "pages/meeting/handouts.py": "Apa yang dibawa ke rapat, dan apa yang berubah sejak rapat terakhir?",
    "pages/data/upload.py": "Berkas apa yang perlu dihitung?",
    "pages/data/history.py": "Apa yang pernah diunggah, dan apa akibatnya?",
    "pages/data/quality.py": "Seberapa segar, lengkap, dan cocok data ini?",
    "pages/data/definitions.py": "Bagaimana setiap angka dihitung?",
}

SAME_FOR_ALL = ("pages/meeting/handouts.py", "pages/data/upload.py", "pages/data/history.py")
"""Pages that show the same whatever day, place or institution is looked at: no filters, no line that names them."""


@pytest.fixture(scope="module", autouse=True)
def store(tmp_path_factory: pytest.TempPathFactory, demo_to: Callable[[Path], Path]) -> Iterator[None]:
    """A store with the demonstration set."""
    os.environ["PANTAU_HALAL_STORE"] = str(demo_to(tmp_path_factory.mktemp("app") / "store"))
    yield
    del os.environ["PANTAU_HALAL_STORE"]


def opened(page: str = "pages/monitor/summary.py", **query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    return app if page == "pages/monitor/summary.py" else app.switch_page(page).run()


def told(app: AppTest) -> str:
    assert not app.exception
    assert not app.error
    return " ".join(part.proto.body for part in app.get("html"))


def test_every_page_is_in_this_list():
    """A page that is not opened here is not tested here."""
    assert set(PAGES) == {str(file.relative_to(ROOT)) for file in (ROOT / "pages").rglob("*.py")}


@pytest.mark.parametrize(("page", "question"), PAGES.items())
def test_a_page_opens_in_its_frame(page: str, question: str):
    """A page asks its question, and app.py draws the filters, the mark of invented data and the freshness around it."""
    app = opened(page)
    text = told(app)
    assert question in text
    assert "Data contoh (rekaan)" in text
    assert ("Data terbaru per 4 Juni 2025, dari" in text) != (page in SAME_FOR_ALL)
    if page in SAME_FOR_ALL:
        assert not len(app.sidebar)
        assert 'class="seen"' not in text
        return
    assert app.sidebar.date_input(key="per").value == date(2025, 6, 4)
    assert app.sidebar.selectbox(key="kab").value == "Semua kabupaten/kota"
    assert len(app.sidebar.selectbox(key="kab").options) == 11


def test_what_is_looked_at_stays_behind_a_page_without_filters():
    """From Ringkasan to Unggah and on to Tenggat: the day and the place are still the chosen ones."""
    app = opened(per="2025-12-12", kab="Kabupaten Berau")
    app.switch_page("pages/data/upload.py").run()
    assert "per 12 Desember 2025 · Berau" in told(app.switch_page("pages/monitor/deadlines.py").run())


def test_a_page_without_filters_tells_of_all_that_is_known():
    """Whatever day is looked at elsewhere: the newest day that any file states, and every file."""
    early, late = (opened("pages/data/history.py", per=day) for day in ("2025-06-04", "2025-12-31"))
    elsewhere = told(opened("pages/monitor/deadlines.py", per="2030-01-01"))
    newest = re.search(r"Data terbaru per [^,]+, dari \d+ berkas", elsewhere)[0]
    assert newest in told(early)
    assert newest in told(late)
    assert newest not in told(opened("pages/monitor/deadlines.py", per="2025-06-04"))


def test_a_link_goes_to_a_day_and_to_all_of_it():
    """From a page without filters, whatever was looked at before; it names no filter that stands so anyway."""
    for day, written in ((date(2025, 12, 12), "12 Desember 2025"), (date(2025, 6, 4), "4 Juni 2025")):
        app = opened(per="2025-11-01", kab="Kabupaten Berau")
        app.switch_page("pages/data/upload.py").run()
        link = filters.whole(day)
        assert not {"kab", "lp3h"} & {*link}
        for name, value in link.items():
            app.query_params[name] = value
        app.switch_page("pages/monitor/summary.py").run()
        assert f"per {written} · semua kabupaten/kota · semua LP3H" in told(app)
        app.sidebar.selectbox(key="kab").set_value("Kabupaten Berau").run()
        assert "· Berau · semua LP3H" in told(app)
        assert "· Berau · semua LP3H" in told(app.switch_page("pages/monitor/funnel.py").run())


def test_corong_tells_how_long_and_who_is_stalled():
    """How many, whose turn, how long each step takes; in a place alone, on another day, and of another step."""
    text = told(opened("pages/monitor/funnel.py"))
    assert re.search(r"\d+ pengajuan macet: giliran LP3H dan pendamping \d+, BPJPH \d+, pelaku usaha \d+\.", text)
    assert "Paling lama menunggu sidang fatwa: separuh selesai dalam 12 hari kerja (11–13)" in text
    assert "Tidak ada pengajuan yang macet." in told(opened("pages/monitor/funnel.py", kab="Kota Bontang"))
    assert "pengajuan macet: giliran" in told(
        opened("pages/monitor/funnel.py", per="2025-08-29", langkah="Sidang fatwa")
    )
    assert "Belum dapat dikatakan" in told(opened("pages/monitor/funnel.py", per="2025-02-20"))


def test_the_first_page_tells_the_public_record():
    """On 4 June 2025 320 of 1.000 quota were used and 58 certificates issued (DPPKUKM Kaltim)."""
    assert "320 dari 1.000 kuota (32,0%) dimanfaatkan dan 58 sertifikat (5,8%) terbit" in told(opened())


def test_the_date_can_be_moved():
    """On 12 December 2025 the quota was used up and 780 certificates issued (DPPKUKM Kaltim)."""
    app = opened()
    app.sidebar.date_input(key="per").set_value(date(2025, 12, 12)).run()
    assert "1.000 dari 1.000 kuota (100,0%) dimanfaatkan dan 780 sertifikat (78,0%) terbit" in told(app)


@pytest.mark.parametrize("written", ["Kabupaten Kutai Kartanegara", "kukar", "64.02"])
def test_an_address_written_by_hand_is_understood(written: str):
    """kab= takes the official name, a short one or the code."""
    app = opened(kab=written, lp3h="unmul", ukuran="issued")
    assert app.sidebar.selectbox(key="kab").value == "Kabupaten Kutai Kartanegara"
    assert app.sidebar.selectbox(key="lp3h").value == "Halal Center Universitas Mulawarman"
    assert "Kutai Kartanegara · Unmul · terbit" in told(app)


@pytest.mark.parametrize("written", ["kutai", "Nunukan", "6402", "<script>"])
def test_an_address_that_is_not_understood_shows_everything(written: str):
    """What could be two places, or none, is not guessed."""
    assert opened(kab=written).sidebar.selectbox(key="kab").value == "Semua kabupaten/kota"


@pytest.mark.parametrize("day", [date(2020, 1, 1), date(2025, 2, 20), date(2025, 12, 31), date(2035, 12, 31)])
@pytest.mark.parametrize("page", PAGES)
def test_any_day_can_be_looked_at(page: str, day: date):
    """Before the programme, on its first day, at the year's end and long after, every page has something to say."""
    text = told(opened(page, per=day.isoformat(), ukuran="Terbit", kab="Kabupaten Mahakam Ulu"))
    assert PAGES[page] in text
    assert not re.findall(r"\b(?:None|nan|NaN|NaT|inf)\b|&lt;NA&gt;", text)


def test_a_store_without_a_plan_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Nothing to show is a designed state: a file without quotas opens every page, and asks for the quotas."""
    sent = read_upload(b"No. Daftar;Tgl Daftar;Status\nSH2025-1-990001;02/05/2025;OF10\n", filename="mei.csv")
    Store(tmp_path).commit(sent, by="Rina")
    monkeypatch.setenv("PANTAU_HALAL_STORE", str(tmp_path))
    for page in PAGES:
        text = told(opened(page, per="2025-06-04"))
        assert "Data contoh" not in text
    assert "unggah pembagian kuota" in told(opened(per="2025-06-04"))


def test_a_fault_is_one_sentence(monkeypatch: pytest.MonkeyPatch):
    """Whoever looks is told that nothing is lost and what to do, and sees no traceback."""
    from halal_ui.screen import data

    def broken(*_, **__):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(data, "ready", broken)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert not app.exception
    assert "Tidak ada data yang hilang" in app.error[0].value
    assert "secret detail" not in str(app)
