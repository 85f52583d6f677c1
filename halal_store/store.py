"""The store: what has been sent, undone and decided, in order of arrival, and the tables that follow from it."""

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NamedTuple

import pandas as pd

from halal_metrics.schema import COUNT, DATE, TEXT, conform
from halal_metrics.sheets import Upload
from halal_store import entries
from halal_store.entries import Entry
from halal_store.errors import StoreError
from halal_store.files import files_at
from halal_store.log import ATTEMPTS, Log, Logbook
from halal_store.moments import Clock
from halal_store.preview import Preview, preview
from halal_store.survivors import Survivors
from halal_store.tables import Tables, placed

HISTORY: Final = {
    "upload_id": TEXT,
    "received_at": DATE,
    "by": TEXT,
    "note": TEXT,
    "filename": TEXT,
    "sha256": TEXT,
    "table": TEXT,
    "statement_date": DATE,  # the latest in the file
    "rows": COUNT,
    "rejected": COUNT,
    "skipped": COUNT,
    "warnings": COUNT,
    "undone_at": DATE,  # missing while the upload counts
    "undone_by": TEXT,
    "undo_reason": TEXT,
}

RECORDS: Final = ("record_id", "received_at", "by", "kind", "facts")


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


class StoredUpload(NamedTuple):
    """An upload as it was committed; `sheets` and `choices` as plain data."""

    upload_id: str
    table: str
    filename: str
    sha256: str
    received_at: pd.Timestamp
    by: str
    note: str
    frame: pd.DataFrame
    rejected: pd.DataFrame
    problems: pd.DataFrame
    skipped: pd.DataFrame
    sheets: list[dict[str, Any]]
    choices: dict[str, Any]


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
        head, parts = entries.upload_parts(upload)
        head = {"kind": "upload", "by": by, "note": note} | head

        def check(log: Log) -> None:
            if earlier := _same_file(log, upload):
                raise StoreError("already_committed", **self._facts(earlier), filename=earlier.head["filename"])

        return self._add(head, parts, received_at, check, upload.content)

    def undo(self, upload_id: str, *, by: str, reason: str, received_at: Any = None) -> Receipt:
        """From here on the upload counts for nothing; it stays in the history. The receipt is in the upload's name."""
        head = {"kind": "undo", "by": by, "reason": reason, "undoes": upload_id}

        def check(log: Log) -> None:
            _upload(log, upload_id)
            if undo := _undone(log).get(upload_id):
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
        return self._survivors.folded(_counting(self._log(known_at))).tables

    def history(self, known_at: Any = None) -> pd.DataFrame:
        """One row an upload (see HISTORY), in order of arrival; those undone too."""
        return self._history(self._log(known_at))

    def read(self, known_at: Any = None) -> Contents:
        """Version, tables and history of one and the same moment."""
        log = self._log(known_at)
        return Contents(log.version, self._survivors.folded(_counting(log)).tables, self._history(log))

    def records(self, kind: str | None = None, known_at: Any = None) -> pd.DataFrame:
        """`record_id, received_at, by, kind, facts` of what was recorded, in order of arrival; facts are dicts."""
        log = self._log(known_at)
        found = [e for e in log.entries if e.kind not in ("upload", "undo") and kind in (None, e.kind)]
        frame = pd.DataFrame(
            {name: [entry.head[key] for entry in found] for name, key in (("record_id", "id"), ("by", "by"))}
            | {"kind": [entry.kind for entry in found]},
            dtype="str",
        )
        frame["received_at"] = self.clock.column([entry.received_at for entry in found])
        frame["facts"] = pd.Series([entry.head["facts"] for entry in found], dtype="object")
        return frame[list(RECORDS)]

    def upload(self, upload_id: str) -> StoredUpload:
        """One upload with all its rows, undone or not."""
        entry = _upload(self._log(), upload_id)
        head, rows = entry.head, entries.read_rows(self._book.rows(entry))
        facts = entries.facts_of(rows, "upload")
        return StoredUpload(
            entry.id,
            head["table"],
            head["filename"],
            head["sha256"],
            self.clock.told(entry.received_at),
            head["by"],
            head["note"],
            entries.accepted(rows, head["table"]),
            entries.rejected_of(rows, facts["rejected_columns"]),
            entries.problems_of(rows),
            entries.skipped_of(rows),
            entries.sheets_of(facts),
            facts["choices"],
        )

    def original(self, upload_id: str) -> bytes:
        """The file as it was sent, proved by its digest."""
        return self._book.original(_upload(self._log(), upload_id).head["sha256"])

    def preview(self, upload: Upload) -> Preview:
        """What committing this upload now would change. Nothing is written."""
        log = self._log()
        now = self.clock.told(self.clock.now())
        new = {upload.table: placed(entries.typed(upload), now, len(log.digests))}
        same = _same_file(log, upload)
        folded = self._survivors.folded(_counting(log))
        return preview(folded, upload.table, new=new, already=same.id if same else None)

    def preview_undo(self, upload_id: str) -> Preview:
        """What the tables become without it: `new` are rows that come back, `gone` rows that vanish."""
        log = self._log()
        entry = _upload(log, upload_id)
        gone = () if upload_id in _undone(log) else (entry.arrival,)
        return preview(self._survivors.folded(_counting(log)), entry.head["table"], gone=gone)

    def brought(self, upload_id: str) -> Preview:
        """What an upload changed when it came, undone since or not: against what was known right before it."""
        log = self._log()
        entry = _upload(log, upload_id)
        table = entry.head["table"]
        frame = entries.accepted(entries.read_rows(self._book.rows(entry)), table)
        new = {table: placed(frame, self.clock.told(entry.received_at), entry.arrival)}
        return preview(self._survivors.folded(_counting(log.before(entry))), table, new=new)

    def _log(self, known_at: Any = None) -> Log:
        return self._book.look().until(None if known_at is None else self.clock.utc(known_at))

    def _history(self, log: Log) -> pd.DataFrame:
        uploads, undone = [entry for entry in log.entries if entry.kind == "upload"], _undone(log)
        undos = [undone.get(entry.id) for entry in uploads]
        same = (
            "by",
            "note",
            "filename",
            "sha256",
            "table",
            "statement_date",
            "rows",
            "rejected",
            "skipped",
            "warnings",
        )
        frame = pd.DataFrame(
            {name: [entry.head[name] for entry in uploads] for name in same}
            | {
                "upload_id": [entry.id for entry in uploads],
                "undone_by": [undo and undo.head["by"] for undo in undos],
                "undo_reason": [undo and undo.head["reason"] for undo in undos],
            },
        )
        frame["statement_date"] = pd.to_datetime(frame["statement_date"])
        frame["received_at"] = self.clock.column([entry.received_at for entry in uploads])
        frame["undone_at"] = self.clock.column([undo and undo.received_at for undo in undos])
        return conform(frame, HISTORY)

    def _facts(self, entry: Entry) -> dict[str, str]:
        return {"when": self._told(entry.received_at), "by": entry.head["by"]}

    def _told(self, moment: pd.Timestamp) -> str:
        return f"{self.clock.told(moment):%d-%m-%Y %H:%M:%S}"


def _upload(log: Log, upload_id: str) -> Entry:
    for entry in log.entries:
        if entry.kind == "upload" and entry.id == upload_id:
            return entry
    raise StoreError("unknown_upload", upload_id=upload_id)


def _undone(log: Log) -> dict[str, Entry]:
    """upload_id → the undo of it."""
    return {entry.head["undoes"]: entry for entry in log.entries if entry.kind == "undo"}


def _counting(log: Log) -> tuple[Entry, ...]:
    """The uploads that have not been undone."""
    undone = _undone(log)
    return tuple(entry for entry in log.entries if entry.kind == "upload" and entry.id not in undone)


def _same_file(log: Log, upload: Upload) -> Entry | None:
    """The counting upload of the same bytes for the same table."""
    same = (upload.sha256, upload.table)
    return next((e for e in _counting(log) if (e.head["sha256"], e.head["table"]) == same), None)
