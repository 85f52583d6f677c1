"""
Whether forecasts are honest: `make calibrate`, or `make calibrate ARGS="--regimes late,tiny --programmes 20"`.

Programmes of which the truth is known (simulator.py) are forecast from two or three days each; then it is counted how
often the truth lay in the band, whether chances came as often as they say, and whether plans were kept.
`--held-out` takes the seeds that nobody looks at before the forecast is finished.
"""

import argparse
import multiprocessing
import os
import time
from pathlib import Path

import pandas as pd
import report
from cases import measured
from regimes import REGIMES
from simulator import HELD_OUT
from tqdm import tqdm


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--regimes", default=",".join(REGIMES), help="names, with commas between them")
    parser.add_argument("--programmes", type=int, default=10, help="of each regime")
    parser.add_argument("--seeds", help="A:B, from A to before B, in place of the first ones")
    parser.add_argument("--held-out", action="store_true", help=f"seeds from {HELD_OUT} on")
    parser.add_argument("--paths", type=int, default=600)
    parser.add_argument("--no-plans", action="store_true")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--out", type=Path, help="folder for the rows behind the tables, as parquet")
    return parser.parse_args()


def seeds(asked: argparse.Namespace) -> range:
    if asked.seeds:
        first, last = map(int, asked.seeds.split(":"))
        return range(first, last)
    first = HELD_OUT if asked.held_out else 0
    return range(first, first + asked.programmes)


def _measured(job: tuple[str, int, int, bool]) -> dict:
    regime, seed, paths, plans = job
    return measured(regime, seed, paths=paths, plans=plans)


def main() -> None:
    asked = arguments()
    began = time.perf_counter()
    jobs = [
        (regime, seed, asked.paths, not asked.no_plans) for seed in seeds(asked) for regime in asked.regimes.split(",")
    ]
    # spawned, not forked: Arrow has threads, and a fork of them may wait for ever
    with multiprocessing.get_context("spawn").Pool(asked.workers) as pool:
        done = list(tqdm(pool.imap(_measured, jobs), total=len(jobs), unit="programme"))
    tables = {name: pd.concat([pd.DataFrame(), *(part for rows in done for part in rows[name])]) for name in done[0]}
    tables = {name: table.reset_index(drop=True) for name, table in tables.items()}
    if asked.out:
        asked.out.mkdir(parents=True, exist_ok=True)
        for name, table in tables.items():
            table.to_parquet(asked.out / f"{name}.parquet")
    report.show(tables)
    print(f"\n{len(jobs)} programmes, seeds {seeds(asked)}, {asked.paths} paths, {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
