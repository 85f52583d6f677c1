"""Ringkasan and Tenggat once the forecast is there: what they answer, and that both say one thing."""

import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]
SUMMARY = "pages/monitor/summary.py"
BANDS = re.compile(r"31 Desember 2025: [\d.–]+ dimanfaatkan dan [\d.–]+ terbit \(8 dari 10 kemungkinan\)")


@pytest.fixture(scope="module", autouse=True)
def store(tmp_path_factory: pytest.TempPathFactory, demo_to: Callable[[Path], Path]) -> Iterator[None]:
    os.environ["PANTAU_HALAL_STORE"] = str(demo_to(tmp_path_factory.mktemp("foreseen") / "store"))
    yield
    del os.environ["PANTAU_HALAL_STORE"]


def foreseen(page: str = SUMMARY, **query: str) -> str:
    """The page's words once it waits for nothing any more."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    if page != SUMMARY:
        app.switch_page(page).run()
    for _ in range(200):
        assert not app.exception
        assert not app.error
        text = " ".join(part.proto.body for part in app.get("html"))
        if 'role="status"' not in text:
            return text
        time.sleep(0.2)
        app.run()
    raise AssertionError(f"{page} still waits")


def test_the_first_page_answers_with_the_forecast():
    """Used and issued, the date, how sure, and who holds it back; where all stand is told beside it."""
    text = foreseen()
    assert "Akankah 1.000 kuota terpakai dan terbit sampai 31 Desember 2025?" in text
    assert BANDS.search(text)
    assert "peluang semua" in text
    assert re.search(r"Yang (menahan|paling belum pasti)", text)
    assert "320 dari 1.000 kuota (32,0%) dimanfaatkan dan 58 sertifikat (5,8%) terbit" in text
    assert "mencukupi" not in text
    assert re.search(r"pengajuan</small>.*kini .* terbit \(kini ", text, re.S)


def test_a_place_has_its_own_question_and_parts():
    """Narrowed to a place its quota is asked for, and its LP3H are the parts."""
    text = foreseen(kab="Kabupaten Berau")
    assert "Akankah 100 kuota Berau terpakai dan terbit" in text
    assert "Yang menahan: Berau" not in text


@pytest.mark.parametrize(
    ("day", "words"), [("2025-02-25", "kurang dari 5 pengajuan"), ("2026-03-01", "4 pekan tanpa data baru")]
)
def test_where_nothing_can_be_foreseen_the_page_says_why(day: str, words: str):
    """In the beginning and after a long silence: where all stand, and what would mend it."""
    text = foreseen(per=day)
    assert words in text
    assert "Hingga " in text
    assert "8 dari 10 kemungkinan" not in text


def test_the_deadlines_page_says_what_the_first_page_says():
    """One verdict, and beside it by when, what stands in the way, until when a submission counts, and for whom."""
    verdict = BANDS.search(foreseen())
    text = foreseen("pages/monitor/deadlines.py", bagian="80%")
    assert verdict
    assert verdict[0] in text
    assert "Yang menentukan ialah" in text
    assert "Peluang 80% kuota (800) sampai 31 Desember 2025" in text
    assert "Sampai kapan pengajuan masih dihitung?" in text
    assert re.search(r"Pengajuan masih dihitung bila masuk|Kapan pun diajukan", text)
    assert "Perpanjangan laju kini" in text


def test_what_is_foreseen_is_worked_in_the_definitions():
    """On today's numbers, the weekly plan and the extra quota too."""
    text = foreseen("pages/data/definitions.py")
    assert re.search(r"8 dari 10 kemungkinan: [\d.]+–[\d.]+", text)
    assert "800 pada 31 Desember 2025:" in text
    assert re.search(r"kuota: [\d,]+ per pekan \(kini", text)
    assert "32,0% dimanfaatkan →" in text
