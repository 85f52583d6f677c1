"""
The rows that were not taken, as the sender's own workbook: mended there, it can be sent again as it is.

Title, header and rejected rows are kept as the sender made them; rows that were taken are left out, because they are
counted already and would only be in the way: but for those with a cell in doubt, which stand on a sheet "Mohon
diperiksa". One column is added: in which row each stood, and why it was not taken, or what is to be looked at.
"""

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Final

import pandas as pd
import xlsxwriter
from xlsxwriter.workbook import Workbook

from halal_metrics.formula_injection import STARTS
from halal_metrics.sheets import Upload
from halal_metrics.sheets.upload import SheetRecord
from halal_store import StoredUpload
from halal_ui.exports.doubtful_rows import SHEET, WHAT, doubtful, in_one, write_sheet
from halal_ui.exports.narrowed import WIDTH, on_a_page
from halal_ui.exports.sender_workbook import SHADE, Cut, cut_down, harmless
from halal_ui.exports.worksheet import LINE, height, one_page_wide
from halal_ui.words.uploads import WHY_REJECTED

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_WHERE: Final = ("source_sheet", "source_row", "reason")
_LONGEST: Final = 32_767  # characters of a cell, a limit of the format
_LONGEST_NAME: Final = 31  # of a sheet's name
_NOT_IN_NAMES: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", "-"))
_ROWS: Final = 1_000_000  # of a sheet
_WIDTHS: Final = (10, 40)


def hand_back(upload: Upload) -> tuple[bytes, str, str]:
    """
    The rejected rows of an upload, and the accepted ones in doubt: content, file name and MIME type of an xlsx.

    An xlsx or xlsm of up to some 100.000 cells comes back in its own dress. Every larger file, every other kind and a
    sheet of several tables become a plain workbook of the same sheets, titles, headers and cells, all as text.

    NIK does not come back: what stood below its header or looked like one elsewhere is left out, because we keep none
    and cannot know who opens the file. Formulas come back as the values they had; pictures, comments, links and macros
    not at all; text that begins like a formula is marked as text. ValueError if there is neither.
    """
    doubts = doubtful(upload)
    if upload.rejected.empty and doubts.empty:
        raise ValueError("no row was rejected or is in doubt: there is nothing to hand back")
    parts = {str(name): rows for name, rows in upload.rejected.groupby("source_sheet", sort=False)}
    content = None if _stacked(upload, parts, doubts) else cut_down(upload.content, _cuts(upload, parts, doubts))
    return content or _plain(upload, parts, doubts), name_of(Path(upload.filename).stem, upload), XLSX


def name_of(stem: str, upload: Upload | StoredUpload) -> str:
    """The name of the workbook of a file called `stem`."""
    return f"{stem} - {'mohon diperiksa' if upload.rejected.empty else 'ditolak'}.xlsx"


def _stacked(upload: Upload, parts: dict[str, pd.DataFrame], doubts: pd.DataFrame) -> bool:
    """Whether a sheet holds tables below one another: their rows would stand under each other's headers."""
    problems = upload.problems
    return bool(problems.loc[problems["code"] == "table_below", "sheet"].isin([*parts, *doubts["sheet"]]).any())


def _reasons(rows: pd.DataFrame) -> dict[int, str]:
    return {row: f"Baris {row}: {why}" for row, why in zip(rows["source_row"], rows["reason"], strict=True)}


