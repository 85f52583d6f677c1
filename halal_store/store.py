"""A store of spreadsheets: a folder with the files as they were sent."""

import shutil
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, NamedTuple

import pandas as pd

from halal_metrics.schema import COUNT, DATE, TEXT, conform
from halal_metrics.sheets import UnreadableFile, read_upload
from halal_store.tables import Statement, Tables, fold

SPREADSHEETS: Final = (".xlsx", ".csv", ".parquet")

HISTORY: Final = {
    "filename": TEXT,
    "sha256": TEXT,
    "received_at": DATE,
    "table": TEXT,
    "statement_date": DATE,  # the latest in the file
    "rows": COUNT,
    "rejected": COUNT,
    "warnings": COUNT,
    "error": TEXT,  # why the file could not be read; missing where it could
}


class Contents(NamedTuple):
    """What a store holds: the tables, and one row of `history` (see HISTORY) for each file, in order of arrival."""

    version: str
    tables: Tables
    history: pd.DataFrame


class Store:
    """
    The spreadsheets in a folder, which is made if need be. They arrive in the order of their names, and a file put
    into the folder counts from then on.

    >>> from tempfile import mkdtemp
    >>> store = Store(mkdtemp())
    >>> len(store.read().tables.applications)
    0
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.path.mkdir(parents=True, exist_ok=True)

    @property
    def files(self) -> list[Path]:
        """The spreadsheets, in order of arrival."""
        found = (file for file in self.path.iterdir() if file.suffix.lower() in SPREADSHEETS)
        return sorted(file for file in found if not file.name.startswith(("~", ".")))  # a lock of an open Excel

    @property
    def version(self) -> str:
        """A name for the contents: it changes when a file comes, goes or is changed."""
        return _version(self.files)

    def seed(self, files: Iterable[Path]) -> None:
        """Copies these files into the store."""
        for file in files:
            shutil.copy2(file, self.path)

    def read(self) -> Contents:
        """Reads every file. One that cannot be read stands in the history with the reason, and counts for nothing."""
        files = self.files
        read = [_read(file) for file in files]
        history = pd.DataFrame([entry for _, entry in read], columns=list(HISTORY))
        return Contents(
            _version(files),
            fold(statement for statement, _ in read if statement is not None),
            conform(history, HISTORY),
        )


def _read(file: Path) -> tuple[Statement | None, dict[str, Any]]:
    """What a file states, and its line in the history."""
    content = file.read_bytes()
    received_at = pd.Timestamp(file.stat().st_mtime, unit="s").floor("s")
    entry = {"filename": file.name, "sha256": sha256(content).hexdigest(), "received_at": received_at}
    try:
        upload = read_upload(content, filename=file.name)
    except UnreadableFile as reason:
        return None, entry | {"error": str(reason), "rows": 0, "rejected": 0, "warnings": 0}
    stated = upload.frame["statement_date"].max() if "statement_date" in upload.frame else pd.NaT
    return Statement(upload.table, upload.frame, received_at), entry | {
        "table": upload.table,
        "statement_date": stated,
        "rows": len(upload.frame),
        "rejected": len(upload.rejected),
        "warnings": int((upload.problems["severity"] == "warning").sum()),
    }


def _version(files: list[Path]) -> str:
    seen = sha256()
    for file in files:
        stat = file.stat()
        seen.update(f"{file.name}\0{stat.st_size}\0{stat.st_mtime_ns}\0".encode())
    return seen.hexdigest()[:16]
