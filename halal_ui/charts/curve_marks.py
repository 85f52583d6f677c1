"""Events and meetings on a time chart: thin lines and short words above it, in full in the hover of their days."""

from collections.abc import Sequence
from html import escape
from typing import Any, Final

import pandas as pd

from halal_ui.charts.canvas import note
from halal_ui.charts.template import SMALL_SIZE
from halal_ui.look.palette import Palette
from halal_ui.story.pictures import Mark
from halal_ui.words.notes import EVENT
from halal_ui.words.shortened import shortened

LINE: Final = 20
"""Pixels from one line of text to the next."""
NARROW, LETTER = 280, 7.5
"""Pixels of the plot on a phone, and of a letter."""

_MOST_LABELS, _MOST_LINES, _LONGEST_LABEL = 6, 3, 18  # what has no room is said by the day's hover


def marked(day: pd.Timestamp, marks: Sequence[Mark]) -> str:
    """The marks of a day, each on a line of its own; "" on most days."""
    told = (mark for mark in marks if mark.date <= day <= (mark.date if mark.until is None else mark.until))
    return "".join(f"<br>◆ {escape(_in_full(mark), quote=False)}" for mark in told)


def _in_full(mark: Mark) -> str:
    kind = EVENT.get(mark.kind, EVENT["other"])
    return mark.text if mark.text.casefold().startswith(kind.casefold()) else f"{kind}: {mark.text}"


def within(mark: Mark, curve: pd.DataFrame) -> bool:
    """Whether the curve has its day."""
    return bool(curve["date"].iloc[0] <= mark.date <= curve["date"].iloc[-1])


def mark_shape(mark: Mark, colour: Palette) -> dict[str, Any]:
    """A thin line on its day, or a pale band over its days."""
    days = {"x0": iso(mark.date), "y0": 0, "y1": 1, "yref": "paper", "layer": "below"}
    if mark.until is not None and mark.until > mark.date:
        return {"type": "rect", "x1": iso(mark.until), "fillcolor": colour.muted, "opacity": 0.22, **days} | {
            "line": {"width": 0}
        }
    return {"type": "line", "x1": iso(mark.date), "line": {"color": colour.muted, "width": 1, "dash": "dot"}, **days}


def mark_labels(
    marks: Sequence[Mark], ends: tuple[pd.Timestamp, pd.Timestamp], first_line: int, colour: Palette
) -> list[dict[str, Any]]:
    """Over the deadlines' words, the latest marks first to get a place; one without room is left to the hover."""
    labels = []
    taken: list[list[tuple[float, float]]] = [[] for _ in range(_MOST_LINES)]
    for mark in list(marks)[: -_MOST_LABELS - 1 : -1]:
        place, text = place_of(mark.date, ends), f"◆ {shortened(mark.text or EVENT.get(mark.kind), _LONGEST_LABEL)}"
        side = "left" if place < 0.25 else "right" if place > 0.75 else "center"
        width = LETTER * (len(text) + 1) / NARROW
        begins = place - width * {"left": 0.0, "center": 0.5, "right": 1.0}[side]
        free = (
            line
            for line, spans in enumerate(taken)
            if all(begins + width <= begun or ended <= begins for begun, ended in spans)
        )
        line = next(free, None)
        if line is None:
            continue
        taken[line].append((begins, begins + width))
        labels.append(
            note(
                escape(text, quote=False),
                x=iso(mark.date),
                xref="x",
                y=1,
                colour=colour.muted,
                size=SMALL_SIZE,
                xanchor=side,
                yanchor="bottom",
                yshift=LINE * (first_line + line),
            )
        )
    return labels


def place_of(date: pd.Timestamp, ends: tuple[pd.Timestamp, pd.Timestamp]) -> float:
    """Where on the axis a day lies, 0…1."""
    return (date - ends[0]) / max(ends[1] - ends[0], pd.Timedelta(days=1))


def iso(date: pd.Timestamp) -> str:
    return date.isoformat()[:10]
