"""Children that parse, and what they are given to read."""

import psutil
from make_files import xlsx_bytes

from halal_metrics.sheets import worker
from halal_metrics.sheets.worker import Pool

JOB = {"kind": "zip", "name": "x"}
BOOK = xlsx_bytes({"Data": [["NIB", "Nama"], ["8120001234567", "Siti Rekaan"]]})
LARGE = xlsx_bytes({"Data": [[f"teks {row} {column}" for column in range(4)] for row in range(8_000)]})
CELLS = [["NIB", "8120001234567"], ["Nama", "Siti Rekaan"]]


def read(pool: Pool, content: bytes = BOOK, **options: int) -> list[list[str | None]]:
    ((_, columns),) = worker.parse(JOB, content, pool=pool, **options)
    return [column.to_pylist() for column in columns]


def pids(pool: Pool) -> list[int]:
    return [child.process.pid for child in pool.workers]


def gone(pid: int, seconds: float = 10) -> bool:
    """Waits for a process to end."""
    try:
        psutil.Process(pid).wait(seconds)
    except psutil.NoSuchProcess:
        return True
    except psutil.TimeoutExpired:
        return False
    return True
