"""Whether the figures can be relied on: how fresh, how complete, what is there twice, what recaps say differently."""

from typing import Any, Final

import pandas as pd

from halal_metrics.definitions.definition import OURS, Definition, Metric


def _lacking_most(frame: pd.DataFrame, as_of: pd.Timestamp) -> dict[str, Any]:
    lacking = frame.assign(lacking=frame["expected"] - frame["filled"])
    return lacking.nlargest(1, "lacking").to_dict("records")[0]


def _differing_most(frame: pd.DataFrame, as_of: pd.Timestamp) -> dict[str, Any]:
    return frame.loc[[frame["difference"].abs().idxmax()]].to_dict("records")[0]


_FRESHNESS = Metric(
    "freshness", "Seberapa baru datanya", place=12, whole=lambda known: known.checked["freshness"]
)  # fmt: skip
_COMPLETENESS = Metric(
    "completeness", "Seberapa lengkap isinya", place=13, row=_lacking_most,
    whole=lambda known: known.checked["completeness"],
)  # fmt: skip
_DUPLICATES = Metric(
    "duplicates", "Kemungkinan ganda", place=14, whole=lambda known: known.checked["duplicates"]
)  # fmt: skip
_RECONCILE = Metric(
    "reconcile", "Rekap dibanding register", place=15, row=_differing_most,
    whole=lambda known: known.checked["reconcile"],
)  # fmt: skip

FRESHNESS = (
    Definition(
        _FRESHNESS, "statement_date", "Pernyataan terakhir", "tanggal",
        "tanggal pernyataan terakhir dalam register atau rekap",
        kind="date",
        formula="tanggal “per …” paling akhir sampai tanggal laporan",
        edges=("Kosong bila belum ada yang dikirim sampai hari itu.",),
        source=OURS,
        worked="{statement_date:date}",
    ),
    Definition(
        _FRESHNESS, "statement_days", "Umur data", "hari kalender", "hari sejak pernyataan terakhir",
        unit_in_head="hari",
        formula="tanggal laporan − pernyataan terakhir",
        edges=("Lebih dari 14 hari: mintalah data terbaru.",),
        source=f"{OURS}: register dikirim tiap dua pekan.",
        worked="{statement_date:date} → {as_of:date}: {statement_days:count} hari",
    ),
    Definition(
        _FRESHNESS, "received_date", "Berkas terakhir diterima", "tanggal",
        "hari berkas terakhir diterima",
        kind="date",
        formula="hari penerimaan paling akhir sampai tanggal laporan",
        edges=("Kosong bila belum ada berkas sampai hari itu.",),
        source=OURS,
        worked="{received_date:date}",
    ),
    Definition(
        _FRESHNESS, "received_days", "Sejak berkas terakhir", "hari kalender", "hari sejak berkas terakhir diterima",
        header="Sejak diterima", unit_in_head="hari",
        formula="tanggal laporan − hari penerimaan terakhir",
        source=OURS,
        worked="{received_date:date} → {as_of:date}: {received_days:count} hari",
    ),
    Definition(
        _FRESHNESS, "files", "Berkas", "berkas", "berkas dengan paling sedikit satu baris kelompok ini",
        unit_in_head="",
        formula="jumlah berkas yang berbeda sampai tanggal laporan",
        source=OURS,
        worked="{files:count} berkas",
    ),
)  # fmt: skip

COMPLETENESS = (
    Definition(
        _COMPLETENESS, "expected", "Seharusnya terisi", "isian",
        "isian yang seharusnya ada pada pengajuan",
        formula="satu isian per pengajuan dan kolom kunci",
        edges=(
            "Tanggal tahap hanya diharapkan bila statusnya sudah sampai di tahap itu.",
            "Nomor sertifikat hanya diharapkan pada yang terbit, tanggal keluar hanya pada yang keluar.",
        ),
        source=OURS,
        worked="{expected:count} isian",
    ),
    Definition(
        _COMPLETENESS, "filled", "Terisi", "isian", "isian yang ada dan dapat dibaca",
        formula="jumlah isian yang diharapkan dan tidak kosong",
        edges=("Yang rusak oleh Excel atau tidak mungkin dihitung kosong.",),
        source=OURS,
        worked="{filled:count} isian",
    ),
    Definition(
        _COMPLETENESS, "completeness_rate", "Kelengkapan", "%", "isian yang terisi", "isian yang seharusnya terisi",
        kind="rate", tone="used",
        formula="terisi ÷ seharusnya terisi",
        edges=("Kosong bila tidak ada yang diharapkan.",),
        source=OURS,
        worked="{filled:count} ÷ {expected:count} = {completeness_rate:rate}",
    ),
)  # fmt: skip

