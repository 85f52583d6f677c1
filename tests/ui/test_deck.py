"""The deck of a meeting: its slides are the story's, its charts native with the metrics' numbers, its file sound."""

import zipfile
from io import BytesIO
from posixpath import dirname, join, normpath

import numpy as np
import openpyxl
import pandas as pd
import pptx
import pytest
from lxml import etree

from halal_store import Store
from halal_ui.look.cards import Card
from halal_ui.reports.deck import deck, deck_of
from halal_ui.snapshot.meeting_set import meeting_set
from halal_ui.snapshot.programme import programme
from halal_ui.story import Slide, Story, story
from halal_ui.story.pictures import Bar, Bars, Curve, Tiles
from halal_ui.views.shown import Table
from halal_ui.words.columns import Column
from halal_ui.words.names import NO_DATA

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory, demo_to):
    return demo_to(tmp_path_factory.mktemp("deck") / "store")


@pytest.fixture(scope="module")
def meeting(folder):
    return Store(folder, time_zone=programme().time_zone).meeting("R-2025-06-04")


@pytest.fixture(scope="module")
def told(meeting) -> Story:
    return story(meeting_set(meeting))


@pytest.fixture(scope="module")
def content(meeting) -> bytes:
    return deck(meeting)


@pytest.fixture(scope="module")
def parts(content) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def slides(content):
    return list(pptx.Presentation(BytesIO(content)).slides)


def charts(content) -> dict:
    """Charts by the name of their picture."""
    shapes = [shape for slide in slides(content) for shape in slide.shapes if shape.has_chart]
    return {shape.name: shape.chart for shape in shapes}


def series(chart) -> dict[str, list]:
    return {each.name: list(each.values) for each in chart.plots[0].series}


def tables(slide) -> list[list[list[str]]]:
    found = [shape.table for shape in slide.shapes if shape.has_table]
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in found]


