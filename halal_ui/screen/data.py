"""The data as the running app holds them: one snapshot a process, and what pages show of it, made once a scope."""

import os
from collections.abc import Callable
from datetime import date, datetime
from threading import Lock
from time import monotonic
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from halal_metrics import ExtraQuota
from halal_metrics.forecast import Measure
from halal_store import Contents, Meeting, Store
from halal_ui.screen import nik, past
from halal_ui.snapshot import demonstration
from halal_ui.snapshot import marks as marking
from halal_ui.snapshot import meeting_set as sets
from halal_ui.snapshot import now as snapshots
from halal_ui.snapshot.beside import Beside
from halal_ui.snapshot.effects import effects
from halal_ui.snapshot.forecast_record import ForecastRecord
from halal_ui.snapshot.foresight import Foresight, WeeklyPlanned
from halal_ui.snapshot.masked import MaskedStore
from halal_ui.snapshot.meeting_set import MeetingSet, Numbers
from halal_ui.snapshot.now import Snapshot
from halal_ui.snapshot.programme import DATA, programme
from halal_ui.snapshot.scope import Scope

Page = TypeVar("Page")

LOOK_AGAIN: Final = 2.0
"""Seconds between two looks into the store: a folder listing is cheap, one for each of a hundred viewers is not."""


PAST: Final = 4
"""Moments of the past whose snapshots are kept."""

MEETINGS: Final = 4
"""Meetings whose numbers are kept."""


class Held:
    """The snapshot of a store, renewed when the store has changed; and those of a few past moments."""

    def __init__(self, path: str) -> None:
        self.log = Store(path, time_zone=programme().time_zone, on_nik=nik.replaced)
        demonstration.fill(self.log)
        self.store = MaskedStore(self.log)
        self._renewing = Lock()
        self._snapshot: Snapshot | None = None
        self._seen = ""
        """The version of the store that the snapshot is of."""
        self._past: dict[tuple[str, pd.Timestamp], Snapshot] = {}
        self._looked_at = 0.0
        self._listed: tuple[str, float, list[Meeting]] = "", 0.0, []
        self._sets: dict[str, Numbers] = {}
        self.beside = Beside(self._read)
        self._events: tuple[object, pd.DataFrame] = None, pd.DataFrame()

    def current(self) -> Snapshot:
        """
        The snapshot of what the store holds now. While one viewer's run renews it, the others go on with the last.
        """
        held = self._snapshot
        if held is not None and monotonic() - self._looked_at < LOOK_AGAIN:
            return held
        if not self._renewing.acquire(blocking=held is None):
            assert held is not None
            return held
        try:
            return self._renewed()
        finally:
            self._renewing.release()

    def renew(self) -> Snapshot:
        """The snapshot of what the store holds at this very moment: who has just written sees it."""
        with self._renewing:
            self._listed = "", 0.0, []
            return self._renewed()

    def _renewed(self) -> Snapshot:
        held = self._snapshot
        if held is None or self._seen != self.store.version:
            contents = self.store.read()
            # what was merely recorded changes no table: the snapshot, and all that was made of it, stays
            tables = contents.tables.of_programme(programme().codes)
            if held is None or not (tables is held.tables and contents.history.equals(held.history)):
                held = snapshots.take(contents, programme())
            self._seen = contents.version
        self._snapshot, self._looked_at = held, monotonic()
        return held

    def _read(self, moment: pd.Timestamp) -> Contents:
        with self._renewing:
            return self.store.read(known_at=moment)

    def known_at(self, moment: pd.Timestamp) -> Snapshot:
        """The snapshot of what was known at a past moment."""
        key = (self.store.version, moment)
        with self._renewing:
            if key not in self._past:
                if len(self._past) >= PAST:
                    self._past.pop(next(iter(self._past)))
                self._past[key] = snapshots.take(self.store.read(known_at=moment), programme(), known_at=moment)
            return self._past[key]

    def meetings(self) -> list[Meeting]:
        """The meetings, the newest first, with what has been noted at each."""
        version, looked_at, listed = self._listed
        if monotonic() - looked_at >= LOOK_AGAIN:
            listed = self._list_meetings(version, listed)
        return listed

    def events(self, moment: pd.Timestamp | None) -> pd.DataFrame:
        """The events noted, looked up anew only where `meetings` has found that something was written."""
        self.meetings()
        key = (self._listed[0], moment)
        if self._events[0] != key:
            self._events = key, self.store.notes("event", known_at=moment)
        return self._events[1]

    @property
    def noted(self) -> str:
        """Names what had been written when `events` was last looked up."""
        return self._listed[0]

    def _list_meetings(self, version: str, listed: list[Meeting]) -> list[Meeting]:
        seen = self.store.version
        if seen != version:
            found = self.store.meetings()
            listed = sorted(found, key=lambda meeting: (meeting.starts_at, meeting.frozen_at), reverse=True)
        self._listed = seen, monotonic(), listed
        return listed

    def meeting_set(self, meeting: Meeting) -> MeetingSet:
        """A meeting's numbers, worked out once however often notes are added to it, and its notes."""
        with self._renewing:
            if meeting.id not in self._sets:
                if len(self._sets) >= MEETINGS:
                    self._sets.pop(next(iter(self._sets)))
                self._sets[meeting.id] = sets.numbers_of(meeting)
            return sets.meeting_set(meeting, self._sets[meeting.id])


