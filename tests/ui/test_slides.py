"""Slides as HTML: what is in them, read off the text; how they look is for tests/browser/test_slides_fit.py."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pandas as pd
from awkward_slides import AWKWARD, SENTENCE, SLIDES, actions, curve, groups, tiles
from hypothesis import given, settings
from hypothesis import strategies as st

from halal_ui.look.cards import Card
from halal_ui.look.palette import DARK, LIGHT
from halal_ui.slides import STYLE, slides_html
from halal_ui.slides.measure import lines, width
from halal_ui.slides.places import LINE, Label, placed
from halal_ui.snapshot.marks import Mark, target_dates
from halal_ui.story.pictures import Bar, Bars, Tiles
from halal_ui.story.slide import Slide
from halal_ui.words.labels import STATUS_LABEL, STATUS_MARK


class Read(HTMLParser):
    """All elements with their attributes and all words, and whether what was opened was closed again."""

    VOID = frozenset({"col"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)

    def all(self, tag: str, **attributes: str) -> list[dict[str, str | None]]:
        return [a for t, a in self.elements if t == tag and attributes.items() <= a.items()]


def html_of(*slides: Slide, **fields) -> str:
    return slides_html(replace(AWKWARD, slides=slides, **fields), dark=False)


def test_every_slide_can_be_found_and_says_where_it_comes_from():
    """Each has its key and name, and a foot with the set's id, its dates, its sources, its place among all."""
    html = slides_html(AWKWARD, dark=True)
    read = Read(html)
    sections = read.all("section")
    assert [(a["id"], a["data-key"], a["data-name"]) for a in sections] == [
        (f"slide-{slide.key}", slide.key, slide.name) for slide in SLIDES
    ]
    assert not read.open
    for said in (AWKWARD.meeting_id, AWKWARD.stamp, AWKWARD.source, AWKWARD.mark):
        assert html.count(said) >= len(SLIDES)
    assert '<span class="slide-number">3</span>/<span class="slide-count">20</span>' in html


def test_a_set_of_real_numbers_has_no_mark():
    """Only invented numbers say that they are."""
    assert "slide-mark" not in html_of(SLIDES[1], mark="")


def test_what_people_typed_is_text():
    """Names and notes cannot bring elements of their own."""
    evil = '<img src=x onerror="alert(1)">'
    slide = Slide(
        "uji",
        evil,
        evil,
        (Card(evil, evil, evil, evil, evil),),
        Bars(evil, evil, (Bar(evil, 1, evil, note=evil),), evil, evil, evil),
        (replace(groups(0), frame=pd.DataFrame({"lp3h": [evil]}), caption=evil),),
        (evil,),
    )
    marked = replace(
        curve(as_of="2025-06-04", until="2025-06-30"), marks=(Mark(pd.Timestamp("2025-03-01"), evil, "x"),)
    )
    for html in (html_of(slide, mark=evil, stamp=evil), html_of(replace(slide, picture=marked))):
        read = Read(html)
        assert not read.all("img")
        assert not any("onerror" in a for _, a in read.elements)
        assert evil in read.words


def test_nothing_is_fetched_and_nothing_runs():
    """No script, no address, no outside font or image: a slide is text and rules, and lines drawn in them."""
    both = STYLE + slides_html(AWKWARD, dark=False)
    assert not re.search(r"<script|https?:|url\((?!data:image/svg)|@import|@font-face|javascript:", both)


def test_both_themes_are_the_same_slides():
    """Dark and light differ in one attribute; the rules hold both palettes."""
    light, dark = (slides_html(AWKWARD, dark=dark) for dark in (False, True))
    assert light.replace('data-dark="false"', 'data-dark="true"', 1) == dark
    assert f"--late:light-dark({LIGHT.late},{DARK.late})" in STYLE


def test_a_status_is_a_word_and_a_mark_as_well_as_a_colour():
    """In a tile and in a table."""
    for html in (html_of(Slide("a", "A", "A", picture=tiles())), html_of(Slide("a", "A", "A", tables=(groups(6),)))):
        for status, word in STATUS_LABEL.items():
            assert f"{STATUS_MARK[status]} {word}" in html


def test_pictures_say_what_they_show():
    """Each is an image with a text for those who do not see it."""
    shown = [slide for slide in SLIDES if slide.picture]
    alts = [a["aria-label"] for a in Read(html_of(*shown)).all("figure", role="img")]
    assert alts == [slide.picture.alt or slide.picture.name for slide in shown if slide.picture]


def test_a_table_has_heads_of_columns_and_rows():
    """As many as it has columns and rows, its total among them, and every cell knows its column on a phone."""
    read = Read(html_of(Slide("a", "A", "A", tables=(groups(3),))))
    assert len(read.all("th", scope="col")) == 7
    assert len(read.all("th", scope="row")) == 4
    assert all(a["data-label"] for a in read.all("td"))
    assert {"1.100", "93,8%", "−12", "30 November 2025", "Jumlah", "11.000"} <= set(read.words)


