"""Pictures of the deck as native charts: their numbers are in an embedded workbook and can be edited."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Inches, Pt

from halal_ui.formats import fmt_day_month
from halal_ui.reports.deck_template import ACCENT
from halal_ui.reports.deck_text import Place, Run, box, describe, paint, write
from halal_ui.slides.measure import width as ems
from halal_ui.story.pictures import Bars, Curve, Mark

COUNT: Final = r"[>=1000000]#\.###\.##0;[>=1000]#\.##0;0"
"""1.000 whatever the computer's own language is; the dots of "#,##0" would be commas on an English one."""

DAY: Final = "[$-421]d mmm"
_SMALL: Final = 12
_THICKEST, _LEGEND = 0.9, 0.45  # inches a bar takes at most, and the legend
_SERIES: Final = {
    "planned": ("Rencana", "quota"),
    "submitted": ("Dimanfaatkan", "used"),
    "issued": ("Terbit", "issued"),
}
_LEFT, _RIGHT, _BOTTOM = 0.055, 0.13, 0.1  # of the chart: what stands around the plot
_LINE: Final = 0.22  # inches from one line of marks to the next
_MARK: Final = {"deadline": "late", "due": "late", "meeting": "used", "outage": "behind"}


def bars_chart(shapes: Any, picture: Bars, place: Place) -> Any:
    """Bars of the values on tracks of what they are out of; a dashed frame is the plan."""
    left, top, wide, tall = place
    place = (left, top, wide, min(tall, _THICKEST * len(picture.bars) + _LEGEND))
    data = CategoryChartData(number_format=COUNT)
    data.categories = [_named(bar) for bar in picture.bars]
    if any(bar.of is not None for bar in picture.bars):
        data.add_series(picture.of_label or "Dari", [bar.of for bar in picture.bars])
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
        if series.name == picture.of_label or series.name == "Dari":
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
    _font(axis.tick_labels.font, "ink", _SMALL)
    chart.has_title, chart.has_legend = False, len(list(plot.series)) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        _font(chart.legend.font, "muted", _SMALL)
    words = _room(data.categories, place[2])
    _plot_at(chart, words, 0.02, 0.98 - words, 0.84 if chart.has_legend else 0.96)
    return frame


def _room(categories: Any, wide: float) -> float:
    """The part of the chart that the bars' names take; half of it at most, where they are broken."""
    longest = max(ems(line) for category in categories for line in category.label.split("\n"))
    return min(max(longest * _SMALL / 72 / wide + 0.02, 0.12), 0.5)


def _named(bar: Any) -> str:
    return "\n".join(filter(None, (bar.label, " · ".join(filter(None, (bar.text, bar.note))))))


def curve_chart(shapes: Any, picture: Curve, place: Place) -> Any:
    """The S-curve on an axis of dates, its last values beside it; marks are lines and labels drawn over it."""
    frame, last = picture.frame, int((picture.frame["date"] <= picture.as_of).sum()) - 1
    data = CategoryChartData(number_format=COUNT)
    data.categories = [date.date() for date in frame["date"]]
    data.categories.number_format = DAY
    for column, (name, _) in _SERIES.items():
        data.add_series(name, [None if np.isnan(value) else round(float(value), 1) for value in frame[column]])
    shape = shapes.add_chart(XL_CHART_TYPE.LINE, *map(Inches, place), data)
    shape.name = picture.name
    describe(shape, picture.alt or picture.name)
    chart = shape.chart
    for series, (column, (_, tone)) in zip(chart.plots[0].series, _SERIES.items(), strict=True):
        series.smooth = False
        paint(series.format.line.color, tone)
        series.format.line.width = Pt(2 if column == "planned" else 3.5)
        if column == "planned":
            series.format.line.dash_style = MSO_LINE.DASH
        at = len(frame) - 1 if column == "planned" else last
        if at >= 0:
            _label(series.points[at].data_label, tone)
    top = max(1.0, float(np.nanmax(frame[list(_SERIES)].to_numpy(float)))) * 1.05
    _values(chart.value_axis, top)
    chart.value_axis.format.line.fill.background()
    paint(chart.value_axis.major_gridlines.format.line.color, "grid")
    _font(chart.value_axis.tick_labels.font, "muted", _SMALL)
    _days(chart.category_axis, (frame["date"].iloc[-1] - frame["date"].iloc[0]).days)
    chart.has_title = chart.has_legend = False
    labels = _labels(picture, place)
    above = _LINE * (1 + max((label.line for label in labels), default=0)) + 0.06
    _plot_at(chart, _LEFT, above / place[3], 1 - _LEFT - _RIGHT, 1 - above / place[3] - _BOTTOM)
    _draw_marks(shapes, labels, place, above)
    return shape


