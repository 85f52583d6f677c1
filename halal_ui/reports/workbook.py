"""The meeting as a workbook: a cover, the whole, a sheet a table, what the figures mean and where they come from."""

from collections.abc import Iterable
from io import BytesIO
from typing import Final

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from halal_metrics.definitions import DEFINITIONS
from halal_store import Meeting
from halal_ui.exports import worksheet
from halal_ui.exports.worksheet import Styles
from halal_ui.reports.workbook_charts import CHARTS, Cells
from halal_ui.reports.workbook_colours import colour
from halal_ui.reports.workbook_cover import write_cover
from halal_ui.reports.workbook_sheet import Sheet
from halal_ui.reports.workbook_sheets import sheets, whole
from halal_ui.snapshot.meeting_set import MeetingSet, meeting_set
from halal_ui.story import story
from halal_ui.story.slide import Story
from halal_ui.words.columns import column_of

WHOLE: Final = "Ringkasan"
MEANINGS: Final = "Definisi"
COVER: Final = "Sampul"

_FORMULA: Final = 80
"""Letters across the column of formulas."""

_HEAD: Final = 3
"""The row of a table's head, from 0: above it stand what it shows, of which set, and the way back."""


def workbook(meeting: Meeting) -> bytes:
    """
    The workbook of a meeting, as xlsx. Same set, same bytes.

    Cells are typed: numbers are numbers, days days, percentages fractions; text that begins like a formula stays text.
    Nothing in it says who a person is.
    """
    found = meeting_set(meeting)
    told, tables = story(found), sheets(found)
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties(
            {"title": f"{told.title} ({told.meeting_id})", "created": meeting.frozen_at.to_pydatetime(), "author": ""}
        )
        styles = Styles.of(book)
        abouts = {WHOLE: "Angka-angka seluruh provinsi.", **{sheet.name: sheet.about for sheet in tables}}
        abouts[MEANINGS] = "Arti, rumus, aturan dan sumber tiap angka."
        write_cover(book, book.add_worksheet(COVER), found, told, abouts)
        _write_whole(book, _begun(book, WHOLE, "Seluruh provinsi", abouts[WHOLE], told), styles, found)
        for sheet in tables:
            _write(book, sheet, told, styles)
        _write_meanings(book, _begun(book, MEANINGS, "Definisi", abouts[MEANINGS], told), tables)
    return file.getvalue()


def _begun(book: Workbook, name: str, caption: str, about: str, told: Story) -> Worksheet:
    """A sheet that says what it shows and of which set, on screen and on paper."""
    sheet = book.add_worksheet(name)
    mark = f" · {told.mark}" if told.mark else ""
    sheet.write_string(0, 0, caption, book.add_format({"bold": True, "font_size": 13}))
    sheet.write_string(1, 0, f"{about} Set {told.meeting_id}, {told.stamp}{mark}.", book.add_format({"italic": True}))
    sheet.write_url(2, 0, f"internal:'{COVER}'!A1", string="Kembali ke sampul")
    sheet.set_header(f"&L{_safe(name)}&R{_safe(told.meeting_id)}")
    sheet.set_footer(f"&L{_safe(f'{told.meeting_id} · {told.stamp}{mark}')}&R&P/&N")
    worksheet.one_page_wide(sheet)
    return sheet


def _safe(text: str) -> str:
    """In headers and footers & begins a code, and 255 characters is the most that opens."""
    return text[:100].replace("&", "&&")


def _write(book: Workbook, described: Sheet, told: Story, styles: Styles) -> None:
    table = described.table
    sheet = _begun(book, described.name, table.caption, described.about, told)
    columns = [column_of(table.columns, name) for name in table.frame]
    widths, total = described.widths, table.total
    across = worksheet.write_table(sheet, styles, table.frame, columns, top=_HEAD, total=total, widths=widths)
    worksheet.pages_wide(sheet, across)
    colour(book, sheet, table.frame, columns, top=_HEAD, total=table.total is not None)
    if table.frame.empty:
        sheet.write_string(_HEAD + 1, 0, described.without)
    elif described.chart:
        _draw(book, sheet, described.chart, Cells(described.name, _HEAD, table.frame))


def _draw(book: Workbook, sheet: Worksheet, name: str, cells: Cells) -> None:
    chart = CHARTS[name](book, cells)
    # a daily table is long, so its picture stands beside it
    beside = len(cells.frame) > 40
    at = (_HEAD + 1, len(cells.frame.columns) + 1) if beside else (_HEAD + len(cells.frame) + 3, 0)
    sheet.insert_chart(*at, chart, {"description": f"Grafik dari tabel lembar {cells.sheet}."})


def _write_whole(book: Workbook, sheet: Worksheet, styles: Styles, found: MeetingSet) -> None:
    for place, (head, width) in enumerate({"Angka": 40, "Nilai": 18, "Satuan": 16, "Rumus": _FORMULA}.items()):
        sheet.set_column(place, place, width)
        sheet.write_string(_HEAD, place, head, styles.heads[False])
    for row, (column, value, key) in enumerate(whole(found), start=_HEAD + 1):
        meaning = DEFINITIONS.get(key)
        sheet.write_string(row, 0, column.header, styles.plain)
        worksheet.write_cell(sheet, (row, 1), column, value, styles.aside.get(column.kind, styles.plain))
        sheet.write_string(row, 2, column.unit, styles.plain)
        formula = meaning.formula if meaning else ""
        sheet.write_string(row, 3, formula, styles.wrapped)
        sheet.set_row(row, max(worksheet.height([formula], [_FORMULA]), worksheet.LINE))
    sheet.freeze_panes(_HEAD + 1, 0)


def _write_meanings(book: Workbook, sheet: Worksheet, tables: Iterable[Sheet]) -> None:
    metrics = {metric for described in tables for metric in described.table.metrics}
    explained = [(meaning.name, meaning) for meaning in DEFINITIONS.values() if meaning.metric in metrics]
    worksheet.write_definitions(book, sheet, explained, top=_HEAD)
    sheet.freeze_panes(_HEAD + 1, 1)
    sheet.repeat_rows(_HEAD)
