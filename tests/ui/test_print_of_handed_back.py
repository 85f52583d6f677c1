"""A workbook handed back is read on paper: what is empty takes no room, and letters keep most of their size."""

from io import BytesIO

import openpyxl
import pytest
from openpyxl.styles import Font

from halal_metrics.sheets import read_upload
from halal_ui.exports.narrowed import IDLE
from halal_ui.exports.rejected_rows import hand_back

A4 = 149
"""Letters across an A4 sheet on its side at their own size."""
HEAD = ["No", "No. Daftar", "NIK", "NIB", "Nama Usaha", "Nama Pemilik", "No. HP", "Alamat", "Kecamatan", "Kab/Kota",
        "LP3H", "Nama Pendamping", "Kode Fasilitasi", "Merk Dagang", "Nama Produk", "Status", "Tgl Daftar",
        "Tgl Terbit", "No. Sertifikat", "Keterangan"]  # fmt: skip
ROW = [1, "", "", "", "", "", "081200000001", "Jl. Contoh Nomor 17, RT 4, dekat pasar rekaan", "Tenggarong", "Kukar",
       "LP3H UINSI", "Sari Rekaan", "KALTIM25", "", "", "OF10", "02/05/2025", "", "", ""]  # fmt: skip


def handed_back(extra: int = 0) -> openpyxl.worksheet.worksheet.Worksheet:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEAD + [f"Keterangan tambahan {n}" for n in range(extra)])
    sheet.append(ROW + ["terisi"] * extra)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = 22
    file = BytesIO()
    book.save(file)
    upload = read_upload(file.getvalue(), filename="data.xlsx", table="applications")
    return openpyxl.load_workbook(BytesIO(hand_back(upload)[0])).worksheets[0]


def width(sheet: openpyxl.worksheet.worksheet.Worksheet) -> float:
    return sum(sheet.column_dimensions[openpyxl.utils.get_column_letter(n + 1)].width for n in range(sheet.max_column))


@pytest.mark.parametrize(("extra", "pages"), [(0, 1), (12, 2)])
def test_letters_keep_six_tenths_of_their_size(extra: int, pages: int):
    """On one page if it must not be more; where it must, the first columns stand on each."""
    sheet = handed_back(extra)
    assert sheet.page_setup.fitToWidth == pages
    assert pages * A4 / width(sheet) >= 0.6
    assert (sheet.print_title_cols is not None) == (pages > 1)


def test_an_empty_column_is_thin_but_for_what_is_asked_for():
    """A name that is missing is written here, so its column stays wide enough; the address is read in several lines."""
    sheet = handed_back()
    sizes = {cell.value: sheet.column_dimensions[cell.column_letter].width for cell in sheet[1]}
    assert sizes["Merk Dagang"] == sizes["No. Sertifikat"] == IDLE
    assert min(sizes["NIB"], sizes["Nama Usaha"], sizes["Alamat"]) > IDLE
    assert sheet["H2"].alignment.wrap_text
    assert sheet.row_dimensions[2].height >= 45
