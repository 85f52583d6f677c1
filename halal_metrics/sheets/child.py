"""
One child process that parses what strangers send.

The parsers are native code. A damaged file can abort them, a small one can ask for terabytes; neither can be caught in
Python, and a parse in the program itself would hold up everybody else. So bytes go through a pipe to a child with
limits on memory and time, and Arrow comes back. The child ends when the pipe closes, so also when this program is
killed.
"""

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
from math import ceil, inf
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

import pyarrow as pa

from halal_metrics.personal import without_nik
from halal_metrics.sheets.said.problems import UnreadableFile

MEMORY: Final = 4 * 2**30
"""Bytes of addresses a child may take: twenty columns of a million rows need 3,2 GB. Held to on Linux and the BSDs."""

KEPT: Final = 512 * 2**20
"""Bytes that a child may still take when a file is done: above, the next file gets a fresh child."""

_PIPE: Final = 2**20
"""Bytes under way at once, as many as Linux lets anybody have: the two wait for each other less often."""

START_SECONDS: Final = 60
_AT_WORK: Final = 0.05
"""Share of its time that a child computes for at least, unless the machine has no time for it."""

_SHARE: Final = 0.5
TIMES: Final = 3
"""
On a machine that is busy a child gets its time up to so often, until it has computed for that share of it: better a
long wait than to send a file again.
"""

START: Final = """
import json, sys, types
sys.path[:] = json.loads(sys.argv[1])
for name, folder in json.loads(sys.argv[2]).items():  # the package without what it imports
    sys.modules[name] = types.ModuleType(name)
    sys.modules[name].__path__ = [folder]
class NoPandas:  # pyarrow would import it for a child's first file, half a second for what nothing here needs
    def find_spec(self, name, *_):
        if name == "pandas":
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, NoPandas())
from halal_metrics.sheets.parsers.serving import serve
serve(*map(int, sys.argv[3:]))
"""
"""What a child runs."""
_HERE: Final = Path(__file__).resolve().parent

log = logging.getLogger(__name__)


class ParserUnavailable(UnreadableFile):
    """
    No child can be started, or somebody ended or stopped it, so nothing is known of the file. To parse it in the
    program itself would be a risk.
    """

    def __init__(self) -> None:
        super().__init__("unavailable")


class Died(Exception):
    """
    A child ended in the middle of a file; `of` is "time", "memory" or "crash", or what is not the file's doing: "end",
    "rest" (it was stopped, or the machine had no time for it).
    """

    def __init__(self, of: str, said: str):
        super().__init__(f"{of}: {said}")
        self.of = of


Sheets = list[tuple[dict[str, Any], list[pa.Array]]]
"""For each sheet what is said of it (`name, hidden, merged, said`), and its columns."""


class Worker:
    """One child process, which runs `start`."""

    def __init__(self, memory: int = MEMORY, kept: int = KEPT, *, start: str = START):
        self.usable = True
        self._overdue: str | None = None
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the child lives
        folders = {"halal_metrics": str(_HERE.parent), "halal_metrics.sheets": str(_HERE)}
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-I", "-c", start, *map(json.dumps, (sys.path, folders, memory, kept))],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                env=os.environ | {"RUST_BACKTRACE": "0"},
                pipesize=_PIPE,
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

    def parse(self, job: dict[str, Any], content: bytes, *, seconds: float) -> tuple[dict[str, Any], Sheets]:
        """The child's last word (`done`, `refused` or `failed`), and the sheets. Raises Died."""
        self.usable = False  # until the answer is complete; whatever interrupts it, nobody gets the rest of it
        sheets: Sheets = []
        with self._deadline(seconds):
            asked = job | {"size": len(content), "seconds": ceil(seconds) * TIMES}
            try:
                self._asked.write(json.dumps(asked).encode() + b"\n")
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
    def _deadline(self, seconds: float) -> Iterator[None]:
        done = threading.Event()
        before = _computed(self.process.pid)
        threading.Thread(target=self._watch, args=(done, seconds, before), daemon=True).start()
        try:
            yield
        finally:
            done.set()

    def _watch(self, done: threading.Event, seconds: float, before: float) -> None:
        """Ends the child when its time is over, unless it is done by then; it had computed for `before` seconds."""
        stopped, share = False, 0.0
        for _ in range(TIMES):
            if done.wait(seconds):
                return
            stopped = _is_stopped(self.process.pid)
            share = (_computed(self.process.pid) - before) / seconds
            if stopped or not share < _SHARE:  # not a number where the system does not say
                break
        self._overdue = "rest" if stopped or share < _AT_WORK else "time"
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
            return Died(self._overdue or "time", what)
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


def _stat(pid: int) -> list[bytes]:
    """What Linux says of a process, from its state on; nothing where the system does not say."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as stat:
            return stat.read().rpartition(b")")[2].split()
    except OSError:
        return []


def _is_stopped(pid: int) -> bool:
    return _stat(pid)[:1] in ([b"T"], [b"t"])


def _computed(pid: int) -> float:
    """Seconds for which a process has computed; without end where nobody knows."""
    said = _stat(pid)
    return (int(said[11]) + int(said[12])) / os.sysconf("SC_CLK_TCK") if said else inf
