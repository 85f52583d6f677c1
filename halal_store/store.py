"""The store: what has been sent, undone and decided, in order of arrival, and the tables that follow from it."""

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from halal_metrics.sheets import Upload
from halal_store import entries
from halal_store.entries import Entry
from halal_store.errors import StoreError
from halal_store.files import files_at
from halal_store.history import history, records
from halal_store.log import Log
from halal_store.logbook import ATTEMPTS, Logbook
from halal_store.moments import Clock
from halal_store.preview import Preview, preview
from halal_store.stored import StoredUpload, stored
from halal_store.survivors import Survivors
from halal_store.tables import Tables, placed
from halal_store.transactions import digest_of


class Receipt(NamedTuple):
    """What was added to the log: under which id, when (on the store's clock), and the log's version with it."""

    upload_id: str
    received_at: pd.Timestamp
    version: str


class Contents(NamedTuple):
    """What a store holds: the tables, and one row of `history` (see HISTORY) for each upload, in order of arrival."""

    version: str
    tables: Tables
    history: pd.DataFrame


class Store:
    """
    A log of uploads in a folder, or at an object store's address; made when something is first written to it.

    >>> from tempfile import mkdtemp
    >>> from halal_metrics.sheets import read_upload
    >>> store = Store(mkdtemp())
    >>> upload = read_upload(b"No. Daftar;Nama PU;Status\\nSH2025-1-990001;Dapur Rekaan;OF74\\n", filename="mei.csv")
    >>> receipt = store.commit(upload, by="Rina", received_at="2025-06-04 09:00")
    >>> store.tables().applications["status"].tolist()
    ['fatwa']
    >>> _ = store.undo(receipt.upload_id, by="Rina", reason="berkas lama", received_at="2025-06-04 09:05")
    >>> len(store.tables().applications), len(store.tables(known_at="2025-06-04 09:00").applications)
    (0, 1)

    Times without a zone are in `time_zone` (None: the machine's), and frames give times so. `known_at` shows what was
    known at that moment. Everything raises StoreError, with a sentence in Indonesian and a `.code`; what is damaged
    is named, and never read past. Safe with several processes and threads.
    """

    def __init__(
        self, path: str | Path, *, time_zone: str | None = None, storage_options: dict[str, str] | None = None
    ) -> None:
        self.path = path
        self.clock = Clock(time_zone)
        self._files = files_at(path, storage_options)
        self._book = Logbook(self._files, storage_options)
        self._survivors = Survivors(self._book, self.clock)

    @property
    def version(self) -> str:
        """A name for everything in the log: cheap, and another after every commit, undo or record of any process."""
        return self._book.version()

    def commit(self, upload: Upload, *, by: str, note: str = "", received_at: Any = None) -> Receipt:
        """
        Adds an upload to the log, with the file itself. When this returns it is on the disk; killed before, it is there
        whole or not at all. The same bytes for the same table are refused while the first upload of them counts.
        """
        if digest_of(upload.content) != upload.sha256:
            raise ValueError("content and sha256 are not of the same file: the original could never be proved")
        head, parts = entries.upload_parts(upload)
        head = {"kind": "upload", "by": by, "note": note} | head

        def check(log: Log) -> None:
            if earlier := log.same_file(upload.sha256, upload.table):
                raise StoreError("already_committed", **self._facts(earlier), filename=earlier.head["filename"])

        return self._add(head, parts, received_at, check, upload.content)

    def undo(self, upload_id: str, *, by: str, reason: str, received_at: Any = None) -> Receipt:
        """From here on the upload counts for nothing; it stays in the history. The receipt is in the upload's name."""
        head = {"kind": "undo", "by": by, "reason": reason, "undoes": upload_id}

        def check(log: Log) -> None:
            log.upload(upload_id)
            if undo := log.undone.get(upload_id):
                raise StoreError("already_undone", upload_id=upload_id, **self._facts(undo))

        receipt = self._add(head, [entries.fact_part("undo")], received_at, check)
        return receipt._replace(upload_id=upload_id)

    def record(self, kind: str, facts: dict[str, Any], *, by: str, received_at: Any = None) -> Receipt:
        """Adds something decided to the log: `facts` is plain data (what JSON can say), `kind` says of what."""
        if kind in ("upload", "undo"):
            raise ValueError(f"{kind!r} is no kind of record: it would count as one")
        head = {"kind": kind, "by": by, "facts": entries.plain(facts)}
        return self._add(head, [entries.fact_part(kind, facts)], received_at, lambda log: None)

    def _add(
        self,
        head: dict[str, Any],
        parts: list,
        received_at: Any,
        check: Callable[[Log], None],
        original: bytes | None = None,
    ) -> Receipt:
        given = None if received_at is None else self.clock.utc(received_at)
        head = {"id": secrets.token_hex(6)} | head
        with self._book.turn():
            for _ in range(ATTEMPTS):
                log = self._book.begun()
                check(log)
                newest = log.entries[-1].received_at if log.entries else None
                if given is not None and newest is not None and given < newest:
                    told = {"given": self._told(given), "newest": self._told(newest)}
                    raise StoreError("out_of_order", **told)
                moment = given or self.clock.now()
                if newest is not None and moment < newest:  # the machine's clock went back
                    moment = newest
                content, records = entries.entry_rows(head, moment, parts)
                dated = head | {"received_at": moment.isoformat(), "records": records}
                if (version := self._book.add(log, dated, content, original)) is not None:
                    return Receipt(head["id"], self.clock.told(moment), version)
        raise StoreError("unavailable", file=self._files.place)

    def tables(self, known_at: Any = None) -> Tables:
        """The five tables, and the statements behind the applications."""
        return self._survivors.folded(self._log(known_at).counting).tables

    def history(self, known_at: Any = None) -> pd.DataFrame:
        """One row an upload (see HISTORY), in order of arrival; those undone too."""
        return history(self._log(known_at), self.clock)

    def read(self, known_at: Any = None) -> Contents:
        """Version, tables and history of one and the same moment."""
        log = self._log(known_at)
        return Contents(log.version, self._survivors.folded(log.counting).tables, history(log, self.clock))

    def records(self, kind: str | None = None, known_at: Any = None) -> pd.DataFrame:
        """`record_id, received_at, by, kind, facts` of what was recorded, in order of arrival; facts are dicts."""
        return records(self._log(known_at), self.clock, kind)

    def upload(self, upload_id: str) -> StoredUpload:
        """One upload with all its rows, undone or not."""
        entry = self._log().upload(upload_id)
        return stored(entry, self._book.rows_of(entry), self.clock)

    def original(self, upload_id: str) -> bytes:
        """The file as it was sent, proved by its digest."""
        return self._book.original(self._log().upload(upload_id).head["sha256"])

    def preview(self, upload: Upload) -> Preview:
        """What committing this upload now would change. Nothing is written."""
        log = self._log()
        now = self.clock.told(self.clock.now())
        new = {upload.table: placed(entries.typed(upload), now, len(log.digests))}
        same = log.same_file(upload.sha256, upload.table)
        folded = self._survivors.folded(log.counting)
        return preview(folded, upload.table, new=new, already=same.id if same else None)

    def preview_undo(self, upload_id: str) -> Preview:
        """What the tables become without it: `new` are rows that come back, `gone` rows that vanish."""
        log = self._log()
        entry = log.upload(upload_id)
        gone = () if upload_id in log.undone else (entry.arrival,)
        return preview(self._survivors.folded(log.counting), entry.head["table"], gone=gone)

    def brought(self, upload_id: str) -> Preview:
        """What an upload changed when it came, undone since or not: against what was known right before it."""
        log = self._log()
        entry = log.upload(upload_id)
        table = entry.head["table"]
        frame = entries.accepted(entries.read_rows(self._book.rows_of(entry)), table)
        new = {table: placed(frame, self.clock.told(entry.received_at), entry.arrival)}
        return preview(self._survivors.folded(log.before(entry).counting), table, new=new)

    def _log(self, known_at: Any = None) -> Log:
        return self._book.look().until(None if known_at is None else self.clock.utc(known_at))

    def _facts(self, entry: Entry) -> dict[str, str]:
        return {"when": self._told(entry.received_at), "by": entry.head["by"]}

    def _told(self, moment: pd.Timestamp) -> str:
        return f"{self.clock.told(moment):%d-%m-%Y %H:%M:%S}"