def written(element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{A}t"))


def a_story(*made: Slide) -> Story:
    return Story("R-2025-06-04", "Rapat", "Rabu", "Ruang", "per 4 Juni 2025", "dari 2 berkas", "", made)


def a_table(rows: int) -> Table:
    frame = pd.DataFrame({"text": [f"Baris {n} {'kata ' * 30}" for n in range(rows)], "quota": range(rows)})
    columns = {"text": Column("Uraian", "text"), "quota": Column("Kuota", "count")}
    return Table(frame, "Tabel panjang", "panjang", columns, total={"quota": sum(range(rows))})


def test_the_deck_has_the_slides_of_the_story_in_their_order(content, told):
    """A slide a message, its sentence as the title; what is continued says so."""
    titles = [slide.shapes.title.text_frame.text for slide in slides(content)]
    assert [title for title in titles if not title.endswith("(lanjutan)")] == [slide.title for slide in told.slides]


def test_every_slide_says_which_set_it_is_of(content, told):
    """Footer and number stand in placeholders: id, date, source, that it is invented, n of m."""
    made = slides(content)
    for number, slide in enumerate(made, start=1):
        foot, last = (shape.text_frame for shape in slide.placeholders if shape.placeholder_format.idx > 10)
        assert all(said in foot.text for said in (told.meeting_id, told.stamp, told.source, told.mark))
        assert written(last._txBody) == f"{number}/{len(made)}"


def test_the_curve_is_the_curve_of_the_metrics(content, meeting):
    """Plan, used and issued day by day; nothing after the day of the set."""
    chart, frame = charts(content)["Kurva S"], meeting_set(meeting).view.curve()
    future = frame["date"] > meeting.as_of
    assert [date.isoformat() for date in frame["date"].dt.date] == [
        (pd.Timestamp("1899-12-30") + pd.Timedelta(days=float(day))).date().isoformat()
        for day in (point.text for point in chart._chartSpace.find(f".//{C}cat").iter(f"{C}v"))
    ]
    drawn = series(chart)
    assert np.allclose(drawn["Rencana"], frame["planned"], atol=0.05)
    for name, column in (("Dimanfaatkan", "submitted"), ("Terbit", "issued")):
        assert drawn[name][: (~future).sum()] == frame.loc[~future, column].tolist()
        assert not any(value is not None for value in drawn[name][(~future).sum() :])


def test_bars_are_the_bars_of_the_story(content, told):
    """The values of each native bar chart, in the story's order and out of the same quota."""
    drawn = charts(content)
    pictures = [slide.picture for slide in told.slides if isinstance(slide.picture, Bars) and slide.picture.bars]
    assert pictures
    for picture in pictures:
        found = series(drawn[picture.name])
        assert found[f"{picture.name} ({picture.unit})"] == [bar.value for bar in picture.bars]
        if picture.of_label:
            assert found[picture.of_label] == [bar.of for bar in picture.bars]


def test_funnel_waits_add_up_to_what_is_not_issued(content, meeting):
    """The bars of the funnel's slide are quota less certificates, of the metrics."""
    found = next(values for name, values in charts(content).items() if name.startswith("Menunggu di mana"))
    row = meeting_set(meeting).view.absorption().iloc[0]
    assert sum(next(iter(series(found).values()))) == row["quota"] - row["issued"]


def test_an_edited_chart_opens_the_numbers_it_shows(parts):
    """Each chart's embedded workbook holds what the chart has cached."""
    rels = [name for name in parts if name.startswith("ppt/charts/_rels/")]
    assert rels
    for name in rels:
        chart = etree.fromstring(parts[name.replace("_rels/", "").removesuffix(".rels")])
        target = etree.fromstring(parts[name]).find(f"{RELS}Relationship").get("Target")
        sheet = openpyxl.load_workbook(BytesIO(parts[normpath(join("ppt/charts", target))])).worksheets[0]
        for number, values in enumerate(chart.iter(f"{C}val"), start=2):
            cached = {int(point.get("idx")): float(point.find(f"{C}v").text) for point in values.iter(f"{C}pt")}
            if cached:
                column = [cell.value for cell in next(sheet.iter_cols(number, number, 2))]
                assert cached == {place: value for place, value in enumerate(column) if value is not None}


def test_every_table_is_native_and_as_written(content, told):
    """Heads, rows and total of the story's tables, with the slide that shows them."""
    made = {slide.shapes.title.text_frame.text: slide for slide in slides(content)}
    shown = [slide for slide in told.slides if slide.tables]
    assert shown
    for slide in shown:
        for table, cells in zip(slide.tables, tables(made[slide.title]), strict=True):
            assert cells[0] == [table.columns[name].header for name in table.frame]
            assert len(cells) == 1 + len(table.frame) + (table.total is not None)


def test_pictures_and_tables_have_words_for_those_who_do_not_see_them(content):
    """Every chart, table, group and line has an alternative text."""
    for slide in slides(content):
        seen = [*slide.shapes._spTree.findall("{*}graphicFrame"), *slide.shapes._spTree.findall("{*}grpSp")]
        seen += slide.shapes._spTree.findall("{*}cxnSp")
        assert all(shape.xpath("./*[1]/p:cNvPr/@descr")[0].strip() for shape in seen)


def test_every_part_is_sound(parts):
    """All XML parses, shapes' ids differ within a slide, relationships lead to all parts and nowhere else."""
    reached = {"[Content_Types].xml"}
    for name, part in parts.items():
        if not name.endswith((".xml", ".rels")):
            continue
        tree = etree.fromstring(part)
        if name.endswith(".rels"):
            base = dirname(dirname(name))
            targets = [rel.get("Target") for rel in tree if rel.get("TargetMode") != "External"]
            reached |= {normpath(join(base, target)).lstrip("/") for target in targets} | {name}
        ids = tree.xpath("//*[local-name()='cNvPr']/@id")
        assert len(ids) == len(set(ids)), name
    assert reached == set(parts)


def test_text_is_marked_as_indonesian(parts):
    """Spelling is checked in the language that it is written in."""
    for name, part in parts.items():
        if name.startswith("ppt/slides/slide"):
            runs = etree.fromstring(part).iter(f"{A}r")
            assert {run.find(f"{A}rPr").get("lang") for run in runs} == {"id-ID"}


def test_the_same_set_gives_the_same_bytes(meeting, content):
    """Nothing in the file is the clock's, the embedded workbooks included."""
    assert deck(meeting) == content
    assert pptx.Presentation(BytesIO(content)).core_properties.created == meeting.frozen_at.floor("s").to_pydatetime()


def test_the_speaker_has_what_the_figures_mean(content, told):
    """Notes hold the lines, and the definition of what a card counts."""
    notes = slides(content)[[slide.key for slide in told.slides].index("posisi")].notes_slide.notes_text_frame.text
    assert all(line in notes for line in told.slide("posisi").lines)
    assert "Dimanfaatkan (" in notes


def test_a_long_table_goes_on_on_the_next_slide(meeting):
    """No row is lost: the parts of a table hold all its rows and its total, each under the same head."""
    content = deck_of(a_story(Slide("x", "X", "Banyak.", tables=(a_table(40),))), meeting)
    grids = [tables(slide)[0] for slide in slides(content)]
    assert len(grids) > 1
    assert {tuple(grid[0]) for grid in grids} == {("Uraian", "Kuota")}
    assert [row[1] for grid in grids for row in grid[1:]] == [*map(str, range(40)), "780"]


def test_nothing_stands_outside_of_a_slide(content):
    """Every shape of every slide lies within it."""
    deck = pptx.Presentation(BytesIO(content))
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width + 9_525
            assert shape.top + shape.height <= deck.slide_height


@pytest.mark.parametrize(
    "slide",
    [
        Slide("x", "X", "Tanpa apa pun."),
        Slide("x", "X", "Tanpa batang.", picture=Bars("Batang", "kuota", ())),
        Slide("x", "X", "Tanpa petak.", picture=Tiles("Petak", ())),
        Slide("x", "X", "Kurva.", picture=Curve("Kurva S", pd.DataFrame({"date": []}), pd.Timestamp("2025-06-04"))),
        Slide("x", "X", "Tabel.", tables=(Table(pd.DataFrame({"kab_kota": [], "quota": []}), "Kosong", "kosong"),)),
    ],
)
def test_nothing_to_show_says_so(meeting, slide):
    """A picture or table without content is a slide that says that there is none."""
    made = slides(deck_of(a_story(slide), meeting))[0]
    texts = written(made.shapes._spTree)
    assert slide.title in texts
    assert (NO_DATA in texts) == bool(slide.picture or slide.tables)


def test_long_words_and_odd_letters_are_kept(meeting):
    """What is written reaches the slide as it is: markup, quotes, a title as long as titles get."""
    words = 'Uji <b> & "kutip" ' + "panjang " * 18
    bars = Bars("Batang <&>", "kuota", (Bar("A <&> 'b'", 3, "3 <dari> 5", of=5, mark=4),))
    card = Card("Angka <&>", "1.000", of="kuota", rate="32,0%", note="catatan & lain")
    made = slides(deck_of(a_story(Slide("x", "X", words.strip(), (card,), bars, lines=(words.strip(),))), meeting))[0]
    assert made.shapes.title.text_frame.text == words.strip()
    chart = next(shape.chart for shape in made.shapes if shape.has_chart)
    assert list(chart.plots[0].categories) == ["A <&> 'b'\n3 <dari> 5"]
