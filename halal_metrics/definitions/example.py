"""What a figure is worked on: the tables of a scope on a day, and the row of a metric's result that tells most."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from halal_metrics.deadlines import Measure


@dataclass(frozen=True)
class Known:
    """What a scope knows on the day `as_of`: what metrics are figured from."""

    quotas: pd.DataFrame
    """The plan in force."""
    progress: pd.DataFrame
    activity: pd.DataFrame
    returned: pd.DataFrame
    as_of: date
    start: date
    measure: Measure = "submitted"
    checked: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    """Metric → its result, of those that rest on what people have decided about the data."""
    foreseen: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    """Metric → its result, of those that are figured once a snapshot and scope; without them there is no example."""


Row = Callable[[pd.DataFrame, pd.Timestamp], dict[str, Any]]
"""A result that has rows, and the day looked at → the values that the metric's examples name."""


def first(frame: pd.DataFrame, as_of: pd.Timestamp) -> dict[str, Any]:
    """The first row: of a metric of the whole, all there is."""
    return frame.head(1).to_dict("records")[0]