def _cuts(upload: Upload, parts: dict[str, pd.DataFrame], doubts: pd.DataFrame) -> list[Cut]:
    """The rejected rows of each sheet, then the doubtful ones of each; on the copies' names a place may hang."""
    rows = pd.concat([upload.frame[["source_sheet", "source_row"]], upload.rejected[["source_sheet", "source_row"]]])
    first = rows.groupby("source_sheet")["source_row"].min()
    found = {str(name): part for name, part in doubts.groupby("sheet", sort=False)}
    read = [record for record in upload.sheets if record.header_row and record.name in first.index]
    cuts, copies, names = [], [], {record.name.lower() for record in read}
    for record in read:
        lines = {"header": record.header_row, "first": int(first[record.name])}
        if record.name in parts:
            cuts.append(Cut(record.name, record.name, WHY_REJECTED, reasons=_reasons(parts[record.name]), **lines))
        if record.name in found:
            part, written = found[record.name], {column: header for header, column in record.mapping.items()}
            marked: dict[int, list[str]] = {}
            for row, column in part.loc[part["column"].notna(), ["row", "column"]].itertuples(index=False):
                marked.setdefault(row, []).append(written.get(column, column))
            title = _sheet_name(SHEET if len(read) == 1 else f"{SHEET} - {record.name}", names)
            copies.append(Cut(record.name, title, WHAT, reasons=in_one(part), marked=marked, **lines))
    return [*cuts, *copies]


def _plain(upload: Upload, parts: dict[str, pd.DataFrame], doubts: pd.DataFrame) -> bytes:
    file = BytesIO()
    names: set[str] = set()
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        for record in upload.sheets:
            if record.name in parts:
                rows = parts[record.name]
                for start in range(0, len(rows), _ROWS):
                    name = _sheet_name(record.name, names)
                    _write_sheet(book, name, record, rows.iloc[start : start + _ROWS])
        if len(doubts):
            write_sheet(book, _sheet_name(SHEET, names), upload, doubts)
    return file.getvalue()


def _sheet_name(name: str, taken: set[str]) -> str:
    """
    The name as Excel allows it, and not twice.

    >>> taken = set()
    >>> [_sheet_name("Berau [2025]", taken), _sheet_name("berau -2025-", taken)]
    ['Berau -2025-', 'berau -2025- 2']
    """
    base = name.translate(_NOT_IN_NAMES)[:_LONGEST_NAME].strip() or "Lembar"
    unique, again = base, 2
    while unique.lower() in taken:
        unique, again = f"{base[: _LONGEST_NAME - 1 - len(str(again))]} {again}", again + 1
    taken.add(unique.lower())
    return unique


def _write_sheet(book: Workbook, name: str, record: SheetRecord, rows: pd.DataFrame) -> None:
    """Titles, one header line and the rows, in the columns that this sheet had."""
    sheet = book.add_worksheet(name)
    text = {"num_format": "@", "valign": "top", "text_wrap": True}
    plain, marked = book.add_format(text), book.add_format(text | {"quote_prefix": True})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    added = book.add_format({"bold": True, "bg_color": f"#{SHADE}", "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    own = {*record.mapping, *record.unused, *rows.columns[rows.notna().any()]}
    columns = [column for column in rows if column not in _WHERE and column in own]
    longest = {column: rows[column].str.len().quantile(0.9) if len(rows) else 0 for column in columns}
    widths = on_a_page([min(max(len(name), most, _WIDTHS[0]), _WIDTHS[1]) for name, most in longest.items()])
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width, plain)
    sheet.set_column(len(columns), len(columns), WIDTH)

    def write(row: int, texts: Iterable[str | None]) -> None:
        for place, value in enumerate(texts):
            if isinstance(value, str):
                style = marked if value.startswith(STARTS) else plain
                sheet.write_string(row, place, harmless(value)[:_LONGEST], style)

    titles: Sequence[str] = record.titles
    for row, title in enumerate(titles):
        write(row, [title])
    head = len(titles)
    for place, column in enumerate(columns):
        sheet.write_string(head, place, harmless(column)[:_LONGEST], bold)
    sheet.write_string(head, len(columns), WHY_REJECTED, added)
    reasons = _reasons(rows).values()
    cells = rows[columns].itertuples(index=False, name=None)
    for row, (texts, reason) in enumerate(zip(cells, reasons, strict=True), start=head + 1):
        shown = [text if isinstance(text, str) else "" for text in texts]
        sheet.set_row(row, max(LINE, height([*shown, reason], [*widths, WIDTH])))  # not every program works it out
        write(row, texts)
        sheet.write_string(row, len(columns), reason[:_LONGEST], wrapped)
    sheet.freeze_panes(head + 1, 0)
    sheet.repeat_rows(head)
    one_page_wide(sheet)
