"""Rows that no number ties to what is known, though name and place are the same: said before they count twice."""

from datetime import date
from pathlib import Path

import pytest

from halal_metrics import read_upload
from halal_store import Store
from halal_ui.intake.effect import Effect
from halal_ui.intake.item import item_of
from halal_ui.intake.reading import check, read

HEAD = "No. Daftar;Nama Usaha;Kab/Kota;LP3H;Status;Tgl Daftar;Per Tanggal\n"
TAIL = ";Berau;Unmul;OF10;04/06/2025;04/06/2025\n"
OLD = f"{HEAD};Dapur Rekaan{TAIL}SH2025-1-990001;Warung Contoh{TAIL}"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Two applications, one of them without any number."""
    made = Store(tmp_path, time_zone="Asia/Makassar")
    made.commit(read_upload(OLD.encode(), filename="lama.csv"), by="Rina")
    return made


def told(store: Store, text: str) -> list[str]:
    return Effect(store.preview(read_upload(text.encode(), filename="baru.csv")), date(2025, 6, 20)).twice


def test_a_row_without_number_comes_again(store: Store):
    """However the name is written; the row, and where the other is from, are named."""
    (said,) = told(store, f"{HEAD};UD. DAPUR  REKAAN{TAIL}SH2025-1-990002;Kedai Lain{TAIL}")
    assert said.startswith("1 baris tanpa nomor daftar dan NIB mungkin sama dengan pengajuan yang sudah ada")
    assert "baris 2 (UD. DAPUR REKAAN, sudah ada dari lama.csv baris 2)" in said.replace("  ", " ")


def test_a_row_without_number_like_a_numbered_one(store: Store):
    """The one known has its number already."""
    (said,) = told(store, f"{HEAD};Warung Contoh{TAIL}")
    assert "sudah ada dari lama.csv baris 3" in said


def test_the_missing_number_is_filled_in(store: Store):
    """Sent back with its number it is another application for all the log knows; the place and LP3H must agree."""
    (said,) = told(store, f"{HEAD}SH2025-1-990007;Dapur Rekaan{TAIL}")
    assert said.startswith("1 baris bernomor mungkin melengkapi pengajuan yang tersimpan tanpa nomor")
    assert told(store, f"{HEAD}SH2025-1-990007;Dapur Rekaan{TAIL}".replace("Unmul", "UINSI")) == []


def test_others_are_not_suspected(store: Store):
    """Another place, another name, no name; and a numbered row like a numbered one is for Mutu data to tell."""
    assert told(store, f"{HEAD};Dapur Rekaan{TAIL}".replace("Berau", "Paser")) == []
    assert told(store, f"{HEAD};Dapur Lain{TAIL}") == []
    assert told(store, f"{HEAD}SH2025-1-990003;Warung Contoh{TAIL}") == []


def test_it_is_not_saved_by_the_way(store: Store):
    """With others it stays behind until it is looked at; by itself it can be saved."""
    item = item_of("baru.csv", f"{HEAD};Dapur Rekaan{TAIL}".encode())
    read(item)
    check(item, store)
    assert (item.ready, item.clear) == (True, False)
    assert "mungkin sudah tersimpan" in item.waiting
