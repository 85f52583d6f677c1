"""The forecast comes by itself: the page is there before it, and nobody has to load it again."""

from collections.abc import Callable

from browsers import Visit
from playwright.sync_api import expect


def test_the_verdict_comes_without_a_reload(chromium: Callable[..., Visit]):
    """A day nobody has asked about yet: where all stand at once, then the verdict, and the waiting line is gone."""
    visit = chromium("/?per=2025-07-17")
    expect(visit.page.locator(".question")).to_contain_text("terpakai dan terbit sampai")
    expect(visit.page.locator("p.answer").first).to_contain_text("(8 dari 10 kemungkinan)", timeout=60_000)
    expect(visit.page.locator(".awaited")).to_have_count(0)
    assert "dimanfaatkan dan" in visit.page.locator("p.answer").nth(1).inner_text()
