"""Every page as a browser shows it: on a laptop, on a projector, on a phone."""

import re
from collections.abc import Callable
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from browsers import Visit
from serve import Served

pytestmark = pytest.mark.browser

QUESTIONS = {
    "/": "Akankah 1.000 kuota terpakai dan terbit sampai 31 Desember 2025?",
    "/ringkasan": "Akankah 1.000 kuota terpakai dan terbit sampai 31 Desember 2025?",
    "/kab-kota": "Kabupaten/kota mana yang tertinggal, dan seberapa jauh?",
    "/kab-kota?kab=Kabupaten+Berau": "Kabupaten/kota mana yang tertinggal, dan seberapa jauh?",
    "/lp3h": "LP3H mana yang bekerja, dan mana yang perlu dibantu?",
    "/corong": "Di mana pengajuan menunggu, dan giliran siapa?",
    "/tenggat": "Apa yang hilang bila tidak ada yang berubah?",
    "/kendala": "Apa yang menghambat, dan siapa berbuat apa sampai kapan?",
    "/tayang": "Rapat Koordinasi dan Monitoring Sertifikasi Halal",
    "/bahan-rapat": "Apa yang dibawa ke rapat, dan apa yang berubah sejak rapat terakhir?",
    "/unggah": "Berkas apa yang perlu dihitung?",
    "/riwayat": "Apa yang pernah diunggah, dan apa akibatnya?",
    "/mutu-data": "Seberapa segar, lengkap, dan cocok data ini?",
    "/definisi": "Bagaimana setiap angka dihitung?",
}
SIZES = [(1366, 768), (1920, 1080), (390, 844)]
TOO_WIDE = """() => {
    const width = document.documentElement.clientWidth;
    const wide = [...document.querySelectorAll('[data-testid=stMain] [data-testid=stElementContainer]')]
        .filter(element => element.getBoundingClientRect().right > width + 1).map(element => element.innerText);
    return document.documentElement.scrollWidth > width ? [...wide, 'the page itself'] : wide;
}"""


def main_text(visit: Visit) -> str:
    return visit.page.locator("[data-testid=stMain]").inner_text()


@pytest.mark.parametrize("sizes", [SIZES[:2], SIZES[2:]], ids=["desk", "phone"])
@pytest.mark.parametrize(("path", "question"), QUESTIONS.items())
def test_a_page_is_whole(
    chromium: Callable[..., Visit], server: Served, path: str, question: str, sizes: list[tuple[int, int]]
):
    """No exception, no complaint in the console, nothing asked of another host, nothing wider than the screen."""
    visit = chromium(path, width=sizes[0][0], height=sizes[0][1])
    for width, height in sizes:
        visit.page.emulate_media(color_scheme="dark" if width == 1920 else "light")
        visit.page.set_viewport_size({"width": width, "height": height})
        visit.settle()
        assert question in main_text(visit)
        assert "Page not found" not in visit.page.locator("body").inner_text()
        assert visit.page.locator("[data-testid=stException], [data-testid=stAlertContentError]").count() == 0
        assert visit.page.evaluate(TOO_WIDE) == []
    assert visit.faults == []
    foreign = {urlsplit(url).netloc for url in visit.requests if urlsplit(url).scheme in ("http", "https", "ws")}
    assert foreign == {urlsplit(server.url).netloc}


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_public_record_stands_on_the_first_page(chromium: Callable[..., Visit], width: int, height: int):
    """320 of 1.000 used is 32,0%, 58 issued is 5,8%: large, with the deadline, without a click or a scroll."""
    visit = chromium("/", width=width, height=height)
    cards = [card.inner_text().split("\n") for card in visit.page.locator(".card").all()]
    flat = [" ".join(" ".join(card).split()) for card in cards]
    assert flat[0].startswith("Dimanfaatkan 320 dari 1.000 kuota 32,0%")
    assert flat[1].startswith("Terbit 58 dari 1.000 kuota 5,8%")
    assert flat[2].startswith("Tenggat 4 hari lewat 31 Mei 2025")
    for number in visit.page.locator(".card .number").all()[:2]:
        box = number.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= height
        assert box["height"] >= 36


def test_a_link_is_a_view(chromium: Callable[..., Visit]):
    """Filters set by hand are in the address, and that address shows the same to somebody else."""
    mine = chromium("/?per=2025-09-01")
    mine.page.locator("[data-testid=stSidebar]").get_by_text("Terbit", exact=True).click()
    mine.settle()
    place = mine.page.locator("[data-testid=stSidebar] [data-testid=stSelectbox]").first
    place.click()
    mine.page.get_by_role("option", name="Kabupaten Berau").click()
    mine.settle()
    query = parse_qs(urlsplit(mine.page.url).query)
    assert query == {"per": ["2025-09-01"], "kab": ["Kabupaten Berau"], "ukuran": ["Terbit"]}
    assert "per 1 September 2025 · Berau · semua LP3H · terbit" in main_text(mine)
    theirs = chromium(mine.page.url.removeprefix(mine.page.url.split("/?")[0]))
    assert main_text(theirs) == main_text(mine)


def test_a_tile_narrows_the_page_to_its_place(chromium: Callable[..., Visit]):
    """A click on a tile shows that place below the map, and puts it into the address."""
    visit = chromium("/kab-kota")
    chart = visit.page.locator("[data-testid=stPlotlyChart]").first
    chart.locator("g.scatterlayer .point, g.scatterlayer path.point").first.click(force=True)
    visit.settle()
    assert parse_qs(urlsplit(visit.page.url).query).get("kab")
    assert "Lihat semua kabupaten/kota" in main_text(visit)


def test_a_place_that_holds_the_gap_is_a_click_away(chromium: Callable[..., Visit]):
    """The names under the S-curve lead to their place, with the same date."""
    visit = chromium("/?per=2025-06-03")
    visit.page.get_by_role("link", name="Berau").click()
    visit.settle()
    assert urlsplit(visit.page.url).path == "/kab-kota"
    assert "per 3 Juni 2025 · Berau" in main_text(visit)


def test_months_are_indonesian(chromium: Callable[..., Visit]):
    """The axis of the S-curve says Mei, not May."""
    axis = chromium("/").page.locator(".js-plotly-plot .xtick").all_text_contents()
    assert "Mei" in " ".join(axis)
    assert not re.search("May|Aug|Oct|Dec", " ".join(axis))


def test_a_chart_that_did_not_change_stays(chromium: Callable[..., Visit]):
    """Counting issued instead of used leaves the S-curve as it is: it is not mounted anew."""
    visit = chromium("/")
    chart = visit.page.locator("[data-testid=stPlotlyChart] .js-plotly-plot").first
    chart.evaluate("element => { element.dataset.seen = 'yes' }")
    visit.page.locator("[data-testid=stSidebar]").get_by_text("Terbit", exact=True).click()
    visit.settle()
    assert "· terbit" in main_text(visit)
    assert chart.get_attribute("data-seen") == "yes"


def test_the_table_can_be_taken_away(chromium: Callable[..., Visit]):
    """The workbook holds the rows of the screen, under Indonesian headers."""
    visit = chromium("/kab-kota")
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name="Unduh Excel").click()
    assert download.value.suggested_filename == "kabupaten-kota-2025-06-04.xlsx"
    rows = list(openpyxl.load_workbook(BytesIO(download.value.path().read_bytes()))["Data"].values)
    assert rows[0][0] == "Kab/kota"
    assert len(rows) == 11
    assert sum(row[1] for row in rows[1:]) == 1000
