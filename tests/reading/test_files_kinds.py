"""Every kind of file that is really sent gives the same cells, told by its content alone."""

import datetime as dt
import io
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from html import escape
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from make_files import csv_bytes, ods_bytes, xlsb_bytes, xlsx_bytes, xlsx_of_xml, xml_cell, zip_bytes

from halal_metrics.sheets import UnreadableFile, read_upload
from halal_metrics.sheets.files import Grid, read_grids

MORNING = dt.datetime(2025, 6, 4)  # noqa: DTZ001 - a cell has no time zone
AFTERNOON = dt.datetime(2025, 6, 4, 14, 3)  # noqa: DTZ001
MADE = Path(__file__).parent / "made"

ROWS = [
    ["NIB", "Nama Usaha", "Status"],
    ["0120001234567", "Café & Roti <Rekaan>", "OF74"],
    ["8120001234567", None, "OF10"],
]
HTML_ROWS = "".join("<tr>" + "".join(f"<td>{escape(cell or '')}</td>" for cell in row) + "</tr>" for row in ROWS)


def html(charset: str = "", *, above: str = "", rows: str = HTML_ROWS) -> str:
    head = f'<head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head>' if charset else ""
    return f"<html>{head}<body>{above}<table border=1>{rows}</table></body></html>"


def archive(*pages: str) -> bytes:
    message = MIMEMultipart("related")
    for page in pages:
        message.attach(MIMEText(page, "html", "utf-8"))
    return message.as_bytes()


XML_2003 = """<?xml version="1.0" encoding="UTF-8"?>
<?mso-application progid="Excel.Sheet"?>
<ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><ss:Worksheet ss:Name="Data"><ss:Table>
<ss:Row><ss:Cell><ss:Data ss:Type="String">NIB</ss:Data></ss:Cell>
<ss:Cell><ss:Data ss:Type="String">Nama Usaha</ss:Data></ss:Cell>
<ss:Cell><ss:Data ss:Type="String">Status</ss:Data></ss:Cell></ss:Row>
<ss:Row><ss:Cell><ss:Data ss:Type="String">0120001234567</ss:Data></ss:Cell>
<ss:Cell><ss:Data ss:Type="String">Café &amp; Roti &lt;Rekaan></ss:Data></ss:Cell>
<ss:Cell><ss:Data ss:Type="String">OF74</ss:Data></ss:Cell></ss:Row>
<ss:Row><ss:Cell><ss:Data ss:Type="Number">8120001234567</ss:Data></ss:Cell>
<ss:Cell ss:Index="3"><ss:Data ss:Type="String">OF10</ss:Data></ss:Cell></ss:Row>
</ss:Table></ss:Worksheet></ss:Workbook>"""


def ods_row(cells: list[str | None]) -> str:
    written = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    said = [written.format(escape(cell)) if cell else "<table:table-cell/>" for cell in cells]
    return f"<table:table-row>{''.join(said)}</table:table-row>"


def parquet(rows: list[list[str | None]]) -> bytes:
    content = io.BytesIO()
    pq.write_table(pa.table(dict(zip(rows[0], zip(*rows[1:], strict=True), strict=True))), content)
    return content.getvalue()


KINDS = {
    "xlsx": xlsx_bytes({"Data": ROWS}),
    "ods": ods_bytes("".join(map(ods_row, ROWS))),
    "parquet": parquet(ROWS),
    **{f"csv {mark}": csv_bytes(ROWS, delimiter=mark) for mark in ",;\t|"},
    **{f"csv {name}": csv_bytes(ROWS, encoding=name) for name in ("utf-8-sig", "utf-16", "utf-16-le", "cp1252")},
    "csv with a hint for Excel": b"sep=,\r\n" + csv_bytes(ROWS, delimiter=","),
    "html": html().encode(),
    "html utf-8-sig": html().encode("utf-8-sig"),
    "html utf-16": html("utf-16").encode("utf-16"),
    "html that says windows-1252": html("windows-1252").encode("cp1252"),
    "html that says iso-8859-1": html("iso-8859-1").encode("cp1252"),
    "html that says utf-8 and is not": html("utf-8").encode("cp1252"),
    "html that says nothing": html().encode("cp1252"),
    "html after a warning": b"Notice: Undefined index\n" + html().encode(),
    "html without html": f"<TABLE>{HTML_ROWS}".encode(),
    "mhtml": archive("<html><body>bingkai</body></html>", html()),
    "xml of 2003": XML_2003.encode(),
}


