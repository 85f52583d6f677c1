"""Days that stand out, over the S-curve of the deck: lines and labels that can be moved and edited."""

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.util import Inches, Pt

from halal_ui.look.lanes import in_lanes, kept_between
from halal_ui.reports.deck_text import Place, Run, box, describe, paint, write
from halal_ui.slides.measure import width as ems
from halal_ui.snapshot.marks import DUE, foremost
from halal_ui.story.pictures import Curve

SMALL: Final = 12
LEFT, RIGHT, BOTTOM = 0.055, 0.13, 0.1
"""Parts of the chart that stand around the plot."""
LINE: Final = 0.22
"""Inches from one line of marks to the next."""
_LINES, _LETTERS = 4, 40  # of marks, and of the words of one
_TONE: Final = {DUE: "late", "deadline": "late", "meeting": "used", "outage": "behind"}


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
    The marks within the chart's days, one above the other where they would run into each other, the foremost first.
    One whose words find no room is left out, its line too.
    """
    left, _, width, _ = place
    dates = picture.frame["date"]
    first, days = dates.iloc[0], max((dates.iloc[-1] - dates.iloc[0]) / pd.Timedelta(days=1), 1)
    shown = [
        (mark, (mark.date - first) / pd.Timedelta(days=1) / days, mark.dated(most=_LETTERS))
        for mark in foremost(picture.marks, dates)
    ]
    places = [(left + width * (LEFT + (1 - LEFT - RIGHT) * day), text) for _, day, text in shown]
    lanes = in_lanes(places, _inches, begin=kept_between(left, left + width), most=_LINES)
    return [
        MarkLabel(text, _TONE.get(mark.kind, "muted"), day, lane.begin, lane.end - lane.begin, lane.line)
        for (mark, day, text), lane in zip(shown, lanes, strict=True)
        if lane is not None
    ]


def _inches(text: str) -> float:
    return ems(text) * SMALL / 72 + 0.05


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
