"""What a meeting asks: what has changed since the last one, who is silent, what is held up, what was promised."""

from typing import Final

from halal_metrics.definitions.definition import OURS, SIHALAL, UNKNOWN, Definition, Metric
from halal_metrics.definitions.stages import STAGE_LABEL

# Figures of a frozen set: on a page of today there is nothing to work them on.
_CHANGES_SINCE = Metric("changes_since", "Sejak rapat terakhir", place=16)
_NOT_REPORTING = Metric("not_reporting", "Belum mengirim sejak rapat terakhir", place=17)
_AT_STAKE = Metric("at_stake", "Kendala dan yang ditahannya", place=18)
_ACTION_NUMBERS = Metric("action_numbers", "Tindak lanjut dan angkanya", place=19)

_LATE = "Baris yang datang terlambat tentang masa lalu bukan pekerjaan masa ini: disebut dinyatakan ulang."


def _arrivals(stage: str, where: str) -> Definition:
    return Definition(
        _CHANGES_SINCE, stage, f"Sampai di tahap {where}", "pengajuan",
        f"pengajuan yang mencapai tahap {where.lower()} sejak rapat lalu",
        header=f"Sampai di {STAGE_LABEL[stage]}",
        formula="jumlah pengajuan dengan tanggal tahap sesudah tanggal laporan rapat lalu sampai tanggal laporan ini",
        edges=("Yang kemudian keluar tetap dihitung: tahapnya sudah dicapai.",),
        source=OURS,
        worked=f"{{{stage}:count}} pengajuan",
    )  # fmt: skip


def _then_and_now(column: str, words: str, unit: str, *, formula: str, worked: str) -> tuple[Definition, Definition]:
    """What the last meeting knew, and what this one does: `formula` and `worked` lead from the one to the other."""
    then = Definition(
        _CHANGES_SINCE, f"{column}_then", f"{words} pada rapat lalu", unit,
        f"{words.lower()} menurut data yang dikenal pada rapat lalu, per tanggalnya",
        header=f"{words} rapat lalu",
        formula=f"{words} menurut data rapat lalu",
        source=OURS,
        worked=f"{{{column}_then:count}} {unit}",
    )  # fmt: skip
    now = Definition(
        _CHANGES_SINCE, f"{column}_now", f"{words} kini", unit,
        f"{words.lower()} menurut data rapat ini, per tanggalnya",
        formula=formula, source=OURS, worked=worked,
    )  # fmt: skip
    return then, now


_USED_THEN, _USED_NOW = _then_and_now(
    "used", "Dimanfaatkan", "pengajuan",
    formula="rapat lalu + dinyatakan ulang + baru − keluar",
    worked="{used_then:count} {restated:signed} + {new:count} − {left:count} = {used_now:count}",
)  # fmt: skip
_ISSUED_THEN, _ISSUED_NOW = _then_and_now(
    "issued", "Terbit", "sertifikat",
    formula="rapat lalu + dinyatakan ulang + terbit sejak rapat lalu",
    worked="{issued_then:count} {issued_restated:signed} {issued:signed} = {issued_now:count}",
)  # fmt: skip

