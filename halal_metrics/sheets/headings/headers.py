"""Header spellings → columns, and which of the five tables a sheet holds.

Spellings from SIHALAL's own screens and exports, peer systems, and what staff write. Case, dots, slashes, spaces and
underscores do not matter; "Tgl", "Nomor", "Jml", "Merk", "Kabupaten" are read as their other spelling.
"""

import re
from functools import lru_cache
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from halal_metrics import schema, statuses
from halal_metrics.sheets.headings import qualifiers
from halal_metrics.spelling import compact

# In each list the earlier spelling is the better witness: where two headers mean one column, the earlier is taken.
SPELLINGS: Final = {
    "registration_number": "No. Daftar, No. Pendaftaran, No. Registrasi SIHALAL, No. Registrasi, No Reg, "
    "Register Number, Submission Number, ID Pengajuan, No. Pengajuan",
    "reg_id": "ID Reg, ID Registrasi, ID Daftar",
    "nib": "NIB, No. NIB, Nomor Induk Berusaha, Nomor Induk Berusaha (NIB)",
    "business_name": "Nama Usaha, Business Name, Nama Toko, Usaha, Nama Usaha/Toko",
    "owner_name": "Nama Pemilik, Nama Penanggung Jawab, Penanggung Jawab, nama_pj, PJ, Pemilik, Pemilik Usaha, "
    "Nama Pemilik Usaha, Nama Sesuai KTP, Nama Lengkap, Nama Kontak",
    "phone": "No. HP, No. HP Kontak, No. HP/WA, HP/WA, HP, No WA, WA, WhatsApp, No. WhatsApp, No. Handphone, "
    "Handphone, No Telepon, No. Telp, Telp, Telepon, Telephone, No. Kontak, no_kontak_pj, Kontak",
    "address": "Alamat Usaha, Alamat, Alamat Lengkap, alamat_pu, Alamat Pabrik, Alamat Produksi, Lokasi Usaha, "
    "Domisili",
    "kecamatan": "Kecamatan, Kec.",
    "kab_kota": "Kab/Kota, Nama Kab/Kota, Kota/Kab, Kabupaten, Kota, Wilayah, Daerah",
    "lp3h": "LP3H, Nama LP3H, LP3H Pendamping, Nama LPH / LP3H, LPH/LP3H, Lembaga Pendamping, "
    "Nama Lembaga Pendamping, nama_lembaga, Lembaga, Halal Center",
    "p3h": "Nama Pendamping, Nama P3H, P3H, Pendamping, Pendamping PPH, Nama Pendamping PPH, Nama PPH, "
    "Pendamping Halal, Nama Pendamping Halal",
    "programme_code": "Kode Fasilitasi, kode_fac, Kode Voucher, Kode Program",
    "brand": "Merek Dagang, Merek, Nama Merek, Merek Produk, Brand",
    "product": "Nama Produk, product_name, Produk, Varian, Jenis Produk, Jenis Produk & Merek, Rincian Produk, "
    "Kategori Produk, Kelas Produk",
    "kbli": "KBLI, Kode KBLI, No KBLI, KBLI 2020, Judul KBLI",
    "status": "Status, Status Permohonan, Status Pengajuan, Status Registrasi, status_reg, status_code, "
    "Status SIHALAL, Status Sertifikasi, Status Terakhir, Progres, Progress, Posisi, Tahap, Tahapan",
    "submitted_date": "Tanggal Daftar, Tanggal Pengajuan, Tanggal Pendaftaran, Tanggal Submit, Tanggal Masuk, "
    "create_on, Tanggal Input, Timestamp, Stempel Waktu, Cap Waktu, Tanggal Diajukan, Tanggal Permohonan, "
    "Tanggal Registrasi",
    "verified_date": "Tanggal Verifikasi, Tanggal Verval, Tanggal Selesai Verval, Tanggal Selesai Verifikasi, "
    "Tanggal Verifikasi LP3H, Tanggal Selesai Verifikasi LP3H, Tanggal Verifikasi BPJPH, Tanggal Selesai P3H, "
    "Tanggal Verval P3H, Tanggal Verval LP3H, Tanggal Verval Selesai, Tanggal Terverifikasi",
    "fatwa_date": "Tanggal Dikirim ke Komite Fatwa, Tanggal Kirim Komite Fatwa, Tanggal Komite Fatwa, "
    "Tanggal Masuk Komite Fatwa, Tanggal Masuk Fatwa, Tanggal Kirim Fatwa, Tanggal Fatwa, Tanggal Fatwa Halal, "
    "Tanggal Komisi Fatwa, Tanggal Kirim ke Komite Fatwa, Tanggal Proses Fatwa",
    "decided_date": "Tanggal Ketetapan Halal, Tanggal Ketetapan, Tanggal Ditetapkan Halal, Tanggal Ditetapkan, "
    "Tanggal Penetapan Halal, Tanggal KH, "
    "Tanggal Selesai Sidang, Tanggal Sidang Fatwa, Tanggal Sidang, Tanggal Sidang Halal, "
    "Tanggal Sidang Komite Fatwa, Tanggal Selesai Sidang Fatwa",
    "issued_date": "Tanggal Terbit, Tanggal Terbit SH, Tanggal SH, Tanggal Terbit Sertifikat, Tanggal Sertifikat, "
    "Tanggal Sertifikat Halal, Tanggal Penerbitan, Tanggal Penerbitan Sertifikat, Tanggal Berlaku, Tanggal SH Terbit, "
    "Tanggal Terbit Sertifikat Halal, Tanggal Sertifikat Terbit, Tanggal Diterbitkan",
    "exit_date": "Tanggal Keluar, Tanggal Keluar Program, Tanggal Batal, Tanggal Dibatalkan, Tanggal Ditolak, "
    "Tanggal Diganti, Tanggal Mundur, Tanggal Pembatalan, Tanggal Penolakan",
    "status_raw": "Status Asli",
    "certificate_number": "No. Sertifikat, No. Sertifikat Halal, no_sertif_halal, no_sertikat, ID Halal, "
    "No. Sertifikat BPJPH",
    "returns": "Jumlah Pengembalian, Jumlah Dikembalikan, Pengembalian, Kali Dikembalikan",
    "obstacle": "Kendala, Hambatan, Permasalahan, Kendala/Hambatan",
    "note": "Catatan, Catatan 1, Alasan, Notes, Comment, Catatan 2",
    "statement_date": "Per Tanggal, Data per Tanggal, Tanggal Data, Tanggal Laporan, Tanggal Rekap, Posisi per Tanggal",
    "source_opd": "OPD, OPD Pengusul, Nama OPD, Sumber OPD, Asal OPD, Dinas, Instansi, Sumber Data",
    "programme": "Nama Program, Sumber Program, Nama Fasilitasi, fac_name, Sumber Fasilitasi, Fasilitasi, "
    "Program Fasilitasi, Jenis Program, Jenis Fasilitasi, Skema, Skema Fasilitasi, Jalur, Jalur Fasilitasi, "
    "Sumber Pembiayaan, Sumber Biaya, Sumber Dana, Sumber Anggaran, Pembiayaan",
    "quota": "Kuota, Jumlah Kuota, Alokasi Kuota, Kuota Alokasi, Alokasi, Jumlah Alokasi, Target Kuota, "
    "Pembagian Kuota, Jatah, Pagu",
    "target_date": "Tanggal Target, Target Tanggal, Target (tgl), Tenggat, Tanggal Tenggat, Batas Waktu, Target Waktu, "
    "Target Selesai, Deadline",
}

