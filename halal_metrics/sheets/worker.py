"""
Child processes that parse what strangers send: started when first needed, kept warm, replaced when they die.

The parsers are native code. A damaged file can abort them, a small one can ask for terabytes; neither can be caught in
Python, and a parse in the program itself would hold up everybody else. So bytes go through a pipe to a child with
limits on memory and time, and Arrow comes back. The child ends when the pipe closes, so also when this program is
killed.
"""

import atexit
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

import pyarrow as pa

from halal_metrics.personal import without_nik
from halal_metrics.sheets.problems import UnreadableFile

MEMORY: Final = 4 * 2**30
"""Bytes of addresses a child may take: twenty columns of a million rows need 3,2 GB. Held to on Linux and the BSDs."""

KEPT: Final = 512 * 2**20
"""Bytes that a child may still take when a file is done: above, the next file gets a fresh child."""

SECONDS: Final = {"compound": 8}
SECONDS_PACKED: Final = 20
BYTES_A_SECOND: Final = 2**20
"""
Time for a file of any size, longer where a small one can hold much, and how much of a file one second more is for: a
tenth of what an idle machine parses.
"""

START_SECONDS: Final = 60
MOST: Final = 3
"""Children at once; whoever comes then waits for one."""

_SMALL: Final = 16 * 2**20
"""Bytes of an .xls, which packs nothing: one smaller than this that asks for more than there is, is damaged."""

START: Final = """
import json, sys, types
sys.path[:] = json.loads(sys.argv[1])
for name, folder in json.loads(sys.argv[2]).items():  # the package without what it imports: pandas alone takes a second
    sys.modules[name] = types.ModuleType(name)
    sys.modules[name].__path__ = [folder]
from halal_metrics.sheets.parsers.serving import serve
serve(*map(int, sys.argv[3:]))
"""
"""What a child runs."""
_HERE: Final = Path(__file__).resolve().parent

log = logging.getLogger(__name__)


class ParserUnavailable(UnreadableFile):
    """No child can be started, so nothing is known of the file. To parse it in the program itself would be a risk."""

    def __init__(self) -> None:
        ValueError.__init__(
            self,
            "Pembaca berkas tidak dapat dijalankan di server ini, jadi berkas belum dibaca; berkasnya sendiri belum "
            "tentu bermasalah. Coba lagi sebentar; bila tetap gagal, hubungi pengelola server.",
        )
        self.code = "unavailable"


class Died(Exception):
    """A child ended in the middle of a file; `of` is "time", "memory", "crash", or "end" (not the file's doing)."""

    def __init__(self, of: str, said: str):
        super().__init__(f"{of}: {said}")
        self.of = of


Sheets = list[tuple[dict[str, Any], list[pa.Array]]]
"""For each sheet what is said of it (`name, hidden, merged`), and its columns."""


