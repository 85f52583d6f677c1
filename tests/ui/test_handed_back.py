"""What goes back to a sender is there also after the file was saved and its page closed."""

from io import BytesIO
from pathlib import Path

import openpyxl
from upload_files import REGISTER, item

from halal_store import Store
from halal_ui.exports.handed_back import read_again, to_hand_back
from halal_ui.exports.rejected_rows import hand_back
from halal_ui.intake.reading import read


def test_the_workbook_of_a_saved_file_is_that_of_the_page(tmp_path: Path):
    """The file is read again with the choices recorded with it, mended cells among them."""
    one = item(REGISTER)
    cell = ("Rekap_UINSI", 5, "NIB")
    one.choices = one.choices.with_column("Wil.", "kab_kota").with_corrections({cell: "9900000000002"})
    read(one)
    log = Store(tmp_path / "store")
    upload_id = log.commit(one.upload, by="Rina").upload_id
    stored = log.upload(upload_id)
    again = read_again(stored, log.original(upload_id), codes=())
    assert to_hand_back(stored) == to_hand_back(one.upload) == to_hand_back(again) != ""
    assert cells(hand_back(again)[0]) == cells(hand_back(one.upload)[0])


def cells(content: bytes) -> list:
    return [[*row] for sheet in openpyxl.load_workbook(BytesIO(content)) for row in sheet.iter_rows(values_only=True)]


def test_nothing_goes_back_of_a_clean_file():
    """No button, no message, no line."""
    assert to_hand_back(item("No. Daftar;Kab/Kota;LP3H;Status\nSH2025-1-990001;Berau;Unmul;OF10\n").upload) == ""
