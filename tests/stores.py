"""Stores for tests: the demonstration set is read and committed once a run, and copied where it is needed."""

import os
import shutil
from pathlib import Path
from uuid import uuid4

from filelock import FileLock

from halal_store import Store
from halal_ui.snapshot import demonstration
from halal_ui.snapshot.programme import programme


def demo_store(to: Path, kept_in: Path) -> Path:
    """A store with the demonstration set at `to`, which is not there yet. `kept_in`: a folder all workers share."""
    made = kept_in / "demo-store"
    with FileLock(kept_in / "demo-store.lock"):
        if not made.exists():
            growing = kept_in / f"growing-{uuid4().hex}"
            demonstration.fill(Store(growing, time_zone=programme().time_zone))
            os.rename(growing, made)
    shutil.copytree(made, to)
    return to
