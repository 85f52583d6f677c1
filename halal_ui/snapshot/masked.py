"""
What a store holds as everybody may see it. Personal data are masked here, where they leave the store, and nowhere
later: whatever a snapshot, a view or a meeting's set hands out is masked already.

The other road is `data.log()`, for writing, and for what an operator has asked to see on record.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, Final

import pandas as pd

from halal_metrics.personal import PERSONAL_COLUMNS
from halal_store import Contents, Meeting, Store, StoredUpload, Tables
from halal_store.entries import REJECTED
from halal_ui.words.masks import anywhere, free_text, masked, problems, sender, skipped

KEPT: Final = 16
"""Meetings, and sets of tables, whose masked ones are kept."""


class MaskedTables:
    """The tables of a store, each masked when it is first asked for."""

    quotas: pd.DataFrame
    applications: pd.DataFrame
    recaps: pd.DataFrame
    candidates: pd.DataFrame
    certificates: pd.DataFrame
    statements: pd.DataFrame

    def __init__(self, raw: Tables, *, keep: tuple[str, ...] = (), codes: tuple[str, ...] = ()) -> None:
        """`codes`: of the programme whose applications these are; without any, of all programmes."""
        self._raw, self._whole, self._keep, self._codes = raw.of_programme(codes), raw, keep, codes
        self._programmes: dict[tuple[str, ...], MaskedTables] = {}
        self._others: MaskedTables | None = None

    def __getattr__(self, table: str) -> pd.DataFrame:
        if table not in MaskedTables.__annotations__:
            raise AttributeError(table)
        frame = self.__dict__[table] = masked(getattr(self._raw, table), keep=self._keep)
        return frame

    def of_programme(self, codes: tuple[str, ...]) -> "MaskedTables":
        """Those of the programme of these codes, which alone are counted; of the same tables the same object."""
        if codes not in self._programmes:
            self._programmes[codes] = MaskedTables(self._whole, keep=self._keep, codes=codes)
        return self._programmes[codes]

    def of_others(self) -> "MaskedTables":
        """The applications of other programmes, which are shown and not counted; always the same object."""
        if self._others is None:
            self._others = MaskedTables(self._whole.of_others(self._codes), keep=self._keep)
        return self._others

    def derived(self, metric: Callable[..., pd.DataFrame], *tables: str) -> pd.DataFrame:
        """A metric of these tables that names no person, masked as a small frame instead of as a large one."""
        return masked(metric(*(getattr(self._raw, table) for table in tables)))


def for_matching(tables: MaskedTables) -> MaskedTables:
    """
    The tables with the columns that tell a person from another, to see whether two rows are of one: what is found with
    them is handed out, they are not.
    """
    return MaskedTables(tables._whole, keep=PERSONAL_COLUMNS, codes=tables._codes)


def contents_of(contents: Contents) -> Contents:
    """What a store holds, masked; once is enough."""
    if isinstance(contents.tables, MaskedTables):
        return contents
    return contents._replace(tables=MaskedTables(contents.tables), history=masked(contents.history))


class MaskedStore:
    """Everything that is read of a store, masked. It writes nothing."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._tables: list[tuple[Tables, MaskedTables]] = []

    @property
    def version(self) -> str:
        return self._store.version

    def read(self, known_at: Any = None) -> Contents:
        """Version, tables and history of one and the same moment; the same tables are the same object."""
        found = self._store.read(known_at)
        return found._replace(tables=self._masked(found.tables), history=masked(found.history))

    def _masked(self, raw: Tables) -> MaskedTables:
        for known, shown in self._tables:
            if known is raw:
                return shown
        shown = MaskedTables(raw)
        self._tables = [(raw, shown), *self._tables[: KEPT - 1]]
        return shown

    def records(self, kind: str | None = None, known_at: Any = None) -> pd.DataFrame:
        return records(self._store.records(kind, known_at))

    def notes(self, kind: str, known_at: Any = None) -> pd.DataFrame:
        return masked(self._store.notes(kind, known_at))

    def changes(self, known_at: Any = None) -> pd.DataFrame:
        return masked(self._store.changes(known_at))

    def meetings(self) -> list[Meeting]:
        return [meeting_of(one) for one in self._store.meetings()]

    def meeting_ids(self) -> set[str]:
        return self._store.meeting_ids()

    def meeting(self, meeting_id: str) -> Meeting:
        return meeting_of(self._store.meeting(meeting_id))

    def upload(self, upload_id: str) -> StoredUpload:
        return upload_of(self._store.upload(upload_id))

    def problems(self, upload_id: str) -> pd.DataFrame:
        """What an upload reported of its cells."""
        return problems(self._store.upload(upload_id).problems)


def records(found: pd.DataFrame) -> pd.DataFrame:
    """`Store.records`, masked: the facts too."""
    if found.empty:
        return found
    return masked(found).assign(facts=pd.Series(list(map(anywhere, found["facts"])), found.index, dtype="object"))


@dataclass(frozen=True, eq=False)
class MaskedMeeting(Meeting):
    """A meeting as everybody may see it."""

    _unmasked: Meeting = field(repr=False)

    @cached_property
    def obstacles(self) -> pd.DataFrame:
        return masked(self._unmasked.obstacles)

    @cached_property
    def actions(self) -> pd.DataFrame:
        return masked(self._unmasked.actions)

    @cached_property
    def decisions(self) -> pd.DataFrame:
        return masked(self._unmasked.decisions)

    @cached_property
    def events(self) -> pd.DataFrame:
        return masked(self._unmasked.events)


@lru_cache(maxsize=KEPT)
def meeting_of(meeting: Meeting) -> MaskedMeeting:
    """A meeting, those before it too, masked: its texts, what was noted at it, its tables and its history."""
    if isinstance(meeting, MaskedMeeting):
        return meeting

    def previous() -> Meeting | None:
        return None if meeting.previous is None else meeting_of(meeting.previous)

    stated = {name: getattr(meeting, name) for name in Meeting.__dataclass_fields__}
    stated |= {name: free_text(stated[name]) for name in ("title", "place")} | {"by": sender(stated["by"])}
    stated |= {
        "records": records(meeting.records),
        "_contents": lambda: contents_of(meeting.contents),
        "_previous": previous,
    }
    return MaskedMeeting(**stated, _unmasked=meeting)


def upload_of(stored: StoredUpload) -> StoredUpload:
    """An upload read back from the log, masked."""
    return stored._replace(
        **{name: free_text(getattr(stored, name)) for name in ("filename", "note")},
        by=sender(stored.by),
        frame=masked(stored.frame),
        rejected=masked(stored.rejected[list(REJECTED)]),  # where and why: below a sender's own headers lies anything
        problems=problems(stored.problems),
        skipped=skipped(stored.skipped),
        sheets=[anywhere(sheet | {"samples": {}}) for sheet in stored.sheets],
        choices=anywhere(stored.choices),
    )
