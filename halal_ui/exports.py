"""
A metric's frame to take away: typed, under Indonesian headers that name the unit, places by their full names.

Text that came from a spreadsheet stays text: a cell that begins like a formula is never run as one.
"""

import csv
import datetime as dt
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO
from textwrap import wrap
from typing import Any, Final

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from halal_metrics.definitions import DEFINITIONS, Definition
from halal_metrics.formulas import disarmed
from halal_ui.columns import COLUMNS, Column, Columns, column_of
from halal_ui.formats import fmt_date_digits, is_missing
from halal_ui.theme import LIGHT, UNKNOWN_GROUP
from halal_ui.words import WRITE

DIGITS: Final = 6
"""Decimals kept in text of a percentage or a pace: more than anyone reads, so that sums still come out."""

_SCALE: Final = {"rate": 100, "points": 100}
"""Kinds that are fractions, and in text a number under a header that says % or poin."""

_NUMBERS: Final = ("count", "number", "signed", "days", *_SCALE)

# [$-421] is Indonesian: month names, and separators where the program takes them from the format.
_FORMATS: Final = {
    "count": "[$-421]#,##0",
    "days": "[$-421]#,##0",
    "number": "[$-421]#,##0.0",
    "signed": "[$-421]+#,##0;-#,##0;0",
    "points": "[$-421]+0.0;-0.0;0.0",
    "rate": "[$-421]0.0%",
    "date": "[$-421]dd mmm yyyy",
}
_WIDTHS: Final = {"place": 31, "lp3h": 36, "text": 24, "stage": 24, "waiting": 34, "actor": 20, "status": 17}
_WIDTH: Final = 13
_EXPLAINED: Final = {"Kolom": 22, "Arti": 30, "Rumus": 38, "Aturan": 38, "Sumber": 38}
_LINE: Final = 15
"""Height of a line, in points. Not every program works it out by itself."""
_EXCEL_DAYS: Final = (pd.Timestamp("1900-03-01"), pd.Timestamp("9999-12-31"))
"""Days every spreadsheet program agrees on; others are written as text."""


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
    lines.writerow(_header(column) for column in known)
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
        _write_data(book, frame, list(known.values()), title)
        meanings = {name: _definition(name, metrics) for name in known}
        explained = [(known[name], meaning) for name, meaning in meanings.items() if meaning]
        _write_notes(book, title, notes, explained)
    return file.getvalue()


def _header(column: Column) -> str:
    return f"{column.header} ({column.unit})" if column.unit else column.header


def _text(column: Column, value: Any) -> str:
    """A cell of a CSV."""
    if column.kind in _NUMBERS:
        if is_missing(value):
            return ""
        number = f"{float(value) * _SCALE.get(column.kind, 1):.{DIGITS}f}".rstrip("0").rstrip(".")
        return "0" if number == "-0" else number.replace(".", ",")
    if column.kind == "date":
        return "" if is_missing(value) else fmt_date_digits(value)
    return disarmed(_words(column, value))


def _words(column: Column, value: Any) -> str:
    """Text of a cell that is no number: names in full, empty where missing, "Belum dirinci" for a group."""
    if column.kind in ("place", "lp3h"):
        return UNKNOWN_GROUP if is_missing(value) else str(value)
    return "" if is_missing(value) else WRITE[column.kind](value)


def _write_data(book: Workbook, frame: pd.DataFrame, columns: Sequence[Column], title: str) -> None:
    sheet = book.add_worksheet("Data")
    # at the top, because the filter's button sits at the bottom
    head = {"bold": True, "text_wrap": True, "valign": "top", "bg_color": LIGHT.grid, "bottom": 1}
    aside, right = {"align": "left", "indent": 1}, {"align": "right"}  # words stay clear of the number before them
    heads = {True: book.add_format(head | right), False: book.add_format(head | aside)}
    plain = book.add_format(aside)
    styles = {
        kind: book.add_format({"num_format": code} | (right if kind in _NUMBERS else aside))
        for kind, code in _FORMATS.items()
    }
    widths = [_WIDTHS.get(column.kind, _WIDTH) for column in columns]
    for place, (column, width) in enumerate(zip(columns, widths, strict=True)):
        style = styles.get(column.kind, plain)
        sheet.write_string(0, place, _header(column), heads[column.kind in _NUMBERS])
        sheet.set_column(place, place, width, style)
        for row, value in enumerate(frame.iloc[:, place], start=1):
            _write_cell(sheet, (row, place), column, value, style)
    sheet.set_row(0, _height(map(_header, columns), widths) + _LINE)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(frame), max(len(columns) - 1, 0))
    sheet.repeat_rows(0)
    sheet.set_header("&L" + title.replace("&", "&&")[:200])
    sheet.set_footer("&R&P/&N")
    _one_page_wide(sheet)


def _write_cell(sheet: Worksheet, at: tuple[int, int], column: Column, value: Any, style: Format) -> None:
    if column.kind in _NUMBERS:
        if not is_missing(value):
            # a percentage has a number format, points have not
            sheet.write_number(*at, float(value) * (100 if column.kind == "points" else 1), style)
    elif column.kind == "date" and not is_missing(value) and _EXCEL_DAYS[0] <= value <= _EXCEL_DAYS[1]:
        sheet.write_datetime(*at, value.to_pydatetime(), style)
    elif words := _text(column, value) if column.kind == "date" else _words(column, value):
        sheet.write_string(*at, words)


def _definition(name: str, metrics: Sequence[str]) -> Definition | None:
    found = (DEFINITIONS.get(f"{metric}.{name}") for metric in metrics)
    return next((definition for definition in found if definition), None)


def _write_notes(
    book: Workbook, title: str, notes: Sequence[str], explained: Sequence[tuple[Column, Definition]]
) -> None:
    sheet = book.add_worksheet("Keterangan")
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    for row, note in enumerate(notes, start=1):
        sheet.write_string(row, 0, note)
    table = len(notes) + 2
    for place, (head, width) in enumerate(_EXPLAINED.items()):
        sheet.set_column(place, place, width)
        if explained:
            sheet.write_string(table, place, head, bold)
    for row, (column, meaning) in enumerate(explained, start=table + 1):
        rules = "\n".join(meaning.edges)
        what = " dibanding ".join(filter(None, (meaning.numerator, meaning.denominator)))
        texts = (_header(column), what, meaning.formula, rules, meaning.source)
        for place, text in enumerate(texts):
            sheet.write_string(row, place, text, wrapped)
        sheet.set_row(row, _height(texts, _EXPLAINED.values()))
    _one_page_wide(sheet)


def _one_page_wide(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.4, right=0.4)
    sheet.fit_to_pages(1, 0)


def _height(texts: Iterable[str], widths: Iterable[int]) -> int:
    """Of a row whose cells are wrapped at these widths."""
    cells = zip(texts, widths, strict=True)
    lines = [sum(len(wrap(part, width - 1)) for part in text.splitlines()) for text, width in cells]
    return _LINE * max(lines, default=1)
