"""Tayang in a real browser: slides by key, swipe and address; a presenter, and those who follow on other screens."""

from collections.abc import Callable
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
from browsers import Visit
from PIL import Image
from playwright.sync_api import expect

from halal_ui.look.palette import palette

pytestmark = pytest.mark.browser

LAST, FIRST_MEETING = "R-2025-06-04", "R-2025-05-21"
CURRENT = "document.querySelector('.stage .slide:not([hidden])')?.dataset.key"
STREAMLIT = "[data-testid=stHeader], [data-testid=stSidebar], [data-testid=stToolbar], [data-testid=stStatusWidget]"
SWIPE = """([from, to]) => {
    const slide = document.querySelector('.stage .slide:not([hidden])');
    const at = (x) => [new Touch({identifier: 1, target: slide, clientX: x, clientY: 400})];
    const told = {bubbles: true, cancelable: true};
    slide.dispatchEvent(new TouchEvent('touchstart', {...told, touches: at(from), changedTouches: at(from)}));
    slide.dispatchEvent(new TouchEvent('touchend', {...told, touches: [], changedTouches: at(to)}));
}"""


def current(visit: Visit) -> str:
    return visit.page.evaluate(CURRENT)


def keys(visit: Visit) -> list[str]:
    return visit.page.eval_on_selector_all(".stage .slide", "all => all.map(slide => slide.dataset.key)")


def query(visit: Visit, name: str) -> str:
    return parse_qs(urlsplit(visit.page.url).query).get(name, [""])[0]


def shows(visit: Visit, key: str) -> None:
    """Within the two seconds that are promised."""
    visit.page.wait_for_function(f"{CURRENT} === '{key}'", timeout=2_000)


def lead(visit: Visit, name: str) -> None:
    visit.page.mouse.move(300, 300)
    visit.page.get_by_role("button", name="Pandu rapat").click()
    dialog = visit.page.get_by_role("dialog")
    dialog.get_by_label("Nama Anda").fill(name)
    dialog.get_by_role("button", name="Pakai nama ini").click()
    dialog.get_by_role("button", name="Pandu rapat").click()
    visit.page.locator(".stage[data-leads]").wait_for()
    visit.settle()


def test_slides_move_by_keys_and_the_address_keeps_the_place(chromium: Callable[..., Visit]):
    """Arrows, page keys, space, Home, End and a number with Enter; a link or a reload shows the same slide."""
    visit = chromium(f"/tayang?rapat={FIRST_MEETING}")
    press, all_keys = visit.page.keyboard.press, keys(visit)
    assert current(visit) == all_keys[0]
    for key, place in (("ArrowRight", 1), ("PageDown", 2), (" ", 3), ("ArrowLeft", 2), ("PageUp", 1), ("End", -1)):
        press(key)
        assert current(visit) == all_keys[place]
    press("ArrowRight")
    assert current(visit) == all_keys[-1]
    press("Home")
    press("3")
    press("Enter")
    assert current(visit) == query(visit, "slide") == all_keys[2]
    assert query(visit, "rapat") == FIRST_MEETING
    visit.page.reload()
    visit.settle()
    assert current(visit) == all_keys[2]
    assert current(chromium(f"/tayang?{urlsplit(visit.page.url).query}")) == all_keys[2]
    assert visit.faults == []


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080), (390, 844)])
def test_nothing_of_streamlit_is_seen(chromium: Callable[..., Visit], width: int, height: int):
    """The slide is the whole screen: no header, menu, sidebar or status of Streamlit above or beside it."""
    visit = chromium(f"/tayang?rapat={FIRST_MEETING}", width=width, height=height)
    for part in visit.page.locator(STREAMLIT).all():
        expect(part).to_be_hidden()
    box = visit.page.locator(".stage").bounding_box()
    assert box == {"x": 0, "y": 0, "width": width, "height": height}
    assert visit.page.evaluate("document.elementFromPoint(innerWidth / 2, 20).closest('.stage') !== null")
    assert visit.page.evaluate("document.scrollingElement.scrollHeight <= innerHeight")


