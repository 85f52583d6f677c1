"""Small files as senders send them, for tests of the page Unggah. All names and numbers are invented."""

from io import BytesIO

import openpyxl

from halal_ui.intake.item import UploadItem, item_of
from halal_ui.intake.reading import look

REGISTER = """\
REGISTER PENDAMPINGAN LP3H UINSI SAMARINDA;;;;;;
Per tanggal 4 Juni 2025;;;;;;
No;No. Daftar;NIB;Nama Usaha;Wil.;Status;No HP
1;SH2025-1-990001;9900000000001;Dapur Rekaan;Kota Bontang;OF10;081200000001
2;SH2025-1-990002;8,12E+12;Kue Rekaan;Kota Bontang;OF74;081200000002
3;;;;Kota Bontang;OF10;
4;SH2025-1-990003;9900000000003;Keripik Rekaan;Kota Samarinnda;sedang jalan;081200000003
JUMLAH;;3;;;;
"""
"""Seven columns, one header nobody knows ("Wil."), a damaged NIB, a row without identity, an unknown status."""


def item(text: str = REGISTER, filename: str = "Rekap_UINSI.csv", known=()) -> UploadItem:
    """A file dropped and read."""
    dropped = item_of(filename, text.encode())
    look(dropped, known)
    return dropped


def workbook(**sheets: list[list]) -> bytes:
    """An xlsx of these sheets."""
    book = openpyxl.Workbook()
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.remove(book.worksheets[0])
    file = BytesIO()
    book.save(file)
    return file.getvalue()
