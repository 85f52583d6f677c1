"""The children that parse what strangers send: started when first needed, kept warm, replaced when they die."""

import atexit
import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any, Final

from halal_metrics.personal import without_nik
from halal_metrics.sheets.child import KEPT, MEMORY, Died, ParserUnavailable, Sheets, Worker
from halal_metrics.sheets.said.problems import UnreadableFile

SECONDS: Final = {"compound": 8}
SECONDS_PACKED: Final = 17
"""Time for a file of any size, longer where a small one can hold much."""

BYTES_A_SECOND: Final = 2**20
BYTES_A_SECOND_PACKED: Final = 8 * 2**20
"""
How much of a file one second more is for, less than an idle machine parses; a zip of 20 MB, which can hold more than
any machine, is done with in 20 seconds.
"""

_LAST: Final = 1
"""Seconds that a second try has at least."""

MOST: Final = 3
"""Children at once; whoever comes then waits for one."""

_SMALL: Final = 16 * 2**20
"""Bytes of an .xls, which packs nothing: one smaller than this that asks for more than there is, is damaged."""

log = logging.getLogger(__name__)


class Pool:
    """At most so many children, those that are idle kept for the next file."""

    def __init__(self, most: int = MOST, memory: int = MEMORY, kept: int = KEPT):
        self.memory, self.kept = memory, kept
        self.workers: set[Worker] = set()
        self._most = most
        self._begin()

    def _begin(self) -> None:
        self._places = threading.BoundedSemaphore(self._most)
        self._lock = threading.Lock()
        self._idle: list[Worker] = []

    @contextmanager
    def worker(self) -> Iterator[Worker]:
        """A child for one file. Raises ParserUnavailable."""
        with self._places:
            worker = self._take()
            try:
                yield worker
            finally:
                self._give_back(worker)

    def _take(self) -> Worker:
        with self._lock:
            while self._idle:
                worker = self._idle.pop()
                if worker.process.poll() is None:
                    return worker
                self.workers.discard(worker)
                worker.end()
        worker = Worker(self.memory, self.kept)
        with self._lock:
            self.workers.add(worker)
        return worker

    def _give_back(self, worker: Worker) -> None:
        with self._lock:
            if worker.usable:
                self._idle.append(worker)
                return
            self.workers.discard(worker)
        worker.end()

    def close(self) -> None:
        """Ends all children; the next file starts one again."""
        with self._lock:
            workers, self.workers, self._idle = self.workers, set(), []
        for worker in workers:
            worker.end()

    def forget(self) -> None:
        for worker in self.workers:
            worker.forget()
        self.workers = set()
        self._begin()


POOL = Pool()
atexit.register(POOL.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=POOL.forget)


def warm() -> None:
    """Starts a child ahead of the first file."""
    with POOL.worker():
        pass


def parse(job: dict[str, Any], content: bytes, *, pool: Pool | None = None, seconds: float | None = None) -> Sheets:
    """
    The sheets of a file, parsed in a child. `job`: what the child needs to know, `kind` and `name` at least.

    Raises UnreadableFile: with the child's reason; `too_large` where it took too much memory or time; `corrupt` where
    it died of the file; ParserUnavailable where there is no child, or it died of something else.
    """
    rate = BYTES_A_SECOND_PACKED if job["kind"] == "zip" else BYTES_A_SECOND
    seconds = seconds or SECONDS.get(job["kind"], SECONDS_PACKED) + len(content) // rate
    until, again = 0.0, False
    while True:
        try:
            with (pool or POOL).worker() as worker:
                until = until or monotonic() + seconds  # of the wait for a child it knows nothing
                said, sheets = worker.parse(job, content, seconds=max(until - monotonic(), _LAST))
            break
        except Died as death:
            innocent = death.of in ("end", "rest")
            level = logging.INFO if innocent else logging.WARNING
            log.log(level, "a %s file of %d bytes lost its parser (%s)", job["kind"], len(content), death)
            if death.of == "end" and not again:
                again = True  # killed by somebody, or for the memory of the whole machine
            elif death.of == "memory" and job["kind"] == "zip" and not job.get("sparse"):
                job = job | {"sparse": True}
            elif innocent:
                raise ParserUnavailable from death
            else:
                damaged = death.of == "crash" or (job["kind"] == "compound" and len(content) < _SMALL)
                raise UnreadableFile("corrupt" if damaged else "too_large") from death
    if "done" in said:
        return sheets
    if "failed" in said:
        log.info("a %s file of %d bytes cannot be parsed: %s", job["kind"], len(content), without_nik(said["failed"]))
    raise UnreadableFile(said.get("refused") or ("too_large" if said.get("memory") else "corrupt"))
