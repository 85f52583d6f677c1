"""Charts: what is drawn, in which order and in which words."""

import re

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from chart_frames import AS_OF, CHARTS, CURVE, KAB_KOTA, PROGRAMME, START, TARGET, UNKNOWN_LP3H, absorption, drawn, gaps

from halal_metrics.places import TILES
from halal_ui import charts
from halal_ui.charts.canvas import legible_on
from halal_ui.look import palette

EVERY = pytest.mark.parametrize("name", CHARTS)
WHOLE = ("s_curve", "funnel_steps", "backlog_bars", "age_bars", "duration_bars", "effect_bars", "pareto_bars")
GROUPED = [name for name in CHARTS if name not in WHOLE]


def texts(figure: go.Figure) -> list[str]:
    """All words of a figure without their tags, traces first."""
    found: list[str] = []
    for trace in figure.data:
        words = np.array(getattr(trace, "text", None) if getattr(trace, "text", None) is not None else [])
        found += [*words.ravel()]
    for axis in (figure.layout.xaxis, figure.layout.yaxis):
        found += axis.ticktext or ()
    found += [words.text for words in figure.layout.annotations]
    return [re.sub("<[^>]*>", " ", str(words)).strip() for words in found]


def rows(figure: go.Figure) -> list[str]:
    """The lines of a list of rows, top first."""
    return [re.sub("<[^>]*>", "", words) for words in figure.data[-1].text]


@EVERY
@pytest.mark.parametrize("dark", [False, True])
def test_the_same_frame_gives_the_same_bytes(name: str, dark: bool):
    """A chart that has changed by a byte is mounted anew in every browser."""
    assert drawn(name, dark=dark).to_json() == drawn(name, dark=dark).to_json()


@EVERY
def test_a_figure_is_light_on_the_wire(name: str):
    """Under 20 kB, and with the house template, not plotly's."""
    figure = drawn(name)
    assert len(figure.to_json()) < 20_000
    assert not figure.layout.template.data.to_plotly_json()


@EVERY
@pytest.mark.parametrize("dark", [False, True])
def test_every_figure_is_in_the_house_style(name: str, dark: bool):
    """Indonesian separators, no ground of its own, no legend, nothing to zoom, words in the mode's ink."""
    layout = drawn(name, dark=dark).layout
    house = layout.template.layout
    assert layout.separators == ",."
    assert {house.paper_bgcolor, house.plot_bgcolor} == {"rgba(0,0,0,0)"}
    assert house.showlegend is False
    assert house.dragmode is False
    assert house.xaxis.fixedrange is True
    assert house.font.color == palette.palette(dark).ink
    assert layout.height >= 100


@EVERY
def test_drawing_leaves_the_frame_as_it_was(name: str):
    """Frames are shared by all viewers."""
    frame = CHARTS[name][0]
    before = frame.copy()
    drawn(name)
    pd.testing.assert_frame_equal(frame, before)


@EVERY
def test_nothing_to_show_is_said(name: str):
    """An empty frame gives a figure with its title and one sentence, and no axes around nothing."""
    frame, chart = CHARTS[name]
    figure = chart(frame.head(0), dark=False)
    assert not figure.data
    assert re.fullmatch(r"<b>.+</b>(<br>[^<]+)+\.", figure.layout.annotations[0].text)
    assert figure.layout.xaxis.visible is False


@pytest.mark.parametrize("name", GROUPED)
def test_what_is_not_named_is_a_group_of_its_own(name: str):
    """A missing kabupaten/kota or LP3H is drawn and called "Belum dirinci"."""
    assert any("Belum dirinci" in words for words in texts(drawn(name)))


