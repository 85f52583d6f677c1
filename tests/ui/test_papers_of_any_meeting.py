"""The papers of meetings unlike the usual: one that knows nothing, and one at which far too much was noted."""

from io import BytesIO
from itertools import combinations, pairwise
from typing import Any

import docx
import openpyxl
import pandas as pd
import pptx
import pytest
from meeting_sets import Known, meeting_of
from pypdf import PdfReader

from halal_metrics.places import KAB_KOTA
from halal_ui.reports import deck, minutes, print_pdf, workbook
from halal_ui.reports.print_pictures import labelled
from halal_ui.slides import slides_html
from halal_ui.snapshot.marks import Mark
from halal_ui.snapshot.meeting_set import meeting_set
from halal_ui.story import story
from halal_ui.story.pictures import Curve
from halal_ui.words.labels import UNKNOWN_GROUP
from halal_ui.words.names import place

pytestmark = pytest.mark.filterwarnings("ignore:.*xtension is not supported:UserWarning")

LONG = ("Pendamping di kecamatan yang jauh belum cukup, pelaku usaha menunggu giliran. " * 7)[:490]
PHONE = "0812-3456-7890"
OBSTACLES, ACTIONS = 40, 60
CROWDED = Known(
    as_of="2025-06-04",
    quotas=[
        {"kab_kota": "Kabupaten Berau", "lp3h": f"LP3H dengan Nama yang Sangat Panjang Sekali {n}", "quota": 50}
        for n in range(12)
    ]
    + [{"kab_kota": None, "lp3h": None, "quota": 400, "target_date": "2025-05-31"}],
    applications=[
        {
            "registration_number": f"SH-{n}",
            "kab_kota": (None, "Kabupaten Berau", "Kota Bontang")[n % 3],
            "lp3h": (None, "LP3H dengan Nama yang Sangat Panjang Sekali 1")[n % 2],
            "status": "submitted",
            "submitted_date": "2025-05-02",
        }
        for n in range(30)
    ],
    notes={
        "obstacles": [
            {"text": f"K{n}: {LONG}", "category": f"K{n % 11 + 1}", "kab_kota": "Kabupaten Berau", "actor": "lp3h"}
            for n in range(OBSTACLES)
        ],
        "actions": [
            {
                **dict.fromkeys(("problem", "responsible", "indicator", "evidence"), LONG),
                "action": f"T{n}: {LONG}",
                "status": "todo",
                "due_date": "2025-05-20",
                "kab_kota": "Kabupaten Berau",
                "stage": "submitted",
            }
            for n in range(ACTIONS)
        ],
        "decisions": [{"text": f"P{n}: {LONG}"} for n in range(12)],
        "events": [
            {"date": f"2025-0{3 + n // 5}-{n % 5 * 5 + 2:02}", "kind": "outage", "text": f"{PHONE} {LONG}"}
            for n in range(14)
        ],
    },
)


@pytest.fixture(scope="module")
def crowded():
    return meeting_of(CROWDED, meeting_of(Known(as_of="2025-05-21", quotas=CROWDED.quotas), None))


@pytest.fixture(scope="module", params=["empty", "crowded"])
def meeting(request, crowded):
    return crowded if request.param == "crowded" else meeting_of(Known(as_of="2025-06-04"), None)


def told(page) -> str:
    return " ".join(page.extract_text().split())


def apart(one, other) -> bool:
    return (
        one.left + one.width <= other.left
        or other.left + other.width <= one.left
        or one.top + one.height <= other.top
        or other.top + other.height <= one.top
    )


def test_the_print_has_one_page_a_place_whatever_was_noted(meeting):
    """The whole on a page, what is to come on one, each place on one; those without a place where there is some."""
    reader = PdfReader(BytesIO(print_pdf(meeting)))
    outline = [entry.title for entry in reader.outline]
    unknown = [UNKNOWN_GROUP] if len(meeting.tables.quotas) else []
    assert sorted(outline) == sorted(["Ringkasan", "Ramalan", *map(place, KAB_KOTA), *unknown])
    assert [reader.get_destination_page_number(entry) for entry in reader.outline] == list(range(len(reader.pages)))
    assert all(f"{number}/{len(outline)}" in told(page) for number, page in enumerate(reader.pages, 1))


def test_the_page_of_a_place_says_how_much_it_leaves_out(crowded):
    """Berau's first notes stand on its page; the rest is counted and sent to the minutes."""
    reader = PdfReader(BytesIO(print_pdf(crowded)))
    page = told(reader.pages[[entry.title for entry in reader.outline].index("Berau")])
    shown = [sum(f"{letter}{n}: " in page for n in range(ACTIONS)) for letter in "KT"]
    assert f"{OBSTACLES - shown[0]} lainnya: lihat notulen." in page or shown[0] == 0
    assert f"{ACTIONS - shown[1]} {'lainnya' if shown[1] else 'catatan'}: lihat notulen." in page


def test_the_summary_marks_meetings_and_events(crowded):
    """The curve of the whole names the meeting before, the target date and events, without a phone number."""
    page = told(PdfReader(BytesIO(print_pdf(crowded))).pages[0])
    assert all(text in page for text in ("21 Mei: Rapat", "Tenggat 31 Mei 2025", "rapat, per 4 Juni"))
    assert PHONE not in page
    assert "••" not in page.replace("×", "")


