"""
What the metrics cost: `make bench`, or `make bench ARGS=--quick` to stop at a million applications.

`progress` against the same counts in Polars and DuckDB on the same applications; then all the metrics of a page from
`progress`, the first time a table of counts is looked at and every time after that, against what the engines need to
count the same from the applications. All in one run and in turns, each time a median; ratios are to the quicker of the
two engines, and say more than the milliseconds. Memory is the peak beyond what was there before, in a process of its
own. At the end the stays of the applications and how long the steps take: on one core, against a second a million.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from engines import COLUMNS, LP3H, STAGES, TEXTS, DuckDB, Polars

import halal_metrics as hm
from halal_metrics import institutions, places

SIZES = (1_000, 100_000, 1_000_000, 10_000_000)
VERIFIED = 100_000
A_MILLION = 1.0
"""Seconds that `spells` may take of a million applications."""
START, DAYS = pd.Timestamp("2025-02-20"), 290
AS_OF = START + pd.Timedelta(days=200)

KAB_KOTA = list(places.KAB_KOTA)
WEIGHT = np.array([31, 81, 30, 19, 45, 20, 4, 76, 88, 19])  # as many businesses as people
INSTITUTIONS = [*institutions.LP3H, *(f"LP3H Rekaan {number}" for number in range(LP3H))][:LP3H]
STATUSES = ["draft", *STAGES, "returned", "rejected", "cancelled", "replaced"]


def register(size: int, *, text: str = "category") -> pd.DataFrame:
    """Invented applications: submitted on working days, a few weeks a stage, 5% gone, a few dates missing."""
    random = np.random.default_rng(size)
    weekdays = np.array([day for day in range(DAYS) if (START + pd.Timedelta(days=day)).weekday() < 5])
    zipf = 1 / np.arange(1, LP3H + 1)
    reach = random.choice(len(STAGES) + 1, size, p=[0.05, 0.2, 0.15, 0.25, 0.05, 0.3]).astype("int8")
    gone = (random.random(size) < 0.05) & (reach > 0)
    status = np.where(gone, random.integers(7, 10, size), reach).astype("int8")
    status[(random.random(size) < 0.05) & (status == 1)] = STATUSES.index("returned")
    columns = {
        "kab_kota": coded(random.choice(len(KAB_KOTA), size, p=WEIGHT / WEIGHT.sum()), KAB_KOTA),
        "lp3h": coded(random.choice(LP3H, size, p=zipf / zipf.sum()), INSTITUTIONS),
        "status": coded(status, STATUSES),
    }
    place = random.integers(0, len(weekdays), size)
    submitted = weekdays[place]
    for number, stage in enumerate(STAGES, start=1):
        known = (reach >= number) & (place < len(weekdays)) & (random.random(size) > 0.05)
        columns[f"{stage}_date"] = dates(weekdays[np.minimum(place, len(weekdays) - 1)], known)
        place += random.integers(0, 18, size)
    columns["exit_date"] = dates(
        np.minimum(submitted + random.integers(0, 60, size), DAYS - 1), gone & (random.random(size) < 0.7)
    )
    columns["statement_date"] = dates(submitted // 14 * 14 + 13, np.ones(size, bool))
    return pd.DataFrame(columns).astype(dict.fromkeys(TEXTS, text))


def coded(codes: np.ndarray, labels: list[str]) -> pd.Categorical:
    return pd.Categorical.from_codes(codes.astype("int8"), labels)


def dates(day: np.ndarray, known: np.ndarray) -> np.ndarray:
    moments = np.datetime64(START, "D") + day
    return np.where(known, moments, np.datetime64("NaT")).astype("datetime64[us]")


def allocations() -> pd.DataFrame:
    """A quota for each place and institution."""
    cells = pd.MultiIndex.from_product([KAB_KOTA, INSTITUTIONS], names=["kab_kota", "lp3h"])
    return cells.to_frame(index=False).assign(quota=25, target_date=START + pd.Timedelta(days=250))


def page(quotas: pd.DataFrame, progress: pd.DataFrame) -> dict[str, Callable[[], pd.DataFrame]]:
    """The metrics of a page, as calls."""
    kab_kota, lp3h = ("kab_kota",), ("lp3h",)
    gaps = {"as_of": AS_OF, "start": START}
    return {
        "absorption by kab_kota": lambda: hm.absorption(quotas, progress, by=kab_kota, as_of=AS_OF),
        "absorption": lambda: hm.absorption(quotas, progress, by=(), as_of=AS_OF),
        "funnel": lambda: hm.funnel(quotas, progress, by=(), as_of=AS_OF),
        "deadline_gaps by kab_kota": lambda: hm.deadline_gaps(quotas, progress, by=kab_kota, **gaps),
        "deadline_gaps by lp3h": lambda: hm.deadline_gaps(quotas, progress, by=lp3h, **gaps),
        "progress_curve": lambda: hm.progress_curve(
            quotas, progress, by=(), start=START, until=START + pd.Timedelta(days=DAYS)
        ),
        "movement by kab_kota": lambda: hm.trend(progress, by=kab_kota, as_of=AS_OF),
    }


def timed(calls: dict[str, Callable], size: int) -> dict[str, float]:
    """Median milliseconds of each, taken in turns after one that warms up."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for turn in range(4 if size > 1_000_000 else 8):
        for name, call in calls.items():
            begun = time.perf_counter()
            call()
            if turn:
                times[name].append((time.perf_counter() - begun) * 1000)
    return {name: statistics.median(taken) for name, taken in times.items()}


