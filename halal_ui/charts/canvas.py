"""What every chart shares: the figure, its empty state, and colours along a ramp."""

from collections.abc import Iterable
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go

from halal_ui.charts.template import SEPARATORS, TEXT_SIZE, template
from halal_ui.look.palette import Ramp, palette
from halal_ui.words.formats import is_missing

Trace = dict[str, Any]
"""A trace's properties. plotly checks them once, in the figure; a `go.Bar` of its own would be checked twice."""


def bar(**properties: Any) -> Trace:
    return {"type": "bar", **properties}


def scatter(**properties: Any) -> Trace:
    return {"type": "scatter", **properties}


def heatmap(**properties: Any) -> Trace:
    return {"type": "heatmap", **properties}


def steady(trace: Trace, *, dark: bool) -> Trace:
    """The trace as one that does not fade when a point of another trace is clicked."""
    if trace.get("mode") == "text":
        return trace | {"unselected": {"textfont": {"color": palette(dark).ink}}}
    return trace | {"unselected": {"marker": {"opacity": trace["marker"].get("opacity", 1)}}}


def figure(traces: Iterable[Trace], *, dark: bool, height: int, **layout: Any) -> go.Figure:
    """A figure in the house style, `height` pixels high and as wide as its place on the page."""
    return go.Figure(
        list(traces),
        {"template": template(dark), "separators": SEPARATORS, "height": height, **layout},
    )


def empty(title: str, sentence: str, *, dark: bool, height: int = 160) -> go.Figure:
    """A figure that says what it would show, and what is missing."""
    text = "<br>".join((f"<b>{title}</b>", *wrap(sentence, 40)))
    axis = {"visible": False, "range": [0, 1]}
    return figure(
        (),
        dark=dark,
        height=height,
        xaxis=axis,
        yaxis=axis,
        margin=margin(),
        annotations=[note(text, x=0.5, y=0.5, colour=palette(dark).muted, xanchor="center", yanchor="middle")],
    )


def note(text: str, *, x: Any, y: Any, colour: str, size: int = TEXT_SIZE, **more: Any) -> dict[str, Any]:
    """Words in a figure; x and y are shares of the plot unless `xref`, `yref` say otherwise."""
    font = {"size": size, "color": colour}
    place = {"x": x, "y": y, "xref": "paper", "yref": "paper"}
    return {"text": text, "font": font, "showarrow": False, **place, **more}


def margin(*, top: int = 4, right: int = 4, bottom: int = 4, left: int = 4) -> dict[str, int]:
    return {"t": top, "r": right, "b": bottom, "l": left}


def blend(ramp: Ramp, share: float) -> str:
    """
    The colour at 0…1 along a ramp of two or three colours; shares beyond are held at the ends.

    >>> blend(("#000000", "#ffffff"), 0.5), blend(("#000000", "#808080", "#ffffff"), 2)
    ('#808080', '#ffffff')
    """
    place = min(max(share, 0.0), 1.0) * (len(ramp) - 1)
    step = min(int(place), len(ramp) - 2)
    mixed = (
        round(low + (high - low) * (place - step))
        for low, high in zip(_rgb(ramp[step]), _rgb(ramp[step + 1]), strict=True)
    )
    return "#" + "".join(f"{part:02x}" for part in mixed)


def legible_on(colour: str) -> str:
    """
    Black or white, whichever contrasts more: at least 4,58 to 1 on any colour.

    >>> legible_on("#0a4f94"), legible_on("#e6f0fa")
    ('#ffffff', '#000000')
    """
    return "#ffffff" if luminance(colour) < 0.179 else "#000000"


def luminance(colour: str) -> float:
    """Relative luminance, 0 black … 1 white (WCAG 2)."""
    parts = (part / 255 for part in _rgb(colour))
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def rounded(values: Iterable[Any], digits: int = 4) -> list[float | None]:
    """Numbers as plotly draws them: short on their way to the browser, missing as null."""
    return [None if is_missing(value) else round(float(value), digits) for value in values]


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
