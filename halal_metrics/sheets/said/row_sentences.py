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
    "group_ended": (
        "warning",
        "baris ini di bawah jumlah atau judul lain, jadi tidak ikut kelompok {value} di atasnya dan dibiarkan kosong; "
        "isi bila memang termasuk.",
    ),
    "heading_of_programme": (
        "warning",
        "'{value}' menyebut program lain, tetapi baris di bawahnya dihitung ke program ini. Isi kode fasilitasi tiap "
        "barisnya, atau hapus baris program lain.",
    ),
    "row_other_programme": ("info", "berkode program lain ({value}), dilewati."),
    "row_aside": (
        "warning",
        "'{value}' bukan kab/kota dan bukan LP3H, melainkan keterangan di luar tabel (sisa, target, capaian, surat, "
        "atau biaya), jadi angkanya tidak dihitung. Isi kab/kota atau LP3H-nya bila memang dihitung.",
    ),
    "row_maybe_aside": (
        "warning",
        "'{value}' tidak seperti nama LP3H dan baris ini tanpa kab/kota, tetapi angkanya dihitung sebagai satu LP3H. "
        "Hapus barisnya bila itu keterangan; bila bukan, isi kab/kota-nya.",
    ),
    "heading_differs": (
        "warning",
        "baris ini menyebut {value}; yang dihitung baris-baris yang merincinya, bukan baris ini. Periksa yang benar.",
    ),
    "total_differs": (
        "warning",
        "baris jumlah ini menyebut {value}; yang dihitung baris-barisnya, bukan baris ini. Periksa apakah ada baris "
        "yang hilang, berlebih, atau salah angkanya.",
    ),
    "group_empty": (
        "warning",
        "kosong di bawah {value}; sel kosong tidak diisi dari baris di atasnya, jadi dihitung 'Belum dirinci'. Isi "
        "{value} bila memang itu, atau gabungkan selnya.",
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
    "recap_part": (
        "info",
        "bagian dari kab/kota, LP3H, dan tanggal yang sama dengan {value} (dibedakan kolom '{header}'), jadi "
        "dijumlahkan ke sana.",
    ),
    "second_view": (
        "warning",
        "tabel {own} ini berjumlah sama dengan tabel {there} ({value}), jadi yang dihitung hanya tabel {there}. "
        "Minta angka per kab/kota dan LP3H sekaligus bila keduanya diperlukan.",
    ),
    "views_differ": (
        "warning",
        "ada tabel per kab/kota ({where}) dan tabel per LP3H, dengan jumlah berbeda (di sini; di sana: {value}), jadi "
        "keduanya dihitung. Hapus salah satunya bila keduanya merinci angka yang sama.",
    ),
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
    "quota_twin": (
        "warning",
        "kab/kota, LP3H, tanggal target, dan kuotanya sama dengan {value} dan tidak ada yang membedakannya, jadi "
        "keduanya dihitung. Hapus salah satunya bila itu alokasi yang sama.",
    ),
    "quota_added": (
        "warning",
        "{rows} baris tabel di lembar {mine} ini menyebut kab/kota dan LP3H yang juga ada di {value}, dengan tanggal "
        "target lain, jadi {what}",
    ),
    "recap_falls": (
        "warning",
        "angkanya turun dari tanggal sebelumnya ({value}), padahal rekap dibaca sebagai jumlah sampai dengan "
        "tanggalnya, jadi yang dipakai angka tanggal terakhir. Bila ini tambahan per hari atau per minggu, jumlahkan "
        "dahulu.",
    ),
    "quota_missing": ("error", "tidak ada angka kuota; isi kuotanya."),
    "recap_without_counts": (
        "error",
        "tidak memuat angka di kolom yang dikenal; isi, atau perjelas judul kolomnya.",
    ),
    "without_identity": ("error", "tidak ada nomor, NIB, atau nama; isi salah satunya."),
    "line_length": (
        "warning",
        "baris ini {value} sel, sedangkan judulnya {header} sel, jadi isinya mungkin bergeser ke kolom lain; dibaca "
        "apa adanya. Periksa tanda pemisahnya di berkas asal (misalnya 1,250 tanpa tanda kutip, atau sel yang "
        "terlewat).",
    ),
    "quote_unclosed": (
        "warning",
        "tanda kutip di '{value}' tidak ditutup, jadi dibaca sampai akhir baris ini saja; periksa isi barisnya.",
    ),
}
"""Kind of problem → severity and sentence."""
