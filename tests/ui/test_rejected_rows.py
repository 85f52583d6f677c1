"""Rejected rows go back as the sender's own workbook: what stays, what is added, what never comes back."""

import datetime as dt
import io
import zipfile
from collections.abc import Mapping
from typing import Any

import openpyxl
import pandas as pd
import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from halal_metrics.sheets import Upload, read_upload
from halal_ui.exports.rejected_rows import XLSX, hand_back
from halal_ui.words.uploads import WHY_REJECTED

HEADER = ["No", "Penerima Kabar", "Kab/Kota", "LP3H", "Kuota", "Tenggat", "NIK"]
NIK = "9901014101900001"
ROWS: list[list[Any]] = [
    [1, "satu", "Paser", "ITK", 60, dt.date(2025, 5, 31), NIK],
    [2, '=HYPERLINK("http://contoh.invalid")', "Berau", "ITK", None, dt.date(2025, 6, 1), NIK],
    [3, "tiga", "Bontang", "ITK", 40, dt.date(2025, 5, 31), NIK],
    [4, "+62 812-9999-0001", "Samarinda", "ITK", f"belum, NIK {NIK}", dt.date(2025, 7, 1), int(NIK)],
]  # fmt: skip
"""Two rows have a quota, two (rows 5 and 7 of the sheet) have none and are rejected."""


