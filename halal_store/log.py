"""
The log: one Delta table, one transaction an entry, and witnesses beside it that tell when a file is not as it was.

    log/_delta_log/<version>.json     the transactions; Delta's own, so that other programs read the table
    log/<entry>.parquet               the rows of an entry
    originals/<sha256>                the files as they were sent
    witness/<version>.<sha256>        empty: the transaction of that version exists and has that digest

Delta takes the newest transaction it finds for the newest there is: with its last file gone it shows, without a word,
the table as it was before. A witness is written after each transaction, so a transaction without one at the end is
the mark of a killed process and is accepted; a witness without its transaction is a loss. A transaction carries the
digest of its rows, its head that of the original. Entries are never removed: no vacuum, no clean-up, and no
checkpoints, which would be a second place for the same truth (opening 1.000 transactions takes 0,2 s without).
"""

import hashlib
import json
import logging
import re
import time
from contextlib import AbstractContextManager
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

import pandas as pd
from deltalake import CommitProperties, DeltaTable, PostCommitHookProperties, Schema
from deltalake.exceptions import DeltaError
from deltalake.transaction import AddAction

from halal_store.entries import COLUMNS, Entry
from halal_store.errors import StoreError, damaged, spoken
from halal_store.files import Files, Stat

LOG = logging.getLogger(__name__)

TRANSACTION: Final = re.compile(r"(\d{20})\.json")
WITNESS: Final = re.compile(r"(\d{20})\.([0-9a-f]{64})")
HEAD: Final = "pantauHalal"
"""The key of an entry's head in Delta's commitInfo."""

PROPERTIES: Final = {
    "delta.appendOnly": "true",
    "delta.enableExpiredLogCleanup": "false",
    "delta.checkpointInterval": "1000000000",
    "delta.logRetentionDuration": "interval 36500 days",
    "delta.deletedFileRetentionDuration": "interval 36500 days",
}
NO_HOOKS: Final = PostCommitHookProperties(create_checkpoint=False, cleanup_expired_logs=False)
ATTEMPTS: Final = 50
"""How often a commit tries for a number in the log where there is no lock."""


@dataclass(frozen=True)
class Log:
    """What a store's log says: its entries in order of arrival."""

    entries: tuple[Entry, ...] = ()
    digests: tuple[str, ...] = ()
    """Of every transaction, those without an entry too."""
    witnessed: int = 0
    """How many of them have a witness: all, but for those of a process killed on the way."""

    @property
    def version(self) -> str:
        """A name for everything in the log."""
        return _version(len(self.digests) - 1, self.digests[-1]) if self.digests else "0"

    def until(self, known_at: pd.Timestamp | None) -> "Log":
        """The log as it was at that moment (UTC)."""
        if known_at is None or not self.entries or self.entries[-1].received_at <= known_at:
            return self
        known = tuple(entry for entry in self.entries if entry.received_at <= known_at)
        return Log(known, self.digests[: known[-1].arrival + 1] if known else (), self.witnessed)


