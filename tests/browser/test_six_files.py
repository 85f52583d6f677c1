"""Six files dropped at once, and the page shut in the middle: nothing is lost, asked, warned of and undone."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from browsers import Visit
from playwright.sync_api import Browser, expect
from six_files import NEW_LP3H, six_files
from uploading import drop, look_at_undoing, press, says, text
from visitors import visitor

import halal_metrics as hm
from halal_store import Store

pytestmark = pytest.mark.browser

PLAN = (
    b"Kab/Kota;LP3H;Kuota;Tenggat;Per tanggal\n"
    b"Berau;Unmul;600;31/05/2025;20/02/2025\n"
    b"Paser;UINSI;400;31/05/2025;20/02/2025\n"
)
GIVEN_UP = "Rencana 1.000 kuota diganti 190 sejak 4 Juni 2025"


@pytest.fixture
def office(tmp_path: Path, browser: Browser) -> Iterator[Callable[[str], Visit]]:
    """An office with a plan of 1.000 quota and nothing else; `office(path)` goes to a page of it."""
    plan = hm.read_upload(PLAN, filename="Rencana awal.csv")
    Store(tmp_path / "store").commit(plan, by="Dinas", received_at=pd.Timestamp("2025-02-20 09:00", tz="Asia/Makassar"))
    with visitor(browser, tmp_path) as go:
        yield go


def work_on(visit: Visit, label: str) -> None:
    """Chooses one of the files on the desk."""
    visit.page.get_by_role("radiogroup", name="Berkas yang dikerjakan").get_by_text(label, exact=True).click()
    visit.page.wait_for_timeout(300)
    visit.settle()


def standing(visit: Visit) -> str:
    """What is said of the files on the desk."""
    return " ".join(visit.page.get_by_role("radiogroup", name="Berkas yang dikerjakan").inner_text().split())


def test_six_files_a_reload_a_plan_given_up_and_taken_back(office: Callable[[str], Visit]):
    """Nine applications and fifteen of a recap are used in the end; the plan of 1.000 becomes 190, and 1.000 again."""
    visit = office("/unggah")
    page = visit.page
    drop(visit, *six_files())
    page.get_by_text("6 berkas dikerjakan").wait_for()
    page.get_by_label("Nama Anda").fill("Rina Wulandari")
    press(visit, "Pakai nama ini")
    assert "data.xlsx · ke-2" in standing(visit)

    # who is this LP3H? As long as that is open, its file is not among those that are ready
    work_on(visit, "Register baru.xlsx")
    says(visit, f"LP3H “{NEW_LP3H}” belum dikenal")
    says(visit, "Register baru.xlsx: 1 nama belum dikenal")
    page.get_by_role("radiogroup", name="Jawaban").get_by_text("LP3H baru").click()
    visit.settle()
    press(visit, "Masukkan ke daftar LP3H")
    expect(page.get_by_test_id("stMain")).not_to_contain_text("belum dikenal")

    # the page is shut in the middle: all six are there again, with what was answered
    visit = office("/unggah")
    page.get_by_text("6 berkas dikerjakan").wait_for()
    assert "data.xlsx · ke-2" in standing(visit)
    work_on(visit, "Register baru.xlsx")
    assert "belum dikenal" not in text(visit)

    # the matrix gives up the plan: in red, in words, and not without a tick
    work_on(visit, "Matriks kuota.xlsx")
    says(visit, GIVEN_UP)
    assert page.get_by_role("button", name="Simpan 8 baris").is_disabled()
    says(visit, "Simpan semua yang siap (5 berkas)")
    press(visit, "Simpan semua yang siap (5 berkas)")
    page.get_by_text("✓ 5 berkas tersimpan").wait_for()
    visit = office("/ringkasan?per=2025-06-04")
    says(visit, "24 dari 1.000 kuota (2,4%) dimanfaatkan dan 3 sertifikat (0,3%) terbit")

    visit = office("/unggah")
    page.get_by_text("1 berkas dikerjakan").wait_for()
    page.get_by_text(f"Ya: {GIVEN_UP}").click()
    visit.settle()
    press(visit, "Simpan 8 baris")
    page.get_by_role("link", name="Lihat di Ringkasan").click()  # on the day of which the figures were told
    page.get_by_text("24 dari 190 kuota (12,6%) dimanfaatkan").wait_for()

    # undoing it brings the plan back, and says so before it does
    visit = office("/riwayat")
    look_at_undoing(visit, "Matriks")
    visit.settle()
    says(visit, "Rencana 190 kuota diganti 1.000 sejak 4 Juni 2025")
    page.get_by_text("Ya: Rencana 190 kuota diganti 1.000").click()
    visit.settle()
    page.get_by_label("Alasan pembatalan").fill("bukan rencana yang ditetapkan")
    page.keyboard.press("Tab")
    press(visit, "Batalkan unggahan ini")
    page.get_by_text("Unggahan dibatalkan.").wait_for()
    visit = office("/ringkasan?per=2025-06-04")
    says(visit, "24 dari 1.000 kuota (2,4%) dimanfaatkan")
    assert visit.faults == []
