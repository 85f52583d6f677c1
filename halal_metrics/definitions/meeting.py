"""What a meeting asks: what has changed since the last one, who is silent, what is held up, what was promised."""

from halal_metrics.definitions.definition import OURS, SIHALAL, UNKNOWN, Definition

_LATE = "Baris yang datang terlambat tentang masa lalu bukan pekerjaan masa ini: disebut dinyatakan ulang."


def _arrivals(stage: str, where: str) -> Definition:
    return Definition(
        "changes_since", stage, f"Sampai di tahap {where}", "pengajuan",
        f"pengajuan yang mencapai tahap {where.lower()} sejak rapat lalu",
        formula="jumlah pengajuan dengan tanggal tahap sesudah tanggal laporan rapat lalu sampai tanggal laporan ini",
        edges=("Yang kemudian keluar tetap dihitung: tahapnya sudah dicapai.",),
        source=OURS,
        worked=f"{{{stage}:count}} pengajuan",
    )  # fmt: skip


SINCE = (
    Definition(
        "changes_since", "used_then", "Dimanfaatkan pada rapat lalu", "pengajuan",
        "dimanfaatkan menurut data yang dikenal pada rapat lalu, per tanggalnya",
        formula="Dimanfaatkan menurut data rapat lalu",
        source=OURS,
        worked="{used_then:count} pengajuan",
    ),
    Definition(
        "changes_since", "restated", "Dinyatakan ulang", "pengajuan",
        "yang baru diketahui sekarang tentang keadaan pada rapat lalu",
        formula="dimanfaatkan per tanggal rapat lalu menurut data sekarang − menurut data waktu itu",
        edges=(_LATE, "Negatif bila ada baris yang dibetulkan atau unggahan yang dibatalkan.", UNKNOWN),
        source=OURS,
        worked="{restated:signed}",
    ),
    Definition(
        "changes_since", "new", "Baru", "pengajuan",
        "pengajuan yang mulai memakai kuota sejak rapat lalu",
        formula="jumlah yang diajukan sesudah tanggal laporan rapat lalu sampai tanggal laporan ini",
        edges=(_LATE, "Rekap menambah selisihnya dari rekap sebelumnya."),
        source=OURS,
        worked="{new:count} pengajuan",
    ),
    Definition(
        "changes_since", "left", "Keluar", "pengajuan",
        "pengajuan yang ditolak, dibatalkan, atau diganti sejak rapat lalu",
        formula="jumlah yang keluar sesudah tanggal laporan rapat lalu sampai tanggal laporan ini",
        edges=("Koreksi turun sebuah rekap termasuk di sini.", "Masuk dan keluar pada hari yang sama: tidak keduanya."),
        source=f"{SIHALAL}: OF290 ditolak, OF900 dibatalkan.",
        worked="{left:count} pengajuan",
    ),
    Definition(
        "changes_since", "used_now", "Dimanfaatkan kini", "pengajuan",
        "dimanfaatkan menurut data rapat ini, per tanggalnya",
        formula="rapat lalu + dinyatakan ulang + baru − keluar",
        source=OURS,
        worked="{used_then:count} {restated:signed} + {new:count} − {left:count} = {used_now:count}",
    ),
    _arrivals("verified", "Terverifikasi"),
    _arrivals("fatwa", "Komite Fatwa"),
    _arrivals("decided", "Ditetapkan"),
    Definition(
        "changes_since", "issued_then", "Terbit pada rapat lalu", "sertifikat",
        "terbit menurut data yang dikenal pada rapat lalu, per tanggalnya",
        formula="Terbit menurut data rapat lalu",
        source=OURS,
        worked="{issued_then:count} sertifikat",
    ),
    Definition(
        "changes_since", "issued_restated", "Terbit dinyatakan ulang", "sertifikat",
        "sertifikat sampai rapat lalu yang baru diketahui sekarang",
        formula="terbit per tanggal rapat lalu menurut data sekarang − menurut data waktu itu",
        edges=(_LATE,),
        source=OURS,
        worked="{issued_restated:signed}",
    ),
    Definition(
        "changes_since", "issued", "Terbit sejak rapat lalu", "sertifikat",
        "sertifikat yang terbit sejak rapat lalu, bersih",
        formula="yang terbit − yang terbit lalu keluar, sesudah tanggal laporan rapat lalu",
        source=OURS,
        worked="{issued:signed} sertifikat",
    ),
    Definition(
        "changes_since", "issued_now", "Terbit kini", "sertifikat",
        "terbit menurut data rapat ini, per tanggalnya",
        formula="rapat lalu + dinyatakan ulang + terbit sejak rapat lalu",
        source=OURS,
        worked="{issued_then:count} {issued_restated:signed} {issued:signed} = {issued_now:count}",
    ),
    Definition(
        "changes_since", "returned", "Dikembalikan", "kali",
        "berapa kali pengajuan kembali ke pelaku usaha sejak rapat lalu",
        formula="jumlah register yang pertama kali menyatakan sebuah pengajuan dikembalikan",
        edges=(
            "Yang dinyatakan lagi masih dikembalikan tidak dihitung dua kali.",
            "Hanya dari data per pengajuan, tidak dari rekap.",
        ),
        source=f"{SIHALAL}: OF280, OF285.",
        worked="{returned:count} kali",
    ),
)  # fmt: skip

