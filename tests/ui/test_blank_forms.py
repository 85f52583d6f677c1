"""Blank forms: filled as a person fills them, and read back by the product's own reader."""

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest

from halal_metrics import institutions, places, schema, statuses
from halal_metrics.sheets import Upload, read_upload
from halal_ui.exports.blank_forms import STATUS_CHOICES, TEMPLATES, template

FILLED: dict[str, dict[str, list[Any]]] = {
    "applications": {
        "No. Daftar": ["SH2025-1-990001", "SH2025-1-990002"],
        "ID Reg": ["990001", "990002"],
        "NIB": ["0289010302776", "9901000000028"],
        "Nama Usaha": ["Dapur Rekaan", "Total Rasa Rekaan"],
        "Nama Pemilik": ["Siti Rekaan", "Budi Rekaan"],
        "No. HP": ["081299990001", "081299990002"],
        "Alamat": ["Jl. Rekaan 1", "Jl. Rekaan 2"],
        "Kecamatan": ["Tenggarong", "Sangatta Utara"],
        "Kab/Kota": ["Kabupaten Kutai Kartanegara", "Kabupaten Kutai Timur"],
        "LP3H": ["LP3H UINSI Samarinda", "Halal Center Universitas Mulawarman"],
        "Nama Pendamping": ["Pendamping Satu", "Pendamping Dua"],
        "Kode Fasilitasi": ["KALTIM25", "KALTIM25"],
        "Merek Dagang": ["Rekaan", "Rasa"],
        "Nama Produk": ["Keripik", "Sambal"],
        "KBLI": ["10792", "10779"],
        "Status": ["Sertifikat Halal Terbit", "Dikirim ke Komite Fatwa"],
        "Tanggal Daftar": [dt.date(2025, 4, 1), dt.date(2025, 4, 2)],
        "Tanggal Verval": [dt.date(2025, 4, 8), dt.date(2025, 4, 9)],
        "Tanggal Komite Fatwa": [dt.date(2025, 4, 9), dt.date(2025, 4, 10)],
        "Tanggal Ketetapan Halal": [dt.date(2025, 5, 22), None],
        "Tanggal Terbit": [dt.date(2025, 6, 2), None],
        "No. Sertifikat": ["ID64110000000010625", None],
        "Tanggal Keluar": [None, None],
        "Jumlah Pengembalian": [1, 0],
        "Kendala": [None, "menunggu sidang"],
        "Catatan": ["lengkap", None],
    },
    "recaps": {
        "Kab/Kota": ["Kabupaten Berau", "Kota Bontang"],
        "LP3H": ["LP3H UINSI Samarinda", "LP3H Institut Teknologi Kalimantan"],
        "Kuota": [100, 1000],
        "Draft": [12, 0],
        "Pengajuan": [80, 320],
        "Verval": [64, 300],
        "Komite Fatwa": [60, 250],
        "Selesai Sidang": [35, 100],
        "Terbit": [30, 58],
        "Dikembalikan": [3, 0],
        "Ditolak/Batal": [2, 1],
        "Pendamping Aktif": [9, 12],
        "Kendala": ["sinyal sulit", None],
    },
    "quotas": {
        "Kab/Kota": ["Kabupaten Paser", "Kota Samarinda"],
        "LP3H": ["Pusat Halal Universitas Airlangga", "PWI Kaltim"],
        "Kuota": [60, 1250],
        "Tenggat": [dt.date(2025, 5, 31), dt.date(2025, 8, 1)],
        "Catatan": [None, "tambahan"],
    },
    "candidates": {
        "NIB": ["0289010302776", "9901000000028"],
        "Nama Usaha": ["Dapur Rekaan", "Kedai Rekaan"],
        "Nama Pemilik": ["Siti Rekaan", "Budi Rekaan"],
        "No. HP": ["081299990001", "081299990002"],
        "Alamat": ["Jl. Rekaan 1", "Jl. Rekaan 2"],
        "Kecamatan": ["Sambaliung", "Bontang Utara"],
        "Kab/Kota": ["Kabupaten Berau", "Kota Bontang"],
        "Nama Produk": ["Keripik", "Sambal"],
        "KBLI": ["10792", "10779"],
        "OPD": ["Diskoperindag Berau", "DKUMPP Bontang"],
    },
    "certificates": {
        "No. Sertifikat": ["ID64110000000010323", "ID64110000000020424"],
        "NIB": ["0289010302776", "9901000000028"],
        "Nama Usaha": ["Dapur Rekaan", "Kedai Rekaan"],
        "Nama Pemilik": ["Siti Rekaan", "Budi Rekaan"],
        "Kab/Kota": ["Kabupaten Mahakam Ulu", "Kota Balikpapan"],
        "Nama Produk": ["Keripik", "Sambal"],
        "Tanggal Terbit": [dt.date(2023, 3, 6), dt.date(2024, 4, 12)],
        "Nama Program": ["SEHATI 2023", "Kukar 2024"],
    },
}
"""Table → header → what a person types into the first two rows."""

