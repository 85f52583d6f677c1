"""A new user and five files of five shapes: all counted, two cells mended, one upload undone, a figure's row found."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browsers import Visit
from five_files import write_all
from playwright.sync_api import Browser, TimeoutError
from uploading import drop, look_at_undoing, mend, press, press_until, says
from visitors import visitor

pytestmark = pytest.mark.browser


@pytest.fixture(params=[(1366, 768), (1920, 1080), (390, 844)], ids=lambda size: str(size[0]))
def newcomer(request: pytest.FixtureRequest, tmp_path: Path, browser: Browser) -> Iterator[Callable[[str], Visit]]:
    """Whoever opens an empty store's dashboard for the first time; `newcomer(path)` goes to a page."""
    width, height = request.param
    with visitor(browser, tmp_path, width=width, height=height) as go:
        yield go


def open_file(visit: Visit, name: str) -> None:
    visit.page.get_by_test_id("stMain").get_by_text(name).first.click()
    visit.page.wait_for_timeout(300)
    visit.settle()


def choose(visit: Visit, label: str, option: str) -> None:
    """In the last select box of that label."""
    box = visit.page.get_by_role("combobox", name=label).last
    for patience in (4_000, 8_000, 20_000):  # a run that ends meanwhile shuts the list
        box.click()
        box.fill(option[:12])
        try:
            visit.page.get_by_role("option", name=option).first.click(timeout=patience)
            break
        except TimeoutError:
            visit.page.keyboard.press("Escape")
    else:
        raise AssertionError(f"{option} cannot be chosen for {label}")
    visit.page.wait_for_timeout(300)
    visit.settle()


def test_five_files_from_drop_to_undo(newcomer: Callable[[str], Visit], tmp_path: Path):
    """Of 60 quota 20 are used and 3 issued once all five are in; without the recap it is 10 and 1."""
    (tmp_path / "sent").mkdir()
    sent = write_all(tmp_path / "sent")
    visit = newcomer("/unggah?per=2025-06-04")
    page = visit.page
    drop(visit, *[(file.name, file.read_bytes()) for file in sent])
    page.get_by_text("5 berkas dikerjakan").wait_for()
    page.get_by_label("Nama Anda").fill("Rina Wulandari")
    press(visit, "Pakai nama ini")
    press_until(visit, "Simpan 4 baris", "Lampiran pembagian kuota.xlsx tersimpan pada")

    # the web export names neither status nor LP3H: both are given for the whole file
    open_file(visit, "laporan_selfdeclare.xls")
    press(visit, "Ya, semua tebakan ini benar")
    page.locator("summary").filter(has_text="Satu nilai untuk seluruh berkas").click()
    visit.settle()
    choose(visit, "Status", "Pengajuan")
    choose(visit, "LP3H", "Halal Center Universitas Mulawarman")
    says(visit, "serapan kuota 0,0% → 5,0% (0 → 3 dari 60)")
    press(visit, "Simpan 3 baris")

    # the damaged one: the row that lost its number gets it back, and so does the NIB
    open_file(visit, "alraudah_kirim_ulang.csv")
    says(visit, "diterima 2 · ditolak 1 · dilewati 0 = dibaca 3")
    press(visit, "Ya, semua tebakan ini benar")
    mend(visit, table=0, down=0, right=3, content="SH2025-1-992003")
    mend(visit, table=1, down=0, right=3, content="9900000002002", mended=2)
    press_until(visit, "Periksa lagi (2)", "diterima 3 · ditolak 0 · dilewati 0 = dibaca 3")
    press(visit, "Simpan 3 baris")
    press(visit, "Simpan semua yang siap")
    page.get_by_text("5 tersimpan").first.wait_for()

    newcomer("/ringkasan?per=2025-06-04")
    says(visit, "20 dari 60 kuota (33,3%) dimanfaatkan dan 3 sertifikat (5,0%) terbit")

    # the rows behind a figure, down to file, sheet and row; what a recap states has none, and says so
    page.get_by_role("button", name="dimanfaatkan").first.click()
    dialog = page.get_by_test_id("stDialog")
    dialog.locator("h2.section").wait_for()
    visit.settle()
    told = " ".join(dialog.inner_text().split())
    assert "20 pengajuan" in told
    assert "10 dari rekap" in told
    row = dialog.locator("tbody tr").filter(has_text="SH2025-1-991002").inner_text()
    assert "DATA UINSI per kabupaten (revisi).xlsx" in row
    assert row.split()[-2:] == ["BONTANG", "9"]

    newcomer("/riwayat?per=2025-06-04")
    look_at_undoing(visit, "rekap wa")
    page.get_by_text("Angka utama:").wait_for()
    says(visit, "33,3% → 16,7%")
    page.get_by_label("Alasan pembatalan").fill("rekap lama")
    page.keyboard.press("Tab")
    press(visit, "Batalkan unggahan ini")
    page.get_by_text("Unggahan dibatalkan.").wait_for()
    newcomer("/ringkasan?per=2025-06-04")
    says(visit, "10 dari 60 kuota (16,7%) dimanfaatkan dan 1 sertifikat (1,7%) terbit")
    assert visit.faults == []
