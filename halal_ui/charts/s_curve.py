"""The plan, what is used and what is issued, day by day."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from halal_ui.charts.canvas import Trace, empty, figure, margin, note, scatter
from halal_ui.charts.curve_bands import band_labels, bands, not_yet_told, said
from halal_ui.charts.curve_marks import (
    LINE,
    NARROW,
    due_labels,
    due_shape,
    iso,
    mark_labels,
    mark_shape,
    marked,
    place_of,
)
from halal_ui.charts.labels import coloured
from halal_ui.charts.template import SMALL_SIZE
from halal_ui.look.palette import Palette, palette
from halal_ui.snapshot.marks import Mark, by_day, foremost, target_dates
from halal_ui.words.formats import MISSING, fmt_count

HEIGHT: Final = 380
_BOTTOM: Final = 30
_HEADROOM: Final = 1.16  # two lines of text above the highest value
_VEIL: Final = "c8"  # of the page over a line, so that words across it stay legible
_LARGE_LETTER: Final = 9  # pixels of a letter
_LATE: Final = 0.5  # with less to the right, what bands reach to would be written over what is
_DAY: Final = 86_400_000  # plotly counts milliseconds


def s_curve(
    curve: pd.DataFrame,
    *,
    as_of: Any,
    deadlines: Iterable[Any] = (),
    marks: Sequence[Mark] = (),
    forecast: pd.DataFrame | None = None,
    told_until: Any = None,
    dark: bool = False,
) -> go.Figure:
    """
    The S-curve of one `progress_curve(by=())`: what happened up to `as_of`, the plan and the deadlines to the
    end.

    The plan is a straight line over working days, and is labelled as one. What is used and issued is written
    beside its last point. `marks` (events, meetings) are thin lines, the foremost with a short word above the
    deadlines, at most six of them; the hover of a day says all of its marks in full.

    `forecast`: of the same group `date, measure, p10, p50, p90`, a row a day from as_of on; it is drawn as bands.
    `told_until`: the last day of which everybody has told, where that is before as_of; the days after it are hatched.
    """
    if curve.empty:
        return empty("Kurva S", "Belum ada rencana atau pengajuan untuk digambar.", dark=dark)
    colour, today = palette(dark), pd.Timestamp(as_of)
    so_far = curve[curve["date"] <= today]
    due = target_dates(deadlines)
    days = [curve["date"].iloc[0], curve["date"].iloc[-1], *(mark.date for mark in due)]
    ends = (min(days), max(days))  # a deadline is always seen
    ahead = curve.iloc[:0].assign(p90=0) if forecast is None else forecast[forecast["date"] <= ends[1]]
    highest = max(1.0, curve["planned"].max(), *so_far["submitted"], *ahead["p90"])
    noted = foremost(marks, curve["date"])
    seen = by_day(noted)
    deadlines_said = due_labels(due, ends, today, colour)
    labels = mark_labels(noted, ends, len({label["yshift"] for label in deadlines_said}), colour)
    top = LINE + 4 + max((label["yshift"] for label in [*deadlines_said, *labels]), default=0)
    height = HEIGHT + LINE * len({label["yshift"] for label in labels})  # the curve itself does not shrink
    pixels = (height - top - _BOTTOM) / (_HEADROOM * highest)

    by_days = {"mode": "lines", "x0": iso(curve["date"].iloc[0]), "dx": _DAY}
    happened = {"hoverinfo": "skip", **by_days}
    return figure(
        [
            *not_yet_told(pd.Timestamp(told_until or today), today, _HEADROOM * highest, colour),
            *(bands(ahead, colour) if len(ahead) else ()),
            scatter(  # answers for all three: each alone would also answer for days it has no count of
                y=curve["planned"].to_numpy().round(1),
                line={"color": colour.quota, "width": 2, "dash": "dot"},
                customdata=_said(curve, so_far, ahead, seen),
                hovertemplate="<br>".join(
                    (
                        coloured("Rencana: %{customdata[0]} kuota", colour.quota),
                        coloured("Dimanfaatkan: %{customdata[1]} kuota", colour.used),
                        coloured("Terbit: %{customdata[2]} sertifikat", colour.issued),
                    )
                )
                + ("%{customdata[3]}" if seen else "")
                + "<extra></extra>",
                **by_days,
            ),
            scatter(y=so_far["submitted"].to_numpy(), line={"color": colour.used, "width": 3.5}, **happened),
            scatter(y=so_far["issued"].to_numpy(), line={"color": colour.issued, "width": 3.5}, **happened),
            _last_points(so_far, colour),
        ],
        dark=dark,
        height=height,
        hovermode="x unified",
        margin=margin(top=top, bottom=_BOTTOM, right=14),
        xaxis=months(ends),
        yaxis={
            "range": [0, _HEADROOM * highest],
            "tickformat": ",d",
            "nticks": 6,
            **({"dtick": 1} if highest < 6 else {}),
        },
        shapes=[*(mark_shape(mark, colour) for mark in seen), *(due_shape(mark, today, colour) for mark in due)],
        annotations=[
            note("kuota", x=0, y=1, colour=colour.muted, size=SMALL_SIZE, xanchor="left", yanchor="top"),
            *_plan_label(curve, so_far, pixels, colour),
            *_last_labels(so_far, ends, pixels, colour, beside=ahead.empty),
            *(band_labels(ahead, pixels, colour) if len(ahead) and place_of(today, ends) < _LATE else ()),
            *deadlines_said,
            *labels,
        ],
    )


def _said(curve: pd.DataFrame, so_far: pd.DataFrame, ahead: pd.DataFrame, marks: Sequence[Mark]) -> np.ndarray:
    """Each day's planned, used and issued in words, the latter two as known and then as forecast; and its marks."""
    days = curve["date"]
    written = [[fmt_count(count) for count in curve["planned"]]]
    for column, measure in (("submitted", "used"), ("issued", "issued")):
        known = [fmt_count(count) for count in so_far[column]]
        foreseen = said(ahead, measure, days) if len(ahead) else [""] * len(days)
        written.append([*known, *(text or MISSING for text in foreseen[len(known) :])])
    if marks:
        written.append([marked(day, marks) for day in days])
    return np.array(list(zip(*written, strict=True)), object)


