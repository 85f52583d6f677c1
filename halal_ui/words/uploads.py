"""The words of the page Unggah: columns, certainties, kinds of problems."""

from typing import Any, Final

from halal_metrics import schema
from halal_metrics.sheets.headings import headers
from halal_ui.words.formats import fmt_date, is_missing
from halal_ui.words.labels import APPLICATION_STATUS
from halal_ui.words.names import WRITE

CERTAINTY: Final = {
    "exact": "pasti",
    "alias": "pasti, ejaan lain",
    "content": "dari isinya, mohon periksa",
    "similar": "mirip, mohon periksa",
    "given": "dipilih",
}
"""How sure the reader is of a header → the words for it."""

GUESSED: Final = frozenset({"content", "similar"})
"""Certainties that a person should look at."""

SEVERITY: Final = {"error": "✕ ditolak", "warning": "▲ peringatan", "info": "○ catatan"}
"""Severity → its word, with a mark so that colour is never alone."""


def originals(*, shared: bool) -> str:
    """
    Where a file as it was sent is, and who gets to it. `shared`: nobody signs in, so all who sit at this machine are
    one person, in whatever browser and under whatever name.
    """
    whose = "tampak bagi siapa pun di komputer ini" if shared else "hanya untuk akun yang menjatuhkannya"
    return (
        "Berkas asli disimpan utuh seperti dikirim, termasuk NIK bila ada, di folder originals pada server; hanya "
        "operator yang dapat mengunduhnya, dan itu dicatat. Berkas yang masih dikerjakan di halaman Unggah disimpan "
        f"utuh juga, di folder in_work: {whose}, sampai disimpan atau dikeluarkan, dan paling lama 7 hari sejak "
        "terakhir dikerjakan. Di semua tempat lain NIK tidak disimpan."
    )


WINDOW_ALONE: Final = (
    "Berkas yang disimpan disimpan utuh seperti dikirim, termasuk NIK bila ada, di folder originals pada server; hanya "
    "operator yang dapat mengunduhnya, dan itu dicatat. Berkas yang masih dikerjakan saat ini tidak semuanya dapat "
    "disimpan sementara: lihat peringatan di atas."
)
"""The same while what is worked on cannot be kept."""

FAULT: Final = (
    "Berkas ini belum dapat dibaca karena ada gangguan pada aplikasi. Tidak ada yang hilang: sampaikan berkasnya "
    "kepada pengelola, dan lanjutkan dengan berkas lain."
)
"""Of a file that could not be read through no fault of its own."""

DOES_NOT_FIT: Final = (
    "Dengan pilihan ini berkas tidak dapat dibaca. Pilihan terakhir sudah dikembalikan; tidak ada yang hilang."
)
"""Of a file whose choices were taken back."""

WHY_REJECTED: Final = "Alasan ditolak"
"""Head of the column that says why a row was not taken, on the page and in the file handed back."""

NOT_USED: Final = "– tidak dipakai –"

_DATE_COLUMNS: Final = {
    name for columns in schema.TABLES.values() for name, dtype in columns.items() if dtype == schema.DATE
}


def column(name: str) -> str:
    """
    A column as staff call it; a header that is no column of ours stays as the sender wrote it.

    >>> column("submitted_date"), column("kab_kota"), column("No. Urut")
    ('Tanggal Daftar', 'Kab/Kota', 'No. Urut')
    """
    return headers.label(name)


def columns_to_choose(table: str) -> list[str]:
    """
    The columns a header of this table can be taken for.

    >>> columns_to_choose("quotas")
    ['kab_kota', 'lp3h', 'quota', 'target_date', 'note', 'statement_date']
    """
    return [name for name in schema.TABLES[table] if name not in schema.SOURCE and name != "status_raw"]


def value(name: str, content: Any) -> str:
    """
    A cell of a column as it is written on the page.

    >>> value("status", "issued"), value("submitted_date", "2025-05-31"), value("nib", None)
    ('Sertifikat terbit', '31 Mei 2025', '–')
    """
    if is_missing(content):
        return WRITE["text"](content)
    if name in _DATE_COLUMNS:
        return fmt_date(content)
    return APPLICATION_STATUS.get(content, content) if name == "status" else str(content)


def heading(header: str, name: str | None) -> str:
    """
    >>> heading("Wil.", "kab_kota"), heading("No. Urut", None)
    ('“Wil.” = Kab/Kota', '“No. Urut” tidak dipakai')
    """
    return f"“{header}” = {column(name)}" if name else f"“{header}” tidak dipakai"


