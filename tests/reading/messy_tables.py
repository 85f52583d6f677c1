"""Random tables for hypothesis: what is meant, and how a sender might write it. Spellings are those of the field."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from halal_metrics import schema
from halal_metrics.sheets.headings import headers

PLACES = {
    "Kabupaten Paser": ["Paser", "KAB. PASER", "Kab. Paser", "Tanah Grogot", "64.01"],
    "Kabupaten Kutai Kartanegara": ["KUKAR", "Kutai Kartanegara", "Tenggarong", "Kab Kutai Kartanegara", "64.02"],
    "Kabupaten Berau": ["Berau", "PEMKAB BERAU", "Tg. Redeb", "64.03"],
    "Kabupaten Kutai Barat": ["Kubar", "Kutai Brt", "Sendawar"],
    "Kabupaten Kutai Timur": ["Kutim", "KABUPATEN KUTAI TIMUR", "Sangatta"],
    "Kabupaten Penajam Paser Utara": ["PPU", "Penajam", "6409"],
    "Kabupaten Mahakam Ulu": ["Mahulu", "Mahakam Hulu", "64.11"],
    "Kota Balikpapan": ["Bpn", "KOTA BALIKPAPAN", "Balikpapan"],
    "Kota Samarinda": ["SMD", "Kodya Samarinda", "Samarinda"],
    "Kota Bontang": ["Btg", "Kota Bontang", "6474"],
}
LP3H = {
    "Halal Center Universitas Mulawarman": ["LP3 Halal Center Unmul", "UNMUL", "LP2M Unmul"],
    "LP3H UINSI Samarinda": ["LP3H UINSI", "UIN Samarinda", "PUKAHA UINSI"],
    "LP3H Al-Raudah (Kukar)": ["Al-Raudah", "Ar-Raudah", "LP3 Halal Center Al Raudah"],
    "LP3H Institut Teknologi Kalimantan": ["ITK", "LP3H ITK"],
    "PWI Kaltim": ["Perkumpulan Wanita Islam", "PWI Kaltim"],
    "LP3H Rekaan": ["LP3H Rekaan"],
}
STATUSES = {
    "draft": ["OF1", "Draft PU"],
    "submitted": ["OF10", "Pengajuan", "Submitted"],
    "verified": ["OF71", "Verifikasi LP3H", "of72"],
    "fatwa": ["OF74", "Dikirim ke Komite Fatwa"],
    "decided": ["OF100", "Penerbitan Sertifikat", "Certificate Issued"],
    "issued": ["OF300", "SH Terbit", "SERTIFIKAT HALAL TERBIT"],
    "returned": ["OF280", "Dikembalikan oleh Fatwa"],
    "rejected": ["Ditolak"],
    "cancelled": ["OF900", "Dibatalkan"],
}
NAMES = [
    "Dapur Rekaan", "Total Rasa", "Jumlah Berkah", "Café Désirée", "CV. Rekaan Jaya, Tbk", "Warung 99", "Catatan Kue",
    "UD Maju; Cabang 2", "Keterangan Rasa 1", "=Rasa", 'Kedai "Rekaan"', "Roti & Kue <baru>", "Sub Rosa",
    "Mengetahui Rasa",
]  # fmt: skip
TEXTS = {
    "business_name": NAMES,
    "owner_name": ["Siti Rekaan", "Budi Rekaan, S.E.", "Ni Luh Rekaan"],
    "address": ["Jl. Rekaan No. 5 RT 2", "Gg. Contoh\nRT 3", "Desa Rekaan, dekat pasar"],
    "kecamatan": ["Rekaan Ulu", "Rekaan Ilir"],
    "p3h": ["Pendamping Rekaan", "Pendamping Contoh"],
    "programme_code": ["KALTIM25", "SEHATI25"],
    "brand": ["Rekaan", "Contoh 1"],
    "product": ["Keripik singkong", "Sambal", "Roti, tawar"],
    "obstacle": ["sinyal sulit", "menunggu foto"],
    "note": ["tambahan", "lengkap"],
    "source_opd": ["Dinas Rekaan", "Disperindag Contoh"],
    "programme": ["SEHATI 2023", "Mandiri"],
}
MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
WEEKDAYS = "Senin Selasa Rabu Kamis Jumat Sabtu Minggu".split()

NEEDED = {
    "applications": ["registration_number", "business_name", "status"],
    "recaps": ["kab_kota", "submitted", "issued"],
    "quotas": ["kab_kota", "quota"],
    "candidates": ["nib", "business_name"],
    "certificates": ["certificate_number", "business_name"],
}
"""What tells a table from the others; the rest of its columns may be there."""


@dataclass
class Column:
    """One column: its header, the values that are meant (None where missing), the cells as written."""

    name: str
    header: str
    values: list[Any]
    cells: list[Any]


def _spaced(day: dt.date, mark: str, *, short: bool = False) -> str:
    return f"{day.day}{mark}{day.month}{mark}{day.year % 100 if short else day.year}"


DATES: dict[str, Callable[[dt.date], Any]] = {
    "cell": lambda day: day,
    "iso": lambda day: day.isoformat(),
    "slashes": lambda day: day.strftime("%d/%m/%Y"),
    "dashes": lambda day: _spaced(day, "-", short=True),
    "dots": lambda day: day.strftime("%d.%m.%Y"),
    "long": lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
    "short": lambda day: f"{day.day} {MONTHS[day.month - 1][:3]} {day.year % 100}",
    "weekday": lambda day: f"{WEEKDAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}",
    "serial": lambda day: (day - dt.date(1899, 12, 30)).days,
    "american": lambda day: f"{day.month}/{day.day}/{day.year} 12:00:00 AM",
}
_SURE = ["cell", "iso", "long", "short", "weekday"]


def _dates(draw: st.DrawFn, rows: int) -> tuple[list[Any], list[Any]]:
    """One notation for all, or several that no reader can confuse; the American one only where some day shows it."""
    day = st.dates(dt.date(2025, 2, 20), dt.date(2025, 12, 12))
    days = draw(st.lists(st.none() | day, min_size=rows, max_size=rows))
    notation = draw(st.sampled_from([*DATES, "mixed"]))
    if notation == "american" and not any(day and day.day > 12 for day in days):
        notation = "iso"
    notations = [draw(st.sampled_from(_SURE)) if notation == "mixed" else notation for _ in days]
    return days, ["" if day is None else DATES[how](day) for day, how in zip(days, notations, strict=True)]


def _words(
    draw: st.DrawFn, rows: int, spellings: dict[str, list[str]], *, gaps: bool, unique: bool = False
) -> tuple[list[Any], list[Any]]:
    words = st.sampled_from([*spellings, *[None] * gaps])
    values = draw(st.lists(words, min_size=rows, max_size=rows, unique=unique))
    return values, ["" if value is None else draw(st.sampled_from([value, *spellings[value]])) for value in values]


def _count(draw: st.DrawFn, value: int) -> Any:
    written = [value, str(value), f"{value:,}".replace(",", "."), f"{value},0", f" {value} "]
    return draw(st.sampled_from([*written, *(["-", "nihil"] if value == 0 else [])]))


def _counts(draw: st.DrawFn, rows: int, *, gaps: bool) -> tuple[list[Any], list[Any]]:
    amount = st.sampled_from([0, 1, 12, 999, 1000, 1250, 45000])
    values = draw(st.lists((st.none() | amount) if gaps else amount, min_size=rows, max_size=rows))
    return values, ["" if value is None else _count(draw, value) for value in values]


def _numbers(draw: st.DrawFn, rows: int, column: str) -> tuple[list[Any], list[Any]]:
    """Identifiers, one after the other; each in one of the ways spreadsheets leave them."""
    start = draw(st.integers(0, 800_000))
    values: list[str] = []
    cells: list[Any] = []
    for at in range(start, start + rows):
        match column:
            case "registration_number":
                value = f"SH2025-1-{at:06d}"
                written = [value, value.lower(), f" {value}", value.replace("-", " - ")]
            case "reg_id":
                value = f"35{at:06d}"
                written = [value, int(value), f"{value}.0"]
            case "nib":
                value = f"{draw(st.sampled_from(['8120', '0289', '9120']))}{at + 1:09d}"
                written = [value, f"'{value}", f"{value}.0", f"{value[:4]} {value[4:8]} {value[8:]}"]
                written += [int(value)] if value[0] != "0" else []
            case "certificate_number":
                value = f"ID64110{at:08d}0625"
                written = [value, f"ID {value[2:]}", value.lower()]
            case "phone":
                value = f"0812{at:08d}"
                written = [value, value[1:], int(value[1:]), f"+62 {value[1:4]}-{value[4:8]}-{value[8:]}"]
            case _:
                value = f"1{at % 10_000:04d}"
                written = [value, int(value), f"{value} - Industri Rekaan", f"{value}.0"]
        values.append(value)
        cells.append(draw(st.sampled_from(written)))
    return values, cells


def _cells(
    draw: st.DrawFn, column: str, dtype: str, rows: int, *, needed: bool, unique: bool
) -> tuple[list[Any], list[Any]]:
    if dtype == schema.DATE:
        return _dates(draw, rows)
    if dtype in (schema.COUNT, schema.STATED):
        return _counts(draw, rows, gaps=dtype == schema.STATED and not needed)
    if column in (words := {"kab_kota": PLACES, "lp3h": LP3H, "status": STATUSES}):
        return _words(draw, rows, words[column], gaps=not needed, unique=unique and needed)
    if column in TEXTS:
        texts = st.sampled_from([*TEXTS[column], *([] if needed else [None])])
        values = draw(st.lists(texts, min_size=rows, max_size=rows))
        empty = st.sampled_from(["", "-"])
        return [value and value.replace("\n", " ") for value in values], [
            draw(empty) if value is None else draw(st.sampled_from([value, f"  {value} "])) for value in values
        ]
    return _numbers(draw, rows, column)


def _header(draw: st.DrawFn, column: str, table: str, taken: set[str]) -> str:
    """A spelling that means this column in this table and no other there, in any case, with any spaces."""
    listed = (headers.COUNTS if table == "recaps" else {}) | {}
    texts = f"{listed.get(column, '')},{headers.SPELLINGS.get(column, '')}"
    spellings = [
        spelling
        for spelling in re.split(r",\s*", texts)
        if spelling and headers.column_of(spelling, table) and not headers.either(spelling)
        if headers.column_of(spelling, table)[0] == column and headers.key(spelling) not in taken
    ]
    spelling = draw(st.sampled_from(spellings))
    taken.add(headers.key(spelling))
    dressed = [
        spelling,
        spelling.upper(),
        spelling.lower(),
        spelling.replace(" ", "\n"),
        spelling.replace(" ", "_"),
        f" {spelling} ",
    ]
    return draw(st.sampled_from(dressed))


def _falling(columns: list[Column], draw: st.DrawFn) -> None:
    """Counts of a recap as cumulative ones: each stage at most the one before."""
    staged = [column for stage in schema.STAGES for column in columns if column.name == stage]
    for row in range(len(columns[0].values)):
        stated = [column for column in staged if column.values[row] is not None]
        falling = sorted((column.values[row] for column in stated), reverse=True)
        for column, value in zip(stated, falling, strict=True):
            column.values[row], column.cells[row] = value, _count(draw, value)


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, list[Column]]:
    """One of the five tables and its columns, in any order."""
    table = draw(st.sampled_from(list(NEEDED)))
    dtypes = {name: dtype for name, dtype in schema.TABLES[table].items() if name not in schema.SOURCE}
    others = [name for name in dtypes if name not in (*NEEDED[table], "status_raw")]
    chosen = [*NEEDED[table], *draw(st.lists(st.sampled_from(others), unique=True, max_size=8))]
    rows, taken = draw(st.integers(1, 5)), set()
    columns = [
        Column(
            name,
            _header(draw, name, table, taken),
            *_cells(draw, name, dtypes[name], rows, needed=name in NEEDED[table], unique=table == "recaps"),
        )
        for name in draw(st.permutations(chosen))
    ]
    if table == "recaps":
        _falling(columns, draw)
    return table, columns
