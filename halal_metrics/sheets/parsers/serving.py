"""The child's side of the pipe: a job comes in, sheets go out, until there is nobody any more who asks."""

import contextlib
import ctypes
import json
import os
import signal
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

import pyarrow as pa

from halal_metrics.sheets.parsers import columnar, delimited, markup, workbook
from halal_metrics.sheets.parsers.errors import without_errors
from halal_metrics.sheets.parsers.folded import unfolded
from halal_metrics.sheets.parsers.parsed import Parsed, Refused, as_line

try:
    import resource
except ImportError:  # Windows
    resource = None

_RANGES: Final = ("merged", "said", "without_result", "widths", "hidden_rows")
_GIVEN_BACK: Final = 128 * 2**20
_GRACE: Final = 10
"""Seconds after which the child ends itself if the program that should have ended it is gone."""


def serve(memory: int, kept: int) -> None:
    """
    Answers jobs until the pipe closes. `memory`: bytes this process may take, where the system can hold it to that;
    `kept`: bytes up to which it goes on after a file.

    A job is a line of JSON (`kind, name, size, seconds` and what the kind needs) and `size` bytes. The answer is, for
    each sheet, a line of JSON (`name, hidden, merged, said, size`) and `size` bytes of an Arrow stream, its columns of
    large_string or of codes for it; then a line with `done`, `refused` (a code) or `failed` (what was raised).
    """
    asked, answers = _pipes()
    _limit(memory)
    _say(answers, {"ready": os.getpid()})
    while line := asked.readline():
        job = json.loads(line)
        content = asked.read(job["size"])
        if len(content) < job["size"]:
            return
        _say(answers, _answer(job, content, answers))
        content = b""
        if _taken() > kept:
            return
        with contextlib.suppress(OSError):  # what was said about this file does not concern the next
            os.ftruncate(2, 0)
            os.lseek(2, 0, os.SEEK_SET)


def _answer(job: dict[str, Any], content: bytes, answers: BinaryIO) -> dict[str, Any]:
    _alarm(job["seconds"] + _GRACE)
    try:
        for parsed in _parse(job, content):
            _send(answers, without_errors(unfolded(parsed)))
    except BrokenPipeError:
        raise
    except Refused as refused:
        return {"refused": refused.code}
    except MemoryError as error:
        return {"failed": as_line(error), "memory": True}
    except BaseException as error:  # a Rust panic is not even an Exception
        return {"failed": f"{type(error).__name__}: {as_line(error)}"}
    finally:
        _alarm(0)
    return {"done": True}


def _parse(job: dict[str, Any], content: bytes) -> Iterator[Parsed]:
    match job["kind"]:
        case "zip":
            return workbook.read_zip(content, sparse=job.get("sparse", False))
        case "compound":
            return workbook.read_compound(content)
        case "markup":
            return markup.read(content, job["name"])
        case "parquet":
            return columnar.read(content, job["name"])
        case "delimited":
            return iter([delimited.read(content, job["name"])])
    raise ValueError(f"no parser for {job['kind']}")


def _send(answers: BinaryIO, parsed: Parsed) -> None:
    batch = pa.record_batch(parsed.columns, [str(place) for place in range(len(parsed.columns))])
    measure = pa.MockOutputStream()
    with pa.ipc.new_stream(measure, batch.schema) as stream:
        stream.write_batch(batch)
    about = {name: getattr(parsed, name) for name in ("name", "hidden")}
    ranges = {name: list(getattr(parsed, name)) for name in _RANGES}
    errors = {text: list(cells) for text, cells in parsed.errors.items()}
    _say(answers, about | ranges | {"errors": errors, "size": measure.size()})
    with pa.ipc.new_stream(answers, batch.schema) as stream:
        stream.write_batch(batch)
    answers.flush()


def _say(answers: BinaryIO, what: dict[str, Any]) -> None:
    answers.write(json.dumps(what).encode() + b"\n")
    answers.flush()


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output, kept away from whatever a parser prints."""
    answers = os.fdopen(os.dup(1), "wb", buffering=2**16)
    os.dup2(2, 1)
    return sys.stdin.buffer, answers


def _limit(memory: int) -> None:
    # an interrupt at the keyboard goes to every process there; it is the program's to answer
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(5)  # whoever looks at a page meanwhile goes first
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as score:
        score.write("1000")  # where the whole machine runs out of memory, this goes first
    if resource:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _alarm(seconds: int) -> None:
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


def _taken() -> int:
    """Bytes of memory of this process, after giving back what can be; 0 where the system does not say."""
    if _resident() > _GIVEN_BACK:
        pa.default_memory_pool().release_unused()
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)
    return _resident()


def _resident() -> int:
    try:
        with open("/proc/self/statm") as pages:
            return int(pages.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
