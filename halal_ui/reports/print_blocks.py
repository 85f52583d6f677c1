"""What a sheet of paper is put together from: sentences, headings, numbers beside each other, tables."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, TableStyle
from reportlab.platypus import Table as Grid

from halal_ui.look.cards import Card
from halal_ui.look.palette import LIGHT
from halal_ui.look.tables import NUMERIC
from halal_ui.reports.print_pictures import status_mark
from halal_ui.reports.print_sheet import INNER, SMALL, TEXT, printable, style
from halal_ui.views.shown import Table
from halal_ui.words.columns import Column, column_of
from halal_ui.words.formats import MONTHS
from halal_ui.words.names import WRITE

_DATE: Final = re.compile(rf"\b\d{{1,2}} (?:{'|'.join(MONTHS)})(?: \d{{4}})?\b")
"""What stays on one line."""


def say(text: str, size: float = TEXT, *, bold: bool = False, colour: str = LIGHT.ink) -> Paragraph:
    unbroken = _DATE.sub(lambda found: found[0].replace(" ", "\u00a0"), text)
    return Paragraph(escape(printable(unbroken)), style(size, bold=bold, colour=colour))


def heading(text: str) -> Paragraph:
    heading = style(TEXT + 1, bold=True).clone("heading", spaceAfter=2.5)
    return Paragraph(escape(printable(text)), heading)


def figures(cards: Sequence[Card]) -> Grid:
    """The numbers beside each other, each in its colour."""
    cells = [[_figure(card) for card in cards]]
    grid = Grid(cells, colWidths=[INNER / len(cards)] * len(cards), spaceBefore=0, spaceAfter=0)
    marks: list[tuple[Any, ...]] = [
        ("LINEBEFORE", (place, 0), (place, 0), 2.2, HexColor(getattr(LIGHT, card.tone)))
        for place, card in enumerate(cards)
    ]
    grid.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *padding(6, 1), *marks]))
    return grid


def _figure(card: Card) -> list[Flowable]:
    number = (
        f'<font size="17"><b>{escape(printable(card.number))}</b></font>'
        f'<font size="{SMALL}"> {escape(printable(card.of))}</font>'
    )
    large = style(SMALL).clone("figure", leading=19)
    further = [say(text, SMALL, colour=LIGHT.muted) for text in (card.rate, card.note) if text]
    return [say(card.label, SMALL, bold=True, colour=LIGHT.muted), Paragraph(number, large), *further]


def grid(table: Table, widths: Mapping[str, float]) -> Grid:
    """The columns that `widths` names, in that order."""
    first = next(iter(widths))
    columns = {name: column_of(table.columns, name) for name in widths}
    head = [_cell(_header(column), column) for column in columns.values()]
    rows = [[_written(columns[name], row[name]) for name in widths] for row in table.frame.to_dict("records")]
    if table.total is not None and rows:
        known = table.total
        rows.append([_cell("Jumlah", columns[first], bold=True)])
        rows[-1] += [_written(columns[n], known.get(n), bold=True) for n in list(widths)[1:]]
    grid = Grid([head, *rows], colWidths=list(widths.values()), repeatRows=1)
    lines = ("LINEBELOW", (0, 0), (-1, -1), 0.5, HexColor(LIGHT.rule))
    shade = ("BACKGROUND", (0, 0), (-1, 0), HexColor(LIGHT.surface))
    grid.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "MIDDLE"), lines, shade, *padding(3, 1.8)]))
    return grid


def _header(column: Column) -> str:
    return f"{column.header} ({column.unit})" if column.unit not in ("", "%") else column.header


def _written(column: Column, value: Any, *, bold: bool = False) -> Flowable:
    text = "" if value is None else WRITE[column.kind](value)
    if column.kind != "status" or not isinstance(value, str):
        return _cell(text, column, bold=bold)
    colour = getattr(LIGHT, value)
    told = Grid([[status_mark(value), say(text, SMALL, colour=colour)]], colWidths=[10, 23.5 * mm])
    told.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "MIDDLE"), *padding(0, 0)]))
    return told


def _cell(text: str, column: Column, *, bold: bool = False) -> Paragraph:
    return Paragraph(escape(printable(text)), style(SMALL, bold=bold, right=column.kind in NUMERIC))


def padding(across: float, along: float) -> list[tuple[Any, ...]]:
    whole = ((0, 0), (-1, -1))
    sides = {"LEFTPADDING": across, "RIGHTPADDING": across, "TOPPADDING": along, "BOTTOMPADDING": along}
    return [(name, *whole, points) for name, points in sides.items()]
