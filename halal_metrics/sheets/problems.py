"""What a reader has to say: collected as facts, spoken once, as a table."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pandas as pd

from halal_metrics import institutions, places, schema, statuses
from halal_metrics.sheets.cells import without_nik

COLUMNS: Final = {
    "severity": schema.TEXT,
    "code": schema.TEXT,
    "sheet": schema.TEXT,
    "row": schema.STATED,
    "column": schema.TEXT,
    "value": schema.TEXT,
    "message": schema.TEXT,
}

UNREADABLE: Final = {
    "password": "Berkas ini terkunci kata sandi. Buka di Excel, hapus kata sandinya, simpan, lalu unggah lagi.",
    "corrupt": "Berkas ini rusak atau terpotong. Minta pengirim mengirim ulang, atau simpan ulang dari Excel.",
    "empty": "Berkas ini kosong. Periksa apakah berkas yang dipilih sudah benar.",
    "no_header": "Tidak ditemukan baris judul kolom yang dikenal. Pastikan ada satu baris berisi nama kolom, "
    "misalnya 'No. Daftar', 'NIB', 'Kab/Kota', 'Status'.",
    "too_large": "Berkas ini terlalu besar. Pecah menjadi beberapa berkas, masing-masing paling besar 200 MB.",
    "unsupported": "Jenis berkas ini belum dapat dibaca. Simpan sebagai .xlsx atau .csv, lalu unggah lagi.",
}
"""Why a file cannot be read at all: code → sentence."""

SENTENCES: Final = (
    places.PROBLEMS
    | institutions.PROBLEMS
    | statuses.PROBLEMS
    | {
        # the sheet as a whole
        "sheet_hidden": ("info", "Lembar tersembunyi tidak dibaca; tampilkan di Excel bila isinya diperlukan."),
        "sheet_empty": ("info", "Lembar ini kosong."),
        "sheet_without_table": ("info", "Lembar ini tidak memuat tabel yang dikenal, jadi tidak dibaca."),
        "sheet_other_table": (
            "warning",
            "Lembar ini memuat tabel jenis lain ({value}), jadi {rows} barisnya dilewati; pilih tabel itu bila "
            "yang itu yang dimaksud.",
        ),
        "no_rows": ("warning", "Ada judul kolom, tetapi tidak ada satu baris data pun; periksa berkasnya."),
        "recap_positions": (
            "info",
            "Rekap ini menghitung posisi berkas (jumlah tahapnya sama dengan totalnya), jadi dijadikan "
            "kumulatif: tiap tahap memuat juga yang sudah lewat.",
        ),
        # a column as a whole
        "column_unused": ("info", "tidak dipakai."),
        "column_double": ("info", "tidak dipakai karena kolom '{value}' sudah mengisi hal yang sama."),
        "column_two_meanings": (
            "warning",
            "judul ini dapat berarti beberapa hal, jadi tidak ditebak; pilih artinya, atau perjelas judulnya.",
        ),
        "column_read_as": (
            "info",
            "judul ini dapat berarti beberapa hal; dibaca sebagai {value}. Ubah bila bukan itu maksudnya.",
        ),
        "nik_dropped": ("info", "NIK dikenali dan tidak disimpan."),
        "date_order_assumed": (
            "info",
            "urutan tanggal tidak dapat dipastikan dari isinya, jadi dibaca hari-bulan-tahun; periksa satu tanggal.",
        ),
        "place_from_address_column": (
            "info",
            "tidak ada di lembar ini; {rows} baris memakai kab/kota yang disebut di alamat.",
        ),
        # rows that are no records
        "row_total": ("info", "baris jumlah/total, dilewati."),
        "row_repeated_header": ("info", "judul kolom yang berulang, dilewati."),
        "row_unfilled": ("info", "baris tanpa isi di kolom yang dikenal, dilewati."),
        "duplicate_identical": ("info", "sama persis dengan {value}, jadi dihitung sekali."),
        # rows not taken
        "duplicate_less_advanced": (
            "error",
            "nomor daftar ini juga ada di {value} dengan tahap yang lebih maju; yang itu yang dipakai.",
        ),
        "quota_missing": ("error", "tidak ada angka kuota; isi kuotanya."),
        "recap_without_counts": ("error", "tidak memuat satu angka pun; isi jumlahnya."),
        "without_identity": ("error", "tidak ada nomor, NIB, atau nama; isi salah satunya."),
        # cells
        "date_impossible": ("warning", "'{value}' bukan tanggal yang mungkin; tulis misalnya 31/05/2025."),
        "number_impossible": ("warning", "'{value}' bukan jumlah yang dapat dibaca; tulis angka bulat saja."),
        "damaged_by_excel": ("warning", "{value} rusak oleh Excel; isi ulang dari berkas asal."),
        "nib_zero_restored": (
            "warning",
            "{value} hanya 12 angka; nol di depan yang hilang dikembalikan. Cocokkan dengan berkas asal.",
        ),
        "nib_invalid": ("warning", "'{value}' bukan NIB (13 angka); isi ulang dari berkas asal."),
        "certificate_invalid": (
            "warning",
            "'{value}' bukan nomor sertifikat halal (ID diikuti 17 angka; nomor KH bukan sertifikat); periksa.",
        ),
        "certificate_doubtful": (
            "warning",
            "'{value}' tidak sesuai bentuk nomor sertifikat (ID diikuti 17 angka); periksa angka yang kurang.",
        ),
        "place_from_address": ("info", "kosong; diisi {value} yang disebut di alamat."),
        # contradictions: the row is kept
        "issued_without_certificate": ("warning", "status terbit tetapi nomor sertifikat kosong; isi nomornya."),
        "certificate_not_issued": (
            "warning",
            "ada nomor sertifikat tetapi status belum terbit ({value}); perbarui status atau periksa nomornya.",
        ),
        "certificate_before_programme": (
            "warning",
            "nomor {value} terbit sebelum Februari 2025; periksa apakah usaha ini sudah bersertifikat dari "
            "program lain.",
        ),
        "dates_out_of_order": (
            "warning",
            "tanggal tahap tidak berurutan ({value}); periksa tanggalnya.",
        ),
        "recap_not_falling": (
            "warning",
            "tahap belakang lebih besar daripada tahap di depannya ({value}); periksa apakah angkanya kumulatif.",
        ),
    }
)
"""Kind of problem → severity and sentence, with room for its facts."""


class UnreadableFile(ValueError):
    """
    A file that cannot be read at all; `code` is a key of UNREADABLE and the message its sentence.

    >>> str(UnreadableFile("empty"))
    'Berkas ini kosong. Periksa apakah berkas yang dipilih sudah benar.'
    """

    def __init__(self, code: str):
        super().__init__(UNREADABLE[code])
        self.code = code


@dataclass(frozen=True)
class Finding:
    """One kind of problem in one column (or in the rows, or the sheet), at any number of places."""

    code: str
    at: np.ndarray | None = None
    """Positions among the rows looked at; None where the whole column or sheet is meant."""
    values: Sequence[str] = ()
    """The raw text at each position, or one for the whole."""
    facts: dict[str, Any] = field(default_factory=dict)
    """What else the sentence names."""
    sentences: Sequence[str] = ()
    """Ready sentences, where each value has its own."""

    def shown(self) -> list[str]:
        """The values as they may be shown: without NIK."""
        return [without_nik(value) for value in self.values]

    def spoken(self) -> list[str]:
        """One sentence for each position, or one for the whole."""
        template = SENTENCES[self.code][1]
        count = 1 if self.at is None else len(self.at)
        return list(self.sentences) or [
            template.format(value=value, **self.facts) for value in self.shown() or [""] * count
        ]


@dataclass
class Problems:
    """Collects findings of all sheets and makes one frame of them."""

    _parts: list[pd.DataFrame] = field(default_factory=list)

    def add(
        self,
        finding: Finding,
        *,
        sheet: str,
        rows: np.ndarray | None = None,
        column: str | None = None,
        header: str | None = None,
    ) -> None:
        """`rows`: the row numbers a person sees, to which the finding's positions point."""
        whole = finding.at is None
        seen = [None] if whole or rows is None else rows[finding.at].tolist()
        if not seen:
            return
        where = f" kolom {header or column}" if header or column else ""
        starts = [f"Baris {row}{where}: " for row in seen] if not whole else [f"K{where[2:]}: " if where else ""]
        self._parts.append(
            pd.DataFrame(
                {
                    "severity": SENTENCES[finding.code][0],
                    "code": finding.code,
                    "sheet": sheet,
                    "row": pd.array(seen, dtype=schema.STATED),
                    "column": column or header,
                    "value": finding.shown() or None,
                    "message": [a + b for a, b in zip(starts, finding.spoken(), strict=True)],
                }
            )
        )

    def frame(self) -> pd.DataFrame:
        """All problems, typed as COLUMNS: by sheet in order of appearance, then by row."""
        if not self._parts:
            return schema.empty(COLUMNS)
        said = pd.concat(self._parts, ignore_index=True)
        said["order"] = said["sheet"].map({name: order for order, name in enumerate(said["sheet"].unique())})
        return schema.conform(said.sort_values(["order", "row"], kind="stable", na_position="first"), COLUMNS)
