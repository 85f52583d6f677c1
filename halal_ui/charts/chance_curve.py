"""How sure it is that a goal is reached, date by date: a curve to read a date off."""

from typing import Any, Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from halal_metrics.forecast import MEASURES
from halal_ui.charts.canvas import empty, figure, margin, note, scatter
from halal_ui.charts.curve_marks import LETTER, LINE, NARROW, iso, place_of
from halal_ui.charts.labels import coloured
from halal_ui.charts.s_curve import months
from halal_ui.charts.template import SMALL_SIZE
from halal_ui.look.palette import Palette, palette
from halal_ui.words.formats import SHORT_MONTHS, fmt_chance, fmt_day_month, fmt_part
from halal_ui.words.labels import MEASURE_LABEL

HEIGHT: Final = 340
_TOP, _BOTTOM = 26, 30
_HIGHEST: Final = 1.08  # so that a certain line is not cut at the frame
_PIXELS: Final = (HEIGHT - _TOP - _BOTTOM) / _HIGHEST
_DAY: Final = 86_400_000  # plotly counts milliseconds


def chance_curve(
    chances: pd.DataFrame, *, target: Any, sure: float = 0.8, share: float = 1.0, dark: bool = False
) -> go.Figure:
    """
    `chances`: of one group and goal `date, measure, chance`, a row a day and measure. Where a line first reaches `sure`
    the day is written; `target`, the date that is asked about, is a line. `share`: the part of the quota meant, in
    words at the axis.
    """
    if chances.empty:
        return empty("Peluang menurut tanggal", "Belum ada yang dapat diramalkan.", dark=dark)
    colour, due = palette(dark), pd.Timestamp(target)
    days = pd.DatetimeIndex(chances["date"].drop_duplicates())
    ends = (days[0], max(days[-1], days[0] + pd.Timedelta(days=1)))
    lines = {measure: _line(chances, measure) for measure in MEASURES}
    by_days = {"mode": "lines", "x0": iso(days[0]), "dx": _DAY}
    hover = "<br>".join(
        coloured(f"{MEASURE_LABEL[measure]}: %{{customdata[{place}]}}", getattr(colour, measure))
        for place, measure in enumerate(MEASURES)
    )
    said = np.array(list(zip(*([fmt_chance(c) for c in lines[m]] for m in MEASURES), strict=True)), object)
    return figure(
        [
            scatter(  # answers for both
                y=lines["used"].to_numpy().round(4),
                line={"color": colour.used, "width": 3.5},
                customdata=said,
                hovertemplate=hover + "<extra></extra>",
                **by_days,
            ),
            scatter(
                y=lines["issued"].to_numpy().round(4),
                line={"color": colour.issued, "width": 3.5},
                hoverinfo="skip",
                **by_days,
            ),
        ],
        dark=dark,
        height=HEIGHT,
        hovermode="x unified",
        margin=margin(top=_TOP, bottom=_BOTTOM, right=14),
        xaxis=months(ends),
        yaxis={"range": [0, _HIGHEST], "tickformat": ".0%", "dtick": 0.2},
        shapes=[_level(sure, colour), _due(due, colour)],
        annotations=[
            note(
                f"peluang {fmt_part(share)}",
                x=0,
                y=1,
                colour=colour.muted,
                size=SMALL_SIZE,
                xanchor="left",
                yanchor="bottom",
            ),
            note(
                fmt_day_month(due),
                x=iso(due),
                xref="x",
                y=1,
                colour=colour.ink,
                size=SMALL_SIZE,
                xanchor=_side(due, ends, fmt_day_month(due)),
                yanchor="bottom",
            ),
            *_labels(lines, days, ends, sure, colour),
        ],
    )


def _line(chances: pd.DataFrame, measure: str) -> pd.Series:
    return chances.loc[chances["measure"] == measure, "chance"].reset_index(drop=True)


def _level(sure: float, colour: Palette) -> dict[str, Any]:
    """What may be counted on."""
    line = {"color": colour.muted, "width": 1, "dash": "dot"}
    return {"type": "line", "x0": 0, "x1": 1, "xref": "paper", "y0": sure, "y1": sure, "line": line, "layer": "below"}


def _due(due: pd.Timestamp, colour: Palette) -> dict[str, Any]:
    line, at = {"color": colour.ink, "width": 1.5}, iso(due)
    return {"type": "line", "x0": at, "x1": at, "y0": 0, "y1": 1, "yref": "paper", "line": line, "layer": "below"}


def _labels(
    lines: dict[str, pd.Series],
    days: pd.DatetimeIndex,
    ends: tuple[pd.Timestamp, pd.Timestamp],
    sure: float,
    colour: Palette,
) -> list[dict[str, Any]]:
    """Where each line first is as sure as that, and when; else at its end, and how far it gets."""
    drawn, taken = [], []
    for measure, line in lines.items():
        at = line.ge(sure).to_numpy()
        there = bool(at.any())
        place = int(at.argmax()) if there else len(line) - 1
        day, height = days[place], float(line.iloc[place])
        month = SHORT_MONTHS[day.month - 1]
        when = f"{sure:.0%} pada {day.day} {month}" if there else f"sampai {fmt_chance(height)}"
        left = there and NARROW * (1 - place_of(day, ends)) > LETTER * len(when) + 9
        # a line that rises is above what stands at the right of a place on it, and below what stands at the left
        lifts = (-LINE, 1.2 * LINE) if left else (1.2 * LINE, -1.2 * LINE)
        middles = [max(height * _PIXELS + lift, LINE + 2) for lift in lifts]
        free = [each for each in middles if all(abs(each - other) >= 2 * LINE for other in taken)]
        middle = free[0] if free else max([*taken, *middles]) + 2 * LINE
        taken.append(middle)
        drawn.append(
            note(
                f"<b>{MEASURE_LABEL[measure]}</b><br>{when}",
                x=iso(day),
                xref="x",
                y=height,
                yref="y",
                yshift=round(middle - height * _PIXELS),
                colour=getattr(colour, measure),
                xanchor="left" if left else "right",
                xshift=9 if left else -4,
                yanchor="middle",
                align="left" if left else "right",
                bgcolor=colour.page + "c8",
            )
        )
    return drawn


def _side(day: pd.Timestamp, ends: tuple[pd.Timestamp, pd.Timestamp], text: str) -> str:
    room = NARROW * (1 - place_of(day, ends))
    return "center" if room > LETTER * len(text) / 2 else "right"
