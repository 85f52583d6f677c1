"""One number on screen, too: whatever a page shows of a meeting's set is what the metrics say of it."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from ahead_numbers import AS_SERVED, ahead_numbers
from browsers import Visit
from metric_numbers import metric_numbers, written
from paper_texts import numbers
from playwright.sync_api import expect
from serve import Served

from halal_store import Meeting, Store
from halal_ui.snapshot.programme import programme

pytestmark = pytest.mark.browser

ID = "R-2025-06-04"
AS_KNOWN = "pada=2025-06-04T09:30&per=2025-06-04"
PAGES = ("/ringkasan", "/kab-kota", "/lp3h", "/corong", "/tenggat")
# what is drawn by a chart's axis is a scale, not a figure
SHOWN = """() => {
    const axes = document.querySelectorAll('.xtick, .ytick, .colorbar, .cbaxis');
    for (const axis of axes) axis.remove();
    return document.querySelector('[data-testid=stMain]').innerText;
}"""


@pytest.fixture
def meeting(server: Served) -> Meeting:
    return Store(server.log.parent / "store", time_zone=programme().time_zone).meeting(ID)


@cache
def ahead(store: Path) -> dict[tuple, Any]:
    meeting = Store(store, time_zone=programme().time_zone).meeting(ID)
    return {name: value for name, value in ahead_numbers(meeting, paths=AS_SERVED).items() if not pd.isna(value)}


def allowed(meeting: Meeting, server: Served) -> set[str]:
    known = metric_numbers(meeting) | ahead(server.log.parent / "store")
    return {text for value in known.values() for text in written(value).values()}


def strangers(shown: str, known: set[str]) -> list[tuple[str, str]]:
    # a row of a list is about one application: its numbers are its days and its place in a file
    lines = [line.strip() for line in shown.splitlines() if line.strip() and not line.startswith("SH2025-")]
    return [(number, line) for line in lines for number in numbers(line) if number not in known]


def test_every_number_on_the_slides_is_a_metrics(chromium: Callable[..., Visit], meeting: Meeting, server: Served):
    """All slides, as the browser has them."""
    visit = chromium(f"/tayang?rapat={ID}")
    shown = visit.page.eval_on_selector_all(
        ".stage .slide",
        """all => all.map(slide => {
            for (const axis of slide.querySelectorAll('.curve .y')) axis.remove();
            slide.hidden = false;
            return slide.innerText;
        }).join('\\n')""",
    )
    assert len(numbers(shown)) > 200
    assert strangers(shown, allowed(meeting, server)) == []


@pytest.mark.parametrize("path", PAGES)
def test_every_number_on_the_dashboard_as_known_then_is_a_metrics(
    chromium: Callable[..., Visit], meeting: Meeting, server: Served, path: str
):
    """The dashboard, looking back to what the meeting knew."""
    visit = chromium(f"{path}?{AS_KNOWN}")
    expect(visit.page.locator(".awaited")).to_have_count(0, timeout=120_000)
    visit.settle()
    shown = visit.page.evaluate(SHOWN)
    assert f"angka rapat {ID}" in shown
    assert strangers(shown, allowed(meeting, server)) == []


def test_the_page_of_the_papers_agrees(chromium: Callable[..., Visit], meeting: Meeting, server: Served):
    """Bahan rapat: what has changed since the meeting before."""
    visit = chromium(f"/bahan-rapat?rapat={ID}")
    shown = visit.page.evaluate(SHOWN)
    assert ID in shown
    since = shown[shown.index("Sejak rapat") :]
    assert strangers(since, allowed(meeting, server)) == []
