"""What is foreseen on Tenggat: the curve, the last day on which a submission still counts, and the table."""

from datetime import date

from halal_ui import sentences
from halal_ui.screen import components, data
from halal_ui.snapshot.scope import Scope
from halal_ui.views.chances import Chances


def block(shown: Chances, scope: Scope, *, share: float) -> None:
    """Nothing where nothing is foreseen. `share`: as chosen on the page."""
    if shown.curve is None or shown.table is None:
        return
    components.section("Seberapa pasti, dan kapan?", shown.reached)
    components.chart(shown.curve, key="peluang")
    if shown.plan_for is not None:
        _submit_by(scope, share, shown.plan_for)
    components.table(shown.table, scope)


def _submit_by(scope: Scope, share: float, target: date) -> None:
    """Of the whole programme: all wait before the same Komite Fatwa."""
    components.section("Sampai kapan pengajuan masih dihitung?")
    planned = components.when_ready(
        lambda: data.weekly_plan(scope, measure="issued", goal=share, target=target),
        "Hari terakhir sedang dihitung …",
    )
    if planned is not None:
        components.said(sentences.submit_by(planned.plan, measure="issued"))
