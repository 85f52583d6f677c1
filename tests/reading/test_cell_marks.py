"""A failed formula is said, and a number shown as a percentage is one, however the file is parsed."""

import io

import pytest
import xlsxwriter
from make_files import SHEET, with_part

from halal_metrics.sheets import read_upload
from halal_metrics.sheets.parsers import halves, workbook
from halal_metrics.sheets.parsers.marks import Marks
from halal_metrics.sheets.parsers.parsed import Parsed
from halal_metrics.sheets.upload import Upload

HEADER = ["Kab/Kota", "LP3H", "Pengajuan", "Terbit"]


def book(formats: dict[tuple[int, int], str]) -> bytes:
    """A recap with a failed formula in row 3, whose numbers are shown in these formats."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as made:
        sheet = made.add_worksheet("Rekap")
        sheet.write_row(0, 0, HEADER)
        for row, cells in enumerate([["Paser", "ITK", 4, 1], ["Berau", "ITK", None, 2], ["Bontang", "ITK", 3, 0]], 1):
            for column, cell in enumerate(cells):
                code = formats.get((row, column))
                sheet.write(row, column, cell, made.add_format({"num_format": code}) if code else None)
        sheet.write_formula(2, 2, "=1/0", None, "#DIV/0!")
    return content.getvalue()


def text_of(content: bytes) -> bytes:
    return workbook.zipfile.ZipFile(io.BytesIO(content)).read(SHEET)


def warned(upload: Upload) -> list[tuple]:
    said = upload.problems[upload.problems["severity"] == "warning"]
    return list(zip(said["code"], said["row"].astype(object).where(said["row"].notna(), None), strict=True))


@pytest.mark.parametrize(
    ("code", "is_percent"), [("0%", True), ("0.00%", True), ("[Red]0.0 %", True), ('0" %"', False), ("0", False)]
)
def test_a_number_shown_as_a_percentage(code, is_percent):
    """It is no count; a percent sign that is only put behind the number changes nothing."""
    upload = read_upload(book({(1, 3): code}), filename="rekap")
    assert upload.frame["issued"].isna().tolist() == [is_percent, False, False]
    assert warned(upload) == [("formula_failed", None)] + [("number_impossible", 2)] * is_percent


def test_a_failed_formula_says_where():
    """Once for its column, with what it shows and in which rows."""
    (message,) = read_upload(book({}), filename="r").problems.query("code == 'formula_failed'")["message"]
    assert message.startswith("Kolom Pengajuan: galat Excel (#DIV/0!) di 1 baris (3)")


def test_a_correction_takes_the_place_of_an_error():
    """Then nothing is missing."""
    assert not warned(read_upload(book({}), filename="r", corrections={("Rekap", 3, "Pengajuan"): "7"}))


def test_rows_of_errors_are_blank():
    """A formula drawn down below the table fails in every row: these are no rows, and are counted at their columns."""
    upload = read_upload(b"Kab/Kota;Pengajuan;Terbit\nPaser;4;1\n#N/A;#N/A;#N/A\n#N/A;#N/A;#n/a\n", filename="r")
    assert (len(upload.frame), len(upload.rejected)) == (1, 0)
    assert warned(upload) == [("formula_failed", None)] * 3


def marks_of(sheet: Parsed) -> tuple:
    return dict(sheet.errors), [column.to_pylist() for column in sheet.columns[3:]]


def test_found_however_the_workbook_is_parsed(monkeypatch):
    """In two halves, closed up, in another namespace, and across the pieces in which a part is unpacked."""
    content = book({(1, 3): "0%", (3, 3): "0.00%"})
    expected = {"#DIV/0!": [(2, 2, 2, 2)]}, [["Terbit", "100%", "2", "0%"]]
    text = text_of(content)
    prefixed = (
        text.replace(b"<", b"<x:").replace(b"<x:/", b"</x:").replace(b"<x:?", b"<?").replace(b"xmlns=", b"xmlns:x=")
    )
    assert [marks_of(sheet) for sheet in workbook.read_zip(with_part(content, SHEET, prefixed))] == [expected]
    assert [marks_of(sheet) for sheet in workbook.read_zip(content, sparse=True)] == [expected]
    monkeypatch.setattr(halves, "_LONG", 0)
    monkeypatch.setattr(halves.os, "cpu_count", lambda: 2)
    assert [marks_of(sheet) for sheet in workbook.read_zip(content)] == [expected]
    for size in (1, 7, 64):
        marks = Marks([1])
        for at in range(0, len(text), size):
            marks.see(text[at : at + size])
        assert (marks.errors(), marks.percentages()) == ({"#DIV/0!": [(2, 2, 2, 2)]}, [(1, 3, 1, 3)])


def test_the_workbook_of_2003():
    """Its styles have names, its errors a type."""
    cells = '<Cell><Data ss:Type="String">Kab. {}</Data></Cell><Cell><Data ss:Type="{}">{}</Data></Cell>'
    rows = [cells.format("Paser", "Number", 4), cells.format("Berau", "Error", "#REF!")]
    shown = '<Cell ss:StyleID="s1"><Data ss:Type="Number">{}</Data></Cell>'
    table = "".join(f"<Row>{row}{shown.format(count)}</Row>" for row, count in zip(rows, (1, 2), strict=True))
    header = "".join(
        f'<Cell><Data ss:Type="String">{name}</Data></Cell>' for name in ("Kab/Kota", "Pengajuan", "Terbit")
    )
    content = (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="s1">'
        f'<NumberFormat ss:Format="Percent"/></Style></Styles><Worksheet ss:Name="R"><Table><Row>{header}</Row>{table}'
        "</Table></Worksheet></Workbook>"
    ).encode()
    upload = read_upload(content, filename="r")
    assert upload.frame["issued"].isna().tolist() == [True]  # the other has no count at all
    assert warned(upload)[:1] == [("formula_failed", None)]
    assert ("number_impossible", 2) in warned(upload)
