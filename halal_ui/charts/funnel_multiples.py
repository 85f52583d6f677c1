"""The funnel of every group, side by side."""

from collections.abc import Sequence
from math import ceil
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from halal_ui.charts.canvas import bar, empty, figure, margin, rounded, scatter, steady
from halal_ui.charts.funnel_steps import stage_colours
from halal_ui.charts.labels import group_keys, group_labels, group_names
from halal_ui.look.palette import palette
from halal_ui.words.formats import fmt_count, fmt_rate, is_missing
from halal_ui.words.labels import STAGE_LABEL, STAGE_SHORT

COLUMNS: Final = 2
_COLUMN: Final = 1.05  # a column's width and the space after it, in bars
_LINE: Final = 22  # pixels of a line of text; heights below are in lines
_BETWEEN: Final = 0.7
_PAD: Final = 0.02  # between a bar's edge and the words on it


def funnel_multiples(funnel: pd.DataFrame, *, by: Sequence[str], dark: bool = False) -> go.Figure:
    """
    The `funnel` of each group as a block of bars over its own quota, largest quota first: steps at the left,
    counts at the right. A group without a quota has counts and no bars; a bar past its quota ends there.
    """
    if funnel.empty:
        return empty("Corong per kelompok", "Belum ada kuota dan belum ada pengajuan.", dark=dark)
    colour = palette(dark)
    blocks: dict[tuple[str, str, Any], list[Any]] = {}
    names, shorts, keys = group_names(funnel, by), group_labels(funnel, by), group_keys(funnel, by)
    for name, short, key, row in zip(names, shorts, keys, funnel.itertuples(), strict=True):
        blocks.setdefault((name, short, key), []).append(row)
    ranked = sorted(blocks.items(), key=lambda block: -block[1][0].reached)  # equal ones keep their order
    lines = max(len(rows) for rows in blocks.values())
    height = ceil(len(ranked) / COLUMNS) * (lines + _BETWEEN)

    corners = [(_COLUMN * (n % COLUMNS), -(lines + _BETWEEN) * (n // COLUMNS)) for n in range(len(ranked))]
    lefts, tops = [left for left, _ in corners], [top for _, top in corners]
    every = [
        (left, top - line, name, key, row)
        for (left, top), ((name, _, key), rows) in zip(corners, ranked, strict=True)
        for line, row in enumerate(rows)
    ]
    steps = [(left, middle, row) for left, middle, _, _, row in every if row.stage != "quota"]
    x, y = [left for left, _, _ in steps], [middle for _, middle, _ in steps]
    words = {"mode": "text", "hoverinfo": "skip"}
    bars = {"orientation": "h", "base": x, "y": y, "width": 0.86, "hoverinfo": "skip"}
    seen = [
        bar(x=[1] * len(steps), marker={"color": colour.grid, "opacity": 0.5}, **bars),
        bar(
            x=rounded(_share(row) for _, _, row in steps),
            marker={"color": stage_colours([row.stage for _, _, row in steps], colour), "opacity": 0.38},
            **bars,
        ),
        scatter(
            x=lefts,
            y=tops,
            text=[f"<b>{short}</b>  kuota {fmt_count(rows[0].reached)}" for (_, short, _), rows in ranked],
            textposition="middle right",
            **words,
        ),
        scatter(
            x=rounded(left + _PAD for left in x),
            y=y,
            text=[STAGE_SHORT[row.stage] for _, _, row in steps],
            textposition="middle right",
            **words,
        ),
        scatter(
            x=rounded(left + 1 - _PAD for left in x),
            y=y,
            text=[f"<b>{fmt_count(row.reached)}</b>" for _, _, row in steps],
            textposition="middle left",
            **words,
        ),
    ]
    return figure(
        [
            bar(  # takes the pointer: a step of a group
                orientation="h",
                base=[left for left, *_ in every],
                x=[1] * len(every),
                y=[middle for _, middle, *_ in every],
                width=1,
                marker={"color": "rgba(0,0,0,0)"},
                customdata=[[row.stage, key] for *_, key, row in every],
                hovertext=[_hover(name, row) for *_, name, _, row in every],
                hovertemplate="%{hovertext}<extra></extra>",
            ),
            *(steady(trace, dark=dark) for trace in seen),
        ],
        dark=dark,
        height=round(height * _LINE) + 8,
        barmode="overlay",
        hovermode="closest",
        margin=margin(left=0, right=0),
        xaxis={"visible": False, "range": [0, _COLUMN * COLUMNS - (_COLUMN - 1)]},
        yaxis={"visible": False, "range": [0.5 - height, 0.5]},
    )


def _share(row: Any) -> float | None:
    return None if is_missing(row.share_of_quota) else min(max(row.share_of_quota, 0.0), 1.0)


def _hover(name: str, row: Any) -> str:
    share = "" if row.stage == "quota" else f" ({fmt_rate(row.share_of_quota)} dari kuota)"
    return f"{name}<br>{STAGE_LABEL[row.stage]}: {fmt_count(row.reached)}{share}"