def cells(grid: Grid) -> list[list[str | None]]:
    return [grid.row(position) for position in range(grid.rows)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_gives_the_same_cells(kind):
    """Zeros in front, accents, signs and blanks are kept; the file's name says nothing."""
    (grid,) = read_grids(KINDS[kind], name="Data")
    said = cells(grid)
    assert said[0] == ROWS[0] or kind == "html after a warning"
    assert said[-2:] == ROWS[-2:]


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_a_workbook_of_a_spreadsheet_program(kind):
    """Title, merged cells, dates, percent, booleans, errors, a hidden row and a hidden sheet, as a program saves."""
    visible, hidden = read_grids((MADE / f"register.{kind}").read_bytes(), name="x")
    middle = {"xls": ("2025-06-04 14:03:00", "true"), "ods": ("2025-06-04T14:03:00", "1")}[kind]
    assert cells(visible) == [
        ["REKAP PENGAJUAN PER TANGGAL 4 JUNI 2025", *[None] * 5],
        [None] * 6,
        ["NIB", "Nama PU", "Tgl Daftar", "Kab/Kota", "Serapan", "Catatan"],
        ["8120001234567", "Dapur Rekaan", "2025-06-04", "Kab. Paser", "32%", middle[1]],
        ["0120001234567", 'Kedai "Rekaan", Café', middle[0], None, "0.3", None],
    ]
    assert visible.errors == {"#DIV/0!": [[4, 5, 4, 5]]}
    assert visible.merged == ((0, 0, 0, 4), (3, 3, 4, 3))
    assert (visible.name, visible.hidden, hidden.name, hidden.hidden) == ("Mei", False, "Lama", True)


def test_numbers_and_dates_of_a_workbook_are_text_without_loss():
    """A NIB kept as a number is its digits; a date is ISO, with its time only where it has one."""
    values = [8120001234567, 1234567890123456, 0.1 + 0.2, 1e-7, 1e20, -5, 0.07 * 100, 1234567.891]
    rows = [
        ["angka", "tanggal"],
        *([value, dt.date(2025, 6, 4)] for value in values),
        [None, AFTERNOON],
    ]
    (grid,) = read_grids(xlsx_bytes({"Data": rows}), name="x")
    said = ["8120001234567", "1234567890123456", "0.3", "0.0000001", "100000000000000000000", "-5", "7", "1234567.891"]
    assert grid.columns[0].to_pylist() == ["angka", *said, None]
    assert grid.columns[1].to_pylist() == ["tanggal", *["2025-06-04"] * len(said), "2025-06-04 14:03:00"]


def test_formulas_are_never_evaluated():
    """What the sender's program last showed is the text; an error is nothing; text like a formula is text."""
    formulas = (
        b'<c r="A1" t="str"><f>CONCAT("a","b")</f><v>hasil</v></c><c r="B1"><f>1+1</f><v>7</v></c>'
        b'<c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c>' + xml_cell("D1", "=1+1")
    )
    (grid,) = read_grids(xlsx_of_xml(b'<row r="1">%s</row>' % formulas), name="x")
    assert grid.row(0) == ["hasil", "7", None, "=1+1"]


def test_row_numbers_are_those_of_the_spreadsheet_program():
    """Blank rows on top and hidden rows count; formatted blank cells below and to the right do not."""
    rows = (
        b'<row r="4">' + xml_cell("C4", "atas") + b'<c r="XFD4" s="0"/></row>'
        b'<row r="6" hidden="1">'
        + xml_cell("D6", "tersembunyi")
        + b'</row><row r="1048576"><c r="A1048576" s="0"/></row>'
    )
    (grid,) = read_grids(xlsx_of_xml(rows), name="x")
    assert cells(grid) == [*[[None, None]] * 3, ["atas", None], [None, None], [None, "tersembunyi"]]


def test_parquet_types_become_what_a_spreadsheet_would_hold():
    """Whole numbers without ".0", days without a time, lists and damaged text as well as can be."""
    frame = pa.table(
        {
            "nib": [8120001234567.0, None],
            "nilai": [0.5, 1e20],
            "waktu": pa.array([MORNING, AFTERNOON], pa.timestamp("ns")),
            "hari": pa.array([dt.date(2025, 6, 4), None]),
            "daftar": [["a"], None],
            "kategori": pa.array(["x", "x"]).dictionary_encode(),
            "rusak": pa.array([b"Caf\xe9", b" "], pa.binary()),
        }
    )
    content = io.BytesIO()
    pq.write_table(frame, content)
    (grid,) = read_grids(content.getvalue(), name="x")
    assert cells(grid)[1:] == [
        ["8120001234567", "0.5", "2025-06-04", "2025-06-04", "['a']", "x", "Caf\ufffd"],
        [None, "100000000000000000000", "2025-06-04 14:03:00", None, None, "x", None],
    ]


def test_two_encodings_in_one_file():
    """What is no UTF-8 is read as Windows-1252, and the rest as what it is."""
    content = "NIB;Nama\n1;Café\n2;".encode() + "Désirée\n".encode("cp1252")
    assert read_grids(content, name="x")[0].columns[1].to_pylist() == ["Nama", "Café", "Désirée"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_formula_around_a_text_is_that_text(delimiter):
    """What programs write so that Excel takes no number for one ("Excel-safe") is unwrapped in every column."""
    lines = [
        ["No. Daftar", "Nama Usaha", "No HP", "Status"],
        ['="SH2025-1-990001"', f'="Dapur ""Satu""{delimiter} Rekaan"', '="081200000001"', '="OF10"'],
        ['"=""SH2025-1-990002"""', '"Dapur Dua"', '"=""081200000002"""', "OF74"],
        ["SH2025-1-990003", 'Dapur ="Tiga"', '=""', "OF74"],
    ]
    upload = read_upload("\r\n".join(map(delimiter.join, lines)).encode(), filename="uji.csv")
    kept = upload.frame[["registration_number", "business_name", "phone", "status"]]
    assert kept.astype(object).where(kept.notna(), None).to_numpy().tolist() == [
        ["SH2025-1-990001", f'Dapur "Satu"{delimiter} Rekaan'.replace("\t", ""), "081200000001", "submitted"],
        ["SH2025-1-990002", "Dapur Dua", "081200000002", "fatwa"],
        ["SH2025-1-990003", 'Dapur ="Tiga"', None, "fatwa"],
    ]
    assert set(upload.problems["severity"]) <= {"info"}


def test_lines_of_different_length():
    """Titles, blank lines and signatures of a CSV keep their rows; short lines are filled up."""
    content = b"Laporan Mei\n\nNIB;Nama;Status\n1;Siti;OF10\n2;\n\nMengetahui\n"
    (grid,) = read_grids(content, name="x")
    assert cells(grid) == [
        ["Laporan Mei", None, None],
        [None] * 3,
        ["NIB", "Nama", "Status"],
        ["1", "Siti", "OF10"],
        ["2", None, None],
        [None] * 3,
        ["Mengetahui", None, None],
    ]


def test_a_quote_that_never_ends_swallows_no_rows():
    """One stray quotation mark does not make the rows below it a single cell."""
    lines = ["NIB;Nama", '1;"Toko Maju', *(f"{number};Siti" for number in range(2, 400)), "400;Siti;lebih"]
    (grid,) = read_grids("\n".join(lines).encode(), name="x")
    assert grid.rows == 401
    assert grid.row(1)[:2] == ["1", "Toko Maju"]
    assert grid.said == (("quote_unclosed", 1, "Toko Maju"),)


def test_quoted_line_breaks_stay_in_their_cell():
    """An address on two lines is one cell, in regular and in irregular files."""
    for more in ([], [["catatan"]]):
        grid = read_grids(csv_bytes([["NIB", "Alamat"], ["1", "Jl. Mawar\nSamarinda"], *more]), name="x")[0]
        assert grid.row(1) == ["1", "Jl. Mawar Samarinda"]


def test_a_binary_workbook():
    """An .xlsb is read like any other workbook."""
    (grid,) = read_grids(xlsb_bytes(ROWS), name="x")
    assert cells(grid) == ROWS


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (zip_bytes({"word/document.xml": b"<w/>", "[Content_Types].xml": b"<Types/>"}), "unsupported"),
        (zip_bytes({"data.csv": b"NIB;Nama\n1;Siti\n"}), "unsupported"),
        (b"{\\rtf1 NIB;Nama}", "unsupported"),
        (b"%PDF-1.4\nNIB;Nama", "unsupported"),
        (b"\x1f\x8b\x08\0" + b"x" * 50, "unsupported"),
        (b"<html><body><p>NIB;Nama</p></body></html>", "unsupported"),
        (b"<?xml version='1.0'?><data><row nib='1'/></data>", "unsupported"),
        (b"<table><tr><td> </td></tr></table>", "empty"),
        (archive("<p>halo</p>"), "unsupported"),
        (ods_bytes("", parts={"META-INF/manifest.xml": b"<m><encryption-data/></m>"}), "password"),
        (
            zip_bytes({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "encrypted-package": b"x"}),
            "password",
        ),
        (b"PARE" + b"x" * 50 + b"PARE", "password"),
        (ods_bytes("<table:table-row>")[:-40], "corrupt"),
    ],
)
def test_what_is_no_spreadsheet_says_so(content, code):
    """Other documents, locked ones and broken ones each have their own reason."""
    with pytest.raises(UnreadableFile) as refused:
        read_grids(content, name="x")
    assert refused.value.code == code


def test_an_html_export_called_xls_is_an_upload():
    """What most web systems call an Excel export is counted like any other file."""
    rows = "<tr><th>No. Daftar</th><th>Nama PU</th><th>Status</th><th>Tgl Daftar</th></tr>" + "".join(
        f"<tr><td>SH2025-1-10000{at}</td><td>Dapur&nbsp;Rekaan</td><td>OF74</td><td>31/05/2025</td></tr>"
        for at in (1, 2)
    )
    upload = read_upload(html(above="<h3>Laporan<br>Self Declare</h3>", rows=rows).encode(), filename="laporan.xls")
    assert upload.frame["source_row"].tolist() == [4, 5]
    assert upload.frame["business_name"].tolist() == ["Dapur Rekaan"] * 2
    assert set(upload.frame["submitted_date"]) == {pd.Timestamp("2025-05-31")}
