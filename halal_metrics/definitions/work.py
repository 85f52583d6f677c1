"""How counting works, what the last weeks brought, who is at work, who holds the gap, and whose turn it is."""

from typing import Any, Final

import pandas as pd

import halal_metrics as hm
from halal_metrics.definitions.deadline import gaps
from halal_metrics.definitions.definition import EITHER, LAW, NO_QUOTA, OURS, SIHALAL, UNKNOWN, Definition, Metric
from halal_metrics.definitions.example import first
from halal_metrics.definitions.quota import absorbed
from halal_metrics.schema import STAGES


def _so_far(frame: pd.DataFrame, as_of: pd.Timestamp) -> dict[str, Any]:
    """Each stage's sum up to and including the day."""
    counts = frame[frame["date"] <= as_of].groupby("stage")["count"].sum()
    return counts.reindex(STAGES, fill_value=0).to_dict()


def _with_the_total(frame: pd.DataFrame, as_of: pd.Timestamp) -> dict[str, Any]:
    return first(frame, as_of) | {"total": frame["shortfall"].sum()}


def _with_the_named(frame: pd.DataFrame, as_of: pd.Timestamp) -> dict[str, Any]:
    row = first(frame, as_of)
    return row | {"named": row["submitted_per_p3h"] * row["active_p3h"]}


def _waited_for_most(frame: pd.DataFrame, as_of: pd.Timestamp) -> dict[str, Any]:
    return frame.nlargest(1, "waiting").to_dict("records")[0]


_PROGRESS = Metric(
    "progress", "Kapan sebuah pengajuan dihitung", place=11, row=_so_far,
    whole=lambda known: known.progress,
)  # fmt: skip
_TREND = Metric(
    "trend", "Empat pekan terakhir", place=7,
    whole=lambda known: hm.trend(known.progress, by=(), as_of=known.as_of),
)  # fmt: skip
_ACTIVE_P3H = Metric(
    "active_p3h", "Pendamping aktif", place=8, row=_with_the_named,
    whole=lambda known: hm.active_p3h(known.activity, by=(), as_of=known.as_of),
)  # fmt: skip
_SHORTFALL = Metric(
    "shortfall", "Siapa yang memegang kekurangan", place=6, row=_with_the_total,
    whole=lambda known: hm.shortfall(gaps(known, "kab_kota")),
)  # fmt: skip
_START_FINISH = Metric(
    "start_finish", "Mulai dan selesai", place=9,
    whole=lambda known: hm.start_finish(absorbed(known, "kab_kota")),
)  # fmt: skip
_BACKLOG = Metric(
    "backlog", "Menunggu di mana", place=3, row=_waited_for_most,
    whole=lambda known: hm.backlog(known.progress, known.returned, by=(), as_of=known.as_of),
)  # fmt: skip

