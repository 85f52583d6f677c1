"""
What somebody works on and has not committed yet: the files they dropped, with what they chose and mended.

    in_work/<person>.<item>.json        the choices, below the digest of what follows it
    in_work/<person>.<item>.original    the file as it was dropped

They lie beside the log and are no part of it: nothing counts before it is committed. Each item is written by itself
and whole, so that of two windows neither loses an item of the other; and a window that says which version it knew does
not write over another's. Who a person is stands in the names only as a digest. What nobody has touched for KEPT_DAYS
is deleted by whoever looks next.
"""

import json
import logging
import re
from collections.abc import Mapping
from threading import Lock
from typing import Any, Final, NamedTuple

import pandas as pd

from halal_metrics.personal import without_nik_anywhere
from halal_store.errors import StoreError, spoken
from halal_store.files import Files, Stat
from halal_store.transactions import digest_of

LOG = logging.getLogger(__name__)

FOLDER: Final = "in_work"
KEPT_DAYS: Final = 7

MOST: Final = 40
"""Items that are kept for one person: a desk of more is a folder."""
MOST_BYTES: Final = 2**30
"""Bytes of files that are kept for one person: five of the largest that can be dropped."""

_FACTS, _ORIGINAL = ".json", ".original"


class Item(NamedTuple):
    """Something in work: what was chosen (plain data, as it was kept), and the file as it was dropped."""

    name: str
    kept_at: pd.Timestamp
    facts: dict[str, Any]
    original: bytes
    version: str = ""


class Lies(NamedTuple):
    """The choices that lie there for an item, and the name of just this version of them."""

    version: str
    facts: dict[str, Any]
    mine: bool = False
    """Whether they are those that were to be kept."""


class Found(NamedTuple):
    """What is kept for somebody, the latest last; and what is damaged, by the filename where that can still be read."""

    items: list[Item]
    damaged: list[str]


