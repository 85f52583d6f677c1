"""What each LP3H submits a week, what it must, and the most that is asked of it."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from halal_ui.charts.canvas import empty
from halal_ui.charts.labels import coloured, group_labels, group_names
from halal_ui.charts.rows import row_bars, row_figure, row_strokes
from halal_ui.look.palette import palette
from halal_ui.words.formats import fmt_count, fmt_number, is_missing


def weekly_bars(rows: pd.DataFrame, *, dark: bool = False) -> go.Figure:
    """
    The rows of a `weekly_plan`, required ones rounded up, in their order: the pace as a bar on a track as long as the
    limit, a stroke at what is required.
    """
    if rows.empty:
        return empty("Rencana pekanan", "Belum ada kuota atau pengajuan untuk direncanakan.", dark=dark)
    colour = palette(dark)
    shown = list(rows.itertuples())
    paints = [colour.behind if row.required_per_week > row.pace_per_week else colour.on_track for row in shown]
    longest = max(1.0, *rows["limit_per_week"], *rows["pace_per_week"], *rows["required_per_week"])
    room = 0.02 * longest
    key = (
        f"{coloured('■', colour.used)} laju kini  {coloured('│', colour.ink)} perlu  {coloured('■', colour.rule)} batas"
    )
    return row_figure(
        [
            row_bars(rows["limit_per_week"], colour.rule),
            row_bars(rows["pace_per_week"].clip(lower=0), colour.used),
            row_strokes(rows["required_per_week"], colour.ink),
        ],
        texts=[
            f"<b>{name}</b>  {coloured(f'<b>perlu {fmt_count(row.required_per_week)}</b>', paint)} · "
            f"{coloured(f'kini {fmt_number(row.pace_per_week)}', colour.used)}"
            for name, row, paint in zip(group_labels(rows, ["lp3h"]), shown, paints, strict=True)
        ],
        hovers=[_hover(name, row) for name, row in zip(group_names(rows, ["lp3h"]), shown, strict=True)],
        span=(0.0, longest + room),
        dark=dark,
        headings={0.0: key + ", pengajuan per pekan"},
    )


def _hover(name: str, row: Any) -> str:
    lines = [
        name,
        f"perlu {fmt_count(row.required_per_week)} pengajuan per pekan, kini {fmt_number(row.pace_per_week)}",
        f"paling banyak {fmt_number(row.limit_per_week)} per pekan; ruang {fmt_count(row.room)} kuota",
    ]
    if not is_missing(row.required_per_p3h):
        lines.append(f"{fmt_count(row.required_per_p3h)} per pendamping aktif ({fmt_count(row.active_p3h)} orang)")
    return "<br>".join(lines)
