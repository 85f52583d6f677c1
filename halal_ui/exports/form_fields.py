"""
What the blank forms ask for: one form for each of the five tables, one column for each a sender may know.

Headers are spellings the reader knows for certain; what a column means is said to the person who fills it.
"""

from dataclasses import dataclass
from typing import Final

from halal_ui.words.labels import TABLE_FORM


@dataclass(frozen=True)
class FormColumn:
    """One column of a form; `kind` is text, digits, place, lp3h, status, date or count."""

    header: str
    kind: str
    width: int
    meaning: str
    example: str
    needed: bool = False


@dataclass(frozen=True)
class Form:
    """What a form is called and asks for."""

    label: str
    title: str
    hint: str
    fields: tuple[FormColumn, ...]
    dated: bool = True
    """Whether it states things as of one day, asked above the columns."""


_NIB: Final = FormColumn("NIB", "digits", 17, "13 angka, tanpa titik atau spasi", "9901000000011")
_BUSINESS: Final = FormColumn("Nama Usaha", "text", 28, "nama usaha seperti di NIB", "Dapur Contoh", needed=True)
_OWNER: Final = FormColumn("Nama Pemilik", "text", 24, "nama pemilik; jangan tulis NIK", "Nama Contoh")
_PHONE: Final = FormColumn("No. HP", "digits", 17, "satu nomor, dimulai dengan 0", "081299990000")
_ADDRESS: Final = FormColumn("Alamat", "text", 34, "alamat tempat produksi", "Jl. Contoh No. 1")
_KECAMATAN: Final = FormColumn("Kecamatan", "text", 20, "kecamatan tempat produksi", "Tenggarong")
_PLACE: Final = FormColumn("Kab/Kota", "place", 31, "pilih dari daftar", "Kabupaten Kutai Kartanegara", needed=True)
_LP3H: Final = FormColumn(
    "LP3H", "lp3h", 36, "pilih dari daftar; yang belum ada boleh ditulis lengkap", "LP3H UINSI Samarinda", needed=True
)
_PRODUCT: Final = FormColumn("Nama Produk", "text", 26, "nama produk seperti di SIHALAL", "Keripik singkong")
_KBLI: Final = FormColumn("KBLI", "digits", 10, "5 angka", "10792")
_CERTIFICATE: Final = FormColumn(
    "No. Sertifikat", "text", 24, "ID diikuti 17 angka; bukan Nomor KH", "ID64110000000010625"
)
_KENDALA: Final = FormColumn("Kendala", "text", 30, "yang menghambat, bila ada", "menunggu foto produk")
_NOTE: Final = FormColumn("Catatan", "text", 30, "keterangan lain, bila perlu", "-")

