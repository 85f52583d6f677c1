"""A whole meeting: frozen, presented to two who follow, noted, its papers taken away; then a file, and the next one."""

import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from browsers import Visit
from paper_texts import docx_texts, pdf_texts, pptx_texts, xlsx_cells
from playwright.sync_api import Browser, expect
from serve import served
from uploading import drop, press, text

pytestmark = pytest.mark.browser

CURRENT = "document.querySelector('.stage .slide:not([hidden])')?.dataset.key"
HEADLINE = "320 dari 1.000 kuota (32,0%) dimanfaatkan dan 58 sertifikat (5,8%) terbit"
LATE = (
    "No. Daftar;Nama PU;Kab/Kota;LP3H;Status;Tgl Daftar;Per tanggal\n"
    "SH2025-1-999801;Amplang Rekaan;Kab. Berau;Halal Center Unmul;OF10;26/05/2025;04/06/2025\n"
    "SH2025-1-999802;Abon Rekaan;Kab. Berau;Halal Center Unmul;OF10;27/05/2025;04/06/2025\n"
    "SH2025-1-999803;Keripik Rekaan;Kab. Berau;Halal Center Unmul;OF10;10/06/2025;11/06/2025\n"
)
FILES = {"deck.pptx", "buku kerja.xlsx", "notulen.docx", "cetak.pdf"}


@pytest.fixture
def attend(tmp_path: Path, browser: Browser, demo_to: Callable[[Path], Path]) -> Iterator[Callable[..., Visit]]:
    """Somebody's browser at a meeting of an office of its own: `attend("/tayang", width=390)`."""
    demo_to(tmp_path / "store")
    contexts = []
    with served(tmp_path) as running:

        def come(path: str, *, width: int = 1366, height: int = 768) -> Visit:
            context = browser.new_context(
                viewport={"width": width, "height": height},
                locale="id-ID",
                timezone_id="Asia/Makassar",
                reduced_motion="reduce",
                has_touch=width < 600,
                is_mobile=width < 600,
                base_url=running.url,
            )
            contexts.append(context)
            visit = Visit(context.new_page())
            visit.page.on("pageerror", lambda error: visit.faults.append(str(error)))
            return go(visit, path)

        yield come
        for context in contexts:
            context.close()


def go(visit: Visit, path: str) -> Visit:
    visit.page.goto(path, wait_until="domcontentloaded")
    visit.settle()
    return visit


def freeze(visit: Visit, *, day: str, as_of: str) -> str:
    """Rapat baru, filled in; its id."""
    visit.page.locator("summary").filter(has_text="Rapat baru").click()
    visit.settle()
    for label, value in (("Tanggal rapat", day), ("Angka per tanggal", as_of)):
        visit.page.get_by_role("group", name=label).get_by_role("spinbutton").first.click()
        visit.page.keyboard.type(value.replace("/", ""), delay=40)
    press(visit, "Bekukan angka rapat")
    visit.page.get_by_text("Angka rapat dibekukan sebagai").wait_for()
    return "R-" + "-".join(reversed(day.split("/")))


def shows(visit: Visit, key: str) -> None:
    """Within the two seconds that are promised."""
    visit.page.wait_for_function(f"{CURRENT} === '{key}'", timeout=2_000)


def slide(visit: Visit, key: str) -> str:
    """All that is written on a slide."""
    return " ".join((visit.page.locator(f"#slide-{key}").text_content() or "").split())


def note(visit: Visit, key: str, **fields: str) -> None:
    """Opens the form by its key, fills it in, and saves by Enter."""
    visit.page.keyboard.press(key)
    dialog = visit.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Simpan").wait_for()
    visit.settle()
    for label, value in fields.items():
        field = dialog.get_by_label(label).first
        field.fill(value)
        if field.get_attribute("role") == "combobox":
            visit.page.get_by_role("option", name=value).first.click()
    dialog.get_by_role("button", name="Simpan").click()
    dialog.wait_for(state="detached")
    visit.settle()


def download(visit: Visit, meeting_id: str) -> dict[str, bytes]:
    go(visit, f"/bahan-rapat?rapat={meeting_id}")
    visit.page.get_by_role("button", name="Buat semua (zip)").click()
    button = visit.page.get_by_role("button", name=f"Unduh {meeting_id} semua.zip")
    button.wait_for(timeout=90_000)
    visit.settle()
    with visit.page.expect_download() as coming:
        button.click()
    with zipfile.ZipFile(BytesIO(coming.value.path().read_bytes())) as package:
        return {name.removeprefix(f"{meeting_id} "): package.read(name) for name in package.namelist()}


