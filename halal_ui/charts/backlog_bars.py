"""What waits where, and whose step it is."""

import pandas as pd
import plotly.graph_objects as go

from halal_ui.charts.canvas import empty
from halal_ui.charts.labels import coloured
from halal_ui.charts.rows import row_bars, row_figure
from halal_ui.look.palette import palette
from halal_ui.words.formats import fmt_count
from halal_ui.words.labels import ACTOR_LABEL, WAITING_LABEL


def backlog_bars(backlog: pd.DataFrame, *, dark: bool = False) -> go.Figure:
    """
    How many wait at each step of one `backlog(by=())`, in the order of the steps, with whose step it is. What
    was returned lies with the business itself and has its own colour.
    """
    if not any(backlog["waiting"]):
        return empty("Yang menunggu", "Tidak ada pengajuan yang sedang menunggu.", dark=dark)
    colour = palette(dark)
    rows = list(backlog.itertuples())
    paint = [colour.watch if row.stage == "returned" else colour.used for row in rows]
    return row_figure(
        [row_bars(backlog["waiting"].clip(lower=0), paint)],
        texts=[
            f"<b>{fmt_count(row.waiting)}</b>  {WAITING_LABEL[row.stage]}"
            + coloured(f" · {ACTOR_LABEL[row.actor]}", colour.muted)
            for row in rows
        ],
        hovers=[
            f"<b>{WAITING_LABEL[row.stage]}</b><br>{fmt_count(row.waiting)} pengajuan"
            f"<br>langkah berikutnya: {ACTOR_LABEL[row.actor]}"
            for row in rows
        ],
        span=(0, max(1, backlog["waiting"].max())),
        dark=dark,
        keys=backlog["stage"].tolist(),
    )
