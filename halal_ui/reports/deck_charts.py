"""Pictures of the deck as native charts: their numbers are in an embedded workbook and can be edited."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

import numpy as np
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Inches, Pt

from halal_ui.reports.deck_marks import BOTTOM, LEFT, LINE, RIGHT, SMALL, draw_marks, mark_labels
from halal_ui.reports.deck_template import ACCENT
from halal_ui.reports.deck_text import Place, Run, box, describe, paint, write
from halal_ui.slides.measure import width as ems
from halal_ui.story.pictures import Bar, Bars, Curve
from halal_ui.words.labels import STAGE_SHORT

COUNT: Final = r"[>=1000000]#\.###\.##0;[>=1000]#\.##0;0"
"""1.000 whatever the computer's own language is; the dots of "#,##0" would be commas on an English one."""

DAY: Final = "[$-421]d mmm"
_THICKEST, _LEGEND, _TWO_LINES = 0.9, 0.45, 0.4  # inches a bar takes at most, the legend, and two lines of a name
_SERIES: Final = {
    "planned": ("Rencana", "quota"),
    "submitted": (STAGE_SHORT["submitted"], "used"),
    "issued": (STAGE_SHORT["issued"], "issued"),
}
_NEAR: Final = 0.08  # of the plot's height: two labels closer than this run into each other


def bars_chart(shapes: Any, picture: Bars, place: Place) -> Any:
    """Bars of the values on tracks of what they are out of; a dashed frame is the plan."""
    left, top, wide, tall = place
    place = (left, top, wide, min(tall, _THICKEST * len(picture.bars) + _LEGEND))
    data = CategoryChartData(number_format=COUNT)
    close = (place[3] - _LEGEND) / len(picture.bars) < _TWO_LINES
    data.categories = [_named(bar, close=close) for bar in picture.bars]
    if picture.of_label and any(bar.of is not None for bar in picture.bars):  # without a name it is only the scale
        data.add_series(picture.of_label, [bar.of for bar in picture.bars])
    data.add_series(f"{picture.name} ({picture.unit})", [bar.value for bar in picture.bars])
    if any(bar.mark is not None for bar in picture.bars):
        data.add_series(picture.mark_label or "Rencana", [bar.mark for bar in picture.bars])
    frame = shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *map(Inches, place), data)
    frame.name = picture.name
    describe(frame, picture.alt or picture.name)
    chart = frame.chart
    plot = chart.plots[0]
    plot.overlap, plot.gap_width = 100, 45
    tones = {bar.tone for bar in picture.bars}
    for series in plot.series:
        if series.name == picture.of_label:
            _fill(series.format, "rule")
        elif series.name == (picture.mark_label or "Rencana"):
            series.format.fill.background()
            paint(series.format.line.color, "ink")
            series.format.line.width, series.format.line.dash_style = Pt(1.25), MSO_LINE.DASH
        else:
            _fill(series.format, picture.bars[0].tone)
            if len(tones) > 1:
                for number, bar in enumerate(picture.bars):
                    _fill(series.points[number].format, bar.tone)
            labels = series.data_labels
            labels.show_value, labels.position = True, XL_LABEL_POSITION.OUTSIDE_END
            labels.number_format, labels.number_format_is_linked = COUNT, False
            _font(labels.font, "ink", 14, bold=True)
    _values(chart.value_axis, picture.longest * 1.08)
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    axis = chart.category_axis
    axis.reverse_order = True
    axis.format.line.fill.background()
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    _font(axis.tick_labels.font, "ink", SMALL)
    chart.has_title, chart.has_legend = False, len(list(plot.series)) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        _font(chart.legend.font, "muted", SMALL)
    words = _room(data.categories, place[2])
    _plot_at(chart, words, 0.02, 0.98 - words, 0.84 if chart.has_legend else 0.96)
    return frame


def _room(categories: Any, wide: float) -> float:
    """The part of the chart that the bars' names take; half of it at most, where they are broken."""
    longest = max(ems(line) for category in categories for line in category.label.split("\n"))
    return min(max(longest * SMALL / 72 / wide + 0.02, 0.12), 0.5)


def _named(bar: Bar, *, close: bool) -> str:
    """A bar's name with its words below; beside it, and the note left out, where the bars stand `close`."""
    if close:
        return f"{bar.label} · {bar.text}" if bar.text else bar.label
    return "\n".join(filter(None, (bar.label, " · ".join(filter(None, (bar.text, bar.note))))))


