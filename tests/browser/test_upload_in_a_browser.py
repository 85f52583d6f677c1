"""The page Unggah as a browser shows it: a messy file from drop to undo, in all three sizes."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browsers import Visit
from playwright.sync_api import Browser
from serve import served
from upload_files import REGISTER, workbook
from uploading import drop, mend, press, press_until, says, text

pytestmark = pytest.mark.browser

TOO_WIDE = """() => {
    const width = document.documentElement.clientWidth;
    const wide = [...document.querySelectorAll('[data-testid=stMain] [data-testid=stElementContainer]')]
        .filter(element => element.getBoundingClientRect().right > width + 1).map(element => element.innerText);
    return document.documentElement.scrollWidth > width ? [...wide, 'the page itself'] : wide;
}"""


@pytest.fixture
def own(tmp_path: Path, demo_to: Callable[[Path], Path], browser: Browser) -> Iterator[Visit]:
    """The page on a server with a store of its own, since the test writes."""
    demo_to(tmp_path / "store")
    with served(tmp_path) as running:
        context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="id-ID", reduced_motion="reduce")
        visit = Visit(context.new_page())
        visit.page.on("request", lambda request: visit.requests.append(request.url))
        visit.page.on("pageerror", lambda error: visit.faults.append(str(error)))
        visit.page.goto(running.url + "/unggah", wait_until="domcontentloaded")
        visit.settle()
        yield visit
        context.close()


def test_a_messy_file_from_drop_to_undo(own: Visit):
    """
    Dropped with another of its name, a header chosen, a damaged cell typed, the page reloaded: all is there again.
    Committed, the figure on Ringkasan moves, by the rows that were taken; undone with a reason, it is what it was.
    """
    visit, page = own, own.page
    other = REGISTER.replace("SH2025-1-99000", "SH2025-1-99001")
    drop(visit, ("Rekap_UINSI.csv", other.encode()), ("Rekap_UINSI.csv", REGISTER.encode()))
    page.get_by_test_id("stRadio").get_by_text("ke-2").click()
    page.wait_for_timeout(150)
    visit.settle()
    says(visit, "diterima 3 · ditolak 1 · dilewati 1 = dibaca 5")
    press(visit, "Pakai sebagai Kab/Kota")
    mend(visit, table=1, down=0, right=3, content="9900000000002")
    page.reload()
    visit.settle()
    says(visit, "2 berkas yang belum disimpan dibuka kembali")
    says(visit, "Jatuhkan Rekap_UINSI.csv · ke-2 2 berkas di daftar")
    press_until(visit, "Periksa lagi (1)", "Rekap_UINSI baris 5 · NIB → 9900000000002")
    assert "Rusak oleh Excel" not in text(visit)
    page.get_by_label("Nama Anda").fill("Rina Wulandari")
    press(visit, "Pakai nama ini")
    press_until(visit, "Simpan 3 baris", "tersimpan pada")
    with page.expect_download() as handed_back:
        page.get_by_role("button", name="baris yang ditolak dan").click()
    assert handed_back.value.suggested_filename == "Rekap_UINSI ke-2 - ditolak.xlsx"
    page.get_by_role("link", name="Lihat di Ringkasan").click()
    visit.settle()
    says(visit, "322 dari 1.000 kuota (32,2%)")
    page.go_back()
    says(visit, "tersimpan pada")
    visit.settle()
    page.locator("summary").filter(has_text="Batalkan penyimpanan").click()
    visit.settle()
    page.get_by_label("Alasan", exact=True).fill("berkas keliru")
    press(visit, "Batalkan penyimpanan")
    says(visit, "Penyimpanan tadi dibatalkan")
    page.get_by_text("Pantau", exact=True).first.click()
    page.get_by_text("Ringkasan", exact=True).first.click()
    visit.settle()
    says(visit, "320 dari 1.000 kuota (32,0%)")
    assert visit.faults == []
    foreign = {urlsplit(url).netloc for url in visit.requests if urlsplit(url).scheme in ("http", "https", "ws")}
    assert foreign == {urlsplit(page.url).netloc}


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080), (390, 844)])
def test_the_steps_fit_the_screen(chromium: Callable[..., Visit], width: int, height: int):
    """Several files, one of them unreadable: nothing is wider than the screen, and nothing speaks English."""
    visit = chromium("/unggah", width=width, height=height)
    register = [
        ["No. Daftar", "Nama Usaha", "Kab/Kota", "Status"],
        ["SH2025-1-990301", "Dapur Rekaan", "Kutai", "OF10"],
    ]
    files = [
        ("Rekap_UINSI.csv", REGISTER.encode()),
        ("unmul.xlsx", workbook(Register=register, Catatan=[["hanya catatan"]])),
        ("foto.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(999)),
    ]
    drop(visit, *files)
    for expander in visit.page.locator("[data-testid=stMain] summary").all():
        if expander.locator("xpath=..").get_attribute("open") is None:
            expander.click()
    visit.settle()
    assert visit.page.evaluate(TOO_WIDE) == []
    english = ("Upload", "Browse", "Drag and drop", "Choose", "Limit", "None", "No results")
    assert [word for word in english if word in visible(visit)] == []
    assert visit.page.locator("[data-testid=stException]").count() == 0


def visible(visit: Visit) -> str:
    """The text that is drawn; words that the stylesheet gives no size are not."""
    return visit.page.evaluate(
        """() => [...document.querySelectorAll('[data-testid=stMain] *')]
            .filter(one => parseFloat(getComputedStyle(one).fontSize) > 0)
            .flatMap(one => [...one.childNodes].filter(node => node.nodeType === 3).map(node => node.textContent))
            .join(' ')"""
    )