@pytest.mark.parametrize("dark", [False, True])
def test_the_curve_is_drawn_in_the_page(chromium: Callable[..., Visit], dark: bool):
    """Halfway along the plot there is a dot of each line's own colour: Streamlit has left nothing of them out."""
    visit = chromium(f"/tayang?rapat={LAST}&slide=kurva", dark=dark)
    seen = Image.open(BytesIO(visit.page.locator("#slide-kurva .curve").screenshot())).convert("RGB")
    colours = {seen.getpixel((x, y)) for x in range(seen.width // 2, seen.width // 2 + 60) for y in range(seen.height)}
    for tone in ("used", "issued"):
        code = getattr(palette(dark), tone)
        assert tuple(int(code[at : at + 2], 16) for at in (1, 3, 5)) in colours


def test_slides_are_chosen_and_ordered_in_the_list(chromium: Callable[..., Visit]):
    """What the list leaves out is passed over, its order is that of the keys, and both are in the link."""
    visit = chromium(f"/tayang?rapat={FIRST_MEETING}")
    first, second, third = keys(visit)[:3]
    visit.page.keyboard.press("d")
    rows = visit.page.locator(".stage-panel li")
    rows.nth(1).get_by_role("checkbox").uncheck()
    rows.nth(2).locator(".up").click()
    rows.nth(1).locator(".up").click()
    assert [row.get_attribute("data-of") for row in rows.all()][:3] == [third, first, second]
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator(".stage-panel[data-panel=list]")).to_be_hidden()
    theirs = chromium(f"/tayang?{urlsplit(visit.page.url).query}")
    theirs.page.keyboard.press("Home")
    assert current(theirs) == third
    theirs.page.keyboard.press("ArrowRight")
    assert current(theirs) == first
    theirs.page.keyboard.press("ArrowRight")
    assert current(theirs) not in (first, second, third)


def test_colours_timer_and_help_have_keys(chromium: Callable[..., Visit]):
    """G turns the slides dark, W starts a clock, ? lists the keys, and Esc leaves for the handouts."""
    visit = chromium(f"/tayang?rapat={FIRST_MEETING}")
    slide = visit.page.locator(".stage .slide:not([hidden])")
    light = slide.evaluate("slide => getComputedStyle(slide).backgroundColor")
    visit.page.keyboard.press("g")
    assert slide.evaluate("slide => getComputedStyle(slide).backgroundColor") != light
    expect(visit.page.locator(".stage-timer")).to_be_hidden()
    visit.page.keyboard.press("w")
    expect(visit.page.locator(".stage-timer time")).to_have_text("00.01", timeout=3_000)
    visit.page.keyboard.press("?")
    expect(visit.page.get_by_text("Catat tindak lanjut")).to_be_visible()
    visit.page.keyboard.press("Escape")
    expect(visit.page.get_by_text("Catat tindak lanjut")).to_be_hidden()
    visit.page.keyboard.press("Escape")
    visit.page.wait_for_url("**/bahan-rapat*")
    expect(visit.page.locator(".stage")).to_have_count(0)
    expect(visit.page.locator("[data-testid=stHeader]")).to_be_visible()


def test_a_key_opens_the_form_and_the_slide_stays(chromium: Callable[..., Visit]):
    """T opens the form of an action above the slide; while it is open its keys are its own."""
    visit = chromium(f"/tayang?rapat={FIRST_MEETING}&slide=kurva")
    visit.page.keyboard.press("t")
    dialog = visit.page.get_by_role("dialog")
    dialog.wait_for()
    visit.settle()
    visit.page.keyboard.press("End")
    visit.page.keyboard.press("ArrowRight")
    assert current(visit) == "kurva"
    assert visit.page.evaluate("""() => {
        const box = document.querySelector('[role=dialog]').getBoundingClientRect();
        return document.elementFromPoint(box.x + box.width / 2, box.y + 30).closest('[role=dialog]') !== null;
    }""")
    visit.page.get_by_role("button", name="Close").or_(visit.page.get_by_label("Close")).first.click()
    dialog.wait_for(state="detached")
    assert current(visit) == "kurva"
    assert visit.faults == []


def test_everybody_follows_the_presenter_and_may_look_around(chromium: Callable[..., Visit]):
    """A laptop and a phone go where the presenter goes; who looks around stays there, and comes back with one tap."""
    presenter = chromium(f"/tayang?rapat={LAST}")
    laptop, phone = chromium(f"/tayang?rapat={LAST}"), chromium(f"/tayang?rapat={LAST}", width=390, height=844)
    lead(presenter, "Rina Wulandari")
    presenter.page.keyboard.press("End")
    last = current(presenter)
    shows(laptop, last)
    shows(phone, last)
    expect(laptop.page.locator(".stage-who")).to_have_text("Mengikuti Rina Wulandari")

    phone.page.evaluate(SWIPE, [80, 300])  # to the right: the slide before
    before = current(phone)
    assert before == keys(phone)[-2]
    presenter.page.keyboard.press("Home")
    first = current(presenter)
    shows(laptop, first)
    assert current(phone) == before
    phone.page.get_by_role("button", name="Kembali mengikuti").tap()
    shows(phone, first)
    presenter.page.keyboard.press("ArrowRight")
    shows(phone, current(presenter))
    presenter.page.reload()  # goes on presenting
    presenter.settle()
    presenter.page.keyboard.press("ArrowRight")
    assert current(presenter) == keys(presenter)[2]
    shows(phone, current(presenter))

    # somebody else presents: who did so follows, and is told
    lead(laptop, "Budi Santoso")
    expect(presenter.page.locator(".stage-told")).to_contain_text("Budi Santoso kini memandu tayangan")
    laptop.page.keyboard.press("End")
    shows(presenter, last)
    shows(phone, last)
    laptop.page.mouse.move(310, 310)
    laptop.page.get_by_role("button", name="Berhenti memandu").click()
    expect(phone.page.locator(".stage-who")).to_have_text("")
    for visit in (presenter, laptop, phone):
        assert visit.faults == []