def meaning(name: str, spelling: str, canonical: str | None) -> str:
    """
    >>> meaning("status", "menunggu kabar", "fatwa"), meaning("lp3h", "lph uinsi", None)
    ('“menunggu kabar” = Di Komite Fatwa', '“lph uinsi” dikosongkan')
    """
    return f"“{spelling}” = {value(name, canonical)}" if canonical else f"“{spelling}” dikosongkan"


KIND: Final = {
    # places, institutions, statuses
    "place_similar": "Kab/kota mirip",
    "place_contained": "Kab/kota di dalam teks",
    "place_ambiguous": "Kab/kota bermakna ganda",
    "place_code_ambiguous": "Kode wilayah bermakna ganda",
    "place_outside": "Di luar Kalimantan Timur",
    "place_unknown": "Kab/kota tidak dikenal",
    "place_ikn": "Wilayah IKN",
    "place_not_one": "Bukan satu kab/kota",
    "lp3h_similar": "LP3H mirip",
    "lp3h_unknown": "LP3H belum terdaftar",
    "lp3h_is_lph": "LPH, bukan LP3H",
    "status_unknown": "Status tidak dikenal",
    "status_missing_column": "Tanpa kolom status",
    "status_missing": "Status kosong",
    "status_not_alone": "Status lebih dari satu",
    # sheets
    "sheet_hidden": "Lembar tersembunyi",
    "sheet_empty": "Lembar kosong",
    "sheet_without_results": "Rumus tanpa hasil",
    "formula_without_result": "Rumus tanpa hasil",
    "sheet_without_table": "Lembar tanpa tabel",
    "sheet_other_table": "Lembar tabel lain",
    "sheet_not_chosen": "Lembar tidak dipilih",
    "sheet_missing": "Lembar tidak ada",
    "table_beside": "Tabel kedua di samping",
    "table_below": "Tabel kedua di lembar",
    "table_unknown": "Tabel kedua tidak dikenal",
    "title_and_name_differ": "Judul dan nama lembar berbeda",
    "no_rows": "Tanpa baris data",
    "recap_positions": "Rekap posisi",
    "total_taken": "Hanya angka total",
    # what was chosen and has no place in this file
    "mapping_without_header": "Pilihan tanpa kolomnya",
    "header_row_missing": "Baris judul tidak ada",
    "correction_lost": "Perbaikan tanpa selnya",
    # columns
    "column_unused": "Kolom tidak dipakai",
    "column_double": "Kolom ganda",
    "column_compared": "Kolom ganda",
    "columns_differ": "Kolom ganda berbeda isi",
    "column_no_count": "Kolom tidak dipakai",
    "column_other_value": "Kolom tidak dipakai",
    "column_no_value": "Kolom angka tidak dipakai",
    "column_numbers_unused": "Kolom angka tidak dipakai",
    "quota_addition": "Kuota tambahan",
    "quota_year": "Kuota tahun lain",
    "title_says_flow": "Judul menyebut satu kurun",
    "header_and_title_differ": "Tanggal judul berbeda",
    "cells_differ": "Kolom ganda berbeda isi",
    "column_two_meanings": "Judul bermakna ganda",
    "column_read_as": "Judul dibaca sebagai",
    "column_similar": "Judul mirip",
    "other_programme": "Program lain",
    "other_programme_left": "Program lain",
    "programme_in_title": "Program lain di judul",
    "heading_of_programme": "Program lain di judul kelompok",
    "row_other_programme": "Program lain",
    "several_programmes": "Beberapa program",
    "several_programme_names": "Beberapa program",
    "nik_dropped": "NIK tidak disimpan",
    "nik_replaced": "NIK diganti [NIK]",
    "date_order_assumed": "Urutan tanggal",
    "value_from_title": "Dari judul atau nama lembar",
    "value_from_title_guessed": "Tebakan dari judul",
    "value_from_heading": "Dari judul kelompok",
    "place_from_address_column": "Kab/kota dari alamat",
    "place_from_address": "Kab/kota dari alamat",
    # rows
    "row_total": "Baris jumlah",
    "row_repeated_header": "Judul berulang",
    "row_unfilled": "Baris tanpa isi",
    "row_title": "Baris judul tabel",
    "row_numbering": "Baris nomor kolom",
    "row_heading": "Judul kelompok",
    "heading_similar": "Judul kelompok mirip",
    "date_maybe_swapped": "Hari dan bulan mungkin tertukar",
    "same_as_above": "Menunjuk baris lain",
    "group_ended": "Di luar kelompok",
    "heading_unknown": "Judul kelompok tidak dikenal",
    "row_like_total": "Mirip baris jumlah",
    "sum_of_others": "Jumlah tabel lain",
    "heading_differs": "Jumlah kelompok berbeda",
    "total_differs": "Jumlah berbeda dari barisnya",
    "group_empty": "Kosong di bawah kelompok",
    "column_of_both": "Kolom bertingkat",
    "column_of_groups": "Kolom dibaca dari isinya",
    "groups_unread": "Kolom tanpa kab/kota dan LP3H",
    "row_aside": "Keterangan di luar tabel",
    "row_maybe_aside": "Mirip keterangan",
    "recap_part": "Bagian rekap",
    "second_view": "Tabel kedua dari angka yang sama",
    "views_differ": "Dua tabel berbeda jumlah",
    "formula_failed": "Galat Excel",
    "several_numbers": "Beberapa nomor di satu sel",
    "registration_cut": "Nomor daftar bercampur kata",
    "sum_or_more": "Mirip jumlah tabel lain",
    "row_signature": "Tanda tangan",
    "row_note": "Catatan di luar tabel",
    "duplicate_identical": "Baris kembar",
    "duplicate_less_advanced": "Nomor daftar berulang",
    "duplicate_same_business": "Usaha berulang",
    "stated_twice": "Disebut dua kali",
    "quota_twin": "Baris kuota kembar",
    "quota_added": "Kuota di dua tabel",
    "recap_falls": "Angka turun",
    "quota_missing": "Tanpa angka kuota",
    "recap_without_counts": "Rekap tanpa angka",
    "without_identity": "Tanpa identitas",
    # cells
    "date_impossible": "Tanggal tidak mungkin",
    "date_order_other": "Urutan tanggal lain",
    "date_outside": "Tanggal di luar program",
    "date_after_receipt": "Tanggal sesudah diterima",
    "date_order_mixed": "Urutan tanggal campur",
    "date_order_unsure": "Urutan tanggal campur",
    "number_impossible": "Jumlah tidak terbaca",
    "count_merged": "Angka di sel gabungan",
    "damaged_by_excel": "Rusak oleh Excel",
    "registration_invalid": "Bukan nomor daftar",
    "nib_zero_restored": "Nol NIB dikembalikan",
    "nib_invalid": "NIB tidak sah",
    "certificate_invalid": "Bukan nomor sertifikat",
    "certificate_doubtful": "Nomor sertifikat meragukan",
    # contradictions
    "issued_without_certificate": "Terbit tanpa nomor",
    "certificate_not_issued": "Bernomor, belum terbit",
    "note_says_status": "Keterangan dan status berbeda",
    "certificate_before_programme": "Terbit sebelum program",
    "dates_out_of_order": "Urutan tanggal tahap",
    "recap_not_falling": "Rekap tidak menurun",
    # what kind of table it is: stages that are ticked, tables across
    "stage_unread": "Tahap tidak terbaca",
    "stage_unclear": "Tahap tidak jelas",
    "stage_none": "Tanpa tahap",
    "stage_and_status": "Status dan tahap berbeda",
    "stage_left_and_issued": "Keluar, tetapi terbit",
    "survey_stamp": "Waktu pengisian formulir",
    "certificates_in_list": "Calon bernomor sertifikat",
    "rows_in_one_cell": "Baris di satu sel",
    "quote_unclosed": "Tanda kutip tidak ditutup",
    "total_unused": "Kolom jumlah tidak cocok",
    "rows_hidden": "Baris tersembunyi",
    "line_length": "Baris kelebihan atau kekurangan sel",
    "recap_joined": "Tahap digabung",
    "lp3h_not_divided": "Bukan satu LP3H",
    "matrix_read_as": "Tabel silang",
    "matrix_left_out": "Angka di luar tabel silang",
    "matrix_cell_twice": "Kuota di dua sel",
    "matrix_twice": "Tabel silang berulang",
    "matrix_unclear": "Tabel silang tidak jelas",
    "matrix_row_empty": "Baris silang kosong",
    "matrix_row_unnamed": "Baris silang tanpa nama",
    "matrix_row_differs": "Jumlah baris berbeda",
    "matrix_column_differs": "Jumlah kolom berbeda",
}
"""Kind of problem (a key of the reader's SENTENCES) → its name in the filter."""


def kind(code: str) -> str:
    """
    >>> kind("nib_invalid"), kind("something_new")
    ('NIB tidak sah', 'Lain-lain')
    """
    return KIND.get(code, "Lain-lain")
