"""Merged cells are told as ranges of the grid; their text stays in the first cell."""

import io

import pytest
import xlsxwriter
from make_files import ods_bytes, xlsx_bytes, xlsx_of_xml, xml_cell

from halal_metrics.sheets.files import read_grids


def test_of_every_sheet_of_a_workbook():
    """Each sheet has its own; blank columns at the left and blank rows on top are accounted for."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        for name, down, right in (("A", 0, 0), ("B", 3, 2)):
            sheet = book.add_worksheet(name)
            sheet.merge_range(down, right, down, right + 2, "TAHAPAN")
            sheet.merge_range(down + 1, right, down + 3, right, "Paser")
            sheet.write(down + 3, right + 2, "akhir")
        book.add_worksheet("C").write(0, 0, "tanpa")
    grids = read_grids(content.getvalue(), name="x")
    assert [grid.merged for grid in grids] == [
        ((0, 0, 0, 2), (1, 0, 3, 0)),
        ((3, 0, 3, 2), (4, 0, 6, 0)),
        (),
    ]
    assert grids[1].row(3) == ["TAHAPAN", None, None]
    assert grids[0].columns[0].to_pylist() == ["TAHAPAN", "Paser", None, None]


@pytest.mark.parametrize(
    ("xml", "merged"),
    [
        (b'<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>', ((0, 0, 0, 1),)),
        (b"<x:mergeCells><x:mergeCell ref='$A$1:$B$2' /></x:mergeCells>", ((0, 0, 1, 1),)),
        (b'<mergeCells><mergeCell ref="A2:XFD1048576"/></mergeCells>', ((1, 0, 1, 1),)),  # as far as there are cells
        (b'<mergeCells><mergeCell ref="D9:E9"/><mergeCell ref="B1:B1"/><mergeCell ref="rusak"/></mergeCells>', ()),
    ],
)
def test_however_they_are_written(xml, merged):
    """Prefixes, quotes, absolute references; what lies beyond the cells, or is one cell, is none."""
    rows = b'<row r="1">%s%s</row><row r="2">%s</row>' % (xml_cell("A1", "a"), xml_cell("B1", "b"), xml_cell("A2", "c"))
    assert read_grids(xlsx_of_xml(rows, after=xml), name="x")[0].merged == merged


def test_of_an_open_document():
    """Repeated rows and cells count as often as they are repeated; covered cells have their place."""
    cell = '<table:table-cell {} office:value-type="string"><text:p>a</text:p></table:table-cell>'
    rows = (
        f'<table:table-row table:number-rows-repeated="2">{cell.format("")}</table:table-row>'
        '<table:table-row><table:table-cell table:number-columns-repeated="2"/>'
        + cell.format('table:number-columns-spanned="2" table:number-rows-spanned="2"')
        + f"<table:covered-table-cell/>{cell.format('')}</table:table-row>"
        "<table:table-row><table:table-cell table:number-columns-repeated='2'/>"
        f'<table:covered-table-cell table:number-columns-repeated="2"/>{cell.format("")}</table:table-row>'
    )
    assert read_grids(ods_bytes(rows), name="x")[0].merged == ((2, 2, 3, 3),)


def page(*tables: str) -> bytes:
    return "".join(f"<table>{table}</table>" for table in tables).encode()


def test_of_an_html_table():
    """rowspan and colspan hold their places in the rows below; nonsense in them is one cell."""
    (grid,) = read_grids(
        page(
            '<tr><th rowspan=2>No</th><th colspan="2">Tanggal</th><th rowspan="2">Ket</th></tr>'
            "<tr><th>Daftar</th><th>Terbit</th></tr>"
            '<tr><td>1</td><td rowspan="0">a</td><td colspan="x">b</td><td>c</td></tr>'
        ),
        name="x",
    )
    assert [grid.row(position) for position in range(grid.rows)] == [
        ["No", "Tanggal", None, "Ket"],
        [None, "Daftar", "Terbit", None],
        ["1", "a", "b", "c"],
    ]
    assert grid.merged == ((0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 1, 3))


RECORDS = (
    "<tr><td>NIB</td><td>Nama</td><td>Status</td><td>Kota</td></tr><tr><td>{}</td><td>b</td><td>c</td><td>d</td></tr>"
)


def test_several_tables_of_a_page():
    """Each table of records is a sheet of its own; rows are numbered through the page."""
    letterhead = "<tr><td>Nama LP3H</td><td>:</td><td>UINSI</td></tr>"
    content = b"<h1>Laporan</h1>" + page(letterhead, RECORDS.format(1)) + b"<p>Lanjutan</p>" + page(RECORDS.format(2))
    first, second = read_grids(content + b"<div>Mengetahui<br>Kepala</div>", name="ekspor")
    assert (first.name, second.name) == ("ekspor", "ekspor (tabel 2)")
    assert first.columns[0].to_pylist() == ["Laporan", "Nama LP3H", "NIB", "1"]
    assert second.columns[0].to_pylist() == [*[None] * 4, "Lanjutan", "NIB", "2", "Mengetahui", "Kepala"]


def test_tables_within_tables():
    """The longer one is the table: an outer one for the layout, or an inner one that is a cell's own text."""
    layout = "<tr><td>Menu</td><td>kiri <table>" + RECORDS.format(1) + "</table> kanan</td></tr>"
    (grid,) = read_grids(page(layout), name="x")
    assert grid.columns[0].to_pylist() == ["Menu", "NIB", "1"]
    assert grid.row(0) == ["Menu", "kiri kanan", None, None]
    inner = RECORDS.format("1 <table><tr><td>isi</td><td>lagi</td></tr></table>")
    (grid,) = read_grids(page(inner), name="x")
    assert grid.columns[0].to_pylist() == ["NIB", "1 isi lagi"]


def test_markup_inside_a_cell_is_no_text():
    """Bold letters stay in their word, line breaks separate, scripts and styles are not read."""
    cell = "<b>Sa</b>marin<i>da</i><br/>Ulu<style>x{}</style><script>1<2</script> &amp; <p>Ilir</p>&#8203;"
    (grid,) = read_grids(page(f"<tr><td>{cell}</td><td x:num='8120001234567'>8,12E+12</td></tr>"), name="x")
    assert grid.row(0) == ["Samarinda Ulu & Ilir", "8120001234567"]


def test_a_page_without_merged_cells_has_none():
    """Nothing is made up."""
    assert read_grids(xlsx_bytes({"Data": [["a", "b"], [None, "c"]]}), name="x")[0].merged == ()
    assert read_grids(page(RECORDS), name="x")[0].merged == ()
