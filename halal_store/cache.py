"""
Folds kept on disk, so that a new process need not fold again: a copy of what follows from the log, never a source.

One file a table, named by its own digest, and an index that names them and the uploads they hold. Whatever is missing
or not as it was is passed over, and made anew. `cache/` can be deleted at any time.
"""

import hashlib
import json
import logging
from collections.abc import Collection
from typing import Any, Final

import pandas as pd
import pyarrow as pa
from pyarrow import feather

from halal_metrics.schema import APPLICATIONS, TABLES, conform
from halal_store.errors import StoreError
from halal_store.files import Files
from halal_store.tables import NAMED, ROW, Folded, finished

LOG = logging.getLogger(__name__)

FORMAT: Final = 1
"""Raised when a fold of the same rows comes out otherwise: an older index is then passed over."""

WORTH: Final = 20_000
"""Rows from which folding again takes longer than reading a copy."""

FOLDER: Final = "cache"


def kept(files: Files, digests: dict[int, str], clock: str) -> tuple[frozenset[int], Folded] | None:
    """
    The newest usable fold, and the arrivals it holds. `digests` of the entries in the log, by arrival: a fold of
    uploads that are not in this log is not of this store. `clock`: on which a row without a date got its own.
    """
    for name in sorted((name for name in files.list(FOLDER) if name.endswith(".json")), reverse=True):
        try:
            index = json.loads(files.read(f"{FOLDER}/{name}"))
            if index["format"] != FORMAT or index["schema"] != _schema() or index["clock"] != clock:
                continue
            uploads = {int(arrival): digest for arrival, digest in index["uploads"].items()}
            if any(digests.get(arrival) != digest for arrival, digest in uploads.items()):
                continue
            frames = {table: _read(files, digest) for table, digest in index["frames"].items()}
            rows = {table: conform(frames[table], TABLES[table] | _added(table)) for table in TABLES}
            applications = conform(frames["told"], APPLICATIONS)
            return frozenset(uploads), finished(applications, rows["applications"], rows)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, pa.ArrowException) as reason:
            LOG.warning("%s/%s in %s is passed over: %r", FOLDER, name, files.place, reason)
    return None


def keep(files: Files, folded: Folded, digests: dict[int, str], clock: str) -> None:
    """Keeps a fold of the uploads with these arrivals and digests, for older ones. Failing harms nothing."""
    try:
        before = files.list(FOLDER)
        frames = {table: _write(files, frame) for table, frame in folded.rows.items()}
        frames["told"] = _write(files, folded.tables.applications)
        index = {"format": FORMAT, "schema": _schema(), "clock": clock, "uploads": digests, "frames": frames}
        name = f"{max(digests, default=0):020}-{len(digests):08}.json"
        files.write(f"{FOLDER}/{name}", json.dumps(index).encode())
        for old in before.keys() - {name, *frames.values()}:
            files.delete(f"{FOLDER}/{old}")
    except (OSError, StoreError) as reason:
        LOG.warning("no fold kept in %s: %r", files.place, reason)


def worth(folded: Folded, held: Collection[int], on_disk: Collection[int]) -> bool:
    """Whether a fold is large enough to keep, and far enough from the one on disk."""
    rows = sum(map(len, folded.rows.values()))
    return rows >= WORTH and len(set(held) ^ set(on_disk)) > len(held) // 20


def _added(table: str) -> dict[str, str]:
    return ROW | (NAMED if table == "applications" else {})


def _schema() -> list[Any]:
    """What a frame on disk must have been made for."""
    return [[table, [list(column) for column in columns.items()]] for table, columns in TABLES.items()]


def _write(files: Files, frame: pd.DataFrame) -> str:
    out = pa.BufferOutputStream()
    feather.write_feather(pa.Table.from_pandas(frame, preserve_index=False), out, compression="zstd")
    content = out.getvalue().to_pybytes()
    digest = hashlib.sha256(content).hexdigest()
    files.write(f"{FOLDER}/{digest}", content)
    return digest


def _read(files: Files, digest: str) -> pd.DataFrame:
    content = files.read(f"{FOLDER}/{digest}")
    if hashlib.sha256(content).hexdigest() != digest:
        raise ValueError(f"{digest} is damaged")
    return feather.read_table(pa.BufferReader(content)).to_pandas()
