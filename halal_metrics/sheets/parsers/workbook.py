"""Workbooks: xlsx, xlsm, xlsb, xls and ods, read by fastexcel; their merged cells, which it does not give, by us."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import fastexcel
import pyarrow as pa
import pyarrow.compute as pc

from halal_metrics.sheets.parsers import compound, opendocument, ooxml
from halal_metrics.sheets.parsers.outliers import Compacted, compacted
from halal_metrics.sheets.parsers.parsed import TEXT, UNPACKED_LIMIT, Parsed, Refused, trimmed, within

Ranges = list[tuple[int, int, int, int]]

_MIDNIGHT: Final = " 00:00:00"
_ODS: Final = b"application/vnd.oasis.opendocument.spreadsheet"


def read_zip(content: bytes, *, sparse: bool = False) -> Iterator[Parsed]:
    """
    The sheets of a zipped workbook. `sparse`: as for a workbook with a cell so far out that the rectangle around all
    of its cells fits into no memory; rows and columns without a cell are then closed up while it is parsed.
    """
    try:
        parts = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile as error:
        raise Refused("corrupt") from error
    with parts:
        if sum(part.file_size for part in parts.infolist()) > UNPACKED_LIMIT:
            raise Refused("too_large")
        names = set(parts.namelist())
        if any(re.fullmatch(r"xl/workbook\d*\.(xml|bin)", name, re.IGNORECASE) for name in names):
            if sparse:
                yield from _read_sparse(parts)
            else:
                yield from _read(content, lambda: ooxml.merged(parts))
        elif "encrypted-package" in names or opendocument.is_locked(parts):
            raise Refused("password")
        elif "mimetype" in names and parts.read("mimetype").startswith(_ODS):
            yield from _read(content, lambda: opendocument.merged(parts))
        else:
            raise Refused("unsupported")


def read_compound(content: bytes) -> Iterator[Parsed]:
    """The sheets of an .xls; its container also holds locked .xlsx files and other programs' documents."""
    stream = compound.workbook_stream(content)
    if compound.is_locked(stream):
        raise Refused("password")
    yield from _read(content, lambda: compound.merged(stream))


def _read(content: bytes, merged: Callable[[], list[Ranges]]) -> Iterator[Parsed]:
    # fastexcel lets go of the interpreter while it parses, so looking for merged cells meanwhile costs nothing
    with ThreadPoolExecutor(1) as aside:
        ranges = aside.submit(merged)
        workbook = fastexcel.read_excel(content)
        for place, name in enumerate(workbook.sheet_names):
            # skip_rows=0 keeps blank rows on top, so that positions are row numbers; all text, because a column
            # guessed to be numbers would lose the zero of a NIB written as text.
            sheet = workbook.load_sheet(place, header_row=None, skip_rows=0, dtypes="string", whitespace_as_null=True)
            columns = [_without_midnight(column) for column in trimmed(sheet.to_arrow().columns)]
            parsed = Parsed(name, columns, sheet.visible != "visible")
            if place < len(ranges.result()) and ranges.result()[place] and columns:
                parsed.merged = within(ranges.result()[place], columns, sheet.available_columns()[0].absolute_index)
            yield parsed


def _read_sparse(parts: zipfile.ZipFile) -> Iterator[Parsed]:
    ranges = ooxml.merged(parts)
    content, closed_up = compacted(parts)
    for place, parsed in enumerate(_read(content, list)):
        where = closed_up.get(place, Compacted())
        columns = where.spread(parsed.columns)
        found = [where.moved(cells) for cells in ranges[place]] if place < len(ranges) else []
        yield Parsed(parsed.name, columns, parsed.hidden, within(found, columns))


def _without_midnight(column: pa.Array) -> pa.Array:
    """Dates without the time that a column gets when one of its dates has one."""
    whole_day = pc.ends_with(column, _MIDNIGHT)
    if not pc.any(whole_day).as_py():
        return column
    day = pc.replace_substring(column, _MIDNIGHT, "", max_replacements=1)
    return pc.if_else(whole_day, day, column).cast(TEXT)
