"""A sheet handed back, made so narrow that it is read on paper: as much of a page as its columns hold, and no more."""

import re
from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any, Final

from openpyxl.cell import Cell
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from halal_metrics.sheets.headings import headers
from halal_ui.exports.worksheet import LINE, READ, height

IDLE: Final = 4
"""Width of a column that holds nothing in the rows that go back: it can be drawn wider, and takes no paper."""
WIDTH: Final = 60
"""Width of the column that says why."""
LEAST: Final = 9
"""Width of a column down to which its text is broken into lines."""

_ASKED_FOR: Final = frozenset({"registration_number", "reg_id", "nib", "business_name", "kab_kota", "lp3h", "status"})
"""What a row is mostly sent back for: it is filled in here, so its column stays one to write in."""
_USUAL: Final = 9.14  # width of a column of no width of its own


def fitting(widths: Mapping[int, float], least: Mapping[int, float], room: float) -> dict[int, float]:
    """
    The widths with the widest cut to one measure, so that together they fit; none below its `least`, fit or not.

    >>> fitting({1: 5, 2: 40, 3: 30}, {1: 5, 2: 9, 3: 9}, 45)
    {1: 5, 2: 20, 3: 20}
    """
    measure = max(widths.values(), default=0)
    found = dict(widths)
    while sum(found.values()) > room and measure > LEAST:
        measure -= 1
        found = {place: max(min(width, measure), min(width, least[place])) for place, width in widths.items()}
    return found


def on_a_page(widths: Sequence[float]) -> list[int]:
    """The widths of columns of text that are read on one page beside the column that says why."""
    own = dict(enumerate(widths))
    return [int(width) for width in fitting(own, dict.fromkeys(own, LEAST), READ - WIDTH).values()]


def narrow(sheet: Worksheet, *, header: int, first: int, last: int) -> int:
    """
    Empty columns thin, wide ones broken into lines, the `last` column as it is; gives how many pages wide it prints.
    Numbers keep the width they need, days get it: else they print as ####.
    """
    own = _widths(sheet, last)
    least, widths = {}, {}
    for column in range(1, last):
        cells = [sheet._cells[at] for row in range(first, sheet.max_row + 1) if (at := (row, column)) in sheet._cells]
        filled = [cell for cell in cells if cell.value not in (None, "")]
        name = " ".join(str(sheet.cell(row, column).value or "") for row in range(header, first)).strip()
        known, _ = headers.column_of(name) or ("", 0)
        empty = not filled and known not in _ASKED_FOR
        least[column] = max([LEAST, *(_needs(cell) for cell in filled)]) if not empty else IDLE
        days = [day_width(cell.number_format) for cell in filled if cell.is_date and own[column]]
        widths[column] = min(own[column], IDLE) if empty else max([own[column], *days])
    room = READ - own[last]
    found = fitting(widths, least, room) | {last: own[last]}
    thinner = {column for column, width in found.items() if width < own[column]}
    _set_widths(sheet, found)
    for row in range(header, sheet.max_row + 1):
        texts = {column: cell for column in thinner if isinstance(cell := sheet._cells.get((row, column)), Cell)}
        texts = {column: cell for column, cell in texts.items() if isinstance(cell.value, str)}
        for column, cell in texts.items():
            alignment = copy(cell.alignment)
            alignment.wrap_text = found[column] > IDLE
            if not alignment.wrap_text:  # a name broken into letters reads worse than its beginning
                alignment.horizontal = "left"
            cell.alignment = alignment
        wide = {column: cell for column, cell in texts.items() if found[column] > IDLE}
        lines = height([str(cell.value) for cell in wide.values()], [int(found[column]) for column in wide])
        if lines > (sheet.row_dimensions[row].height or LINE):
            sheet.row_dimensions[row].height = lines
    return -(-int(sum(found.values())) // READ)


def day_width(number_format: str) -> int:
    """
    How wide a day of this format is drawn at most, in characters.

    >>> day_width("dd/mm/yyyy"), day_width("dd mmmm yyyy"), day_width("[$-421]dddd, dd mmmm yyyy")
    (12, 19, 28)
    """
    shown = re.sub(r'\[[^]]*\]|["\\]|;.*', "", number_format.lower())
    names = 5 * shown.count("mmmm") + 3 * shown.count("dddd")  # September, Minggu
    return max(12, len(shown) + names + 2)


def _needs(cell: Any) -> int:
    """How wide a number or a day is drawn; text can be broken."""
    if cell.is_date:
        return day_width(cell.number_format)
    return len(str(cell.value)) + 2 if isinstance(cell.value, int | float) else 0


def _widths(sheet: Worksheet, last: int) -> dict[int, float]:
    """The width of each column up to the last; 0 of a hidden one."""
    found = dict.fromkeys(range(1, last + 1), float(sheet.sheet_format.defaultColWidth or _USUAL))
    for letter, size in sheet.column_dimensions.items():
        own = column_index_from_string(letter)
        for column in range(size.min or own, min(size.max or own, last) + 1):
            found[column] = 0 if size.hidden else size.width
    return found


def _set_widths(sheet: Worksheet, widths: Mapping[int, float]) -> None:
    """Each column by itself, also where the sheet has one size for several."""
    for letter, size in [*sheet.column_dimensions.items()]:
        own = column_index_from_string(letter)
        for column in range(size.min or own, min(size.max or own, max(widths)) + 1):
            single = copy(size)
            single.index = get_column_letter(column)
            single.min = single.max = column
            sheet.column_dimensions[single.index] = single
    for column, width in widths.items():
        if width:
            size = sheet.column_dimensions[get_column_letter(column)]
            size.width, size.min, size.max = width, column, column
