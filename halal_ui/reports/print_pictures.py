"""Curves, bars and marks of a sheet of paper, drawn as vectors: sharp at any size, their numbers are text."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd
from reportlab.graphics.shapes import Circle, Drawing, Line, Polygon, PolyLine, Rect, Shape, String
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth

from halal_ui.look.lanes import in_lanes, kept_between
from halal_ui.look.palette import LIGHT
from halal_ui.reports.print_sheet import BOLD, REGULAR, SMALL, printable, register
from halal_ui.snapshot.marks import DUE, foremost
from halal_ui.story.pictures import Bar, Bars, Curve
from halal_ui.words.formats import SHORT_MONTHS, fmt_band, fmt_count, fmt_day_month

_LEFT, _RIGHT, _BELOW = 10 * mm, 29 * mm, 6 * mm
_GAP: Final = SMALL + 2
"""Points between two labels that stand below each other."""
_LINES: Final = {
    "planned": ("Rencana", LIGHT.quota, (3, 2)),
    "submitted": ("Dimanfaatkan", LIGHT.used, None),
    "issued": ("Terbit", LIGHT.issued, None),
}
_TICKS: Final = (1, 2, 5, 10)
_COLOUR: Final = {DUE: LIGHT.late, "deadline": LIGHT.late, "meeting": LIGHT.used}
_ROWS, _LETTERS, _APART = 4, 26, 5
"""Rows of words above the curve, the letters of an event's, and the points from one to the next."""
BAR_TALL, NOTE_TALL = 9.2 * mm, 4.6 * mm
"""A bar with the words above it; the note below."""
_NOTED: Final = 6
"""Bars with which there is room for notes."""


