"""
A metric's frame to take away: typed, under Indonesian headers that name the unit, places by their full names.

Text that came from a spreadsheet stays text: a cell that begins like a formula is never run as one.
"""

import csv
import datetime as dt
from collections.abc import Sequence
from io import BytesIO, StringIO
from typing import Any, Final

import pandas as pd
import xlsxwriter

from halal_metrics.formula_injection import disarmed
from halal_ui.exports import worksheet
from halal_ui.words.columns import COLUMNS, Column, Columns, column_of
from halal_ui.words.formats import fmt_date_digits, is_missing

DIGITS: Final = 6
"""Decimals kept in text of a percentage or a pace: more than anyone reads, so that sums still come out."""


def to_csv(frame: pd.DataFrame, *, columns: Columns = COLUMNS) -> bytes:
    """
    UTF-8 with a BOM, semicolons, decimal comma, 31/05/2025: what a spreadsheet program set to Indonesian
    takes for numbers and dates. Percentages are numbers under a header that says %. Empty where missing.

    >>> rows = {"kab_kota": ["Kota Bontang", None], "quota": [1000, 0], "gap_rate": [-0.06, None]}
    >>> print(to_csv(pd.DataFrame(rows)).decode("utf-8-sig"))
    Kab/kota;Kuota;Deviasi (poin)
    Kota Bontang;1000;-6
    Belum dirinci;0;
    """
    known = [column_of(columns, name) for name in frame]
    text = StringIO()
    lines = csv.writer(text, delimiter=";", lineterminator="\n")
    lines.writerow(worksheet.header(column) for column in known)
    for cells in frame.itertuples(index=False, name=None):
        lines.writerow(_text(column, value) for column, value in zip(known, cells, strict=True))
    return text.getvalue().encode("utf-8-sig")


def to_xlsx(
    frame: pd.DataFrame,
    *,
    title: str,
    notes: Sequence[str] = (),
    created: dt.datetime,
    columns: Columns = COLUMNS,
    metrics: Sequence[str] = (),
) -> bytes:
    """
    A workbook: sheet "Data" with typed cells, sheet "Keterangan" with title, notes and what the columns mean.

    `notes`: scope in words, data as of. `metrics`: the functions the frame comes from, for the definitions.
    `created` is written into the file: the same arguments give the same bytes.
    """
    known = {str(name): column_of(columns, name) for name in frame}
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"title": title, "created": created})
        data = book.add_worksheet("Data")
        worksheet.write_table(data, worksheet.Styles.of(book), frame, list(known.values()))
        data.set_header("&L" + title.replace("&", "&&")[:200])
        data.set_footer("&R&P/&N")
        about = book.add_worksheet("Keterangan")
        about.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
        for row, note in enumerate(notes, start=1):
            about.write_string(row, 0, note)
        meanings = {name: worksheet.definition(name, metrics) for name in known}
        explained = [(worksheet.header(known[name]), meaning) for name, meaning in meanings.items() if meaning]
        worksheet.write_definitions(book, about, explained, top=len(notes) + 2)
        for sheet in (data, about):
            worksheet.one_page_wide(sheet)
    return file.getvalue()


def _text(column: Column, value: Any) -> str:
    """A cell of a CSV."""
    if column.kind in worksheet.NUMBERS:
        if is_missing(value):
            return ""
        number = f"{float(value) * worksheet.SCALE.get(column.kind, 1):.{DIGITS}f}".rstrip("0").rstrip(".")
        return "0" if number == "-0" else number.replace(".", ",")
    if column.kind == "date":
        return "" if is_missing(value) else fmt_date_digits(value)
    return disarmed(worksheet.words(column, value))