DUPLICATES = (
    Definition(
        _DUPLICATES, "score", "Bukti kemungkinan ganda", "poin",
        "bukti bahwa dua pengajuan, atau pengajuan dan sertifikat program lain, adalah satu usaha",
        header="Bukti",
        formula="NIB sama 10, nomor sertifikat sama 10, telepon sama 5, nama usaha serupa 4, pemilik serupa 4, NIB "
        "berbeda satu angka 3, alamat serupa 3, kecamatan sama 1, produk serupa 1; dikurangi NIB berbeda 4, "
        "pemilik berbeda 2, nama usaha berbeda 1, telepon berbeda 1",
        edges=(
            "Ditampilkan mulai 7 poin; mulai 12 poin buktinya kuat.",
            "NIK tidak pernah dipakai: Excel merusaknya.",
            "Telepon yang dipakai lebih dari 4 pengajuan dianggap milik pendamping.",
            "Pasangan yang salah satunya sudah keluar dianggap selesai.",
            "Keduanya tetap dihitung sampai LP3H membatalkan salah satunya.",
        ),
        source=f"{OURS}. NIB satu untuk satu pelaku usaha.",
        worked="{score:count} poin",
    ),
)  # fmt: skip

_CAUSES = {
    "other_place": (
        "Di tempat lain", "pengajuan yang di register tertulis tanpa, atau di, kab/kota atau LP3H lain",
        "tidak berkab/kota atau ber-LP3H, atau alamatnya menyebut kab/kota lain dari kolomnya",
    ),
    "left": (
        "Sudah keluar", "pengajuan yang keluar, dan di rekap dihitung lain",
        "ditolak, dibatalkan, atau diganti; paling banyak sebanyak selisihnya dengan kolom Ditolak/Batal rekap",
    ),
    "after_cutoff": (
        "Sesudah tanggal rekap", "pengajuan yang tercatat sesudah tanggal rekap",
        "rekap lebih banyak: mencapai tahap paling lama 14 hari sesudahnya; rekap lebih sedikit: baru muncul di "
        "register sesudahnya",
    ),
    "behind": (
        "Masih di tahap sebelumnya", "pengajuan yang di register masih satu tahap di belakang",
        "pada tanggal rekap masih draf, atau di tahap sebelumnya",
    ),
    "neighbour": (
        "Tertukar dengan sel tetangga", "pengajuan yang kurang di satu sel dan lebih di sel tetangganya",
        "LP3H yang sama di kab/kota lain, atau LP3H lain di kab/kota yang sama, pada tanggal yang sama",
    ),
    "missing": (
        "Tanpa baris register", "pengajuan dalam rekap yang tidak ada barisnya di register",
        "sisa selisih yang tidak dijelaskan sebab lain",
    ),
    "recap_only": (
        "Hanya ada rekap", "pengajuan dalam rekap di tempat yang belum punya register",
        "sisa selisih bila tidak ada satu baris register pun, draf pun",
    ),
    "duplicate": (
        "Ganda di register", "pengajuan yang tercatat dua kali di register",
        "NIB sama dengan nomor daftar berbeda, atau diputuskan sama",
    ),
    "returned": (
        "Dikembalikan", "pengajuan yang sedang dikembalikan kepada pelaku usaha",
        "status dikembalikan; register tetap menghitungnya",
    ),
    "uncounted": (
        "Tidak dihitung rekap", "pengajuan di register yang tidak dihitung rekap",
        "sisa selisih yang tidak dijelaskan sebab lain",
    ),
}  # fmt: skip

RECONCILE = (
    Definition(
        _RECONCILE, "claimed", "Menurut rekap", "pengajuan", "angka rekap terakhir sampai tanggal laporan",
        formula="angka yang tertulis di rekap untuk tahap itu",
        edges=("Tahap yang tidak disebut rekap tidak dibandingkan.",),
        source="Rekap LP3H atau OPD.",
        worked="{claimed:count} pengajuan",
    ),
    Definition(
        _RECONCILE, "registered", "Menurut register", "pengajuan",
        "pengajuan dalam register pada tanggal rekap",
        formula="mencapai tahap sampai tanggal rekap − yang keluar sampai tanggal itu",
        source="Sama dengan Mencapai tahap.",
        worked="{registered:count} pengajuan",
    ),
    Definition(
        _RECONCILE, "difference", "Selisih rekap", "pengajuan", "angka rekap dikurangi angka register",
        header="Selisih", kind="signed",
        formula="menurut rekap − menurut register = jumlah semua sebab",
        edges=(
            "Sebab diperiksa berurutan, yang paling pasti lebih dulu, dan hanya sebanyak selisihnya.",
            "Yang tidak dijelaskan oleh satu baris pun diberi nama, tidak dibiarkan.",
        ),
        source=OURS,
        worked="{claimed:count} − {registered:count} = {difference:signed}",
    ),
    *(
        Definition(
            _RECONCILE, cause, name, "pengajuan", what,
            kind="signed",
            formula=rule,
            edges=("Positif: rekap lebih banyak. Negatif: rekap lebih sedikit.",),
            source=f"{OURS}: rekap hanya menyebut jumlah, jadi sebabnya disimpulkan.",
            worked=f"{{{cause}:signed}}",
        )
        for cause, (name, what, rule) in _CAUSES.items()
    ),
)  # fmt: skip

QUALITY: Final = (*FRESHNESS, *COMPLETENESS, *DUPLICATES, *RECONCILE)
