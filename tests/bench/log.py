"""
What the log costs: a commit, opening and folding, a preview and the history, against the number of uploads.
`make bench`, or `make bench ARGS=--quick` to stop at 100 uploads.

Uploads of 1.000 rows: twenty LP3H that send their whole register every week, some of it new. Cold is a process that
reads every row; warm one that finds the fold of another in the store's cache; again is the same store asked twice.
Seconds, least of three (cold, warm and commit: of one). Printed only; nothing is kept.
"""

import argparse
import hashlib
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import pandas as pd

from halal_metrics.institutions import LP3H
from halal_metrics.places import KAB_KOTA
from halal_metrics.schema import APPLICATIONS, STAGES, conform
from halal_metrics.sheets import Upload, read_upload
from halal_store import Store

ROWS = 1_000
SENDERS = 20


@cache
def _template() -> Upload:
    return read_upload(b"No. Daftar;Nama PU;Status\nSH2025-1-990001;Dapur Rekaan;OF10\n", filename="register.csv")


def register(number: int) -> Upload:
    """The register of one LP3H in one week: 1.000 of its applications, forty of them new."""
    sender, week = number % SENDERS, number // SENDERS
    ids = sender * 1_000_000 + week * 40 + np.arange(ROWS)
    text = pd.Series(ids).astype("str")
    stage = np.random.default_rng(number).integers(0, len(STAGES), ROWS)
    day = pd.Timestamp("2025-02-20") + pd.Timedelta(days=7 * week)
    frame = pd.DataFrame(
        {
            "registration_number": "SH2025-1-" + text.str.zfill(8),
            "reg_id": text,
            "nib": "99" + text.str.zfill(11),
            "business_name": "Dapur Rekaan " + text,
            "owner_name": "Pemilik Rekaan " + text,
            "phone": "0812" + text.str.zfill(8),
            "address": "Jl. Contoh No. " + text + ", Kecamatan Rekaan",
            "kab_kota": np.array(KAB_KOTA)[ids % len(KAB_KOTA)],
            "lp3h": list(LP3H)[sender % len(LP3H)],
            "p3h": "Pendamping " + pd.Series(ids % 40).astype("str"),
            "product": "Produk rekaan " + text,
            "status": np.array(STAGES)[stage],
            "status_raw": np.array(STAGES)[stage],
            "submitted_date": day - pd.Timedelta(days=10),
            "statement_date": day,
            "source_file": f"register-{number}.csv",
            "source_sheet": "register",
            "source_row": np.arange(ROWS) + 2,
        }
    )
    content = f"register {number} ".encode() * 5_000  # the size of such a file
    digest = hashlib.sha256(content).hexdigest()
    frame = conform(frame, APPLICATIONS)
    return replace(_template(), frame=frame, content=content, sha256=digest, filename=f"register-{number}.csv")


def seconds(act: Callable[[], object], *, times: int = 3) -> float:
    """The least of several runs."""
    return min(_once(act) for _ in range(times))


def _once(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def opened(folder: Path) -> dict[str, float]:
    """Opening and folding in a process of its own, imports not counted; and what it takes after that."""
    command = [sys.executable, __file__, "--look", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return {name: float(value) for name, value in (line.split("=") for line in done.stdout.split())}


def look(folder: Path) -> None:
    """What the process of `opened` does."""
    store = Store(folder)
    print(f"open={_once(store.read)}")
    print(f"again={seconds(store.read)}")
    print(f"version={seconds(lambda: store.version)}")
    print(f"history={seconds(store.history)}")
    unknown = register(5 * SENDERS - 1)
    shifted = unknown.frame.assign(status="issued", statement_date=pd.Timestamp("2030-01-01"))
    preview = replace(unknown, frame=shifted, sha256="0" * 64)
    print(f"preview={_once(lambda: store.preview(preview))}")
    print(f"after={_once(lambda: store.preview(preview).after)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="100 uploads at most")
    parser.add_argument("--look", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.look:
        look(given.look)
        return
    folder = Path(mkdtemp(prefix="log-"))
    try:
        lines, store, done = [], Store(folder), 0
        for uploads in (1, 10, 100) if given.quick else (1, 10, 100, 1_000):
            for number in range(done, uploads - 1):
                store.commit(register(number), by="bench")
            done = uploads
            store.read()
            last = register(uploads - 1)
            line = {"uploads": uploads, "commit": _once(lambda last=last: store.commit(last, by="bench"))}
            line["read after it"] = _once(store.read)
            shutil.rmtree(folder / "cache", ignore_errors=True)
            line["cold"] = opened(folder)["open"]
            line |= {"warm" if name == "open" else name: value for name, value in opened(folder).items()}
            lines.append(line)
            print(pd.DataFrame(lines).round(4).to_string(index=False), flush=True)
        size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        print(f"\n{size / 1e6:.0f} MB on disk, {len(store.tables().applications):,} applications")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
