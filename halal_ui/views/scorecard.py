"""The table of groups that several pages share: quota, used, issued, gap, pace, what is needed, status."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from halal_ui.snapshot.now import View
from halal_ui.words.formats import fmt_date


def scorecard(view: View, by: str) -> pd.DataFrame:
    """
    One row a group, worst gap first: `absorption`, `deadline_gaps` of the scope's measure, and the trend.

    `trend`: +1 or −1 where the last four weeks brought really more or fewer than those before, else 0.
    """
    gaps, absorption, trends = view.gaps([by]), view.absorption([by]), view.trend([by])
    ahead = view.ahead([by])
    moved = "used" if view.scope.measure == "submitted" else "issued"
    # trends has only groups that ever moved; the others have the groups of quotas too
    recent = absorption[[by]].merge(trends[[by, moved, f"{moved}_trend"]], on=by, how="left")
    table = absorption[[by, "quota", "used", "issued", "absorption_rate", "issuance_rate"]].assign(
        gap=gaps["gap"],
        recent=recent[moved].fillna(0).astype("int64"),
        trend=recent[f"{moved}_trend"].fillna(0).astype("int64"),
        pace_per_week=gaps["pace_per_week"],
        required_per_week=ahead["required_per_week"],
        status=gaps["status"],
    )
    return table.sort_values("gap", kind="stable", ignore_index=True)


def total(view: View) -> Mapping[str, Any]:
    """The last row of a scorecard: the whole, not the sum of rates."""
    gap, row, moved = view.gaps().iloc[0], view.absorption().iloc[0], view.trend().iloc[0]
    needed = view.ahead()["required_per_week"].iloc[0]
    recent = moved["used" if view.scope.measure == "submitted" else "issued"]
    names = ("quota", "used", "issued", "absorption_rate", "issuance_rate")
    more = {name: gap[name] for name in ("gap", "pace_per_week", "status")}
    return {name: row[name] for name in names} | more | {"recent": recent, "required_per_week": needed}


def needed_until(view: View) -> str:
    """What the column of needed pace refers to, where a deadline is past."""
    past = bool((view.gaps(["kab_kota", "lp3h"])["days_left"] < 0).any())
    return f"Perlu per pekan: sampai tenggat, dan di mana sudah lewat sampai {fmt_date(view.year_end)}." if past else ""
