"""
What it costs to take a spreadsheet in: `make bench`, or `make bench ARGS=--quick` without the longest files.

The whole of `read_upload` - parsing in the child, understanding, every check - against a parser alone on the same
bytes: fastexcel for xlsx, as it comes and asked for text as ours is; pyarrow.csv for csv. A register of twenty columns
as staff keep it: eight of text, six of dates, six of numbers, nothing wrong with it. All in one run and in turns, each
time the median of some; ratios say more than the milliseconds.

Then what somebody else waits for while a file is read: the longest gap of a thread that only wants to wake up every
millisecond. Last, how much larger this process is after five files of 400.000 rows, each forgotten before the next.
"""

import argparse
import datetime as dt
import gc
import io
import statistics
import threading
import time
from collections.abc import Callable

import fastexcel
import pandas as pd
import psutil
import pyarrow as pa
import pyarrow.csv
import xlsxwriter

import halal_metrics as hm
from halal_metrics import institutions, places
from halal_metrics.sheets import worker

SIZES = {1_000: 15, 10_000: 9, 100_000: 5}
XLSX_TARGETS = {10_000: 2.0, 100_000: 1.5}
XLSX_MILLISECONDS = 60
"""Of a thousand rows, where what every file costs outweighs the rows."""
CSV_TARGETS = {100_000: 3.0}
STALL_TARGET, GAPS = 0.1, 5
LARGE, LARGE_FILES, MEGABYTES_TARGET = 400_000, 5, 200

HEADER = (
    "No|No. Daftar|NIB|Nama Usaha|Nama Pemilik|No. HP|Alamat|Kab/Kota|LP3H|Status|KBLI|Tanggal Daftar|"
    "Tanggal Verifikasi|Tanggal Kirim Komite Fatwa|Tanggal Ketetapan Halal|Tanggal Terbit|No. Sertifikat|"
    "Jumlah Pengembalian|Omzet|Per Tanggal"
).split("|")
FIRST = dt.date(2025, 3, 3)


def rows(size: int) -> list[list]:
    """Invented applications, all of them issued; nothing to warn of."""
    return [row(number) for number in range(1, size + 1)]


def row(number: int) -> list:
    start = FIRST + dt.timedelta(days=number % 40)
    days = [start + dt.timedelta(days=later) for later in (0, 3, 9, 20, 24)]
    return [
        number,
        f"SH2025-1-{100_000 + number}",
        8_120_000_000_000 + number,
        f"Dapur Rekaan {number}",
        f"Pemilik Rekaan {number % 977}",
        81_200_000_000 + number,
        f"Jl. Mawar No. {number % 300}, RT {number % 20}",
        places.KAB_KOTA[number % 10],
        institutions.LP3H[number % len(institutions.LP3H)],
        "OF300",
        10_710,
        *days,
        f"ID6411{number:09d}0525",
        number % 3,
        1_000_000 + number,
        dt.date(2025, 6, 4),
    ]