class InWork:
    """
    The items in work of a store, each person's their own. Raises StoreError, with a sentence.

    >>> from tempfile import mkdtemp
    >>> from halal_store.files import files_at
    >>> desk, now = InWork(files_at(mkdtemp(), None)), pd.Timestamp("2025-06-04 02:00", tz="UTC")
    >>> desk.keep("rina@dinas.example", "a1", {"filename": "data.xlsx", "note": ""}, b"x", now=now).mine
    True
    >>> [item.facts["filename"] for item in desk.kept("rina@dinas.example", now=now).items]
    ['data.xlsx']
    >>> desk.kept("budi@uinsi.example", now=now).items
    []
    >>> desk.kept("rina@dinas.example", now=now + pd.Timedelta(days=8)).items
    []
    """

    def __init__(self, files: Files) -> None:
        self._files = files
        self._proved: dict[str, tuple[Stat, str]] = {}  # originals as they were when last written or read
        self._read: dict[str, tuple[Stat, Lies]] = {}
        self._writing = Lock()

    def keep(
        self,
        person: str,
        name: str,
        facts: Mapping[str, Any],
        original: bytes,
        *,
        now: pd.Timestamp,
        knew: str | None = None,
    ) -> Lies:
        """
        Keeps an item as it is now, in place of what was kept under its name. A NIK in its facts is replaced, as
        everywhere outside an original. Refuses with `in_work_full` where somebody keeps too much already.

        `knew`: the version that is known to lie there ("" for none). Where another one does, that one stays and is
        given back, to be joined with these facts; two processes that write within the same instant do not see this.
        """
        with self._writing:
            there = self.lying(person).get(name) if knew is not None else None
            if there is not None and there.version != knew:
                return there
            return self._keep(_path(person, name), person, facts, original, now)

    def _keep(self, path: str, person: str, facts: Mapping[str, Any], original: bytes, now: pd.Timestamp) -> Lies:
        digest = digest_of(original)
        record = {"kept_at": now.isoformat(), "sha256": digest, "facts": without_nik_anywhere(dict(facts))}
        text = json.dumps(record)
        with spoken(self._files.place):
            if not self._there(path + _ORIGINAL, original, digest):
                self._room(person, path, len(original))
                self._write(path + _ORIGINAL, original, digest)
            self._files.write(path + _FACTS, f"{digest_of(text.encode())}\n{text}".encode())
            if not self._files.stat(path + _ORIGINAL):  # another window has dropped the item meanwhile
                self._write(path + _ORIGINAL, original, digest)
        return Lies(digest_of(text.encode()), record["facts"], mine=True)

    def lying(self, person: str) -> dict[str, Lies]:
        """The choices that lie there for each of somebody's items, read anew only where they were written since."""
        mine = _path(person, "").removeprefix(f"{FOLDER}/")
        with spoken(self._files.place):
            listed = self._files.list(FOLDER)
            self._read = {file: read for file, read in self._read.items() if listed.get(file) == read[0]}
            for file in (name for name in listed if name.startswith(mine) and name.endswith(_FACTS)):
                if file not in self._read and (found := self._record(file)):
                    self._read[file] = listed[file], Lies(found[0], found[1]["facts"])
            read = dict(self._read)
        return {
            file.removeprefix(mine).removesuffix(_FACTS): one
            for file, (_, one) in read.items()
            if file.startswith(mine)
        }

    def kept(self, person: str, *, now: pd.Timestamp) -> Found:
        """What is kept for somebody. What is too old, whosever it is, is deleted."""
        mine, items, damaged = _path(person, "").removeprefix(f"{FOLDER}/"), [], []
        with spoken(self._files.place):
            listed = self._files.list(FOLDER)
            living: set[str] = set()
            for file in (name for name in listed if name.endswith(_FACTS)):
                version, record = self._record(file) or ("", None)
                item = file.removesuffix(_FACTS)
                if _old(pd.Timestamp(record["kept_at"]) if record else _changed(listed[file]), now):
                    if self._deleted(file, listed):
                        self._deleted(item + _ORIGINAL, listed)
                    continue
                living |= {file, item + _ORIGINAL}
                if not file.startswith(mine):
                    continue
                original = self._original(item + _ORIGINAL, record["sha256"]) if record else None
                if record and original is not None:
                    at, facts = pd.Timestamp(record["kept_at"]), record["facts"]
                    items.append(Item(item.removeprefix(mine), at, facts, original, version))
                elif self._files.stat(f"{FOLDER}/{file}"):  # else another window has just dropped it
                    damaged.append(str(record["facts"].get("filename", file)) if record else file)
            for file in listed.keys() - living:  # what a killed process left behind
                if _old(_changed(listed[file]), now):
                    self._deleted(file, listed)
        return Found(sorted(items, key=lambda item: (item.kept_at, item.name)), sorted(damaged))

    def drop(self, person: str, name: str) -> None:
        """Keeps an item no longer: it was committed, or taken off the desk."""
        path = _path(person, name)
        with spoken(self._files.place):
            for file in (path + _FACTS, path + _ORIGINAL):
                self._files.delete(file)

    def _record(self, file: str) -> tuple[str, dict[str, Any]] | None:
        """The version of an item and its choices as they were written; None where they are damaged."""
        try:
            digest, _, text = self._files.read(f"{FOLDER}/{file}").decode().partition("\n")
            if digest_of(text.encode()) != digest:
                raise ValueError("not what was written")
            return digest, json.loads(text)
        except (OSError, ValueError) as reason:
            LOG.warning("%s/%s is damaged: %r", FOLDER, file, reason)
            return None

    def _original(self, file: str, digest: str) -> bytes | None:
        """The file as it was dropped; None where it is not what it was."""
        try:
            content = self._files.read(f"{FOLDER}/{file}")
            if digest_of(content) != digest:
                raise ValueError("not what was written")
            return content
        except (OSError, ValueError) as reason:
            LOG.warning("%s/%s is damaged: %r", FOLDER, file, reason)
            return None

    def _there(self, path: str, original: bytes, digest: str) -> bool:
        """Whether these bytes are kept already; over a network their size must do."""
        stat = self._files.stat(path)
        if stat is None or stat.size != len(original):
            return False
        if self._files.whole and self._proved.get(path) != (stat, digest):
            if digest_of(self._files.read(path)) != digest:
                return False
            self._proved[path] = stat, digest
        return True

    def _write(self, path: str, original: bytes, digest: str) -> None:
        self._files.write(path, original)
        if stat := self._files.stat(path):
            self._proved[path] = stat, digest

    def _room(self, person: str, path: str, size: int) -> None:
        """Refuses one more item of this size where there are too many."""
        others = [
            stat.size
            for name, stat in self._files.list(FOLDER).items()
            if name.endswith(_ORIGINAL)
            and f"{FOLDER}/{name}".startswith(_path(person, ""))
            and f"{FOLDER}/{name}" != path + _ORIGINAL
        ]
        if len(others) >= MOST or sum(others) + size > MOST_BYTES:
            raise StoreError("in_work_full", count=len(others), megabytes=round(sum(others) / 2**20))

    def _deleted(self, file: str, listed: dict[str, Stat]) -> bool:
        """Deletes a file, unless somebody has written it anew since it was listed."""
        if file not in listed or self._files.stat(f"{FOLDER}/{file}") != listed[file]:
            return False
        LOG.info("%s/%s is older than %s days", FOLDER, file, KEPT_DAYS)
        self._files.delete(f"{FOLDER}/{file}")
        return True


def _path(person: str, name: str) -> str:
    """Where an item lies, without its ending; of the name "" what the paths of all of somebody's items begin with."""
    if not re.fullmatch(r"[\w-]{0,100}", name, re.ASCII):
        raise ValueError(f"{name!r} is no name of an item")
    return f"{FOLDER}/{digest_of(person.encode())[:32]}.{name}"


def _changed(stat: Stat) -> pd.Timestamp | None:
    """When a file was written, by the clock of the place it is in; None where that does not say."""
    return pd.Timestamp(stat.mtime_ns, tz="UTC") if stat.mtime_ns else None


def _old(at: pd.Timestamp | None, now: pd.Timestamp) -> bool:
    return at is not None and now - at > pd.Timedelta(days=KEPT_DAYS)
