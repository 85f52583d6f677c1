"""
What it costs to run a programme forward: `make bench`, or alone `python tests/bench/foresight.py`.

2.000 paths over 26 cells and 187 working days, from 200 to a million applications, on one core; then what pages read
off it, and a weekly plan. Each time the best of several runs: the machine may be busy, the work is the same.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

import halal_metrics as hm

SIZES = (200, 1_000, 10_000, 100_000, 1_000_000)
RUN_LIMIT, FLAT_LIMIT = 0.4, 1.3
AS_OF, UNTIL = "2025-06-04", "2026-03-09"
CELLS = [(f"Kabupaten Rekaan {number // 3:02d}", f"LP3H Rekaan {number % 8}") for number in range(26)]
MEAN_DAYS = {"verified": 8, "fatwa": 3, "decided": 12, "issued": 3}


def programme(size: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(quotas, applications): so many invented applications since February, five eighths of the quota used."""
    random = np.random.default_rng(size)
    days = pd.bdate_range("2025-02-20", AS_OF)
    cell = random.integers(0, len(CELLS), size)
    applications = pd.DataFrame(
        {
            "kab_kota": np.array([place for place, _ in CELLS])[cell],
            "lp3h": np.array([lp3h for _, lp3h in CELLS])[cell],
            "status": "submitted",
            "submitted_date": days[random.integers(0, len(days), size)],
            "statement_date": pd.Timestamp(AS_OF),
        }
    )
    when = applications["submitted_date"]
    for stage, mean in MEAN_DAYS.items():
        when = when + pd.to_timedelta(random.poisson(mean, size), unit="D")
        applications[f"{stage}_date"] = when.where(when <= AS_OF)
    quotas = pd.DataFrame(CELLS, columns=["kab_kota", "lp3h"])
    return quotas.assign(quota=max(round(1.6 * size / len(CELLS)), 2)), applications


def best(run: Callable[[], object], times: int = 5) -> float:
    """The least processor seconds of some runs."""
    took = []
    for _ in range(times):
        started = time.process_time()
        run()
        took.append(time.process_time() - started)
    return min(took)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="up to 10.000 applications")
    sizes = SIZES[:3] if parser.parse_args().quick else SIZES
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    print("\nA programme run forward: 2.000 paths, 26 cells, 187 working days, one core, processor seconds\n")
    print(f"{'applications':>12} {'spells rows':>12} {'outcomes':>9} {'forecast':>9} {'finish':>9}")
    costs = {}
    for size in sizes:
        quotas, applications = programme(size)
        spells = hm.spells(applications, as_of=AS_OF)
        found = hm.outcomes(quotas, spells, as_of=AS_OF, until=UNTIL)
        costs[size] = best(lambda: hm.outcomes(quotas, spells, as_of=AS_OF, until=UNTIL))  # noqa: B023
        read = best(lambda: hm.forecast(found, by=["kab_kota"], dates=[UNTIL]), 3)  # noqa: B023
        finish = best(lambda: hm.finish_dates(found, by=["kab_kota"]), 3)  # noqa: B023
        print(f"{size:>12,} {len(spells):>12,} {costs[size]:>9.3f} {read:>9.3f} {finish:>9.3f}".replace(",", "."))
    quotas, applications = programme(1_000)
    spells = hm.spells(applications, as_of=AS_OF)
    took = best(lambda: hm.weekly_plan(quotas, spells, as_of=AS_OF, target_date=UNTIL), 1)
    print(f"\nweekly plan of 1.000 applications: {took:.1f} s")
    slowest, ratio = max(costs.values()), max(costs.values()) / costs[min(costs)]
    print(f"slowest run {slowest:.3f} s of {RUN_LIMIT}, {ratio:.2f} times that of {min(costs)} of {FLAT_LIMIT}")
    sys.exit(int(slowest > RUN_LIMIT or ratio > FLAT_LIMIT))


if __name__ == "__main__":
    main()
