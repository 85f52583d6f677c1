"""Words beside points of a picture, none over another."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from halal_ui.slides import measure

LINE: Final = 0.105
"""Share of a plot that a line of text is high: that of the lowest plot."""

ROWS: Final = 1.4 / LINE
"""Ems of the slide's letters that such a plot is high."""

_AWAY: Final = 0.8  # ems between a point and its text
_LARGER: Final = 1.15  # than the letters of the slide: these are the numbers


@dataclass(frozen=True)
class Label:
    """A text for the point at `x`, `y`: shares of the plot from its left and from its bottom."""

    text: str
    x: float
    y: float
    colour: str

    @property
    def wide(self) -> float:
        """Ems from its point to its end."""
        return measure.width(self.text, bold=True) * _LARGER + _AWAY


@dataclass(frozen=True)
class Placed:
    """A label, at the right of its point (`beside`) or ending at it, its middle `y` high."""

    label: Label
    beside: bool
    y: float

    @property
    def html(self) -> str:
        side = "beside" if self.beside else "before"
        style = f"left:{100 * self.label.x:.2f}%;bottom:{100 * self.y:.2f}%;color:{self.label.colour}"
        return f'<b class="end {side}" style="{style}">{escape(self.label.text)}</b>'


def placed(labels: Sequence[Label], *, room: float) -> list[Placed]:
    """
    Each at the right of its point where `room` ems leave room for all of them there, else at its left and above it;
    then moved apart upwards, and down again where that leaves the plot.

    >>> low, high = placed([Label("58 terbit", 0.1, 0.05, "red"), Label("60 dimanfaatkan", 0.1, 0.06, "blue")], room=40)
    >>> low.beside, high.y - low.y >= LINE - 1e-9
    (True, True)
    """
    widest = max((label.wide for label in labels), default=0)
    beside = all(label.x + widest / room <= 1 for label in labels)
    lift = 0.0 if beside else LINE * 0.75
    order = sorted(range(len(labels)), key=lambda place: labels[place].y)
    heights = [0.0] * len(labels)
    floor = LINE / 2
    for place in order:
        heights[place] = max(labels[place].y + lift, floor)
        floor = heights[place] + LINE
    ceiling = 1 - LINE / 2
    for place in reversed(order):
        heights[place] = min(heights[place], ceiling)
        ceiling = heights[place] - LINE
    return [Placed(label, beside, height) for label, height in zip(labels, heights, strict=True)]
