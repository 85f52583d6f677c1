"""Definisi: every figure in words, with its rules and source, worked on today's numbers."""

from dataclasses import dataclass

import pandas as pd

from halal_metrics.definitions import Definition, Metric, chapters, of
from halal_metrics.definitions.example import Known
from halal_ui.snapshot.now import View
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


def glossary(view: View, dark: bool, *, quality_set: QualitySet) -> Glossary:
    """Every chapter that a definition names, and in it the definitions of its metrics."""
    known = Known(
        view.quotas,
        view.progress,
        view.activity,
        view.returned,
        as_of=view.scope.as_of,
        start=view.start,
        measure=view.scope.measure,
        checked=whole(quality_set, view.scope),
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


def _entries(metric: Metric, known: Known) -> list[Entry]:
    figured = metric.whole(known) if metric.whole else pd.DataFrame()
    values = values_of(metric.name, figured, as_of=known.as_of)
    return [Entry(definition, worked(definition, values)) for definition in of(metric.name)]
