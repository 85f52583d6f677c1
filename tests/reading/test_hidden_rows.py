"""Rows that a filter hides are read like the others, and that is said; nothing else of a sheet is."""

import io

import openpyxl
import pytest
from make_files import xlsx_bytes
from openpyxl.worksheet.worksheet import Worksheet

from halal_metrics.sheets import Upload, read_upload

ROWS = [
    ["Kab/Kota", "LP3H", "Kuota"],
    ["Samarinda", "UINSI", 10],
    ["Paser", "UINSI", 20],
    ["Berau", "UINSI", 30],
    ["Bontang", "UINSI", 40],
]


def book(*hidden: int, rows: list[list] = ROWS) -> bytes:
    workbook, content = openpyxl.Workbook(), io.BytesIO()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(row)
    for row in hidden:
        sheet.row_dimensions[row].hidden = True
    sheet.column_dimensions["B"].hidden = True
    workbook.save(content)
    return content.getvalue()


def said(upload: Upload) -> list[str]:
    return upload.problems.loc[upload.problems["code"].eq("rows_hidden"), "message"].tolist()


def test_hidden_rows_are_counted_and_said_once():
    upload = read_upload(book(3, 4), filename="kuota.xlsx")
    assert upload.frame["quota"].sum() == 100
    (message,) = said(upload)
    assert message.startswith("2 baris yang tersembunyi di berkas (baris 3–4) ikut dibaca")


@pytest.mark.parametrize("hidden", [(), (1,), (6, 7)])
def test_what_is_no_hidden_record_is_not_said(hidden: tuple[int, ...]):
    """A hidden column, header or blank row; 6 is a row of a total."""
    assert not said(read_upload(book(*hidden, rows=[*ROWS, ["Jumlah", None, 100]]), filename="kuota.xlsx"))


def test_those_of_a_large_sheet_read_by_halves():
    """More than the 4 MB from which two cores parse a sheet; a hidden column is none of them."""
    rows = [["Kab/Kota", "LP3H", "Kuota"], *(["Paser", "UINSI", 1 + at] for at in range(30_000))]
    hidden = range(20_000, 20_010)
    upload = read_upload(book(*hidden, rows=rows), filename="kuota.xlsx")
    assert [message[:55] for message in said(upload)] == ["10 baris yang tersembunyi di berkas (baris 20000–20009)"]


def test_a_sheet_without_hidden_rows_says_nothing():
    assert not said(read_upload(xlsx_bytes({"Kuota": ROWS}), filename="kuota.xlsx"))


XML = b"""<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Kuota"><Table>
%s</Table></Worksheet></Workbook>"""


def test_those_of_a_spreadsheetml():
    cell = b'<Cell><Data ss:Type="String">%s</Data></Cell>'
    lines = [b"".join(cell % str(text).encode() for text in row) for row in ROWS]
    table = b"".join(
        b'<Row ss:Hidden="1">%s</Row>' % line if at == 2 else b"<Row>%s</Row>" % line for at, line in enumerate(lines)
    )
    assert len(said(read_upload(XML % table, filename="kuota.xls"))) == 1
