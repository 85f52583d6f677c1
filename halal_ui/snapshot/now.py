"""The data as small frames, made once when they change; and the part of them that a scope sees."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

import halal_metrics as hm
from halal_metrics.deadlines import Measure
from halal_metrics.institutions import LP3H
from halal_metrics.places import KAB_KOTA
from halal_store import Contents
from halal_ui.snapshot import demonstration
from halal_ui.snapshot.masked import MaskedTables, contents_of
from halal_ui.snapshot.programme import Programme
from halal_ui.snapshot.scope import Scope
from halal_ui.words.labels import UNKNOWN_GROUP


@dataclass(frozen=True)
class Snapshot:
    """Everything pages look things up in. `version` names it in caches; it is never changed."""

    version: str
    programme: Programme
    tables: MaskedTables
    """Of this programme; the applications of others are its `others`."""
    progress: pd.DataFrame
    activity: pd.DataFrame
    returned: pd.DataFrame
    history: pd.DataFrame
    is_demo: bool
    known_at: pd.Timestamp | None = None
    """The past moment as of which all this was known; None for now."""

    @property
    def quotas(self) -> pd.DataFrame:
        """Every plan."""
        return self.tables.quotas

    @cached_property
    def counting(self) -> pd.DataFrame:
        """The history of the uploads that count: those that were not undone."""
        return self.history[self.history["undone_at"].isna()]

    @cached_property
    def kab_kota(self) -> list[str]:
        """The places to choose from: the ten, and "Belum dirinci" where some rows name none."""
        return self._names("kab_kota", KAB_KOTA)

    @cached_property
    def lp3h(self) -> list[str]:
        """The institutions to choose from: those in the data, known ones first."""
        return self._names("lp3h", ())

    def _names(self, column: str, always: Iterable[str]) -> list[str]:
        found = pd.concat([self.quotas[column], self.progress[column].astype("str")]).drop_duplicates()
        order = {name: place for place, name in enumerate((*KAB_KOTA, *LP3H))}
        names = sorted({*always, *found.dropna()}, key=lambda name: (order.get(name, len(order)), name))
        return [*names, UNKNOWN_GROUP] if bool(found.isna().any()) else names

    def within(self, scope: Scope) -> "View":
        """What the scope sees, under the plan in force on its day."""
        plan = hm.plan(self.quotas, as_of=scope.as_of)
        frames = (narrowed(frame, scope) for frame in (plan, self.progress, self.activity, self.returned))
        return View(scope, self.programme.start, *frames)

    def stated(self, as_of: date) -> tuple[pd.Timestamp, int]:
        """The newest statement date up to a day (missing where there is none), and how many files state one."""
        files = int(np.searchsorted(self._statement_dates, np.datetime64(as_of), side="right"))
        return (pd.Timestamp(self._statement_dates[files - 1]) if files else pd.NaT), files

    @cached_property
    def _statement_dates(self) -> np.ndarray:
        return np.sort(self.counting["statement_date"].dropna().to_numpy())


def take(contents: Contents, programme: Programme, *, known_at: pd.Timestamp | None = None) -> Snapshot:
    """The snapshot of what a store holds, or held at a past moment: as everybody may see it."""
    contents = contents_of(contents)
    tables = contents.tables.of_programme(programme.codes)
    counting = contents.history[contents.history["undone_at"].isna()]
    progress = tables.derived(hm.progress, "applications", "recaps")
    return Snapshot(
        version=contents.version if known_at is None else f"{contents.version} {known_at}",
        programme=programme,
        tables=tables,
        # as categories, their codes are found once and not at every look
        progress=progress.astype(dict.fromkeys(("kab_kota", "lp3h", "stage"), "category")),
        activity=tables.derived(hm.activity, "applications"),
        returned=tables.derived(hm.returned, "statements"),
        history=contents.history,
        is_demo=bool(counting["sha256"].isin(demonstration.digests()).any()),
        known_at=known_at,
    )


@dataclass(frozen=True)
class View:
    """The metrics of a scope: those of `halal_metrics` on its part of the data."""

    scope: Scope
    start: date
    quotas: pd.DataFrame
    progress: pd.DataFrame
    activity: pd.DataFrame
    returned: pd.DataFrame

    def absorption(self, by: Iterable[str] = ()) -> pd.DataFrame:
        return hm.absorption(self.quotas, self.progress, by=by, as_of=self.scope.as_of)

    def gaps(
        self, by: Iterable[str] = (), *, target: date | None = None, measure: Measure | None = None
    ) -> pd.DataFrame:
        """`target`: another target date for every allocation, to try out; `measure`: another than the scope's."""
        quotas = self.quotas if target is None else self.quotas.assign(target_date=pd.Timestamp(target))
        return hm.deadline_gaps(
            quotas,
            self.progress,
            by=by,
            as_of=self.scope.as_of,
            start=self.start,
            measure=measure or self.scope.measure,
        )

    def ahead(
        self, by: Iterable[str] = (), *, target: date | None = None, measure: Measure | None = None
    ) -> pd.DataFrame:
        """
        `gaps` against deadlines that are still ahead: where a group's is past, the end of the budget year in its
        place, the last day on which a provincial programme of that year can use its money.
        """
        gaps = self.gaps(by, target=target, measure=measure)
        past = (gaps["days_left"] < 0).fillna(False).to_numpy(bool)
        return pd.concat([gaps[~past], self.gaps(by, target=self.year_end, measure=measure)[past]]).sort_index()

    @property
    def year_end(self) -> date:
        return year_end(self.scope.as_of)

    @property
    def target(self) -> date:
        """The date that verdicts of what is seen speak of."""
        return verdict_date(self.quotas, self.scope.as_of)

    def funnel(self, by: Iterable[str] = ()) -> pd.DataFrame:
        return hm.funnel(self.quotas, self.progress, by=by, as_of=self.scope.as_of)

    def backlog(self, by: Iterable[str] = ()) -> pd.DataFrame:
        return hm.backlog(self.progress, self.returned, by=by, as_of=self.scope.as_of)

    def trend(self, by: Iterable[str] = ()) -> pd.DataFrame:
        return hm.trend(self.progress, by=by, as_of=self.scope.as_of)

    def active_p3h(self, by: Iterable[str] = ("lp3h",)) -> pd.DataFrame:
        return hm.active_p3h(self.activity, by=by, as_of=self.scope.as_of)

    def curve(self, *, until: date | None = None) -> pd.DataFrame:
        """
        From the first day to two weeks past the last deadline or the day looked at, whichever is later; to `until`
        where that is later still.
        """
        last = max([pd.Timestamp(self.scope.as_of), *self.deadlines]) + pd.Timedelta(days=14)
        to = last if until is None else max(last, pd.Timestamp(until))
        return hm.progress_curve(self.quotas, self.progress, by=(), start=self.start, until=to)

    @property
    def deadlines(self) -> list[pd.Timestamp]:
        """The target dates of the plan, earliest first."""
        return sorted(self.quotas["target_date"].dropna().unique())


def year_end(day: date) -> date:
    """The last day on which a provincial programme of that year can use its money."""
    return date(day.year, 12, 31)


def verdict_date(quotas: pd.DataFrame, as_of: date) -> date:
    """The date that verdicts speak of: the latest deadline of the plan still ahead, else the end of the budget year."""
    ahead = [day.date() for day in quotas["target_date"].dropna() if day.date() > as_of]
    return max(ahead, default=year_end(as_of))


def narrowed(frame: pd.DataFrame, scope: Scope, *, only: Iterable[str] = ("kab_kota", "lp3h")) -> pd.DataFrame:
    """The rows of the place and institution that the scope chooses; `only` by these columns."""
    for column in only:
        name = getattr(scope, column)
        if name is not None:
            frame = frame.loc[frame[column].isna() if name == UNKNOWN_GROUP else frame[column] == name]
    return frame
