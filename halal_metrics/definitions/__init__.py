"""What every figure means: one record per result column of a metric, in the words of the office.

Text only. Numbers enter `worked`, a template of named fields with the kind each is written as
(`{used:count} ÷ {quota:count} = {absorption_rate:rate}`), and are written by whoever shows it.
"""

from typing import Final

from halal_metrics.definitions.deadline import CURVE, DEADLINES, OUTLOOK, PLAN
from halal_metrics.definitions.definition import Definition
from halal_metrics.definitions.meeting import ACTION_NUMBERS, AT_STAKE, SINCE, UNHEARD
from halal_metrics.definitions.quality import COMPLETENESS, DUPLICATES, FRESHNESS, RECONCILE
from halal_metrics.definitions.quota import ABSORPTION, BACKLOG, FUNNEL
from halal_metrics.definitions.work import ACTIVE, CLASSES, MOVEMENT, PROGRESS, SHORTFALL

__all__ = ["DEFINITIONS", "Definition", "of"]

_ALL = (
    *ABSORPTION, *FUNNEL, *DEADLINES, *OUTLOOK, *CURVE, *MOVEMENT, *SHORTFALL, *CLASSES, *BACKLOG, *ACTIVE, *PLAN,
    *PROGRESS, *FRESHNESS, *COMPLETENESS, *DUPLICATES, *RECONCILE, *SINCE, *UNHEARD, *AT_STAKE, *ACTION_NUMBERS,
)  # fmt: skip

DEFINITIONS: Final = {definition.key: definition for definition in _ALL}
"""`metric.column` → its definition, in the order a reader meets them."""


def of(metric: str) -> tuple[Definition, ...]:
    """
    The definitions of one function, in the order of its columns; none where it is no metric.

    >>> [definition.column for definition in of("absorption")][-3:]
    ['absorption_rate', 'issuance_rate', 'conversion_rate']
    """
    return tuple(definition for definition in DEFINITIONS.values() if definition.metric == metric)
