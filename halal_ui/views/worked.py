"""A definition worked on today's numbers: "320 ÷ 1.000 = 32,0%"."""

from collections.abc import Mapping
from string import Formatter
from typing import Any

import pandas as pd

from halal_metrics.definitions import Definition
from halal_metrics.funnel import STEPS
from halal_ui.words.formats import is_missing
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
    What the templates of a metric ask for, from its result: the first row, or the row that tells most.

    Of a `funnel` and a `backlog` that is the step most wait at, of `progress_curve` and `progress` the sums
    up to and including as_of. A frame without rows gives {}.
    """
    if frame.empty:
        return {}
    return _ROWS.get(metric, _first)(frame, pd.Timestamp(as_of)) | {"as_of": as_of}


def _first(frame: pd.DataFrame, as_of: pd.Timestamp) -> dict[str, Any]:
    return frame.head(1).to_dict("records")[0]


def _funnel(frame: pd.DataFrame, as_of: pd.Timestamp) -> dict[str, Any]:
    """A stage, with the counts `before` and `after` it."""
    steps = frame.head(len(STEPS)).to_dict("records")
    place = max(range(1, len(STEPS) - 1), key=lambda place: steps[place]["waiting"])
    quota, before, after = (steps[other]["reached"] for other in (0, place - 1, place + 1))
    return steps[place] | {"quota": quota, "before": before, "after": after}


def _deadline_gaps(frame: pd.DataFrame, as_of: pd.Timestamp) -> dict[str, Any]:
    row = _first(frame, as_of)
    achieved = row["done"] / row["planned"] if row["planned"] else None
    return row | {"recent": row["pace_per_week"] * 4, "achieved": achieved}


def _outlook(frame: pd.DataFrame, as_of: pd.Timestamp) -> dict[str, Any]:
    row = _first(frame, as_of)
    days, lag = row["days_left"], row["gap_working_days"]
    weeks = 0 if is_missing(days) else max(days, 0) / 7
    per_day = row["gap"] / lag if lag else None
    return row | {"weeks_left": weeks, "pace": max(row["pace_per_week"], 0), "per_day": per_day}


def _progress_curve(frame: pd.DataFrame, as_of: pd.Timestamp) -> dict[str, Any]:
    so_far = frame[frame["date"] <= as_of]
    return (frame.head(1) if so_far.empty else so_far.tail(1)).to_dict("records")[0]


def _progress(frame: pd.DataFrame, as_of: pd.Timestamp) -> dict[str, Any]:
    counts = frame[frame["date"] <= as_of].groupby("stage")["count"].sum()
    return counts.reindex(STEPS[1:], fill_value=0).to_dict()


def _backlog(frame: pd.DataFrame, as_of: pd.Timestamp) -> dict[str, Any]:
    return frame.nlargest(1, "waiting").to_dict("records")[0]


def _shortfall(frame: pd.DataFrame, as_of: pd.Timestamp) -> dict[str, Any]:
    return _first(frame, as_of) | {"total": frame["shortfall"].sum()}


def _active_p3h(frame: pd.DataFrame, as_of: pd.Timestamp) -> dict[str, Any]:
    row = _first(frame, as_of)
    return row | {"named": row["submitted_per_p3h"] * row["active_p3h"]}


def _completeness(frame: pd.DataFrame, as_of: pd.Timestamp) -> dict[str, Any]:
    lacking = frame.assign(lacking=frame["expected"] - frame["filled"])
    return lacking.nlargest(1, "lacking").to_dict("records")[0]


def _reconcile(frame: pd.DataFrame, as_of: pd.Timestamp) -> dict[str, Any]:
    return frame.loc[[frame["difference"].abs().idxmax()]].to_dict("records")[0]


_ROWS = {
    "funnel": _funnel,
    "deadline_gaps": _deadline_gaps,
    "outlook": _outlook,
    "progress_curve": _progress_curve,
    "progress": _progress,
    "backlog": _backlog,
    "shortfall": _shortfall,
    "active_p3h": _active_p3h,
    "completeness": _completeness,
    "reconcile": _reconcile,
}