UNHEARD = (
    Definition(
        "not_reporting", "received_at", "Berkas terakhir", "tanggal",
        "hari berkas terakhir dari LP3H yang belum mengirim sejak rapat lalu",
        formula="penerimaan paling akhir di antara berkas yang memuat baris LP3H itu",
        edges=("Kosong bila LP3H itu punya kuota dan belum pernah mengirim.",),
        source=OURS,
        worked="{received_at:date}",
    ),
)  # fmt: skip

AT_STAKE = (
    Definition(
        "at_stake", "alone", "Ditahan sendiri", "sertifikat",
        "sertifikat yang tertahan oleh satu kendala bila hanya kendala itu yang ada",
        formula="yang terkecil dari: jumlah yang dilaporkan, dan yang menunggu di daerah, LP3H, dan tahap kendala itu",
        edges=(
            "Tanpa jumlah: semua yang menunggu di sana.",
            "Tanpa daerah, LP3H, atau tahap: di mana pun sebelum terbit.",
            "Kuota yang belum dibagi dapat ditahan kendala mana pun yang menyebut jumlahnya.",
        ),
        source=OURS,
        worked="{alone:count} sertifikat",
    ),
    Definition(
        "at_stake", "at_stake", "Sertifikat tertahan", "sertifikat",
        "sertifikat yang tertahan selain yang sudah dihitung pada kendala di atasnya",
        formula="tambahan terhadap jumlah terbesar yang dapat ditahan bersama, tiap sertifikat pada satu kendala",
        edges=(
            "Tidak ada yang dihitung dua kali: jumlahnya tidak lebih dari kuota yang belum terbit.",
            "Diurutkan dari tambahan terbesar.",
            "Kendala yang sudah ditutup tidak ikut.",
        ),
        source=f"{OURS}: aliran maksimum dari kendala ke tempat pengajuan menunggu.",
        worked="{at_stake:count} sertifikat",
    ),
    Definition(
        "at_stake", "cumulative_share", "Bagian kumulatif", "%",
        "sertifikat tertahan oleh kendala ini dan yang di atasnya", "sertifikat tertahan oleh semua kendala",
        formula="jumlah dari yang terbesar sampai kendala ini ÷ jumlah semua",
        edges=("Kosong bila tidak ada yang tertahan.",),
        source=OURS,
        worked="{cumulative_share:rate}",
    ),
)  # fmt: skip

ACTION_NUMBERS = (
    Definition(
        "action_numbers", "number_then", "Angkanya pada rapat lalu", "pengajuan",
        "pengajuan yang sampai di tahap, daerah, dan LP3H yang disebut tindak lanjut, pada rapat lalu",
        formula="Mencapai tahap menurut data rapat lalu, per tanggalnya",
        edges=("Kosong bila tindak lanjut tidak menyebut tahap.",),
        source=OURS,
        worked="{number_then:count}",
    ),
    Definition(
        "action_numbers", "number_now", "Angkanya kini", "pengajuan",
        "pengajuan yang sampai di tahap, daerah, dan LP3H yang disebut tindak lanjut, pada rapat ini",
        formula="Mencapai tahap menurut data rapat ini, per tanggalnya",
        edges=("Kosong bila tindak lanjut tidak menyebut tahap.",),
        source=OURS,
        worked="{number_now:count}",
    ),
    Definition(
        "action_numbers", "moved", "Bergerak", "pengajuan",
        "perubahan angka tindak lanjut sejak rapat lalu",
        formula="angkanya kini − angkanya pada rapat lalu",
        edges=("Yang dinyatakan ulang ikut di dalamnya.",),
        source=OURS,
        worked="{number_now:count} − {number_then:count} = {moved:signed}",
    ),
    Definition(
        "action_numbers", "days_late", "Lewat", "hari kalender",
        "hari sejak target waktu tindak lanjut yang belum selesai",
        formula="tanggal laporan − target waktu",
        edges=("Kosong bila belum lewat, sudah selesai, atau batal.", "Pada harinya sendiri belum lewat."),
        source=OURS,
        worked="{days_late:count} hari",
    ),
)  # fmt: skip
