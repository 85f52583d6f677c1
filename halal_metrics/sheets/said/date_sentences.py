"""What the reader says of dates: which one was read, and which other it may be."""

from typing import Final

OF_DATES: Final = {
    "date_order_assumed": (
        "info",
        "urutan tanggal tidak dapat dipastikan dari isinya, jadi dibaca hari-bulan-tahun; periksa satu tanggal.",
    ),
    "date_impossible": ("warning", "'{value}' bukan tanggal yang mungkin; tulis misalnya 31/05/2025."),
    "date_order_other": (
        "warning",
        "'{value}' dapat berarti {read} atau {other}; dibaca {read}, karena dengan urutan yang lain kolom ini "
        "keluar dari masa program atau melewati hari berkas diterima. Periksa urutannya, atau tulis misalnya "
        "31 Mei 2025.",
    ),
    "date_maybe_swapped": (
        "warning",
        "{value} atau {other}: hari dan bulan kolom ini mungkin tertukar oleh Excel. Dibaca {value}; periksa, "
        "lalu tulis misalnya 31 Mei 2025.",
    ),
    "date_outside": (
        "warning",
        "'{value}' di luar masa program (terlalu lama, atau lebih dari setahun sesudah tanggal datanya); periksa "
        "tahunnya.",
    ),
    "date_after_receipt": (
        "warning",
        "{value} sesudah hari berkas diterima ({received}){other}; periksa tanggalnya.",
    ),
    "date_order_unsure": (
        "warning",
        "'{value}' dapat berarti {read} atau {other}: kolom ini memuat kedua urutan. Dibaca {read}; periksa, lalu "
        "tulis misalnya 31 Mei 2025.",
    ),
    "date_order_mixed": (
        "warning",
        "'{value}' hanya mungkin dibaca dengan urutan yang lain dari isi kolom ini, dan dibaca begitu; "
        "periksa tanggalnya.",
    ),
    "dates_out_of_order": (
        "warning",
        "tanggal tahap tidak berurutan ({value}); periksa tanggalnya.",
    ),
}
"""Kind of problem → severity and sentence, with room for its facts."""