def sorted_counts(table) -> pd.DataFrame:
    """Any engine's counts as one kind of frame."""
    frame = table if isinstance(table, pd.DataFrame) else table.to_pandas()
    kinds = {"date": "datetime64[us]", "count": "int64"}
    typed = {name: frame[name].astype(kinds.get(name, "str")) for name in COLUMNS}
    return pd.DataFrame(typed).sort_values(COLUMNS[:4], ignore_index=True)


def verify(applications: pd.DataFrame, engines: list) -> None:
    """Nothing is compared that does not give the same answer."""
    progress = hm.progress(applications)
    for engine in engines:
        pd.testing.assert_frame_equal(sorted_counts(engine.counts()), sorted_counts(progress))
        answer = engine.page(AS_OF)
        # of an LP3H the page asks only for what was submitted
        for by, stages in (("kab_kota", ("submitted", "issued")), ("lp3h", ("submitted",))):
            ours = hm.trend(progress, by=(by,), as_of=AS_OF)
            theirs = answer[by].to_pandas().fillna(0)
            for stage in stages:
                name = "used" if stage == "submitted" else stage
                for window in ("_now", "_before"):
                    column = name + window.removesuffix("_now") if window == "_now" else name + window
                    if sorted(ours[column]) != sorted(theirs[stage + window].astype(int)):
                        raise SystemExit(f"{engine.name}: {stage}{window} by {by} differs")
        curve = hm.progress_curve(allocations(), progress, by=(), start=START, until=progress["date"].max())
        theirs = answer["date"].to_pandas().sort_values("date")
        if curve[STAGES].iloc[-1].tolist() != theirs[STAGES].iloc[-1].astype(int).tolist():
            raise SystemExit(f"{engine.name}: the curve differs")
    print(f"    ({len(applications):,} applications: all three give the same {len(progress):,} counts)")


def peak() -> int:
    """The most memory this process has held since the last reset, in bytes (Linux)."""
    fields = dict(line.split(":") for line in Path("/proc/self/status").read_text().splitlines())
    return int(fields["VmHWM"].split()[0]) * 1024


def memory(size: int, text: str) -> None:
    """In a process of its own: how much `progress` needs at its peak, in sizes of the frame."""
    applications = register(size, text=text)
    hm.progress(applications.head(1000))  # what is imported late is not its doing
    Path("/proc/self/clear_refs").write_text("5")  # the peak starts anew from here
    before = peak()
    hm.progress(applications)
    print((peak() - before) / applications.memory_usage(deep=True).sum())


def stays(*, quick: bool) -> None:
    """What is figured once a snapshot; on one core, whatever else there is. Too slow is an error."""
    print("\nStays and how long the steps take, one core, milliseconds")
    row("rows      ", *(f"{name:<10}" for name in ("text", "stays", "spells", "durations", "ages", "stalled")))
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    for text in ("category", "str"):
        for size in SIZES[: 3 if quick else 4]:
            applications = register(size, text=text)
            spells = hm.spells(applications, as_of=AS_OF)
            calls = {
                "spells": lambda table=applications: hm.spells(table, as_of=AS_OF),
                "durations": lambda table=spells: hm.durations(table, by=("lp3h",)),
                "ages": lambda table=spells: hm.backlog_ages(table, by=("lp3h",)),
                "stalled": lambda table=applications: hm.stalled(table, as_of=AS_OF),
            }
            taken = timed(calls, size)
            row(f"{size:,}", text, f"{len(spells):,}", *taken.values())
            if taken["spells"] > 1000 * A_MILLION * max(size / 1_000_000, 1):
                raise SystemExit(f"spells of {size:,} applications: more than {A_MILLION} s a million")
            del applications, spells, calls
    os.sched_setaffinity(0, cores)


def measured_memory(size: int, text: str) -> float:
    command = [sys.executable, __file__, "--memory", str(size), text]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def row(*cells) -> None:
    """A line of the table: the first two cells to the left, numbers to the right."""
    print(*(f"{cell:<10}" if isinstance(cell, str) else f"{cell:>10,.2f}" for cell in cells), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="stop at a million applications")
    parser.add_argument("--memory", nargs=2, metavar=("SIZE", "TEXT"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.memory:
        return memory(int(options.memory[0]), options.memory[1])

    quotas, singles = allocations(), {}
    for text in ("category", "str"):
        print(f"\nText columns are {text}; milliseconds, memory as a multiple of the frame")
        row("rows", "", *("progress  ", "polars    ", "duckdb    ", "ratio     ", "memory    "))
        for size in SIZES[: 3 if options.quick else 4]:
            applications = register(size, text=text)
            engines = [Polars(applications), DuckDB(applications)]
            if size == VERIFIED:
                verify(applications, engines)
            calls = {"progress": lambda table=applications: hm.progress(table)}
            ours, *theirs = timed(calls | {engine.name: engine.counts for engine in engines}, size).values()
            row(f"{size:,}", "progress", ours, *theirs, ours / min(theirs), measured_memory(size, text))
            progress = hm.progress(applications)
            metrics = page(quotas, progress)
            # a copy lies elsewhere in memory, so that nothing is known of it yet
            calls = {"first": lambda counts=progress: [call() for call in page(quotas, counts.copy()).values()]}
            calls |= {"again": lambda calls=metrics: [call() for call in calls.values()]}
            calls |= {engine.name: lambda engine=engine: engine.page(AS_OF) for engine in engines}
            first, again, *theirs = timed(calls, size).values()
            row(f"{len(progress):,}", "page, 1st", first, *theirs, first / min(theirs))
            row("", "page", again, *theirs, again / min(theirs))
            singles[f"{size:,}"] = timed(metrics, size)
            del applications, engines, calls, metrics
    print("\nThe metrics of the page one by one, from progress, milliseconds")
    print(pd.DataFrame(singles).round(2).to_string())
    stays(quick=options.quick)
    return None


if __name__ == "__main__":
    main()
