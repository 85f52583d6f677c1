"""Target dates, events and meetings as marks: which stand on a time chart, in what order, in what words."""

import re
from collections import Counter
from types import SimpleNamespace

import pandas as pd
import plotly.graph_objects as go
import pytest
from chart_frames import AS_OF, CURVE, TARGET
from hypothesis import given
from hypothesis import strategies as st
from meeting_sets import frame_of
from playwright.sync_api import Browser
from test_charts_in_a_browser import seen

from halal_metrics.schema import EVENTS
from halal_ui import charts
from halal_ui.snapshot.marks import DUE, Mark, by_day, foremost, marks, target_dates
from halal_ui.views import recorded as view
from halal_ui.words.notes import EVENT

DAY = pd.Timestamp("2025-06-02")
OUTAGE = Mark(DAY, "Gangguan <SIHALAL> sejak pagi di semua kabupaten/kota", "outage", DAY + pd.Timedelta(days=1))
MEETINGS = tuple(Mark(pd.Timestamp(day), f"R-{day}", "meeting") for day in ("2025-05-21", AS_OF))


def curve(*marks: Mark, dark: bool = False) -> go.Figure:
    return charts.s_curve(CURVE, as_of=AS_OF, deadlines=[TARGET], marks=marks, dark=dark)


def labels(figure: go.Figure) -> list[str]:
    return [words.text for words in figure.layout.annotations if words.text.startswith("◆")]


def hover(figure: go.Figure, day: pd.Timestamp) -> str:
    return figure.data[0].customdata[(day - CURVE["date"].iloc[0]).days][3]


def events(*rows: dict) -> pd.DataFrame:
    return frame_of([{"note_id": f"{number}"} | row for number, row in enumerate(rows)], EVENTS)


def test_events_and_meetings_become_marks_in_the_order_of_their_days():
    """One without a day is none, one of a kind nobody knows is "other"; what was not said has its kind's name."""
    found = marks(
        events(
            {"date": "2025-06-02", "until_date": "2025-06-03", "kind": "outage"},
            {"date": "2025-05-30", "kind": "due", "text": "Surat gubernur"},
            {"date": None, "kind": "letter", "text": "Tanpa hari"},
            {"date": "2025-05-31"},
        ),
        [SimpleNamespace(date=pd.Timestamp(day)) for day in (AS_OF, "2025-05-21")],
    )
    assert [(mark.kind, mark.dated()) for mark in found] == [
        ("meeting", "21 Mei: Rapat"),
        ("other", "30 Mei: Surat gubernur"),
        ("other", "31 Mei: Lainnya"),
        ("outage", "2 Juni–3 Juni: Gangguan SIHALAL"),
        ("meeting", "4 Juni: Rapat"),
    ]


PHONE = "0812-3456-7890"


@given(st.sampled_from([*EVENT, None]), st.sampled_from([f"HP {PHONE} mati", PHONE, f"SIHALAL: {PHONE}, sejak pagi"]))
def test_a_mark_says_nothing_of_a_person(kind, text):
    """Masked where it is made: whatever of it is shown, in a label, below a picture or in a hover."""
    (mark,) = marks(events({"date": "2025-06-02", "kind": kind, "text": text}), [])
    figure = curve(mark)
    said = [mark.text, mark.name, mark.in_full, mark.dated(), mark.dated(most=18), *labels(figure), hover(figure, DAY)]
    assert len(said) == 7
    assert not [one for one in said if "3456" in one or "7890" in one]
    assert "••" in mark.name


def test_a_target_date_is_a_mark_once():
    """However many plans have it; it says its year unless it is told not to."""
    found = target_dates([TARGET, pd.NaT, pd.Timestamp("2024-12-31"), TARGET, None])
    assert [mark.dated() for mark in found] == ["Tenggat 31 Desember 2024", "Tenggat 31 Mei 2025"]
    assert [mark.dated(year=False) for mark in found] == ["Tenggat 31 Desember", "Tenggat 31 Mei"]
    assert {(mark.kind, mark.name, mark.in_full) for mark in found} == {(DUE, "Tenggat", "Tenggat")}


