"""What the metrics say is to come of a meeting, by name, figured from its tables with `halal_metrics` alone."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

import halal_metrics as hm
from halal_store import Meeting
from halal_ui.snapshot import foresight

AS_SERVED: int = foresight.PATHS
"""Futures of a server: tests foresee with fewer."""

BY: dict[str, list[str]] = {"": [], "kab": ["kab_kota"], "lp3h": ["lp3h"]}


def ahead_numbers(meeting: Meeting, *, paths: int) -> dict[tuple, Any]:
    """(metric, group, column) → value, to the end of the year, which is the date of verdicts of the meeting."""
    tables, as_of = meeting.tables, meeting.as_of
    until = pd.Timestamp(date(as_of.year, 12, 31))
    quotas = hm.plan(tables.quotas, as_of=as_of)
    spells = hm.spells(tables.applications, tables.recaps, as_of=as_of)
    run = hm.outcomes(quotas, spells, as_of=as_of, until=until, paths=paths)
    weeks, ends = pd.date_range(as_of, until, freq="7D"), pd.date_range(as_of, until, freq="ME")
    cells: dict[tuple, Any] = {("said", one): one for one in (8, 10, 0.01)}
    for name, by in BY.items():
        rows = hm.forecast(run, by=by, dates=[*weeks, until] if not by else [until])
        for row in rows.to_dict("records"):
            key = ("forecast", name, *(row[one] for one in by), row["date"], row["measure"])
            cells |= {(*key, column): row[column] for column in ("mean", "p10", "p50", "p90")}
        for measure in ("used", "issued"):
            dates, goals = ([until], [1.0]) if by else ([*ends, until], [0.8, 0.9, 0.95, 1.0])
            rows = hm.finish_chances(run, by=by, measure=measure, goals=goals, dates=dates)
            for row in rows.to_dict("records"):
                key = ("chance", name, *(row[one] for one in by), row["date"], measure, row["share"])
                cells |= {(*key, column): row[column] for column in ("share", "goal", "chance")}
        behind = hm.finish_chances(run, by=by, measure="used", goals=[1.0], dates=[until])
        cells["behind", name] = int((behind["chance"] < 0.8).sum())
    return cells | _plan(tables, quotas, spells, as_of, until, paths)


def _plan(tables, quotas, spells, as_of, until, paths) -> dict[tuple, Any]:
    active = hm.active_p3h(hm.activity(tables.applications), by=("lp3h",), as_of=as_of).dropna(subset="lp3h")
    asked = {
        "as_of": as_of, "target_date": until, "measure": "used", "paths": paths,
        "active_p3h": active.set_index("lp3h")["active_p3h"].to_dict(),
    }  # fmt: skip
    whole = plan = hm.weekly_plan(quotas, spells, **asked)
    reach = 1.0
    if not whole.reachable:
        pace = dict(zip(whole.rows["lp3h"], whole.rows["required_per_week"], strict=True))
        run = hm.outcomes(quotas, spells, as_of=as_of, until=until, pace=pace, paths=paths)
        parts = hm.finish_chances(run, measure="used", goals=[part / 100 for part in range(1, 101)], dates=[until])
        reach = parts.loc[parts["chance"] >= 0.8, "share"].max()
        if shares := [share for share in (0.8, 0.9, 0.95) if share <= reach]:
            plan = hm.weekly_plan(quotas, spells, goal=max(shares), **asked)
    rows = plan.rows.assign(
        needed=np.ceil(plan.rows["required_per_week"] - 1e-6), each=np.ceil(plan.rows["required_per_p3h"] - 1e-6)
    ).drop(columns=["required_per_week", "required_per_p3h"])
    cells = {("plan", "goal"): plan.goal, ("plan", "chance"): plan.chance, ("whole", "chance"): whole.chance}
    cells |= {("plan", "reach"): reach, ("plan", "within reach"): int(np.ceil(reach * quotas["quota"].sum() - 1e-9))}
    for row in rows.astype({"active_p3h": "Float64"}).to_dict("records"):
        cells |= {("plan", row["lp3h"], column): row[column] for column in rows.columns if column != "lp3h"}
    held = rows[rows["lp3h"].notna() | (rows["used"] + rows["room"] > 0)]  # of nobody's quota only where there is some
    for column in ("used", "room", "pace_per_week", "limit_per_week", "active_p3h", "needed"):
        cells["plan", "all", column] = held[column].sum()
    return cells