@pytest.mark.parametrize(
    "name", ["funnel_multiples", "gap_bars", "pace_bars", "durations_by", "heatmap", "start_finish"]
)
def test_an_unknown_institution_is_shortened_and_harmless(name: str):
    """A name kept as written neither runs out of the chart nor is read as markup; the hover has all of it."""
    written = drawn(name).to_json().replace("\\u003c", "<").replace("\\u003e", ">")
    assert "Yayasan Pend" in written
    assert "…" in written
    assert UNKNOWN_LP3H.replace("<", "&lt;").replace(">", "&gt;") in written
    assert "<Halal>" not in written


def test_the_curve_ends_today_and_the_plan_goes_on():
    """What happened is drawn up to as_of and written there; the plan runs on, and is said to be a straight line."""
    figure = drawn("s_curve")
    plan, used, issued, last = figure.data
    days = (pd.Timestamp(AS_OF) - pd.Timestamp(START)).days + 1
    assert (len(plan.y), len(used.y), len(issued.y)) == (len(CURVE), days, days)
    assert (used.y[-1], issued.y[-1], list(last.x)) == (320, 58, [AS_OF, AS_OF])
    assert {"320 dimanfaatkan", "58 terbit", "Tenggat 31 Mei"} <= set(texts(figure))
    assert "Rencana (garis lurus hari kerja)" in texts(figure)
    assert [line.x0 for line in figure.layout.shapes] == [TARGET]


def test_the_hover_of_a_day_to_come_has_the_plan_only():
    """One trace answers for all three lines, so that a day after as_of is not given the counts of as_of."""
    plan, *others = drawn("s_curve").data
    today = (pd.Timestamp(AS_OF) - pd.Timestamp(START)).days
    assert plan.customdata[today].tolist() == ["1.000", "320", "58"]
    assert plan.customdata[today + 1].tolist() == ["1.000", "–", "–"]
    assert {trace.hoverinfo for trace in others} == {"skip"}


def test_neighbouring_deadlines_stand_on_lines_of_their_own():
    """Three deadlines within weeks are all legible."""
    figure = charts.s_curve(CURVE, as_of=AS_OF, deadlines=[TARGET, "2025-06-10", "2025-06-20"])
    heights = [words.yshift for words in figure.layout.annotations if words.text.startswith("Tenggat")]
    assert heights == [0, 20, 40]


def test_the_funnel_says_counts_shares_and_steps():
    """Each step with its count, what went on from the step before, and its share of the quota."""
    notes, steps = [
        [re.sub("<[^>]*>", "", words) for words in trace.text] for trace in drawn("funnel_steps").data[:1:-1]
    ]
    assert steps[:2] == ["Kuota  1.000", "Dimanfaatkan  320"]
    assert steps[-1] == "Terbit  58"
    assert notes[1] == "32,0% kuota"
    assert notes[-1] == "68,2% lanjut · 5,8% kuota"


def test_the_small_funnels_start_with_the_largest_quota():
    """Blocks are ordered by quota, and every step has its count at the right."""
    *_, titles, steps, counts = drawn("funnel_multiples").data
    assert [int(words.split()[-1]) for words in titles.text] == [340, 210, 190, 160, 70, 30]
    assert steps.text[:5] == ("Dimanfaatkan", "Terverifikasi", "Komite Fatwa", "Ditetapkan", "Terbit")
    assert counts.text[0] == "<b>166</b>"


def test_all_ten_tiles_are_equally_large_and_can_be_chosen():
    """A tile is a bar with the official name as customdata; whoever has no number is hatched."""
    outline, tiles, *_ = drawn("tiles_absorption_rate").data
    assert list(outline.customdata) == list(TILES)
    assert (set(tiles.y), tiles.width, len(tiles.x)) == ({tiles.width}, tiles.width, 10)
    hatched = [place for place, shape in zip(TILES, tiles.marker.pattern.shape, strict=True) if shape]
    assert hatched == ["Kota Bontang"]


