"""A definition worked on today's numbers: "320 ÷ 1.000 = 32,0%"."""

from collections.abc import Mapping
from string import Formatter
from typing import Any

import pandas as pd

from halal_metrics.definitions import Definition, of
from halal_ui.words.names import WRITE


class _Template(Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        return WRITE[format_spec](value)


def worked(definition: Definition, values: Mapping[str, Any]) -> str:
    """
    The template of a definition filled with values; "" where it has none, or there are none.

    >>> from halal_metrics.definitions import DEFINITIONS
    >>> values = {"used": 320, "quota": 1000, "absorption_rate": 0.32}
    >>> worked(DEFINITIONS["absorption.absorption_rate"], values)
    '320 ÷ 1.000 = 32,0%'
    """
    return _Template().vformat(definition.worked, (), values) if values else ""


def values_of(metric: str, frame: pd.DataFrame, *, as_of: Any) -> dict[str, Any]:
    """
    What the templates of a metric ask for, from its result: the first row, or the row that tells most, as its
    definitions say. A frame without rows gives {}.
    """
    if frame.empty:
        return {}
    return of(metric)[0].of.row(frame, pd.Timestamp(as_of)) | {"as_of": as_of}
