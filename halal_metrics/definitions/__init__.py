"""What every figure means: one record per result column of a metric, in the words of the office.

A metric is written here once. From its records are read how its columns are headed and written in every table
(`halal_ui.words.columns`), its chapter on the page Definisi, and how it is worked on real numbers. So a new metric is a
`Metric` and a `Definition` for each of its columns, in the module of its kind and in the tuple at that module's end.

Numbers enter `worked`, a template of named fields with the kind each is written as
(`{used:count} ÷ {quota:count} = {absorption_rate:rate}`), and are written by whoever shows it.
"""

from typing import Final

from halal_metrics.definitions.deadline import DEADLINE
from halal_metrics.definitions.deciding import DECIDING
from halal_metrics.definitions.definition import Column, Definition, Metric
from halal_metrics.definitions.durations import DURATIONS
from halal_metrics.definitions.foresight import FORESIGHT
from halal_metrics.definitions.meeting import MEETING
from halal_metrics.definitions.quality import QUALITY
from halal_metrics.definitions.quota import QUOTA
from halal_metrics.definitions.work import WORK

__all__ = ["DEFINITIONS", "Column", "Definition", "Metric", "chapters", "of"]

_ALL: Final = (*QUOTA, *DEADLINE, *WORK, *DURATIONS, *FORESIGHT, *QUALITY, *MEETING, *DECIDING)
DEFINITIONS: Final = {each.key: each for each in _ALL}
"""`metric.column` → its definition, in the order a reader meets them. Whatever is read off it is read when asked."""


def of(metric: str) -> tuple[Definition, ...]:
    """
    The definitions of one function, in the order of its columns; none where it is no metric.

    >>> [definition.column for definition in of("absorption")][-3:]
    ['absorption_rate', 'issuance_rate', 'conversion_rate']
    """
    return tuple(definition for definition in DEFINITIONS.values() if definition.metric == metric)


def chapters() -> dict[str, list[Metric]]:
    """
    Heading on the page Definisi → the metrics under it, in the order of the page.

    >>> list(chapters())[:3]
    ['Serapan kuota', 'Corong', 'Menunggu di mana']
    """
    metrics = dict.fromkeys(definition.of for definition in DEFINITIONS.values() if definition.chapter)
    found: dict[str, list[Metric]] = {}
    for metric in sorted(metrics, key=lambda metric: metric.place):
        found.setdefault(metric.chapter, []).append(metric)
    return found