def test_tiles_say_the_number_and_what_it_is_of():
    """Short name, the number large, and the counts behind it; behind the plan is a negative number."""
    words = texts(drawn("tiles_absorption_rate"))
    assert any(re.search(r"Kutim\s+96,0%\s+96/100", tile) for tile in words)
    assert any(re.search(r"Bontang\s+–", tile) for tile in words)
    assert any(re.search(r"Berau\s+−91\s+rencana 100", tile) for tile in texts(drawn("tiles_gap")))
    assert any(re.search(r"Berau\s+1,0\s+tenggat lewat", tile) for tile in texts(drawn("tiles_pace_per_week")))


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", [name for name in CHARTS if name.startswith("tiles_")])
def test_words_on_tiles_contrast_with_their_tile(name: str, dark: bool):
    """Dark words on light tiles, light words on dark ones."""
    figure = drawn(name, dark=dark)
    inks = [words.font.color for words in figure.layout.annotations[:10]]
    assert inks == [legible_on(paint) for paint in figure.data[1].marker.color]


def test_gaps_are_ranked_by_what_is_missing():
    """Furthest behind first, with the count, the points and the status in words."""
    lines = rows(drawn("gap_bars"))
    assert lines[0].startswith("Unmul  −174 · −51,2 poin")
    assert lines[0].endswith("✕ Lewat tenggat")
    assert [line.split("  ")[0] for line in lines][-1] == "Yayasan Pend…"


def test_ahead_of_the_plan_is_drawn_beyond_it():
    """The bar starts at the plan, and has the colour of what goes well."""
    ahead = gaps(KAB_KOTA, as_of="2025-04-02").query("kab_kota == 'Kabupaten Kutai Timur'")
    figure = charts.gap_bars(ahead, by=KAB_KOTA)
    _, done, beyond, plan, _ = figure.data
    assert (done.x[0], beyond.base[0]) == (plan.x[0], plan.x[0])
    assert beyond.marker.color == (palette.LIGHT.on_track,)


def test_a_pace_is_set_against_the_pace_that_is_needed():
    """Before the deadline both are written; after it none is needed any more, and the text says so."""
    before = charts.pace_bars(gaps(KAB_KOTA, as_of="2025-05-21"), by=KAB_KOTA)
    assert any(re.fullmatch(r"Berau  1,0 · perlu \d+,\d", line) for line in rows(before))
    assert all("tenggat lewat" in line for line in rows(drawn("pace_bars")))


def test_the_heat_map_leaves_blank_what_is_not_there():
    """Places down, institutions across, both in their official order and the unnamed last; no pair, no number."""
    figure = drawn("heatmap")
    grid = np.array(figure.data[0].text)
    assert figure.layout.yaxis.ticktext[:2] == ("Paser", "Kukar")
    assert figure.layout.yaxis.ticktext[-1] == figure.layout.xaxis.ticktext[-1] == "Belum dirinci"
    assert "96%" in grid[list(figure.layout.yaxis.ticktext).index("Kutim"), 0]
    assert np.count_nonzero(grid != "") == len(PROGRAMME)


def test_who_has_not_started_is_named_below_the_four_classes():
    """A group without a submission has no conversion to be placed by, and is not left out."""
    table = absorption(KAB_KOTA)
    table.loc[table["kab_kota"] == "Kabupaten Mahakam Ulu", "conversion_rate"] = np.nan
    words = texts(charts.start_finish(table, by=KAB_KOTA))
    assert "Belum ada pengajuan: Mahulu" in words
    assert {f"{a} mulai, {b} selesai" for a in ("Banyak", "Sedikit") for b in ("banyak", "sedikit")} <= set(words)
    assert {"32,0%", "18,1%"} <= set(words)


def test_the_backlog_says_whose_step_it_is():
    """Each wait with its count and its actor."""
    assert rows(drawn("backlog_bars"))[0] == "118  Menunggu verifikasi · LP3H dan pendamping"
    assert rows(drawn("backlog_bars"))[-1] == "22  Dikembalikan untuk dilengkapi · Pelaku usaha"


