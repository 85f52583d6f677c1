"""The child that parses dies, hangs, or is interrupted: the file has its answer, and the next file its child."""

import functools
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psutil
import pytest
from children import BOOK, CELLS, JOB, LARGE, gone, pids, read
from make_files import xlsx_bytes

from halal_metrics.sheets import UnreadableFile, child, worker
from halal_metrics.sheets.worker import Pool

unix = pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="signals of Unix")


@pytest.fixture
def pool() -> Iterator[Pool]:
    pool = Pool()
    yield pool
    pool.close()


@contextmanager
def meanwhile(act: Callable[[int], None], pool: Pool) -> Iterator[None]:
    """The pool's child stands still; once somebody has been waiting for it, `act` is done to it."""
    pid = pids(pool)[0]
    os.kill(pid, signal.SIGSTOP)
    timer = threading.Timer(0.3, act, [pid])
    timer.start()
    yield
    timer.join()


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


@unix
def test_killed_between_two_files(pool):
    """The next file has a new one."""
    read(pool)
    (pid,) = pids(pool)
    kill(pid)
    pool.workers.copy().pop().process.wait()
    assert read(pool) == CELLS
    assert pids(pool) != [pid]


@unix
def test_killed_in_the_middle_of_a_file(pool):
    """The file is innocent, so it is read again, by another one."""
    read(pool)
    with meanwhile(kill, pool):
        assert read(pool) == CELLS


@unix
def test_killed_in_the_middle_of_a_large_file(pool):
    """Also while the bytes are still on their way, more than a pipe holds."""
    read(pool)
    with meanwhile(kill, pool):
        assert read(pool, LARGE)[0][-1] == "teks 7999 0"


@unix
def test_killed_over_and_over(monkeypatch, pool):
    """By somebody, or by the system where memory runs out: nothing is known of the file, so it is not blamed."""
    start = worker.Worker.parse

    def killed(child: worker.Worker, *arguments, **options):
        os.kill(child.process.pid, signal.SIGSTOP)
        threading.Timer(0.1, kill, [child.process.pid]).start()
        return start(child, *arguments, **options)

    monkeypatch.setattr(worker.Worker, "parse", killed)
    with pytest.raises(UnreadableFile) as refused:
        read(pool)
    assert refused.value.code == "unavailable"
    assert "Coba lagi" in str(refused.value)
    assert not pool.workers


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc of Linux")
def test_one_that_is_stopped_is_ended(pool):
    """After its time it is killed; the file, which it did not work on, is not blamed, and the next one is read."""
    read(pool)
    (pid,) = pids(pool)
    os.kill(pid, signal.SIGSTOP)
    with pytest.raises(UnreadableFile) as refused:
        read(pool, seconds=1)
    assert refused.value.code == "unavailable"
    assert gone(pid)
    assert read(pool) == CELLS


IDLE = """
import json, sys, time
print(json.dumps({"ready": 1}), flush=True)
sys.stdin.buffer.readline()
time.sleep(SLEPT)
print(json.dumps({"done": True}), flush=True)
"""


def test_one_for_which_the_machine_has_no_time_is_waited_for(monkeypatch, pool):
    """It is not stopped and has computed next to nothing when its time is over: the file gets as much again."""
    monkeypatch.setattr(worker, "Worker", functools.partial(worker.Worker, start=IDLE.replace("SLEPT", "1.5")))
    assert worker.parse(JOB, BOOK, pool=pool, seconds=1) == []


def test_one_that_never_gets_time_is_ended(monkeypatch, pool):
    """Nothing is known of the file then, and whoever sent it is told to try again."""
    monkeypatch.setattr(worker, "Worker", functools.partial(worker.Worker, start=IDLE.replace("SLEPT", "60")))
    with pytest.raises(UnreadableFile) as refused:
        read(pool, seconds=1)
    assert refused.value.code == "unavailable"
    assert not pool.workers


BUSY = """
import json, sys
print(json.dumps({"ready": 1}), flush=True)
sys.stdin.buffer.readline()
while True:
    pass
"""


def test_one_that_works_without_end_is_ended(monkeypatch, pool):
    """It has had its time and used it: the file is too large for what there is."""
    monkeypatch.setattr(worker, "Worker", functools.partial(worker.Worker, start=BUSY))
    monkeypatch.setattr(child, "_AT_WORK", 0.01)  # other tests run meanwhile
    with pytest.raises(UnreadableFile) as refused:
        read(pool, seconds=1)
    assert refused.value.code == "too_large"
    assert not pool.workers


@unix
def test_one_that_crashes_is_damage_of_the_file(pool):
    """A crash of the parser is no crash of the program."""
    read(pool)

    def crash(pid: int) -> None:
        os.kill(pid, signal.SIGSEGV)
        os.kill(pid, signal.SIGCONT)

    with meanwhile(crash, pool), pytest.raises(UnreadableFile) as refused:
        read(pool)
    assert refused.value.code == "corrupt"


@unix
@pytest.mark.skipif(threading.current_thread() is not threading.main_thread(), reason="signals go to the main thread")
def test_an_interrupt_leaves_no_half_read_answer(pool):
    """Whoever presses Ctrl-C in the middle of a file does not leave its rest to the next one."""
    read(pool)
    (pid,) = pids(pool)
    os.kill(pid, signal.SIGSTOP)

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    try:
        with pytest.raises(KeyboardInterrupt):
            read(pool)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert gone(pid)
    assert read(pool, xlsx_bytes({"Lain": [["lain"]]})) == [["lain"]]


@unix
def test_an_interrupt_at_the_keyboard_is_not_its_business(pool):
    """Ctrl-C goes to every process of a terminal; this one goes on."""
    read(pool)
    (pid,) = pids(pool)
    os.kill(pid, signal.SIGINT)
    assert read(pool) == CELLS
    assert pids(pool) == [pid]


PROGRAM = """
import sys, time
from halal_metrics.sheets import worker
worker.warm()
print(*[child.process.pid for child in worker.POOL.workers], flush=True)
time.sleep(60)
"""


@unix
@pytest.mark.parametrize("with_signal", [signal.SIGKILL, signal.SIGTERM])
def test_it_goes_when_the_program_goes(with_signal):
    """Even one that is killed without a word leaves no child behind."""
    with subprocess.Popen([sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout
        pid = int(program.stdout.readline())
        assert psutil.pid_exists(pid)
        program.send_signal(with_signal)
    assert gone(pid)
