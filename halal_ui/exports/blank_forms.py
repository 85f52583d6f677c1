"""
Blank forms to hand out: a workbook for each table, ready to be filled, sent back and read without a warning.

A form asks in the office's own words and helps where typing goes wrong: lists for kab/kota, LP3H and status, cells that
keep the zeros of a NIB or a phone number, dates that are dates. The example stands on the sheet of instructions, so
that it can never be counted as somebody's application.
"""

import datetime as dt
from functools import cache
from io import BytesIO
from textwrap import wrap
from typing import Any, Final

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from halal_metrics import institutions, places
from halal_ui.exports.form_fields import FORMS, Form, FormColumn
from halal_ui.look.palette import LIGHT

STATUS_CHOICES: Final = (
    "Draft PU",
    "Pengajuan",
    "Selesai P3H",
    "Verifikasi LP3H",
    "Dikirim ke Komite Fatwa",
    "Selesai Sidang Fatwa",
    "Penerbitan Sertifikat",
    "Sertifikat Halal Terbit",
    "Dikembalikan ke PU",
    "Dikembalikan oleh Fatwa",
    "Ditolak",
    "Dibatalkan",
    "Diganti",
)
"""The labels of SIHALAL's own report, in the order of the work; "Diganti" is the programme's."""

_LISTS: Final = {"place": places.KAB_KOTA, "lp3h": institutions.LP3H, "status": STATUS_CHOICES}
"""Kind of field → what its drop-down offers."""

_LIST_SHEET, _GUIDE_SHEET = "Daftar", "Petunjuk"
_LAST: Final = 10_000
"""Rows that lists and checks reach down to."""
_PAGE: Final = 270
"""Widths of columns that print on one page and can still be read."""

_GUIDE_WIDTH: Final = 76
"""Letters across the sheet of instructions: what prints on one upright page."""
_LINE: Final = 16
"""Height of a line, in points."""

_DAYS: Final = (dt.date(2020, 1, 1), dt.date(2099, 12, 31))
_DATE_FORMAT: Final = "dd/mm/yyyy"
_CREATED: Final = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)  # a form is the same bytes whenever it is made


TEMPLATES: Final = {
    table: (f"Templat {form.label[0].lower()}{form.label[1:]}.xlsx", form.label) for table, form in FORMS.items()
}
"""Table → (file name, what the form is called)."""


@cache
def template(table: str) -> bytes:
    """
    The blank form of a table, as xlsx: the sheet to fill, instructions with an example, a hidden sheet of lists.

    >>> template("quotas")[:2], TEMPLATES["quotas"]
    (b'PK', ('Templat pembagian kuota.xlsx', 'Pembagian kuota'))

    Filled in as its instructions say it is read without a warning; sent back as it is, it is an upload of 0 rows.
    The same table gives the same bytes. KeyError for a table that does not exist.
    """
    form = FORMS[table]
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"title": form.label, "created": _CREATED})
        sheet, guide, lists = (book.add_worksheet(name) for name in (form.label, _GUIDE_SHEET, _LIST_SHEET))
        _write_lists(lists)
        _write_sheet(book, sheet, form)
        _write_guide(book, guide, form)
    return file.getvalue()


def _write_lists(sheet: Worksheet) -> None:
    for place, choices in enumerate(_LISTS.values()):
        sheet.write_column(0, place, choices)
    sheet.hide()


def _write_sheet(book: Workbook, sheet: Worksheet, form: Form) -> None:
    head = 3 if form.dated else 2  # position of the header row; the column numbers stand under it
    first = head + 2
    _write_title(book, sheet, form, first)
    box = {"bold": True, "text_wrap": True, "valign": "vcenter", "align": "center", "border": 1}
    heads = {True: book.add_format(box | {"bg_color": LIGHT.used_ramp[0]}), False: book.add_format(box)}
    numbering = book.add_format(
        {"align": "center", "font_size": 9, "font_color": LIGHT.muted, "bg_color": LIGHT.grid, "border": 1}
    )
    cells = {
        "text": book.add_format({"num_format": "@", "align": "left", "indent": 1}),
        "date": book.add_format({"num_format": _DATE_FORMAT, "align": "left", "indent": 1}),
        "count": book.add_format({"num_format": "[$-421]#,##0"}),
    }
    fields = (FormColumn("No", "count", 5, "", ""), *form.fields)
    for place, field in enumerate(fields):
        sheet.set_column(place, place, field.width, cells.get(field.kind, cells["text"]))
        sheet.write_string(head, place, field.header, heads[field.needed])
        sheet.write_string(head + 1, place, f"({place + 1})", numbering)
        if field.kind == "digits":  # no green corner for a number kept as text
            column = xl_col_to_name(place)
            sheet.ignore_errors({"number_stored_as_text": f"{column}{first + 1}:{column}{_LAST}"})
        if check := _check(field):
            sheet.data_validation(first, place, _LAST - 1, place, check)
    sheet.set_row(head, 46)
    sheet.freeze_panes(first, 0)
    sheet.autofilter(head + 1, 0, _LAST - 1, len(fields) - 1)  # on the numbers, so that they stay when rows are sorted
    sheet.repeat_rows(head, head + 1)
    pages = 1 + sum(field.width for field in fields) // _PAGE
    if pages > 1:
        sheet.repeat_columns(0, 1)
    _print_setup(sheet, pages=pages)


