"""The page Bahan rapat in a real browser: papers are made while a bar shows how far, and come down as files."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from browsers import Visit

pytestmark = pytest.mark.browser

ID = "R-2025-06-04"


def test_all_papers_come_down_in_one_file(chromium: Callable[..., Visit], tmp_path: Path):
    """One click makes the four papers; the zip has each under the meeting's name, and none is empty."""
    visit = chromium(f"/bahan-rapat?rapat={ID}")
    visit.page.get_by_role("button", name="Buat semua (zip)").click()
    button = visit.page.get_by_role("button", name=f"Unduh {ID} semua.zip")
    button.wait_for(timeout=60_000)
    visit.settle()
    with visit.page.expect_download() as coming:
        button.click()
    assert coming.value.suggested_filename == f"{ID} semua.zip"
    coming.value.save_as(tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as package:
        sizes = {entry.filename: entry.file_size for entry in package.infolist()}
    assert set(sizes) == {f"{ID} {file}" for file in ("deck.pptx", "buku kerja.xlsx", "notulen.docx", "cetak.pdf")}
    assert min(sizes.values()) > 1_000


def test_the_dashboard_opens_as_known_at_the_meeting(chromium: Callable[..., Visit]):
    """The link from the set opens the dashboard of that moment and day, which says whose numbers it shows."""
    visit = chromium(f"/bahan-rapat?rapat={ID}")
    visit.page.get_by_role("link", name="Dashboard seperti diketahui pada rapat").click()
    visit.page.get_by_text(f"angka rapat {ID}").wait_for()
    assert "pada=2025-06-04T09%3A30" in visit.page.url or "pada=2025-06-04T09:30" in visit.page.url
