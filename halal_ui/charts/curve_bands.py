"""What is to come on a time chart: bands that hold eight in ten futures, their middle, and the days not told of yet."""

from typing import Any, Final

import numpy as np
import pandas as pd

from halal_ui.charts.canvas import Trace, note, scatter
from halal_ui.charts.curve_marks import LINE, iso
from halal_ui.look.palette import Palette
from halal_ui.words.formats import fmt_band, fmt_count

MEASURES: Final = ("used", "issued")
"""As the palette names their colours."""

_PALE: Final = "38"  # a band is seen in light and dark, and lines across it stay legible
_DAY: Final = 86_400_000  # plotly counts milliseconds


def bands(forecast: pd.DataFrame, colour: Palette) -> list[Trace]:
    """
    A band and its dashed middle for used and for issued. `forecast`: of one group `date, measure, p10, p50, p90`, a row
    a day, measures in any order.
    """
    drawn: list[Trace] = []
    for measure in MEASURES:
        rows, tone = forecast[forecast["measure"] == measure], getattr(colour, measure)
        days = {"x0": iso(rows["date"].iloc[0]), "dx": _DAY, "mode": "lines", "hoverinfo": "skip"}
        unseen = {"line": {"width": 0, "color": tone}}
        drawn += [
            scatter(y=rows["p90"].to_numpy(), **unseen, **days),
            scatter(y=rows["p10"].to_numpy(), fill="tonexty", fillcolor=tone + _PALE, **unseen, **days),
            scatter(y=rows["p50"].to_numpy(), line={"color": tone, "width": 2, "dash": "dash"}, **days),
        ]
    return drawn


def not_yet_told(since: pd.Timestamp, until: pd.Timestamp, height: float, colour: Palette) -> list[Trace]:
    """Hatching over the days after `since`, up to `until`: some have not told of them yet. None where all have."""
    if since >= until:
        return []
    pattern = {"shape": "/", "fgcolor": colour.muted, "bgcolor": "rgba(0,0,0,0)", "size": 7, "solidity": 0.18}
    return [
        scatter(
            x=[iso(since), iso(until)],
            y=[height, height],
            mode="lines",
            line={"width": 0},
            fill="tozeroy",
            fillpattern=pattern,
            hoverinfo="skip",
        )
    ]


def band_labels(forecast: pd.DataFrame, pixels: float, colour: Palette) -> list[dict[str, Any]]:
    """At the last day, beside the middle of each band, what it reaches from and to; `pixels`: of one application."""
    last = forecast[forecast["date"] == forecast["date"].max()].set_index("measure")
    heights = {measure: float(last.loc[measure, "p50"]) * pixels for measure in MEASURES}
    low = max(heights["issued"], LINE / 2 + 1)
    places = {"issued": low, "used": max(heights["used"] - 0.8 * LINE, low + LINE)}  # under the plan's own words
    words = {"used": "dimanfaatkan", "issued": "terbit"}
    return [
        note(
            f"<b>{fmt_band(last.loc[measure, 'p10'], last.loc[measure, 'p90'])} {words[measure]}</b>",
            x=iso(forecast["date"].max()),
            xref="x",
            y=last.loc[measure, "p50"],
            yref="y",
            yshift=round(places[measure] - heights[measure]),
            colour=getattr(colour, measure),
            xanchor="right",
            yanchor="middle",
            xshift=-3,
            bgcolor=colour.page + "c8",
        )
        for measure in MEASURES
    ]


def said(forecast: pd.DataFrame, measure: str, days: pd.Series) -> list[str]:
    """Of each of the days the band and its middle in words; "" of those not forecast."""
    rows = forecast[forecast["measure"] == measure].set_index("date")[["p10", "p50", "p90"]].reindex(days)
    return [
        "" if np.isnan(low) else f"{fmt_band(low, high)} (tengah {fmt_count(middle)})"
        for low, middle, high in rows.itertuples(index=False, name=None)
    ]
