"""Bytes → grids of text cells. What a file is, is told by its content, never by its name's ending."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import fastexcel
import pyarrow as pa
import pyarrow.parquet as pq

from halal_metrics.sheets import cells, delimited
from halal_metrics.sheets.problems import UnreadableFile

LIMIT: Final = 200 * 2**20
"""Bytes of a file; what fits a year of all LP3H many times over."""

UNPACKED_LIMIT: Final = 2 * 2**30
"""Bytes of a workbook's parts when unpacked: a small file can hold gigabytes of nothing."""


_BLANK: Final = b"\0 \t\r\n"


@dataclass(frozen=True)
class Grid:
    """One sheet as it lies there: columns of text cells; position 0 is row 1 of the spreadsheet program."""

    name: str
    columns: list[pa.LargeStringArray]
    hidden: bool = False

    @property
    def rows(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    def row(self, position: int) -> list[str | None]:
        return [column[position].as_py() for column in self.columns]


def read_grids(content: bytes, *, name: str) -> list[Grid]:
    """
    Every sheet of a file; `name` names the only sheet of a file that has no sheets, as spreadsheet programs do.

    Raises UnreadableFile and nothing else, whatever the bytes.
    """
    if len(content) > LIMIT:
        raise UnreadableFile("too_large")
    if not content[:1000].strip(_BLANK) and not content.strip(_BLANK):
        raise UnreadableFile("empty")
    grids = _guarded(_reader(content), content, name)
    if all(column.null_count == len(column) for grid in grids for column in grid.columns):
        raise UnreadableFile("empty")
    return grids


Reader = Callable[[bytes, str], list[Grid]]


def _reader(content: bytes) -> Reader:
    if content.startswith(b"PK\x03\x04"):
        return _workbook
    if content.startswith(b"PAR1"):
        return _parquet
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):  # the container of .xls and of locked .xlsx
        raise UnreadableFile("password" if "EncryptedPackage".encode("utf-16-le") in content else "unsupported")
    return _delimited


def _guarded(reader: Reader, content: bytes, name: str) -> list[Grid]:
    """
    The parsers below are written in C++ and Rust and raise what they like; a Rust panic is not even an Exception.
    Whatever they raise about a file means that the file is damaged.
    """
    try:
        return reader(content, name)
    except UnreadableFile:
        raise
    except MemoryError as error:
        raise UnreadableFile("too_large") from error
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit):
            raise
        raise UnreadableFile("corrupt") from error


def _delimited(content: bytes, name: str) -> list[Grid]:
    return [Grid(name, [cells.column(column) for column in delimited.read(content)])]


def _workbook(content: bytes, name: str) -> list[Grid]:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        if sum(part.file_size for part in parts.infolist()) > UNPACKED_LIMIT:
            raise UnreadableFile("too_large")
        if not any(re.fullmatch(r"xl/workbook\d*\.xml", part) for part in parts.namelist()):
            raise UnreadableFile("unsupported")
    workbook = fastexcel.read_excel(content)
    grids = []
    for sheet_name in workbook.sheet_names:
        # skip_rows=0 keeps blank rows on top, so that positions are row numbers; all text, because a column guessed
        # to be numbers would lose the zero of a NIB written as text.
        sheet = workbook.load_sheet(sheet_name, header_row=None, skip_rows=0, dtypes="string", whitespace_as_null=True)
        batch = sheet.to_arrow()
        grids.append(Grid(sheet_name, [cells.column(column) for column in batch.columns], sheet.visible != "visible"))
    return grids


def _parquet(content: bytes, name: str) -> list[Grid]:
    table = pq.read_table(pa.BufferReader(content))
    return [
        Grid(
            name,
            [
                cells.column(pa.chunked_array([pa.array([header], pa.large_string()), *_as_text(column).chunks]))
                for header, column in zip(table.column_names, table.columns, strict=True)
            ],
        )
    ]


def _as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_floating(column.type):  # 8120001234567.0 as text would be 8.120001234567e+12
        try:
            column = column.cast(pa.int64())
        except pa.ArrowInvalid:
            return pa.chunked_array([[_plain(value) for value in column.to_pylist()]], pa.large_string())
    try:
        return column.cast(pa.large_string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):  # lists, records, bytes that are no text
        return pa.chunked_array(
            [[None if value is None else str(value) for value in column.to_pylist()]], pa.large_string()
        )


def _plain(number: float | None) -> str | None:
    return None if number is None or number != number else f"{number:.10f}".rstrip("0").rstrip(".")
