"""A formula that nobody has calculated is said, instead of seeming an empty cell or a zero."""

import io

import openpyxl
import pytest
import xlsxwriter
from make_files import SHEET, ods_bytes, with_part, xlsx_of_xml, xml_cell

from halal_metrics.sheets import UnreadableFile, read_upload
from halal_metrics.sheets.parsers import halves, workbook
from halal_metrics.sheets.upload import Upload

HEADER = ["Kab/Kota", "LP3H", "Pengajuan", "Terbit"]
RECAP = [
    HEADER,
    ["Kab. Paser", "ITK", "=40+2", 1],
    ["Kota Bontang", "ITK", "=A1", 2],
    ["JUMLAH", None, "=SUM(C2:C3)", "=SUM(D2:D3)"],
]


def book(rows: list[list], **others: list[list]) -> bytes:
    """As openpyxl writes formulas: without a result."""
    made = openpyxl.Workbook()
    for name, cells in {"Rekap": rows, **others}.items():
        sheet = made.create_sheet(name)
        for row in cells:
            sheet.append(row)
    made.remove(made.worksheets[0])
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def said(upload: Upload, code: str = "formula_without_result") -> list[tuple[str, str]]:
    told = upload.problems[upload.problems["code"] == code]
    assert told["severity"].eq("warning").all()
    return list(zip(told["column"], told["message"], strict=True))


def test_a_column_of_formulas_without_results():
    """Said once for the column, with how many rows; its rows stay, the row of totals is none of them."""
    upload = read_upload(book(RECAP), filename="rekap")
    assert upload.frame["issued"].tolist() == [1, 2]
    assert upload.frame["submitted"].isna().all()
    ((column, message),) = said(upload)
    assert column == "submitted"
    assert "2 baris berisi rumus tanpa hasil" in message
    assert "simpan" in message


def test_only_the_totals_are_formulas():
    """Nothing is missing, so nothing is said."""
    assert not said(read_upload(book([HEADER, ["Kab. Paser", "ITK", 4, 1], ["JUMLAH", None, "=SUM(C2)", "=SUM(D2)"]])))


def test_rows_that_are_formulas_throughout():
    """They look blank and would disappear: they are counted at their columns, below and between others."""
    upload = read_upload(book([HEADER, ["Paser", "ITK", 4, 1], ["=A9", "=B9", "=C9", "=D9"], ["Berau", "ITK", 1, 1]]))
    assert [column for column, _ in said(upload)] == ["kab_kota", "lp3h", "submitted", "issued"]
    upload = read_upload(book([HEADER, *[[f"={letter}9" for letter in "ABCD"]] * 3]))
    assert all("3 baris" in message for _, message in said(upload))


def test_a_sheet_or_a_file_of_formulas():
    """A sheet that repeats another by formulas is said; a file of nothing else says why there is nothing to read."""
    copy = [[f"=Rekap!{letter}{row}" for letter in "ABCD"] for row in range(1, 4)]
    assert said(read_upload(book(RECAP, Salinan=copy)), "sheet_without_results")
    for rows, code in ((copy, "empty"), ([["Rekap", "=A1"], *copy], "no_header")):
        with pytest.raises(UnreadableFile, match="rumus tanpa hasil") as refused:
            read_upload(book(rows))
        assert refused.value.code == code


