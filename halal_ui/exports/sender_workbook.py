"""
A sender's xlsx cut down to some of its rows, in its own dress: titles, headers, widths, formats.

The file was read before, with limits and apart from the server; openpyxl opens it here once more, only if it is small
and holds nothing that would make openpyxl work for long.
"""

import re
import zipfile
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final
from xml.etree.ElementTree import iterparse

import openpyxl
from openpyxl.cell import Cell
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.styles import Alignment, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from halal_metrics.formula_injection import STARTS, disarmed
from halal_metrics.personal import without_nik
from halal_metrics.sheets import headers

LARGEST: Final = 8 * 2**20
"""Bytes of unpacked sheets up to which a workbook is opened: some 100.000 cells, a second or two of work."""

WIDTH: Final = 60
SHADE: Final = "FFF2CC"
"""Of the added column: width in characters, colour of its header."""

_LARGEST_WHOLE: Final = 4 * LARGEST  # pictures and styles with it
_SPANNED: Final = 200_000
"""Cells that merges and links may span: openpyxl visits each, and one reference can span 17 billion."""


@dataclass(frozen=True)
class Cut:
    """What stays of one sheet."""

    header: int
    """Row of the first header line, as all rows here counted from 1."""
    first: int
    """The first row of data: everything above it stays."""
    reasons: Mapping[int, str]
    """Row of data that stays → what is said in the added column."""


def cut_down(content: bytes, cuts: Mapping[str, Cut], header: str) -> bytes | None:
    """
    The workbook with only these sheets and rows, `header` over the added column; None if it cannot be opened here.

    A cell merged over several rows is filled in each. NIK is taken out wherever it stood; formulas are the values they
    had; comments, links, pictures, charts, tables, macros and conditional formats are left out.
    """
    try:
        if not _harmless(content):
            return None
        book = openpyxl.load_workbook(BytesIO(content), data_only=True, keep_links=False)
        if not cuts.keys() <= {sheet.title for sheet in book.worksheets}:
            return None  # a sheet named by a NIK, which is read under another name
        for sheet in [*book.worksheets, *book.chartsheets]:
            if sheet.title not in cuts:
                book.remove(sheet)
        for sheet in book.worksheets:
            _cut_sheet(sheet, cuts[sheet.title], header)
        book.defined_names.clear()
        book.active = 0
        file = BytesIO()
        book.save(file)
        return file.getvalue()
    except Exception:  # openpyxl raises what it likes about a file it does not understand; there is a plain way
        return None


def _harmless(content: bytes) -> bool:
    if not content.startswith(b"PK"):
        return False
    with zipfile.ZipFile(BytesIO(content)) as parts:
        sizes = {part.filename: part.file_size for part in parts.infolist()}
        cells = {name: size for name, size in sizes.items() if name.startswith(("xl/worksheets/", "xl/sharedStr"))}
        if "xl/workbook.xml" not in sizes or sum(cells.values()) > LARGEST or sum(sizes.values()) > _LARGEST_WHOLE:
            return False
        spanned = 0
        for name in cells:
            with parts.open(name) as part:
                for _, element in iterparse(part):
                    if element.tag.rpartition("}")[2] in ("mergeCell", "hyperlink"):
                        size = CellRange(element.attrib["ref"]).size
                        spanned += size["rows"] * size["columns"]
                    element.clear()
    return spanned <= _SPANNED