def test_no_paper_and_no_slide_tells_what_a_mark_must_not(crowded):
    """The number noted with each event is masked in the set already, so in the deck and the slides made of it too."""
    found = meeting_set(crowded)
    assert sum("••" in mark.text for mark in found.marks) == 14
    html, shapes = slides_html(story(found), dark=False), pptx.Presentation(BytesIO(deck(crowded)))
    words = "".join(shape.name for slide in shapes.slides for shape in slide.shapes)
    assert "••" in html
    assert "••" in words
    assert PHONE not in html + words


def test_words_over_the_printed_curve_never_run_into_each_other(crowded):
    """Whatever is marked on neighbouring days, labels of a row stand apart and within the plot."""
    days = pd.date_range("2025-03-01", "2025-06-30")
    frame = pd.DataFrame({"date": days, "planned": 1.0, "submitted": 1.0, "issued": 0.0})
    marks = tuple(Mark(days[n * 4], f"Peristiwa {n}", ("due", "meeting", "outage")[n % 3]) for n in range(25))
    picture = Curve("Kurva S", frame, pd.Timestamp("2025-06-04"), marks)
    labels = labelled(picture, lambda day: 30 + (day - days[0]).days * 3.0, 30 + 121 * 3.0)
    assert labels[0].text == "per 4 Juni"
    assert 6 < len(labels) < len(marks)
    for row in {label.row for label in labels}:
        lefts = sorted((label.left, label.left + 5.0 * len(label.text)) for label in labels if label.row == row)
        assert all(end <= begin for (_, end), (begin, _) in pairwise(lefts))


def test_the_deck_keeps_within_its_slides(meeting):
    """Every shape, and every table with the height its rows have, lies within its slide."""
    made: Any = pptx.Presentation(BytesIO(deck(meeting)))
    for slide in made.slides:
        for shape in slide.shapes:
            tall = sum(row.height for row in shape.table.rows) if shape.has_table else shape.height
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= made.slide_width + 9_525
            assert shape.top + tall <= made.slide_height


def test_no_shape_of_the_deck_covers_another(meeting):
    """Tables, charts and lines of a slide stand apart, and so do the words of marks over a curve."""
    made: Any = pptx.Presentation(BytesIO(deck(meeting)))
    for slide in made.slides:
        large = [shape for shape in slide.shapes if shape.has_table or shape.has_chart or shape.name == "Keterangan"]
        words = [shape for shape in slide.shapes if shape.name.startswith("Tanda ")]
        for one, other in [*combinations(large, 2), *combinations(words, 2)]:
            assert apart(one, other), (slide.shapes.title.text_frame.text, one.name, other.name)


def test_all_that_was_noted_is_in_the_deck(crowded):
    """Each action has its row, on as many slides as that takes; each obstacle its bar."""
    slides = list(pptx.Presentation(BytesIO(deck(crowded))).slides)
    first = {
        row.cells[0].text.partition(":")[0] for s in slides for t in s.shapes if t.has_table for row in t.table.rows
    }
    assert {f"T{n}" for n in range(ACTIONS)} <= first
    charts = {
        (number, shape.name): len(list(shape.chart.plots[0].categories))
        for number, slide in enumerate(slides)
        for shape in slide.shapes
        if shape.has_chart and shape.name == "Tertahan per kendala"
    }
    assert sum(charts.values()) == OBSTACLES


def test_all_that_was_noted_is_in_the_workbook_in_full(crowded):
    """A row a note, its text uncut."""
    book = openpyxl.load_workbook(BytesIO(workbook(crowded)))
    for name, letter, count in (("Kendala", "K", OBSTACLES), ("Tindak lanjut", "T", ACTIONS), ("Keputusan", "P", 12)):
        cells = {str(cell.value) for row in book[name].iter_rows() for cell in row}
        assert {f"{letter}{n}: {LONG}" for n in range(count)} <= cells


def test_all_that_was_noted_is_in_the_minutes_in_full(crowded):
    """Obstacles and actions as rows, decisions as a list, each uncut; the last row stays with the signatures."""
    document = docx.Document(BytesIO(minutes(crowded)))
    cells = {cell.text for table in document.tables for row in table.rows[1:] for cell in row.cells}
    assert {f"K{n}: {LONG}" for n in range(OBSTACLES)} | {f"T{n}: {LONG}" for n in range(ACTIONS)} <= cells
    assert {f"P{n}: {LONG}" for n in range(12)} <= {paragraph.text for paragraph in document.paragraphs}
    last = document.tables[-2].rows[-1].cells[0].paragraphs[0]
    assert last.paragraph_format.keep_with_next


def test_papers_of_a_meeting_that_knows_nothing_say_so():
    """No heads without rows, no place called fine, nothing that reads nan or None."""
    meeting = meeting_of(Known(as_of="2025-06-04"), None)
    document = docx.Document(BytesIO(minutes(meeting)))
    said = [paragraph.text for paragraph in document.paragraphs]
    assert any("unggah pembagian kuota lebih dulu" in text for text in said)
    page = told(PdfReader(BytesIO(print_pdf(meeting))).pages[0])
    assert "Selesai" not in page
    texts = [*said, page, *(cell.text for table in document.tables for row in table.rows for cell in row.cells)]
    assert not [text for text in texts if {"nan", "None", "NaT"} & set(text.split())]
    assert meeting_set(meeting).view.absorption()["quota"].iloc[0] == 0