def test_the_backlog_is_cut_by_age():
    """As many pieces a step as there are ages, together what waits; the older, the stronger the colour."""
    figure = drawn("age_bars")
    assert rows(figure) == [
        "34  Menunggu verifikasi · LP3H dan pendamping",
        "0  Menunggu dikirim ke Komite Fatwa · BPJPH",
        "60  Menunggu sidang fatwa · Komite Fatwa",
        "25  Menunggu sertifikat terbit · BPJPH",
        "22  Dikembalikan untuk dilengkapi · Pelaku usaha",
    ]
    _, *pieces, _ = figure.data
    assert np.array([piece.x for piece in pieces]).T.tolist() == [
        [0, 0, 30, 4, 0],
        [0] * 5,
        [0, 0, 0, 0, 60],
        [0, 25, 0, 0, 0],
        [0, 22, 0, 0, 0],
    ]
    assert [piece.base[0] for piece in pieces] == [0, 0, 0, 30, 34]
    assert len({piece.marker.color[0] for piece in pieces}) == len(pieces)
    assert "hari kerja ■ 0–5" in re.sub(r"\s+", " ", texts(figure)[-1])
    assert "41 ke atas hari kerja: 60 pengajuan" in figure.data[0].hovertext[2]


def test_a_duration_says_its_days_their_range_and_what_is_not_reached():
    """Half, its band, eight in ten; "belum tercapai" and "berkas terlalu sedikit" where there is no such day."""
    figure = drawn("duration_bars")
    notes, lines = [[re.sub("<[^>]*>", "", words) for words in trace.text] for trace in figure.data[:-3:-1]]
    assert lines == [
        "Verifikasi  16 (9–16)",
        "Ke fatwa  2",
        "Sidang fatwa  belum tercapai",
        "Terbit  berkas terlalu sedikit",
    ]
    assert notes == ["", "◇ 2", "", ""]
    half = figure.data[4]
    assert half.x == (16, 2, None, None)


def test_an_event_is_drawn_where_something_can_be_said_of_it():
    """Orange clearly less, grey what chance would bring, teal clearly more; without a working day no row."""
    figure = drawn("effect_bars")
    assert rows(figure) == [
        "Gangguan &lt;SIHALAL&gt;  kurang 13 · pengajuan",
        "Gangguan &lt;SIHALAL&gt;  tidak jelas · sertifikat terbit",
        "Jemput bola  lebih 19 · pengajuan",
    ]
    light = palette.LIGHT
    assert figure.data[3].marker.color == (light.behind, light.muted, light.on_track)
    assert "7 pengajuan dalam 2 hari kerja<br>biasanya 20 (12–29): kurang 13" in figure.data[0].hovertext[0]
    assert "2 Juni–3 Juni: Gangguan &lt;SIHALAL&gt;" in figure.data[0].hovertext[0]


def test_a_quiet_institution_is_said_to_be_quiet():
    """Without an active pendamping it says for how many days nothing came."""
    assert rows(drawn("activity_bars")) == ["Unmul", "Belum dirinci", "UINSI  ▽ 41 hari tanpa pengajuan"]


def test_an_allocation_that_is_overshot_shows_where_the_quota_was():
    """A stroke marks the quota only where more than it is used."""
    table = absorption(KAB_KOTA).head(2).assign(quota=[100, 10], used=[20, 12], remaining=[80, -2])
    *_, strokes, _ = charts.allocation_bars(table, by=KAB_KOTA).data
    assert strokes.x == (None, 10)
    assert "lebih 2" in rows(charts.allocation_bars(table, by=KAB_KOTA))[1]


def test_a_pace_that_is_enough_is_not_drawn_as_behind():
    """Orange is only where more is needed than is done; the rest is teal."""
    table = gaps(KAB_KOTA, as_of="2025-05-21").head(2).assign(pace_per_week=[9.0, 1.0], required_per_week=[3.0, 4.0])
    _, _, between, *_ = charts.pace_bars(table, by=KAB_KOTA).data
    assert between.marker.color == (palette.LIGHT.behind, palette.LIGHT.on_track)