class Worker:
    """One child process, which runs `start`."""

    def __init__(self, memory: int = MEMORY, kept: int = KEPT, *, start: str = START):
        self.usable = True
        self._overdue = False
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the child lives
        folders = {"halal_metrics": str(_HERE.parent), "halal_metrics.sheets": str(_HERE)}
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-I", "-c", start, *map(json.dumps, (sys.path, folders, memory, kept))],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                env=os.environ | {"RUST_BACKTRACE": "0"},
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            log.error("no child process can be started: %s", error)
            raise ParserUnavailable from error
        self._asked = cast(BinaryIO, self.process.stdin)
        self._answers = cast(BinaryIO, self.process.stdout)
        try:
            with self._deadline(START_SECONDS):
                self._listen()
        except BaseException as error:
            self.end()
            if isinstance(error, Died):
                log.error("the child process does not start: %s", error)
                raise ParserUnavailable from error
            raise

    def parse(self, job: dict[str, Any], content: bytes, *, seconds: int) -> tuple[dict[str, Any], Sheets]:
        """The child's last word (`done`, `refused` or `failed`), and the sheets. Raises Died."""
        self.usable = False  # until the answer is complete; whatever interrupts it, nobody gets the rest of it
        sheets: Sheets = []
        with self._deadline(seconds):
            try:
                self._asked.write(json.dumps(job | {"size": len(content), "seconds": seconds}).encode() + b"\n")
                self._asked.write(content)
                self._asked.flush()
            except OSError as error:
                raise self._death() from error
            while "name" in (said := self._listen()):
                sheets.append((said, self._columns(said["size"])))
        self.usable = not self._overdue
        return said, sheets

    def _listen(self) -> dict[str, Any]:
        line = self._answers.readline()
        if not line.endswith(b"\n"):
            raise self._death()
        return json.loads(line)

    def _columns(self, size: int) -> list[pa.Array]:
        buffer = pa.allocate_buffer(size)
        rest = memoryview(buffer)
        while rest:
            count = self._answers.readinto(rest)  # type: ignore[attr-defined]
            if not count:
                raise self._death()
            rest = rest[count:]
        return pa.ipc.open_stream(buffer).read_next_batch().columns

    @contextmanager
    def _deadline(self, seconds: int) -> Iterator[None]:
        timer = threading.Timer(seconds, self._give_up)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _give_up(self) -> None:
        self._overdue = True
        self.process.kill()

    def _death(self) -> Died:
        """Why the child has ended; it has closed its end of the pipe."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(5)
        code = self.process.poll()
        self._errors.seek(0)
        said = self._errors.read(4000).decode("utf-8", "replace")
        self.end()
        what = f"exit code {code}. {without_nik(' '.join(said.split())[:500])}"
        if self._overdue or code == -getattr(signal, "SIGALRM", 0):
            return Died("time", what)
        if any(words in said for words in ("memory allocation of", "bad_alloc", "MemoryError", "out of memory")):
            return Died("memory", what)
        return Died("end" if code in (0, -9, -15) else "crash", what)

    def end(self) -> None:
        """Ends the child; it has nothing to save."""
        self.usable = False
        self.process.kill()
        self.process.wait()
        for pipe in (self._asked, self._answers, self._errors):
            with suppress(OSError):  # what was still to be written
                pipe.close()

    def forget(self) -> None:
        """In a process forked from the one that started the child: it is the other's."""
        self.process.returncode = 0
        for pipe in (self._asked, self._answers):
            pipe.raw.close()  # type: ignore[attr-defined] - without writing what the other process has still to write


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


def parse(job: dict[str, Any], content: bytes, *, pool: Pool | None = None, seconds: int | None = None) -> Sheets:
    """
    The sheets of a file, parsed in a child. `job`: what the child needs to know, `kind` and `name` at least.

    Raises UnreadableFile: with the child's reason; `too_large` where it took too much memory or time; `corrupt` where
    it died of the file; ParserUnavailable where there is no child.
    """
    seconds = seconds or SECONDS.get(job["kind"], SECONDS_PACKED) + len(content) // BYTES_A_SECOND
    for again in (False, True):
        try:
            with (pool or POOL).worker() as worker:
                said, sheets = worker.parse(job, content, seconds=seconds)
        except Died as death:
            level = logging.INFO if death.of == "end" else logging.WARNING
            log.log(level, "a %s file of %d bytes lost its parser (%s)", job["kind"], len(content), death)
            if death.of == "end" and not again:
                continue  # killed by somebody, or for the memory of the whole machine: the file may be innocent
            if death.of == "memory" and job["kind"] == "zip" and not job.get("sparse"):
                return parse(job | {"sparse": True}, content, pool=pool, seconds=seconds)
            damaged = death.of == "crash" or (job["kind"] == "compound" and len(content) < _SMALL)
            raise UnreadableFile("corrupt" if damaged else "too_large") from death
        if "done" in said:
            return sheets
        if "failed" in said:
            log.info(
                "a %s file of %d bytes cannot be parsed: %s", job["kind"], len(content), without_nik(said["failed"])
            )
        raise UnreadableFile(said.get("refused") or ("too_large" if said.get("memory") else "corrupt"))
    raise UnreadableFile("too_large")
