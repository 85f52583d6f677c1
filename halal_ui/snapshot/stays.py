"""How long applications stay at each step, and which stay too long, as of a day: figured once a snapshot and day."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd

import halal_metrics as hm
from halal_metrics.drilldown.rows import with_business
from halal_metrics.schema import STAGE_DATES
from halal_ui.snapshot.now import Snapshot, narrowed
from halal_ui.snapshot.scope import Scope

_LOCATED: Final = ("business_name", "source_file", "source_sheet", "source_row")
"""What is said of a stalled application beside `hm.stalled`: whose it is and where it stands."""


@dataclass(frozen=True, eq=False)
class Stays:
    """The stays of the whole programme as of a day; what a scope sees of them is cut out, not figured anew."""

    version: str
    as_of: date
    spells: pd.DataFrame = field(repr=False)
    stalled: pd.DataFrame = field(repr=False)

    def __repr__(self) -> str:
        return f"Stays({self.version} {self.as_of})"

    def durations(self, scope: Scope, *, by: Sequence[str] = ()) -> pd.DataFrame:
        """`hm.durations` of what the scope sees."""
        return hm.durations(narrowed(self.spells, scope), by=by)

    def ages(self, scope: Scope, *, by: Sequence[str] = ()) -> pd.DataFrame:
        """`hm.backlog_ages` of what the scope sees."""
        return hm.backlog_ages(narrowed(self.spells, scope), by=by)

    @cached_property
    def measured(self) -> bool:
        """Whether it is known of any step what is usual there: without it nobody is called stalled."""
        limits = hm.durations(self.spells)["p90_days"], hm.durations(self.spells, by=["lp3h"])["p90_days"]
        return any(bool(days.notna().any()) for days in limits)

    def stuck(self, scope: Scope) -> pd.DataFrame:
        """
        `hm.stalled` and where each stands in which file, of what the scope sees; those with the business at the step
        `returned`, as in the backlog. What is usual is measured on the whole programme, whatever part is looked at.
        """
        return narrowed(self.stalled, scope).reset_index(drop=True)

    def worked(self, scope: Scope) -> dict[str, pd.DataFrame]:
        """Metric → its result: what definitions are worked on."""
        seen = narrowed(self.spells, scope)
        stalled = narrowed(self.stalled, scope)
        return {
            "durations": hm.durations(seen),
            "survival": hm.survival(seen),
            "backlog_ages": hm.backlog_ages(seen),
            "stalled": stalled.reset_index(drop=True),
        }


def stays(snapshot: Snapshot, as_of: date) -> Stays:
    """The stays of a snapshot, as of a day."""
    tables = snapshot.tables

    def spells(applications: pd.DataFrame, recaps: pd.DataFrame, statements: pd.DataFrame) -> pd.DataFrame:
        # recaps that state how many are with the business are no statement of an application: `backlog` leaves them too
        then = as_it_stood(applications, statements, as_of=as_of)
        return hm.spells(then, recaps.assign(returned=pd.NA), as_of=as_of)

    def stalled(applications: pd.DataFrame, statements: pd.DataFrame) -> pd.DataFrame:
        then = as_it_stood(applications, statements, as_of=as_of)
        found = hm.stalled(then, as_of=as_of)
        returned = found["actor"] == "business"
        located = applications.loc[found.index, list(_LOCATED)]
        return pd.concat([found.assign(stage=found["stage"].mask(returned, "returned")), located], axis=1)

    return Stays(
        version=snapshot.version,
        as_of=as_of,
        spells=tables.derived(spells, "applications", "recaps", "statements"),
        stalled=tables.derived(stalled, "applications", "statements"),
    )


def as_it_stood(applications: pd.DataFrame, statements: pd.DataFrame, *, as_of: date) -> pd.DataFrame:
    """
    The applications, with the business as far as they were on that day: the table alone knows that only of the latest
    statements, and a past day would have nobody with the business beside a backlog that has.
    """
    day = pd.Timestamp(as_of)
    known = (applications[list(STAGE_DATES)] <= day).any(axis=1).to_numpy(bool)
    away = with_business(applications, statements, as_of=as_of) & known
    later = away & (applications["statement_date"] > day).to_numpy(bool)
    status = applications["status"].mask(applications["status"] == "returned", "submitted").mask(away, "returned")
    stated = np.where(later, day.to_datetime64(), applications["statement_date"].to_numpy("datetime64[us]"))
    return applications.assign(status=status, statement_date=stated.astype("datetime64[us]"))
