"""
Every number the metrics give for a meeting, by name, figured from its tables with `halal_metrics` alone: what papers
and pages are compared with. It shares nothing with the story, the views or the reports.
"""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

import halal_metrics as hm
from halal_store import Meeting
from halal_ui.snapshot.programme import programme
from halal_ui.words.formats import fmt_count, fmt_number, fmt_points, fmt_rate, fmt_signed

BY: dict[str, list[str]] = {"": [], "kab": ["kab_kota"], "lp3h": ["lp3h"], "cell": ["kab_kota", "lp3h"]}
Cells = dict[tuple, Any]


def metric_numbers(meeting: Meeting) -> Cells:
    """(metric, group, column) → value; missing ones are left out."""
    tables, as_of, start = meeting.tables, meeting.as_of, programme().start
    quotas = hm.plan(tables.quotas, as_of=as_of)
    progress = hm.progress(tables.applications, tables.recaps)
    returned, activity = hm.returned(tables.statements), hm.activity(tables.applications)
    year_end = quotas.assign(target_date=pd.Timestamp(date(as_of.year, 12, 31)))
    cells: Cells = {}
    for name, by in BY.items():
        frames = {
            "absorption": hm.absorption(quotas, progress, by=by, as_of=as_of),
            "funnel": hm.funnel(quotas, progress, by=by, as_of=as_of),
            "backlog": hm.backlog(progress, returned, by=by, as_of=as_of),
            "trend": hm.trend(progress, by=by, as_of=as_of),
        }
        rows = frames["absorption"]
        frames["waiting"] = rows[by].assign(waiting=rows["used"] - rows["issued"])
        for measure in ("submitted", "issued"):
            common = {"by": by, "as_of": as_of, "start": start, "measure": measure}
            gaps = hm.deadline_gaps(quotas, progress, **common)
            ahead = hm.deadline_gaps(year_end, progress, **common)
            frames |= {f"gaps {measure}": gaps, f"ahead {measure}": ahead}
            frames[f"times {measure}"] = ahead[by].assign(times=ahead["required_per_week"] / gaps["pace_per_week"])
            frames[f"outlook {measure}"] = hm.outlook(gaps, start=start)
            if len(by) == 1:
                lacking = hm.shortfall(gaps)
                top = lacking[lacking[by[0]].notna() & (lacking["shortfall"] >= 0.5)].head(3)
                frames[f"shortfall {measure}"] = lacking
                cells |= {
                    ("shortfall", name, measure, "top share"): top["share"].sum(),
                    ("shortfall", name, measure, "all"): lacking["shortfall"].sum(),
                    ("shortfall", name, measure, "behind"): int((lacking["shortfall"] >= 0.5).sum()),
                }
        if name in ("", "lp3h"):
            frames["active"] = hm.active_p3h(activity, by=by, as_of=as_of)
        if (before := meeting.previous) is not None:
            changed = hm.changes_since(before.tables, tables, by=by, then_as_of=before.as_of, as_of=as_of)
            frames["changes_since"] = changed.assign(moved=changed[["verified", "fatwa", "decided"]].sum(axis=1))
        for metric, frame in frames.items():
            cells |= _cells(metric, by, frame)
    curve = hm.progress_curve(quotas, progress, by=(), start=start, until=as_of)
    cells |= _cells("curve", ["date"], curve.tail(1))
    stake = hm.at_stake(meeting.obstacles, quotas, progress, returned, as_of=as_of)
    cells |= _cells("stake", ["note_id"], stake)
    cells["stake", "all"] = int(stake["at_stake"].sum())
    if (before := meeting.previous) is not None:
        old = hm.progress(before.tables.applications, before.tables.recaps)
        moved = hm.action_numbers(meeting.actions, old, progress, then_as_of=before.as_of, as_of=as_of)
        cells |= _cells("action", ["note_id"], moved[["note_id", "number_then", "number_now", "moved", "days_late"]])
    cells |= _stays(tables.applications, tables.recaps, as_of) | _effects(meeting, progress)
    history = meeting.contents.history
    cells["files", "counting"] = int(history["undone_at"].isna().sum())
    return {name: value for name, value in cells.items() if not pd.isna(value)}


def _stays(applications: pd.DataFrame, recaps: pd.DataFrame, as_of: pd.Timestamp) -> Cells:
    """How long each step takes, what waits by its age, and what is stalled."""
    spells, stalled = hm.spells(applications, recaps, as_of=as_of), hm.stalled(applications, as_of=as_of)
    cells: Cells = {("stalled", "all"): len(stalled)}
    cells |= {("stalled", actor): count for actor, count in stalled["actor"].value_counts().items()}
    for name in ("", "lp3h"):
        cells |= _cells(f"durations {name}", BY[name], hm.durations(spells, by=BY[name]))
    for row in hm.backlog_ages(spells).to_dict("records"):
        key = ("ages", row["stage"], row["from_days"])
        cells |= {(*key, "waiting"): row["waiting"], (*key, "from"): row["from_days"], (*key, "to"): row["to_days"]}
    return cells


def _effects(meeting: Meeting, progress: pd.DataFrame) -> Cells:
    """What the events noted cost or brought. A day that is merely marked is no event that does something."""
    events = meeting.events
    events = events[~events["kind"].isin(["meeting", "deadline"])].reset_index(drop=True)
    cells: Cells = {}
    for stage in ("submitted", "issued"):
        found = hm.event_effects(progress, events, as_of=meeting.as_of, stage=stage)
        for place, row in enumerate(found.to_dict("records")):
            for column in ("working_days", "done", "expected", "low", "high", "difference"):
                cells["event", place, stage, column] = row[column]
    return cells


def _cells(metric: str, by: list[str], frame: pd.DataFrame) -> Cells:
    named = [*by, *(name for name in ("stage", "actor") if name in frame)]
    found: Cells = {}
    for row in frame.to_dict("records"):
        group = tuple(row.get(name) for name in named)
        for column, value in row.items():
            if column not in named and isinstance(value, int | float | np.number) and not isinstance(value, bool):
                found[metric, *group, column] = value
    return found


def written(value: float) -> dict[str, str]:
    """A number as it may be written: by the kind of writing."""
    return {
        "count": fmt_count(value),
        "absolute": fmt_count(abs(value)),
        "signed": fmt_signed(value),
        "number": fmt_number(value),
        "rate": fmt_rate(value),
        "whole rate": fmt_rate(value, digits=0),
        "points": fmt_points(value).removesuffix(" poin"),
    }
