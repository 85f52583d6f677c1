"""A meeting: one frozen set of numbers, and what was noted at it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date as Day
from functools import cached_property
from typing import Any, Final

import pandas as pd

from halal_store.contents import Contents
from halal_store.entries import Entry
from halal_store.errors import StoreError
from halal_store.log import Log
from halal_store.moments import Clock
from halal_store.notes import TAKEN_BACK, fold
from halal_store.tables import Tables

KIND: Final = "meeting"
"""Kind of the record that freezes one."""


@dataclass(frozen=True, eq=False)
class Meeting:
    """
    What was known at `known_at` of the programme as of `as_of`. Whatever is uploaded, undone or noted elsewhere later,
    its numbers stay; what is noted *for* the meeting is added to its notes.

    `date` and `as_of` are days, `starts_at`, `known_at` and `frozen_at` moments on the store's clock. `previous` is the
    meeting it is compared with, None for the first.
    """

    id: str
    title: str
    date: pd.Timestamp
    starts_at: pd.Timestamp
    place: str
    as_of: pd.Timestamp
    known_at: pd.Timestamp
    frozen_at: pd.Timestamp
    by: str
    record_id: str
    codes: tuple[str, ...] | None
    """Those of the programme whose applications its numbers count, () for all; None: it does not say."""
    records: pd.DataFrame = field(repr=False)
    """What had been recorded when it was frozen, and what was noted for it since, as `Store.records`."""
    _contents: Callable[[], Contents] = field(repr=False)
    _previous: Callable[[], "Meeting | None"] = field(repr=False)

    @cached_property
    def contents(self) -> Contents:
        """Version, tables and history, as they were known."""
        return self._contents()

    @property
    def tables(self) -> Tables:
        """The five tables as they were known."""
        return self.contents.tables

    @cached_property
    def previous(self) -> "Meeting | None":
        return self._previous()

    @cached_property
    def obstacles(self) -> pd.DataFrame:
        """OBSTACLES and NOTED."""
        return fold(self.records, "obstacle")

    @cached_property
    def actions(self) -> pd.DataFrame:
        """ACTIONS and NOTED."""
        return fold(self.records, "action")

    @cached_property
    def decisions(self) -> pd.DataFrame:
        """DECISIONS and NOTED."""
        return fold(self.records, "decision")

    @cached_property
    def events(self) -> pd.DataFrame:
        """EVENTS and NOTED."""
        return fold(self.records, "event")


def frozen(log: Log) -> list[Entry]:
    """The entries that freeze a meeting, in order of arrival, those taken back too."""
    return [entry for entry in log.entries if entry.kind == KIND]


def standing(log: Log) -> list[Entry]:
    """Those that were not taken back."""
    back = {entry.head["facts"]["record"] for entry in log.entries if entry.kind == TAKEN_BACK}
    return [entry for entry in frozen(log) if entry.id not in back]


def entry_of(log: Log, meeting_id: str) -> Entry:
    """The entry that freezes a meeting; StoreError `unknown_meeting` where there is none of that id."""
    for entry in frozen(log):
        if entry.head["facts"]["meeting"] == meeting_id:
            return entry
    raise StoreError("unknown_meeting", meeting_id=meeting_id)


def next_id(log: Log, date: Day) -> str:
    """
    A short name no meeting has yet: of that day the first, or the second, …

    >>> next_id(Log(), Day(2025, 6, 4))
    'R-2025-06-04'
    """
    taken = {entry.head["facts"]["meeting"] for entry in frozen(log)}
    name = f"R-{date:%Y-%m-%d}"
    names = [name, *(f"{name}-{number}" for number in range(2, len(taken) + 2))]
    return next(name for name in names if name not in taken)


def before(log: Log, starts_at: pd.Timestamp) -> str | None:
    """The id of the last meeting that starts no later; None where there is none."""
    earlier = [entry for entry in standing(log) if pd.Timestamp(entry.head["facts"]["starts_at"]) <= starts_at]
    latest = max(earlier, key=lambda entry: (entry.head["facts"]["starts_at"], entry.arrival), default=None)
    return None if latest is None else latest.head["facts"]["meeting"]


def known(log: Log, entry: Entry) -> Log:
    """The log as the meeting knows it: what stood in it before it was frozen, up to its `known_at`."""
    stated = entry.head["facts"]["known_at"]
    earlier = log.before(entry)
    return earlier if stated is None else earlier.until(pd.Timestamp(stated))


def noted(log: Log, entry: Entry) -> Log:
    """
    What had been recorded when the meeting was frozen, and what was noted for it since. `known_at` is about numbers: a
    note made this morning is known to a meeting that looks at the numbers of last night.
    """
    meeting_id = entry.head["facts"]["meeting"]
    kept = (one for one in log.entries if one.arrival < entry.arrival or _for(one, meeting_id))
    return Log(tuple(kept))


def _for(entry: Entry, meeting_id: str) -> bool:
    return entry.kind != KIND and (entry.head.get("facts") or {}).get("meeting") == meeting_id


def facts(
    *,
    title: str,
    starts_at: pd.Timestamp,
    place: str,
    as_of: Day,
    known_at: pd.Timestamp | None,
    codes: Collection[str] | None,
) -> dict[str, Any]:
    """What the log keeps of a meeting, but for its id and the one before."""
    return {
        "title": title.strip(),
        "starts_at": starts_at.isoformat(),
        "place": place.strip(),
        "as_of": as_of.isoformat(),
        "known_at": None if known_at is None else known_at.isoformat(),
        "codes": None if codes is None else list(codes),
    }


def meeting_of(
    entry: Entry, clock: Clock, *, records: pd.DataFrame, contents: Callable[[], Contents], previous: Callable
) -> Meeting:
    """The meeting an entry freezes."""
    stated, at = entry.head["facts"], clock.local(entry.received_at)
    codes = stated.get("codes", [])  # those frozen before there were codes count every application, as they did then
    starts_at = pd.Timestamp(stated["starts_at"]).as_unit("us")
    return Meeting(
        id=stated["meeting"],
        title=stated["title"],
        date=starts_at.normalize(),
        starts_at=starts_at,
        place=stated["place"],
        as_of=pd.Timestamp(stated["as_of"]).as_unit("us"),
        known_at=at if stated["known_at"] is None else clock.local(pd.Timestamp(stated["known_at"])),
        frozen_at=at,
        by=entry.head["by"],
        record_id=entry.id,
        codes=None if codes is None else tuple(codes),
        records=records,
        _contents=contents,
        _previous=previous,
    )