# A recap's columns hold counts; the same words head text columns in other tables.
COUNTS: Final = {
    "draft": "Draft, Draf",
    "submitted": "Pengajuan, Diajukan, Submitted, Jumlah Pengajuan",
    "verified": "Verval, Verifikasi, Terverifikasi, Diverifikasi, Selesai Verval",
    "fatwa": "Komite Fatwa, Sidang Fatwa, Fatwa, Sidang",
    "decided": "Selesai Sidang, Ketetapan, Penetapan",
    "issued": "Terbit, SH Terbit, Terbit SH, Sertifikat Terbit, Jumlah Terbit, Jumlah Sertifikat, Sertifikat",
    "returned": "Dikembalikan, Pengembalian, Revisi",
    "exited": "Ditolak/Batal, Batal/Ditolak, Ditolak/Dibatalkan, Ditolak, Batal, Dibatalkan, Diganti, Gugur, "
    "Keluar, Mundur",
    "active_p3h": "Pendamping Aktif, P3H Aktif, Jumlah Pendamping Aktif, Jumlah P3H Aktif",
}

# Headers that mean one thing or another: settled by the content, the table, or what else the sheet has.
EITHER: Final = {
    "business_or_owner": "Nama PU, Nama Pelaku Usaha, Pelaku Usaha, PU, Nama UMKM, Nama UMK, Nama IKM, UMKM, "
    "Nama Perusahaan",
    "registration_or_certificate": "No SH",
    "status_or_note": "Keterangan, Ket., Proses, Progres, Progress, Posisi, Posisi Berkas, Perkembangan",
    "quota_or_date": "Target",
    "any_date": "Tanggal",
    "name_or_code": "Program",
    "decided_or_issued": "Tanggal Penetapan",
    "used": "Dimanfaatkan, Kuota Dimanfaatkan, Terpakai, Kuota Terpakai, Terserap, Kuota Terserap, Realisasi, "
    "Realisasi Kuota, Kuota Realisasi, Kuota Digunakan",
    "total": "Total, Jumlah, Jumlah Total, Grand Total, Sub Total, Total Pengajuan, Total Permohonan, Total PU, "
    "Total Data, Total Berkas",
    "any_name": "Nama",
    "nik": "NIK, No. KTP, No KTP/NIK, NIK/No KTP, NIK KTP, Nomor Induk Kependudukan, NIK Pemilik, NIK PU, KTP, "
    "No. Identitas",
    "numbering": "No, No Urut, __index_level_0__",
}

