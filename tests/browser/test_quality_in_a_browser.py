"""The page Mutu data as a browser shows it, and a decision about a pair from the click to the list for the LP3H."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browsers import Visit
from playwright.sync_api import Browser
from serve import Served, served

from halal_store import Store
from halal_ui.screen.quality.sections import SECTIONS, TWICE

pytestmark = pytest.mark.browser

TOO_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


def address(section: str) -> str:
    return f"/mutu-data?bagian-mutu={section.replace(' ', '+')}"


def main_text(visit: Visit) -> str:
    return " ".join(visit.page.locator("[data-testid=stMain]").inner_text().split())


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_a_section_is_whole(chromium: Callable[..., Visit], section: str, width: int, height: int):
    """Each has an address of its own, no complaint in the console, and nothing wider than the screen."""
    visit = chromium(address(section), width=width, height=height, dark=width < 600)
    assert "Seberapa segar, lengkap, dan cocok data ini?" in main_text(visit)
    chosen = visit.page.locator(
        "[data-testid=stMain] button[aria-checked=true], [data-testid=stMain] [aria-pressed=true]"
    )
    assert section in " ".join(chosen.all_inner_texts())
    assert visit.page.locator("[data-testid=stException], [data-testid=stAlertContentError]").count() == 0
    assert visit.faults == []
    assert not visit.page.evaluate(TOO_WIDE)


def test_the_answer_is_above_the_fold(chromium: Callable[..., Visit]):
    """The public record's day: all four LP3H fresh, 20 businesses certified elsewhere, an OPD two ahead."""
    visit = chromium("/mutu-data")
    said = main_text(visit)
    assert "4 dari 4 LP3H menyatakan datanya dalam 14 hari terakhir" in said
    assert "20 kemungkinan ganda menunggu keputusan; rekap berbeda 2 pengajuan dari register" in said
    card = visit.page.locator(".card").last.bounding_box()
    assert card is not None
    assert card["y"] + card["height"] < 768


@pytest.fixture
def own(tmp_path: Path, demo_to: Callable[[Path], Path], browser: Browser) -> Iterator[tuple[Visit, Served]]:
    """A server with a store of its own, since a decision is written; and the pairs in it."""
    demo_to(tmp_path / "store")
    with served(tmp_path) as running:
        context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="id-ID", reduced_motion="reduce")
        visit = Visit(context.new_page())
        visit.page.on("pageerror", lambda error: visit.faults.append(str(error)))
        visit.page.goto(running.url + address(TWICE), wait_until="domcontentloaded")
        visit.settle()
        yield visit, running
        context.close()


def press(visit: Visit, label: str) -> None:
    visit.page.get_by_role("button", name=label).last.click()
    visit.page.wait_for_timeout(150)
    visit.settle()


def test_a_pair_is_decided_and_decided_again(own: tuple[Visit, Served], tmp_path: Path):
    """A name once, a click: it leaves the list, stands among the decisions, and can be taken up again."""
    visit, _ = own
    page = visit.page
    page.get_by_label("Nama Anda").fill("Rina")
    press(visit, "Pakai nama ini")
    assert "Menunggu (20)" in main_text(visit)
    first = page.locator(".pair").inner_text()
    page.get_by_label("Catatan (bila perlu)").fill("sertifikat 2023")
    press(visit, "Usaha yang sama")
    said = main_text(visit)
    assert "Menunggu (19)" in said
    assert "19 kemungkinan ganda menunggu keputusan" in said
    assert "Ganti pelaku usaha: sudah bersertifikat" in said
    assert page.locator(".pair").inner_text() != first

    press(visit, "Putuskan nanti")
    assert "Menunggu (18)" in main_text(visit)
    page.get_by_text("Sudah diputuskan (1)", exact=True).click()
    visit.settle()
    assert page.locator(".pair").inner_text() == first
    assert "Usaha yang sama, diputuskan Rina pada" in main_text(visit)
    assert "Catatan: sertifikat 2023" in main_text(visit)
    press(visit, "Usaha berbeda")
    assert "Untuk dikembalikan kepada LP3H" not in main_text(visit)
    facts = Store(tmp_path / "store").records("duplicate")
    assert [fact["decision"] for fact in facts["facts"]] == ["same", "later", "apart"]
    assert set(facts["by"]) == {"Rina"}
    assert visit.faults == []
