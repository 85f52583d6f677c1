"""Adding to the log: one entry at a time, in order of arrival, whichever process it comes from."""

import secrets
from collections.abc import Callable
from typing import Any, Final, NamedTuple

import pandas as pd
import pyarrow as pa

from halal_metrics.personal import without_nik, without_nik_anywhere
from halal_store import entries
from halal_store.errors import StoreError
from halal_store.log import Log
from halal_store.logbook import ATTEMPTS, Logbook
from halal_store.moments import Clock

Entered = tuple[dict[str, Any], list[pa.Table]]
"""The head of an entry, and its parts."""


NIK_REPLACED: Final = "NIK yang tertulis diganti dengan [NIK]: NIK tidak disimpan."
"""What somebody who wrote one is told."""


class Receipt(NamedTuple):
    """What was added to the log: under which id, when (on the store's clock), and the log's version with it."""

    upload_id: str
    received_at: pd.Timestamp
    version: str


class Writer:
    """Adds entries to a store's log."""

    def __init__(self, book: Logbook, clock: Clock, on_nik: Callable[[], None] | None = None) -> None:
        self._book, self._clock, self._on_nik = book, clock, on_nik

    def add(
        self,
        entry: Callable[[Log], Entered],
        *,
        received_at: Any = None,
        original: bytes | None = None,
    ) -> Receipt:
        """
        One entry. `entry` refuses, by raising, or gives its head and parts, as the log stands right before it: nothing
        comes in between, and where another process was quicker it is asked again.
        """
        given = None if received_at is None else self._clock.utc(received_at)
        entry_id = secrets.token_hex(6)
        with self._book.turn():
            for _ in range(ATTEMPTS):
                log = self._book.begun()
                stated, parts = entry(log)
                head = {"id": entry_id} | without_nik_anywhere(stated)
                newest = log.entries[-1].received_at if log.entries else None
                if given is not None and newest is not None and given < newest:
                    told = {"given": self._clock.written(given), "newest": self._clock.written(newest)}
                    raise StoreError("out_of_order", **told)
                moment = given or self._clock.now()
                if newest is not None and moment < newest:  # the machine's clock went back
                    moment = newest
                content, records = entries.entry_rows(head, moment, parts)
                dated = head | {"received_at": moment.isoformat(), "records": records}
                if (version := self._book.add(log, dated, content, original)) is not None:
                    if self._on_nik is not None and head != {"id": entry_id} | stated:
                        self._on_nik()
                    return Receipt(head["id"], self._clock.local(moment), version)
        raise StoreError("unavailable", file=self._book.files.place)

    def record(self, name: str, facts: Callable[[Log], dict[str, Any]], *, by: str, received_at: Any = None) -> Receipt:
        """
        Something of the kind `name`, decided or said. `facts` refuses, or gives what was, as the log stands right
        before it.
        """

        def entry(log: Log) -> Entered:
            stated = entries.plain(facts(log))
            kind = without_nik(name)
            return {"kind": kind, "by": by, "facts": stated}, [entries.fact_part(kind, without_nik_anywhere(stated))]

        return self.add(entry, received_at=received_at)