IDENTITY: Final = ("registration_number", "reg_id", "certificate_number", "nib", "business_name", "owner_name")
"""Columns by which a row can be known for one business."""

OF_APPLICATIONS: Final = {
    "registration_number", "reg_id", "programme_code", "status", "lp3h", "p3h", "submitted_date", "verified_date",
    "fatwa_date", "decided_date", "exit_date", "returns",
}  # fmt: skip

_SAME: Final = (
    ("nomor", "no"), ("tgl", "tanggal"), ("jml", "jumlah"), ("merk", "merek"), ("kabupaten", "kab"),
)  # fmt: skip


@lru_cache(maxsize=50_000)
def key(header: str) -> str:
    """
    A header as it is looked up.

    >>> key("Tgl. Daftar") == key("tanggal_daftar"), key("KABUPATEN / KOTA") == key("Kab.Kota")
    (True, True)
    """
    plain = compact(header)
    for one, other in _SAME:
        plain = plain.replace(one, other)
    return plain


def _index(spellings: dict[str, str], *, names_too: bool) -> dict[str, tuple[str, int]]:
    return {
        key(spelling): (column, rank)
        for column, text in reversed(spellings.items())
        for rank, spelling in reversed([*enumerate([*[column] * names_too, *re.split(r",\s*", text)])])
    }


_SPELLED: Final = _index(SPELLINGS, names_too=True)
_COUNTED: Final = _index(COUNTS, names_too=True)
_EITHER: Final = _index(EITHER, names_too=False)
_FORM_STAMPS: Final = frozenset(map(key, ("Timestamp", "Stempel Waktu", "Cap Waktu")))


NUMBERED: Final = re.compile(r"^\s*(?:\d{1,2}|[a-z])[.)]\s", re.IGNORECASE)
"""The number of a column before its name."""

_AGAIN: Final = re.compile(r" \(\d+\)$")
_BRACKETED: Final = re.compile(r"\(([^)]*)\)")


@lru_cache(maxsize=50_000)
def _known_key(header: str) -> str:
    """
    The key of a header, without its unit and its number where it is not known with them.

    >>> _known_key("Kuota (PU)"), _known_key("Target (tgl)"), _known_key("3. NIB"), _known_key("Terbit (minggu ini)")
    ('kuota', 'targettanggal', 'nib', 'terbitmingguini')
    """
    plain, bare = key(header), key(_bare(header))
    known = any(plain in index for index in (_SPELLED, _COUNTED, _EITHER))
    return plain if known or not bare or _counts_something_else(header, bare) else bare


def _bare(header: str) -> str:
    return _BRACKETED.sub(" ", NUMBERED.sub(" ", header))


