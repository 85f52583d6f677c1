"""
A metric's frame on a worksheet: typed cells under Indonesian headers that name the unit, places by their full names.

Text that came from a spreadsheet stays text: a cell that begins like a formula is never run as one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, Final

import pandas as pd
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from halal_metrics.definitions import DEFINITIONS, Definition
from halal_ui.look.palette import LIGHT
from halal_ui.words.columns import Column
from halal_ui.words.formats import fmt_date_digits, is_missing
from halal_ui.words.labels import UNKNOWN_GROUP
from halal_ui.words.names import WRITE

SCALE: Final = {"rate": 100, "points": 100}
"""Kinds that are fractions, and in text a number under a header that says % or poin."""

NUMBERS: Final = ("count", "number", "signed", "days", *SCALE)
"""Kinds whose cells are numbers."""

# [$-421] is Indonesian: month names, and separators where the program takes them from the format.
FORMATS: Final = {
    "count": "[$-421]#,##0",
    "days": "[$-421]#,##0",
    "number": "[$-421]#,##0.0",
    "signed": "[$-421]+#,##0;-#,##0;0",
    "points": "[$-421]+0.0;-0.0;0.0",
    "rate": "[$-421]0.0%",
    "date": "[$-421]dd mmm yyyy",
}
"""Kind → number format."""

_WIDTHS: Final = {
    "place": 31, "lp3h": 36, "text": 24, "stage": 24, "waiting": 34, "actor": 20, "status": 17, "change": 20,
    "category": 42, "where": 34, "can_act": 26, "rule": 34,
}  # fmt: skip
_WIDTH: Final = 13
_EXPLAINED: Final = {"Kolom": 22, "Arti": 30, "Rumus": 38, "Aturan": 38, "Sumber": 38}
LINE: Final = 15
"""Height of a line, in points. Not every program works it out by itself."""
READ: Final = 240
"""Letters across an A4 sheet on its side that are drawn at 60% or more of their size: a list that is worked through."""
_LEGIBLE: Final = 280
"""Letters across an A4 sheet on its side, at which they are still some five points tall."""
_EXCEL_DAYS: Final = (pd.Timestamp("1900-03-01"), pd.Timestamp("9999-12-31"))
"""Days every spreadsheet program agrees on; others are written as text."""


@dataclass(frozen=True)
class Styles:
    """The formats of one workbook: of heads and cells by kind of value, and of the last row, which is the whole."""

    heads: Mapping[bool, Format]
    cells: Mapping[str, Format]
    plain: Format
    wrapped: Format
    aside: Mapping[str, Format]
    """Cells of a column that holds values of every kind: all begin at its left."""
    total: Mapping[str, Format]
    total_plain: Format

    @classmethod
    def of(cls, book: Workbook) -> "Styles":
        # at the top, because the filter's button sits at the bottom
        head = {"bold": True, "text_wrap": True, "valign": "top", "bg_color": LIGHT.grid, "bottom": 1}
        # words stay clear of the number before them
        aside, right = {"align": "left", "indent": 1, "valign": "top"}, {"align": "right", "valign": "top"}
        last = {"bold": True, "top": 1}
        kinds = {kind: {"num_format": code} | (right if kind in NUMBERS else aside) for kind, code in FORMATS.items()}
        return cls(
            heads={True: book.add_format(head | right), False: book.add_format(head | aside)},
            plain=book.add_format(aside),
            aside={kind: book.add_format(style | aside) for kind, style in kinds.items()},
            wrapped=book.add_format(aside | {"text_wrap": True}),
            cells={kind: book.add_format(style) for kind, style in kinds.items()},
            total={kind: book.add_format(style | last) for kind, style in kinds.items()},
            total_plain=book.add_format(aside | last),
        )


def header(column: Column) -> str:
    """The head of a column, with its unit."""
    return f"{column.header} ({column.unit})" if column.unit else column.header


def words(column: Column, value: Any) -> str:
    """Text of a cell that is no number: names in full, empty where missing, "Belum dirinci" for a group."""
    if column.kind in ("place", "lp3h"):
        return UNKNOWN_GROUP if is_missing(value) else str(value)
    return "" if is_missing(value) else WRITE[column.kind](value)


def write_table(
    sheet: Worksheet,
    styles: Styles,
    frame: pd.DataFrame,
    columns: Sequence[Column],
    *,
    top: int = 0,
    total: Mapping[str, Any] | None = None,
    widths: Mapping[str, int] | None = None,
) -> int:
    """
    The frame with its head in row `top` (from 0), which stays in sight, filters, and is repeated on paper; returns how
    wide its columns are together, in letters.

    `total`: a last row that filters and sorting leave in place. `widths`: of columns, by name, where their kind's width
    will not do; text of such a column is wrapped.
    """
    given = widths or {}
    across = [
        given.get(str(name), _WIDTHS.get(column.kind, _WIDTH)) for name, column in zip(frame, columns, strict=True)
    ]
    for place, (name, column, width) in enumerate(zip(frame, columns, across, strict=True)):
        style = styles.cells.get(column.kind, styles.wrapped if name in given else styles.plain)
        sheet.write_string(top, place, header(column), styles.heads[column.kind in NUMBERS])
        sheet.set_column(place, place, width, style)
        for row, value in enumerate(frame.iloc[:, place], start=top + 1):
            write_cell(sheet, (row, place), column, value, style)
    sheet.set_row(top, height(map(header, columns), across) + LINE)
    if given:
        _set_heights(sheet, frame, columns, across, top)
    if total is not None:
        _write_total(sheet, styles, frame, columns, total, top + len(frame) + 1)
    sheet.freeze_panes(top + 1, 1)
    sheet.autofilter(top, 0, top + len(frame), max(len(columns) - 1, 0))
    sheet.repeat_rows(top)
    return sum(across)


def _set_heights(
    sheet: Worksheet, frame: pd.DataFrame, columns: Sequence[Column], widths: Sequence[int], top: int
) -> None:
    for row, cells in enumerate(frame.itertuples(index=False, name=None), start=top + 1):
        texts = (
            "" if column.kind in FORMATS else words(column, cell) for column, cell in zip(columns, cells, strict=True)
        )
        sheet.set_row(row, max(height(texts, widths), LINE))


def _write_total(
    sheet: Worksheet,
    styles: Styles,
    frame: pd.DataFrame,
    columns: Sequence[Column],
    total: Mapping[str, Any],
    row: int,
) -> None:
    for place, (name, column) in enumerate(zip(frame, columns, strict=True)):
        style = styles.total.get(column.kind, styles.total_plain)
        sheet.write_blank(row, place, None, style)
        if not place:
            sheet.write_string(row, place, "Jumlah", style)
        elif name in total:
            write_cell(sheet, (row, place), column, total[str(name)], style)


def write_cell(sheet: Worksheet, at: tuple[int, int], column: Column, value: Any, style: Format) -> None:
    """A value as what it is: a number, a day, or text that is never run; nothing where it is missing."""
    if column.kind in NUMBERS:
        if not is_missing(value):
            # a percentage has a number format, points have not
            sheet.write_number(*at, float(value) * (100 if column.kind == "points" else 1), style)
    elif column.kind == "date" and not is_missing(value) and _EXCEL_DAYS[0] <= value <= _EXCEL_DAYS[1]:
        sheet.write_datetime(*at, value.to_pydatetime(), style)
    elif text := _day(value) if column.kind == "date" else words(column, value):
        sheet.write_string(*at, text, style)


def _day(value: Any) -> str:
    return "" if is_missing(value) else fmt_date_digits(value)


def definition(name: str, metrics: Sequence[str]) -> Definition | None:
    """What a column of one of these metrics means; None where none of them has it."""
    found = (DEFINITIONS.get(f"{metric}.{name}") for metric in metrics)
    return next((meaning for meaning in found if meaning), None)


def write_definitions(
    book: Workbook, sheet: Worksheet, explained: Sequence[tuple[str, Definition]], *, top: int
) -> None:
    """What each name means, under a head in row `top` (from 0)."""
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    for place, (head, width) in enumerate(_EXPLAINED.items()):
        sheet.set_column(place, place, width)
        if explained:
            sheet.write_string(top, place, head, bold)
    for row, (name, meaning) in enumerate(explained, start=top + 1):
        rules = "\n".join(meaning.edges)
        what = " dibanding ".join(filter(None, (meaning.numerator, meaning.denominator)))
        texts = (name, what, meaning.formula, rules, meaning.source)
        for place, text in enumerate(texts):
            sheet.write_string(row, place, text, wrapped)
        sheet.set_row(row, height(texts, _EXPLAINED.values()))


def one_page_wide(sheet: Worksheet) -> None:
    """On paper: A4 on its side, all columns on a page."""
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.4, right=0.4)
    sheet.fit_to_pages(1, 0)


def pages_wide(sheet: Worksheet, letters: int) -> None:
    """On as many pages beside each other as keep columns of so many letters legible, the first column on each."""
    pages = -(-letters // _LEGIBLE)
    if pages > 1:
        sheet.fit_to_pages(pages, 0)
        sheet.repeat_columns(0)


def height(texts: Iterable[str], widths: Iterable[int]) -> int:
    """Of a row whose cells are wrapped at these widths, in points."""
    cells = zip(texts, widths, strict=True)
    lines = [sum(len(wrap(part, width - 1)) for part in text.splitlines()) for text, width in cells]
    return LINE * max(lines, default=1)
