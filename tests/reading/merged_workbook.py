"""Workbooks with merged cells, as offices make them."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_cell_to_rowcol

Rows = Sequence[Sequence[Any]]


def workbook(sheets: Mapping[str, Rows], merged: Mapping[str, Sequence[str]] | None = None) -> bytes:
    """Each sheet with its rows; `merged` {sheet: ["A1:C1", …]}, the text of a range being that of its first cell."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at in (merged or {}).get(name, ()):
                first, last = map(xl_cell_to_rowcol, at.split(":"))
                sheet.merge_range(*first, *last, "")
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if cell not in (None, ""):
                        sheet.write(row, column, cell)
    return content.getvalue()