@pytest.mark.parametrize(("results", "read"), [((0, 0), [None, None]), ((42, 0), [42, 0])])
def test_a_zero_that_stands_for_no_result(results, read):
    """Where a program stores 0 for every formula and leaves the rest to Excel, none is a count; else a zero is one."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as made:
        sheet = made.add_worksheet("Rekap")
        sheet.write_row(0, 0, HEADER)
        for row, (cells, result) in enumerate(zip(RECAP[1:3], results, strict=True), 1):
            sheet.write_row(row, 0, cells)
            sheet.write_formula(row, 2, cells[2], None, result)
    upload = read_upload(content.getvalue(), filename="rekap")
    assert upload.frame["submitted"].astype(object).where(upload.frame["submitted"].notna(), None).tolist() == read
    assert bool(said(upload)) == (read[0] is None)


def test_a_correction_takes_the_place_of_a_result():
    """What a person typed is there, so only the other row is counted."""
    upload = read_upload(book(RECAP), filename="rekap", corrections={("Rekap", 2, "Pengajuan"): "42"})
    assert upload.frame["submitted"].tolist()[0] == 42
    assert "1 baris" in said(upload)[0][1]


def cell(inside: bytes, more: bytes = b"") -> bytes:
    return b'<row r="1">%s</row><row r="2"><c r="A2"%s>%s</c></row>' % (xml_cell("A1", "Judul"), more, inside)


@pytest.mark.parametrize(
    ("xml", "without"),
    [
        (cell(b"<f>1+1</f>"), True),
        (cell(b"<f>1+1</f><v/>"), True),
        (cell(b"<f>1+1</f><v />"), True),
        (cell(b'<f t="shared" ref="A2:A9" si="0">1+1</f><v></v>'), True),
        (cell(b'<f t="shared" si="0"/>'), True),
        (cell(b"<f>1+1</f>\n<v></v>\n"), True),
        (cell(b"<f>1+1</f><v>2</v>"), False),
        (cell(b'<f>IF(A1="","",1)</f><v></v>', b' t="str"'), False),
        (cell(b'<f t="shared" si="0"/><v>2</v>'), False),
        (cell(b""), False),
    ],
)
def test_what_is_a_formula_without_result(xml, without):
    """In each way to write one; an empty text is a result."""
    (sheet,) = workbook.read_zip(xlsx_of_xml(xml))
    assert list(sheet.without_result) == ([(1, 0, 1, 0)] if without else [])


def test_found_however_the_workbook_is_parsed(monkeypatch):
    """In two halves, closed up, in another namespace, and across the pieces in which a part is unpacked."""
    content, there = book(RECAP), [(1, 2, 3, 2), (3, 3, 3, 3)]
    text = workbook.zipfile.ZipFile(io.BytesIO(content)).read(SHEET)
    prefixed = (
        text.replace(b"<", b"<x:").replace(b"<x:/", b"</x:").replace(b"<x:?", b"<?").replace(b"xmlns=", b"xmlns:x=")
    )
    assert [list(sheet.without_result) for sheet in workbook.read_zip(with_part(content, SHEET, prefixed))] == [there]
    assert [list(sheet.without_result) for sheet in workbook.read_zip(content, sparse=True)] == [there]
    monkeypatch.setattr("halal_metrics.sheets.parsers.ooxml._CHUNK", 100)
    assert [list(sheet.without_result) for sheet in workbook.read_zip(content)] == [there]
    monkeypatch.setattr(halves, "_LONG", 0)
    assert [list(sheet.without_result) for sheet in workbook.read_zip(content)] == [there]


TEXT = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
ODS = "".join(
    f"<table:table-row>{cells}</table:table-row>"
    for cells in (
        "".join(map(TEXT.format, ("Kab/Kota", "Pengajuan", "Terbit"))),
        TEXT.format("Paser") + '<table:table-cell table:formula="of:=1+1"/>' + TEXT.format("1"),
        TEXT.format("Berau")
        + '<table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"/>'
        + TEXT.format("1"),
    )
)
DATA = '<ss:Cell><ss:Data ss:Type="String">{}</ss:Data></ss:Cell>'
XML_2003 = (
    '<?xml version="1.0"?><ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
    '<ss:Worksheet ss:Name="A">'
    f"<ss:Table><ss:Row>{''.join(map(DATA.format, ('Kab/Kota', 'Pengajuan', 'Terbit')))}</ss:Row>"
    f'<ss:Row>{DATA.format("Paser")}<ss:Cell ss:Formula="=1+1"/>{DATA.format("1")}</ss:Row>'
    f'<ss:Row>{DATA.format("Berau")}<ss:Cell ss:Formula="=1+1"><ss:Data ss:Type="Number">2</ss:Data></ss:Cell>'
    f"{DATA.format('1')}</ss:Row></ss:Table></ss:Worksheet></ss:Workbook>"
)


@pytest.mark.parametrize("content", [ods_bytes(ODS), XML_2003.encode()], ids=["ods", "xml of 2003"])
def test_formulas_of_other_kinds(content):
    """OpenDocument and the XML of 2003 have them too."""
    upload = read_upload(content, filename="rekap")
    assert upload.frame["submitted"].astype(object).where(upload.frame["submitted"].notna(), None).tolist() == [None, 2]
    assert "1 baris" in said(upload)[0][1]
