"""What tests of every room may ask for: the running app (`server`), a browser (`chromium`), a store (`store`)."""

import functools
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browsers import Visit, system_chromium
from playwright.sync_api import Browser, expect, sync_playwright
from serve import Served, served
from stores import demo_store
from streamlit.components.v2 import manifest_scanner
from tabs import Tab, Tabs

from halal_store import Store
from halal_ui.snapshot import foresight
from halal_ui.snapshot.programme import programme


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: in a browser a good part of the time is waiting."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session", autouse=True)
def _components_looked_for_once() -> Iterator[None]:
    """Each run of a page would go through all installed packages for components, for a quarter of its time."""
    with pytest.MonkeyPatch.context() as patch:
        once = functools.cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", once)
        yield


@pytest.fixture(scope="session", autouse=True)
def _few_futures() -> Iterator[None]:
    """What is foreseen is made and told in the same way of few futures as of many; servers have them all."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(foresight, "PATHS", 200)
        yield


@pytest.fixture(scope="session")
def demo_to(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Callable[[Path], Path]:
    """`demo_to(folder)` puts a store with the demonstration set there, and gives the folder."""
    own = tmp_path_factory.getbasetemp()
    return lambda folder: demo_store(folder, own if worker_id == "master" else own.parent)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, demo_to: Callable[[Path], Path]) -> Iterator[Served]:
    """The app as `make run` starts it, on a store of its own, with its files packed; one for each worker."""
    folder = tmp_path_factory.mktemp("served")
    demo_to(folder / "store")
    with served(folder) as running:
        while not running.get(**{"Accept-Encoding": "gzip"}).headers["Content-Encoding"]:
            time.sleep(0.05)
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium; one for each worker."""
    with sync_playwright() as playwright:
        expect.set_options(timeout=20_000)  # a machine with three browsers on two processors is slow
        # Containers have no user namespaces for the sandbox and a small /dev/shm.
        arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"]
        yield playwright.chromium.launch(executable_path=system_chromium(), args=arguments)


@pytest.fixture(scope="session")
def tabs(browser: Browser) -> Tabs:
    """The browser's tabs; of each worker its own."""
    return Tabs(browser)


@pytest.fixture
def chromium(tabs: Tabs, server: Served) -> Iterator[Callable[..., Visit]]:
    """`chromium("/kab-kota", width=390, height=844, dark=True)`: a new visitor's page, once all is drawn."""
    taken: list[Tab] = []

    def visit(path: str = "/", *, width: int = 1366, height: int = 768, dark: bool = False) -> Visit:
        taken.append(tabs.take(width=width, height=height, dark=dark))
        visit = taken[-1].visit
        visit.page.goto(server.url + path, wait_until="domcontentloaded")
        visit.settle()
        return visit

    yield visit
    for tab in taken:
        tabs.give_back(tab)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, demo_to: Callable[[Path], Path]) -> Store:
    """The store that the app shows, with the demonstration set; whoever looks sits at the machine."""
    folder = demo_to(tmp_path / "store")
    monkeypatch.setenv("PANTAU_HALAL_STORE", str(folder))
    monkeypatch.setattr("halal_ui.screen.access.actors.at_keyboard", lambda: True)
    return Store(folder, time_zone=programme().time_zone)
