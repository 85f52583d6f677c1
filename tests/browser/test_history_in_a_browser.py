"""The page Riwayat, and looking at the past, in a real browser. The server is everybody's: no figure is changed."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from browsers import Visit
from serve import Served

from halal_store import Store
from halal_ui.snapshot.programme import programme

pytestmark = pytest.mark.browser

PAST = "seperti diketahui pada 13 Desember 2025 pukul 10.00 WITA"


@pytest.fixture
def newest(server: Served) -> tuple[str, bytes]:
    """The upload_id of the newest upload, and the file as it was sent."""
    store = Store(server.log.parent / "store", time_zone=programme().time_zone)
    upload_id = str(store.history()["upload_id"].iloc[-1])
    return upload_id, store.original(upload_id)


def query(visit: Visit) -> dict[str, list[str]]:
    return parse_qs(urlsplit(visit.page.url).query)


def main_text(visit: Visit) -> str:
    return visit.page.locator("[data-testid=stMain]").inner_text()


def test_a_row_of_the_list_opens_and_is_in_the_address(chromium: Callable[..., Visit], newest: tuple[str, bytes]):
    """A click on the newest upload shows it, and its address shows it to somebody else; a second click closes it."""
    mine = chromium("/riwayat")
    table = mine.page.locator("[data-testid=stDataFrame]").first.bounding_box()
    assert table is not None
    mine.page.mouse.click(table["x"] + 17, table["y"] + 52)  # the box before the first row
    accepted = mine.page.get_by_role("button", name="Unduh baris diterima")
    accepted.wait_for()
    mine.settle()
    assert query(mine)["unggahan"] == [newest[0]]
    theirs = chromium(f"/riwayat?{urlsplit(mine.page.url).query}")
    assert "Unduh baris diterima" in main_text(theirs)
    mine.page.mouse.click(table["x"] + 17, table["y"] + 52)
    accepted.wait_for(state="detached")
    assert "unggahan" not in query(mine)


def test_a_name_is_given_once_and_opens_the_original(chromium: Callable[..., Visit], newest: tuple[str, bytes]):
    """This machine's user gives a name, which the browser keeps; then the file is to be had, byte by byte."""
    visit = chromium(f"/riwayat?unggahan={newest[0]}")
    assert visit.page.get_by_role("button", name="Buka data pribadi").count() == 0
    visit.page.get_by_label("Nama Anda").fill("Rina Wulandari")
    visit.page.get_by_role("button", name="Pakai nama ini").click()
    visit.page.get_by_text("Dicatat atas nama Rina Wulandari.").wait_for()
    visit.settle()
    visit.page.reload()
    visit.settle()
    assert "Dicatat atas nama Rina Wulandari." in main_text(visit)
    visit.page.get_by_role("button", name="Buka data pribadi").click()
    visit.page.get_by_role("button", name="Unduh berkas asli").wait_for()
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name="Unduh berkas asli").click()
    assert download.value.path().read_bytes() == newest[1]
    assert visit.faults == []


def test_the_past_goes_along_the_menu_and_ends(chromium: Callable[..., Visit]):
    """A moment chosen on Riwayat holds on every page that the menu leads to, and in their addresses, until it ends."""
    visit = chromium("/riwayat?pada=2025-12-13T10:00")
    assert PAST in main_text(visit)
    visit.page.get_by_test_id("stTopNav").get_by_text("Pantau", exact=True).click()
    visit.page.get_by_test_id("stTopNavDropdownLink").filter(has_text="Tenggat").click()
    visit.page.get_by_text("Apa yang hilang bila tidak ada yang berubah?").wait_for()
    visit.settle()
    assert PAST in main_text(visit)
    assert query(visit)["pada"] == ["2025-12-13T10:00"]
    visit.page.get_by_role("button", name="Kembali ke sekarang").click()
    visit.page.get_by_text(PAST).wait_for(state="detached")
    visit.settle()
    assert "pada" not in query(visit)


def test_a_moment_is_chosen_by_day_and_hour(chromium: Callable[..., Visit]):
    """What was known on the evening of the coordination meeting: the uploads up to then, and their figures."""
    visit = chromium("/riwayat")
    visit.page.get_by_text("Seperti diketahui pada waktu lain").click()
    fields = visit.page.get_by_test_id("stMain").get_by_role("spinbutton")
    for first, typed in ((0, "04062025"), (3, "1930")):  # day, month, year; hour, minute
        fields.nth(first).click()
        visit.page.keyboard.type(typed)
        visit.page.keyboard.press("Tab")
        visit.settle()
    visit.page.get_by_role("button", name="Lihat seperti waktu itu").click()
    visit.page.get_by_text("seperti diketahui pada 4 Juni 2025 pukul 19.30 WITA").wait_for()
    visit.settle()
    assert query(visit)["pada"] == ["2025-06-04T19:30"]
