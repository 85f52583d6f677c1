"""A long sheet is parsed in two halves at once, and nobody can tell."""

import datetime as dt
import io
import os
import zipfile

import pytest
import xlsxwriter
from make_files import SHEET, with_part

from halal_metrics.sheets.parsers import halves, workbook
from halal_metrics.sheets.parsers.parsed import Parsed

ROWS = 24_000
ROW = b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>%s</t></is></c></row>'
SHEET_XML = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'


@pytest.fixture(scope="module")
def book() -> bytes:
    """More than one sheet, and a long one: blank rows in the middle, a column only in one half, dates with a time."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        day, time = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        book.add_worksheet("Kosong")
        sheet = book.add_worksheet("Panjang")
        sheet.merge_range(0, 2, 0, 5, "REGISTER")
        for row in range(2, ROWS):
            if ROWS // 2 - 300 < row < ROWS // 2 + 300:
                continue
            sheet.write_row(row, 2, [f"SH2025-1-{row}", 8120001000000 + row, "sama", row / 8])
            sheet.write_datetime(row, 6, dt.datetime(2025, 3, 1) + dt.timedelta(row % 90), day)  # noqa: DTZ001
        for row in range(ROWS - 50, ROWS):
            sheet.write(row, 1, "hanya di bawah")
        sheet.write_datetime(ROWS - 1, 6, dt.datetime(2025, 3, 1, 14, 3), time)  # noqa: DTZ001
        sheet.merge_range(ROWS + 2, 2, ROWS + 4, 2, "Mengetahui")
        sheet.write_blank(ROWS + 900, 30, None, day)
        book.add_worksheet("Lain").write(3, 3, "x")
    return content.getvalue()


def parsed(content: bytes, monkeypatch: pytest.MonkeyPatch, *, cores: int) -> list[Parsed]:
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    return list(workbook.read_zip(content))


def test_halves_are_the_whole(book, monkeypatch):
    """Same cells at the same rows and columns, same merged cells, same sheets."""
    whole, both = parsed(book, monkeypatch, cores=1), parsed(book, monkeypatch, cores=2)
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        monkeypatch.setattr(os, "cpu_count", lambda: 2)
        assert halves.Halves(parts, "xl/worksheets/sheet2.xml")
        assert not halves.Halves(parts, "xl/worksheets/sheet3.xml")
    assert whole[1].columns[0].null_count > 0
    assert len(whole[1].columns[0]) == ROWS + 3
    for one, other in zip(whole, both, strict=True):
        assert (one.name, one.hidden, list(one.merged)) == (other.name, other.hidden, list(other.merged))
        assert one.columns == other.columns
    assert list(both[1].merged) == [(0, 1, 0, 4)]  # one below the last cell is no more than that cell


@pytest.mark.parametrize("first", [1, 2_000, 5_990, 6_000, 6_010, 11_998])
def test_rows_in_no_order_are_read_as_a_whole(book, first, monkeypatch):
    """Wherever the text is cut, no row is lost."""
    rows = [ROW % (at, at, b"%d" % at * 100) for at in range(1, 12_000)]
    content = with_part(book, SHEET, SHEET_XML % b"".join(rows[first:] + rows[:first]))
    (one, *_), (other, *_) = parsed(content, monkeypatch, cores=1), parsed(content, monkeypatch, cores=2)
    assert one.columns == other.columns
    assert len(one.columns[0]) == 11_999


def test_rows_without_numbers_are_read_as_a_whole(book, monkeypatch):
    """A row that does not say where it is stands below the one before."""
    rows = b"".join(ROW % (at, at, b"%d" % at * 100) for at in range(1, 12_000)).replace(b"<row r=", b"<row x=")
    (sheet, *_) = parsed(with_part(book, SHEET, SHEET_XML % rows), monkeypatch, cores=2)
    assert len(sheet.columns[0]) == 11_999
