"""Rencana pekanan and Ramalan dan kenyataan, once what they wait for is figured."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module", autouse=True)
def store(tmp_path_factory: pytest.TempPathFactory, demo_to: Callable[[Path], Path]) -> Iterator[None]:
    """A store with the demonstration set."""
    os.environ["PANTAU_HALAL_STORE"] = str(demo_to(tmp_path_factory.mktemp("ahead") / "store"))
    yield
    del os.environ["PANTAU_HALAL_STORE"]


def figured(page: str, **query: str) -> tuple[str, str, AppTest]:
    """What the page says at first, and once no line on it waits any more."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for key, value in query.items():
        app.query_params[key] = value
    first = told(app.run().switch_page(page).run())
    said = first
    for _ in range(240):
        if 'class="awaited"' not in said:
            return first, said, app
        time.sleep(0.5)
        said = told(app.run())
    raise AssertionError(f"{page} still waits")


def told(app: AppTest) -> str:
    assert not app.exception
    assert not app.error
    return " ".join(part.proto.body for part in app.get("html"))


def test_a_plan_is_shown_once_it_is_figured():
    """At first the question and a quiet line; then who must submit how many, with a picture and a table."""
    first, said, app = figured("pages/act/this_week.py")
    assert "Siapa harus mengajukan berapa tiap pekan?" in first
    assert "sampai 31 Desember 2025" in said
    assert "Unmul" in said
    assert len(app.get("plotly_chart")) == 1
    app.segmented_control(key="bagian").set_value("80%").run()
    assert not app.exception


def test_a_date_that_is_past_is_refused_in_words():
    """No weeks lie before it."""
    _, said, _ = figured("pages/act/this_week.py", coba="2025-05-01")
    assert "Tidak ada pekan untuk direncanakan: pilih tanggal sesudah 4 Juni 2025." in said


def test_the_record_says_what_was_looked_back_from_and_that_the_path_is_invented():
    """On the day of the second meeting: the first one, and ends of months; every forecast beside what came."""
    _, said, app = figured("pages/monitor/forecast_record.py")
    assert "ramalan yang sudah dapat diperiksa" in said
    assert "jalan di antaranya direka" in said
    assert "1 rapat dan 3 akhir bulan" in said
    assert app.selectbox(key="ramalan").value == "21 Mei 2025 · rapat"
    assert len(app.get("plotly_chart")) == 1
