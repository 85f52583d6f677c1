"""Which few obstacles hold most: a Pareto chart."""

from html import escape
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from halal_ui.charts.canvas import empty
from halal_ui.charts.labels import coloured
from halal_ui.charts.rows import row_bars, row_figure
from halal_ui.look.palette import palette
from halal_ui.words.formats import fmt_count, fmt_rate
from halal_ui.words.shortened import shortened

_LONGEST: Final = 36  # letters of a name


def pareto_bars(held: pd.DataFrame, *, dark: bool = False) -> go.Figure:
    """
    `held`: `name, at_stake, cumulative_share`, what holds most first. The share is of all that is held, down to that
    row: where it nears 100% the rest hardly matters.
    """
    if not held["at_stake"].to_numpy().sum():
        return empty("Sertifikat yang tertahan", "Belum ada kendala yang menahan sertifikat.", dark=dark)
    colour = palette(dark)
    rows = list(held.itertuples())
    return row_figure(
        [row_bars(held["at_stake"], colour.behind)],
        texts=[_text(row, colour.muted) for row in rows],
        hovers=[
            f"{escape(row.name, quote=False)}<br>{fmt_count(row.at_stake)} sertifikat"
            f"<br>kumulatif {fmt_rate(row.cumulative_share)}"
            for row in rows
        ],
        span=(0, 1.01 * float(held["at_stake"].max())),
        dark=dark,
        keys=[escape(row.name, quote=False) for row in rows],
        headings={0: f"{coloured('■', colour.behind)} sertifikat tertahan · bagian kumulatif"},
    )


def _text(row: Any, muted: str) -> str:
    """The count first, and a name that leaves room for the share on a phone: the hover has all of it."""
    share = coloured(f" · {fmt_rate(row.cumulative_share, digits=0)}", muted)
    return f"<b>{fmt_count(row.at_stake)}</b>  {escape(shortened(row.name, _LONGEST), quote=False)}{share}"