def _counts_something_else(header: str, bare: str) -> bool:
    """Whether the words in brackets say that this is not the count whose name stands before them."""
    counts = bare in _COUNTED or _SPELLED.get(bare, ("",))[0] == "quota" or _EITHER.get(bare, ("",))[0] == "used"
    return counts and not _brackets_explain(header)


def _brackets_explain(header: str) -> bool:
    said = (qualifiers.qualifier(*qualifiers.plain_words(text)).kind for text in _BRACKETED.findall(header))
    return {*said} <= qualifiers.SAYS_THE_VALUE


def column_of(header: str, table: str | None = None) -> tuple[str, int] | None:
    """
    The column a header means, in this table if one is given, and how good a witness it is (0 is best).

    >>> column_of("Nomor Pendaftaran"), column_of("Terbit", "recaps"), column_of("Terbit", "applications")
    (('registration_number', 2), ('issued', 1), None)

    A recap may also head its columns with the labels of SIHALAL ("Selesai Sidang Fatwa").
    """
    if "%" in header or statuses.is_among_words(header):  # a rate, which is never read; a row of data
        return None
    plain = _known_key(header)
    if table == "recaps" and plain in _COUNTED:
        return _COUNTED[plain]
    if plain in _SPELLED and (table is None or _SPELLED[plain][0] in schema.TABLES[table]):
        return _SPELLED[plain]
    if table == "recaps" and plain not in _EITHER:
        label = _bare(header) if _brackets_explain(header) else header
        status = statuses.meaning(header).canonical or statuses.meaning(label).canonical
        return ("exited" if status in schema.LEFT else status, 99) if status else None
    return None


@lru_cache
def spellings(table: str | None) -> tuple[tuple[str, str], ...]:
    """(column, spelling) of all headers that mean one column, in this table if one is given."""
    lists = (SPELLINGS | COUNTS if table == "recaps" else SPELLINGS).items()
    columns = schema.TABLES[table] if table else None
    return tuple(
        (column, spelling)
        for column, text in lists
        if columns is None or column in columns
        for spelling in re.split(r",\s*", text)
    )


def keys(texts: pa.LargeStringArray) -> pa.Array:
    """`key` of a whole column; no known header has other letters than a to z."""
    plain = pc.replace_substring_regex(pc.utf8_lower(texts), r"[\W_]+", "")
    for one, other in _SAME:
        plain = pc.replace_substring(plain, one, other)
    return plain


KNOWN_KEYS: Final = pa.array(
    sorted({*_SPELLED, *_COUNTED, *_EITHER, *(key(label) for label in statuses.SPELLINGS)}), pa.large_string()
)
"""Keys of all headers there are."""


def is_count(header: str) -> bool:
    """Whether a recap heads a column of counts so."""
    found = column_of(header, "recaps")
    return bool(found and found[0] in COUNTS)


def is_status(header: str) -> bool:
    """Whether the header is that of an application's status."""
    return (column_of(header) or ("",))[0] == "status"


def is_form_stamp(header: str) -> bool:
    """Whether the header is that of when somebody filled in a form: no word that an application was sent in."""
    return key(header) in _FORM_STAMPS


def either(header: str) -> str | None:
    """Which of EITHER a header belongs to."""
    return _EITHER.get(_known_key(header), (None, 0))[0]


_PLACE, _LP3H = ("|".join(map(key, re.split(r",\s*", SPELLINGS[name]))) for name in ("kab_kota", "lp3h"))
_OF_BOTH: Final = re.compile(rf"(?:{_PLACE})(?:dan)?(?:{_LP3H})|(?:{_LP3H})(?:dan)?(?:{_PLACE})")
"""Keys of headers over places and LP3H in one column."""


@lru_cache(maxsize=50_000)
def is_header(text: str) -> bool:
    """Whether a cell's text heads a column in any table; a row of such cells is a header row."""
    plain = _known_key(text)
    known = plain in _SPELLED or plain in _COUNTED or plain in _EITHER or _OF_BOTH.fullmatch(plain)
    return bool(known or column_of(text, "recaps"))


def unnumbered(header: str) -> str:
    """
    A header that stands several times on its sheet, without the number that tells it from the first.

    >>> unnumbered("Status (2)"), unnumbered("Status")
    ('Status', 'Status')
    """
    return _AGAIN.sub("", header)


def label(column: str) -> str:
    """A column's name as staff write it."""
    return (SPELLINGS | COUNTS).get(column, column).split(",")[0]
