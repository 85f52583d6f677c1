"""Events and meetings as marks on the S-curve."""

import re

import pandas as pd
import plotly.graph_objects as go
import pytest
from chart_frames import AS_OF, CURVE, TARGET
from playwright.sync_api import Browser
from test_charts_in_a_browser import seen

from halal_ui import charts
from halal_ui.story.pictures import Mark
from halal_ui.views import history as view

DAY = pd.Timestamp("2025-06-02")
OUTAGE = Mark(DAY, "Gangguan <SIHALAL> sejak pagi di semua kabupaten/kota", "outage", DAY + pd.Timedelta(days=1))
MEETINGS = tuple(Mark(pd.Timestamp(day), f"R-{day}", "meeting") for day in ("2025-05-21", AS_OF))


def curve(*marks: Mark, dark: bool = False) -> go.Figure:
    return charts.s_curve(CURVE, as_of=AS_OF, deadlines=[TARGET], marks=marks, dark=dark)


def labels(figure: go.Figure) -> list[str]:
    return [words.text for words in figure.layout.annotations if words.text.startswith("◆")]


def hover(figure: go.Figure, day: pd.Timestamp) -> str:
    return figure.data[0].customdata[(day - CURVE["date"].iloc[0]).days][3]


def test_a_mark_is_a_line_or_a_band_with_a_short_word():
    """A day has a thin line, days a pale band; the word is short, its markup harmless."""
    figure = curve(*MEETINGS, OUTAGE)
    assert [shape.type for shape in figure.layout.shapes] == ["line", "rect", "line", "line"]
    assert set(labels(figure)) == {"◆ R-2025-05-21", "◆ R-2025-06-04", "◆ Gangguan …"}


def test_the_hover_of_a_day_says_its_marks_in_full():
    """On every one of its days, and on no other; what is a meeting is called one."""
    figure = curve(*MEETINGS, OUTAGE)
    full = "<br>◆ Gangguan SIHALAL: Gangguan &lt;SIHALAL&gt; sejak pagi di semua kabupaten/kota"
    assert hover(figure, DAY) == hover(figure, DAY + pd.Timedelta(days=1)) == full
    assert hover(figure, DAY - pd.Timedelta(days=1)) == ""
    assert hover(figure, pd.Timestamp(AS_OF)) == "<br>◆ Rapat: R-2025-06-04"


def test_many_marks_leave_the_curve_its_room():
    """At most six have a word, the latest ones, however many there are; the plot is as high as without."""
    many = [Mark(pd.Timestamp("2025-03-01") + pd.Timedelta(days=9 * n), f"Surat {n}", "letter") for n in range(20)]
    figure, plain = curve(*many), curve()
    assert 1 <= len(labels(figure)) <= 6
    assert {int(re.sub(r"\D", "", text)) for text in labels(figure)} <= set(range(14, 20))
    assert len(figure.layout.shapes) == 20 + 1
    room = [one.layout.height - one.layout.margin.t for one in (figure, plain)]
    assert room[0] >= room[1]


def test_marks_outside_the_curve_are_left_out():
    """An event before the programme or long after it draws nothing."""
    outside = Mark(pd.Timestamp("2024-01-01"), "Lama", "letter")
    assert curve(outside).to_json() == curve().to_json()


@pytest.mark.browser
@pytest.mark.parametrize("width", [340, 1800])
def test_marks_are_not_cut_nor_written_over(browser: Browser, width: int):
    """Beside the deadline's own word, on a phone and on a projector."""
    many = [
        Mark(pd.Timestamp("2025-05-10") + pd.Timedelta(days=5 * n), f"Surat edaran {n}", "letter") for n in range(6)
    ]
    found = seen(browser, curve(*MEETINGS, OUTAGE, *many), width)
    assert not found["cut"]
    assert not found["over"]


def test_riwayat_tells_notes_in_words():
    """A note, a frozen meeting and one taken back are said as people say them, codes and keys left out."""
    facts = [
        {"note": "a1", "first": True, "meeting": "R-2025-06-04", "stated": {"category": "K10", "stage": "fatwa"}},
        {"meeting": "R-2025-06-04", "title": "Rapat", "as_of": "2025-06-04", "known_at": None, "place": ""},
        {"record": "ab12", "reason": "keliru", "meeting": None},
    ]
    kinds = ["obstacle", "meeting", "taken_back"]
    found = pd.DataFrame({"received_at": [DAY] * 3, "by": "Rina", "kind": kinds, "facts": facts})
    told = view.records(found).iloc[::-1]["facts"].tolist()
    assert told[0].startswith("Untuk rapat: R-2025-06-04; Kendala: K10 · Antrean sidang fatwa; ")
    assert told[1] == "Rapat: R-2025-06-04; Judul: Rapat; Per tanggal: 4 Juni 2025"
    assert told[2] == "Catatan: ab12; Alasan: keliru"
    assert not [text for text in told if "stated" in text or "note:" in text]