SINCE = (
    _USED_THEN,
    Definition(
        _CHANGES_SINCE, "restated", "Dinyatakan ulang", "pengajuan",
        "yang baru diketahui sekarang tentang keadaan pada rapat lalu",
        kind="signed",
        formula="dimanfaatkan per tanggal rapat lalu menurut data sekarang − menurut data waktu itu",
        edges=(_LATE, "Negatif bila ada baris yang dibetulkan atau unggahan yang dibatalkan.", UNKNOWN),
        source=OURS,
        worked="{restated:signed}",
    ),
    Definition(
        _CHANGES_SINCE, "new", "Baru", "pengajuan",
        "pengajuan yang mulai memakai kuota sejak rapat lalu",
        formula="jumlah yang diajukan sesudah tanggal laporan rapat lalu sampai tanggal laporan ini",
        edges=(_LATE, "Rekap menambah selisihnya dari rekap sebelumnya."),
        source=OURS,
        worked="{new:count} pengajuan",
    ),
    Definition(
        _CHANGES_SINCE, "left", "Keluar", "pengajuan",
        "pengajuan yang ditolak, dibatalkan, atau diganti sejak rapat lalu",
        formula="jumlah yang keluar sesudah tanggal laporan rapat lalu sampai tanggal laporan ini",
        edges=("Koreksi turun sebuah rekap termasuk di sini.", "Masuk dan keluar pada hari yang sama: tidak keduanya."),
        source=f"{SIHALAL}: OF290 ditolak, OF900 dibatalkan.",
        worked="{left:count} pengajuan",
    ),
    _USED_NOW,
    _arrivals("verified", "Terverifikasi"),
    _arrivals("fatwa", "Komite Fatwa"),
    _arrivals("decided", "Ditetapkan"),
    _ISSUED_THEN,
    Definition(
        _CHANGES_SINCE, "issued_restated", "Terbit dinyatakan ulang", "sertifikat",
        "sertifikat sampai rapat lalu yang baru diketahui sekarang",
        kind="signed",
        formula="terbit per tanggal rapat lalu menurut data sekarang − menurut data waktu itu",
        edges=(_LATE,),
        source=OURS,
        worked="{issued_restated:signed}",
    ),
    Definition(
        _CHANGES_SINCE, "issued", "Terbit sejak rapat lalu", "sertifikat",
        "sertifikat yang terbit sejak rapat lalu, bersih",
        header="Terbit baru", kind="signed",
        formula="yang terbit − yang terbit lalu keluar, sesudah tanggal laporan rapat lalu",
        source=OURS,
        worked="{issued:signed} sertifikat",
    ),
    _ISSUED_NOW,
    Definition(
        _CHANGES_SINCE, "returned", "Dikembalikan", "kali",
        "berapa kali pengajuan kembali ke pelaku usaha sejak rapat lalu",
        unit_in_head="pengajuan",
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
        _NOT_REPORTING, "received_at", "Berkas terakhir", "tanggal",
        "hari berkas terakhir dari LP3H yang belum mengirim sejak rapat lalu",
        header="Berkas terakhir diterima", kind="date",
        formula="penerimaan paling akhir di antara berkas yang memuat baris LP3H itu",
        edges=("Kosong bila LP3H itu punya kuota dan belum pernah mengirim.",),
        source=OURS,
        worked="{received_at:date}",
    ),
)  # fmt: skip

AT_STAKE = (
    Definition(
        _AT_STAKE, "alone", "Ditahan sendiri", "sertifikat",
        "sertifikat yang tertahan oleh satu kendala bila hanya kendala itu yang ada",
        header="Menahan sendiri",
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
        _AT_STAKE, "at_stake", "Sertifikat tertahan", "sertifikat",
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
        _AT_STAKE, "cumulative_share", "Bagian kumulatif", "%",
        "sertifikat tertahan oleh kendala ini dan yang di atasnya", "sertifikat tertahan oleh semua kendala",
        kind="rate", tone="behind",
        formula="jumlah dari yang terbesar sampai kendala ini ÷ jumlah semua",
        edges=("Kosong bila tidak ada yang tertahan.",),
        source=OURS,
        worked="{cumulative_share:rate}",
    ),
)  # fmt: skip


def _number(column: str, name: str, header: str, which: str) -> Definition:
    return Definition(
        _ACTION_NUMBERS, column, name, "pengajuan",
        f"pengajuan yang sampai di tahap, daerah, dan LP3H yang disebut tindak lanjut, pada rapat {which}",
        header=header,
        formula=f"Mencapai tahap menurut data rapat {which}, per tanggalnya",
        edges=("Kosong bila tindak lanjut tidak menyebut tahap.",),
        source=OURS,
        worked=f"{{{column}:count}}",
    )  # fmt: skip


ACTION_NUMBERS = (
    _number("number_then", "Angkanya pada rapat lalu", "Angkanya rapat lalu", "lalu"),
    _number("number_now", "Angkanya kini", "Angkanya kini", "ini"),
    Definition(
        _ACTION_NUMBERS, "moved", "Bergerak", "pengajuan",
        "perubahan angka tindak lanjut sejak rapat lalu",
        kind="signed",
        formula="angkanya kini − angkanya pada rapat lalu",
        edges=("Yang dinyatakan ulang ikut di dalamnya.",),
        source=OURS,
        worked="{number_now:count} − {number_then:count} = {moved:signed}",
    ),
    Definition(
        _ACTION_NUMBERS, "days_late", "Lewat", "hari kalender",
        "hari sejak target waktu tindak lanjut yang belum selesai",
        unit_in_head="hari",
        formula="tanggal laporan − target waktu",
        edges=("Kosong bila belum lewat, sudah selesai, atau batal.", "Pada harinya sendiri belum lewat."),
        source=OURS,
        worked="{days_late:count} hari",
    ),
)  # fmt: skip

MEETING: Final = (*SINCE, *UNHEARD, *AT_STAKE, *ACTION_NUMBERS)
