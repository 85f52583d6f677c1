"""How each sender writes the same thing: headers, statuses, places, dates."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from plan import (
    AL_RAUDAH,
    BALIKPAPAN,
    BERAU,
    BONTANG,
    ITK,
    KUBAR,
    KUKAR,
    KUTIM,
    MAHULU,
    MEETING,
    PASER,
    PPU,
    SAMARINDA,
    UINSI,
    UNMUL,
)

HEADERS = """
registration_number | No. Daftar                 | Nomor Pendaftaran      | No. Pendaftaran                 | Nomor Daftar
reg_id              | ID Reg                     |                        |                                 |
nik                 |                            | NIK                    |                                 |
nib                 | NIB                        | Nomor Induk Berusaha   | NIB                             | No. NIB
business_name       | Nama Usaha                 | Nama Usaha             | Nama UMKM                       | Nama PU
owner_name          | Nama Pemilik               | Penanggung Jawab       | Pemilik                         | Nama Pemilik
phone               | No. HP                     | No. HP Kontak          | No WA                           | No Telepon
address             | Alamat Usaha               | Alamat                 | Alamat                          | Lokasi Usaha
kecamatan           | Kecamatan                  | Kecamatan              | Kecamatan                       | Kecamatan
kab_kota            | Kab/Kota                   | Kabupaten/Kota         | Wilayah                         | Kota/Kab
lp3h                | LP3H                       | Lembaga                | Halal Center                    | Lembaga Pendamping
p3h                 | Nama Pendamping            | Pendamping PPH         | Nama P3H                        | Pendamping
programme_code      | Kode Fasilitasi            | Kode Fasilitasi        | Kode Fasilitasi                 | kode_fac
brand               | Merek Dagang               | Merk Dagang            | Merek                           | Merk
product             | Nama Produk                | Nama Produk            | Produk                          | Nama Produk
kbli                | KBLI                       | Kode KBLI              | KBLI                            | KBLI
status              | Status                     | Status Permohonan      | Progres                         | Status Registrasi
submitted_date      | Tanggal Pengajuan          | Tgl Pengajuan          | Tanggal Daftar                  | Tgl. Daftar
verified_date       | Tanggal Verifikasi         | Tgl Verifikasi LP3H    | Tanggal Verval                  | Tgl. Selesai Verifikasi
fatwa_date          | Tanggal Kirim Komite Fatwa | Tgl Kirim Fatwa        | Tanggal Dikirim ke Komite Fatwa | Tgl. Masuk Komite Fatwa
decided_date        | Tanggal Ketetapan Halal    | Tgl Ketetapan Halal    | Tanggal Ditetapkan Halal        | Tgl. Ketetapan
issued_date         | Tanggal Terbit             | Tgl Terbit SH          | Tanggal Sertifikat              | Tgl. Terbit
exit_date           | Tanggal Keluar             | Tgl Keluar             | Tanggal Keluar Program          | Tgl. Keluar
certificate_number  | No. Sertifikat             | Nomor Sertifikat Halal | No. Sertifikat Halal            | No Sertifikat
returns             | Jumlah Pengembalian        | Jml Pengembalian       | Jumlah Pengembalian             | Jml Pengembalian
obstacle            | Kendala                    | Kendala                | Hambatan                        | Kendala
statement_date      | Per Tanggal                | Per tanggal            | Per Tgl                         | Per Tanggal
"""  # noqa: E501 - a table is read by its columns

CODES = "OF1|OF10|OF71|OF72|OF74|OF100|OF120|OF300|OF280|OF285|OF290|OF900|GANTI"
CODES_SENT = CODES.replace("GANTI", "Diganti")  # SIHALAL has no code for it
LABELS = (
    "Draft PU|Pengajuan|Selesai P3H|Verifikasi LP3H|Dikirim ke Komite Fatwa|Selesai Sidang Fatwa|"
    "Penerbitan Sertifikat|Sertifikat Halal Terbit|Dikembalikan ke PU|Dikembalikan oleh Fatwa|"
    "Ditolak|Dibatalkan|Diganti"
)
SPOKEN = (
    "Draft|Submitted PU|Selesai P3H|Selesai Verifikasi LP3H|Sent to Komite Fatwa|Selesai Sidang Fatwa|"
    "Penerbitan Sertifikat|Terbit SH|Returned to PU|Dikembalikan Oleh Komite Fatwa|"
    "Ditolak|Dibatalkan|Diganti"
)
MIXED = (
    "Draf|Submitted|Selesai P3H|Selesai Verifikasi LP3H|Dikirim ke Komite Fatwa|Selesai Sidang Fatwa|"
    "Penerbitan Sertifikat|SH Terbit|Dikembalikan ke PU|Returned By KF|"
    "Rejected|Dibatalkan|Diganti"
)
MONTHS = "Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|November|Desember"

SHORT = {
    PASER: "Tanah Grogot",
    KUKAR: "Kab. Kukar",
    BERAU: "Berau",
    KUBAR: "Kubar",
    KUTIM: "Kutim",
    PPU: "PPU",
    MAHULU: "Mahulu",
    BALIKPAPAN: "BPN",
    SAMARINDA: "SMD",
    BONTANG: "Bontang",
}


def in_words(day: date) -> str:
    """31 Mei 2025"""
    return f"{day.day} {MONTHS.split('|')[day.month - 1]} {day.year}"


def abbreviated(kab_kota: str) -> str:
    """Kab. Paser, Kota Bontang"""
    return kab_kota.replace("Kabupaten", "Kab.")


@dataclass(frozen=True)
class Sender:
    """One LP3H and its habits."""

    name: str  # in the file's name
    lp3h: str
    signs_as: str  # in the LP3H column
    headers: dict[str, str]  # column -> header, in the order of the sheet
    statuses: dict[str, str]  # SIHALAL code -> what is written
    place: Callable[[str], str]
    day: Callable[[date], date | str]
    suffix: str
    sends_on: list[date]


def _headers(column: int) -> dict[str, str]:
    lines = [[cell.strip() for cell in line.split("|")] for line in HEADERS.strip().splitlines()]
    return {line[0]: line[column] for line in lines if line[column]}


def _statuses(labels: str) -> dict[str, str]:
    return dict(zip(CODES.split("|"), labels.split("|"), strict=True))


def _days(text: str) -> list[date]:
    return [date.fromisoformat(f"2025-{day}") for day in text.split()]


FORTNIGHTS = _days(
    "03-14 03-27 04-11 04-25 05-09 05-23 06-04 06-20 07-04 07-18 08-01 08-15 08-29 09-12 09-26 10-10 10-24 "
    "11-07 11-21 12-05 12-12 12-19"
)

SENDERS = [
    Sender(
        "Unmul",
        UNMUL,
        "LP3H Unmul",
        _headers(1),
        _statuses(LABELS),
        abbreviated,
        lambda day: day,
        "xlsx",
        FORTNIGHTS,
    ),
    Sender(
        "UINSI",
        UINSI,
        "LP3H UINSI",
        _headers(2),
        _statuses(CODES_SENT),
        lambda kab_kota: abbreviated(kab_kota).upper(),
        in_words,
        "xlsx",
        [day for day in FORTNIGHTS if day >= date(2025, 4, 25)],  # started late
    ),
    Sender(
        "Al-Raudah",
        AL_RAUDAH,
        "LP3 Halal Center Al Raudah",
        _headers(3),
        _statuses(SPOKEN),
        lambda kab_kota: SHORT[kab_kota],
        lambda day: f"{day:%d/%m/%Y}",
        "csv",
        [day for day in FORTNIGHTS if not MEETING < day < date(2025, 7, 10)],  # went quiet
    ),
    Sender(
        "ITK",
        ITK,
        "LP3H ITK",
        _headers(4),
        _statuses(MIXED),
        lambda kab_kota: kab_kota.split(" ", 1)[1],
        lambda day: day,
        "xlsx",
        _days("03-27 04-25 05-23 06-04 07-04 08-01 08-29 09-26 10-24 11-21 12-12 12-19"),  # few people
    ),
]