def has_values(picture: Curve) -> bool:
    """Whether there is a plan, or anything that was reached."""
    return len(picture.frame) > 0 and bool((picture.frame[list(_SERIES)] > 0).to_numpy().any())


def curve_chart(shapes: Any, picture: Curve, place: Place) -> Any:
    """The S-curve on an axis of dates, its last values beside it; marks are lines and labels drawn over it."""
    frame, last = picture.frame, int((picture.frame["date"] <= picture.as_of).sum()) - 1
    data = CategoryChartData(number_format=COUNT)
    data.categories = [date.date() for date in frame["date"]]
    data.categories.number_format = DAY
    for column, (name, _) in _SERIES.items():
        data.add_series(name, [None if np.isnan(value) else round(float(value), 1) for value in frame[column]])
    ahead = list(_ahead(picture))
    for name, _, values in ahead:
        data.add_series(name, [None if np.isnan(value) else float(value) for value in values])
    shape = shapes.add_chart(XL_CHART_TYPE.LINE, *map(Inches, place), data)
    shape.name = picture.name
    describe(shape, picture.alt or picture.name)
    chart = shape.chart
    highest = [float(np.nanmax(values)) for *_, values in ahead]
    top = max(1.0, float(np.nanmax(frame[list(_SERIES)].to_numpy(float))), *highest) * 1.05
    ends = {column: len(frame) - 1 if column == "planned" else last for column in _SERIES}
    sides = _sides({column: float(frame[column].iloc[at]) for column, at in ends.items() if at >= 0}, top)
    drawn = list(chart.plots[0].series)
    _draw_ahead(drawn[len(_SERIES) :], ahead, top)
    for series, (column, (_, tone)) in zip(drawn[: len(_SERIES)], _SERIES.items(), strict=True):
        series.smooth = False
        paint(series.format.line.color, tone)
        series.format.line.width = Pt(2 if column == "planned" else 3.5)
        if column == "planned":
            series.format.line.dash_style = MSO_LINE.DASH
        at = ends[column]
        if at >= 0 and not ahead:  # else the bands go on from there, and the cards tell what is there today
            _label(series.points[at].data_label, tone, sides[column])
    _values(chart.value_axis, top)
    chart.value_axis.format.line.fill.background()
    paint(chart.value_axis.major_gridlines.format.line.color, "grid")
    _font(chart.value_axis.tick_labels.font, "muted", SMALL)
    _days(chart.category_axis, (frame["date"].iloc[-1] - frame["date"].iloc[0]).days)
    chart.has_title = chart.has_legend = False
    labels = mark_labels(picture, place)
    above = LINE * (1 + max((label.line for label in labels), default=0)) + 0.06
    _plot_at(chart, LEFT, above / place[3], 1 - LEFT - RIGHT, 1 - above / place[3] - BOTTOM)
    draw_marks(shapes, labels, place, above)
    return shape


def _ahead(picture: Curve) -> Iterator[tuple[str, str, np.ndarray]]:
    """The lines of what is to come on the days of the frame: name, tone, values; of each band edge, middle, edge."""
    days = picture.frame["date"]
    for column, band in picture.bands():
        name, tone = _SERIES[column]
        at = band.set_index("date")
        for quantile, words in (("p90", "batas atas"), ("p50", "tengah"), ("p10", "batas bawah")):
            yield f"{name}, ramalan: {words}", tone, at[quantile].reindex(days).to_numpy(float)


def _draw_ahead(drawn: list[Any], ahead: list[tuple[str, str, np.ndarray]], top: float) -> None:
    """The middles dashed, the edges thin with their last number beside them."""
    last = [int(np.flatnonzero(~np.isnan(values))[-1]) for *_, values in ahead]
    edges = [number for number in range(len(ahead)) if number % 3 != 1]
    sides = _sides({str(number): float(ahead[number][2][last[number]]) for number in edges}, top)
    for number, (series, (_, tone, _)) in enumerate(zip(drawn, ahead, strict=True)):
        series.smooth = False
        paint(series.format.line.color, tone)
        series.format.line.width = Pt(1.25 if number in edges else 2.25)
        series.format.line.dash_style = MSO_LINE.SQUARE_DOT if number in edges else MSO_LINE.DASH
        if number in edges:
            _label(series.points[last[number]].data_label, tone, sides[str(number)], named=False)