def _write_title(book: Workbook, sheet: Worksheet, form: Form, first: int) -> None:
    text, hint = book.add_format({"num_format": "@"}), f"{form.hint} Isi mulai baris {first + 1}; arti kolom ada di "
    for row in range(first):
        sheet.set_row(row, None, text)
    sheet.write_string(0, 0, form.title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, f"{hint}lembar {_GUIDE_SHEET}.", book.add_format({"font_color": LIGHT.muted}))
    if form.dated:
        asked = {"num_format": _DATE_FORMAT, "align": "left", "border": 1, "bg_color": LIGHT.used_ramp[0]}
        sheet.write_string(2, 0, "Per tanggal", book.add_format({"bold": True}))
        sheet.write_blank(2, 2, None, book.add_format(asked))
        sheet.data_validation(2, 2, 2, 2, _check(FormColumn("Per tanggal", "date", 13, "keadaan pada tanggal ini", "")))


def _check(field: FormColumn) -> dict[str, Any]:
    """The data validation of a field; nothing a person may have good reason to write is forbidden."""
    said = {"input_title": field.header[:32], "input_message": _sentence(field.meaning)} if field.meaning else {}
    if field.kind in _LISTS:
        column = xl_col_to_name(list(_LISTS).index(field.kind))
        return said | {
            "validate": "list",
            "source": f"={_LIST_SHEET}!${column}$1:${column}${len(_LISTS[field.kind])}",
            "error_type": "stop" if field.kind == "place" else "warning",
            "error_title": field.header,
            "error_message": "Tidak ada di daftar. Pilih dari daftar agar terbaca pasti.",
        }
    if field.kind == "date":
        return said | {
            "validate": "date",
            "criteria": "between",
            "minimum": _DAYS[0],
            "maximum": _DAYS[1],
            "error_title": field.header,
            "error_message": "Tulis tanggal hari/bulan/tahun, misalnya 31/05/2025.",
        }
    if field.kind == "count" and field.meaning:
        return said | {
            "validate": "integer",
            "criteria": ">=",
            "value": 0,
            "error_title": field.header,
            "error_message": "Tulis angka bulat, tanpa kata.",
        }
    return {}


def _sentence(meaning: str) -> str:
    return f"{meaning[0].upper()}{meaning[1:]}."


def _write_guide(book: Workbook, sheet: Worksheet, form: Form) -> None:
    """One cell a line: a row of several cells could be taken for the header of a table."""
    bold, small = book.add_format({"bold": True}), book.add_format({"font_color": LIGHT.muted})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    needed = book.add_format({"text_wrap": True, "valign": "top", "bg_color": LIGHT.used_ramp[0]})
    sheet.set_column(0, 0, _GUIDE_WIDTH)
    sheet.write_string(0, 0, f"Petunjuk mengisi: {form.label}", book.add_format({"bold": True, "font_size": 14}))
    rows = [form.hint, *(_DATED if form.dated else ()), *_RULES]
    for row, text in enumerate(rows, start=1):
        sheet.set_row(row, _height(text))
        sheet.write_string(row, 0, text, wrapped)
    start = len(rows) + 2
    sheet.write_string(start, 0, "Arti tiap kolom, dengan contoh isi", bold)
    for row, (place, field) in enumerate(enumerate(form.fields, start=2), start=start + 1):
        parts = (f"({place})  ", bold, field.header, f":  {field.meaning}.  ", small, f"Contoh: {field.example}")
        sheet.set_row(row, _height("".join(part for part in parts if isinstance(part, str))))
        sheet.write_rich_string(row, 0, *parts, needed if field.needed else wrapped)
    _print_setup(sheet, landscape=False)


def _height(text: str) -> int:
    """Points that a line of the guide takes; not every program works it out by itself."""
    return _LINE * len(wrap(text, _GUIDE_WIDTH))


_DATED: Final = ("Tulis di sebelah 'Per tanggal' untuk hari apa isian ini berlaku.",)
_RULES: Final = (
    "Kolom berwarna perlu diisi; kolom lain diisi bila diketahui. Yang tidak diketahui dibiarkan kosong.",
    "Jangan mengubah judul kolom. Kolom yang tidak dipakai boleh dihapus; menambah kolom sendiri juga boleh.",
    "Jangan menulis NIK di kolom mana pun.",
    "Baris jumlah atau tanda tangan di bawah tabel boleh ada dan tidak dihitung.",
)


def _print_setup(sheet: Worksheet, *, landscape: bool = True, pages: int = 1) -> None:
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.4, right=0.4)
    sheet.fit_to_pages(pages, 0)
    sheet.set_footer("&R&P/&N")
