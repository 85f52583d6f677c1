"""Definisi: every figure in words, with its rules and source, worked on today's numbers."""

from dataclasses import asdict, dataclass

import pandas as pd

from halal_metrics import ExtraQuota
from halal_metrics.definitions import Definition, Metric, chapters, of
from halal_metrics.definitions.example import Known
from halal_ui.snapshot.effects import effects
from halal_ui.snapshot.foresight import SHARES, Foresight, WeeklyPlanned
from halal_ui.snapshot.now import View
from halal_ui.snapshot.quality_set import QualitySet
from halal_ui.snapshot.stays import Stays
from halal_ui.views.obstacles import Notes
from halal_ui.views.quality import whole
from halal_ui.views.worked import values_of, worked


@dataclass(frozen=True)
class Entry:
    definition: Definition
    today: str


@dataclass(frozen=True)
class Glossary:
    answer: str
    chapters: dict[str, list[Entry]]


def glossary(
    view: View,
    dark: bool,
    *,
    quality_set: QualitySet,
    foresight: Foresight | None = None,
    planned: WeeklyPlanned | None = None,
    extra: ExtraQuota | None = None,
    stays: Stays | None = None,
    notes: Notes | None = None,
) -> Glossary:
    """
    Every chapter that a definition names, and in it the definitions of its metrics. What takes time to figure has no
    example until it is there.
    """
    known = Known(
        view.quotas,
        view.progress,
        view.activity,
        view.returned,
        as_of=view.scope.as_of,
        start=view.start,
        measure=view.scope.measure,
        checked=whole(quality_set, view.scope),
        foreseen=looked_back(view, stays, notes) | foreseen(view, foresight, planned, extra),
    )
    found = {
        title: [entry for each in metrics for entry in _entries(each, known)] for title, metrics in chapters().items()
    }
    count = sum(map(len, found.values()))
    return Glossary(
        f"{count} angka, masing-masing dengan rumus, aturan tepi, sumber, dan hitungan hari ini "
        "(angka rapat: pada rapatnya).",
        found,
    )


def looked_back(view: View, stays: Stays | None, notes: Notes | None) -> dict[str, pd.DataFrame]:
    """The same of how long each step has taken, and of what events did to what was submitted."""
    found = {} if stays is None else stays.worked(view.scope)
    if notes is not None:
        did = effects(view.progress, notes.events, as_of=view.scope.as_of)
        found["event_effects"] = did[did["stage"] == "submitted"].iloc[::-1]  # the latest last, as the metric has it
    return found


def foreseen(
    view: View, foresight: Foresight | None, planned: WeeklyPlanned | None, extra: ExtraQuota | None
) -> dict[str, pd.DataFrame]:
    """Metric → its result, of those of what is to come that there are."""
    found: dict[str, pd.DataFrame] = {}
    if foresight is None:
        return found
    if not foresight.why_not:
        scope, day = view.scope, [view.target]
        found["forecast"] = foresight.forecast(scope, day)
        found["finish_dates"] = foresight.finish_dates(scope, measure="used", goal=SHARES[0])
        found["finish_chances"] = foresight.chances(scope, day, measure="used", shares=SHARES[:1])
    if planned is not None:
        found["weekly_plan"] = planned.plan.rows
    if extra is not None:
        found["extra_quota"] = pd.DataFrame([asdict(extra)])
    return found


def _entries(metric: Metric, known: Known) -> list[Entry]:
    figured = metric.whole(known) if metric.whole else pd.DataFrame()
    values = values_of(metric.name, figured, as_of=known.as_of)
    return [Entry(definition, worked(definition, values)) for definition in of(metric.name)]
