"""The uploads that count, folded: what was folded before is not folded again."""

from collections import OrderedDict
from threading import Lock
from typing import Final

import pyarrow as pa

from halal_metrics.schema import TABLES
from halal_store import cache
from halal_store.entries import Entry, accepted_table, frame_of, read_rows
from halal_store.incremental_fold import incremental_fold
from halal_store.logbook import Logbook
from halal_store.moments import Clock
from halal_store.tables import ROW, Folded, Rows, fold_rows, together

HELD: Final = 4
"""Folds kept in memory: now, a meeting and the one before it, and a moment in the past that somebody looks at."""


class Folds:
    """Folds of sets of uploads, each made from the nearest one that is held, or lies in the store's cache."""

    def __init__(self, book: Logbook, clock: Clock) -> None:
        self._book, self._clock = book, clock
        self._held: OrderedDict[frozenset[int], Folded] = OrderedDict()
        self._on_disk: frozenset[int] = frozenset()
        self._looked = False
        self._folding = Lock()

    def folded(self, uploads: tuple[Entry, ...]) -> Folded:
        """The fold of these uploads."""
        wanted = {entry.arrival: entry for entry in uploads}
        key = frozenset(wanted)
        with self._folding:
            if key not in self._held:
                self._look_on_disk()
                self._held[key] = self._held.get(key) or self._fold(wanted)
                self._keep(key)
            self._held.move_to_end(key)
            while len(self._held) > HELD:
                self._held.popitem(last=False)
            return self._held[key]

    def _fold(self, wanted: dict[int, Entry]) -> Folded:
        key = frozenset(wanted)
        nearest = min(self._held, key=lambda held: len(held ^ key), default=None)
        if nearest is None or len(nearest ^ key) > len(key) // 2 + 1:
            return fold_rows(self._rows(list(wanted.values())))
        new = self._rows([wanted[arrival] for arrival in sorted(key - nearest)])
        return incremental_fold(self._held[nearest], gone=nearest - key, new=new)

    def _look_on_disk(self) -> None:
        if not self._looked and (found := cache.kept(self._book.files, self._book.known, self._clock.name)):
            self._on_disk, self._held[found[0]] = found
        self._looked = True

    def _keep(self, key: frozenset[int]) -> None:
        """A fold of the past is not kept: what is asked for next is more likely the present."""
        now = max(key, default=0) >= max(self._on_disk, default=0)
        if now and cache.worth(self._held[key], key, self._on_disk):
            digests = {arrival: self._book.known[arrival] for arrival in sorted(key)}
            cache.keep(self._book.files, self._held[key], digests, self._clock.name)
            self._on_disk = key

    def _rows(self, uploads: list[Entry]) -> Rows:
        """The accepted rows of the uploads, which are in order of arrival."""
        parts: dict[str, list[pa.Table]] = {table: [] for table in TABLES}
        for entry, content in zip(uploads, self._book.rows(*uploads), strict=True):
            rows = read_rows(content, ["kind", *TABLES[entry.head["table"]], "place"])
            day = self._clock.local(entry.received_at).date()
            parts[entry.head["table"]].append(accepted_table(rows, entry.head["table"], day, entry.arrival))
        return {
            table: frame_of(pa.concat_tables(found), TABLES[table] | ROW) if found else together([], table)
            for table, found in parts.items()
        }
