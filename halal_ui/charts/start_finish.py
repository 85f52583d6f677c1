"""Who starts much and who finishes much: four classes, each with its own remedy."""

from collections.abc import Sequence
from math import sqrt
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from halal_ui.charts.canvas import empty, figure, margin, note, rounded, scatter
from halal_ui.charts.labels import group_keys, group_labels, group_names
from halal_ui.charts.scattered import free_sides
from halal_ui.charts.template import SMALL_SIZE
from halal_ui.look.palette import Palette, palette
from halal_ui.words.formats import fmt_count, fmt_rate

HEIGHT: Final = 480
_TOP, _BOTTOM = 30, 68
_BAND: Final = 0.13  # of the plot, above and below the points: room for the names of the classes
_SMALLEST, _LARGEST = 10, 28  # pixels across a point
_STEPS: Final = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5)


def start_finish(table: pd.DataFrame, *, by: Sequence[str], dark: bool = False) -> go.Figure:
    """
    Each group of `start_finish`: how much of its quota is used (right is more) against how much of that is
    issued (up is more); its size is its quota. The lines are the rates of all groups together, and part the
    four classes.

    A group without quota, or that has used none, has no place here and is named below.
    """
    placed = table["absorption_rate"].notna() & table["conversion_rate"].notna()
    drawn = table[placed].sort_values("quota", ascending=False, kind="stable")
    if drawn.empty:
        sentence = "Belum ada pengajuan yang dapat dibandingkan dengan kuotanya."
        return empty("Mulai dan selesai", sentence, dark=dark)
    colour = palette(dark)
    across = table["used"].sum() / max(table["quota"].sum(), 1)
    up = table["issued"].sum() / max(table["used"].sum(), 1)
    x, y = drawn["absorption_rate"], drawn["conversion_rate"]
    right, top = max(x.max(), across, 0.05), max(y.max(), up, 0.05)
    x_range, y_range = (-0.1 * right, 1.1 * right), (-_BAND * top * 1.35, (1 + _BAND * 1.35) * top)
    sizes = [max(_SMALLEST, _LARGEST * sqrt(quota / max(drawn["quota"].max(), 1))) for quota in drawn["quota"]]
    texts = group_labels(drawn, by)
    height = HEIGHT - _TOP - _BOTTOM
    points = scatter(
        mode="markers+text",
        x=rounded(x),
        y=rounded(y),
        text=texts,
        textposition=free_sides(_shares(x, x_range), _shares(y, y_range), sizes, texts, height=height),
        marker={"size": rounded(sizes, 1), "color": colour.used, "opacity": 0.8, "line": {"width": 0}},
        cliponaxis=False,
        hovertext=[_hover(name, row) for name, row in zip(group_names(drawn, by), drawn.itertuples(), strict=True)],
        hovertemplate="%{hovertext}<extra></extra>",
        customdata=group_keys(drawn, by),
        unselected={"marker": {"opacity": 0.8}, "textfont": {"color": colour.ink}},
    )
    return figure(
        [points],
        dark=dark,
        height=HEIGHT,
        hovermode="closest",
        margin=margin(top=_TOP, bottom=_BOTTOM),
        xaxis=_axis(x_range, across, apart=0.14),
        yaxis=_axis(y_range, up, apart=0.06),
        shapes=[
            _line({"x0": across, "x1": across, "y0": 0, "y1": 1, "yref": "paper"}, colour),
            _line({"x0": 0, "x1": 1, "xref": "paper", "y0": up, "y1": up}, colour),
        ],
        annotations=[*_classes(colour), *_titles(colour), *_absent(table[~placed], by, colour)],
    )


def _shares(values: pd.Series, ends: tuple[float, float]) -> list[float]:
    return ((values - ends[0]) / (ends[1] - ends[0])).tolist()


def _axis(ends: tuple[float, float], whole: float, *, apart: float) -> dict[str, Any]:
    """Round percentages and the rate of all groups together; `apart`: room for a number, in axes."""
    length = ends[1] - ends[0]
    step = next((step for step in _STEPS if length / step <= 6), 1.0)
    round_ones = [step * n for n in range(int(ends[1] / step) + 1) if abs(step * n - whole) > apart * length]
    return {
        "range": rounded(ends),
        "tickmode": "array",
        "tickvals": rounded([*round_ones, whole]),
        "ticktext": [*(fmt_rate(tick, digits=0) for tick in round_ones), f"<b>{fmt_rate(whole)}</b>"],
        "tickangle": 0,
        "showgrid": False,
    }


def _line(ends: dict[str, Any], colour: Palette) -> dict[str, Any]:
    return {
        "type": "line",
        "line": {"color": colour.quota, "width": 1, "dash": "dot"},
        "layer": "below",
        **ends,
    }


def _classes(colour: Palette) -> list[dict[str, Any]]:
    """The name of each class in its corner."""
    return [
        note(
            f"{start} mulai,<br>{finish} selesai",
            x=x,
            y=y,
            colour=colour.muted,
            size=SMALL_SIZE,
            align=side,
            xanchor=side,
            yanchor="top" if y else "bottom",
        )
        for start, x, side in (("Sedikit", 0, "left"), ("Banyak", 1, "right"))
        for finish, y in (("sedikit", 0), ("banyak", 1))
    ]


def _titles(colour: Palette) -> list[dict[str, Any]]:
    return [
        note(
            "↑ terbit dari yang dimanfaatkan", x=0, y=1, xanchor="left", yanchor="bottom", yshift=4, colour=colour.ink
        ),
        note("kuota yang dimanfaatkan →", x=1, y=0, xanchor="right", yanchor="top", yshift=-22, colour=colour.ink),
    ]


def _absent(groups: pd.DataFrame, by: Sequence[str], colour: Palette) -> list[dict[str, Any]]:
    """Who has no place, in the free line at the bottom."""
    if groups.empty:
        return []
    text = f"Belum ada pengajuan: {', '.join(group_labels(groups, by))}"
    below = {"xanchor": "left", "yanchor": "top", "yshift": -44}
    return [note(text, x=0, y=0, colour=colour.muted, size=SMALL_SIZE, **below)]


def _hover(name: str, row: Any) -> str:
    return (
        f"{name}<br>{fmt_count(row.used)} dari {fmt_count(row.quota)} kuota dimanfaatkan"
        f" ({fmt_rate(row.absorption_rate)})"
        f"<br>{fmt_count(row.issued)} sertifikat terbit ({fmt_rate(row.conversion_rate)} dari yang dimanfaatkan)"
    )