def _last_points(so_far: pd.DataFrame, colour: Palette) -> Trace:
    last = so_far.tail(1)
    return scatter(
        x=[iso(date) for date in last["date"]] * 2,
        y=[*last["submitted"], *last["issued"]],
        mode="markers",
        marker={"color": [colour.used, colour.issued], "size": 11},
        cliponaxis=False,
        hoverinfo="skip",
    )


def _last_labels(
    so_far: pd.DataFrame,
    ends: tuple[pd.Timestamp, pd.Timestamp],
    pixels: float,
    colour: Palette,
    *,
    beside: bool = True,
) -> list[dict[str, Any]]:
    """Beside the last points if wanted and there is room at their right, else above: a rising line is below."""
    if so_far.empty:
        return []
    last = so_far.iloc[-1]
    used, issued = int(last["submitted"]), int(last["issued"])
    used_text, issued_text = f"{fmt_count(used)} dimanfaatkan", f"{fmt_count(issued)} terbit"
    beside = beside and NARROW * (1 - place_of(last["date"], ends)) > _LARGE_LETTER * len(used_text)
    if not beside and NARROW * place_of(last["date"], ends) < _LARGE_LETTER * len(used_text):
        used_text, issued_text = fmt_count(used), fmt_count(issued)  # no room at the left either
    where = {"xanchor": "left", "xshift": 9} if beside else {"xanchor": "right", "xshift": -4}
    lift = 0.0 if beside else LINE / 2 + 3
    low = max(issued * pixels + lift, LINE / 2 + 1)  # not over the months below the axis
    high = max(used * pixels + lift, low + LINE)  # nor over each other
    common = {
        "x": iso(last["date"]),
        "xref": "x",
        "yref": "y",
        "yanchor": "middle",
        "bgcolor": colour.page + _VEIL,
        "size": 17,
        **where,
    }
    return [
        note(f"<b>{issued_text}</b>", y=issued, colour=colour.issued, yshift=round(low - issued * pixels), **common),
        note(f"<b>{used_text}</b>", y=used, colour=colour.used, yshift=round(high - used * pixels), **common),
    ]


def _plan_label(curve: pd.DataFrame, so_far: pd.DataFrame, pixels: float, colour: Palette) -> list[dict[str, Any]]:
    """Over the end of the plan, and over the label of what is used where that is as high."""
    planned = float(curve["planned"].max())
    if planned <= 0:
        return []
    crowded = any(abs(planned - used) * pixels < 1.5 * LINE for used in so_far["submitted"].tail(1))
    label = note(
        "Rencana (garis lurus hari kerja)",
        x=1,
        y=planned,
        yref="y",
        colour=colour.quota,
        size=SMALL_SIZE,
        xanchor="right",
        yanchor="bottom",
        yshift=LINE if crowded else 0,
        bgcolor=colour.page + _VEIL,
    )
    return [label]


def months(ends: tuple[pd.Timestamp, pd.Timestamp]) -> dict[str, Any]:
    """A month axis whose names fit beside each other on a phone."""
    days = (ends[1] - ends[0]).days
    if days <= 60:
        ticks = {"tickformat": "%-d %b", "nticks": 4}
    elif ends[0].year == ends[1].year:
        ticks = {"tickformat": "%b", "dtick": "M1"}
    else:
        ticks = {"tickformat": "%b<br>%Y", "dtick": f"M{1 + days // 200}"}
    return {
        "type": "date",
        "range": [iso(end) for end in ends],
        "showgrid": False,
        "hoverformat": "%-d %B %Y",
        **ticks,
    }