def _label(label: Any, tone: str) -> None:
    """The series' name and value at a point: as native as the point, so it follows an edited number."""
    element = label._get_or_add_dLbl()
    for child in list(element)[1:]:  # after c:idx
        element.remove(child)
    colour = f'<a:schemeClr val="accent{ACCENT[tone]}"/>'
    flags = "".join(
        f'<c:{name} val="{value}"/>'
        for name, value in (
            *(("showLegendKey", 0), ("showVal", 1), ("showCatName", 0), ("showSerName", 1)),
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
        f'<c:dLblPos val="r"/>{flags}<c:separator> </c:separator></c:dLbl>'
    )
    for child in list(new):
        element.append(child)


def _days(axis: Any, days: int) -> None:
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = DAY, False
    _font(axis.tick_labels.font, "muted", _SMALL)
    paint(axis.format.line.color, "rule")
    element = axis._element
    for name in ("baseTimeUnit", "majorUnit", "majorTimeUnit", "minorUnit", "minorTimeUnit"):
        for old in element.findall(f"{{{element.nsmap['c']}}}{name}"):
            element.remove(old)
    unit, step = ("days", 7) if days <= 75 else ("months", 1 + days // 400)
    for xml in (f'<c:baseTimeUnit {nsdecls("c")} val="days"/>', f'<c:majorUnit {nsdecls("c")} val="{step}"/>',
                f'<c:majorTimeUnit {nsdecls("c")} val="{unit}"/>'):  # fmt: skip
        element.append(parse_xml(xml))  # the last children of a date axis, in this order


@dataclass(frozen=True)
class _Label:
    text: str
    tone: str
    day: float
    """Of the plot's width."""
    begin: float
    long: float
    line: int


def _labels(picture: Curve, place: Place) -> list[_Label]:
    """The marks within the chart's days, one above the other where they would run into each other."""
    left, _, width, _ = place
    first, end = picture.frame["date"].iloc[0], picture.frame["date"].iloc[-1]
    days = max((end - first) / pd.Timedelta(days=1), 1)
    taken: list[float] = []
    labels = []
    for mark in sorted(picture.marks, key=lambda mark: mark.date):
        if not first <= mark.date <= end:
            continue
        text, day = _said(mark), (mark.date - first) / pd.Timedelta(days=1) / days
        long = ems(text) * _SMALL / 72 + 0.05
        x = left + width * (_LEFT + (1 - _LEFT - _RIGHT) * day)
        begin = min(max(x - long / 2, left), left + width - long)
        line = next((line for line, ends in enumerate(taken) if ends < begin), len(taken))
        taken[line : line + 1] = [begin + long]
        labels.append(_Label(text, _MARK.get(mark.kind, "muted"), day, begin, long, line))
    return labels


def _said(mark: Mark) -> str:
    day = fmt_day_month(mark.date)
    if day in mark.text:
        return mark.text
    lasts = mark.until is not None and not pd.isna(mark.until) and mark.until > mark.date
    return f"{day}–{fmt_day_month(mark.until)} · {mark.text}" if lasts else f"{day} · {mark.text}"


def _draw_marks(shapes: Any, labels: list[_Label], place: Place, above: float) -> None:
    """A line down to the axis for each mark, then the labels over all the lines. `above`: inches over the plot."""
    left, top, width, height = place
    for label in labels:
        x = left + width * (_LEFT + (1 - _LEFT - _RIGHT) * label.day)
        y = top + above - _LINE * (label.line + 1)
        stroke = shapes.add_connector(
            MSO_CONNECTOR.STRAIGHT, *map(Inches, (x, y + 0.2, x, top + (1 - _BOTTOM) * height))
        )
        stroke.name = f"Garis {label.text}"
        stroke.line.width = Pt(1.25)
        paint(stroke.line.color, label.tone)
        stroke.line.dash_style = MSO_LINE.SQUARE_DOT
        describe(stroke, label.text)
    for label in labels:
        where = (label.begin, top + above - _LINE * (label.line + 1), label.long, 0.2)
        shape = box(shapes, where, f"Tanda {label.text}", fill="page")
        shape.text_frame.margin_top = shape.text_frame.margin_bottom = 0
        write(shape.text_frame, [[Run(label.text, _SMALL, label.tone)]], align="c")
        shape.text_frame.word_wrap = False


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