def curve(picture: Curve, wide: float, tall: float) -> Drawing:
    """The S-curve; each line ends in its name and number; its day and what is marked are named above."""
    register()
    drawing, frame = Drawing(wide, tall), picture.frame
    first, last = frame["date"].iloc[0], frame["date"].iloc[-1]
    bands = {name: band for name, band in picture.bands() if len(band)}
    highest = max(float(frame[list(_LINES)].max().max()), 1.0, *(float(band["p90"].max()) for band in bands.values()))
    step = _step(highest)
    top = -(-highest // step) * step
    inner = wide - _LEFT - _RIGHT

    def x(day: pd.Timestamp) -> float:
        return _LEFT + inner * ((day - first) / max(last - first, pd.Timedelta(days=1)))

    labels = labelled(picture, x, _LEFT + inner)
    room = tall - _BELOW - _GAP * (1 + max((label.row for label in labels), default=0)) - 3

    def y(value: float) -> float:
        return _BELOW + room * max(value, 0.0) / top

    for tick in range(0, int(top) + 1, int(step)):
        drawing.add(Line(_LEFT, y(tick), _LEFT + inner, y(tick), strokeColor=HexColor(LIGHT.grid), strokeWidth=0.6))
        drawing.add(_text(_LEFT - 3, y(tick) - 3, fmt_count(tick), LIGHT.muted, anchor="end"))
    for month in pd.date_range(first, last, freq="MS"):
        drawing.add(_text(x(month), 1, SHORT_MONTHS[month.month - 1], LIGHT.muted, anchor="middle"))
    if picture.told_until is not None and picture.told_until < picture.as_of:
        _hatch(drawing, x(picture.told_until), x(picture.as_of), _BELOW + room)
    ends = []
    for name, band in bands.items():
        days = [x(day) for day in band["date"]]
        lines = {part: [y(float(value)) for value in band[part]] for part in ("p10", "p50", "p90")}
        colour = _LINES[name][1]
        edge = [*zip(days, lines["p90"], strict=True), *reversed([*zip(days, lines["p10"], strict=True)])]
        area = Polygon([part for point in edge for part in point], fillColor=HexColor(colour), strokeColor=None)
        area.fillOpacity = 0.2
        middle = [part for point in zip(days, lines["p50"], strict=True) for part in point]
        drawing.add(area)
        drawing.add(PolyLine(middle, strokeColor=HexColor(colour), strokeWidth=1.2, strokeDashArray=(1, 2)))
        text = fmt_band(band["p10"].iloc[-1], band["p90"].iloc[-1])
        ends.append((days[-1], lines["p50"][-1], text, colour))
    for label in labels:
        _draw_mark(drawing, label, _BELOW + room, tall)
    for name, (label, colour, dashes) in _LINES.items():
        known = frame.loc[frame[name].notna(), ["date", name]]
        if known.empty:
            continue
        points = [at for day, value in known.itertuples(index=False) for at in (x(day), y(float(value)))]
        line = PolyLine(points, strokeColor=HexColor(colour), strokeWidth=1.6, strokeDashArray=dashes)
        drawing.add(line)
        if not (bands and name == "planned"):  # there the bands end
            ends.append((points[-2], points[-1], f"{label} {fmt_count(known[name].iloc[-1])}", colour))
    for (end, _, text, colour), up in zip(ends, _apart([up for _, up, *_ in ends], tall), strict=True):
        at, long = min(end + 4, wide - _width(text)), _width(text)
        drawing.add(Rect(at - 1, up - 4, long + 2, _GAP, fillColor=HexColor(LIGHT.page), strokeColor=None))
        drawing.add(_text(at, up - 3, text, colour, bold=True))
    return drawing


def _hatch(drawing: Drawing, begin: float, end: float, top: float) -> None:
    """Days of which not everybody has told."""
    up = _BELOW
    while up < top:
        wide = min(end - begin, top - up)
        drawing.add(Line(begin, up, begin + wide, up + wide, strokeColor=HexColor(LIGHT.quota), strokeWidth=0.4))
        up += 4


@dataclass(frozen=True)
class Label:
    """A mark and its words: from `begin` to `end` its days, `left` and `row` (0 the uppermost) where they stand."""

    text: str
    colour: str
    begin: float
    end: float
    left: float
    row: int


def labelled(picture: Curve, x: Callable[[pd.Timestamp], float], edge: float) -> list[Label]:
    """
    The day looked at, then the foremost marks, as far as their words find room.

    `x`: where a day lies; `edge`: where the plot ends. What finds no room is left out, its stroke too.
    """
    said, last = list(_said(picture)), picture.frame["date"].iloc[-1]
    places = [(x(begin), text) for text, _, begin, _ in said]
    lanes = in_lanes(places, _width, begin=kept_between(_LEFT, edge), most=_ROWS, gap=_APART)
    return [
        Label(text, colour, x(begin), x(min(end, last)), lane.begin, lane.line)
        for (text, colour, begin, end), lane in zip(said, lanes, strict=True)
        if lane is not None
    ]


def _said(picture: Curve) -> Iterator[tuple[str, str, pd.Timestamp, pd.Timestamp]]:
    """Words, colour and days: of the day looked at, where that is a meeting's as one label, and of each mark."""
    dates, day = picture.frame["date"], picture.as_of
    marks = foremost(picture.marks, dates)
    met = [mark for mark in marks if mark.kind == "meeting" and mark.date == day]
    if dates.iloc[0] <= day <= dates.iloc[-1]:
        yield f"{'rapat, ' if met else ''}per {fmt_day_month(day)}", LIGHT.ink, day, day
    for mark in marks:
        if mark not in met:
            drawable = replace(mark, text=printable(mark.text))
            yield drawable.dated(most=_LETTERS), _COLOUR.get(mark.kind, LIGHT.behind), mark.date, mark.end or mark.date


def _draw_mark(drawing: Drawing, label: Label, top: float, tall: float) -> None:
    if label.end > label.begin:
        band = Rect(label.begin, _BELOW, label.end - label.begin, top - _BELOW, fillColor=HexColor(label.colour))
        band.fillOpacity, band.strokeColor = 0.15, None
        drawing.add(band)
    line = {"strokeColor": HexColor(label.colour), "strokeWidth": 0.6, "strokeDashArray": (2, 2)}
    drawing.add(Line(label.begin, _BELOW, label.begin, top + 2, **line))
    drawing.add(_text(label.left, tall - SMALL - label.row * _GAP, label.text, label.colour))


def bars(picture: Bars, wide: float) -> Drawing:
    """Bars below each other; above each its name and its number, on one scale."""
    register()
    noted = len(picture.bars) <= _NOTED and any(bar.note for bar in picture.bars)
    each = BAR_TALL + (NOTE_TALL if noted else 0)
    tall = each * max(len(picture.bars), 1)
    drawing = Drawing(wide, tall)
    for place, bar in enumerate(picture.bars, 1):
        low = tall - place * each
        if noted:
            drawing.add(_text(0, low + 5.5, _cut(bar.note, wide), LIGHT.muted))
        _draw_bar(drawing, bar, picture.longest, wide, low + each - BAR_TALL)
    return drawing


def _draw_bar(drawing: Drawing, bar: Bar, longest: float, wide: float, low: float) -> None:
    def along(value: float) -> float:
        return wide * max(value, 0.0) / longest

    text = printable(bar.text)
    drawing.add(_text(0, low + 14, _cut(bar.label, wide - stringWidth(text, REGULAR, SMALL) - 6), LIGHT.ink))
    drawing.add(_text(wide, low + 14, text, LIGHT.ink, anchor="end"))
    if bar.of:
        drawing.add(Rect(0, low + 5, along(bar.of), 6, fillColor=HexColor(LIGHT.grid), strokeColor=None))
    colour = HexColor(getattr(LIGHT, bar.tone))
    drawing.add(Rect(0, low + 5, along(bar.value), 6, fillColor=colour, strokeColor=None))
    if bar.mark is not None:
        at = along(bar.mark)
        drawing.add(Line(at, low + 3, at, low + 13, strokeColor=HexColor(LIGHT.ink), strokeWidth=1.2))


def status_mark(status: str, size: float = 7) -> Drawing:
    """The mark of a deadline status in its shape and colour, as in `labels.STATUS_MARK`."""
    drawing, colour = Drawing(size, size), HexColor(getattr(LIGHT, status))
    drawing.add(*_SHAPES[status](size, colour))
    return drawing


def _shape(*points: float, closed: bool = True, filled: bool = True):
    def drawn(size: float, colour: Color) -> tuple[Shape]:
        at = [part * size for part in points]
        if not closed:
            return (PolyLine(at, strokeColor=colour, strokeWidth=1.5),)
        return (Polygon(at, fillColor=colour if filled else None, strokeColor=colour, strokeWidth=1.1),)

    return drawn


_SHAPES: Final = {
    "done": _shape(0.05, 0.45, 0.4, 0.1, 0.95, 0.9, closed=False),
    "on_track": lambda size, colour: (Circle(size / 2, size / 2, size / 2.2, fillColor=colour, strokeColor=None),),
    "watch": _shape(0.5, 0, 1, 0.5, 0.5, 1, 0, 0.5),
    "behind": _shape(0, 0.9, 1, 0.9, 0.5, 0.05, filled=False),
    "critical": _shape(0, 0.9, 1, 0.9, 0.5, 0.05),
    "late": _shape(0.05, 0.05, 0.95, 0.95, 0.5, 0.5, 0.05, 0.95, 0.95, 0.05, closed=False),
}


def _step(highest: float) -> float:
    """
    A round number of which at most five reach the highest.

    >>> _step(1000), _step(37), _step(1)
    (200, 10, 1)
    """
    power = 1
    while True:
        for tick in _TICKS:
            if tick * power * 5 >= highest:
                return tick * power
        power *= 10


def _apart(ups: list[float], tall: float) -> list[float]:
    """The heights of labels moved up as little as keeps them readable, from the lowest on, and none off the sheet."""
    placed, order = list(ups), sorted(range(len(ups)), key=lambda place: ups[place])
    below = 0.0
    for place in order:
        placed[place] = below = max(ups[place], below + _GAP if below else 3.0)
    over = max(placed, default=0.0) - (tall - SMALL)
    return [up - over for up in placed] if over > 0 else placed


def _text(across: float, up: float, text: str, colour: str, *, bold: bool = False, anchor: str = "start") -> String:
    face = BOLD if bold else REGULAR
    return String(across, up, text, fontName=face, fontSize=SMALL, fillColor=HexColor(colour), textAnchor=anchor)


def _width(text: str) -> float:
    register()
    return stringWidth(text, BOLD, SMALL)


def _cut(text: str, wide: float) -> str:
    text = printable(text)
    while stringWidth(text, REGULAR, SMALL) > wide and len(text) > 2:
        text = f"{text[:-2].rstrip()}…"
    return text
