"""What a reader can say of whole rows: those that are no records, and those not taken."""

from typing import Final

OF_ROWS: Final = {
    # rows that are no records
    "row_total": ("info", "baris jumlah/total, dilewati."),
    "row_title": ("info", "judul tabel, dilewati."),
    "row_numbering": ("info", "baris nomor kolom, dilewati."),
    "row_heading": (
        "info",
        "judul kelompok, dilewati; yang disebutnya berlaku untuk baris di bawahnya yang belum diisi.",
    ),
    "heading_similar": (
        "warning",
        "judul kelompok ini dibaca sebagai {value} untuk baris di bawahnya; betulkan ejaannya bila bukan itu.",
    ),
    "heading_unknown": (
        "warning",
        "judul kelompok '{value}' tidak dikenal, jadi tidak mengisi apa pun di bawahnya; isi di tiap barisnya.",
    ),
    "row_signature": ("info", "bagian tanda tangan, dilewati."),
    "row_note": ("info", "catatan di luar tabel, dilewati."),
    "row_like_total": (
        "warning",
        "baris ini mirip jumlah baris lain ({value}), tetapi belum pasti, jadi dihitung sebagai baris sendiri. "
        "Hapus bila memang jumlah; bila bukan, isi kab/kota atau LP3H-nya.",
    ),
    "total_taken": (
        "info",
        "satu-satunya angka di tabel ini adalah totalnya, jadi dipakai sebagai angka provinsi "
        "(kab/kota belum dirinci).",
    ),
    "row_repeated_header": ("info", "judul kolom yang berulang, dilewati."),
    "row_unfilled": ("info", "baris tanpa isi di kolom yang dikenal, dilewati."),
    "duplicate_identical": ("info", "sama persis dengan {value}, jadi dihitung sekali."),
    # rows not taken
    "duplicate_less_advanced": (
        "error",
        "nomor daftar ini juga ada di {value}, dengan tahap yang sama atau lebih maju; yang itu yang dipakai.",
    ),
    "duplicate_same_business": (
        "error",
        "{what} ini juga ada di {value} dan tidak ada nomor daftar yang membedakannya, jadi keduanya satu "
        "pengajuan dan yang di sana yang dipakai. Isi nomor daftar masing-masing bila memang dua.",
    ),
    "stated_twice": (
        "warning",
        "{key} disebut dua kali dengan angka berbeda: {value} {mine}; {other} {theirs}. Dipakai yang di {other}. "
        "{what_to_do}",
    ),
    "quota_missing": ("error", "tidak ada angka kuota; isi kuotanya."),
    "recap_without_counts": ("error", "tidak memuat satu angka pun; isi jumlahnya."),
    "without_identity": ("error", "tidak ada nomor, NIB, atau nama; isi salah satunya."),
    "quote_unclosed": (
        "warning",
        "tanda kutip di '{value}' tidak ditutup, jadi dibaca sampai akhir baris ini saja; periksa isi barisnya.",
    ),
}
"""Kind of problem → severity and sentence."""
