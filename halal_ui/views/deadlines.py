"""Tenggat, the part that is counted: gaps to the plan, what each must do a week, and the present pace prolonged."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

import halal_metrics as hm
from halal_ui import charts, sentences
from halal_ui.sentences.charts import alt_ranking
from halal_ui.snapshot.now import View
from halal_ui.views.headline import MEASURES
from halal_ui.views.scorecard import needed_until
from halal_ui.views.shown import Chart, Table
from halal_ui.words.columns import columns_for

SHOWN = [
    "quota", "done", "gap", "gap_rate", "gap_working_days", "pace_per_week", "required_per_week", "projected_date",
    "target_date", "at_risk", "status",
]  # fmt: skip


@dataclass(frozen=True)
class Deadlines:
    """`answer` is that of the present pace prolonged; what is foreseen is in `chances`."""

    answer: str
    takes: str
    gaps: Chart
    paces: Chart
    needed_until: str
    table: Table


def deadlines(view: View, dark: bool, *, by: str, target: date | None) -> Deadlines:
    """`target`: a date to try instead of those of the plan."""
    measure = view.scope.measure
    gaps, ahead = view.gaps([by], target=target), view.ahead([by], target=target)
    whole = view.gaps(target=target)
    return Deadlines(
        answer=sentences.deadlines_answer(gaps, whole, measure=measure),
        takes=sentences.pace_needed(
            *(view.ahead(target=target, measure=counted) for counted in MEASURES),
        ),
        gaps=Chart(charts.gap_bars(gaps, by=[by], dark=dark), alt_ranking(gaps, "gap", measure=measure)),
        paces=Chart(charts.pace_bars(ahead, by=[by], dark=dark), alt_ranking(ahead, "pace_per_week", measure=measure)),
        needed_until=needed_until(view),
        table=Table(
            ranked(view, by, target=target)[[by, *SHOWN]],
            caption=f"Yang paling banyak tersisa pada tenggat lebih dulu; {view.scope.in_words}",
            name="tenggat",
            columns=columns_for("deadline_gaps", measure=measure),
            total=total(view, target=target),
            metrics=("deadline_gaps", "outlook"),
        ),
    )


def ranked(view: View, by: str, *, target: date | None = None) -> pd.DataFrame:
    """`deadline_gaps` with what each week has to bring and `outlook`; what leaves most at the deadline first."""
    rows = _with_outlook(view.gaps([by], target=target), view.ahead([by], target=target), view)
    return rows.sort_values("at_risk", ascending=False, kind="stable", ignore_index=True)


def total(view: View, *, target: date | None = None) -> dict[Any, Any]:
    """The same of the whole, not the sum of rates."""
    return _with_outlook(view.gaps(target=target), view.ahead(target=target), view).iloc[0][SHOWN].to_dict()


def _with_outlook(gaps: pd.DataFrame, ahead: pd.DataFrame, view: View) -> pd.DataFrame:
    after = hm.outlook(gaps, start=view.start)[["gap_working_days", "at_risk"]]
    return gaps.assign(required_per_week=ahead["required_per_week"], **after)
