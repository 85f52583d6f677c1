"""
What is to come, figured once a snapshot and day: the futures of the whole programme, and what any scope reads off them.

The whole programme is run forward even for one place: all wait before the same Komite Fatwa.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from threading import Lock
from typing import Any, Final, TypeVar

import pandas as pd

import halal_metrics as hm
from halal_metrics.forecast import Measure
from halal_ui.snapshot.now import Snapshot, narrowed, verdict_date, year_end
from halal_ui.snapshot.scope import Scope

Made = TypeVar("Made")

SHARES: Final = (0.8, 0.9, 0.95, 1.0)
"""Parts of the quota that can be tried as a goal."""

LEAST_MOVED: Final = 5
"""With fewer files that have moved on nothing is known of how long a step takes."""

PATHS: Final = 2_000
"""Futures of a programme."""

SURE: Final = 0.8
"""What is planned for is reached in four of five futures."""

SILENT_WEEKS: Final = 4
"""With no news for so long nothing is known of how it goes."""

SHORT: Final = timedelta(days=60)
"""A year's end nearer than this is no horizon; the next one is."""


@dataclass(frozen=True, eq=False)
class WeeklyPlanned:
    """
    A weekly plan for `measure`, and `within_reach`: the largest part of the quota that has the plan's probability; the
    goal itself where that is reachable. `beyond`: the plan of all the quota, where this one is of less because of that.
    """

    plan: hm.WeeklyPlan
    measure: Measure
    within_reach: float
    beyond: "WeeklyPlanned | None" = None

    @property
    def share_within_reach(self) -> float | None:
        """The largest of SHARES within reach; None where not even the least is."""
        return max((share for share in SHARES if share <= self.within_reach), default=None)

    def __repr__(self) -> str:
        return f"WeeklyPlanned({self.measure} {self.plan.goal} {self.plan.target_date:%Y-%m-%d})"


@dataclass(frozen=True, eq=False)
class Foresight:
    """
    The futures of one snapshot, seen from one day. `why_not`: "" where they can be foreseen, else "few" (fewer than
    LEAST_MOVED files have moved), "silent" (no data for SILENT_WEEKS) or "over" (nothing remains to be issued);
    `outcomes` is None then.
    """

    version: str
    as_of: date
    until: date
    """The horizon: no date beyond it is foreseen."""
    why_not: str
    quotas: pd.DataFrame
    """The plan in force, and the spells, of the whole programme."""
    spells: pd.DataFrame
    active_p3h: pd.DataFrame
    known: pd.DataFrame
    """`lp3h, known_date`: the day to which each LP3H's files are known."""
    outcomes: hm.Outcomes | None
    candidates: pd.DataFrame | None = None
    """Whom the OPD offer; None where nobody has said."""
    _made: dict[str, Any] = field(default_factory=dict, repr=False)
    _turn: Lock = field(default_factory=Lock, repr=False)
    _planning: Lock = field(default_factory=Lock, repr=False)
    """Plans take seconds: what is quick does not wait for them."""

    def __repr__(self) -> str:
        return f"Foresight({self.version} {self.as_of})"

    @property
    def target(self) -> date:
        """
        The date that verdicts speak of: the latest deadline of the plan still ahead, else the end of the budget year.
        """
        return verdict_date(self.quotas, self.as_of)

    @property
    def quota(self) -> int:
        """That of the whole programme."""
        return int(self.quotas["quota"].sum())

    def reported_by_all(self) -> date:
        """The last day of which every LP3H with files has told; as_of where all have."""
        known = self.known["known_date"].dropna()
        return min([self.as_of, *(day.date() for day in known)])

    def forecast(self, scope: Scope, dates: Iterable, *, by: Sequence[str] = ()) -> pd.DataFrame:
        """`hm.forecast` on the dates, of the groups that the scope sees."""
        days = [pd.Timestamp(day) for day in dates]
        outcomes = self._run
        dimensions = _with_scope(by, scope)
        key = f"forecast {dimensions} {days}"
        return _seen(self._kept(key, lambda: hm.forecast(outcomes, by=dimensions, dates=days)), by, scope)

    def chances(
        self, scope: Scope, dates: Iterable, *, measure: Measure, by: Sequence[str] = (), shares=SHARES
    ) -> pd.DataFrame:
        """`hm.finish_chances` on the dates, of the groups that the scope sees."""
        days = [pd.Timestamp(day) for day in dates]
        outcomes, dimensions = self._run, _with_scope(by, scope)

        def make() -> pd.DataFrame:
            return hm.finish_chances(outcomes, by=dimensions, measure=measure, goals=shares, dates=days)

        return _seen(self._kept(f"chances {dimensions} {measure} {shares} {days}", make), by, scope)

    def finish_dates(
        self, scope: Scope, *, measure: Measure, goal: float = 1.0, by: Sequence[str] = ()
    ) -> pd.DataFrame:
        """`hm.finish_dates`, of the groups that the scope sees."""
        outcomes, dimensions = self._run, _with_scope(by, scope)

        def make() -> pd.DataFrame:
            return hm.finish_dates(outcomes, by=dimensions, measure=measure, goal=goal)

        return _seen(self._kept(f"finish {dimensions} {measure} {goal}", make), by, scope)

    def plan(self, *, measure: Measure, goal: float = 1.0, target: date | None = None) -> WeeklyPlanned:
        """
        What each LP3H must submit a week, in the whole programme, for `target` or the date of verdicts. It takes
        seconds. ValueError where `target` is not after as_of.
        """
        target = target or self.target

        def make() -> WeeklyPlanned:
            active = self.active_p3h.dropna(subset="lp3h").set_index("lp3h")["active_p3h"].to_dict()
            plan = hm.weekly_plan(
                self.quotas, self.spells, as_of=self.as_of, target_date=target,
                measure=measure, goal=goal, active_p3h=active, paths=PATHS,
            )  # fmt: skip
            return WeeklyPlanned(plan, measure, goal if plan.reachable else self._within_reach(plan, measure, goal))

        with self._planning:
            return self._once(f"plan {measure} {goal} {target}", make)

    def extra_quota(self) -> hm.ExtraQuota:
        """Whether more quota should be asked for, in the whole programme by the date of verdicts. It takes seconds."""

        def make() -> hm.ExtraQuota:
            return hm.extra_quota(
                self.quotas, self.spells, self.candidates, as_of=self.as_of, target_date=self.target, paths=PATHS
            )

        with self._planning:
            return self._once("extra", make)

    def plan_within_reach(self, *, measure: Measure) -> WeeklyPlanned:
        """The plan of all the quota; where that is not reachable, of the largest of SHARES that is, if any."""
        whole = self.plan(measure=measure)
        share = whole.share_within_reach
        if whole.plan.reachable or share is None:
            return whole
        return replace(self.plan(measure=measure, goal=share), beyond=whole)

    def _within_reach(self, plan: hm.WeeklyPlan, measure: Measure, goal: float) -> float:
        """The largest part of the quota, in whole hundredths, that is reached with SURE at the pace of the plan."""
        pace = dict(zip(plan.rows["lp3h"], plan.rows["required_per_week"], strict=True))
        target = plan.target_date.date()
        run = hm.outcomes(self.quotas, self.spells, as_of=self.as_of, until=target, pace=pace, paths=PATHS)
        parts = [part / 100 for part in range(1, round(goal * 100) + 1)]
        chances = hm.finish_chances(run, measure=measure, goals=parts, dates=[target])
        return max([0.0, *chances.loc[chances["chance"] >= SURE, "share"]])

    @property
    def _run(self) -> hm.Outcomes:
        if self.outcomes is None:
            raise ValueError(f"nothing is foreseen here ({self.why_not}): ask why_not first")
        return self.outcomes

    def _kept(self, key: str, make: Callable[[], Made]) -> Made:
        with self._turn:
            return self._once(key, make)

    def _once(self, key: str, make: Callable[[], Made]) -> Made:
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]


