"""Random files for hypothesis: a table dressed the way offices dress it, as xlsx, csv or a web page called .xls."""

import csv
import datetime as dt
import html
import io
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter
from hypothesis import strategies as st
from messy_tables import MONTHS, PLACES, Column, tables

TITLES = [
    "LAPORAN PERKEMBANGAN", "Program Fasilitasi Sertifikasi Halal", "PEMERINTAH PROVINSI KALIMANTAN TIMUR",
    "Jl. Rekaan No. 1 Samarinda 75112", "Tahun Anggaran 2025",
]  # fmt: skip
SIGNED = ["Mengetahui,", "Kepala Bidang Industri,", None, "Nama Rekaan, S.T.", "NIP. 19900101 201001 1 001"]
NOTES = ["Catatan: data sementara", "*) menunggu konfirmasi", "Sumber: rekap mingguan"]
PARENTS = ["Data Usaha", "Identitas", "Uraian", "Rincian Data"]

NIK = "9901014101900001"

Merge = tuple[int, int, int, int]  # first row, first column, last row, last column, from 0


@dataclass
class Sheet:
    """Rows as they lie there, and what is known about them; row numbers as a person sees them."""

    name: str
    rows: list[list[Any]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    header: int = 0
    records: list[int] = field(default_factory=list)
    others: list[int] = field(default_factory=list)
    """Rows below the header that hold something and are no record."""

    def add(self, cells: list[Any]) -> int:
        self.rows.append(cells)
        return len(self.rows)


@dataclass
class Messy:
    """A file, and all that should be found in it."""

    kind: str
    table: str
    columns: list[Column]
    sheets: list[Sheet]
    content: bytes = field(repr=False)
    statement: dt.date | None
    place: str | None


@st.composite
def messy(draw: st.DrawFn) -> Messy:
    """A table, dressed and written."""
    table, columns = draw(tables())
    kind = draw(st.sampled_from(["xlsx", "xlsx", "csv", "html"]))
    names = {column.name for column in columns}
    statement = place = None
    if "statement_date" not in names and table in ("applications", "recaps", "quotas"):
        statement = draw(st.none() | st.dates(dt.date(2025, 3, 1), dt.date(2025, 12, 31)))
    if "kab_kota" not in names:
        place = draw(st.none() | st.sampled_from(list(PLACES)))
    rows = len(columns[0].cells)
    american = any(str(cell).endswith(" AM") for column in columns for cell in column.cells)
    # a sheet apart may hold no date that shows the order of day and month
    cut = draw(st.integers(1, rows)) if kind == "xlsx" and not american else rows
    parts = [range(cut), range(cut, rows)] if cut < rows else [range(rows)]
    look = Look(
        columns=[*_beside(draw, rows), *columns][:: draw(st.sampled_from([1, -1]))],
        margin=draw(st.sampled_from([0, 0, 1])),
        statement=statement,
        place=place,
        merging=kind != "csv" and draw(st.booleans()),
    )
    if kind != "csv":
        look.parent = _group(draw, look.columns)
    sheets = [_dress(draw, f"Lembar {at}", look, part) for at, part in enumerate(parts, start=1)]
    content = {"xlsx": _xlsx, "csv": _csv, "html": _html}[kind](sheets, draw)
    return Messy(kind, table, columns, sheets, content, statement, place)


@dataclass
class Look:
    """What all sheets of one sender have in common."""

    columns: list[Column]
    """Those of the table, and others that are none of its business."""
    margin: int
    """Columns left empty on the left."""
    statement: dt.date | None
    place: str | None
    """Named in the titles."""
    merging: bool
    """Whether equal places one below the other are one merged cell."""
    parent: tuple[int, int, str] | None = None

    @property
    def width(self) -> int:
        return self.margin + len(self.columns)


def _beside(draw: st.DrawFn, rows: int) -> list[Column]:
    """Columns that no table has: row numbers, NIK, a link."""
    beside = {
        "numbering": Column("", "No", [], [*range(1, rows + 1)]),
        "nik": Column("", "NIK", [], [draw(st.sampled_from([NIK, int(NIK), f"'{NIK}"])) for _ in range(rows)]),
        "unknown": Column("", "Tautan Foto", [], ["https://contoh.invalid/1"] * rows),
    }
    return [beside[name] for name in draw(st.lists(st.sampled_from(list(beside)), unique=True))]


def _group(draw: st.DrawFn, columns: list[Column]) -> tuple[int, int, str] | None:
    """Columns [first, last] under a common parent, but never all of them: that would be a title."""
    width = len(columns)
    if width < 3 or draw(st.booleans()):
        return None
    first = draw(st.integers(0, width - 2))
    last = draw(st.integers(first + 1, width - 1 - (first == 0)))
    return first, last, draw(st.sampled_from(PARENTS))


def _dress(draw: st.DrawFn, name: str, look: Look, part: range) -> Sheet:
    sheet = Sheet(name)
    titles = draw(st.lists(st.sampled_from([*TITLES, None]), max_size=4))
    titles += [f"{draw(st.sampled_from(['REKAPITULASI', 'Wilayah:', 'Data']))} {look.place}"] if look.place else []
    if look.statement:
        titles.append(f"Per tanggal {look.statement.day} {MONTHS[look.statement.month - 1]} {look.statement.year}")
    for title in titles:
        row = sheet.add([title])
        if title and look.width > 1 and draw(st.booleans()):
            sheet.merges.append((row - 1, 0, row - 1, look.width - 1))
    for _ in range(draw(st.integers(0, 2))):
        sheet.add([])
    header = _head(sheet, look)
    if len(look.columns) > 2 and draw(st.booleans()):
        style = draw(st.sampled_from(["({})", "{}"]))
        numbers = [style.format(at) for at in range(1, len(look.columns) + 1)]
        sheet.others.append(sheet.add([None] * look.margin + numbers))
    for number, at in enumerate(part):
        before = draw(st.sampled_from([None] * 6 + ["blank", "header", "total"])) if number else None
        if before == "blank":
            sheet.add([])
        elif before == "header":
            sheet.others += [sheet.add(line) for line in header]
        elif before == "total":
            sheet.others.append(_total(draw, sheet, look, part))
        row = sheet.add([None] * look.margin + [column.cells[at] for column in look.columns])
        if look.merging and before is None and number:
            _merge_with_above(sheet, look, at)
        sheet.records.append(row)
    _close(draw, sheet, look, part)
    return sheet


def _total(draw: st.DrawFn, sheet: Sheet, look: Look, part: range) -> int:
    """ "JUMLAH" in one of the first columns, and the number of rows beside it."""
    place = draw(st.integers(0, min(2, len(look.columns) - 1)))
    words = draw(st.sampled_from(["JUMLAH", "Total", "Sub Total", "TOTAL KESELURUHAN", "Jumlah :"]))
    beside = [draw(st.sampled_from([None, len(part)]))] if place + 1 < len(look.columns) else []
    return sheet.add([None] * (look.margin + place) + [words, *beside])


def _merge_with_above(sheet: Sheet, look: Look, at: int) -> None:
    """One cell for a place that is the same as in the row above."""
    row = len(sheet.rows) - 1
    for place, column in enumerate(look.columns, start=look.margin):
        if column.name == "kab_kota" and column.values[at] and column.values[at] == column.values[at - 1]:
            sheet.rows[row][place] = None
            above = next(
                (merge for merge in sheet.merges if merge[1] == merge[3] == place and merge[2] == row - 1), None
            )
            if above and above[0] >= sheet.header:
                sheet.merges.remove(above)
            sheet.merges.append((above[0] if above and above[0] >= sheet.header else row - 1, place, row, place))


def _head(sheet: Sheet, look: Look) -> list[list[Any]]:
    """The header's lines, added to the sheet."""
    margin: list[Any] = [None] * look.margin
    names: list[Any] = [column.header for column in look.columns]
    if not look.parent:
        sheet.header = sheet.add(margin + names)
        return [margin + names]
    first, last, text = look.parent
    within = [first <= at <= last for at in range(len(names))]
    over = [
        name if not inside else text if at == first else None
        for at, (name, inside) in enumerate(zip(names, within, strict=True))
    ]
    under = [name if inside else None for name, inside in zip(names, within, strict=True)]
    sheet.header = sheet.add(margin + over)
    sheet.add(margin + under)
    top = sheet.header - 1
    sheet.merges.append((top, first + look.margin, top, last + look.margin))
    sheet.merges += [(top, at, top + 1, at) for at, inside in enumerate(within, start=look.margin) if not inside]
    return [margin + over, margin + under]


def _close(draw: st.DrawFn, sheet: Sheet, look: Look, part: range) -> None:
    for closing in draw(st.lists(st.sampled_from(["total", "signature", "note"]), unique=True, max_size=3)):
        if closing == "total":
            sheet.others.append(_total(draw, sheet, look, part))
            continue
        sheet.add([])
        if closing == "note":
            notes = draw(st.lists(st.sampled_from(NOTES), min_size=1, unique=True))
            sheet.others += [sheet.add([*[None] * look.margin, note]) for note in notes]
        else:
            place = draw(st.sampled_from([look.margin, look.width - 1]))
            both = place > look.margin + 1 and draw(st.booleans())
            for line in SIGNED:
                cells = [None] * place + [line] if line else []
                if both and line:
                    cells[0] = line
                row = sheet.add(cells)
                sheet.others += [row] if line else []


def _xlsx(sheets: list[Sheet], draw: st.DrawFn) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        date = book.add_format({"num_format": draw(st.sampled_from(["dd/mm/yyyy", "d mmm yyyy", "m/d/yy"]))})
        for each in sheets:
            sheet = book.add_worksheet(each.name)
            for top, left, bottom, right in each.merges:
                sheet.merge_range(top, left, bottom, right, "")
            for row, cells in enumerate(each.rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, dt.date):
                        sheet.write_datetime(row, column, cell, date)
                    elif isinstance(cell, str) and cell:
                        sheet.write_string(row, column, cell)
                    elif isinstance(cell, int):
                        sheet.write_number(row, column, cell)
    return content.getvalue()


def _text(cell: Any) -> str:
    return cell.strftime("%d/%m/%Y") if isinstance(cell, dt.date) else "" if cell is None else str(cell)


def _csv(sheets: list[Sheet], draw: st.DrawFn) -> bytes:
    width = max(len(row) for row in sheets[0].rows)
    rows = [[_text(cell) for cell in [*row, *[None] * (width - len(row))]] for row in sheets[0].rows]
    text = io.StringIO()
    csv.writer(text, delimiter=draw(st.sampled_from(";,\t|"))).writerows(rows)
    return text.getvalue().encode(draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"])))


def _html(sheets: list[Sheet], draw: st.DrawFn) -> bytes:
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in sheets[0].merges}
    covered = {
        (row, column)
        for top, left, bottom, right in sheets[0].merges
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    } - set(spans)
    width = max(len(row) for row in sheets[0].rows)
    lines = []
    for row, cells in enumerate(sheets[0].rows):
        tags = []
        for column, cell in enumerate([*cells, *[None] * (width - len(cells))]):
            if (row, column) not in covered:
                down, across = spans.get((row, column), (1, 1))
                text = html.escape(_text(cell)).replace("\n", "<br>")
                tags.append(f'<td rowspan="{down}" colspan="{across}">{text}</td>')
        lines.append(f"<tr>{''.join(tags)}</tr>")
    meta = '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
    return f"<html><head>{meta}</head><body><table border=1>{''.join(lines)}</table></body></html>".encode()
