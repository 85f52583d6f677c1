"""LP3H: who is behind, who is at work, who has gone quiet."""

from dataclasses import dataclass

from halal_ui import charts, sentences
from halal_ui.sentences.charts import alt_ranking
from halal_ui.snapshot.now import View
from halal_ui.views.scorecard import needed_until, scorecard, total
from halal_ui.views.shown import Chart, Table
from halal_ui.words.columns import columns_for


@dataclass(frozen=True)
class Institutions:
    answer: str
    quiet: str
    allocations: Chart
    cells: Chart
    activity: Chart
    needed_until: str
    table: Table
    at_work: Table


def institutions(view: View, dark: bool) -> Institutions:
    measure, active = view.scope.measure, view.active_p3h()
    allocations, cells = view.absorption(["lp3h"]), view.absorption(["kab_kota", "lp3h"])
    rate = "absorption_rate" if measure == "submitted" else "issuance_rate"
    return Institutions(
        answer=sentences.lp3h_answer(view.gaps(["lp3h"]), active, measure=measure),
        quiet=sentences.quiet_lp3h(active),
        allocations=Chart(
            charts.allocation_bars(allocations, by=["lp3h"], dark=dark), alt_ranking(allocations, "used")
        ),
        cells=Chart(charts.kab_lp3h_heatmap(cells, value=rate, dark=dark), alt_ranking(cells, rate)),
        activity=Chart(charts.activity_bars(active, dark=dark), alt_ranking(active, "active_p3h")),
        needed_until=needed_until(view),
        table=Table(
            scorecard(view, "lp3h"),
            caption=f"LP3H, yang paling jauh dari rencana lebih dulu; {view.scope.in_words}",
            name="lp3h",
            columns=columns_for("scorecard", measure=measure),
            total=total(view),
            metrics=("absorption", "deadline_gaps", "trend"),
        ),
        at_work=Table(
            active,
            caption=f"Pendamping dengan setidaknya satu pengajuan dalam 30 hari; {view.scope.in_words}",
            name="pendamping-aktif",
            columns=columns_for("active_p3h"),
            metrics=("active_p3h",),
        ),
    )
