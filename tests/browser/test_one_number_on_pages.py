"""One number on screen, too: whatever a page shows of a meeting's set is what the metrics say of it."""

from collections.abc import Callable

import pytest
from browsers import Visit
from metric_numbers import metric_numbers, written
from paper_texts import numbers
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


def allowed(meeting: Meeting) -> set[str]:
    return {text for value in metric_numbers(meeting).values() for text in written(value).values()}


def strangers(shown: str, known: set[str]) -> list[tuple[str, str]]:
    lines = [line.strip() for line in shown.splitlines() if line.strip()]
    return [(number, line) for line in lines for number in numbers(line) if number not in known]


def test_every_number_on_the_slides_is_a_metrics(chromium: Callable[..., Visit], meeting: Meeting):
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
    assert strangers(shown, allowed(meeting)) == []


@pytest.mark.parametrize("path", PAGES)
def test_every_number_on_the_dashboard_as_known_then_is_a_metrics(
    chromium: Callable[..., Visit], meeting: Meeting, path: str
):
    """The dashboard, looking back to what the meeting knew."""
    visit = chromium(f"{path}?{AS_KNOWN}")
    shown = visit.page.evaluate(SHOWN)
    assert f"angka rapat {ID}" in shown
    assert strangers(shown, allowed(meeting)) == []


def test_the_page_of_the_papers_agrees(chromium: Callable[..., Visit], meeting: Meeting):
    """Bahan rapat: what has changed since the meeting before."""
    visit = chromium(f"/bahan-rapat?rapat={ID}")
    shown = visit.page.evaluate(SHOWN)
    assert ID in shown
    since = shown[shown.index("Sejak rapat") :]
    assert strangers(since, allowed(meeting)) == []