def test_rows_without_room_are_counted():
    """A table that is too long for a screen ends earlier, and says how many rows more there are and where."""
    html = html_of(Slide("a", "A", SENTENCE, tables=(actions(40),)))
    shown = len(Read(html).all("th", scope="row"))
    assert 5 < shown < 40
    assert f"{40 - shown} baris lagi: lihat Bahan rapat." in html


def test_all_numbers_of_a_slide_with_room_are_there():
    """What fits is left whole."""
    for slide in SLIDES:
        html = html_of(slide)
        assert all(card.number in html for card in slide.figures)
        if len(slide.tables) == 1 and not slide.picture:
            assert len(Read(html).all("tr")) >= 1 + len(slide.tables[0].frame)
            assert "baris lagi" not in html


def test_the_deadline_that_passed_is_marked_late():
    """A deadline before the day looked at is red, one after it is not."""
    for as_of, late in (("2025-06-04", True), ("2025-05-20", False)):
        html = html_of(Slide("a", "A", "A", picture=curve(as_of=as_of, until="2025-06-30")))
        assert ("stroke due late" in html) is late


def test_a_curve_writes_the_last_counts():
    """Used and issued as of the day looked at, and the plan of that day; nothing after it."""
    picture = curve(as_of="2025-06-04", until="2025-06-30")
    last = picture.frame[picture.frame["date"] == picture.as_of].iloc[0]
    html = html_of(Slide("a", "A", "A", picture=picture))
    assert f"{last['submitted']:.0f} dimanfaatkan" in html
    assert f"{last['issued']:.0f} terbit" in html
    assert "rencana 1.000" in html


def test_marks_close_together_share_a_letter():
    """Each mark's text is below the picture, whether it has a letter of its own or not."""
    html = html_of(Slide("a", "A", "A", picture=curve(as_of="2025-05-30", until="2025-12-31", marks=6)))
    assert all(f"SIHALAL tidak dapat dibuka {n}" in html for n in range(6))
    assert html.count('class="lane mark"') < 6


def test_nothing_to_show_is_said():
    """A picture and a table without rows say so, a curve too."""
    bars_and_table = next(slide for slide in SLIDES if slide.key == "kosong")
    full = curve(as_of="2025-06-04", until="2025-06-30")
    for picture in (bars_and_table.picture, replace(full, frame=full.frame[:0]), Tiles("Peta", ())):
        assert html_of(replace(bars_and_table, picture=picture)).count("Belum ada data untuk pilihan ini.") == 2


SHARES = st.floats(0, 1)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(SHARES, st.integers(0, 20_000)), min_size=1, max_size=3), SHARES)
def test_labels_of_a_curve_never_touch(points, x):
    """However close the ends of the lines are: one line of text apart, and inside the plot."""
    heights = sorted(where.y for where in placed([Label(f"{n} terbit", x, y, "") for y, n in points], room=19))
    assert all(above - below >= LINE - 1e-9 for below, above in pairwise(heights))
    assert heights[0] >= LINE / 2 - 1e-9
    assert heights[-1] <= 1 - LINE / 2 + 1e-9


PHONE = 19.0
"""Ems of a curve's plot on a phone."""

WRITTEN = re.compile(
    r'<span class="lane (from|over|to)(?: late)?" style="left:([\d.]+)%;--lane:(\d+)">([^<]+)</span>', re.ASCII
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 331), max_size=6))
def test_texts_of_one_lane_never_touch(days):
    """Deadlines on the same day, or the day after, are written above each other; each day's once, and none is lost."""
    picture = curve(as_of="2025-05-30", until="2025-12-31")
    due = target_dates(picture.frame["date"].iloc[days])
    written = WRITTEN.findall(html_of(Slide("a", "A", "A", picture=replace(picture, marks=due))))
    assert [text for *_, text in written] == [mark.dated() for mark in due]
    before = {"from": 0.0, "over": 0.5, "to": 1.0}
    assert {int(lane) for _, _, lane, _ in written} == set(range(len({lane for _, _, lane, _ in written})))
    begins = [(int(lane), float(left) / 100, width(text) / PHONE, side) for side, left, lane, text in written]
    for lane in {lane for lane, *_ in begins}:
        same = sorted((left - share * before[side], share) for its, left, share, side in begins if its == lane)
        assert all(right - left > share for (left, share), (right, _) in pairwise(same))


@settings(max_examples=60, deadline=None)
@given(st.text("abcdefgh ", max_size=80), st.floats(3, 60))
def test_more_room_never_takes_more_lines(text, room):
    """And a text that fits in one line has one."""
    assert lines(text, room + 5) <= lines(text, room)
    assert lines(text, width(text) + 0.1) == (1 if text.strip() else 0)
