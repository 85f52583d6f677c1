"""One visitor of an office of its own: an own server on an own store, and the pages they go to."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from browsers import Visit
from playwright.sync_api import Browser
from serve import served


@contextmanager
def visitor(
    browser: Browser, folder: Path, *, width: int = 1366, height: int = 768
) -> Iterator[Callable[[str], Visit]]:
    """`go(path)` opens a page of the store in `folder`, without the demonstration set, always in the same window."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale="id-ID",
        timezone_id="Asia/Makassar",
        reduced_motion="reduce",
    )
    with served(folder, PANTAU_HALAL_DEMO="0") as running:
        visit = Visit(context.new_page())
        visit.page.on("pageerror", lambda error: visit.faults.append(str(error)))

        def go(path: str) -> Visit:
            visit.page.goto(running.url + path, wait_until="domcontentloaded")
            visit.settle()
            return visit

        yield go
    context.close()