PROGRESS = (
    Definition(
        _PROGRESS, "stage", "Mencapai tahap", "pengajuan",
        "pengajuan yang sampai pada tahap itu atau melewatinya",
        header="Tahap", kind="stage",
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
        _PROGRESS, "date", "Tanggal mencapai tahap", "tanggal",
        "hari sebuah pengajuan mencapai tahap",
        header="Tanggal", kind="date",
        formula="tanggal tahap itu sendiri; bila kosong, tanggal paling awal dari tahap sesudahnya; bila "
        "kosong, tanggal pernyataan berkas; bila kosong, tanggal terakhir dalam tabel",
        edges=("Tabel tanpa satu tanggal pun tetap dihitung, tanpa tanggal.",),
        source=OURS,
    ),
    Definition(
        _PROGRESS, "count", "Tambah dan kurang per hari", "pengajuan",
        "pengajuan yang mencapai tahap, dikurangi yang keluar",
        header="Hitungan", kind="signed", unit_in_head="",
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


def _trend(column: str, words: str, unit: str) -> tuple[Definition, ...]:
    return (
        Definition(
            _TREND, column, f"{words} 4 pekan terakhir", unit,
            f"{words.lower()}, bersih, 28 hari terakhir",
            kind="signed",
            formula="yang masuk − yang keluar dalam 28 hari sampai dengan tanggal laporan",
            source=OURS,
            worked=f"{{{column}:signed}} dalam 28 hari sampai {{as_of:date}}",
        ),
        Definition(
            _TREND, f"{column}_before", f"{words} 4 pekan sebelumnya", unit,
            f"{words.lower()}, bersih, 28 hari sebelumnya",
            kind="signed",
            formula="yang masuk − yang keluar dalam 28 hari sebelum masa itu",
            source=OURS,
            worked=f"{{{column}_before:signed}}",
        ),
        Definition(
            _TREND, f"{column}_trend", f"Arah {words.lower()}", "naik, tetap, turun",
            "4 pekan terakhir dibanding 4 pekan sebelumnya",
            kind="trend",
            formula="naik atau turun bila bedanya lebih dari 2 × √(jumlah keduanya)",
            edges=("Perubahan yang lebih kecil dapat kebetulan: tanpa panah.",),
            source=f"{OURS}: dua simpangan baku dari beda dua hitungan.",
            worked=f"{{{column}:signed}} dibanding {{{column}_before:signed}}",
        ),
    )  # fmt: skip


TREND = (*_trend("used", "Dimanfaatkan", "pengajuan"), *_trend("issued", "Terbit", "sertifikat"))

ACTIVE = (
    Definition(
        _ACTIVE_P3H, "active_p3h", "Pendamping aktif", "pendamping",
        "pendamping dengan paling sedikit satu pengajuan dalam 30 hari terakhir",
        unit_in_head="orang",
        formula="jumlah nama pendamping per LP3H dengan pengajuan dalam 30 hari sampai tanggal laporan",
        edges=(
            "Hanya dari data per pengajuan: rekap tidak menyebut nama pendamping.",
            "Pendamping terdaftar bukan pendamping aktif.",
        ),
        source=f"{OURS}: dalam satu daftar LP3H, 46% pendamping terdaftar belum pernah mendampingi.",
        worked="{active_p3h:count} pendamping",
    ),
    Definition(
        _ACTIVE_P3H, "submitted", "Pengajuan 30 hari terakhir", "pengajuan",
        "pengajuan yang diajukan dalam 30 hari terakhir",
        formula="jumlah pengajuan dalam 30 hari sampai dengan tanggal laporan",
        edges=("Yang kemudian keluar tetap dihitung: pekerjaannya sudah dilakukan.",),
        source=OURS,
        worked="{submitted:count} pengajuan",
    ),
    Definition(
        _ACTIVE_P3H, "submitted_per_p3h", "Pengajuan per pendamping aktif", "pengajuan",
        "pengajuan 30 hari terakhir yang menyebut pendampingnya", "pendamping aktif",
        kind="number", unit_in_head="",
        formula="pengajuan 30 hari terakhir yang menyebut pendampingnya ÷ pendamping aktif",
        edges=("Kosong bila tidak ada pendamping aktif.",),
        source=OURS,
        worked="{named:count} ÷ {active_p3h:count} = {submitted_per_p3h:number}",
    ),
    Definition(
        _ACTIVE_P3H, "last_submitted_date", "Pengajuan terakhir", "tanggal",
        "hari pengajuan terakhir diajukan",
        kind="date",
        formula="tanggal pengajuan paling akhir sampai dengan tanggal laporan",
        edges=("Kosong bila belum pernah mengajukan.",),
        source=OURS,
        worked="{last_submitted_date:date}",
    ),
    Definition(
        _ACTIVE_P3H, "quiet_days", "Hari tanpa pengajuan", "hari kalender", "hari sejak pengajuan terakhir",
        unit_in_head="",
        formula="tanggal laporan − tanggal pengajuan terakhir",
        edges=("Kosong bila belum pernah mengajukan.", "30 hari atau lebih disebut tanpa pengajuan."),
        source=OURS,
        worked="{last_submitted_date:date} → {as_of:date}: {quiet_days:count} hari",
    ),
)  # fmt: skip

SHORTFALL = (
    Definition(
        _SHORTFALL, "shortfall", "Kekurangan", EITHER,
        "realisasi yang kurang dari rencana",
        formula="rencana − realisasi bila di belakang rencana; selain itu 0",
        edges=("Kelebihan satu daerah tidak menutup kekurangan daerah lain.",),
        source=OURS,
        worked="{shortfall:count}",
    ),
    Definition(
        _SHORTFALL, "share", "Bagian dari kekurangan", "%",
        "kekurangan kelompok", "kekurangan semua kelompok",
        kind="rate", tone="behind",
        formula="kekurangan ÷ jumlah kekurangan",
        edges=("Kosong bila tidak ada yang kurang.",),
        source=OURS,
        worked="{shortfall:count} ÷ {total:count} = {share:rate}",
    ),
    Definition(
        _SHORTFALL, "cumulative_share", "Bagian kumulatif", "%",
        "kekurangan kelompok ini dan yang lebih besar", "kekurangan semua kelompok",
        kind="rate", tone="behind",
        formula="jumlah bagian dari yang terbesar sampai kelompok ini",
        edges=("Kosong bila tidak ada yang kurang.",),
        source=OURS,
        worked="{cumulative_share:rate}",
    ),
)  # fmt: skip

CLASSES = (
    Definition(
        _START_FINISH, "start", "Awal: banyak atau sedikit mengajukan", "kategori",
        "serapan kuota", "serapan seluruhnya",
        header="Awal: mengajukan", kind="class",
        formula="banyak bila serapan kuota paling sedikit sama dengan serapan seluruhnya",
        edges=(NO_QUOTA,),
        source=OURS,
        worked="{absorption_rate:rate} → {start:class}",
    ),
    Definition(
        _START_FINISH, "finish", "Akhir: banyak atau sedikit terbit", "kategori",
        "terbit terhadap dimanfaatkan", "terbit terhadap dimanfaatkan seluruhnya",
        header="Akhir: terbit", kind="class",
        formula="banyak bila terbit terhadap dimanfaatkan paling sedikit sama dengan angka seluruhnya",
        edges=("Kosong selama belum ada yang dimanfaatkan.",),
        source=OURS,
        worked="{conversion_rate:rate} → {finish:class}",
    ),
)  # fmt: skip

BACKLOG = (
    Definition(
        _BACKLOG, "waiting", "Menunggu pada siapa", "pengajuan",
        "pengajuan yang menunggu langkah berikutnya, menurut siapa yang harus melangkah",
        header="Menunggu",
        formula="menunggu per tahap tanpa yang dikembalikan; yang dikembalikan berdiri sendiri",
        edges=(
            "Diajukan: giliran pendamping dan LP3H.",
            "Terverifikasi dan ditetapkan: giliran BPJPH.",
            "Di Komite Fatwa: giliran Komite Fatwa.",
            "Dikembalikan: giliran pelaku usaha, dengan bantuan pendamping.",
        ),
        source=f"{LAW}: pendampingan paling lama 10 hari kerja, Komite Fatwa 1 hari kerja. Dikembalikan: "
        f"{SIHALAL} OF280, OF285. Pemeriksaan LP3H dan BPJPH digabung: pilihan kami, karena urutannya "
        "berbeda antarsumber.",
        worked="{waiting:count} pengajuan; giliran {actor:actor}",
    ),
)  # fmt: skip

WORK: Final = (*TREND, *SHORTFALL, *CLASSES, *BACKLOG, *ACTIVE, *PROGRESS)
