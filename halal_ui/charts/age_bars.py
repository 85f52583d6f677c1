"""What waits where, for how long, and whose step it is."""

from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from halal_ui.charts.canvas import blend, empty
from halal_ui.charts.labels import coloured
from halal_ui.charts.rows import row_bars, row_figure
from halal_ui.look.palette import Palette, palette
from halal_ui.words.formats import fmt_count
from halal_ui.words.labels import ACTOR_LABEL, WAITING_LABEL
from halal_ui.words.names import age

_YOUNGEST: Final = 0.3  # of the ramp: paler would not be seen on the page


def age_bars(ages: pd.DataFrame, *, dark: bool = False) -> go.Figure:
    """
    How many wait at each step of one `backlog_ages(by=())`, in the order of the steps, with whose step it is: the
    longer they have waited, the stronger the colour. What lies with the business itself has its own colour.
    """
    if not any(ages["waiting"]):
        return empty("Yang menunggu", "Tidak ada pengajuan yang sedang menunggu.", dark=dark)
    colour = palette(dark)
    # where dates contradict each other a count can be below 0; a bar cannot
    seen = ages.assign(waiting=ages["waiting"].clip(lower=0))
    across = seen.pivot(index="stage", columns="from_days", values="waiting").loc[ages["stage"].unique()]
    names = [age(row.from_days, row.to_days) for row in ages.head(len(across.columns)).itertuples()]
    begins = (across.cumsum(axis=1) - across).to_numpy()
    total = ages.groupby("stage", sort=False)["waiting"].sum()
    actor = ages.drop_duplicates("stage").set_index("stage")["actor"]
    bars = [
        row_bars(across.iloc[:, place], [_paint(step, place, len(names), colour) for step in across.index], base=begin)
        for place, begin in enumerate(begins.T.tolist())
    ]
    marks = (coloured("■", _paint("submitted", place, len(names), colour)) for place in range(len(names)))
    legend = " ".join(f"{mark} {name}" for mark, name in zip(marks, names, strict=True))
    return row_figure(
        bars,
        texts=[
            f"<b>{fmt_count(total[step])}</b>  {WAITING_LABEL[step]}"
            + coloured(f" · {ACTOR_LABEL[actor[step]]}", colour.muted)
            for step in across.index
        ],
        hovers=[_hover(step, actor[step], ages[ages["stage"] == step]) for step in across.index],
        span=(0, max(1, across.sum(axis=1).max())),
        dark=dark,
        keys=across.index.tolist(),
        headings={0: f"hari kerja  {legend}"},
    )


def _paint(step: str, place: int, ages: int, colour: Palette) -> str:
    share = _YOUNGEST + (1 - _YOUNGEST) * place / max(ages - 1, 1)
    return blend((colour.page, colour.watch) if step == "returned" else colour.used_ramp, share)


def _hover(step: str, actor: str, ages: pd.DataFrame) -> str:
    told = [_age(row) for row in ages.itertuples() if row.waiting]
    lines = (f"<b>{WAITING_LABEL[step]}</b>", f"langkah berikutnya: {ACTOR_LABEL[actor]}", *told)
    return "<br>".join(lines)


def _age(row: Any) -> str:
    return f"{age(row.from_days, row.to_days)} hari kerja: {fmt_count(row.waiting)} pengajuan"
