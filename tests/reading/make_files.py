"""Small files in memory, as people send them."""

import csv
import datetime as dt
import io
import struct
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

Rows = Sequence[Sequence[Any]]


def csv_bytes(rows: Rows, *, delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def xlsx_bytes(sheets: Mapping[str, Rows], *, hidden: Sequence[str] = ()) -> bytes:
    """Texts as text, numbers as numbers, dates as date cells."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        date_format = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            if name in hidden:
                sheet.hide()
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, dt.date):
                        sheet.write_datetime(row, column, cell, date_format)
                    elif isinstance(cell, str):
                        sheet.write_string(row, column, cell)
                    elif cell is not None:
                        sheet.write_number(row, column, cell)
    return content.getvalue()


def parquet_bytes(frame: pd.DataFrame) -> bytes:
    content = io.BytesIO()
    pq.write_table(pa.Table.from_pandas(frame), content)
    return content.getvalue()


def zip_bytes(parts: Mapping[str, bytes | Iterable[bytes]]) -> bytes:
    """A zip of these parts, each in one piece or in as many as it takes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts.items():
            with archive.open(name, "w") as file:
                for piece in [part] if isinstance(part, bytes) else part:
                    file.write(piece)
    return content.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def with_part(workbook: bytes, name: str, part: bytes | Iterable[bytes]) -> bytes:
    """A workbook with one part put in place of its own."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        return zip_bytes({other: parts.read(other) for other in parts.namelist()} | {name: part})


def xlsx_of_xml(rows: bytes | Iterable[bytes], *, after: bytes = b"", before: bytes = b"") -> bytes:
    """A workbook whose one sheet is written as it stands there, for what no library would write."""
    pieces = [rows] if isinstance(rows, bytes) else rows
    head = b'<?xml version="1.0"?>%s<worksheet xmlns="%s"><sheetData>' % (before, _MAIN)
    return with_part(xlsx_bytes({"Data": [["x"]]}), SHEET, [head, *pieces, b"</sheetData>" + after + b"</worksheet>"])


def xml_cell(reference: str, text: str) -> bytes:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'.encode()


def ods_bytes(*sheets: str, names: Sequence[str] = ("Data",), parts: Mapping[str, bytes] = {}) -> bytes:
    """An OpenDocument document of sheets, each of these `table:table-row` elements."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        + "".join(
            f'<table:table table:name="{name}">{rows}</table:table>' for name, rows in zip(names, sheets, strict=True)
        )
        + "</office:spreadsheet></office:body></office:document-content>"
    )
    mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = {"mimetype": mimetype, "META-INF/manifest.xml": b"<manifest/>"}
    return zip_bytes(manifest | {"content.xml": content.encode()} | dict(parts))


def compound_bytes(streams: Mapping[str, bytes]) -> bytes:
    """The container of .xls and its relatives ([MS-CFB]), in sectors of 512 bytes, every stream at least 4096 long."""
    sectors: list[bytes] = []
    chains: list[int] = []

    def store(data: bytes) -> int:
        first, pieces = len(sectors), [data[at : at + 512].ljust(512, b"\0") for at in range(0, len(data), 512)]
        sectors.extend(pieces)
        chains.extend([*range(first + 1, first + len(pieces)), 0xFFFFFFFE])
        return first

    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)]
    for place, (name, data) in enumerate(streams.items(), 1):
        data = data.ljust(4096, b"\0")
        entries.append(_entry(name, 2, store(data), len(data), right=place + 1 if place < len(streams) else None))
    directory = store(b"".join(entries).ljust(512, b"\0"))
    table = [*chains, 0xFFFFFFFD]
    assert len(table) <= 128, "one sector of the table has to do"
    fat = struct.pack("<128I", *table, *[0xFFFFFFFF] * (128 - len(table)))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += b"\0" * 10 + struct.pack("<5I", 1, directory, 0, 4096, 0xFFFFFFFE) + struct.pack("<3I", 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", len(sectors), *[0xFFFFFFFF] * 108)
    return header + b"".join(sectors) + fat


def _entry(name: str, kind: int, first: int, size: int, *, child: int | None = None, right: int | None = None) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    links = [0xFFFFFFFF, 0xFFFFFFFF if right is None else right, 0xFFFFFFFF if child is None else child]
    entry = encoded.ljust(64, b"\0") + struct.pack("<HBB3I", len(encoded), kind, 1, *links)
    return entry.ljust(116, b"\0") + struct.pack("<IQ", first, size)


def xls_bytes(sheets: Sequence[tuple[str, Rows]]) -> bytes:
    """The cells of sheets, texts and numbers, as records of .xls ([MS-XLS]); two may have one name."""
    texts = [b"".join(_cells(rows)) for _, rows in sheets]
    start, of_sheet = (struct.pack("<HHHHHHII", 0x809, 16, 0x600, kind, 0xDBB, 0x7CC, 0, 6) for kind in (5, 0x10))
    end = struct.pack("<HH", 0x0A, 0)
    at = len(start) + sum(12 + len(name) for name, _ in sheets) + len(end)
    named = b""
    for (name, _), text in zip(sheets, texts, strict=True):
        named += struct.pack("<HHIBBBB", 0x85, 8 + len(name), at, 0, 0, len(name), 0) + name.encode("latin-1")
        at += len(of_sheet + text + end)
    return compound_bytes({"Workbook": start + named + end + b"".join(of_sheet + text + end for text in texts)})


def _cells(rows: Rows) -> Iterator[bytes]:
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                text = struct.pack("<HHHHB", row, column, 0, len(cell), 1) + cell.encode("utf-16-le")
                yield struct.pack("<HH", 0x204, len(text)) + text
            elif cell is not None:
                yield struct.pack("<HHHHHd", 0x203, 14, row, column, 0, cell)


def _record(kind: int, data: bytes) -> bytes:
    assert len(data) < 2**14
    length = [len(data) & 127 | 128, len(data) >> 7] if len(data) > 127 else [len(data)]
    return bytes([kind & 127 | 128, kind >> 7] if kind > 127 else [kind]) + bytes(length) + data


def _wide(text: str) -> bytes:
    return len(text).to_bytes(4, "little") + text.encode("utf-16-le")


def xlsb_bytes(rows: list[list[str | None]]) -> bytes:
    """The binary kind of .xlsx ([MS-XLSB]), as little of it as a reader needs."""
    size = (0).to_bytes(4, "little") + (len(rows) - 1).to_bytes(4, "little")
    body = _record(0x81, b"") + _record(0x94, size + size) + _record(0x91, b"")
    for at, row in enumerate(rows):
        body += _record(0, at.to_bytes(4, "little") + b"\0" * 13)
        for column, text in enumerate(row):
            if text:  # BrtCellSt: a text of its own
                body += _record(6, column.to_bytes(4, "little") + b"\0" * 4 + _wide(text))
    body += _record(0x92, b"") + _record(0x82, b"")
    workbook = _record(0x83, b"") + _record(0x8F, b"")
    workbook += _record(0x9C, b"\0" * 4 + (1).to_bytes(4, "little") + _wide("rId1") + _wide("Data")) + _record(
        0x90, b""
    )
    workbook += _record(0x84, b"")
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>'
    )
    return zip_bytes(
        {
            "xl/workbook.bin": workbook,
            "xl/_rels/workbook.bin.rels": relations.encode(),
            "xl/worksheets/sheet1.bin": body,
        }
    )
