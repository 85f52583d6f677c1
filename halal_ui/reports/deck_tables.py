"""Tables of the deck: native ones, their columns as wide as their words need, continued on a next slide where long."""

from collections.abc import Sequence
from typing import Any, Final

from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Inches, Pt

from halal_ui.look.palette import LIGHT
from halal_ui.look.tables import NUMERIC
from halal_ui.reports.deck_text import Place, Run, box, describe, height, write
from halal_ui.slides.measure import longest_word, width
from halal_ui.views.shown import Table
from halal_ui.words.columns import Column, column_of
from halal_ui.words.formats import is_missing
from halal_ui.words.labels import STATUS_MARK
from halal_ui.words.names import NO_DATA, WRITE

SIZES: Final = (16, 14, 13, 12.5, 12)
CAPTION: Final = 0.3
_SIDE: Final = 0.08  # inches beside the text of a cell
_SHORT: Final = 20  # letters: "Penajam Paser Utara" has 19
_PLAIN: Final = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # PowerPoint's own style without a grid

Cells = list[list[str]]


def cells_of(table: Table) -> Cells:
    """
    Head, rows and total as they are written; a table without rows says so in its first cell.

    The texts are those of `tables.to_html`.
    """
    columns = _columns(table)
    head = [f"{column.header} ({column.unit})" if column.kind == "points" else column.header for column in columns]
    rows = [[_text(*cell) for cell in zip(columns, row, strict=True)] for row in table.frame.itertuples(index=False)]
    if not rows:
        return [head, [NO_DATA] + [""] * (len(head) - 1)]
    if table.total is not None:
        names = list(table.frame)[1:]
        last = [_text(column_of(table.columns, n), table.total[n]) if n in table.total else "" for n in names]
        rows.append(["Jumlah", *last])
    return [head, *rows]


def parts_of(table: Table, wide: float, room: float) -> list[tuple[Cells, float]]:
    """What stands on each slide, head included, and the size of its letters; the least number of slides."""
    cells = cells_of(table)
    for size in SIZES:
        if sum(_heights(cells, _widths(cells, wide, size), size)) <= room:
            return [(cells, size)]
    size, parts = SIZES[-1], [[cells[0]]]
    tall = _heights(cells, _widths(cells, wide, size), size)
    used = tall[0]
    for row, need in zip(cells[1:], tall[1:], strict=True):
        if used + need > room and len(parts[-1]) > 1:
            parts.append([cells[0]])
            used = tall[0]
        parts[-1].append(row)
        used += need
    return [(part, size) for part in parts]


def draw_table(shapes: Any, table: Table, cells: Cells, size: float, place: Place) -> None:
    """One part of a table below its caption."""
    left, top, wide, _ = place
    caption = box(shapes, (left, top, wide, CAPTION), f"Keterangan {table.name}")
    write(caption.text_frame, [[Run(table.caption, 12, "muted")]])
    widths = _widths(cells, wide, size)
    tall = _heights(cells, widths, size)
    where = map(Inches, (left, top + CAPTION, wide, sum(tall)))
    shape = shapes.add_table(len(cells), len(cells[0]), *where)
    shape.name = table.name
    describe(shape, f"Tabel: {table.caption}. {len(cells) - 1} baris, kolom {', '.join(cells[0])}.")
    grid = shape.table
    grid._tbl.tblPr.find("{*}tableStyleId").text = _PLAIN
    grid.horz_banding = False
    grid.last_row = cells[-1][0] == "Jumlah"
    columns = _columns(table)
    for column, inches in zip(grid.columns, widths, strict=True):
        column.width = Inches(inches)
    for number, (row, inches) in enumerate(zip(cells, tall, strict=True)):
        grid.rows[number].height = Inches(inches)
        for column, text in enumerate(row):
            strong = number == 0 or column == 0 or row[0] == "Jumlah"
            tone = "muted" if number == 0 else _tone(columns[column], text)
            _draw(grid.cell(number, column), Run(text, size, tone, strong), columns[column], head=number == 0)
    if cells[1:] and cells[1][0] == NO_DATA and len(cells[0]) > 1:
        grid.cell(1, 0).merge(grid.cell(1, len(cells[0]) - 1))


def _above(size: float) -> float:
    """Inches above and below the text of a cell; a long table stands closer before it is continued."""
    return 0.02 if size == SIZES[-1] else 0.045


def _columns(table: Table) -> list[Column]:
    return [column_of(table.columns, name) for name in table.frame]


def _text(column: Column, value: Any) -> str:
    text = WRITE[column.kind](value).removesuffix(" poin" if column.kind == "points" else "")
    mark = STATUS_MARK.get(value) if column.kind == "status" and not is_missing(value) else None
    return f"{mark} {text}" if mark else text


def _tone(column: Column, text: str) -> str:
    if column.kind == "status":
        return next((status for status, mark in STATUS_MARK.items() if text.startswith(mark)), "ink")
    if column.kind in ("signed", "points") and text[:1] in "+−":
        return {"+": "on_track", "−": "behind"}.get(text[:1], "ink")
    return "ink"


def _draw(cell: Any, run: Run, column: Column, *, head: bool) -> None:
    cell.margin_left = cell.margin_right = Inches(_SIDE)
    cell.margin_top = cell.margin_bottom = Inches(_above(run.size))
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM if head else MSO_ANCHOR.MIDDLE
    write(cell.text_frame, [[run]], align="r" if column.kind in NUMERIC else "l")
    if not run.text:
        cell.text_frame.paragraphs[0].font.size = Pt(run.size)
    colour, thick = (LIGHT.quota, 19_050) if head else (LIGHT.rule, 9_525)
    properties = cell._tc.get_or_add_tcPr()
    ink = f'<a:solidFill><a:srgbClr val="{colour[1:].upper()}"/></a:solidFill>'
    properties.append(parse_xml(f'<a:lnB {nsdecls("a")} w="{thick}">{ink}</a:lnB>'))  # borders come before the fill
    ground = f'<a:schemeClr val="{"bg2" if head else "bg1"}"/>'
    properties.append(parse_xml(f"<a:solidFill {nsdecls('a')}>{ground}</a:solidFill>"))


def _widths(cells: Cells, wide: float, size: float) -> list[float]:
    """Inches of each column: what its longest word needs, and a part of the rest by the length of its texts."""
    columns = list(zip(*cells, strict=True))
    least = [max(_unbroken(text) for text in column) * size / 72 + 2 * _SIDE for column in columns]
    whole = [max(width(text, bold=True) for text in column) * size / 72 + 2 * _SIDE for column in columns]
    if sum(whole) <= wide:
        return [inches * wide / sum(whole) for inches in whole]
    if sum(least) >= wide:
        return [inches * wide / sum(least) for inches in least]
    over = [w - n for w, n in zip(whole, least, strict=True)]
    spare = (wide - sum(least)) / sum(over)
    return [n + more * spare for n, more in zip(least, over, strict=True)]


def _unbroken(text: str) -> float:
    """Ems of what stays on one line: a date or a status whole, of longer texts each word."""
    return width(text, bold=True) if len(text) <= _SHORT else longest_word(text, bold=True)


def _heights(cells: Cells, widths: Sequence[float], size: float) -> list[float]:
    def tall(row: Sequence[str]) -> float:
        texts = zip(row, widths, strict=True)
        return max(height(text or "–", inches - 2 * _SIDE, size, bold=True) for text, inches in texts) + 2 * _above(
            size
        )

    return [tall(row) for row in cells]
