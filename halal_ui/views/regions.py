"""Kabupaten/kota: which are behind, and how far; and one of them in detail."""

from dataclasses import dataclass
from typing import Final

import halal_metrics as hm
from halal_ui import charts, sentences
from halal_ui.sentences.charts import alt_curve, alt_funnel, alt_ranking
from halal_ui.snapshot.marks import Mark
from halal_ui.snapshot.now import View
from halal_ui.views.scorecard import needed_until, scorecard, total
from halal_ui.views.shown import Chart, Table
from halal_ui.words.columns import columns_for
from halal_ui.words.labels import STAGE_SHORT

VALUES: Final = {
    STAGE_SHORT["submitted"]: "absorption_rate",
    STAGE_SHORT["issued"]: "issuance_rate",
    "Selisih": "gap",
    "Laju": "pace_per_week",
}
"""What the map can be coloured by."""


@dataclass(frozen=True)
class Regions:
    answer: str
    tiles: dict[str, Chart]
    gaps: Chart
    needed_until: str
    table: Table


@dataclass(frozen=True)
class Region:
    answer: str
    curve: Chart
    institutions: Chart
    funnel: Chart
    backlog: Chart


def regions(view: View, dark: bool) -> Regions:
    """All ten, whatever place is chosen: pass a scope without one."""
    measure = view.scope.measure
    gaps = view.gaps(["kab_kota"])
    rates = view.absorption(["kab_kota"]).drop(columns=["quota", "remaining"])
    table = gaps.merge(rates, on="kab_kota")
    return Regions(
        answer=sentences.furthest_behind(gaps, hm.shortfall(gaps), measure=measure),
        tiles={
            label: Chart(
                charts.kab_kota_tiles(table, value=value, dark=dark),
                alt_ranking(table, value, measure=measure),
            )
            for label, value in VALUES.items()
        },
        gaps=Chart(charts.gap_bars(gaps, by=["kab_kota"], dark=dark), alt_ranking(gaps, "gap", measure=measure)),
        needed_until=needed_until(view),
        table=Table(
            scorecard(view, "kab_kota"),
            caption=f"Kabupaten/kota, yang paling jauh dari rencana lebih dulu; {view.scope.in_words}",
            name="kabupaten-kota",
            columns=columns_for("scorecard", measure=measure),
            total=total(view),
            metrics=("absorption", "deadline_gaps", "trend"),
        ),
    )


def region(view: View, dark: bool, marks: tuple[Mark, ...] = ()) -> Region:
    """The one place of the scope."""
    scope = view.scope
    gaps, absorption, funnel, curve = view.gaps(), view.absorption(), view.funnel(), view.curve()
    backlog, allocations = view.backlog(), view.absorption(["lp3h"])
    return Region(
        answer=sentences.where_we_stand(gaps, absorption, as_of=scope.as_of, measure=scope.measure),
        curve=Chart(
            charts.s_curve(curve, as_of=scope.as_of, deadlines=view.deadlines, marks=marks, dark=dark),
            alt_curve(curve, as_of=scope.as_of),
        ),
        institutions=Chart(
            charts.allocation_bars(allocations, by=["lp3h"], dark=dark), alt_ranking(allocations, "used")
        ),
        funnel=Chart(charts.funnel_steps(funnel, dark=dark), alt_funnel(funnel)),
        backlog=Chart(charts.backlog_bars(backlog, dark=dark), sentences.funnel_answer(funnel, backlog)),
    )
