"""Who is behind the plan, and by how much."""

from collections.abc import Sequence
from typing import Any, Final, Literal

import pandas as pd
import plotly.graph_objects as go

from halal_ui.charts.canvas import empty, rounded
from halal_ui.charts.labels import coloured, group_keys, group_labels, group_names
from halal_ui.charts.rows import row_bars, row_figure, row_strokes
from halal_ui.look.palette import Palette, palette
from halal_ui.words.formats import fmt_count, fmt_points, fmt_signed
from halal_ui.words.labels import STATUS_LABEL, STATUS_MARK

_PALE: Final = "80"
_GAP: Final = {"count": "gap", "rate": "gap_rate"}


def gap_bars(
    gaps: pd.DataFrame, *, by: Sequence[str], unit: Literal["count", "rate"] = "count", dark: bool = False
) -> go.Figure:
    """
    What each group of `deadline_gaps` has done, and from there to its plan, furthest behind first: in
    applications, or as a share of the group's quota (a group without a quota then has no bar and comes last).

    Blue is done, pale is missing up to the plan's stroke, teal is ahead of it.
    """
    if gaps.empty:
        return empty("Selisih dari rencana", "Belum ada kuota atau pengajuan untuk dibandingkan.", dark=dark)
    colour = palette(dark)
    ranked = gaps.sort_values([_GAP[unit], "gap"], kind="stable")
    whole = ranked["quota"].where(ranked["quota"] > 0) if unit == "rate" else 1
    done, planned = ranked["done"] / whole, ranked["planned"] / whole
    nearer = pd.concat([done, planned], axis=1).min(axis=1, skipna=False)
    rows = list(ranked.itertuples())
    key = f"{coloured('■', colour.used)} tercapai  {coloured('┃', colour.ink)} rencana  selisih: kuota · poin"
    return row_figure(
        [
            row_bars(nearer, colour.used),
            row_bars(ranked[_GAP[unit]].abs(), [_colour(row, colour) for row in rows], base=rounded(nearer)),
            row_strokes(planned, colour.ink),
        ],
        texts=[_text(name, row, colour) for name, row in zip(group_labels(ranked, by), rows, strict=True)],
        hovers=[_hover(name, row) for name, row in zip(group_names(ranked, by), rows, strict=True)],
        span=(0, 1.01 * max(done.max(), planned.max(), 1e-9)),
        dark=dark,
        keys=group_keys(ranked, by),
        headings={0: key},
    )


def _colour(row: Any, colour: Palette) -> str:
    """Ahead is teal; behind has its status's colour, pale because it is not there."""
    if row.gap >= 0:
        return colour.on_track
    return getattr(colour, "behind" if row.status in ("done", "on_track") else row.status) + _PALE


def _text(name: str, row: Any, colour: Palette) -> str:
    status = coloured(f"{STATUS_MARK[row.status]} {STATUS_LABEL[row.status]}", getattr(colour, row.status))
    return f"<b>{name}  {fmt_signed(row.gap)}</b> · {fmt_points(row.gap_rate)}  {status}"


def _hover(name: str, row: Any) -> str:
    return (
        f"{name}<br>{fmt_signed(row.gap)} kuota dari rencana ({fmt_points(row.gap_rate)})"
        f"<br>tercapai {fmt_count(row.done)}, rencana {fmt_count(row.planned)}, kuota {fmt_count(row.quota)}"
        f"<br>{STATUS_LABEL[row.status]}"
    )
