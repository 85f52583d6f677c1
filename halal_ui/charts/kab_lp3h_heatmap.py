"""Kabupaten/kota by LP3H, a number in every cell."""

from collections.abc import Sequence
from typing import Any, Final, Literal

import pandas as pd
import plotly.graph_objects as go

from halal_metrics.institutions import LP3H
from halal_metrics.places import KAB_KOTA
from halal_ui.charts.canvas import bar, empty, figure, heatmap, legible_on, margin, rounded
from halal_ui.charts.colour_scales import COLOUR_SCALES
from halal_ui.charts.labels import coloured, full_name, label
from halal_ui.charts.template import TEXT_SIZE
from halal_ui.look.palette import palette
from halal_ui.words.formats import fmt_rate, is_missing

ROW: Final = 38
READABLE: Final = 9
"""Columns up to which a number fits in a cell; with more, the colours and the hover remain."""


def kab_lp3h_heatmap(
    table: pd.DataFrame,
    *,
    value: Literal["absorption_rate", "issuance_rate", "gap", "pace_per_week"],
    dark: bool = False,
) -> go.Figure:
    """
    One figure for every pair of kab_kota and LP3H in `table`. Both in their official order, unknown ones
    after it and missing ones last; a pair that is not there, or has no value, is blank.
    """
    if table.empty:
        return empty("Kabupaten/kota × LP3H", "Belum ada kuota atau pengajuan yang dapat disilangkan.", dark=dark)
    colour, scale = palette(dark), COLOUR_SCALES[value]
    places, institutions = _in_order(table["kab_kota"], KAB_KOTA), _in_order(table["lp3h"], LP3H)
    cells = {(_key(row.kab_kota), _key(row.lp3h)): getattr(row, value) for row in table.itertuples()}
    grid = [[cells.get((_key(place), _key(lp3h))) for lp3h in institutions] for place in places]
    filled = [
        (down, across, number)
        for down, row in enumerate(grid)
        for across, number in enumerate(row)
        if not is_missing(number)
    ]
    ramp, largest = getattr(colour, scale.ramp), scale.largest(table[value])

    def write(number: Any) -> str:
        paint = scale.colour(number, largest, colour)
        digits = 0 if scale.write is fmt_rate else scale.digits
        return coloured(scale.text(number, digits=digits), legible_on(paint)) if paint else ""

    return figure(
        [
            heatmap(
                z=[rounded(scale.share(number, largest) for number in row) for row in grid],
                zmin=0,
                zmax=1,
                colorscale=[[step / (len(ramp) - 1), paint] for step, paint in enumerate(ramp)],
                showscale=False,
                xgap=3,
                ygap=3,
                text=[[write(number) for number in row] for row in grid],
                texttemplate="%{text}" if len(institutions) <= READABLE else None,
                textfont={"size": TEXT_SIZE},  # unstated, plotly fits it to the smallest cell
                hoverinfo="skip",
            ),
            bar(  # takes the pointer: cells of a heatmap cannot be chosen
                orientation="h",
                base=[across - 0.5 for _, across, _ in filled],
                x=[1] * len(filled),
                y=[down for down, _, _ in filled],
                width=1,
                marker={"color": "rgba(0,0,0,0)"},
                customdata=[[full_name(places[down]), full_name(institutions[across])] for down, across, _ in filled],
                hovertext=[scale.text(number) for _, _, number in filled],
                hovertemplate="<b>%{customdata[0]}</b><br>%{customdata[1]}<br>"
                f"{scale.title}: %{{hovertext}}<extra></extra>",
            ),
        ],
        dark=dark,
        height=len(places) * ROW + 64,
        barmode="overlay",
        hovermode="closest",
        margin=margin(top=8),
        xaxis=_names(institutions, side="top", range=[-0.5, len(institutions) - 0.5]),
        yaxis=_names(places, range=[len(places) - 0.5, -0.5]),
    )


def _names(names: Sequence[Any], **axis: Any) -> dict[str, Any]:
    return {
        "tickmode": "array",
        "tickvals": list(range(len(names))),
        "ticktext": [label(name) for name in names],
        "showgrid": False,
        "showline": False,
        "ticks": "",
        **axis,
    }


def _in_order(names: pd.Series, official: Sequence[str]) -> list[Any]:
    present = set(names.dropna())
    missing = [None] if names.isna().any() else []
    return [*(name for name in official if name in present), *sorted(present.difference(official)), *missing]


def _key(name: Any) -> Any:
    return None if is_missing(name) else name
