"""Accepted rows with a cell in doubt go back beside the rejected ones, marked, printable, with words for a chat."""

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from halal_metrics.sheets import Upload, read_upload
from halal_ui.exports.doubtful_rows import SHEET, WHAT
from halal_ui.exports.message_to_sender import message_to_sender
from halal_ui.exports.rejected_rows import hand_back
from halal_ui.words.uploads import WHY_REJECTED

NIK = "9901014101900001"
HEADER = ["No", "No. Daftar", "NIB", "NIK", "Nama Usaha", "Kab/Kota", "Status", "No HP", "Tanggal Daftar"]
ROWS: list[list[Any]] = [
    [
        1,
        "SH2025-1-990001",
        "9900000000001",
        NIK,
        "Dapur Rekaan",
        "Bontang",
        "OF10",
        "081200000001",
        dt.date(2025, 5, 1),
    ],
    [2, "SH2025-1-990002", "8,12E+12", NIK, "Kue Rekaan", "Bontang", "OF74", "081200000002", "31/02/2025"],
    [3, None, None, NIK, None, "Bontang", "OF10", None, None],
    [4, "SH2025-1-990003", "99000", NIK, "Keripik", "Bontang", "sedang jalan", "081200000003", dt.date(2025, 5, 3)],
]
"""Row 6 of the sheet is rejected; rows 5 and 7 are taken with two cells in doubt each."""


def book(*names: str, rows: list[list[Any]] = ROWS) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name in names:
        sheet = made.create_sheet(name)
        sheet["A1"] = "REGISTER PENDAMPINGAN LP3H UINSI SAMARINDA"
        sheet["A2"] = "Per tanggal 4 Juni 2025"
        sheet.append(HEADER)
        for row in rows:
            sheet.append(
                [cell if not isinstance(cell, str) else cell.replace("SH2025-1", f"SH2025-{len(name)}") for cell in row]
            )
        for cell in sheet[3]:
            cell.font, cell.fill = Font(color="FFFFFF", bold=True), PatternFill("solid", fgColor="0A5FAE")
        for row in sheet.iter_rows(min_row=4):
            row[7].number_format, row[8].number_format = "@", "dd/mm/yyyy"
            for cell in row:
                cell.border = Border(bottom=Side(style="thin"))
        sheet.column_dimensions["E"].width = 33
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def back(content: bytes, filename: str = "Register UINSI.xlsx") -> tuple[Upload, openpyxl.Workbook, str]:
    upload = read_upload(content, filename=filename)
    returned, name, _ = hand_back(upload)
    return upload, openpyxl.load_workbook(io.BytesIO(returned)), name


def shaded(sheet: Worksheet, row: int) -> list[str]:
    return [cell.column_letter for cell in sheet[row] if cell.fill.fgColor.rgb == "00FFF2CC" and cell.fill.fill_type]


def test_cells_in_doubt_are_marked_on_a_sheet_of_their_own():
    """In the sender's own dress: titles, header, formats, widths; what is in doubt shaded, said beside the row."""
    _, found, name = back(book("Register"))
    assert (found.sheetnames, name) == (["Register", SHEET], "Register UINSI - ditolak.xlsx")
    sheet = found[SHEET]
    assert [cell.value for cell in sheet[3]] == [*HEADER, WHAT]
    assert [sheet.cell(row, 2).value for row in (4, 5, 6)] == ["SH2025-8-990002", "SH2025-8-990003", None]
    assert [shaded(sheet, row) for row in (4, 5)] == [["C", "I"], ["C", "G"]]
    assert sheet["J4"].value.startswith("Baris 5 kolom NIB: 8,12E+12 rusak oleh Excel")
    assert "\nKolom Tanggal Daftar: '31/02/2025'" in sheet["J4"].value
    assert (sheet["H4"].value, sheet["H4"].number_format) == ("081200000002", "@")
    assert sheet["I5"].number_format == "dd/mm/yyyy"
    assert round(sheet.column_dimensions["E"].width) in (33, 34)
    assert sheet["J4"].alignment.wrap_text
    assert sheet.row_dimensions[5].height > 15
    assert sheet["J3"].font.color is None  # white on yellow would not be read


