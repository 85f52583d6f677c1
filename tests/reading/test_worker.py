"""The child that parses: started once, kept warm, held to its limits, one for each that reads."""

import io
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psutil
import pytest
import xlsxwriter
from children import BOOK, CELLS, JOB, LARGE, gone, pids, read
from make_files import xlsx_bytes

from halal_metrics.sheets import UnreadableFile, read_upload, worker
from halal_metrics.sheets.child import START, ParserUnavailable, Worker
from halal_metrics.sheets.worker import Pool


@pytest.fixture
def pool() -> Iterator[Pool]:
    pool = Pool()
    yield pool
    pool.close()


def test_it_is_kept_warm(pool):
    """One child reads file after file."""
    assert [read(pool), read(pool)] == [CELLS, CELLS]
    (pid,) = pids(pool)
    with pytest.raises(UnreadableFile):
        read(pool, b"PK\3\4 rusak")
    assert read(pool) == CELLS
    assert pids(pool) == [pid]


def test_it_starts_without_what_it_does_not_need(tmp_path):
    """Neither pandas nor the rest of the package is imported: the first file of the day does not wait for them."""
    told = tmp_path / "modules"
    child = Worker(start=f"{START}open({str(told)!r}, 'w').write(' '.join(sys.modules))")
    child.process.stdin.close()  # nobody asks any more
    assert child.process.wait(60) == 0
    child.end()
    modules = told.read_text().split()
    assert "halal_metrics.sheets.parsers.serving" in modules
    assert not {"pandas", "halal_metrics.schema", "halal_metrics.sheets.upload"} & set(modules)


FORK = """
import os, sys
from halal_metrics.sheets import worker
content = open(sys.argv[1], "rb").read()
job = {"kind": "zip", "name": "x"}
def read():
    return worker.parse(job, content)[0][1][0].to_pylist()
first = read()
before = [child.process.pid for child in worker.POOL.workers]
if pid := os.fork():
    status = os.waitpid(pid, 0)[1]
    same = [child.process.pid for child in worker.POOL.workers] == before
    sys.exit(status or not (same and read() == first))
ok = read() == first and [child.process.pid for child in worker.POOL.workers] != before
worker.POOL.close()
os._exit(not ok)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="fork of Unix")
def test_a_forked_process_has_its_own(tmp_path):
    """A copy of the program does not talk to the other one's child."""
    (tmp_path / "x.xlsx").write_bytes(BOOK)
    subprocess.run([sys.executable, "-c", FORK, str(tmp_path / "x.xlsx")], check=True, timeout=60)


def test_several_at_once(pool):
    """Each of several threads gets its own file's cells, from no more children than are allowed."""
    books = [xlsx_bytes({"Data": [[f"berkas {number}"]] * 200}) for number in range(12)]
    most = []

    def one(number: int) -> bool:
        cells = read(pool, books[number])
        most.append(len(pool.workers))
        return cells == [[f"berkas {number}"] * 200]

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(one, range(12)))
    assert 1 <= max(most) <= worker.MOST


def test_what_a_parser_prints_is_no_answer(pool):
    """A sheet that is a chart makes the parser talk; the cells of the others come through."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.add_worksheet("Data").write(0, 0, "NIB")
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=Data!$A$1:$A$1"})
        book.add_chartsheet("Grafik").set_chart(chart)
    for _ in range(3):
        data, graph = worker.parse(JOB, content.getvalue(), pool=pool)
        assert (data[1][0].to_pylist(), graph[1]) == (["NIB"], [])


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc of Linux")
def test_one_that_took_much_memory_is_not_kept():
    """Memory once taken is given back by ending; the next file gets another child and does not notice."""
    with closing(Pool(kept=1)) as pool:
        assert read(pool) == CELLS
        (pid,) = pids(pool)
        assert gone(pid)
        assert [read(pool), read(pool), read(pool)] == [CELLS] * 3


@pytest.mark.parametrize("program", ["/ada/di/mana/mana", "false"])
def test_where_none_can_be_started(program, monkeypatch):
    """The file is not blamed, and not parsed where it could do harm."""
    monkeypatch.setattr(worker, "POOL", Pool())
    monkeypatch.setattr(sys, "executable", program)
    with pytest.raises(ParserUnavailable) as refused:
        read_upload(BOOK, filename="x.xlsx")
    assert refused.value.code == "unavailable"
    assert "Coba lagi" in str(refused.value)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc of Linux")
def test_its_limits(pool):
    """It may take so much memory and no more, writes no core, and is the first to go where memory runs out."""
    read(pool)
    process = psutil.Process(pids(pool)[0])
    assert process.rlimit(psutil.RLIMIT_AS) == (worker.MEMORY, worker.MEMORY)
    assert process.rlimit(psutil.RLIMIT_CORE) == (0, 0)
    with open(f"/proc/{process.pid}/oom_score_adj") as score:
        assert score.read().strip() == "1000"


def test_a_wait_for_it_does_not_hold_up_others(pool):
    """While one thread waits for its file, another one runs on."""
    turns = []
    with ThreadPoolExecutor(1) as aside:
        reading = aside.submit(read, pool, LARGE)
        while not reading.done():
            time.sleep(0.001)
            turns.append(reading.running())
    assert reading.result()[0][0] == "teks 0 0"
    assert len(turns) > 20
