"""
Whether a full meeting slows its presenter: `make bench`, or `make bench ARGS=--quick` for a short look.

A presenter in a real Chromium changes slides, alone and with followers. A follower is an open stream of the meeting,
and a Streamlit connection on its page, as a browser there holds them. Told are, as 95th percentiles: from the key to
the new slide drawn, from the key to the server's answer, and from the key until a follower has been told. Followers,
browser and server share the machine, so the ratios say more than the milliseconds.
"""

import argparse
import asyncio
import json
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from browsers import SETTLED, system_chromium
from load import Times, Visitor
from playwright.async_api import Page, async_playwright
from serve import Served, served

MEETING = "R-2025-06-04"
PAUSE = 0.15  # seconds between two slides: nobody turns faster
# The frame after the one in which the key was handled has the new slide on the screen.
TURN = """async (key) => {
    const shown = () => document.querySelector('.stage .slide:not([hidden])').dataset.key;
    performance.clearResourceTimings(); // a full list takes nothing new
    const from = shown(), began = performance.now(), at = Date.now();
    document.body.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
    await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
    const drawn = performance.now() - began, to = shown();
    if (from === to) throw new Error('the slide did not change');
    let told;
    while (!(told = performance.getEntriesByType('resource').find((one) => one.name.endsWith('/slide')
        && one.startTime >= began && one.responseEnd))) await new Promise((later) => setTimeout(later, 5));
    return {at: at / 1000, to, drawn: drawn / 1000, answered: (told.responseEnd - began) / 1000};
}"""


@dataclass
class Waits:
    """In seconds: until the slide was drawn, until the server had answered, until a follower was told."""

    drawn: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    told: list[float] = field(default_factory=list)
    lost: int = 0

    def slow(self, name: str) -> float:
        return Times.quantile(getattr(self, name), 0.95)


class Follower:
    """A page of the meeting somewhere else: its stream, and its Streamlit connection."""

    def __init__(self) -> None:
        self.heard: list[tuple[float, str]] = []

    @asynccontextmanager
    async def following(self, url: str) -> AsyncIterator["Follower"]:
        async with Visitor(url, "tayang") as visitor:
            await visitor.run()
            host, port = urlsplit(url).hostname, urlsplit(url).port
            reader, writer = await asyncio.open_connection(host, port)
            writer.write(f"GET /rapat/{MEETING}/ikuti HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
            task = asyncio.create_task(self._listen(reader))
            try:
                yield self
            finally:
                task.cancel()
                writer.close()

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        while line := await reader.readline():
            if line.startswith(b"data:"):
                self.heard.append((time.time(), json.loads(line.removeprefix(b"data:"))["slide"]))


async def lead(page: Page, url: str) -> None:
    await page.goto(f"{url}/tayang?rapat={MEETING}")
    await page.wait_for_function(SETTLED, polling=50)
    await page.mouse.move(300, 300)
    await page.get_by_role("button", name="Pandu rapat").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Nama Anda").fill("Rina Rekaan")
    await dialog.get_by_role("button", name="Pakai nama ini").click()
    await dialog.get_by_role("button", name="Pandu rapat").click()
    await page.locator(".stage[data-leads]").wait_for()
    await page.wait_for_function(SETTLED, polling=50)


async def measure(page: Page, url: str, *, followers: int, turns: int, waits: Waits) -> None:
    async with AsyncExitStack() as room:
        there = [await room.enter_async_context(Follower().following(url)) for _ in range(followers)]
        await asyncio.sleep(1)
        for number in range(turns):
            turn = await page.evaluate(TURN, "ArrowRight" if number // 5 % 2 == 0 else "ArrowLeft")
            await asyncio.sleep(PAUSE)
            waits.drawn.append(turn["drawn"])
            waits.answered.append(turn["answered"])
            for follower in there:
                heard = [at for at, slide in follower.heard if slide == turn["to"] and at >= turn["at"] - 0.002]
                waits.lost += not heard
                waits.local += [heard[0] - turn["at"]] if heard else []


async def bench(server: Served, *, followers: int, turns: int, rounds: int) -> None:
    alone, full = Waits(), Waits()
    async with async_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-dev-shm-usage"]
        browser = await playwright.chromium.launch(executable_path=system_chromium(), args=arguments)
        page = await browser.new_page(viewport={"width": 1366, "height": 768}, locale="id-ID")
        await lead(page, server.url)
        for _ in range(rounds):  # in turns: what else the machine does meets both
            await measure(page, server.url, followers=0, turns=turns, waits=alone)
            await measure(page, server.url, followers=followers, turns=turns, waits=full)
        await browser.close()
    print(f"\nTayang, {turns * rounds} slide changes each, p95 in ms")
    print(f"  {'followers':>9}{'drawn':>9}{'answered':>10}{'followers told':>16}{'lost':>6}")
    for number, waits in ((0, alone), (followers, full)):
        ms = [waits.slow(name) * 1e3 for name in ("drawn", "answered", "told")]
        print(f"  {number:9}{ms[0]:9.1f}{ms[1]:10.1f}{ms[2]:16.1f}{waits.lost:6}")
    say(f"slide drawn, {followers} followers against none", full.slow("drawn") / alone.slow("drawn"), 1.25)
    say("the server's answer, likewise, in ms more", (full.slow("answered") - alone.slow("answered")) * 1e3, 100)
    say("p95 until a follower is told, in seconds", full.slow("told"), 2)
    say("longest, in seconds", max(full.local, default=float("nan")), 2)
    say("moves a follower did not hear of", full.lost, 0)


def say(what: str, measured: float, target: float) -> None:
    print(f"  {what:<50}{measured:8.2f}   target {target:g}{'' if measured <= target else '   MISSED'}")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true", help="fewer followers and slides")
    quick = arguments.parse_args().quick
    plan = {"followers": 20, "turns": 20, "rounds": 1} if quick else {"followers": 100, "turns": 60, "rounds": 3}
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as running:
        asyncio.run(bench(running, **plan))
