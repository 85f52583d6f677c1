"""Starts the app as a process of its own, for tests in a browser and for measurements."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parents[1]
PRODUCT = (sys.executable, "-m", "halal_ui.server")


@dataclass(frozen=True)
class Served:
    """A server that answers: its address, its process and what it has printed."""

    url: str
    process: subprocess.Popen
    log: Path

    def get(self, path: str = "/", **headers: str):
        return urlopen(Request(self.url + path, headers=headers), timeout=30)


@contextmanager
def served(folder: Path, command: tuple[str, ...] = PRODUCT, **environment: str) -> Iterator[Served]:
    """
    A running app with an empty store of its own in `folder`, hence with the demonstration set in it.

    It asks the system for a port and says which one it got, so that any number of them can start at once.
    """
    log = folder / "server.log"
    own = {"PORT": "0", "PANTAU_HALAL_STORE": str(folder / "store"), "PYTHONUNBUFFERED": "1"}
    with log.open("wb") as printed:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **own, **environment}, stdout=printed, stderr=subprocess.STDOUT,
            start_new_session=True,
        )  # fmt: skip
    try:
        yield Served(_healthy(process, log), process, log)
    finally:
        _end(process, signal.SIGTERM)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            _end(process, signal.SIGKILL)
            process.wait()


def _end(process: subprocess.Popen, by: signal.Signals) -> None:
    """The process with all that it has started: `make` would leave its server behind."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, by)


def _healthy(process: subprocess.Popen, log: Path, patience: float = 300) -> str:
    url, until = None, time.monotonic() + patience
    while time.monotonic() < until and process.poll() is None:
        try:
            url = url or re.search(r"URL: (http\S+)", log.read_text("utf-8"))[1]
            with urlopen(url + "/_stcore/health", timeout=patience):
                return url
        except (TypeError, OSError):  # nothing printed yet, or nobody listening
            time.sleep(0.05)
    raise RuntimeError(f"{process.args} did not start:\n{log.read_text('utf-8')}")
