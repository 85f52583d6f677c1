"""Definisi: every figure in words, with its rules and source, worked on today's numbers."""

from dataclasses import asdict, dataclass

import pandas as pd

import halal_metrics as hm
from halal_metrics import ExtraQuota
from halal_metrics.definitions import Definition, Metric, chapters, of
from halal_metrics.definitions.example import Known
from halal_ui.snapshot.foresight import SHARES, Foresight, WeeklyPlanned
from halal_ui.snapshot.now import View, narrowed
from halal_ui.snapshot.quality_set import QualitySet
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
        foreseen=foreseen(view, foresight, planned, extra),
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


def foreseen(
    view: View, foresight: Foresight | None, planned: WeeklyPlanned | None, extra: ExtraQuota | None
) -> dict[str, pd.DataFrame]:
    """Metric → its result, of those there are: what is to come, and how long each step has taken."""
    found: dict[str, pd.DataFrame] = {}
    if foresight is None:
        return found
    spells = narrowed(foresight.spells, view.scope)
    for metric in (hm.durations, hm.survival, hm.backlog_ages):
        found[metric.__name__] = metric(spells)
    if not foresight.why_not:
        scope, day = view.scope, [foresight.target]
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