class Logbook:
    """The log on disk: looked through whole, with every file of it proved, and added to."""

    def __init__(self, files: Files, storage_options: dict[str, str] | None) -> None:
        self.files = files
        self._options = storage_options
        self._transactions: dict[str, tuple[Stat, str, Entry | None]] = {}
        self._proved: dict[str, tuple[Stat, str]] = {}
        self._table: DeltaTable | None = None
        self._using = Lock()

    def version(self) -> str:
        """`Log.version` of the log as it is now, from a listing of the transactions."""
        with spoken(self.files.place):
            listed = self.files.list("log/_delta_log")
            found = {name: stat for name, stat in listed.items() if _number(name) is not None}
            if not found:
                return self.look().version
            newest = max(found)
            held = self._transactions.get(f"log/_delta_log/{newest}")
            known = held is not None and held[0] == found[newest]
            digest = held[1] if known else _digest(self.files.read(f"log/_delta_log/{newest}"))
        # a listing with a gap is a name of its own: whoever asks will read, and be told
        gap = "" if len(found) == int(newest[:20]) + 1 else f"-{len(found)}"
        return _version(int(newest[:20]), digest) + gap

    def look(self) -> Log:
        """The log, proved. Raises StoreError `damaged` for the first file that is not as it was."""
        for patience in (0.02, 0.1, None):
            try:
                with spoken(self.files.place):
                    return self._look()
            except StoreError as error:
                # others commit while this looks: a listing may show a file and not yet the one before it
                if error.code != "damaged" or patience is None:
                    raise
                time.sleep(patience)
        raise AssertionError

    def _look(self) -> Log:
        witnesses = self._witnesses()  # before the transactions: each was there before its witness
        listed = self.files.list("log/_delta_log")
        found = {number: name for name in listed if (number := _number(name)) is not None}
        if not found and (witnesses or self.files.list("originals")):
            raise damaged("log", "hilang")
        entries, digests = [], []
        for number in range(max([*found, *witnesses], default=-1) + 1):
            name = _transaction(number)
            if number not in found:
                raise damaged(name, "hilang")
            digest, entry = self._transaction(name, number, listed[found[number]], witnesses.get(number))
            digests.append(digest)
            if entry is not None:
                entries.append(entry)
        for number in range(max(witnesses, default=-1)):
            if number not in witnesses:
                raise damaged(_witness(number, digests[number]), "hilang")
        log = Log(tuple(entries), tuple(digests), len(witnesses))
        self._prove(log)
        return log

    def _witnesses(self) -> dict[int, str]:
        found: dict[int, str] = {}
        for name, stat in self.files.list("witness").items():
            if not (told := WITNESS.fullmatch(name)):
                continue
            if stat.size or int(told[1]) in found:
                raise damaged(f"witness/{name}", "rusak")
            found[int(told[1])] = told[2]
        return found

    def _transaction(self, name: str, number: int, stat: Stat, witness: str | None) -> tuple[str, Entry | None]:
        held = self._transactions.get(name)
        if held is None or held[0] != stat:
            content = self.files.read(name)
            if not content:
                raise damaged(name, "kosong")
            digest = _digest(content)
            if witness not in (None, digest):
                raise damaged(name, "rusak")
            held = stat, digest, _entry(name, number, content)
            self._transactions[name] = held
        if witness not in (None, held[1]):
            raise damaged(name, "rusak")
        return held[1], held[2]

    def _prove(self, log: Log) -> None:
        """Every file an entry names is there and has the digest the entry says."""
        rows, originals = self.files.list("log"), self.files.list("originals")
        for entry in log.entries:
            self._prove_file("log", entry.file, rows, entry.sha256)
            if entry.kind == "upload":
                self._prove_file("originals", entry.head["sha256"], originals, entry.head["sha256"], self.files.whole)

    def _prove_file(self, folder: str, name: str, listed: dict[str, Stat], sha256: str, whole: bool = True) -> None:
        path, stat = f"{folder}/{name}", listed.get(name)
        if stat is None:
            raise damaged(path, "hilang")
        if self._proved.get(path) == (stat, sha256):
            return
        if whole:
            self._check(path, self.files.read(path), sha256)
        self._proved[path] = stat, sha256

    def _check(self, path: str, content: bytes, sha256: str) -> bytes:
        if _digest(content) != sha256:
            raise damaged(path, "rusak" if content else "kosong")
        return content

    def rows(self, entry: Entry) -> bytes:
        """The file with an entry's rows."""
        with spoken(f"log/{entry.file}"):
            return self._check(f"log/{entry.file}", self.files.read(f"log/{entry.file}"), entry.sha256)

    def original(self, sha256: str) -> bytes:
        """A file as it was sent."""
        with spoken(f"originals/{sha256}"):
            return self._check(f"originals/{sha256}", self.files.read(f"originals/{sha256}"), sha256)

    def turn(self) -> AbstractContextManager:
        """One writer at a time, as far as the place allows it."""
        with spoken(self.files.place):
            return self.files.turn()

    def begun(self) -> Log:
        """The log, proved; with the first transaction, which has no entry, where there was none."""
        log = self.look()
        if log.digests:
            return log
        with self._using, spoken(self.files.place):
            try:
                DeltaTable.create(
                    f"{self.files.url}/log",
                    Schema.from_arrow(COLUMNS),
                    mode="error",
                    description="Pantau Halal: setiap unggahan, pembatalan dan keputusan, menurut urutan terima",
                    configuration=PROPERTIES,
                    storage_options=self._options,
                    post_commithook_properties=NO_HOOKS,
                )
            except DeltaError:
                if not self.files.stat(_transaction(0)):
                    raise
        return self.look()

    def add(self, log: Log, head: dict[str, Any], content: bytes, original: bytes | None = None) -> str | None:
        """
        Adds an entry right behind the log as it was looked at; the version with it. None where another took that
        place meanwhile: look again. Killed at any instant, the entry is in the log whole or not at all.
        """
        number, file = len(log.digests), f"{head['id']}.parquet"
        head = head | {"file": file, "size": len(content), "file_sha256": _digest(content)}
        with self._using, spoken(self.files.place):
            self._witness(log)
            if original is not None:
                self._keep(head["sha256"], original)
            self.files.write(f"log/{file}", content)
            try:
                table = self._at(number - 1)
                if table is None:
                    return None
                self._append(table, head)
            except DeltaError:
                self._table = None  # what it holds in memory may be ahead of the log
                if not self.files.stat(_transaction(number)):
                    raise
                # an answer can get lost when the transaction did not
                if head["id"].encode() not in self.files.read(_transaction(number)):
                    return None
            self.files.settle(_transaction(number))
            digest = _digest(self.files.read(_transaction(number)))
        try:
            self.files.write(_witness(number, digest), b"")
        except OSError as reason:  # the entry is in the log; its witness is written before the next one
            LOG.warning("no witness of %s in %s: %s", number, self.files.place, reason)
        return _version(number, digest)

    def _keep(self, sha256: str, original: bytes) -> None:
        there = self.files.stat(f"originals/{sha256}")
        if there is None or _digest(self.files.read(f"originals/{sha256}")) != sha256:
            self.files.write(f"originals/{sha256}", original)

    def _at(self, number: int) -> DeltaTable | None:
        """The table as of a version; None where it is further already."""
        if self._table is None:
            self._table = DeltaTable(f"{self.files.url}/log", storage_options=self._options)
        elif self._table.version() < number:
            self._table.update_incremental()
        return self._table if self._table.version() == number else None

    def _append(self, table: DeltaTable, head: dict[str, Any]) -> None:
        # no least and greatest values: they would put names and addresses into the log
        stats = json.dumps({"numRecords": head.pop("records")})
        table.create_write_transaction(
            [AddAction(head["file"], head["size"], {}, int(time.time() * 1000), True, stats)],
            mode="append",
            schema=table.schema(),
            commit_properties=CommitProperties(custom_metadata={HEAD: head}, max_commit_retries=0),
            post_commithook_properties=NO_HOOKS,
        )

    def _witness(self, log: Log) -> None:
        for number in range(log.witnessed, len(log.digests)):
            self.files.write(_witness(number, log.digests[number]), b"")


def _entry(name: str, number: int, content: bytes) -> Entry | None:
    """The entry of a transaction; None for one that only says what the table looks like."""
    try:
        actions = [json.loads(line) for line in content.splitlines()]
        head = next((action["commitInfo"].get(HEAD) for action in actions if "commitInfo" in action), None)
        if head is None and not any(action.keys() & {"add", "remove"} for action in actions):
            return None
        received_at = pd.Timestamp(head["received_at"]).as_unit("us")
        return Entry(number, head, received_at, head["file"], head["size"], head["file_sha256"])
    except (ValueError, KeyError, TypeError, AttributeError) as reason:
        LOG.warning("%s: %r", name, reason)
        raise damaged(name, "rusak") from reason


def _number(name: str) -> int | None:
    told = TRANSACTION.fullmatch(name)
    return int(told[1]) if told else None


def _transaction(number: int) -> str:
    return f"log/_delta_log/{number:020}.json"


def _witness(number: int, digest: str) -> str:
    return f"witness/{number:020}.{digest}"


def _version(number: int, digest: str) -> str:
    return f"{number}-{digest[:12]}"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