def test_a_mark_in_words():
    """Its days, its name cut at a word; its kind before it unless it says it itself."""
    assert OUTAGE.dated(most=18) == "2 Juni–3 Juni: Gangguan …"
    assert OUTAGE.in_full == "Gangguan SIHALAL: Gangguan <SIHALAL> sejak pagi di semua kabupaten/kota"
    assert Mark(DAY, "rapat teknis", "meeting").in_full == "rapat teknis"
    assert Mark(DAY, " ", "letter", DAY - pd.Timedelta(days=1)).dated() == "2 Juni: Surat"


KINDS = [DUE, *EVENT]
WEIGHT = {DUE: 0, "deadline": 0, "meeting": 1}
DAYS = st.sampled_from(CURVE["date"].tolist()) | st.just(DAY)
MARKS = st.lists(st.builds(Mark, DAYS, st.sampled_from(["", "Surat"]), st.sampled_from(KINDS)), max_size=20)


@given(MARKS)
def test_the_foremost_marks_come_first(found):
    """Target dates and deadlines, then meetings, then the rest, of each the latest first; none is lost on the way."""
    ordered = foremost(found, CURVE["date"])
    weights = [(WEIGHT.get(mark.kind, 2), -mark.date.value) for mark in ordered]
    assert weights == sorted(weights)
    assert Counter(ordered) == Counter(by_day(found)) == Counter(found)
    days = [(mark.date, mark.name) for mark in by_day(found)]
    assert days == sorted(days)


def test_the_foremost_marks_are_those_of_the_days_of_the_curve():
    """Its first and last day are; a day before and a day after are not, of whatever kind; of no days none are."""
    first, last = CURVE["date"].iloc[0], CURVE["date"].iloc[-1]
    day = pd.Timedelta(days=1)
    found = [Mark(date, "", kind) for kind in KINDS for date in (first - day, first, last, last + day)]
    assert {mark.date for mark in foremost(found, CURVE["date"])} == {first, last}
    assert foremost(found, CURVE["date"][:0]) == ()


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
    """At most six have a word, of one kind the latest, however many there are; the plot is as high as without."""
    many = [Mark(pd.Timestamp("2025-03-01") + pd.Timedelta(days=9 * n), f"Surat {n}", "letter") for n in range(20)]
    figure, plain = curve(*many), curve()
    assert 1 <= len(labels(figure)) <= 6
    assert {int(re.sub(r"\D", "", text)) for text in labels(figure)} <= set(range(14, 20))
    assert len(figure.layout.shapes) == 20 + 1
    room = [one.layout.height - one.layout.margin.t for one in (figure, plain)]
    assert room[0] >= room[1]


def test_meetings_have_a_word_before_what_else_happened():
    """Of more than six marks the meetings are among those with a word, though six letters came later."""
    met = Mark(pd.Timestamp("2025-03-01"), "", "meeting")
    letters = [Mark(pd.Timestamp("2025-06-01") + pd.Timedelta(days=30 * n), f"S{n}", "letter") for n in range(6)]
    assert "◆ Rapat" in labels(curve(met, *letters))


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
    found = pd.DataFrame(
        {"record_id": list("abc"), "received_at": [DAY] * 3, "by": "Rina", "kind": kinds, "facts": facts}
    )
    told = view.records(found).iloc[::-1]["facts"].tolist()
    assert told[0].startswith("Untuk rapat: R-2025-06-04; Kendala: K10 · Antrean sidang fatwa; ")
    assert told[1] == "Rapat: R-2025-06-04; Judul: Rapat; Per tanggal: 4 Juni 2025"
    assert told[2] == "Alasan: keliru"
    assert not [text for text in told if "stated" in text or "note:" in text]
