"""Tables as a browser draws them: sorted by a reader, scrolled on a phone, legible in light and dark."""

import pandas as pd
import pytest

from halal_ui.look.palette import DARK, LIGHT
from halal_ui.look.tables import SORT_SCRIPT, STYLE, to_html

pytestmark = pytest.mark.browser

TABLE = pd.DataFrame(
    {
        "kab_kota": ["Kabupaten Kutai Kartanegara", "Kota Bontang", None, "Kabupaten Paser"],
        "quota": [100, 1000, 0, 40],
        "absorption_rate": [0.43, 1.02, None, 0.1],
        "gap": [-3.0, 4.0, 0.0, -12.0],
        "target_date": pd.to_datetime(["2025-12-31", "2025-05-31", None, "2025-06-04"]),
        "status": ["late", "on_track", "critical", "done"],
    }
)


@pytest.fixture
def page(browser):
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        yield context.new_page()


def show(page, *, scripts=1, scheme="light"):
    table = to_html(TABLE, caption="Kabupaten/kota, per 4 Juni 2025 · semua LP3H · dimanfaatkan", total={"quota": 1140})
    body = f'<body style="margin: 0; color-scheme: {scheme}">{STYLE}{table}{SORT_SCRIPT * scripts}</body>'
    page.set_content(f'<!doctype html><html lang="id">{body}</html>')


def column(page, place):
    return page.locator(f"tbody tr > :nth-child({place})").all_inner_texts()


def head(page, place):
    return page.locator(f"thead th:nth-child({place})")


def test_numbers_are_sorted_from_the_largest(page):
    """The first click shows the largest first, the second the smallest; what is missing stays last."""
    show(page)
    head(page, 3).get_by_role("button").click()
    assert column(page, 3) == ["102,0%", "43,0%", "10,0%", "–"]
    assert head(page, 3).get_attribute("aria-sort") == "descending"
    head(page, 3).get_by_role("button").click()
    assert column(page, 3) == ["10,0%", "43,0%", "102,0%", "–"]
    assert page.locator("tfoot").inner_text().split("\t")[:2] == ["Jumlah", "1.140"]


def test_names_dates_and_statuses_are_sorted_from_the_first(page):
    """Names by the alphabet, dates by time, statuses from best to worst; only one column at a time says so."""
    show(page)
    for place, first in ((1, "Bontang"), (5, "31 Mei 2025"), (6, "✓ Selesai")):
        head(page, place).get_by_role("button").click()
        assert column(page, place)[0] == first
        assert head(page, place).get_attribute("aria-sort") == "ascending"
    assert page.locator("[aria-sort=ascending]").count() == 1


def test_keys_sort_too(page):
    """A head is a button: Enter and the space bar work on it."""
    show(page)
    head(page, 2).get_by_role("button").focus()
    page.keyboard.press("Enter")
    assert column(page, 2) == ["1.000", "100", "40", "0"]
    page.keyboard.press(" ")
    assert column(page, 2) == ["0", "40", "100", "1.000"]


def test_the_script_may_come_twice(page):
    """A page drawn again runs the script again; one click still sorts once."""
    show(page, scripts=2)
    head(page, 2).get_by_role("button").click()
    assert column(page, 2) == ["1.000", "100", "40", "0"]


def test_a_phone_scrolls_the_table_and_not_the_page(page):
    """At 390 px the names stay in sight while the numbers move, and the caption is whole."""
    show(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate("document.querySelector('.ph-table').scrollLeft = 1000")
    assert page.locator("tbody th").first.bounding_box()["x"] == 0
    caption = page.locator("caption span").bounding_box()
    assert caption["x"] >= 0
    assert caption["x"] + caption["width"] <= 390


@pytest.mark.parametrize(("scheme", "palette"), [("light", LIGHT), ("dark", DARK)])
def test_colours_follow_the_scheme(page, scheme, palette):
    """The same bytes are dark on light or light on dark, as what stands around them."""
    show(page, scheme=scheme)
    red, green, blue = (int(palette.ink[place : place + 2], 16) for place in (1, 3, 5))
    seen = page.locator(".ph-table").evaluate("table => getComputedStyle(table).color")
    assert seen == f"rgb({red}, {green}, {blue})"
