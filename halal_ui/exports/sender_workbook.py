"""
A sender's xlsx cut down to some of its rows, in its own dress: titles, headers, widths, formats.

The file was read before, with limits and apart from the server; openpyxl opens it here once more, only if it is small
and holds nothing that would make openpyxl work for long.
"""

import re
import zipfile
from collections.abc import Collection, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Final
from xml.etree.ElementTree import iterparse

import openpyxl
from openpyxl.cell import Cell
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from halal_metrics.formula_injection import STARTS, disarmed
from halal_metrics.personal import without_nik
from halal_metrics.sheets.headings import headers
from halal_ui.exports.narrowed import WIDTH, narrow
from halal_ui.exports.worksheet import LINE, height

LARGEST: Final = 8 * 2**20
"""Bytes of unpacked sheets up to which a workbook is opened: some 100.000 cells, a second or two of work."""

SHADE: Final = "FFF2CC"
"""Colour of the header of the added column."""

_LARGEST_WHOLE: Final = 4 * LARGEST  # pictures and styles with it
_SPANNED: Final = 200_000
"""Cells that merges and links may span: openpyxl visits each, and one reference can span 17 billion."""


@dataclass(frozen=True)
class Cut:
    """What stays of one sheet, as a sheet of the result."""

    sheet: str
    title: str
    """Its name in the result; another than that of the sheet makes a copy."""
    added: str
    """Head of the added column."""
    header: int
    """Row of the first header line, as all rows here counted from 1."""
    first: int
    """The first row of data: everything above it stays."""
    reasons: Mapping[int, str]
    """Row of data that stays → what is said in the added column."""
    marked: Mapping[int, Collection[str]] = field(default_factory=dict)
    """Row of data → the headers below which its cell is in doubt."""


def cut_down(content: bytes, cuts: Sequence[Cut]) -> bytes | None:
    """
    The workbook with only these sheets and rows; None if it cannot be opened here. On paper: A4 on its side, as many
    columns on a page as are read there, the header on each; see `narrowed`.

    A cell merged over several rows is filled in each. NIK is taken out wherever it stood; formulas are the values they
    had; comments, links, pictures, charts, tables, macros and conditional formats are left out.
    """
    try:
        if not _harmless(content):
            return None
        book = openpyxl.load_workbook(BytesIO(content), data_only=True, keep_links=False)
        if not {cut.sheet for cut in cuts} <= {sheet.title for sheet in book.worksheets}:
            return None  # a sheet named by a NIK, which is read under another name
        kept = [(_sheet(book, cut), cut) for cut in cuts]  # all copies before the first is cut
        for sheet in [*book.worksheets, *book.chartsheets]:
            if all(sheet is not one for one, _ in kept):
                book.remove(sheet)
        for sheet, cut in kept:
            _cut_sheet(sheet, cut)
        book.defined_names.clear()
        book.active = 0
        file = BytesIO()
        book.save(file)
        return file.getvalue()
    except Exception:  # openpyxl raises what it likes about a file it does not understand; there is a plain way
        return None


def _sheet(book: openpyxl.Workbook, cut: Cut) -> Worksheet:
    if cut.title == cut.sheet:
        return book[cut.sheet]
    copied = book.copy_worksheet(book[cut.sheet])
    copied.title, copied.freeze_panes = cut.title, f"A{cut.first}"
    return copied


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


def _cut_sheet(sheet: Worksheet, cut: Cut) -> None:
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
    below = _headers(cells, cut)
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
            if below.get(cell.column, set()) & {headers.key(name) for name in cut.marked.get(row, ())}:
                moved.fill = PatternFill("solid", fgColor=SHADE)
            if row in kept:  # beside a reason of several lines
                alignment = copy(moved.alignment)
                alignment.vertical = "top"
                moved.alignment = alignment
            if row >= cut.header and cell.value is not None:
                last = max(last, cell.column)
        sheet.row_dimensions[place].height = heights.get(row)
    _add_column(sheet, last + 1, cut, {kept[row]: reason for row, reason in cut.reasons.items()})
    _strip(sheet, cut.first)
    _on_paper(sheet, cut, narrow(sheet, header=cut.header, first=cut.first, last=last + 1))


def _headers(cells: Mapping[int, Sequence[Cell]], cut: Cut) -> dict[int, set[str]]:
    """Column → what its header can be called: each of its lines, and all of them together."""
    lines: dict[int, list[str]] = {}
    for row in range(cut.header, cut.first):
        for cell in cells.get(row, ()):
            if cell.value is not None:
                lines.setdefault(cell.column, []).append(str(cell.value))
    return {column: {headers.key(text) for text in [*said, " ".join(said)]} for column, said in lines.items()}


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


def _add_column(sheet: Worksheet, column: int, cut: Cut, reasons: Mapping[int, str]) -> None:
    head = sheet.cell(cut.header, column)
    head._style = copy(sheet.cell(cut.header, column - 1)._style)
    head.fill, head.font = PatternFill("solid", fgColor=SHADE), Font(bold=True)
    write_text(head, cut.added)
    for row, reason in reasons.items():
        cell = sheet.cell(row, column)
        write_text(cell, reason)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.border = copy(sheet.cell(row, column - 1).border)
        lines = height([reason], [WIDTH])
        if lines > (sheet.row_dimensions[row].height or LINE):  # not every program works it out by itself
            sheet.row_dimensions[row].height = lines
    sheet.column_dimensions[get_column_letter(column)].width = WIDTH


def _on_paper(sheet: Worksheet, cut: Cut, pages: int) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
    sheet.page_setup.scale = None
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages, 0
    if pages > 1:
        sheet.print_title_cols = "A:B"  # the sender's number and what follows it, to find the row again by
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{cut.header}:{cut.first - 1}"
    sheet.page_margins.left = sheet.page_margins.right = 0.4


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