def _cut_sheet(sheet: Worksheet, cut: Cut, header: str) -> None:
    _fill_merged(sheet, cut.first)
    cells: dict[int, list[Cell]] = {}
    for (row, _), cell in sheet._cells.items():  # no public way reaches only the cells that exist
        if row < cut.first or row in cut.reasons:
            cells.setdefault(row, []).append(cell)
    kept = {row: place for place, row in enumerate(sorted(cut.reasons), start=cut.first)}
    nik = {
        cell.column for row in range(cut.header, cut.first) for cell in cells.get(row, ())
        if headers.either(str(cell.value or "")) == "nik"
    }  # fmt: skip
    heights = {row: sheet.row_dimensions[row].height for row in [*range(1, cut.first), *kept]}
    sheet._cells.clear()
    sheet.row_dimensions.clear()
    last = 1
    for row in sorted(cells):
        place = kept.get(row, row)
        for cell in cells[row]:
            moved = sheet._cells[place, cell.column] = copy(cell)
            moved.row = place
            _clean(moved, blank=cell.column in nik and row in kept)
            if row >= cut.header and cell.value is not None:
                last = max(last, cell.column)
        sheet.row_dimensions[place].height = heights.get(row)
    _add_column(sheet, last + 1, cut, {kept[row]: reason for row, reason in cut.reasons.items()}, header)
    _strip(sheet, cut.first)


def _fill_merged(sheet: Worksheet, first: int) -> None:
    """A cell merged over rows of data holds for each of them, and is one cell in each."""
    for merged in [*sheet.merged_cells.ranges]:
        if (merged.max_row or 0) < first:
            continue
        source = sheet.cell(merged.min_row, merged.min_col)
        sheet.unmerge_cells(merged.coord)
        for row in range(max(merged.min_row + 1, first), merged.max_row + 1):
            cell = sheet.cell(row, merged.min_col)
            cell._value, cell.data_type, cell._style = source._value, source.data_type, copy(source._style)


def _clean(cell: Any, *, blank: bool) -> None:
    """Without NIK, comment and link; a text that begins like a formula is text."""
    if not isinstance(cell, Cell):  # inside a merged range
        return
    cell._hyperlink = cell._comment = None
    value = cell.value
    number = int(value) if isinstance(value, float) and value.is_integer() else value
    if blank or (isinstance(number, int) and without_nik(str(number)) != str(number)):
        cell._value, cell.data_type = None, "n"
    elif isinstance(value, str):
        write_text(cell, without_nik(value))


def write_text(cell: Cell, text: str) -> None:
    """The text, never a formula."""
    cell.value = harmless(text)
    cell.data_type = "s"
    if text.startswith(STARTS):
        cell.quotePrefix = True


_SIGNED: Final = re.compile(r"[+-][\d\s.,()/+-]*")


def harmless(text: str) -> str:
    """
    The text disarmed, but for what only looks like a formula and is a number or a dash in every list.

    >>> harmless("=1+1"), harmless("+62 812-9999"), harmless("-")
    ("'=1+1", '+62 812-9999', '-')

    Those are marked as text in the cell's format: with an apostrophe they would be read differently when sent again.
    """
    return text if _SIGNED.fullmatch(text) else disarmed(text)


def _add_column(sheet: Worksheet, column: int, cut: Cut, reasons: Mapping[int, str], header: str) -> None:
    head = sheet.cell(cut.header, column)
    head._style = copy(sheet.cell(cut.header, column - 1)._style)
    head.fill = PatternFill("solid", fgColor=SHADE)
    write_text(head, header)
    for row, reason in reasons.items():
        cell = sheet.cell(row, column)
        write_text(cell, reason)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions[get_column_letter(column)].width = WIDTH


def _strip(sheet: Worksheet, first: int) -> None:
    """Without what points at rows that moved, at other sheets or at other files."""
    sheet._hyperlinks, sheet._charts, sheet._images, sheet._pivots = [], [], [], []
    sheet.legacy_drawing = None
    sheet.tables.clear()
    sheet.defined_names.clear()
    sheet.conditional_formatting = ConditionalFormattingList()
    checks: Sequence[Any] = sheet.data_validations.dataValidation
    sheet.data_validations.dataValidation = [check for check in checks if "!" not in str(check.formula1)]
    sheet.auto_filter.ref = None
    sheet.print_area = None
    sheet.row_breaks.brk, sheet.col_breaks.brk = [], []
    sheet.protection.disable()
    sheet.sheet_state = "visible"
    frozen = sheet.freeze_panes is not None
    sheet.sheet_view.topLeftCell = None
    sheet.freeze_panes = f"A{first}" if frozen else None
