"""One workbook of named sheets in every kind of file that keeps numbers and texts apart."""

import io
from collections.abc import Sequence
from html import escape
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from make_files import Rows, ods_bytes, with_part, xls_bytes, xlsx_bytes

Sheets = Sequence[tuple[str, Rows]]


def xlsx(sheets: Sheets) -> bytes:
    made = xlsx_bytes({f"S{place}": rows for place, (_, rows) in enumerate(sheets)})
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{place}" r:id="rId{place}"/>'
        for place, (name, _) in enumerate(sheets, 1)
    )
    office = "http://schemas.openxmlformats.org"
    text = (
        f'<workbook xmlns="{office}/spreadsheetml/2006/main" '
        f'xmlns:r="{office}/officeDocument/2006/relationships"><sheets>{listed}</sheets></workbook>'
    )
    return with_part(made, "xl/workbook.xml", text.encode())


def ods(sheets: Sheets) -> bytes:
    return ods_bytes(*("".join(map(_ods_row, rows)) for _, rows in sheets), names=[escape(name) for name, _ in sheets])


def _ods_row(cells: Sequence[Any]) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, cells))}</table:table-row>"


def _ods_cell(cell: Any) -> str:
    if cell is None:
        return "<table:table-cell/>"
    kind = "string" if isinstance(cell, str) else f'float" office:value="{cell}'
    return f'<table:table-cell office:value-type="{kind}"><text:p>{escape(str(cell))}</text:p></table:table-cell>'


def xml_2003(sheets: Sheets) -> bytes:
    written = "".join(
        f'<ss:Worksheet ss:Name="{escape(name)}"><ss:Table>{"".join(map(_xml_row, rows))}</ss:Table></ss:Worksheet>'
        for name, rows in sheets
    )
    spaces = 'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    return f'<?xml version="1.0"?><ss:Workbook {spaces}>{written}</ss:Workbook>'.encode()


def _xml_row(cells: Sequence[Any]) -> str:
    return f"<ss:Row>{''.join(map(_xml_cell, cells))}</ss:Row>"


def _xml_cell(cell: Any) -> str:
    kind = "String" if isinstance(cell, str) else "Number"
    return "<ss:Cell/>" if cell is None else f'<ss:Cell><ss:Data ss:Type="{kind}">{cell}</ss:Data></ss:Cell>'


def parquet(header: Sequence[str], *columns: Any) -> bytes:
    content = io.BytesIO()
    pq.write_table(pa.table(dict(zip(header, columns, strict=True))), content)
    return content.getvalue()


MAKERS = {"xlsx": xlsx, "xls": xls_bytes, "ods": ods, "xml of 2003": xml_2003}
"""Kind of file → what makes one of sheets (name, rows); two may have one name."""
