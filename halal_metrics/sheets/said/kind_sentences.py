"""What a reader says of tables that are no plain list: stages as columns, surveys, cross tables."""

from typing import Final

OF_KINDS: Final = {
    # a register whose stages are columns, a survey
    "stage_unread": (
        "warning",
        "judul ini sebuah tahap, tetapi isinya bukan tanda centang dan bukan tanggal, jadi tidak dipakai; tulis "
        "tanggalnya atau v, atau pilih artinya.",
    ),
    "stage_unclear": (
        "warning",
        "'{value}' bukan tanda centang dan bukan tanggal, jadi tidak dihitung; tulis tanggalnya, v bila sudah, "
        "atau kosongkan bila belum.",
    ),
    "stage_none": (
        "warning",
        "tidak satu tahap pun ditandai, jadi statusnya kosong; tandai tahapnya, atau isi statusnya.",
    ),
    "stage_and_status": (
        "warning",
        "kolom status dan tahap yang ditandai berbeda ({value}); status diambil dari kolom status. Periksa mana "
        "yang benar.",
    ),
    "stage_left_and_issued": (
        "warning",
        "ditandai keluar dan terbit sekaligus ({value}), jadi dihitung keluar; periksa mana yang benar.",
    ),
    "survey_stamp": (
        "info",
        "waktu pengisian formulir, bukan tanggal pengajuan, jadi barisnya dibaca sebagai calon pelaku usaha; "
        "pilih tabel pengajuan bila sudah diajukan.",
    ),
    "certificates_in_list": (
        "warning",
        "ada nomor sertifikat halal di kolom ini, sedangkan barisnya dibaca sebagai calon pelaku usaha; usaha itu "
        "mungkin sudah bersertifikat. Periksa, atau pilih tabel sertifikat program lain bila itu isinya.",
    ),
    # a cross table
    "matrix_read_as": (
        "info",
        "Tabel silang: angka di {rows} dibaca sebagai {value}{where}; tiap sel menjadi satu baris. Ubah tabelnya "
        "bila bukan itu.",
    ),
    "matrix_unclear": (
        "warning",
        "Lembar ini memuat angka per kab/kota dan LP3H, tetapi tidak disebut angka apa. Tulis di judulnya "
        "(misalnya 'Kuota per LP3H' atau 'Jumlah pengajuan per LP3H'), atau pilih tabelnya.",
    ),
    "matrix_twice": (
        "warning",
        "Lembar ini memuat angka per kab/kota dan LP3H dengan nama yang sama di dua kolom, tanpa keterangan apa "
        "bedanya, jadi tidak dibaca; perjelas judul kolomnya.",
    ),
    "matrix_cell_twice": (
        "warning",
        "kuota {value} ada di lebih dari satu sel tabel silang ini, dan semuanya dihitung; hapus yang berulang bila "
        "itu kuota yang sama.",
    ),
    "matrix_left_out": (
        "warning",
        "kolom angka di luar tabel silang ini tidak dipakai; pilih artinya, atau hapus bila tidak diperlukan.",
    ),
    "sum_of_others": (
        "info",
        "jumlah dari yang sudah dirinci di lembar {value}, jadi tidak dihitung lagi.",
    ),
    "sum_or_more": (
        "warning",
        "juga dirinci di tabel lain, dengan angka lain atau dari satu baris saja (di sini; rinciannya: {value}), jadi "
        "keduanya dihitung; hapus salah satunya bila yang ini jumlahnya.",
    ),
    "recap_joined": ("info", "kab/kota, LP3H, dan tanggalnya sama dengan {value}, jadi tahapnya digabung ke sana."),
    "matrix_row_empty": ("info", "tidak ada satu angka pun di baris ini, dilewati."),
    "matrix_row_unnamed": (
        "warning",
        "baris ini berisi angka tanpa nama, jadi dihitung sebagai 'Belum dirinci'; isi namanya, atau hapus bila "
        "ini jumlah.",
    ),
    "matrix_row_differs": (
        "warning",
        "jumlah baris ini tertulis {value}, sedangkan isinya berjumlah {sum}; isinya yang dipakai. Periksa mana "
        "yang benar.",
    ),
    "matrix_column_differs": (
        "warning",
        "jumlah kolom ini tertulis {value}, sedangkan isinya berjumlah {sum}; isinya yang dipakai. Periksa mana "
        "yang benar.",
    ),
}
"""Kind of problem → severity and sentence, with room for its facts."""
