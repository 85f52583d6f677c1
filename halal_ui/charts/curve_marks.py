"""Target dates, events and meetings on a time chart: lines, short words above it, in full in the hover of a day."""

from collections.abc import Sequence
from html import escape
from typing import Any, Final

import pandas as pd

from halal_ui.charts.canvas import note
from halal_ui.charts.template import SMALL_SIZE
from halal_ui.look.lanes import anchored, in_lanes
from halal_ui.look.palette import Palette
from halal_ui.snapshot.marks import Mark, by_day
from halal_ui.words.shortened import shortened

LINE: Final = 20
"""Pixels from one line of text to the next."""
NARROW, LETTER = 280, 7.5
"""Pixels of the plot on a phone, and of a letter."""

_MOST_LABELS, _MOST_LINES, _LONGEST_LABEL = 6, 3, 18  # what has no room is said by the day's hover


def marked(day: pd.Timestamp, marks: Sequence[Mark]) -> str:
    """The marks of a day, each on a line of its own; "" on most days."""
    told = (mark for mark in marks if mark.date <= day <= (mark.end or mark.date))
    return "".join(f"<br>◆ {escape(mark.in_full, quote=False)}" for mark in told)


def mark_shape(mark: Mark, colour: Palette) -> dict[str, Any]:
    """A thin line on its day, or a pale band over its days."""
    days = {"x0": iso(mark.date), "y0": 0, "y1": 1, "yref": "paper", "layer": "below"}
    if mark.end is not None:
        return {"type": "rect", "x1": iso(mark.end), "fillcolor": colour.muted, "opacity": 0.22, **days} | {
            "line": {"width": 0}
        }
    return {"type": "line", "x1": iso(mark.date), "line": {"color": colour.muted, "width": 1, "dash": "dot"}, **days}


def due_shape(mark: Mark, today: pd.Timestamp, colour: Palette) -> dict[str, Any]:
    """A line on its day, red once it is past."""
    day, line = iso(mark.date), {"color": _tone(mark, today, colour), "width": 1.5}
    return {"type": "line", "x0": day, "x1": day, "y0": 0, "y1": 1, "yref": "paper", "line": line, "layer": "below"}


def due_labels(
    due: Sequence[Mark], ends: tuple[pd.Timestamp, pd.Timestamp], today: pd.Timestamp, colour: Palette
) -> list[dict[str, Any]]:
    """Above their strokes, all of them; with the year where the axis has more than one."""
    texts = [mark.dated(year=ends[0].year != ends[1].year) for mark in due]
    places = [place_of(mark.date, ends) for mark in due]
    lanes = in_lanes(zip(places, texts, strict=True), _share, begin=anchored(0.2))
    return [
        note(
            text,
            x=iso(mark.date),
            xref="x",
            y=1,
            colour=_tone(mark, today, colour),
            xanchor=lane.side,
            yanchor="bottom",
            yshift=LINE * lane.line,
        )
        for mark, text, lane in zip(due, texts, lanes, strict=True)
        if lane is not None
    ]


def mark_labels(
    marks: Sequence[Mark], ends: tuple[pd.Timestamp, pd.Timestamp], first_line: int, colour: Palette
) -> list[dict[str, Any]]:
    """Over the deadlines' words those of the first few marks, the latest of them on the lowest line."""
    named = by_day(marks[:_MOST_LABELS])[::-1]
    texts = [f"◆ {shortened(mark.name, _LONGEST_LABEL)}" for mark in named]
    places = [place_of(mark.date, ends) for mark in named]
    lanes = in_lanes(
        zip(places, texts, strict=True),
        lambda text: _share(f"{text} "),  # apart from the next by a letter
        begin=anchored(0.25),
        most=_MOST_LINES,
    )
    return [
        note(
            escape(text, quote=False),
            x=iso(mark.date),
            xref="x",
            y=1,
            colour=colour.muted,
            size=SMALL_SIZE,
            xanchor=lane.side,
            yanchor="bottom",
            yshift=LINE * (first_line + lane.line),
        )
        for mark, text, lane in zip(named, texts, lanes, strict=True)
        if lane is not None
    ]


def _share(text: str) -> float:
    """Of the plot on a phone that the text takes."""
    return LETTER * len(text) / NARROW


def _tone(mark: Mark, today: pd.Timestamp, colour: Palette) -> str:
    return colour.late if mark.date < today else colour.ink


def place_of(date: pd.Timestamp, ends: tuple[pd.Timestamp, pd.Timestamp]) -> float:
    """Where on the axis a day lies, 0…1."""
    return (date - ends[0]) / max(ends[1] - ends[0], pd.Timedelta(days=1))


def iso(date: pd.Timestamp) -> str:
    return date.isoformat()[:10]
