"""The store: what has been sent, undone and decided, in order of arrival, and the tables that follow from it."""

import secrets
from collections.abc import Callable, Collection, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from halal_metrics.sheets import Upload
from halal_store import entries, meetings, notes
from halal_store.contents import Contents
from halal_store.entries import Entry
from halal_store.errors import StoreError
from halal_store.files import files_at
from halal_store.folds import Folds
from halal_store.history import history, records
from halal_store.in_work import InWork
from halal_store.log import Log
from halal_store.logbook import Logbook
from halal_store.meetings import Meeting
from halal_store.moments import Clock
from halal_store.notes import Noted
from halal_store.preview import Preview, preview
from halal_store.stored import StoredUpload, stored
from halal_store.tables import Tables, placed
from halal_store.transactions import digest_of
from halal_store.writer import Entered, Receipt, Writer


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
    known at that moment. A NIK is kept in no text: it is replaced when it is written, and `on_nik` is called then, to
    tell whoever wrote it; only the originals hold what was sent. Everything raises StoreError, with a sentence in
    Indonesian and a `.code`; what is damaged is named, and never read past. Safe with several processes and threads.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        time_zone: str | None = None,
        storage_options: dict[str, str] | None = None,
        on_nik: Callable[[], None] | None = None,
    ) -> None:
        self.path = path
        self.clock = Clock(time_zone)
        self._files = files_at(path, storage_options)
        self._book = Logbook(self._files, storage_options)
        self._survivors = Folds(self._book, self.clock)
        self._writer = Writer(self._book, self.clock, on_nik)
        self.in_work = InWork(self._files)

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

        def checked(log: Log) -> Entered:
            if earlier := log.same_file(upload.sha256, upload.table):
                raise StoreError("already_committed", **self._facts(earlier), filename=earlier.head["filename"])
            return head, parts

        return self._writer.add(checked, received_at=received_at, original=upload.content)

    def undo(self, upload_id: str, *, by: str, reason: str, received_at: Any = None) -> Receipt:
        """From here on the upload counts for nothing; it stays in the history. The receipt is in the upload's name."""
        head = {"kind": "undo", "by": by, "reason": reason, "undoes": upload_id}

        def checked(log: Log) -> Entered:
            log.upload(upload_id)
            if undo := log.undone.get(upload_id):
                raise StoreError("already_undone", upload_id=upload_id, **self._facts(undo))
            return head, [entries.fact_part("undo")]

        receipt = self._writer.add(checked, received_at=received_at)
        return receipt._replace(upload_id=upload_id)

    def record(self, kind: str, facts: dict[str, Any], *, by: str, received_at: Any = None) -> Receipt:
        """Adds something decided to the log: `facts` is plain data (what JSON can say), `kind` says of what."""
        if kind in ("upload", "undo"):
            raise ValueError(f"{kind!r} is no kind of record: it would count as one")
        return self._writer.record(kind, lambda log: facts, by=by, received_at=received_at)

    def note(
        self,
        kind: str,
        stated: Mapping[str, Any],
        *,
        by: str,
        note_id: str | None = None,
        meeting: str | None = None,
        received_at: Any = None,
    ) -> Noted:
        """
        Adds a note of a kind (see `notes.KINDS`), or states some fields of one anew. `meeting`: the id of that at which
        it is said, whose papers it belongs to.
        """
        first, name = note_id is None, note_id or secrets.token_hex(6)
        facts = {"note": name, "first": first, "meeting": meeting, "stated": notes.plain(kind, stated)}

        def checked(log: Log) -> dict[str, Any]:
            if meeting is not None:
                meetings.entry_of(log, meeting)
            if not first and name not in set(notes.fold(records(log, self.clock, None), kind)["note_id"]):
                raise StoreError("unknown_note", note_id=name)
            return facts

        return Noted(name, *self._writer.record(kind, checked, by=by, received_at=received_at))

    def take_back(
        self, record_id: str, *, by: str, reason: str = "", meeting: str | None = None, received_at: Any = None
    ) -> Receipt:
        """
        From here on a record of a note, or the freezing of a meeting, counts for nothing; it stays in the log. A
        meeting taken back is not listed any more, and opens as before by its id.
        """

        def checked(log: Log) -> dict[str, Any]:
            entry = next((one for one in log.entries if one.id == record_id), None)
            if entry is None or entry.kind not in (*notes.KINDS, meetings.KIND):
                raise StoreError("unknown_note", note_id=record_id)
            if undo := notes.taken_back(records(log, self.clock, notes.TAKEN_BACK)).get(record_id):
                raise StoreError("already_taken_back", when=f"{undo['received_at']:%d-%m-%Y %H:%M}", by=undo["by"])
            return {"record": record_id, "reason": reason, "meeting": meeting}

        return self._writer.record(notes.TAKEN_BACK, checked, by=by, received_at=received_at)

    def notes(self, kind: str, known_at: Any = None) -> pd.DataFrame:
        """The notes of a kind as they stand, one a row: its columns and NOTED."""
        return notes.fold(self.records(known_at=known_at), kind)

    def changes(self, known_at: Any = None) -> pd.DataFrame:
        """Who stated what of which note, before and after (see `notes.CHANGES`), in order of arrival."""
        return notes.changes(self.records(known_at=known_at))

    def freeze(
        self,
        *,
        title: str,
        date: Any,
        as_of: Any = None,
        known_at: Any = None,
        place: str = "",
        previous: str | None = None,
        codes: Collection[str] | None = None,
        by: str,
        received_at: Any = None,
    ) -> Meeting:
        """
        A meeting: the set of numbers known at `known_at` (None: now), as of `as_of` (None: the day of the meeting).

        `date`: its day, or the moment it starts. `previous`: the id of the one it is compared with; None: the last that
        starts no later; "": none. `codes`: those of the programme it is about; None leaves that to whoever counts. What
        arrives from here on, an undo too, changes nothing in it.
        """
        starts_at, moment = pd.Timestamp(date), None if known_at is None else self.clock.utc(known_at)
        if moment is not None and moment > max(self.clock.now(), self.clock.utc(received_at or "1970-01-01")):
            raise StoreError("not_yet", known_at=self.clock.written(moment))
        as_of = (starts_at if as_of is None else pd.Timestamp(as_of)).date()
        about = {"title": title, "starts_at": starts_at, "place": place, "codes": codes}
        stated = meetings.facts(**about, as_of=as_of, known_at=moment)

        def checked(log: Log) -> dict[str, Any]:  # as the log stands, so that no two meetings get one id
            if previous:
                meetings.entry_of(log, previous)
            before = meetings.before(log, starts_at) if previous is None else previous or None
            return stated | {"meeting": meetings.next_id(log, starts_at.date()), "previous": before}

        receipt = self._writer.record(meetings.KIND, checked, by=by, received_at=received_at)
        log = self._log()
        return self._meeting(log, next(one for one in log.entries if one.id == receipt.upload_id))

    def meetings(self) -> list[Meeting]:
        """Those that were not taken back, in the order in which they were frozen."""
        log = self._log()
        return [self._meeting(log, entry) for entry in meetings.standing(log)]

    def meeting_ids(self) -> set[str]:
        """Of all that were ever frozen, those taken back too."""
        return {entry.head["facts"]["meeting"] for entry in meetings.frozen(self._log())}

    def meeting(self, meeting_id: str) -> Meeting:
        """One meeting; StoreError `unknown_meeting` where there is none of that id."""
        log = self._log()
        return self._meeting(log, meetings.entry_of(log, meeting_id))

    def _meeting(self, log: Log, entry: Entry) -> Meeting:
        before, then = entry.head["facts"]["previous"], meetings.known(log, entry)
        return meetings.meeting_of(
            entry,
            self.clock,
            records=records(meetings.noted(log, entry), self.clock, None),
            contents=partial(self._contents, then),
            previous=lambda: None if before is None else self.meeting(before),
        )

    def _contents(self, log: Log) -> Contents:
        return Contents(log.version, self._survivors.folded(log.counting).tables, history(log, self.clock))

    def tables(self, known_at: Any = None) -> Tables:
        """The five tables, and the statements behind the applications."""
        return self._survivors.folded(self._log(known_at).counting).tables

    def history(self, known_at: Any = None) -> pd.DataFrame:
        """One row an upload (see HISTORY), in order of arrival; those undone too."""
        return history(self._log(known_at), self.clock)

    def read(self, known_at: Any = None) -> Contents:
        """Version, tables and history of one and the same moment."""
        return self._contents(self._log(known_at))

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
        now = self.clock.local(self.clock.now())
        new = {upload.table: placed(entries.typed(upload), now, len(log.digests))}
        same = log.same_file(upload.sha256, upload.table)
        folded = self._survivors.folded(log.counting)
        return preview(folded, upload.table, received=now, new=new, already=same.id if same else None)

    def preview_undo(self, upload_id: str) -> Preview:
        """What the tables become without it: `new` are rows that come back, `gone` rows that vanish."""
        log = self._log()
        entry = log.upload(upload_id)
        gone = () if upload_id in log.undone else (entry.arrival,)
        received = self.clock.local(entry.received_at)
        return preview(self._survivors.folded(log.counting), entry.head["table"], received=received, gone=gone)

    def brought(self, upload_id: str) -> Preview:
        """What an upload changed when it came, undone since or not: against what was known right before it."""
        log = self._log()
        entry = log.upload(upload_id)
        table = entry.head["table"]
        frame = entries.accepted(entries.read_rows(self._book.rows_of(entry)), table)
        received = self.clock.local(entry.received_at)
        new = {table: placed(frame, received, entry.arrival)}
        return preview(self._survivors.folded(log.before(entry).counting), table, received=received, new=new)

    def _log(self, known_at: Any = None) -> Log:
        return self._book.look().until(None if known_at is None else self.clock.utc(known_at))

    def _facts(self, entry: Entry) -> dict[str, str]:
        return {"when": self.clock.written(entry.received_at), "by": entry.head["by"]}