FORMS: Final = {
    "applications": Form(
        TABLE_FORM["applications"],
        "REGISTER PENGAJUAN SERTIFIKASI HALAL",
        "Satu baris untuk satu pengajuan.",
        (
            FormColumn(
                "No. Daftar", "text", 19, "nomor daftar SIHALAL, dari tanda terima", "SH2025-1-999901", needed=True
            ),
            FormColumn("ID Reg", "digits", 11, "ID Reg SIHALAL, bila ada", "990001"),
            _NIB, _BUSINESS, _OWNER, _PHONE, _ADDRESS, _KECAMATAN, _PLACE, _LP3H,
            FormColumn("Nama Pendamping", "text", 24, "pendamping PPH yang mendampingi", "Pendamping Contoh"),
            FormColumn("Kode Fasilitasi", "text", 15, "kode program yang membiayai", "KALTIM25"),
            FormColumn("Merek Dagang", "text", 20, "merek, bila ada", "Contoh Rasa"),
            _PRODUCT, _KBLI,
            FormColumn(
                "Status", "status", 26, "pilih status SIHALAL dari daftar", "Sertifikat Halal Terbit", needed=True
            ),
            FormColumn("Tanggal Daftar", "date", 15, "hari pengajuan dikirim", "01/04/2025", needed=True),
            FormColumn("Tanggal Verval", "date", 15, "hari verifikasi dan validasi selesai", "08/04/2025"),
            FormColumn("Tanggal Komite Fatwa", "date", 15, "hari dikirim ke Komite Fatwa", "09/04/2025"),
            FormColumn("Tanggal Ketetapan Halal", "date", 15, "hari ditetapkan halal", "22/05/2025"),
            FormColumn("Tanggal Terbit", "date", 15, "hari sertifikat terbit", "02/06/2025"),
            _CERTIFICATE,
            FormColumn("Tanggal Keluar", "date", 15, "hari ditolak, dibatalkan, atau diganti", "-"),
            FormColumn("Jumlah Pengembalian", "count", 14, "berapa kali dikembalikan", "1"),
            _KENDALA, _NOTE,
        ),
    ),
    "recaps": Form(
        TABLE_FORM["recaps"],
        "REKAP KUMULATIF PENGAJUAN SERTIFIKASI HALAL",
        "Angka kumulatif: tiap tahap memuat juga yang sudah lewat ke tahap berikutnya, tanpa yang ditolak atau batal.",
        (
            _PLACE, _LP3H,
            FormColumn("Kuota", "count", 10, "kuota yang dibagikan", "100"),
            FormColumn("Draft", "count", 10, "baru draf, belum dikirim", "12"),
            FormColumn("Pengajuan", "count", 12, "semua yang sudah dikirim", "80", needed=True),
            FormColumn("Verval", "count", 10, "di antaranya sudah selesai verval", "64", needed=True),
            FormColumn("Komite Fatwa", "count", 11, "di antaranya sudah dikirim ke Komite Fatwa", "60", needed=True),
            FormColumn("Selesai Sidang", "count", 11, "di antaranya sudah ditetapkan halal", "35", needed=True),
            FormColumn("Terbit", "count", 10, "di antaranya sertifikatnya sudah terbit", "30", needed=True),
            FormColumn("Dikembalikan", "count", 14, "sedang dikembalikan ke pelaku usaha", "3"),
            FormColumn("Ditolak/Batal", "count", 12, "ditolak, dibatalkan, atau diganti", "2"),
            FormColumn("Pendamping Aktif", "count", 13, "pendamping yang mengajukan 30 hari terakhir", "9"),
            _KENDALA,
        ),
    ),
    "quotas": Form(
        TABLE_FORM["quotas"],
        "PEMBAGIAN KUOTA SERTIFIKASI HALAL",
        "Satu berkas adalah satu pembagian yang utuh, berlaku sejak tanggal di bawah ini.",
        (
            _PLACE, _LP3H,
            FormColumn("Kuota", "count", 10, "jumlah sertifikat yang dibagikan", "100", needed=True),
            FormColumn("Tenggat", "date", 15, "hari kuota harus terpakai", "31/05/2025", needed=True),
            _NOTE,
        ),
    ),
    "candidates": Form(
        TABLE_FORM["candidates"],
        "CALON PELAKU USAHA UNTUK SERTIFIKASI HALAL",
        "Pelaku usaha yang belum masuk program sertifikasi mana pun.",
        (
            _NIB, _BUSINESS, _OWNER, _PHONE, _ADDRESS, _KECAMATAN, _PLACE, _PRODUCT, _KBLI,
            FormColumn("OPD", "text", 30, "dinas yang mengusulkan", "Disperindag Kutim"),
        ),
        dated=False,
    ),
    "certificates": Form(
        TABLE_FORM["certificates"],
        "SERTIFIKAT HALAL DARI PROGRAM LAIN",
        "Pelaku usaha yang sudah bersertifikat di luar program ini.",
        (
            FormColumn("No. Sertifikat", "text", 24, _CERTIFICATE.meaning, "ID64110000000010323", needed=True),
            _NIB, _BUSINESS, _OWNER, _PLACE, _PRODUCT,
            FormColumn("Tanggal Terbit", "date", 15, "hari sertifikat terbit", "06/03/2023"),
            FormColumn("Nama Program", "text", 24, "program yang membiayai", "SEHATI 2023"),
        ),
        dated=False,
    ),
}  # fmt: skip