PER = dt.date(2025, 6, 4)


def headers_of(sheet: Any) -> tuple[int, dict[str, int]]:
    """Row of the column titles (1-based), and header → column."""
    row = next(row for row in range(1, 10) if sheet.cell(row, 1).value == "No")
    return row, {cell.value: cell.column for cell in sheet[row] if cell.value}


def filled(table: str) -> bytes:
    """The form with two rows typed in, as an office does: in its first sheet, below the numbered columns."""
    book = openpyxl.load_workbook(io.BytesIO(template(table)))
    sheet = book.worksheets[0]
    head, at = headers_of(sheet)
    assert set(at) - {"No"} == set(FILLED[table])
    for row in range(2):
        sheet.cell(head + 2 + row, 1, row + 1)
        for header, values in FILLED[table].items():
            if values[row] is not None:
                sheet.cell(head + 2 + row, at[header], values[row])
    if sheet.cell(3, 1).value == "Per tanggal":
        sheet.cell(3, 3, PER)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def beyond_info(upload: Upload) -> list[str]:
    problems = upload.problems
    return problems.loc[problems["severity"] != "info", "code"].tolist()


@pytest.mark.parametrize("table", schema.TABLES)
def test_a_filled_form_is_read_without_a_warning(table: str):
    """Every column a form asks for arrives as it was typed, nothing is added and nothing is said against it."""
    upload = read_upload(filled(table), filename=TEMPLATES[table][0])
    assert (upload.table, beyond_info(upload), len(upload.rejected)) == (table, [], 0)
    assert len(upload.frame) == 2
    columns = upload.sheets[0].mapping
    assert set(columns) == set(FILLED[table]), "a column of the form was not used"
    for header, typed in FILLED[table].items():
        values = upload.frame[columns[header]].tolist()
        if columns[header] == "status":
            typed = [statuses.meaning(status).canonical for status in typed]
        for value, written in zip(values, typed, strict=True):
            given = None if value != value or value is None else value
            written = None if written == "-" else written
            assert (given.date() if hasattr(given, "date") else given) == written, header


@pytest.mark.parametrize("table", ["applications", "recaps", "quotas"])
def test_the_day_above_the_columns_is_the_statement_date(table: str):
    """What is written beside "Per tanggal" holds for every row."""
    upload = read_upload(filled(table))
    assert {day.date() for day in upload.frame["statement_date"]} == {PER}


@pytest.mark.parametrize("table", schema.TABLES)
def test_an_empty_form_holds_nothing(table: str):
    """A form sent back as it is has no rows, and the worst that is said is that there are none."""
    upload = read_upload(template(table))
    assert upload.table == table
    assert len(upload.frame) == len(upload.rejected) == 0
    assert set(beyond_info(upload)) <= {"no_rows"}


@pytest.mark.parametrize("table", schema.TABLES)
def test_only_the_first_sheet_is_taken_for_a_table(table: str):
    """Neither the instructions, with their examples, nor the lists are read as data."""
    sheet, guide, lists = read_upload(filled(table)).sheets
    assert sheet.accepted == 2
    assert (guide.read, lists.read) == (0, 0)


@pytest.mark.parametrize("table", schema.TABLES)
def test_lists_offer_what_the_reader_knows(table: str):
    """Each drop-down points at canonical words; cells of numbers that begin with 0 are text."""
    book = openpyxl.load_workbook(io.BytesIO(template(table)))
    sheet = book.worksheets[0]
    _, at = headers_of(sheet)
    lists = {}
    for check in sheet.data_validations.dataValidation:
        if check.type == "list":
            name, _, cells = check.formula1.partition("!")
            offered = [row[0].value for row in book[name][cells.replace("$", "")]]
            lists[next(iter(check.sqref.ranges)).min_col] = offered
    known = {"Kab/Kota": places.KAB_KOTA, "LP3H": institutions.LP3H, "Status": STATUS_CHOICES}
    assert lists == {at[header]: list(words) for header, words in known.items() if header in at}
    for header in {"NIB", "No. HP", "KBLI"} & set(at):
        column = sheet.column_dimensions[openpyxl.utils.get_column_letter(at[header])]
        assert column.number_format == "@", header


@pytest.mark.parametrize("status", STATUS_CHOICES)
def test_every_status_on_offer_is_known(status: str):
    """No choice of the list is a status that the reader would ask about."""
    assert statuses.meaning(status).canonical


def test_the_statuses_on_offer_are_all_there_are():
    """Wherever an application stands, the list has a label for it."""
    assert {statuses.meaning(status).canonical for status in STATUS_CHOICES} == set(schema.STATUSES)


def test_forms_are_the_same_every_time():
    """Made twice, a form is the same bytes: whoever has it may compare."""
    assert template("recaps") == template.__wrapped__("recaps")