def test_every_sheet_prints_on_a4_landscape():
    """All columns on a page, the header repeated on each; of a CSV too."""
    csv = "\n".join(";".join("" if cell is None else str(cell) for cell in row) for row in [HEADER, *ROWS])
    for content, header in ((book("Register"), "$3:$3"), (csv.encode(), "$1:$1")):
        _, found, _ = back(content)
        for sheet in found:
            assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
            assert sheet.print_title_rows == header


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_mended_and_sent_again_the_values_are_filled_in(kind: str):
    """Both sheets are read as the register they are; no NIK came back."""
    content = book("Register")
    if kind == "csv":
        lines = [HEADER, *ROWS]
        content = "\n".join(";".join("" if cell is None else str(cell) for cell in row) for row in lines).encode()
    upload, found, name = back(content, f"Register UINSI.{kind}")
    sheet = found[SHEET]
    heads = {cell.value: cell.column for row in (1, 3) for cell in sheet[row]}
    first = next(row for row in (2, 4) if str(sheet.cell(row, heads["No. Daftar"]).value).startswith("SH"))
    sheet.cell(first, heads["NIB"]).value = "9900000000002"
    mended = io.BytesIO()
    found.save(mended)
    again = read_upload(mended.getvalue(), filename=name)
    assert again.frame["nib"].iloc[0] == "9900000000002"
    assert again.frame["registration_number"].tolist() == upload.frame["registration_number"].iloc[[1, 2]].tolist()
    assert again.frame["phone"].tolist() == ["081200000002", "081200000003"]
    assert len(again.rejected) == 1
    told = [str(cell.value) for one in found for row in one for cell in row]
    assert not [text for text in told if NIK in text]


def test_several_sheets_keep_their_names_beside_it():
    """A place that stands in the name of a sheet stands there still."""
    _, found, _ = back(book("Berau", "Paser 2"))
    assert found.sheetnames == ["Berau", "Paser 2", f"{SHEET} - Berau", f"{SHEET} - Paser 2"]


def test_doubts_alone_are_handed_back():
    """Nothing rejected: only the sheet with what is to be looked at, under a name that does not speak of rejecting."""
    _, found, name = back(book("Register", rows=[ROWS[0], ROWS[1]]))
    assert (found.sheetnames, name) == ([SHEET], "Register UINSI - mohon diperiksa.xlsx")
    with pytest.raises(ValueError, match="nothing to hand back"):
        hand_back(read_upload(book("Register", rows=ROWS[:1]), filename="a.xlsx"))


def test_words_for_a_chat():
    """File, how many rows, what kinds of faults, what to do; nobody's data, and no date to have it by."""
    upload, _, name = back(book("Register"))
    told = message_to_sender(upload, sender="LP3H UINSI Samarinda", office="Dinas", workbook=name)
    assert told.startswith(
        "Yth. LP3H UINSI Samarinda,\nBerkas “Register UINSI.xlsx” sudah kami baca: 3 baris diterima."
    )
    assert "1 baris belum dapat diterima (Tanpa identitas 1)" in told
    assert WHY_REJECTED in told
    assert "2 baris sudah diterima tetapi ada isinya yang perlu diperiksa" in told
    assert "Tanggal tidak mungkin 1" in told
    assert f"“{name}”, lalu kirim kembali berkas itu saja" in told
    assert not [row for row in ROWS if str(row[4]) in told or str(row[1]) in told]


def test_a_plan_of_quotas_is_asked_for_whole():
    """A part of it, sent again alone, would replace all of it."""
    upload = read_upload(b"Kab/Kota;LP3H;Kuota\nBerau;ITK;100\nPaser;ITK;\n", filename="kuota.csv")
    told = message_to_sender(upload, sender=None, office="Dinas", workbook="kuota - ditolak.xlsx")
    assert "kirim berkas itu seluruhnya" in told
    assert "berkas itu saja" not in told


def test_a_row_left_out_for_another_one_is_told_of():
    """Of recaps it is a warning, not an error, that one place is stated twice."""
    upload = read_upload(b"Kab/Kota;LP3H;Pengajuan;Terbit\nBerau;ITK;9;1\nBerau;ITK;8;1\n", filename="rekap.csv")
    told = message_to_sender(upload, sender=None, office="Dinas", workbook="rekap - ditolak.xlsx")
    assert "1 baris belum dapat diterima (Disebut dua kali 1)" in told


def test_days_are_not_printed_as_hashes():
    """Their column is made as wide as they are, also where the sender left the width alone."""
    content, _, _ = hand_back(read_upload(book("Register"), filename="Register UINSI.xlsx"))
    sheet = openpyxl.load_workbook(io.BytesIO(content))[SHEET]
    assert sheet.column_dimensions["I"].width >= 12
    assert sheet.column_dimensions["E"].width == 33
