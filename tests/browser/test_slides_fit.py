"""Slides on the screens they are made for: all of it is seen, nothing is small, no word stands over another."""

from collections.abc import Iterator

import pytest
from awkward_slides import AWKWARD
from playwright.sync_api import Browser, Page

from halal_store import Store
from halal_ui.slides import STYLE, slides_html
from halal_ui.snapshot.meeting_set import meeting_set
from halal_ui.story import story
from halal_ui.story.slide import Story

pytestmark = pytest.mark.browser

SCREENS = {(1366, 768): 14.5, (1920, 1080): 20.0, (390, 844): 15.0}
"""Width and height → the least size of letters, in pixels."""

# Every piece of text with its place; those written over each other; what lies outside the slide or is wider than it.
FAULTS = """([key, least, whole]) => {
    for (const slide of document.querySelectorAll('.slide')) slide.hidden = slide.dataset.key !== key;
    const slide = document.getElementById('slide-' + key), edge = slide.getBoundingClientRect();
    const faults = [], pieces = [];
    if (slide.scrollWidth > slide.clientWidth + 1) faults.push('wider than the screen');
    if (whole && slide.scrollHeight > slide.clientHeight + 1) faults.push('higher than the screen');
    const texts = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const node = texts.currentNode, text = node.textContent.trim(), range = document.createRange();
        if (!text) continue;
        range.selectNodeContents(node);
        const places = [...range.getClientRects()].filter(place => place.width > 1);
        const size = parseFloat(getComputedStyle(node.parentElement).fontSize);
        if (places.length && size < least - 0.05) faults.push(`${size}px: ${text}`);
        for (const place of places) {
            const beside = place.left < edge.left - 1 || place.right > edge.right + 1;
            const below = place.top < edge.top - 1 || place.bottom > edge.bottom + 1;
            if (beside || whole && below) faults.push(`outside: ${text}`);
            for (const [other, its] of pieces) {
                const wide = Math.min(place.right, its.right) - Math.max(place.left, its.left);
                const high = Math.min(place.bottom, its.bottom) - Math.max(place.top, its.top);
                if (wide > 1 && high > 0.45 * Math.min(place.height, its.height)) faults.push(`${other} × ${text}`);
            }
        }
        pieces.push(...places.map(place => [text, place]));
    }
    return faults;
}"""


@pytest.fixture(scope="module")
def meeting_story(tmp_path_factory, demo_to) -> Story:
    """The slides of the demonstration's last meeting."""
    store = Store(demo_to(tmp_path_factory.mktemp("slides") / "store"), time_zone="Asia/Makassar")
    return story(meeting_set(store.meetings()[0]))


@pytest.fixture(params=SCREENS, ids=lambda screen: f"{screen[0]}x{screen[1]}")
def screen(request) -> tuple[int, int]:
    return request.param


@pytest.fixture
def page(screen: tuple[int, int], browser: Browser) -> Iterator[Page]:
    width, height = screen
    with browser.new_context(viewport={"width": width, "height": height}) as context:
        yield context.new_page()


def show(page: Page, story: Story, *, dark: bool = False) -> None:
    layer = f'<div style="position: fixed; inset: 0">{slides_html(story, dark=dark)}</div>'
    page.set_content(f'<!doctype html><html lang="id"><style>{STYLE}</style><body style="margin: 0">{layer}</body>')


def faults(page: Page, story: Story, screen: tuple[int, int]) -> dict[str, list[str]]:
    told = {s.key: page.evaluate(FAULTS, [s.key, SCREENS[screen], screen[0] > 700]) for s in story.slides}
    return {key: found for key, found in told.items() if found}


def test_the_meeting_of_the_demonstration_is_seen_whole(page: Page, screen: tuple[int, int], meeting_story: Story):
    """Every slide: nothing to scroll on a projector, letters from 20 px at 1920, one column on a phone."""
    show(page, meeting_story)
    assert not faults(page, meeting_story, screen)


def test_awkward_slides_are_seen_whole(page: Page, screen: tuple[int, int]):
    """Long names, many bars, long tables, all on one: letters get smaller to a limit, then rows are left out."""
    show(page, AWKWARD)
    assert not faults(page, AWKWARD, screen)


def test_a_fault_would_be_found(page: Page, screen: tuple[int, int]):
    """A slide made too high, too wide and too small says so three times: the measure itself is measured."""
    show(page, AWKWARD)
    page.evaluate("document.querySelector('#slide-judul .slide-title').style.cssText = 'font-size:9px;min-width:200vw'")
    page.evaluate("document.querySelector('#slide-judul .slide-body').style.cssText = 'flex:none;height:200vh'")
    found = page.evaluate(FAULTS, ["judul", SCREENS[screen], True])
    assert {"wider than the screen", "higher than the screen"} <= set(found)
    assert any(fault.startswith("9px") for fault in found)


@pytest.mark.parametrize("dark", [False, True])
def test_colours_follow_the_theme_asked_for(browser: Browser, dark: bool):
    """Whatever the machine prefers; on the stage they follow the stage."""
    with browser.new_context(color_scheme="light" if dark else "dark") as context:
        page = context.new_page()
        show(page, AWKWARD, dark=dark)
        colour = "getComputedStyle(document.querySelector('.slide')).backgroundColor"
        own = page.evaluate(colour)
        assert own == ("rgb(15, 21, 27)" if dark else "rgb(255, 255, 255)")
        page.evaluate(
            "scheme => { const layer = document.querySelector('.slides').parentElement;"
            "layer.className = 'stage'; layer.style.colorScheme = scheme; }",
            "light" if dark else "dark",
        )
        assert page.evaluate(colour) != own


def test_a_part_of_the_screen_is_enough(browser: Browser):
    """Slides take the size of the layer they lie in, not of the window: a bar below takes room from them."""
    with browser.new_context(viewport={"width": 1366, "height": 768}) as context:
        page = context.new_page()
        show(page, AWKWARD)
        page.evaluate("document.querySelector('.slides').parentElement.style.bottom = '58px'")
        told = [page.evaluate(FAULTS, [slide.key, 13, True]) for slide in AWKWARD.slides]
        assert not [found for found in told if found]
