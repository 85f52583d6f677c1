"""How many pendamping are at work in each LP3H, and how much each of them submits."""

from collections.abc import Iterable
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from halal_ui.charts.canvas import Trace, empty, rounded, scatter
from halal_ui.charts.labels import coloured, group_keys, group_labels, group_names
from halal_ui.charts.rows import bar_places, row_bars, row_figure
from halal_ui.look.palette import Palette, palette
from halal_ui.words.formats import fmt_count, fmt_date, fmt_number, is_missing
from halal_ui.words.labels import STATUS_MARK

_SECOND: Final = 1.06  # where the right half begins; each is 1 wide
_LONGEST: Final = 0.75  # of a half, so that its number has room behind it


def activity_bars(activity: pd.DataFrame, *, dark: bool = False) -> go.Figure:
    """
    Each LP3H of `active_p3h(by=("lp3h",))`, most submissions first: at the left its active pendamping, at the
    right what each of them submitted. One without active pendamping is said to be quiet, and for how long.
    """
    if activity.empty:
        sentence = "Belum ada pengajuan yang menyebut LP3H dan pendampingnya."
        return empty("Pendamping aktif", sentence, dark=dark)
    colour = palette(dark)
    ranked = activity.sort_values(["submitted", "active_p3h"], ascending=False, kind="stable")
    rows = list(ranked.itertuples())
    active, each = _scaled(ranked["active_p3h"]), _scaled(ranked["submitted_per_p3h"])
    names = group_labels(ranked, ["lp3h"]), group_names(ranked, ["lp3h"])
    return row_figure(
        [
            row_bars(active, colour.quota),
            row_bars(each, colour.used, base=_SECOND),
            _numbers(active, (fmt_count(row.active_p3h) for row in rows), 0.0),
            _numbers(each, (fmt_number(row.submitted_per_p3h) for row in rows), _SECOND),
        ],
        texts=[_text(name, row, colour) for name, row in zip(names[0], rows, strict=True)],
        hovers=[_hover(name, row) for name, row in zip(names[1], rows, strict=True)],
        span=(0, _SECOND + 1),
        dark=dark,
        keys=group_keys(ranked, ["lp3h"]),
        headings={
            0: coloured("pendamping aktif", colour.quota),
            _SECOND: coloured("pengajuan per<br>pendamping aktif", colour.used),
        },
    )


def _scaled(values: pd.Series) -> list[float]:
    numbers = [0.0 if is_missing(value) else float(value) for value in values]
    return [_LONGEST * number / max(1e-9, *numbers) for number in numbers]


def _numbers(lengths: list[float], texts: Iterable[str], base: float) -> Trace:
    return scatter(
        mode="text",
        x=rounded(base + length + 0.015 for length in lengths),
        y=bar_places(len(lengths)),
        text=list(texts),
        textposition="middle right",
        hoverinfo="skip",
    )


def _text(name: str, row: Any, colour: Palette) -> str:
    if row.active_p3h or is_missing(row.quiet_days):
        return f"<b>{name}</b>"
    quiet = f"{STATUS_MARK['behind']} {fmt_count(row.quiet_days)} hari tanpa pengajuan"
    return f"<b>{name}</b>  {coloured(quiet, colour.behind)}"


def _hover(name: str, row: Any) -> str:
    return (
        f"{name}<br>{fmt_count(row.active_p3h)} pendamping aktif, {fmt_count(row.submitted)} pengajuan"
        f"<br>{fmt_number(row.submitted_per_p3h)} pengajuan per pendamping aktif"
        f"<br>pengajuan terakhir {fmt_date(row.last_submitted_date)}"
    )