def as_xlsx(table: list[list]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        day, sheet = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_worksheet("Data")
        sheet.add_write_handler(
            dt.date, lambda sheet, at, place, value, *_: sheet.write_datetime(at, place, value, day)
        )
        for at, cells in enumerate([HEADER, *table]):
            sheet.write_row(at, 0, cells)
    return content.getvalue()


def as_csv(table: list[list]) -> bytes:
    lines = [",".join(f'"{cell}"' if "," in str(cell) else str(cell) for cell in cells) for cells in [HEADER, *table]]
    return "\n".join(lines).encode()


def read(content: bytes, name: str) -> hm.Upload:
    upload = hm.read_upload(content, filename=name)
    assert not len(upload.rejected), upload.rejected["reason"].iloc[0]
    return upload


def excel_alone(content: bytes) -> pa.RecordBatch:
    return fastexcel.read_excel(content).load_sheet(0).to_arrow()


def excel_text_alone(content: bytes) -> pa.RecordBatch:
    return fastexcel.read_excel(content).load_sheet(0, header_row=None, skip_rows=0, dtypes="string").to_arrow()


def csv_alone(content: bytes) -> pa.Table:
    return pyarrow.csv.read_csv(pa.BufferReader(content))


def timed(calls: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Milliseconds, the median of so many rounds in which each has its turn."""
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for number in range(rounds + 1):
        for name, call in calls.items():
            start = time.perf_counter()
            call()
            if number:  # the first one warms up
                taken[name].append((time.perf_counter() - start) * 1e3)
    return {name: statistics.median(times) for name, times in taken.items()}


def longest_gap(call: Callable[[], object] | None, seconds: float = 1.0) -> float:
    """Milliseconds that a thread waking up every millisecond sleeps too long at most, while the call runs."""
    longest, done = 0.0, threading.Event()

    def wake() -> None:
        nonlocal longest
        last = time.perf_counter()
        while not done.is_set():
            time.sleep(0.001)
            now = time.perf_counter()
            longest, last = max(longest, now - last - 0.001), now

    thread = threading.Thread(target=wake)
    thread.start()
    try:
        call() if call else time.sleep(seconds)
    finally:
        done.set()
        thread.join()
    return longest * 1e3


def in_process(content: bytes) -> pd.DataFrame:
    """What a program does that parses in its own process."""
    return pd.read_excel(io.BytesIO(content), engine="calamine")


def line(*cells: object) -> None:
    print("".join(f"{cell:>14,.1f}" if isinstance(cell, float) else f"{cell:>14}" for cell in cells), flush=True)


def said(amount: float, target: float | None, unit: str = "") -> str:
    missed = target is not None and amount > target
    return f"  {amount:.2f}{unit}" + (f" of {target:g}" if target else "") + " MISSED" * missed


def megabytes() -> float:
    return psutil.Process().memory_info().rss / 2**20


def grown() -> float:
    """Megabytes this process has after the large files that it had not before."""
    content = as_csv(rows(LARGE))
    gc.collect()
    before = megabytes()
    for _ in range(LARGE_FILES):
        read(content, "besar.csv")
        gc.collect()
    return megabytes() - before


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="stop at ten thousand rows")
    quick = parser.parse_args().quick
    worker.warm()
    print("\nA register read and checked, against a parser alone; milliseconds")
    line("rows", "kind", "read_upload", "alone", "to text", "ratio")
    workbook = b""
    for size, rounds in list(SIZES.items())[: 2 if quick else 3]:
        table = rows(size)
        workbook, text = as_xlsx(table), as_csv(table)
        calls = {
            "ours": lambda content=workbook: read(content, "register.xlsx"),
            "alone": lambda content=workbook: excel_alone(content),
            "text": lambda content=workbook: excel_text_alone(content),
        }
        ours, alone, as_text = timed(calls, rounds).values()
        line(f"{size:,}", "xlsx", ours, alone, as_text, said(ours / alone, XLSX_TARGETS.get(size)))
        if size == min(SIZES):
            line("", "", said(ours, XLSX_MILLISECONDS, " ms"))
        calls = {
            "ours": lambda content=text: read(content, "register.csv"),
            "alone": lambda content=text: csv_alone(content),
        }
        ours, alone = timed(calls, rounds).values()
        line("", "csv", ours, alone, "", said(ours / alone, CSV_TARGETS.get(size)))
    print("\nThe longest wait of another thread meanwhile, milliseconds; in process: pandas.read_excel(calamine)")
    gaps = [
        (
            longest_gap(None),
            longest_gap(lambda: read(workbook, "register.xlsx")),
            longest_gap(lambda: in_process(workbook)),
        )
        for _ in range(GAPS)
    ]
    idle, ours, other = (statistics.median(column) for column in zip(*gaps, strict=True))
    line("nothing read", "read_upload", "in process", "ratio")
    line(idle, ours, other, said(ours / other, STALL_TARGET))
    if not quick:
        print(f"\nMegabytes more of this process after {LARGE_FILES} files of {LARGE:,} rows")
        line(said(grown(), MEGABYTES_TARGET))


if __name__ == "__main__":
    main()
