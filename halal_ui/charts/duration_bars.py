"""How long a step takes: when half have moved on, and when eight in ten have."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from halal_ui.charts.canvas import Trace, bar, empty, rounded, scatter
from halal_ui.charts.labels import coloured, group_keys, group_labels, group_names
from halal_ui.charts.rows import bar_places, row_figure
from halal_ui.look.palette import Palette, palette
from halal_ui.sentences.durations import half, how_long
from halal_ui.words.formats import fmt_count, is_missing
from halal_ui.words.labels import ACTOR_LABEL, STEP_SHORT, WAITING_LABEL


def duration_bars(durations: pd.DataFrame, *, by: Sequence[str] = (), dark: bool = False) -> go.Figure:
    """
    `durations(by=())`: a row a step, in their order. Or of one step `durations(by=…)`: a row a group, in the order
    given. A dot is the day by which half have moved on, on the band of that day; a diamond that of eight in ten.

    What is not reached yet, or rests on too few, has no mark, and its words say so.
    """
    if not (len(durations) and durations[["moved", "left", "waiting"]].to_numpy().any()):
        return empty("Lamanya tiap langkah", "Belum ada pengajuan di langkah mana pun.", dark=dark)
    colour = palette(dark)
    days = durations[["p50_days", "p50_low", "p50_high", "p80_days"]].astype("Float64")
    high = max(5.0, float(days.max().fillna(0).max()))
    half_days, late = days["p50_days"], days["p80_days"]
    low, up = days["p50_low"].fillna(half_days), days["p50_high"].fillna(high).where(half_days.notna())
    rows = list(durations.itertuples())
    names = group_labels(durations, by) if by else durations["stage"].map(STEP_SHORT).tolist()
    full = group_names(durations, by) if by else [_step(row) for row in rows]
    key = (
        f"{coloured('●', colour.used)} separuh selesai  {coloured('━', colour.used)} kisarannya  "
        f"◇ 8 dari 10 · hari kerja"
    )
    return row_figure(
        [
            _lines(pd.Series(0.0, days.index), late.fillna(half_days), 0.08, colour.rule),
            _lines(low, up, 0.2, colour.used + "66"),
            _marks(late, "diamond-open", colour.ink),
            _marks(half_days, "circle", colour.used),
        ],
        texts=[f"<b>{name}</b>  {_text(row, colour)}" for name, row in zip(names, rows, strict=True)],
        notes=["" if is_missing(row.p80_days) else f"◇ {fmt_count(row.p80_days)}" for row in rows],
        hovers=[f"{name}<br>{_hover(row)}" for name, row in zip(full, rows, strict=True)],
        span=(-0.02 * high, 1.03 * high),
        dark=dark,
        keys=group_keys(durations, by) if by else durations["stage"].tolist(),
        headings={-0.02 * high: key},
    )


def _step(row: Any) -> str:
    return f"<b>{WAITING_LABEL[row.stage]}</b><br>langkah berikutnya: {ACTOR_LABEL[row.actor]}"


def _text(row: Any, colour: Palette) -> str:
    known = not is_missing(row.p50_days)
    return coloured(f"<b>{half(row, unit=False)}</b>", colour.used) if known else coloured(half(row), colour.muted)


def _hover(row: Any) -> str:
    counts = (row.moved, row.waiting, row.left)
    moved, waiting, left = map(fmt_count, counts)
    return f"{how_long(row).replace(', ', '<br>')}<br>{moved} sudah berpindah, {waiting} masih di sana, {left} keluar"


def _lines(starts: pd.Series, ends: pd.Series, width: float, paint: str) -> Trace:
    """One line a row, where both of its ends are known."""
    known = starts.notna() & ends.notna()
    return bar(
        orientation="h",
        base=rounded(starts.where(known)),
        x=rounded((ends - starts).where(known)),
        y=bar_places(len(starts)),
        width=width,
        marker={"color": paint, "line": {"width": 0}},
        hoverinfo="skip",
    )


def _marks(days: pd.Series, symbol: str, paint: str) -> Trace:
    marker = {"symbol": symbol, "size": 12, "color": paint, "line": {"width": 2.5 if "open" in symbol else 0}}
    return scatter(mode="markers", x=rounded(days), y=bar_places(len(days)), marker=marker, hoverinfo="skip")