def foresee(snapshot: Snapshot, as_of: date) -> Foresight:
    """What is to come, seen from a day."""
    tables = snapshot.tables
    quotas = hm.plan(snapshot.quotas, as_of=as_of)
    spells = hm.spells(tables.applications, tables.recaps, as_of=as_of)
    until = _horizon(quotas, as_of)
    why_not = _why_not(quotas, spells, as_of)
    return Foresight(
        version=snapshot.version,
        as_of=as_of,
        until=until,
        why_not=why_not,
        quotas=quotas,
        spells=spells,
        active_p3h=hm.active_p3h(snapshot.activity, by=("lp3h",), as_of=as_of),
        known=spells.groupby("lp3h", dropna=False)["until_date"].max().rename("known_date").reset_index(),
        candidates=tables.candidates if len(tables.candidates) else None,
        outcomes=None if why_not else hm.outcomes(quotas, spells, as_of=as_of, until=until, paths=PATHS),
    )


def _horizon(quotas: pd.DataFrame, as_of: date) -> date:
    """The end of the budget year, or of the next one where that is near; the latest deadline where that is later."""
    end = year_end(as_of) if year_end(as_of) - as_of >= SHORT else date(as_of.year + 1, 12, 31)
    return max([end, *(day.date() for day in quotas["target_date"].dropna())])


def _why_not(quotas: pd.DataFrame, spells: pd.DataFrame, as_of: date) -> str:
    quota, issued = int(quotas["quota"].sum()), int(spells.loc[spells["stage"] == "issued", "count"].sum())
    moved = int(spells.loc[spells["outcome"] == "moved", "count"].sum())
    told = [day.date() for day in spells["until_date"].dropna()]
    if quota and issued >= quota:
        return "over"
    if moved < LEAST_MOVED:
        return "few"
    return "silent" if max(told) < as_of - timedelta(weeks=SILENT_WEEKS) else ""


def _with_scope(by: Sequence[str], scope: Scope) -> tuple[str, ...]:
    """The groups asked for, and those that the scope chooses one of."""
    chosen = [name for name in ("kab_kota", "lp3h") if getattr(scope, name) is not None]
    return tuple(name for name in ("kab_kota", "lp3h") if name in (*by, *chosen))


def _seen(frame: pd.DataFrame, by: Sequence[str], scope: Scope) -> pd.DataFrame:
    """The rows that the scope sees, with the columns of the groups asked for."""
    kept = narrowed(frame, scope, only=[name for name in ("kab_kota", "lp3h") if name in frame])
    extra = [name for name in ("kab_kota", "lp3h") if name in frame and name not in by]
    return kept.drop(columns=extra).reset_index(drop=True)
