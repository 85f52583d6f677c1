"""How counting works, what the last weeks brought, who is at work, and who holds the gap."""

from halal_metrics.definitions.definition import NO_QUOTA, OURS, SIHALAL, UNKNOWN, Definition

PROGRESS = (
    Definition(
        "progress", "stage", "Mencapai tahap", "pengajuan",
        "pengajuan yang sampai pada tahap itu atau melewatinya",
        formula="tahap terjauh menurut status atau menurut tanggal tahap; tahap sebelumnya ikut tercapai",
        edges=(
            "Draf belum mencapai tahap apa pun.",
            "Yang dikembalikan, ditolak, dibatalkan, atau diganti setidaknya sudah diajukan.",
            "Status yang tidak dikenal dihitung menurut tanggal tahapnya saja.",
        ),
        source=f"{SIHALAL}: OF10 diajukan; OF71, OF72, OF56 terverifikasi; OF74 di Komite Fatwa; "
        "OF100, OF120 ditetapkan; hanya OF300 terbit. Pengelompokan lima tahap: pilihan kami.",
        worked="{submitted:count} diajukan → {verified:count} terverifikasi → {fatwa:count} di Komite "
        "Fatwa → {decided:count} ditetapkan → {issued:count} terbit",
    ),
    Definition(
        "progress", "date", "Tanggal mencapai tahap", "tanggal",
        "hari sebuah pengajuan mencapai tahap",
        formula="tanggal tahap itu sendiri; bila kosong, tanggal paling awal dari tahap sesudahnya; bila "
        "kosong, tanggal pernyataan berkas; bila kosong, tanggal terakhir dalam tabel",
        edges=("Tabel tanpa satu tanggal pun tetap dihitung, tanpa tanggal.",),
        source=OURS,
    ),
    Definition(
        "progress", "count", "Tambah dan kurang per hari", "pengajuan",
        "pengajuan yang mencapai tahap, dikurangi yang keluar",
        formula="+1 pada hari tahap tercapai; −1 untuk setiap tahap yang pernah dicapai pada hari pengajuan "
        "ditolak, dibatalkan, atau diganti",
        edges=(
            "Tanggal keluar kosong: tanggal pernyataan berkas, lalu tanggal terakhir dalam tabel.",
            "Rekap menambah selisih dari pernyataan sebelumnya untuk kab/kota dan LP3H yang sama; koreksi "
            "turun menjadi pengurangan.",
            "Bila sudah ada data per pengajuan, draf pun, rekap untuk kab/kota dan LP3H itu tidak dipakai.",
            UNKNOWN,
        ),
        source=f"{SIHALAL}: OF290 ditolak, OF900 dibatalkan. Penggantian: tindak lanjut rapat 4 Juni 2025.",
    ),
)  # fmt: skip


def _movement(column: str, words: str, unit: str) -> tuple[Definition, ...]:
    return (
        Definition(
            "trend", column, f"{words} 4 pekan terakhir", unit,
            f"{words.lower()}, bersih, 28 hari terakhir",
            formula="yang masuk − yang keluar dalam 28 hari sampai dengan tanggal laporan",
            source=OURS,
            worked=f"{{{column}:signed}} dalam 28 hari sampai {{as_of:date}}",
        ),
        Definition(
            "trend", f"{column}_before", f"{words} 4 pekan sebelumnya", unit,
            f"{words.lower()}, bersih, 28 hari sebelumnya",
            formula="yang masuk − yang keluar dalam 28 hari sebelum masa itu",
            source=OURS,
            worked=f"{{{column}_before:signed}}",
        ),
        Definition(
            "trend", f"{column}_trend", f"Arah {words.lower()}", "naik, tetap, turun",
            "4 pekan terakhir dibanding 4 pekan sebelumnya",
            formula="naik atau turun bila bedanya lebih dari 2 × √(jumlah keduanya)",
            edges=("Perubahan yang lebih kecil dapat kebetulan: tanpa panah.",),
            source=f"{OURS}: dua simpangan baku dari beda dua hitungan.",
            worked=f"{{{column}:signed}} dibanding {{{column}_before:signed}}",
        ),
    )  # fmt: skip


MOVEMENT = (*_movement("used", "Dimanfaatkan", "pengajuan"), *_movement("issued", "Terbit", "sertifikat"))

