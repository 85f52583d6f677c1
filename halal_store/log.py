"""What a store's log says."""

from dataclasses import dataclass

import pandas as pd

from halal_store.entries import Entry
from halal_store.errors import StoreError
from halal_store.transactions import version_name


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
        return version_name(len(self.digests) - 1, self.digests[-1]) if self.digests else "0"

    def until(self, known_at: pd.Timestamp | None) -> "Log":
        """The log as it was at that moment (UTC)."""
        if known_at is None or not self.entries or self.entries[-1].received_at <= known_at:
            return self
        return self._of(tuple(entry for entry in self.entries if entry.received_at <= known_at))

    def before(self, entry: Entry) -> "Log":
        """The log right before an entry."""
        return self._of(tuple(earlier for earlier in self.entries if earlier.arrival < entry.arrival))

    @property
    def uploads(self) -> tuple[Entry, ...]:
        """All uploads, undone ones too."""
        return tuple(entry for entry in self.entries if entry.kind == "upload")

    @property
    def undone(self) -> dict[str, Entry]:
        """upload_id → the undo of it."""
        return {entry.head["undoes"]: entry for entry in self.entries if entry.kind == "undo"}

    @property
    def counting(self) -> tuple[Entry, ...]:
        """The uploads that have not been undone."""
        undone = self.undone
        return tuple(entry for entry in self.uploads if entry.id not in undone)

    def upload(self, upload_id: str) -> Entry:
        """One upload; StoreError `unknown_upload` where there is none of that id."""
        for entry in self.uploads:
            if entry.id == upload_id:
                return entry
        raise StoreError("unknown_upload", upload_id=upload_id)

    def same_file(self, sha256: str, table: str) -> Entry | None:
        """The counting upload of the same bytes for the same table."""
        same = (sha256, table)
        return next((entry for entry in self.counting if (entry.head["sha256"], entry.head["table"]) == same), None)

    def _of(self, known: tuple[Entry, ...]) -> "Log":
        return Log(known, self.digests[: known[-1].arrival + 1] if known else (), self.witnessed)
