"""
A list of rows: a line of text and, under it, a bar.

Names stand above the bars, not beside them, so one figure is legible on a phone and from the back of a room.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import plotly.graph_objects as go

from halal_ui.charts.canvas import Trace, bar, figure, margin, note, rounded, scatter, steady
from halal_ui.look.palette import palette

ROW: Final = 46
"""Pixels of a row."""
_TEXT_MIDDLE, _BAR_MIDDLE, _BAR = 0.2, -0.22, 0.3  # in rows, from a row's middle
_LINE: Final = 21  # pixels of a line of text above the rows


def row_figure(
    marks: Iterable[Any],
    *,
    texts: Sequence[str],
    hovers: Sequence[str],
    span: tuple[float, float],
    dark: bool,
    notes: Sequence[str] = (),
    headings: Mapping[float, str] | None = None,
    row: int = ROW,
    keys: Sequence[Any] = (),
) -> go.Figure:
    """
    Rows from the top down. x runs over `span`; a row's bar lies at its place in `bar_places`.

    `texts` stand at the left and `notes` at the right of the rows' lines, `headings` (x → text) above all;
    `hovers` answer anywhere in a row, and so do `keys`: the customdata of the row that is clicked.
    """
    low, high = span
    count = len(texts)
    headings = headings or {}
    top = 4 + _LINE * max((1 + text.count("<br>") for text in headings.values()), default=0)
    line = {"mode": "text", "y": [_TEXT_MIDDLE - place for place in range(count)], "hoverinfo": "skip"}
    whole_rows = bar(
        orientation="h",
        base=low,
        x=[high - low] * count,
        y=[-place for place in range(count)],
        width=1,
        marker={"color": "rgba(0,0,0,0)"},
        hovertext=list(hovers),
        hovertemplate="%{hovertext}<extra></extra>",
        customdata=list(keys) or None,
        selected={"marker": {"color": palette(dark).grid}},
    )
    written = [scatter(x=[low] * count, text=list(texts), textposition="middle right", **line)]
    if notes:
        written.append(scatter(x=[high] * count, text=list(notes), textposition="middle left", **line))
    return figure(
        [whole_rows, *(steady(mark, dark=dark) for mark in (*marks, *written))],
        dark=dark,
        height=count * row + top + 4,
        barmode="overlay",
        hovermode="closest",
        margin=margin(top=top, left=0),
        xaxis={"visible": False, "range": [low, high]},
        yaxis={"visible": False, "range": [0.5 - count, 0.5]},
        annotations=[
            note(
                text,
                x=x,
                xref="x",
                y=1,
                colour=palette(dark).muted,
                align="left",
                xanchor="left",
                yanchor="bottom",
            )
            for x, text in headings.items()
        ],
    )


def bar_places(count: int) -> list[float]:
    """The y of each row's bar."""
    return [_BAR_MIDDLE - place for place in range(count)]


def row_bars(lengths: Iterable[Any], colour: str | Sequence[str], *, base: Any = 0) -> Trace:
    """One bar a row, from `base` (one for all, or one a row); silent, because the row answers."""
    x = rounded(lengths)
    return bar(
        orientation="h",
        base=base,
        x=x,
        y=bar_places(len(x)),
        width=_BAR,
        marker={"color": colour, "line": {"width": 0}},
        hoverinfo="skip",
    )


def row_strokes(x: Iterable[Any], colour: str) -> Trace:
    """A stroke across each row's bar, where there is something to reach or to keep to."""
    places = rounded(x)
    return scatter(
        mode="markers",
        x=places,
        y=bar_places(len(places)),
        marker={"symbol": "line-ns", "size": 13, "line": {"width": 2, "color": colour}},
        cliponaxis=False,
        hoverinfo="skip",
    )
