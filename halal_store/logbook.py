"""The log: looked through whole, with every file of it proved, and added to."""

import logging
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Lock
from typing import Any, Final

from deltalake import DeltaTable
from deltalake.exceptions import DeltaError

from halal_store.entries import Entry
from halal_store.errors import StoreError, damaged, spoken
from halal_store.files import Files, Stat
from halal_store.log import Log
from halal_store.transactions import (
    WITNESS,
    append,
    digest_of,
    entry_in,
    make_table,
    number_of,
    transaction_file,
    version_name,
    widened,
    witness_file,
)

LOG = logging.getLogger(__name__)

ATTEMPTS: Final = 50
"""How often a commit tries for a number in the log where there is no lock."""

PATIENCE: Final = (0.02, 0.1)
"""Seconds before a damaged log is looked at again: while others commit, a listing may show a file and not yet the one
written before it."""


class Logbook:
    """The log on disk: looked through whole, with every file of it proved, and added to."""

    def __init__(self, files: Files, storage_options: dict[str, str] | None) -> None:
        self.files = files
        self._options = storage_options
        self._transactions: dict[str, tuple[Stat, str, Entry | None]] = {}
        self._proved: dict[str, tuple[Stat, str]] = {}
        self.known: dict[int, str] = {}  # arrival → digest of the entry's rows, as last looked at
        self._table: DeltaTable | None = None
        self._using = Lock()

    def version(self) -> str:
        """`Log.version` of the log as it is now, from a listing of the transactions."""
        with spoken(self.files.place):
            listed = self.files.list("log/_delta_log")
            found = {name: stat for name, stat in listed.items() if number_of(name) is not None}
            if not found:
                return self.look().version
            newest = max(found)
            held = self._transactions.get(f"log/_delta_log/{newest}")
            if held is not None and held[0] == found[newest]:
                digest = held[1]
            else:
                digest = digest_of(self.files.read(f"log/_delta_log/{newest}"))
        # a listing with a gap is a name of its own: whoever asks will read, and be told
        gap = "" if len(found) == int(newest[:20]) + 1 else f"-{len(found)}"
        return version_name(int(newest[:20]), digest) + gap

    def look(self) -> Log:
        """The log, proved. Raises StoreError `damaged` for the first file that is not as it was."""
        for patience in (*PATIENCE, None):
            try:
                with spoken(self.files.place):
                    return self._look()
            except StoreError as error:
                if error.code != "damaged" or patience is None:
                    raise
                time.sleep(patience)
        raise AssertionError

    def _look(self) -> Log:
        witnesses = self._witnesses()  # before the transactions: each was there before its witness
        listed = self.files.list("log/_delta_log")
        found = {number: name for name in listed if (number := number_of(name)) is not None}
        if not found and (witnesses or self.files.list("originals") or self.files.list("log")):
            raise damaged("log", "hilang")
        entries, digests, unread = [], [], self._unread({name: listed[name] for name in found.values()})
        for number in range(max([*found, *witnesses], default=-1) + 1):
            name = transaction_file(number)
            if number not in found:
                raise damaged(name, "hilang")
            digest, entry = self._transaction(name, number, unread.get(name), witnesses.get(number))
            digests.append(digest)
            if entry is not None:
                entries.append(entry)
        for number in range(max(witnesses, default=-1)):
            if number not in witnesses:
                raise damaged(witness_file(number, digests[number]), "hilang")
        log = Log(tuple(entries), tuple(digests), len(witnesses))
        self._prove(log)
        self.known = {entry.arrival: entry.sha256 for entry in entries}
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

    def _unread(self, listed: dict[str, Stat]) -> dict[str, tuple[Stat, bytes]]:
        """The transactions that are not as they were when last read, by path, with what they are now."""
        changed = {f"log/_delta_log/{name}": stat for name, stat in listed.items()}
        changed = {
            path: stat
            for path, stat in changed.items()
            if path not in self._transactions or self._transactions[path][0] != stat
        }
        contents = self.files.read_all(list(changed))
        return {path: (stat, content) for (path, stat), content in zip(changed.items(), contents, strict=True)}

    def _transaction(
        self, name: str, number: int, unread: tuple[Stat, bytes] | None, witness: str | None
    ) -> tuple[str, Entry | None]:
        if unread is not None:
            stat, content = unread
            digest = digest_of(content)
            if witness not in (None, digest) or not content:
                raise damaged(name, "rusak" if content else "kosong")
            self._transactions[name] = stat, digest, entry_in(name, number, content)
        _, digest, entry = self._transactions[name]
        if witness not in (None, digest):
            raise damaged(name, "rusak")
        return digest, entry

    def _prove(self, log: Log) -> None:
        """Every file an entry names is there and has the size and digest the entry says."""
        rows, originals = self.files.list("log"), self.files.list("originals")
        for entry in log.entries:
            self._prove_file("log", entry.file, rows, entry.size, entry.sha256)
            if entry.kind == "upload":
                head = entry.head
                self._prove_file("originals", head["sha256"], originals, head["bytes"], head["sha256"])

    def _prove_file(self, folder: str, name: str, listed: dict[str, Stat], size: int, sha256: str) -> None:
        path, stat = f"{folder}/{name}", listed.get(name)
        if stat is None:
            raise damaged(path, "hilang")
        if self._proved.get(path) == (stat, sha256):
            return
        if stat.size != size:
            raise damaged(path, "rusak" if stat.size else "kosong")
        if self.files.whole:  # else when its bytes are asked for
            _proved(path, self.files.read(path), sha256)
        self._proved[path] = stat, sha256

    def rows(self, *entries: Entry) -> Iterator[bytes]:
        """The files with the rows of these entries, in this order."""
        paths = [f"log/{entry.file}" for entry in entries]
        with spoken(self.files.place):
            for path, entry, content in zip(paths, entries, self.files.read_all(paths), strict=True):
                yield _proved(path, content, entry.sha256)

    def rows_of(self, entry: Entry) -> bytes:
        """The file with the rows of one entry."""
        (content,) = self.rows(entry)
        return content

    def original(self, sha256: str) -> bytes:
        """A file as it was sent."""
        with spoken(f"originals/{sha256}"):
            return _proved(f"originals/{sha256}", self.files.read(f"originals/{sha256}"), sha256)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """One writer at a time, as far as the place allows it."""
        with ExitStack() as held:
            with spoken(self.files.place):
                held.enter_context(self.files.turn())
            yield

    def begun(self) -> Log:
        """The log, proved; with the first transaction, which has no entry, where there was none."""
        log = self.look()
        if log.digests:
            return log
        with self._using, spoken(self.files.place):
            try:
                make_table(f"{self.files.url}/log", self._options)
            except DeltaError:
                if not self.files.stat(transaction_file(0)):  # else another made it meanwhile
                    raise
            self.files.settle(transaction_file(0))
        return self.look()

    def add(self, log: Log, head: dict[str, Any], content: bytes, original: bytes | None = None) -> str | None:
        """
        Adds an entry right behind the log as it was looked at; the version with it. None where another took that
        place meanwhile: look again. Killed at any instant, the entry is in the log whole or not at all.
        """
        number, file = len(log.digests), f"{head['id']}.parquet"
        head = head | {"file": file, "size": len(content), "file_sha256": digest_of(content)}
        with self._using, spoken(self.files.place):
            for missing in range(log.witnessed, number):
                self.files.write(witness_file(missing, log.digests[missing]), b"")
            if original is not None:
                self._keep(head["sha256"], original)
            self.files.write(f"log/{file}", content)
            try:
                table = self._at(number - 1)
                if table is None:
                    return None
                if widened(table):
                    self.files.settle(transaction_file(number))
                    return None
                append(table, head)
            except (DeltaError, OSError):
                self._table = None  # what it holds in memory may be ahead of the log
                if not self.files.stat(transaction_file(number)):
                    raise
                # an answer can get lost when the transaction did not
                if head["id"].encode() not in self.files.read(transaction_file(number)):
                    return None
            digest = digest_of(self.files.read(transaction_file(number)))
        try:
            self.files.settle(transaction_file(number))
            self.files.write(witness_file(number, digest), b"")
        except OSError as reason:  # the entry is in the log; its witness is written before the next one
            LOG.warning("no witness of %s in %s: %s", number, self.files.place, reason)
        return version_name(number, digest)

    def _keep(self, sha256: str, original: bytes) -> None:
        """The original, once; one that a killed process left is whole, but may have been damaged since."""
        name = f"originals/{sha256}"
        if not self.files.stat(name) or digest_of(self.files.read(name)) != sha256:
            self.files.write(name, original)

    def _at(self, number: int) -> DeltaTable | None:
        """The table as of a version; None where it is further already."""
        if self._table is None:
            self._table = DeltaTable(f"{self.files.url}/log", storage_options=self._options)
        elif self._table.version() < number:
            self._table.update_incremental()
        return self._table if self._table.version() == number else None


def _proved(path: str, content: bytes, sha256: str) -> bytes:
    if digest_of(content) != sha256:
        raise damaged(path, "rusak" if content else "kosong")
    return content
