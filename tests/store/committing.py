"""What other processes do to a store while a test looks on."""

import os
import sys
from multiprocessing import forkserver, get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path

from registers import register

from halal_store import Store


def processes() -> ForkServerContext:
    """Processes that start at once: forked from one that has imported everything and done nothing yet."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["committing"])
    # the server is started here because Python 3.11 does not hand it this process's path
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    forkserver.ensure_running()
    os.environ.pop("PYTHONPATH")
    if before is not None:
        os.environ["PYTHONPATH"] = before
    return context


def commit_and_say(folder: Path, numbers: range, said: Connection) -> None:
    """Commits the registers with these numbers one by one, and says each that has returned."""
    store = Store(folder)
    for number in numbers:
        store.commit(register(number), by="Rina")
        said.send(number)


def commit_all(folder: Path, numbers: range) -> None:
    """Commits the registers with these numbers, undoes every third, and records each."""
    store = Store(folder)
    for number in numbers:
        receipt = store.commit(register(number, number + 1000), by="Rina")
        if number % 3 == 0:
            store.undo(receipt.upload_id, by="Rina", reason="salah")
        store.record("note", {"number": number}, by="Rina")


def freeze_and_say(folder: Path, said: Connection) -> None:
    """Freezes a meeting, and says its id."""
    said.send(Store(folder).freeze(title="Rakor", date="2025-06-04 09:00", by="Rina").id)
