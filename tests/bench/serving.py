"""
How long a room full of people waits: `make bench`, or `make bench ARGS=--quick` for a short look.

Three servers, measured in turns in one run: the product; a bare page that shows the same elements made
beforehand, under the product's settings; and the product as Streamlit would run it by default. The
visitors share the machine with the servers, so the ratios say more than the milliseconds.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil
import recorded
from load import Times, Visitor, crowd
from serve import ROOT, Served, served

FILTER = {"key": "ukuran", "values": ("Terbit", "Dimanfaatkan")}
PAGES = {"Ringkasan": "", "Kabupaten/kota": "kab-kota"}

BARE = """
import os, sys
import streamlit as st
from halal_ui import server
sys.argv[0] = str(server.SCRIPT)  # the same settings
app = st.App(sys.argv.pop(), lifespan=server.lifespan)
app.run(config={"server.port": int(os.environ["PORT"])})
"""
DEFAULTS = """
import contextlib
from streamlit.web.cli import main
from halal_ui import turns
turns.one_at_a_time = contextlib.nullcontext
main()
"""
DEFAULT_OPTIONS = {"runner.postScriptGC": "true", "runner.magicEnabled": "true", "server.fileWatcherType": "auto"}


@contextmanager
def servers(path: str, elements: Path) -> Iterator[dict[str, Served]]:
    """The product, the bare page with the product's elements, and the product on Streamlit's defaults."""
    bare = (sys.executable, "-c", BARE, str(ROOT / "tests" / "bench" / "bare_page.py"))
    options = [word for name, value in DEFAULT_OPTIONS.items() for word in (f"--{name}", value)]
    default = (sys.executable, "-c", DEFAULTS, "run", "app.py", "--server.port", "0", *options)
    with ExitStack() as open_servers:

        def start(*command: str, **environment: str) -> Served:
            folder = Path(open_servers.enter_context(tempfile.TemporaryDirectory()))
            return open_servers.enter_context(served(folder, *([command] if command else []), **environment))

        product = start()
        visitor = asyncio.run(visit(product, path))
        recorded.write(visitor.elements, elements)
        print(f"  {recorded.in_words(elements)}")
        running = {
            "product": product,
            "bare page": start(*bare, BARE_ELEMENTS=str(elements), BARE_PAGES=str(visitor.pages)),
            "defaults": start(*default),
        }
        # Streamlit's own server does not know the app's addresses until its first page has been run.
        asyncio.run(visit(running["defaults"], ""))
        yield running


async def visit(server: Served, path: str) -> Visitor:
    async with Visitor(server.url, path) as visitor:
        await visitor.run()
    return visitor


def measure(server: Served, path: str, *, visitors: int, actions: int, think: float) -> tuple[Times, float]:
    """What they waited, and the server's processor time for one run of the page, in seconds."""
    process = psutil.Process(server.process.pid)
    before = sum(process.cpu_times()[:2])
    times = asyncio.run(crowd(server.url, path, visitors=visitors, actions=actions, think=think, **FILTER))
    runs = len(times.loads) + len(times.actions)
    return times, (sum(process.cpu_times()[:2]) - before) / max(runs, 1)


def bench_page(title: str, path: str, *, rooms: list[int], rounds: int, soak: int) -> None:
    print(f"\n{title}")
    with tempfile.TemporaryDirectory() as folder, servers(path, Path(folder) / "elements.json") as running:
        # the bare page has one address
        at = {name: "" if name == "bare page" else path for name in running}
        found: dict[tuple[str, int], Times] = {}
        print(f"  {'visitors':>8}  {'server':<10}{'load':>8}{'action':>8}{'p95':>8}   ms    CPU ms a run   errors")
        for visitors in rooms:
            alone = visitors == 1
            cost: dict[str, list[float]] = {name: [] for name in running}
            for _ in range(rounds if alone else 1):
                for name, server in running.items():
                    plan = {"actions": 20, "think": 0.1} if alone else {"actions": 5, "think": 2.0}
                    times, cpu = measure(server, at[name], visitors=visitors, **plan)
                    cost[name].append(cpu)
                    found.setdefault((name, visitors), Times()).add(times)
            for name in running:
                times, cpu = found[name, visitors], sum(cost[name]) / len(cost[name])
                waits = "".join(f"{seconds * 1e3:8.0f}" for seconds in (times.load, times.action, times.slow_action))
                print(f"  {visitors:8}  {name:<10}{waits}{cpu * 1e3:15.1f}{len(times.errors):9}", flush=True)
        judge(found, rooms)
        if soak:
            soaked(running["product"], path, soak)


def judge(found: dict[tuple[str, int], Times], rooms: list[int]) -> None:
    one, most = rooms[0], rooms[-1]
    product = found["product", most]
    say("rerun, against the bare page", found["product", one].action / found["bare page", one].action, 1.15)
    say(f"p95 of {most} visitors, against one", product.slow_action / found["product", one].slow_action, 5)
    say(f"action of {most}, against Streamlit's defaults", product.action / found["defaults", most].action, 0.2)
    errors = [error for (name, _), times in found.items() if name == "product" for error in times.errors]
    say("errors", len(errors), 0)
    for error in sorted({error for times in found.values() for error in times.errors}):
        print(f"    {error}")


def soaked(server: Served, path: str, runs: int) -> None:
    process = psutil.Process(server.process.pid)
    before = process.memory_info().rss
    times = asyncio.run(crowd(server.url, path, visitors=4, actions=runs // 4, think=0, **FILTER))
    say(f"MB more after {len(times.actions)} reruns", (process.memory_info().rss - before) / 2**20, 20)
    say("errors in them", len(times.errors), 0)


def say(what: str, measured: float, target: float) -> None:
    print(f"  {what:<50}{measured:8.2f}   target {target:g}{'' if measured <= target else '   MISSED'}")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true", help="fewer visitors, a short soak")
    quick = arguments.parse_args().quick
    for title, path in PAGES.items():
        rooms = [1, 10] if quick else [1, 10, 50, 100]
        bench_page(title, path, rooms=rooms, rounds=1 if quick else 3, soak=200 if quick else 7_200)