def workbook(rows: list[list[Any]] = ROWS, **parts: Any) -> bytes:
    """Title and header as an office sets them, rows from row 4."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet(parts.get("name", "Pembagian"))
        blue = book.add_format({"bg_color": "#0a5fae", "bold": True})
        date = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.merge_range(0, 0, 0, 6, "PEMBAGIAN KUOTA", blue)
        sheet.write_string(1, 0, "Per tanggal 4 Juni 2025")
        sheet.write_row(2, 0, HEADER, blue)
        sheet.set_column(1, 1, 33)
        for row, cells in enumerate(rows, start=3):
            sheet.set_row(row, 15 * row)
            for column, cell in enumerate(cells):
                if isinstance(cell, dt.date):
                    sheet.write_datetime(row, column, cell, date)
                elif isinstance(cell, str):
                    sheet.write_string(row, column, cell)
                elif cell is not None:
                    sheet.write_number(row, column, cell)
        sheet.freeze_panes(3, 0)
        sheet.autofilter(2, 0, 3 + len(rows), 6)
        if extra := parts.get("extra"):
            extra(book, sheet)
    return content.getvalue()


def csv(rows: list[list[Any]] = ROWS) -> bytes:
    lines = [HEADER, *rows]
    quoted = ('"' + str("" if cell is None else cell).replace('"', '""') + '"' for line in lines for cell in line)
    cells = list(quoted)
    return "\n".join(";".join(cells[at : at + 7]) for at in range(0, len(cells), 7)).encode()


def back(content: bytes, **arguments: Any) -> tuple[Upload, Worksheet]:
    """The upload, and the first sheet that goes back."""
    upload = read_upload(content, **({"filename": "Kuota Juni.xlsx", "table": "quotas"} | arguments))
    returned, name, mime = hand_back(upload)
    assert (name, mime) == (upload.filename.rpartition(".")[0] + " - ditolak.xlsx", XLSX)
    return upload, openpyxl.load_workbook(io.BytesIO(returned)).worksheets[0]


def rows_of(sheet: Worksheet) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def under(sheet: Worksheet, header: str, *, head: int = 3) -> list[Any]:
    column = next(cell.column for cell in sheet[head] if cell.value == header)
    return [sheet.cell(row, column).value for row in range(head + 1, sheet.max_row + 1)]


def everything(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return b"".join(parts.read(name) for name in parts.namelist())


def test_titles_header_and_rejected_rows_come_back():
    """Above the rows all is as it was sent; of the rows only the rejected ones are there, in their order."""
    upload, sheet = back(workbook())
    assert upload.rejected["source_row"].tolist() == [5, 7]
    assert sheet.title == "Pembagian"
    assert [sheet["A1"].value, sheet["A2"].value] == ["PEMBAGIAN KUOTA", "Per tanggal 4 Juni 2025"]
    assert [cell.value for cell in sheet[3]] == [*HEADER, WHY_REJECTED]
    assert under(sheet, "No") == [2, 4]
    assert under(sheet, "Kab/Kota") == ["Berau", "Samarinda"]
    assert under(sheet, "Tenggat") == [dt.datetime(2025, 6, 1), dt.datetime(2025, 7, 1)]  # noqa: DTZ001  a cell has no zone


def test_each_row_says_where_it_stood_and_why_it_was_not_taken():
    """The added column names the row of the file that was sent, and the sentence of the check."""
    upload, sheet = back(workbook())
    said = [f"Baris {row}: {why}" for row, why in zip([5, 7], upload.rejected["reason"], strict=True)]
    assert under(sheet, WHY_REJECTED) == said


def test_the_sender_finds_the_own_formats_again():
    """Colours, widths, heights, merged titles, date formats and the frozen header are those of the file."""
    _, sheet = back(workbook())
    assert sheet["A1"].fill.fgColor.rgb == "FF0A5FAE"
    assert [str(merged) for merged in sheet.merged_cells.ranges] == ["A1:G1"]
    assert round(sheet.column_dimensions["B"].width) in (33, 34)
    assert [sheet.row_dimensions[row].height for row in (4, 5)] == [60, 90]
    assert sheet["F4"].number_format == "dd/mm/yyyy"
    assert sheet.freeze_panes == "A4"


@pytest.mark.parametrize("content", [workbook(), csv()], ids=["xlsx", "csv"])
def test_mended_rows_are_taken_when_sent_again(content: bytes):
    """With the gaps filled in the workbook that came back, all of its rows are taken, and only those."""
    upload = read_upload(content, filename="Kuota.xlsx", table="quotas")
    book = openpyxl.load_workbook(io.BytesIO(hand_back(upload)[0]))
    sheet = book.worksheets[0]
    head, column = next((cell.row, cell.column) for row in sheet for cell in row if cell.value == "Kuota")
    for row in range(head + 1, sheet.max_row + 1):
        sheet.cell(row, column, 25)
    mended = io.BytesIO()
    book.save(mended)
    again = read_upload(mended.getvalue(), filename="Kuota.xlsx")
    assert (again.table, len(again.rejected)) == ("quotas", 0)
    assert again.frame["quota"].tolist() == [25, 25]
    assert again.frame["kab_kota"].tolist() == ["Kabupaten Berau", "Kota Samarinda"]
    assert again.frame["target_date"].dt.strftime("%Y-%m-%d").tolist() == ["2025-06-01", "2025-07-01"]


@pytest.mark.parametrize("content", [workbook(), csv()], ids=["xlsx", "csv"])
def test_no_nik_comes_back(content: bytes):
    """Neither from its own column, as text or as a number, nor from a note in which somebody typed it."""
    returned, *_ = hand_back(read_upload(content, filename="kuota.csv", table="quotas"))
    assert NIK.encode() not in everything(returned)
    assert b"990101" not in everything(returned)


@pytest.mark.parametrize("content", [workbook(), csv()], ids=["xlsx", "csv"])
def test_text_that_begins_like_a_formula_is_text(content: bytes):
    """A spreadsheet program shows it and never runs it, not even after somebody edits the cell; a number stays one."""
    returned, *_ = hand_back(read_upload(content, filename="kuota.csv", table="quotas"))
    cells = {cell.value: cell for row in openpyxl.load_workbook(io.BytesIO(returned)).worksheets[0] for cell in row}
    assert {'\'=HYPERLINK("http://contoh.invalid")', "+62 812-9999-0001"} <= set(cells)
    assert cells["+62 812-9999-0001"].quotePrefix
    assert all(cell.data_type != "f" for cell in cells.values())
    assert b"<f>" not in everything(returned)


def test_a_formula_comes_back_as_the_value_it_had():
    """What the sender saw in the cell stays; what computed it, and could reach elsewhere, does not."""

    def add(book: xlsxwriter.Workbook, sheet: Any) -> None:
        sheet.write_formula(4, 1, "=1+1", None, 2)
        sheet.write_formula(1, 3, "=NOW()", None, "judul")

    _, sheet = back(workbook(extra=add))
    assert (sheet["B4"].value, sheet["D2"].value) == (2, "judul")


def test_a_cell_merged_over_rows_is_filled_in_the_rows_that_stay():
    """A kab/kota merged over several LP3H is said again in each row that comes back."""

    def add(book: xlsxwriter.Workbook, sheet: Any) -> None:
        sheet.merge_range(3, 2, 6, 2, "Kutai Timur")

    _, sheet = back(workbook(extra=add))
    assert under(sheet, "Kab/Kota") == ["Kutai Timur", "Kutai Timur"]


def test_other_sheets_links_comments_and_lists_stay_behind():
    """Only sheets with rejected rows come back, without anything that points out of them."""

    def add(book: xlsxwriter.Workbook, sheet: Any) -> None:
        secret = book.add_worksheet("Rahasia")
        secret.write_string(0, 0, "jangan dikirim")
        book.define_name("Semua", "=Rahasia!$A$1:$A$9")
        sheet.write_url(4, 1, "https://contoh.invalid/x", string="tautan")
        sheet.write_comment(4, 2, "jangan dikirim")
        sheet.data_validation(3, 2, 9, 2, {"validate": "list", "source": "=Rahasia!$A$1:$A$9"})

    upload = read_upload(workbook(extra=add), filename="kuota.xlsx", table="quotas")
    returned, *_ = hand_back(upload)
    assert openpyxl.load_workbook(io.BytesIO(returned)).sheetnames == ["Pembagian"]
    for word in (b"jangan dikirim", b"contoh.invalid", b"Rahasia"):
        assert word not in everything(returned)


def test_every_sheet_with_rejected_rows_comes_back():
    """Sheets keep their names and their order; one without rejected rows is not there."""
    sheets: Mapping[str, list[Any]] = {"Paser": [None, 5], "Berau": [7, 8], "Bontang": [None, None]}
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        for name, quotas in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["Kab/Kota", "LP3H", "Kuota"])
            for row, quota in enumerate(quotas, start=1):
                sheet.write_row(row, 0, [name, "ITK", *([quota] if quota else [])])
    upload = read_upload(content.getvalue(), filename="kuota.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(hand_back(upload)[0]))
    assert {sheet.title: sheet.max_row - 1 for sheet in book} == {"Paser": 1, "Bontang": 2}


def test_other_kinds_come_back_as_a_plain_workbook():
    """Headers and cells of a CSV are there as text, in order, without the column of NIK."""
    upload, sheet = back(csv(), filename="kuota.csv")
    head, *rows = rows_of(sheet)
    assert head == [*HEADER[:-1], WHY_REJECTED]
    assert [row[0] for row in rows] == ["2", "4"]
    assert all(isinstance(cell, str) for row in rows for cell in row if cell is not None)
    assert [row[-1] for row in rows] == [
        f"Baris {n}: {why}" for n, why in zip([3, 5], upload.rejected["reason"], strict=True)
    ]


def test_a_merge_of_a_billion_cells_does_not_keep_us_busy():
    """A workbook that would make openpyxl visit each cell of a whole sheet comes back plain."""
    content = workbook()
    parts = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(parts, "w") as target:
        for name in source.namelist():
            target.writestr(
                name, source.read(name).replace(b'ref="A1:G1"/>', b"ref='A1:XFD1'/><mergeCell ref='H9:XFD1048576'/>")
            )
    _, sheet = back(parts.getvalue())
    assert [str(merged) for merged in sheet.merged_cells.ranges] == []
    assert sheet.max_row < 10


def test_a_large_workbook_comes_back_plain(monkeypatch: pytest.MonkeyPatch):
    """Beyond a size openpyxl would take too long to open, the rejected rows go into a fresh workbook."""
    monkeypatch.setattr("halal_ui.exports.sender_workbook.LARGEST", 100)
    _, sheet = back(workbook())
    assert [cell.value for row in sheet for cell in row if cell.value == WHY_REJECTED] == [WHY_REJECTED]
    assert under(sheet, "Kab/Kota", head=next(row[0].row for row in sheet if row[0].value == "No")) == [
        "Berau",
        "Samarinda",
    ]


def test_tables_below_one_another_come_back_under_their_own_headers():
    """A second table with its columns in another order does not put its cells under the first one's headers."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Kuota")
        rows = [
            ["Kab/Kota", "LP3H", "Kuota"], ["Paser", "ITK"], ["Berau", "ITK", 5], [], ["Tahap 2"],
            ["Kuota", "LP3H", "Kab/Kota"], [7, "Unmul", "Bontang"], [None, "Unmul", "Samarinda"],
        ]  # fmt: skip
        for row, cells in enumerate(rows):
            sheet.write_row(row, 0, cells)
    _, sheet = back(content.getvalue())
    assert under(sheet, "Kab/Kota", head=1) == ["Paser", "Samarinda"]
    assert under(sheet, "LP3H", head=1) == ["ITK", "Unmul"]


def test_nothing_rejected_is_nothing_to_hand_back():
    """The question is not asked of an upload whose rows were all taken."""
    upload = read_upload(workbook(ROWS[:1]), table="quotas")
    with pytest.raises(ValueError, match="no row was rejected"):
        hand_back(upload)


def test_a_sheet_may_have_any_name():
    """A file name that Excel does not allow for a sheet does not stop its rows from going back."""
    upload = read_upload(csv(), filename=f"Kuota [juni]: {'x' * 40}.csv", table="quotas")
    book = openpyxl.load_workbook(io.BytesIO(hand_back(upload)[0]))
    assert pd.Series(book.sheetnames).str.fullmatch(r"Kuota -juni-- x{17}").all()