ACTIVE = (
    Definition(
        "active_p3h", "active_p3h", "Pendamping aktif", "pendamping",
        "pendamping dengan paling sedikit satu pengajuan dalam 30 hari terakhir",
        formula="jumlah nama pendamping per LP3H dengan pengajuan dalam 30 hari sampai tanggal laporan",
        edges=(
            "Hanya dari data per pengajuan: rekap tidak menyebut nama pendamping.",
            "Pendamping terdaftar bukan pendamping aktif.",
        ),
        source=f"{OURS}: dalam satu daftar LP3H, 46% pendamping terdaftar belum pernah mendampingi.",
        worked="{active_p3h:count} pendamping",
    ),
    Definition(
        "active_p3h", "submitted", "Pengajuan 30 hari terakhir", "pengajuan",
        "pengajuan yang diajukan dalam 30 hari terakhir",
        formula="jumlah pengajuan dalam 30 hari sampai dengan tanggal laporan",
        edges=("Yang kemudian keluar tetap dihitung: pekerjaannya sudah dilakukan.",),
        source=OURS,
        worked="{submitted:count} pengajuan",
    ),
    Definition(
        "active_p3h", "submitted_per_p3h", "Pengajuan per pendamping aktif", "pengajuan",
        "pengajuan 30 hari terakhir yang menyebut pendampingnya", "pendamping aktif",
        formula="pengajuan 30 hari terakhir yang menyebut pendampingnya ÷ pendamping aktif",
        edges=("Kosong bila tidak ada pendamping aktif.",),
        source=OURS,
        worked="{named:count} ÷ {active_p3h:count} = {submitted_per_p3h:number}",
    ),
    Definition(
        "active_p3h", "last_submitted_date", "Pengajuan terakhir", "tanggal",
        "hari pengajuan terakhir diajukan",
        formula="tanggal pengajuan paling akhir sampai dengan tanggal laporan",
        edges=("Kosong bila belum pernah mengajukan.",),
        source=OURS,
        worked="{last_submitted_date:date}",
    ),
    Definition(
        "active_p3h", "quiet_days", "Hari tanpa pengajuan", "hari kalender", "hari sejak pengajuan terakhir",
        formula="tanggal laporan − tanggal pengajuan terakhir",
        edges=("Kosong bila belum pernah mengajukan.", "30 hari atau lebih disebut tanpa pengajuan."),
        source=OURS,
        worked="{last_submitted_date:date} → {as_of:date}: {quiet_days:count} hari",
    ),
)  # fmt: skip

SHORTFALL = (
    Definition(
        "shortfall", "shortfall", "Kekurangan", "pengajuan atau sertifikat",
        "realisasi yang kurang dari rencana",
        formula="rencana − realisasi bila di belakang rencana; selain itu 0",
        edges=("Kelebihan satu daerah tidak menutup kekurangan daerah lain.",),
        source=OURS,
        worked="{shortfall:count}",
    ),
    Definition(
        "shortfall", "share", "Bagian dari kekurangan", "%",
        "kekurangan kelompok", "kekurangan semua kelompok",
        formula="kekurangan ÷ jumlah kekurangan",
        edges=("Kosong bila tidak ada yang kurang.",),
        source=OURS,
        worked="{shortfall:count} ÷ {total:count} = {share:rate}",
    ),
    Definition(
        "shortfall", "cumulative_share", "Bagian kumulatif", "%",
        "kekurangan kelompok ini dan yang lebih besar", "kekurangan semua kelompok",
        formula="jumlah bagian dari yang terbesar sampai kelompok ini",
        edges=("Kosong bila tidak ada yang kurang.",),
        source=OURS,
        worked="{cumulative_share:rate}",
    ),
)  # fmt: skip

CLASSES = (
    Definition(
        "start_finish", "start", "Awal: banyak atau sedikit mengajukan", "kategori",
        "serapan kuota", "serapan seluruhnya",
        formula="banyak bila serapan kuota paling sedikit sama dengan serapan seluruhnya",
        edges=(NO_QUOTA,),
        source=OURS,
        worked="{absorption_rate:rate} → {start:class}",
    ),
    Definition(
        "start_finish", "finish", "Akhir: banyak atau sedikit terbit", "kategori",
        "terbit terhadap dimanfaatkan", "terbit terhadap dimanfaatkan seluruhnya",
        formula="banyak bila terbit terhadap dimanfaatkan paling sedikit sama dengan angka seluruhnya",
        edges=("Kosong selama belum ada yang dimanfaatkan.",),
        source=OURS,
        worked="{conversion_rate:rate} → {finish:class}",
    ),
)  # fmt: skip