@st.cache_resource(show_spinner="Membaca berkas …")
def _held(path: str) -> Held:
    held = Held(path)
    snapshot = held.current()
    # begun with the first page, whichever that is: most viewers open the dashboard as it opens by itself
    held.beside.foresight(snapshot, opening_date(snapshot))
    return held


def _here() -> Held:
    return _held(os.environ.get("PANTAU_HALAL_STORE") or str(DATA / "store"))


def store() -> MaskedStore:
    """What everybody may see of the store named in PANTAU_HALAL_STORE, else data/store; empty, it gets the demo set."""
    return _here().store


def log() -> Store:
    """The store itself: for writing, for who may write what, and for what an operator has asked to see on record."""
    return _here().log


def current() -> Snapshot:
    """The snapshot of the app's store: as it is now, or as it was known at the moment that the address names."""
    moment = past.known_at()
    return _here().current() if moment is None else _here().known_at(moment)


def renew() -> Snapshot:
    """The snapshot right after a write."""
    return _here().renew()


def meetings() -> list[Meeting]:
    """The meetings, the newest first."""
    return _here().meetings()


def meeting(meeting_id: str) -> Meeting:
    """One meeting, one taken back too; StoreError `unknown_meeting` where there is none of that id."""
    listed = {one.id: one for one in meetings()}
    return listed.get(meeting_id) or store().meeting(meeting_id)


def meeting_set(meeting_id: str) -> MeetingSet:
    """What slides and papers of a meeting are made of."""
    return _here().meeting_set(meeting(meeting_id))


def is_foreseen(meeting_id: str) -> bool:
    """Whether what is to come from a meeting's numbers has been figured; asked for, it is figured beside the pages."""
    return _here().beside.is_foreseen(meeting_set(meeting_id).numbers)


def marks(scope: Scope) -> tuple[marking.Mark, ...]:
    """
    What stands out on every time chart: the events noted, each with what it cost or brought there, and the meetings
    held, as they are known now or, looking back, were known then.
    """
    moment = past.known_at()
    held = [meeting for meeting in meetings() if moment is None or meeting.frozen_at <= moment]
    noted, found = _here().events(moment), current()
    key = f"effects {found.version} {_here().noted} {scope}"
    did = _ready(key, lambda: effects(found.within(scope).progress, noted, as_of=scope.as_of))
    return marking.marks(noted, held, did)


def foresight(scope: Scope) -> Foresight | None:
    """What is to come, seen from the scope's day; None while it is being figured: show the page first, ask again."""
    return _here().beside.foresight(current(), scope.as_of)


def weekly_plan(
    scope: Scope, *, measure: Measure | None = None, goal: float = 1.0, target: date | None = None
) -> WeeklyPlanned | None:
    """
    What each LP3H must submit a week for `goal` of the whole quota by `target` (else the date of verdicts), counted as
    the scope counts unless `measure` says otherwise; None while it is being figured. Only where something is foreseen.
    """
    counted = measure or ("issued" if scope.measure == "issued" else "used")
    return _here().beside.weekly_plan(current(), scope.as_of, measure=counted, goal=goal, target=target)


def forecast_record(scope: Scope) -> ForecastRecord | None:
    """What was foreseen on days gone by, and what came by the scope's day; None while it is being figured."""
    held = [meeting for meeting in meetings() if meeting.as_of <= pd.Timestamp(scope.as_of)]
    return _here().beside.forecast_record(current(), scope.as_of, held)


def extra_quota(scope: Scope) -> ExtraQuota | None:
    """
    Whether more quota should be asked for, in the whole programme; None while it is being figured. Only where something
    is foreseen.
    """
    return _here().beside.extra_quota(current(), scope.as_of)


def opening_date(snapshot: Snapshot) -> date:
    """The day a dashboard without a date in its address shows: today, or that of the demonstration set."""
    if snapshot.is_demo:
        return snapshot.programme.demo_opening_date
    return datetime.now(ZoneInfo(snapshot.programme.time_zone)).date()


def ready(page: Callable[..., Page], scope: Scope, **choices: Any) -> Page:
    """
    What a page shows of a scope, finished: sentences, figures and tables, made once and then looked up.

    `page` takes the view, whether the viewer's theme is dark, and the choices made on the page.
    """
    found = current()
    dark = st.context.theme.type == "dark"
    key = f"{page.__module__}.{page.__qualname__} {found.version} {scope} {dark} {choices}"
    return _ready(key, lambda: page(found.within(scope), dark, **choices))


@st.cache_resource(show_spinner=False, max_entries=2_000)
def _ready(key: str, _make: Callable[[], Any]) -> Any:
    """Keyed by a name alone: a frame as part of a key would be hashed from a sample of its rows."""
    return _make()
