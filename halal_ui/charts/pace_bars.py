"""How fast each group goes, and how fast it would have to."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from halal_ui.charts.canvas import Trace, bar, empty, rounded, scatter
from halal_ui.charts.labels import coloured, group_keys, group_labels, group_names
from halal_ui.charts.rows import bar_places, row_figure
from halal_ui.look.palette import Palette, palette
from halal_ui.words.formats import fmt_count, fmt_date, fmt_number, is_missing


def pace_bars(gaps: pd.DataFrame, *, by: Sequence[str], dark: bool = False) -> go.Figure:
    """
    The pace per week of each group of `deadline_gaps` (dot) against the pace it needs (diamond), most lacking
    first.

    Where nothing remains, or no working day is left, there is a dot only, and the text says why.
    """
    if gaps.empty:
        sentence = "Belum ada kuota atau pengajuan untuk dihitung lajunya."
        return empty("Laju per pekan", sentence, dark=dark)
    colour = palette(dark)
    gaps = gaps.reset_index(drop=True)
    needed = gaps["required_per_week"].where(gaps["remaining"] > 0)
    order = (needed - gaps["pace_per_week"]).sort_values(ascending=False, kind="stable").index
    ranked = gaps.loc[order]
    now, needed = rounded(ranked["pace_per_week"], 2), rounded(needed.loc[order], 2)
    every = [pace for pace in (*now, *needed) if pace is not None]
    low, high = min(0.0, *every), max(1.0, *every)
    room = 0.03 * (high - low)  # for the marks at either end
    span = (low - room, high + room)
    rows = list(ranked.itertuples())
    paints = [_colour(row, colour) for row in rows]
    key = f"{coloured('●', colour.used)} laju kini  {coloured('◇', colour.ink)} laju yang perlu, per pekan"
    return row_figure(
        [
            _lines([low] * len(rows), [high] * len(rows), colour.grid),
            _lines(now, needed, paints),
            _marks(needed, "diamond-open", paints),
            _marks(now, "circle", colour.used),
        ],
        texts=[
            _text(name, row, paint, colour)
            for name, row, paint in zip(group_labels(ranked, by), rows, paints, strict=True)
        ],
        hovers=[_hover(name, row) for name, row in zip(group_names(ranked, by), rows, strict=True)],
        span=span,
        dark=dark,
        keys=group_keys(ranked, by),
        headings={span[0]: key},
    )


def _colour(row: Any, colour: Palette) -> str:
    """Orange where the pace is not enough, or there is no time left; else teal."""
    enough = row.remaining <= 0 or is_missing(row.target_date) or row.pace_per_week >= row.required_per_week
    return colour.on_track if enough else colour.behind


def _lines(starts: Sequence[Any], ends: Sequence[Any], paint: str | Sequence[str]) -> Trace:
    """One thin line a row, where both of its ends are known."""
    pairs = [None if None in pair else pair for pair in zip(starts, ends, strict=True)]
    return bar(
        orientation="h",
        base=[pair and min(pair) for pair in pairs],
        x=[pair and max(pair) - min(pair) for pair in pairs],
        y=bar_places(len(pairs)),
        width=0.08,
        marker={"color": paint, "line": {"width": 0}},
        hoverinfo="skip",
    )


def _marks(x: Sequence[Any], symbol: str, paint: str | Sequence[str]) -> Trace:
    marker = {"symbol": symbol, "size": 13, "color": paint, "line": {"width": 3 if "open" in symbol else 0}}
    return scatter(mode="markers", x=x, y=bar_places(len(x)), marker=marker, hoverinfo="skip")


def _text(name: str, row: Any, paint: str, colour: Palette) -> str:
    now = coloured(f"<b>{fmt_number(row.pace_per_week)}</b>", colour.used)
    return f"<b>{name}</b>  {now} · {coloured(need(row), paint)}"


def need(row: Any) -> str:
    """The pace a row of `deadline_gaps` needs, or why it needs none."""
    if row.remaining <= 0:
        return "sudah tercapai"
    if is_missing(row.required_per_week):
        return "tanpa tenggat" if is_missing(row.target_date) else "tenggat lewat"
    return f"perlu {fmt_number(row.required_per_week)}"


def _hover(name: str, row: Any) -> str:
    lines = [
        name,
        f"kini {fmt_number(row.pace_per_week)} per pekan (rata-rata 4 pekan), {need(row)}",
        f"sisa {fmt_count(row.remaining)} kuota, tenggat {fmt_date(row.target_date)}",
    ]
    if not is_missing(row.projected_date):
        lines.append(f"perpanjangan laju kini: selesai sekitar {fmt_date(row.projected_date)}")
    return "<br>".join(lines)
