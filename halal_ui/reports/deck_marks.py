"""Days that stand out, over the S-curve of the deck: lines and labels that can be moved and edited."""

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.util import Inches, Pt

from halal_ui.reports.deck_text import Place, Run, box, describe, paint, write
from halal_ui.slides.measure import width as ems
from halal_ui.story.pictures import Curve, Mark
from halal_ui.words.formats import fmt_day_month
from halal_ui.words.masks import free_text
from halal_ui.words.shortened import shortened

SMALL: Final = 12
LEFT, RIGHT, BOTTOM = 0.055, 0.13, 0.1
"""Parts of the chart that stand around the plot."""
LINE: Final = 0.22
"""Inches from one line of marks to the next."""
_LINES, _LETTERS = 4, 40  # of marks, and of the words of one
_TONE: Final = {"deadline": "late", "due": "late", "meeting": "used", "outage": "behind"}


@dataclass(frozen=True)
class MarkLabel:
    text: str
    tone: str
    day: float
    """Of the plot's width."""
    begin: float
    long: float
    line: int


def mark_labels(picture: Curve, place: Place) -> list[MarkLabel]:
    """
    The marks within the chart's days, one above the other where they would run into each other: target dates, then
    meetings, then events, the latest first. One whose words find no room is left out, its line too.
    """
    left, _, width, _ = place
    first, end = picture.frame["date"].iloc[0], picture.frame["date"].iloc[-1]
    days = max((end - first) / pd.Timedelta(days=1), 1)
    taken: list[list[tuple[float, float]]] = [[] for _ in range(_LINES)]
    labels = []
    for mark in sorted(sorted(picture.marks, key=lambda mark: mark.date, reverse=True), key=_weight):
        if not first <= mark.date <= end:
            continue
        text, day = _said(mark), (mark.date - first) / pd.Timedelta(days=1) / days
        long = ems(text) * SMALL / 72 + 0.05
        x = left + width * (LEFT + (1 - LEFT - RIGHT) * day)
        begin = min(max(x - long / 2, left), left + width - long)
        free = (
            line
            for line, spans in enumerate(taken)
            if all(begin > ended or begin + long < begun for begun, ended in spans)
        )
        line = next(free, None)
        if line is None:
            continue
        taken[line].append((begin, begin + long))
        labels.append(MarkLabel(text, _TONE.get(mark.kind, "muted"), day, begin, long, line))
    return labels


def _weight(mark: Mark) -> int:
    return 0 if mark.kind in ("due", "deadline") else 1 if mark.kind == "meeting" else 2


def _said(mark: Mark) -> str:
    day, text = fmt_day_month(mark.date), shortened(free_text(mark.text), _LETTERS)
    if day in text:
        return text
    lasts = mark.until is not None and not pd.isna(mark.until) and mark.until > mark.date
    return f"{day}–{fmt_day_month(mark.until)} · {text}" if lasts else f"{day} · {text}"


def draw_marks(shapes: Any, labels: list[MarkLabel], place: Place, above: float) -> None:
    """A line down to the axis for each mark, then the labels over all the lines. `above`: inches over the plot."""
    left, top, width, height = place
    for label in labels:
        x = left + width * (LEFT + (1 - LEFT - RIGHT) * label.day)
        y = top + above - LINE * (label.line + 1)
        stroke = shapes.add_connector(
            MSO_CONNECTOR.STRAIGHT, *map(Inches, (x, y + 0.2, x, top + (1 - BOTTOM) * height))
        )
        stroke.name = f"Garis {label.text}"
        stroke.line.width = Pt(1.25)
        paint(stroke.line.color, label.tone)
        stroke.line.dash_style = MSO_LINE.SQUARE_DOT
        describe(stroke, label.text)
    for label in labels:
        where = (label.begin, top + above - LINE * (label.line + 1), label.long, 0.2)
        shape = box(shapes, where, f"Tanda {label.text}", fill="page")
        shape.text_frame.margin_top = shape.text_frame.margin_bottom = 0
        write(shape.text_frame, [[Run(label.text, SMALL, label.tone)]], align="c")
        shape.text_frame.word_wrap = False