def told(papers: dict[str, bytes]) -> dict[str, str]:
    """All that is written in each paper, as one text."""
    cells = (str(value) for *_, value, _ in xlsx_cells(papers["buku kerja.xlsx"]))
    read = {"deck.pptx": pptx_texts, "notulen.docx": docx_texts, "cetak.pdf": pdf_texts}
    texts = {name: " ".join(find(papers[name])) for name, find in read.items()}
    return {name: " ".join(one.split()) for name, one in (texts | {"buku kerja.xlsx": " ".join(cells)}).items()}


def test_a_meeting_from_freezing_to_the_next(attend: Callable[..., Visit]):
    """What was frozen stays on every screen and paper; the dashboard moves on; the next meeting shows by how much."""
    lead = attend("/bahan-rapat")
    lead.page.get_by_label("Nama Anda").fill("Rina Wulandari")
    press(lead, "Pakai nama ini")
    first = freeze(lead, day="11/06/2025", as_of="04/06/2025")
    assert first in text(lead)

    # presented, with two who follow, one of them on a phone
    go(lead, f"/tayang?rapat={first}")
    laptop = attend(f"/tayang?rapat={first}")
    phone = attend(f"/tayang?rapat={first}", width=390, height=844)
    lead.page.mouse.move(300, 300)
    lead.page.get_by_role("button", name="Pandu rapat").click()
    lead.page.locator(".stage[data-leads]").wait_for()
    lead.settle()
    lead.page.keyboard.press("ArrowRight")
    for visit in (lead, laptop, phone):
        shows(visit, "posisi")
        assert HEADLINE in slide(visit, "posisi")

    # noted as it is said, and seen by all
    berau = {"Kab/kota": "Berau"}
    note(lead, "k", Kendala="K5", Uraian="Pendamping di Berau hanya dua orang", **berau)
    promise = {"Tindak lanjut": "Posko pendampingan di Tanjung Redeb", "Penanggung jawab": "LP3H"}
    note(lead, "t", **promise, **berau, **{"Angka yang digerakkan": "Dimanfaatkan"})
    for visit in (lead, laptop, phone):
        shows(visit, "posisi")
        rows = visit.page.locator("[id^=slide-tindak-lanjut] tbody tr").filter(
            has_text="Posko pendampingan di Tanjung Redeb"
        )
        expect(rows).to_have_count(1, timeout=15_000)

    # every paper says the same, the notes too
    papers = download(lead, first)
    assert set(papers) == FILES
    written = told(papers)
    for name, content in written.items():
        assert first in content, name
        assert "Posko pendampingan di Tanjung Redeb" in content, name
    for name in ("deck.pptx", "notulen.docx", "cetak.pdf"):
        assert "320 dari 1.000 kuota (32,0%)" in written[name], name

    # a file arrives: the dashboard has it, the meeting has not
    go(lead, "/unggah")
    drop(lead, ("Register susulan Berau.csv", LATE.encode()))
    press(lead, "Simpan 3 baris")
    lead.page.get_by_text("tersimpan").first.wait_for()
    go(lead, "/ringkasan?per=2025-06-04")
    assert "322 dari 1.000 kuota (32,2%) dimanfaatkan" in text(lead)
    go(laptop, f"/tayang?rapat={first}&slide=posisi")
    assert HEADLINE in slide(laptop, "posisi")
    assert told(download(lead, first)) == written

    # the next meeting: what came late is restated, what is new is new, and the action's number has moved
    second = freeze(lead, day="18/06/2025", as_of="11/06/2025")
    go(laptop, f"/tayang?rapat={second}&slide=sejak")
    assert "+2" in slide(laptop, "sejak")
    row = laptop.page.locator("#slide-sejak tbody tr").filter(has_text="Berau").first.inner_text().split()
    assert row[-1] == "+2"
    assert "Posko pendampingan di Tanjung Redeb" in slide(laptop, "kab-berau")
    actions = (
        laptop.page.locator("[id^=slide-tindak-lanjut] tbody tr")
        .filter(has_text="Posko pendampingan di Tanjung Redeb")
        .first
    )
    assert "6 → " in (actions.text_content() or "")
    for visit in (lead, laptop, phone):
        assert visit.faults == []
