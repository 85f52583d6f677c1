"""What a reader can say, in the words a person reads: code → severity and sentence."""

from typing import Final

from halal_metrics import institutions, places, statuses
from halal_metrics.sheets.said.date_sentences import OF_DATES
from halal_metrics.sheets.said.kind_sentences import OF_KINDS
from halal_metrics.sheets.said.row_sentences import OF_ROWS

FORMULAS_ALONE: Final = "Berkas ini berisi rumus tanpa hasil, jadi tidak terbaca. Buka di Excel, simpan, unggah lagi."
"""Why there is nothing to read in a file whose formulas nobody has calculated."""

SENTENCES: Final = (
    places.PROBLEMS
    | institutions.PROBLEMS
    | statuses.PROBLEMS
    | OF_ROWS
    | OF_KINDS
    | OF_DATES
    | {
        # the sheet as a whole
        "sheet_hidden": ("info", "Lembar tersembunyi tidak dibaca; tampilkan di Excel bila isinya diperlukan."),
        "rows_hidden": (
            "warning",
            "{rows} baris yang tersembunyi di berkas (baris {value}) ikut dibaca dan dihitung; filter atau "
            "penyembunyian tidak menghapusnya. Bila tidak dimaksud, hapus baris itu di berkas, lalu unggah lagi.",
        ),
        "sheet_not_chosen": ("info", "Lembar ini tidak dipilih, jadi tidak dibaca."),
        "sheet_missing": ("warning", "Lembar '{value}' tidak ada di berkas ini; pilih lembar yang ada."),
        "sheet_empty": ("info", "Lembar ini kosong."),
        "sheet_without_results": (
            "warning",
            "Lembar ini tidak memuat tabel yang dikenal, dan ada rumus tanpa hasil di dalamnya; buka dan simpan "
            "berkasnya di Excel, lalu unggah lagi.",
        ),
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
        "table_unknown": (
            "warning",
            "Di bawah tabel pertama ada tabel yang tidak dikenal jenisnya, jadi {rows} barisnya dilewati; perjelas "
            "judul kolomnya bila isinya diperlukan.",
        ),
        "table_below": (
            "info",
            "Lembar ini memuat lebih dari satu tabel; tabel yang mulai di baris {rows} dibaca sendiri.",
        ),
        "rows_in_one_cell": (
            "info",
            "Tiap baris lembar ini ditulis di satu sel saja, jadi isinya dipecah menjadi kolom-kolom.",
        ),
        "table_beside": (
            "info",
            "Di samping tabel pertama ada tabel lain, mulai di kolom '{header}'; dibaca sendiri.",
        ),
        # what a person chose and the file does not have
        "mapping_without_header": (
            "warning",
            "Judul kolom '{value}' yang sudah dipilih artinya tidak ada di berkas ini; periksa pilihan kolomnya.",
        ),
        "header_row_missing": (
            "warning",
            "Baris judul {value} yang dipilih tidak ada di lembar ini, jadi baris judulnya dicari sendiri; "
            "pilih lagi barisnya.",
        ),
        "correction_lost": (
            "warning",
            "Perbaikan untuk lembar, baris, dan kolom {value} tidak menemukan selnya, jadi tidak dipakai; "
            "perbaiki lagi.",
        ),
        # what titles and the sheet's name say
        "value_from_title": ("info", "kosong di {rows} baris; diisi {value} dari {where}. Ubah bila bukan itu."),
        "value_from_title_guessed": (
            "warning",
            "kosong di {rows} baris; diisi {value}, tebakan dari {where}. Ubah bila bukan itu.",
        ),
        "title_and_name_differ": (
            "warning",
            "judul menyebut {value}, nama lembar menyebut {other}; judul yang dipakai. Periksa mana yang benar.",
        ),
        "value_from_heading": (
            "info",
            "kosong di {rows} baris; diisi dari judul kelompok di atasnya ({value}). Ubah bila bukan itu.",
        ),
        "title_says_flow": (
            "warning",
            "Judul '{value}' menyebut satu kurun saja, atau bukan kumulatif, tetapi angkanya dibaca sebagai jumlah "
            "kumulatif; periksa apakah memang kumulatif.",
        ),
        "header_and_title_differ": (
            "warning",
            "judul kolom menyebut {value}, {where} menyebut {other}; judul kolom yang dipakai. Periksa tanggalnya.",
        ),
        # a column as a whole
        "column_unused": ("info", "tidak dipakai."),
        "column_double": ("info", "tidak dipakai karena kolom '{value}' sudah mengisi hal yang sama."),
        "column_compared": ("info", "artinya sama dengan kolom '{value}', jadi hanya mengisi sel yang kosong di sana."),
        "columns_differ": (
            "info",
            "isinya lain dari kolom '{value}' di {rows} baris; kolom '{value}' yang dipakai.",
        ),
        "column_no_count": ("info", "tidak dipakai: {why}."),
        "column_other_value": ("info", "tidak dipakai: {why}; yang dipakai kolom '{value}'."),
        "column_no_value": (
            "warning",
            "tidak dipakai: {why}. Pilih artinya bila memang ini angkanya; bila bukan, minta kolom jumlahnya.",
        ),
        "quota_addition": (
            "warning",
            "perubahan kuota ini tidak dihitung; yang dipakai kolom '{value}' saja. Bila di sana belum termasuk, "
            "kuotanya jumlah kedua kolom: tulis di satu kolom 'Kuota Menjadi'.",
        ),
        "quota_year": (
            "warning",
            "kuota tahun lain, jadi tidak dipakai; yang dipakai kolom '{value}'. Pilih artinya bila kuota ini yang "
            "dimaksud.",
        ),
        "column_numbers_unused": (
            "warning",
            "berisi angka tetapi judulnya tidak dikenal, jadi tidak dipakai; pilih artinya bila angkanya diperlukan.",
        ),
        "total_unused": (
            "warning",
            "tidak dipakai: isinya bukan jumlah kolom-kolom lain, dan tidak disebut jumlah apa. Pilih artinya bila "
            "angkanya diperlukan; bila bukan, periksa mana yang benar.",
        ),
        "column_two_meanings": (
            "warning",
            "judul ini dapat berarti beberapa hal, jadi tidak ditebak; pilih artinya, atau perjelas judulnya.",
        ),
        "column_of_both": (
            "info",
            "memuat kab/kota dan LP3H di bawahnya, jadi dibaca sebagai keduanya: yang satu ikut yang lain di "
            "atasnya. Ubah bila bukan itu.",
        ),
        "column_of_groups": ("info", "isinya nama {value}, jadi dibaca sebagai itu. Ubah bila bukan itu maksudnya."),
        "groups_unread": (
            "warning",
            "berisi tulisan yang tidak terbaca sebagai kab/kota atau LP3H, jadi semua angka tabel ini 'Belum dirinci'; "
            "pilih arti kolom ini, atau tulis kab/kota dan LP3H di kolomnya sendiri.",
        ),
        "column_similar": (
            "warning",
            "judul ini dibaca sebagai '{value}'; betulkan ejaannya, atau ubah artinya bila bukan itu.",
        ),
        "column_read_as": (
            "info",
            "judul ini dapat berarti beberapa hal; dibaca sebagai {value}. Ubah bila bukan itu maksudnya.",
        ),
        "formula_without_result": (
            "warning",
            "{rows} baris berisi rumus tanpa hasil, jadi terbaca kosong; buka dan simpan berkasnya di Excel, lalu "
            "unggah lagi.",
        ),
        "formula_failed": (
            "warning",
            "galat Excel ({value}) di {rows} baris ({which}), jadi terbaca kosong; betulkan rumusnya atau isi sendiri, "
            "lalu unggah lagi.",
        ),
        "nik_dropped": ("info", "NIK dikenali dan tidak disimpan."),
        "nik_replaced": ("info", "ada NIK di dalam teks; diganti [NIK], karena NIK tidak disimpan."),
        "other_programme": (
            "warning",
            "{rows} dari {all} baris berkode program lain: {value}. Baris itu disimpan dan ditampilkan, tetapi tidak "
            "dihitung ke kuota program ini. Bila kodenya hanya salah tulis, betulkan; bila kode itu juga milik program "
            "ini, minta pengelola menambahkannya pada data/programme.toml.",
        ),
        "status_missing_column": (
            "warning",
            "tidak ada di lembar ini. {counted}Tambahkan kolom statusnya, atau pilih satu status untuk seluruh lembar.",
        ),
        "status_missing": ("warning", "status kosong, jadi {what}; isi statusnya."),
        "other_programme_left": (
            "warning",
            "{rows} dari {all} baris berkode program lain: {value}. Baris itu dilewati dan tidak dihitung. Bila "
            "kodenya hanya salah tulis, betulkan; bila kode itu juga milik program ini, minta pengelola "
            "menambahkannya pada data/programme.toml.",
        ),
        "programme_in_title": (
            "warning",
            "{where} menyebut program lain ({value}), tetapi {rows} baris di sini dihitung ke program ini. Minta "
            "berkas program ini; bila memang program ini, hapus sebutan itu.",
        ),
        "several_programmes": (
            "warning",
            "berkas ini memuat beberapa kode program: {value}. Kode program ini belum ditetapkan, jadi semua barisnya "
            "dihitung; minta berkas program ini saja, atau minta pengelola menetapkan kodenya pada "
            "data/programme.toml.",
        ),
        "several_programme_names": (
            "warning",
            "kolom ini membedakan beberapa program: {value}. Baris yang tidak berkode program lain semuanya dihitung; "
            "minta berkas program ini saja, hapus baris program lain, atau isi kolom Kode Fasilitasi.",
        ),
        "place_from_address_column": (
            "info",
            "tidak ada di lembar ini; {rows} baris memakai kab/kota yang disebut di alamat.",
        ),
        # cells
        "number_impossible": (
            "warning",
            "'{value}' bukan bilangan bulat, jadi tidak dipakai; tulis angka bulat saja.",
        ),
        "count_merged": (
            "warning",
            "angka {value} ada di sel gabungan beberapa baris, jadi dihitung sekali, di baris ini; tulis angka tiap "
            "barisnya.",
        ),
        "damaged_by_excel": ("warning", "{value} rusak oleh Excel; isi ulang dari berkas asal."),
        "registration_invalid": (
            "warning",
            "'{value}' bukan nomor daftar (tanpa angka, atau berupa kalimat), jadi tidak dipakai; isi nomornya, atau "
            "kosongkan.",
        ),
        "registration_cut": (
            "warning",
            "'{value}' memuat kata lain, jadi hanya nomor daftar di depannya yang dipakai; pindahkan tulisannya ke "
            "kolom keterangan.",
        ),
        "several_numbers": (
            "warning",
            "'{value}' memuat lebih dari satu nomor, jadi hanya yang pertama yang dipakai; tulis satu tiap baris.",
        ),
        "nib_zero_restored": (
            "warning",
            "{value} hanya 12 angka; nol di depan yang hilang dikembalikan. Cocokkan dengan berkas asal.",
        ),
        "nib_invalid": ("warning", "'{value}' bukan NIB: {why}; isi ulang dari berkas asal."),
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
        "cells_differ": (
            "warning",
            "berisi '{value}', tetapi kolom '{header}' berisi '{other}'; '{value}' yang dipakai. Periksa yang benar.",
        ),
        "issued_without_certificate": (
            "warning",
            "status terbit tetapi nomor sertifikat kosong; isi nomornya di kolom nomor sertifikat (tambahkan kolomnya "
            "bila belum ada).",
        ),
        "certificate_not_issued": (
            "warning",
            "ada nomor sertifikat tetapi status belum terbit ({value}); perbarui status atau periksa nomornya.",
        ),
        "note_says_status": (
            "warning",
            "keterangan menyebut '{value}', statusnya {status}; status yang dipakai. Periksa mana yang benar.",
        ),
        "certificate_before_programme": (
            "warning",
            "nomor {value} terbit sebelum Februari 2025; periksa apakah usaha ini sudah bersertifikat dari "
            "program lain.",
        ),
        "recap_not_falling": (
            "warning",
            "tahap belakang lebih besar daripada tahap di depannya ({value}); periksa apakah angkanya kumulatif.",
        ),
    }
)
"""Kind of problem → severity and sentence, with room for its facts."""
