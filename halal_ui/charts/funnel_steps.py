"""From quota to certificate: how many came how far."""

from typing import Final

import pandas as pd
import plotly.graph_objects as go

from halal_ui.charts.canvas import empty
from halal_ui.charts.labels import coloured
from halal_ui.charts.rows import row_bars, row_figure
from halal_ui.look.palette import Palette, palette
from halal_ui.words.formats import fmt_count, fmt_rate, is_missing
from halal_ui.words.labels import STAGE_LABEL, STAGE_SHORT

ROW: Final = 43


def funnel_steps(funnel: pd.DataFrame, *, dark: bool = False) -> go.Figure:
    """
    The steps of one `funnel(by=())` as bars over the quota, each with its count, its share of the quota, and
    the share of the step before that went on. 270 pixels high; legible at half a page.
    """
    if not any(funnel["reached"]):
        return empty("Corong", "Belum ada kuota dan belum ada pengajuan.", dark=dark)
    colour = palette(dark)
    stages = funnel["stage"].tolist()
    reached = funnel["reached"].tolist()
    return row_figure(
        [row_bars(reached, stage_colours(stages, colour))],
        texts=[
            f"{STAGE_SHORT[stage]}  <b>{fmt_count(count)}</b>" for stage, count in zip(stages, reached, strict=True)
        ],
        notes=[
            coloured(_note(stage, share, rate), colour.muted)
            for stage, share, rate in zip(stages, funnel["share_of_quota"], funnel["step_rate"], strict=True)
        ],
        hovers=[_hover(step) for step in funnel.itertuples()],
        span=(0, max(reached)),
        dark=dark,
        row=ROW,
        keys=stages,
    )


def stage_colours(stages: list[str], colour: Palette) -> list[str]:
    """Quota grey, issued green, and all between them used and not yet issued: blue."""
    return [{"quota": colour.quota, "issued": colour.issued}.get(stage, colour.used) for stage in stages]


def _note(stage: str, share: float, rate: float) -> str:
    if stage == "quota":
        return ""
    if stage == "submitted" or is_missing(rate):
        return f"{fmt_rate(share)} kuota"
    return f"{fmt_rate(rate)} lanjut · {fmt_rate(share)} kuota"


def _hover(step) -> str:
    lines = [f"<b>{STAGE_LABEL[step.stage]}</b>", f"{fmt_count(step.reached)} kuota"]
    if step.stage != "quota":
        lines[1] = f"{fmt_count(step.reached)} pelaku usaha sampai di sini"
        lines.append(f"{fmt_rate(step.share_of_quota)} dari kuota")
        lines.append(f"{fmt_rate(step.step_rate)} dari langkah sebelumnya")
    if step.stage == "quota":
        lines.append(f"{fmt_count(step.waiting)} belum dimanfaatkan")
    elif step.stage != "issued":
        lines.append(f"{fmt_count(step.waiting)} menunggu langkah berikutnya")
    return "<br>".join(lines)
