"""From a figure to its rows as people do it: a click, a tap, a key; then to the file."""

import re
from collections.abc import Callable
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from browsers import Visit
from playwright.sync_api import Locator, expect

pytestmark = pytest.mark.browser

SIZES = [(1366, 768), (1920, 1080), (390, 844)]
SCROLLED = "document.querySelector('[data-testid=stMain]').scrollTop"


def plot(visit: Visit, number: int) -> dict:
    """Where the plot of a chart is, once it is in sight."""
    chart = visit.page.locator("[data-testid=stPlotlyChart]").nth(number)
    chart.scroll_into_view_if_needed()
    visit.page.wait_for_timeout(200)
    box = chart.locator(".nsewdrag").first.bounding_box()
    assert box is not None
    return dict(box)


def click(visit: Visit, chart: int, x: float, y: float) -> Locator:
    """Clicks so many pixels from a plot's corner (a share of its width below 1); the rows that open."""
    box = plot(visit, chart)
    visit.page.mouse.click(box["x"] + (x * box["width"] if x < 1 else x), box["y"] + y)
    return opened(visit)


def opened(visit: Visit) -> Locator:
    dialog = visit.page.locator("[data-testid=stDialog]")
    dialog.locator("h2.section").wait_for(timeout=30_000)
    visit.settle()
    return dialog


def headline(dialog: Locator) -> str:
    return dialog.locator("h2.section").inner_text()


def shut(visit: Visit) -> None:
    visit.page.keyboard.press("Escape")
    visit.page.locator("[data-testid=stDialog]").wait_for(state="detached")
    visit.settle()


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_step_of_the_funnel_opens_its_rows(chromium: Callable[..., Visit], width: int, height: int):
    """The figure of the bar is the number of rows, with file, sheet and row, and nothing is wider than the screen."""
    visit = chromium("/", width=width, height=height, dark=(width == 1920))
    dialog = click(visit, 1, 100, 43 * 5 + 20)
    assert (
        headline(dialog)
        == "58 pengajuan sudah terbit sertifikatnya · semua kabupaten/kota · semua LP3H · per 4 Juni 2025"
    )
    assert dialog.locator("tbody tr").count() == 58
    heads = dialog.locator("thead th").all_inner_texts()
    assert [re.sub(r"\s+", " ", head).strip() for head in heads][-3:] == ["Berkas", "Lembar", "Baris"]
    for owner in dialog.locator("tbody tr td:nth-child(3)").all_inner_texts():
        assert re.fullmatch(r"\S+ \w\.|\w\.|–", owner)
    assert visit.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert visit.faults == []


def test_the_rows_can_be_read_in_the_dark(chromium: Callable[..., Visit]):
    """A dialog lies outside the page that is dark; its table takes the dark colours all the same."""
    dialog = click(chromium("/", dark=True), 1, 100, 43 * 5 + 20)
    assert dialog.locator("tbody td").first.evaluate("cell => getComputedStyle(cell).color") == "rgb(238, 242, 246)"


def test_bars_cells_and_points_open_their_group(chromium: Callable[..., Visit]):
    """A bar, and the same bar again; a cell of place and institution; a point."""
    visit = chromium("/lp3h")
    for _ in range(2):
        assert "· semua kabupaten/kota · UINSI ·" in headline(click(visit, 0, 100, 46 + 20))
        shut(visit)
    assert re.match(r"\d+ pengajuan diajukan dalam 30 hari .* Unmul", headline(click(visit, 1, 100, 20)))
    shut(visit)
    cell = visit.page.locator("[data-testid=stPlotlyChart]").nth(2).locator("g.barlayer path").first
    cell.scroll_into_view_if_needed()
    cell.click(force=True)
    assert "pengajuan dimanfaatkan · Paser · Unmul ·" in headline(opened(visit))
    visit = chromium("/corong")
    visit.page.locator("g.scatterlayer path.point").last.click(force=True)
    assert "pengajuan dimanfaatkan · " in headline(opened(visit))


def test_another_figure_can_be_chosen_and_taken_away(chromium: Callable[..., Visit]):
    """From a button under a table: what waits with the business in one place, as many rows in the workbook, masked."""
    visit = chromium("/corong?kab=Kabupaten+Kutai+Timur")
    visit.page.locator("[data-testid=stMain]").get_by_role("button", name="Lihat baris").first.click()
    dialog = opened(visit)
    assert headline(dialog).startswith("88 pengajuan dimanfaatkan · Kutai Timur")
    dialog.locator("[data-testid=stSelectbox]").first.click()
    visit.page.get_by_role("option", name="Dikembalikan untuk dilengkapi").click()
    dialog.get_by_text("pengajuan dikembalikan untuk dilengkapi · Kutai Timur").wait_for()
    visit.settle()
    count = int(headline(dialog).split()[0])
    assert dialog.locator("tbody tr").count() == count > 0
    with visit.page.expect_download() as download:
        dialog.get_by_role("button", name="Unduh Excel").click()
    rows = list(openpyxl.load_workbook(BytesIO(download.value.path().read_bytes()))["Data"].values)
    assert len(rows) == count + 1
    assert all(re.fullmatch(r"\S+ \w\.|\w\.", str(row[2])) for row in rows[1:])


def test_the_rows_lead_to_their_file(chromium: Callable[..., Visit]):
    """A file's name is a link to its upload in the history."""
    visit = chromium("/tenggat")
    # above the charts that are clicked stands that of the chances, once it is figured
    expect(visit.page.locator(".awaited")).to_have_count(0, timeout=60_000)
    visit.settle()
    dialog = click(visit, 1, 100, 20)
    assert headline(dialog).startswith("6 pengajuan dimanfaatkan · Berau ·")
    dialog.get_by_role("link").first.click()
    visit.settle()
    assert urlsplit(visit.page.url).path == "/riwayat"
    assert parse_qs(urlsplit(visit.page.url).query)["unggahan"]


def test_a_finger_scrolls_past_a_chart_and_a_tap_opens_it(chromium: Callable[..., Visit]):
    """Charts that can be clicked do not hold the page on a phone, and one tap is enough."""
    visit = chromium("/", width=390, height=844)
    box = plot(visit, 1)
    touch = visit.page.context.new_cdp_session(visit.page)
    before, x, y = visit.page.evaluate(SCROLLED), box["x"] + 100, min(box["y"] + 60, 600)
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 13):
        moved = [{"x": x, "y": y - 10 * step}]
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": moved})
        visit.page.wait_for_timeout(16)
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    visit.page.wait_for_function(f"{SCROLLED} > {before} + 50")
    visit.page.wait_for_timeout(500)
    box = plot(visit, 1)
    visit.page.touchscreen.tap(box["x"] + 100, box["y"] + 43 * 2 + 20)
    assert headline(opened(visit)).startswith("211 pengajuan sudah terverifikasi")


def test_the_rows_are_reached_by_keys_alone(chromium: Callable[..., Visit]):
    """Whoever has no mouse opens them from a button, and closes them with Escape."""
    visit = chromium("/")
    visit.page.locator("[data-testid=stMain]").get_by_role("button", name="Terbit", exact=True).focus()
    visit.page.keyboard.press("Enter")
    assert headline(opened(visit)).startswith("58 pengajuan")
    shut(visit)
