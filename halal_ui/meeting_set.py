"""What a meeting looks at: its frozen numbers, those of the meeting before, and what was noted at it."""

from dataclasses import dataclass, field
from functools import cached_property
from weakref import WeakKeyDictionary

import pandas as pd

from halal_store import Meeting
from halal_ui import snapshot as snapshots
from halal_ui.programme import programme
from halal_ui.scope import Scope
from halal_ui.snapshot import Snapshot, View


@dataclass(frozen=True)
class Numbers:
    """The figures of a meeting: its set, and that of the meeting before. They never change."""

    snapshot: Snapshot
    as_of: pd.Timestamp
    before: "Numbers | None" = None

    @cached_property
    def view(self) -> View:
        """Everything in the set, counted by what is used."""
        return self.within()

    def within(self, **scope: str | None) -> View:
        """A part of the set: `kab_kota=`, `lp3h=`, `measure=` as in `Scope`."""
        return self.snapshot.within(Scope(self.as_of.date(), **scope))  # type: ignore[arg-type]


@dataclass(frozen=True)
class MeetingSet:
    """A meeting's numbers and notes: what slides and papers are made of."""

    meeting: Meeting
    numbers: Numbers = field(repr=False)

    @property
    def view(self) -> View:
        return self.numbers.view

    @property
    def is_demo(self) -> bool:
        """Whether the numbers are invented, and every paper has to say so."""
        return self.numbers.snapshot.is_demo


def numbers_of(meeting: Meeting) -> Numbers:
    """The figures of a meeting and of the one before it."""
    before = meeting.previous
    then = None if before is None else Numbers(_snapshot(before), before.as_of)
    return Numbers(_snapshot(meeting), meeting.as_of, then)


def _snapshot(meeting: Meeting) -> Snapshot:
    return snapshots.take(meeting.contents, programme(), known_at=meeting.known_at)


_MADE: "WeakKeyDictionary[Meeting, MeetingSet]" = WeakKeyDictionary()


def meeting_set(meeting: Meeting, numbers: Numbers | None = None) -> MeetingSet:
    """The set of a meeting, made once. `numbers`: where they are at hand already."""
    if meeting not in _MADE:
        _MADE[meeting] = MeetingSet(meeting, numbers or numbers_of(meeting))
    return _MADE[meeting]
