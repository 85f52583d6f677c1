"""What a meeting looks at: its frozen numbers, those of the meeting before, and what was noted at it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

import pandas as pd

import halal_metrics as hm
from halal_store import Meeting
from halal_ui.snapshot import now as snapshots
from halal_ui.snapshot.effects import effects
from halal_ui.snapshot.foresight import Foresight, WeeklyPlanned, foresee
from halal_ui.snapshot.marks import Mark, marks
from halal_ui.snapshot.masked import MaskedMeeting, meeting_of
from halal_ui.snapshot.now import Snapshot, View
from halal_ui.snapshot.programme import programme
from halal_ui.snapshot.scope import Scope
from halal_ui.snapshot.stays import Stays, stays


@dataclass(frozen=True, eq=False)
class Numbers:
    """The figures of a meeting: its set, and that of the meeting before. They never change."""

    snapshot: Snapshot
    as_of: pd.Timestamp
    before: "Numbers | None" = None

    @cached_property
    def view(self) -> View:
        """Everything in the set, counted by what is used."""
        return self.within()

    @cached_property
    def foresight(self) -> Foresight:
        """What is to come, seen from the meeting's day on the meeting's numbers: the same seed, the same figures."""
        return foresee(self.snapshot, self.as_of.date())

    @cached_property
    def weekly_plan(self) -> WeeklyPlanned | None:
        """What each LP3H must submit a week to use all of the quota that can be; None without a plan. Seconds."""
        ahead = self.foresight
        if ahead.why_not or not ahead.quota or ahead.target <= ahead.as_of:
            return None
        return ahead.plan_within_reach(measure="used")

    @property
    def is_foreseen(self) -> bool:
        """Whether what is to come, and what to do for it, has been figured."""
        return "weekly_plan" in self.__dict__

    @cached_property
    def stays(self) -> Stays:
        """How long applications stay at each step, and which too long, on the meeting's numbers."""
        return stays(self.snapshot, self.as_of.date())

    def within(self, **scope: str | None) -> View:
        """A part of the set: `kab_kota=`, `lp3h=`, `measure=` as in `Scope`."""
        return self.snapshot.within(Scope(self.as_of.date(), **scope))  # type: ignore[arg-type]


@dataclass(frozen=True, eq=False)
class MeetingSet:
    """A meeting's numbers and notes: what slides and papers are made of. Whatever it hands out is masked."""

    meeting: MaskedMeeting
    numbers: Numbers = field(repr=False)
    _since: dict[tuple[str, ...], pd.DataFrame] = field(default_factory=dict, repr=False)

    @property
    def view(self) -> View:
        return self.numbers.view

    def changes_since(self, by: str | Sequence[str] = ()) -> pd.DataFrame | None:
        """What has changed since the meeting before, for each group; None for a first meeting."""
        before, key = self.numbers.before, (by,) if isinstance(by, str) else tuple(by)
        if before is None:
            return None
        if key not in self._since:
            days = {"then_as_of": before.as_of, "as_of": self.numbers.as_of}
            self._since[key] = hm.changes_since(before.snapshot.tables, self.numbers.snapshot.tables, by=key, **days)
        return self._since[key]

    @cached_property
    def changes_since_rows(self) -> pd.DataFrame | None:
        """The applications behind `since`."""
        before = self.numbers.before
        if before is None:
            return None
        days = {"then_as_of": before.as_of, "as_of": self.numbers.as_of}
        return hm.changes_since_rows(before.snapshot.tables, self.numbers.snapshot.tables, **days)

    @cached_property
    def not_reporting(self) -> pd.DataFrame:
        """
        Institutions, those with a quota among them, without a file since the meeting before; at a first meeting since
        the programme began.
        """
        snapshot, before = self.numbers.snapshot, self.numbers.before
        since = snapshot.programme.start if before is None else before.snapshot.known_at
        said = snapshot.counting, snapshot.tables.statements, snapshot.tables.recaps
        return hm.not_reporting(*said, since=since, expected=self.view.quotas["lp3h"].dropna())

    @cached_property
    def obstacles(self) -> pd.DataFrame:
        """The open ones, what holds most certificates first."""
        view = self.view
        return hm.at_stake(self.meeting.obstacles, view.quotas, view.progress, view.returned, as_of=self.numbers.as_of)

    @cached_property
    def actions(self) -> pd.DataFrame:
        """With the number each is to move, at the meeting before and now; overdue ones first."""
        before = self.numbers.before or self.numbers
        days = {"then_as_of": before.as_of, "as_of": self.numbers.as_of}
        return hm.action_numbers(self.meeting.actions, before.view.progress, self.view.progress, **days)

    @cached_property
    def due(self) -> pd.DataFrame:
        """Promises that fell due since the meeting before, kept or not; those due longer ago that still stand."""
        due, before = self.actions["due_date"], self.numbers.before
        since = pd.Timestamp(self.numbers.snapshot.programme.start) if before is None else before.as_of
        fell = (due > since) & (due <= self.numbers.as_of) & (self.actions["status"] != "cancelled")
        return self.actions[fell | self.actions["overdue"]].reset_index(drop=True)

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """What stands out on a time chart: events, each with what it did, and the meetings up to this one."""
        return marks(self.meeting.events, self._meetings(), self.effects)

    @cached_property
    def effects(self) -> pd.DataFrame:
        """What each event that has ended cost or brought."""
        return effects(self.view.progress, self.meeting.events, as_of=self.numbers.as_of.date())

    def _meetings(self) -> list[Meeting]:
        found, meeting = [], self.meeting
        while meeting is not None:
            found.append(meeting)
            meeting = meeting.previous
        return found[::-1]

    @property
    def is_demo(self) -> bool:
        """Whether the numbers are invented, and every paper has to say so."""
        return self.numbers.snapshot.is_demo


def numbers_of(meeting: Meeting) -> Numbers:
    """The figures of a meeting and of the one before it."""
    meeting = meeting_of(meeting)
    before = meeting.previous
    then = None if before is None else Numbers(_snapshot(before), before.as_of)
    return Numbers(_snapshot(meeting), meeting.as_of, then)


def _snapshot(meeting: Meeting) -> Snapshot:
    now = programme()
    codes = now.codes if meeting.codes is None else meeting.codes
    return snapshots.take(meeting.contents, replace(now, codes=codes), known_at=meeting.known_at)


KEPT: Final = 8
"""Meetings whose sets are kept: a meeting is another object as soon as something is noted for it."""

_MADE: Final[dict[Meeting, MeetingSet]] = {}


def meeting_set(meeting: Meeting, numbers: Numbers | None = None) -> MeetingSet:
    """The set of a meeting, made once. `numbers`: where they are at hand already."""
    shown = meeting_of(meeting)
    if shown not in _MADE:
        while len(_MADE) >= KEPT:
            _MADE.pop(next(iter(_MADE)), None)
        _MADE[shown] = MeetingSet(shown, numbers or numbers_of(shown))
    return _MADE[shown]
