"""What came during each event, on the range that the days before it let expect."""

from html import escape
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from halal_ui.charts.canvas import bar, empty, rounded, scatter
from halal_ui.charts.labels import coloured
from halal_ui.charts.rows import bar_places, row_figure, row_strokes
from halal_ui.look.palette import Palette, palette
from halal_ui.sentences.events import COUNTED, effect_line, moved
from halal_ui.snapshot.marks import Mark
from halal_ui.words.shortened import shortened

_LONGEST: Final = 24
"""Letters of an event's name on a phone."""


def effect_bars(effects: pd.DataFrame, *, dark: bool = False) -> go.Figure:
    """
    One row an event and what is counted, of `effects` in its order: a dot is what came, on the range that was usual
    for so many working days. Orange is clearly less, teal clearly more, grey what chance would bring too.
    """
    shown = effects[(effects["working_days"] > 0) & effects["expected"].notna()]
    if shown.empty:
        sentence = "Belum ada peristiwa yang sudah berakhir dan dapat dibandingkan dengan hari-hari sebelumnya."
        return empty("Akibat peristiwa", sentence, dark=dark)
    colour = palette(dark)
    rows = shown.to_dict("records")
    high = max(1.0, float(shown["high"].max()), float(shown["done"].max()))
    low = min(0.0, float(shown["done"].min()))
    span = (low - 0.02 * (high - low), high + 0.03 * (high - low))
    paints = [_paint(row, colour) for row in rows]
    places = bar_places(len(rows))
    usual = bar(
        orientation="h",
        base=rounded(shown["low"]),
        x=rounded((shown["high"] - shown["low"]).clip(lower=0)),
        y=places,
        width=0.3,
        marker={"color": colour.rule, "line": {"width": 0}},
        hoverinfo="skip",
    )
    came = scatter(
        mode="markers",
        x=rounded(shown["done"]),
        y=places,
        marker={"symbol": "circle", "size": 13, "color": paints, "line": {"width": 0}},
        hoverinfo="skip",
    )
    key = f"● terjadi  ┃ rata-rata biasanya<br>{coloured('■', colour.quota)} biasanya, 8 dari 10 kemungkinan"
    return row_figure(
        [usual, row_strokes(shown["expected"], colour.quota), came],
        texts=[_text(row, paint, colour) for row, paint in zip(rows, paints, strict=True)],
        hovers=[_hover(row) for row in rows],
        span=span,
        dark=dark,
        headings={span[0]: key},
    )


def _paint(row: dict[Any, Any], colour: Palette) -> str:
    if not row["clear"]:
        return colour.muted
    return colour.behind if row["difference"] < 0 else colour.on_track


def _text(row: dict[Any, Any], paint: str, colour: Palette) -> str:
    name = escape(shortened(row["event"], _LONGEST), quote=False)
    unit = coloured(f" · {COUNTED[row['stage']]}", colour.muted)
    return f"<b>{name}</b>  {coloured(f'<b>{moved(row)}</b>', paint)}{unit}"


def _hover(row: dict[Any, Any]) -> str:
    days = escape(Mark(row["start_date"], row["event"], "other", row["end_date"]).dated(), quote=False)
    return f"<b>{days}</b><br>{effect_line(row).replace(', ', '<br>', 1)}"