def _sides(ends: dict[str, float], top: float) -> dict[str, str]:
    """
    Where the label of each line's end stands, right of it or, next to another's, above or below: pptx's r, t, b.

    >>> _sides({"planned": 1000, "submitted": 320, "issued": 58}, 1050)
    {'planned': 'r', 'submitted': 'r', 'issued': 'r'}
    >>> _sides({"planned": 100, "submitted": 8, "issued": 2}, 105), _sides({"submitted": 9, "issued": 9}, 105)
    ({'planned': 'r', 'submitted': 't', 'issued': 'r'}, {'submitted': 't', 'issued': 'r'})
    """
    sides = dict.fromkeys(ends, "r")
    order = sorted(ends, key=lambda name: -ends[name])  # of equal ones the first stands highest
    for number, (above, below) in enumerate(pairwise(order)):
        if ends[above] - ends[below] < _NEAR * top:
            if number and sides[order[number - 1]] == "t":
                sides[below] = "b"
            else:
                sides[above] = "t"
    return sides


def _label(label: Any, tone: str, side: str, *, named: bool = True) -> None:
    """The series' name, if `named`, and value at a point: as native as the point, so it follows an edited number."""
    element = label._get_or_add_dLbl()
    for child in list(element)[1:]:  # after c:idx
        element.remove(child)
    colour = f'<a:schemeClr val="accent{ACCENT[tone]}"/>'
    flags = "".join(
        f'<c:{name} val="{value}"/>'
        for name, value in (
            *(("showLegendKey", 0), ("showVal", 1), ("showCatName", 0), ("showSerName", int(named))),
            *(("showPercent", 0), ("showBubbleSize", 0)),
        )
    )
    written = COUNT.replace(">", "&gt;")
    run = f'<a:defRPr sz="1400" b="1"><a:solidFill>{colour}</a:solidFill></a:defRPr>'
    new = parse_xml(
        f"<c:dLbl {nsdecls('c', 'a')}>"
        f'<c:numFmt formatCode="{written}" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'
        f'<c:txPr><a:bodyPr wrap="none"/><a:lstStyle/><a:p><a:pPr>{run}</a:pPr>'
        '<a:endParaRPr lang="id-ID"/></a:p></c:txPr>'
        f'<c:dLblPos val="{side}"/>{flags}<c:separator> </c:separator></c:dLbl>'
    )
    for child in list(new):
        element.append(child)


def _days(axis: Any, days: int) -> None:
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = DAY, False
    _font(axis.tick_labels.font, "muted", SMALL)
    paint(axis.format.line.color, "rule")
    element = axis._element
    for name in ("baseTimeUnit", "majorUnit", "majorTimeUnit", "minorUnit", "minorTimeUnit"):
        for old in element.findall(f"{{{element.nsmap['c']}}}{name}"):
            element.remove(old)
    unit, step = ("days", 7) if days <= 75 else ("months", 1 + days // 400)
    for xml in (f'<c:baseTimeUnit {nsdecls("c")} val="days"/>', f'<c:majorUnit {nsdecls("c")} val="{step}"/>',
                f'<c:majorTimeUnit {nsdecls("c")} val="{unit}"/>'):  # fmt: skip
        element.append(parse_xml(xml))  # the last children of a date axis, in this order


def _values(axis: Any, top: float) -> None:
    axis.minimum_scale, axis.maximum_scale = 0, round(top, 3)
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = COUNT, False
    axis.major_tick_mark = XL_TICK_MARK.NONE


def _fill(format: Any, tone: str) -> None:
    format.fill.solid()
    paint(format.fill.fore_color, tone)


def _font(font: Any, tone: str, size: float, *, bold: bool = False) -> None:
    font.size, font.bold = Pt(size), bold
    paint(font.color, tone)


def _plot_at(chart: Any, x: float, y: float, width: float, height: float) -> None:
    """Where the plot stands in the chart: fixed, so that what is drawn over it stays on its day."""
    area = chart._chartSpace.chart.plotArea
    old = area.find(f"{{{area.nsmap['c']}}}layout")
    if old is not None:
        area.remove(old)
    places = "".join(f'<c:{n} val="{v:.4f}"/>' for n, v in (("x", x), ("y", y), ("w", width), ("h", height)))
    modes = '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
    area.insert(0, parse_xml(f"<c:layout {nsdecls('c')}><c:manualLayout>{modes}{places}</c:manualLayout></c:layout>"))


def empty_picture(shapes: Any, text: str, place: Place) -> None:
    """Where there is nothing to draw: a frame that says so."""
    shape = box(shapes, place, "Gambar kosong", fill="surface", inset=0.2)
    write(shape.text_frame, [[Run(text, 16, "muted")]], align="c")
    describe(shape, text)
