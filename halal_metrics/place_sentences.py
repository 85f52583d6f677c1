"""What there is to say of a spelling in a place column."""

from typing import Final

from halal_metrics import spelling

PROBLEMS: Final = spelling.DITTO | {
    "place_similar": (
        "warning",
        "'{value}' dibaca sebagai {canonical}; betulkan ejaannya bila bukan itu yang dimaksud.",
    ),
    "place_contained": (
        "warning",
        "'{value}' dibaca sebagai {canonical}; tulis nama kabupaten/kotanya saja bila sudah benar.",
    ),
    "place_ikn": (
        "warning",
        "'{value}' dihitung ke {canonical}; wilayah Otorita IKN juga meliputi sebagian Kutai Kartanegara, "
        "jadi ganti bila usahanya berada di sana.",
    ),
    "place_ambiguous": (
        "warning",
        "'{value}' dapat berarti lebih dari satu kabupaten/kota, jadi tidak ditebak; tulis nama lengkapnya.",
    ),
    "place_code_ambiguous": (
        "warning",
        "Kode '{value}' berbeda arti menurut BPS dan Kemendagri, jadi tidak ditebak; tulis nama "
        "kabupaten/kota, atau kode Kemendagri dengan titik (misalnya 64.02).",
    ),
    "place_outside": (
        "warning",
        "'{value}' bukan kabupaten/kota di Kalimantan Timur; periksa apakah baris ini termasuk program.",
    ),
    "place_not_one": (
        "warning",
        "'{value}' bukan satu kabupaten/kota; baris dihitung sebagai 'Belum dirinci'. Tulis "
        "kabupaten/kotanya bila sudah diketahui.",
    ),
    "place_unknown": (
        "warning",
        "'{value}' tidak dikenal sebagai kabupaten/kota; tulis salah satu dari sepuluh nama resmi.",
    ),
}
"""Kind of problem → severity and sentence."""
