"""Invented registers, recaps, plans and lists, read as any other file."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from halal_metrics.sheets import Upload, read_upload

HEADERS = {
    "applications": {
        "registration_number": "No. Daftar",
        "reg_id": "ID Reg",
        "nib": "NIB",
        "business_name": "Nama PU",
        "phone": "No. HP",
        "status": "Status",
        "submitted_date": "Tgl Daftar",
        "statement_date": "Per tanggal",
    },
    "recaps": {
        "statement_date": "Per tanggal",
        "kab_kota": "Kab/Kota",
        "lp3h": "LP3H",
        "submitted": "Pengajuan",
        "issued": "Terbit",
    },
    "quotas": {
        "kab_kota": "Kab/Kota",
        "lp3h": "LP3H",
        "quota": "Kuota",
        "target_date": "Target",
        "statement_date": "Per tanggal",
    },
    "candidates": {
        "nib": "NIB",
        "business_name": "Nama Usaha",
        "kab_kota": "Kab/Kota",
        "product": "Produk",
        "source_opd": "OPD Pengusul",
    },
    "certificates": {
        "certificate_number": "No. Sertifikat",
        "nib": "NIB",
        "business_name": "Nama Usaha",
        "kab_kota": "Kab/Kota",
        "issued_date": "Tgl Terbit",
    },
}


def upload(table: str, lines: Iterable[dict[str, Any]], *, filename: str = "kiriman.csv") -> Upload:
    """An upload of these rows: {column: text}; dates like 16/05/2025."""
    headers = HEADERS[table]
    text = ";".join(headers.values()) + "\n"
    for line in lines:
        text += ";".join(str(line.get(column) or "") for column in headers) + "\n"
    return _read(text, filename, table)


@cache
def _read(text: str, filename: str, table: str) -> Upload:
    return read_upload(text.encode(), filename=filename, table=table)


def register(*numbers: int, status: str = "OF10", day: int = 16, filename: str = "register.csv") -> Upload:
    """Applications 1, 2, … as of a day in May 2025."""
    lines = [
        {
            "registration_number": f"SH2025-1-99{number:04}",
            "nib": f"99{number:011}",
            "business_name": f"Dapur Rekaan {number}",
            "status": status,
            "statement_date": f"{day:02}/05/2025",
        }
        for number in numbers
    ]
    return upload("applications", lines, filename=filename)
