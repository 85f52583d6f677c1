"""What the figures about what is to come mean: forecast, dates, weekly plan, extra quota."""

from dataclasses import replace
from typing import Final

import pandas as pd

from halal_metrics.definitions.definition import OURS, Definition, Metric
from halal_metrics.definitions.example import Known, Row


def _foreseen(metric: str):
    """The result of a scope that has been figured beforehand: running a programme forward takes its time."""

    def whole(known: Known) -> pd.DataFrame:
        return known.foreseen.get(metric, pd.DataFrame())

    return whole


def _last_of(measure: str) -> Row:
    """The row of the last date, of one measure."""

    def row(frame: pd.DataFrame, as_of: pd.Timestamp) -> dict:
        return frame[frame["measure"] == measure].tail(1).to_dict("records")[0]

    return row


def _most_room(frame: pd.DataFrame, as_of: pd.Timestamp) -> dict:
    return frame.sort_values("room", kind="stable").tail(1).to_dict("records")[0]


_FORECAST: Final = Metric("forecast", "Ramalan", place=7.0, whole=_foreseen("forecast"), row=_last_of("used"))
_FINISH_DATES: Final = Metric("finish_dates", "Ramalan tanggal", place=7.1, whole=_foreseen("finish_dates"))
_FINISH_CHANCES: Final = Metric(
    "finish_chances", "Peluang menurut tanggal", place=7.15, whole=_foreseen("finish_chances")
)
_WEEKLY_PLAN: Final = Metric(
    "weekly_plan", "Rencana pekanan", place=7.2, whole=_foreseen("weekly_plan"), row=_most_room
)
_EXTRA_QUOTA: Final = Metric("extra_quota", "Tambahan kuota", place=7.3, whole=_foreseen("extra_quota"))

RUN: Final = (
    "Program dijalankan maju 2.000 kali sampai tanggal itu: pengajuan tiap LP3H, lama tiap langkah, antrean fatwa, dan "
    "yang keluar mengikuti yang sudah terjadi, dengan segala ketidakpastiannya."
)

_BANDS: Final = {
    "p10": ("Batas bawah (1 dari 10 di bawahnya)", "angka yang hanya 1 dari 10 kemungkinan berada di bawahnya"),
    "p50": ("Tengah", "angka yang separuh kemungkinan berada di bawahnya, separuh di atasnya"),
    "p90": ("Batas atas (1 dari 10 di atasnya)", "angka yang hanya 1 dari 10 kemungkinan berada di atasnya"),
}

FORECASTS = (
    Definition(
        _FORECAST, "date", "Tanggal ramalan", "tanggal", "hari yang diramalkan", kind="date",
        formula="tanggal yang dipilih, dari tanggal laporan sampai batas ramalan",
        source=OURS,
        worked="{date:date}",
    ),
    Definition(
        _FORECAST, "measure", "Ukuran", "kategori", "dimanfaatkan atau terbit", kind="measure",
        formula="dimanfaatkan: diajukan dan tidak keluar; terbit: sertifikat terbit",
        source="Sama dengan Dimanfaatkan dan Terbit.",
        worked="{measure:measure}",
    ),
    Definition(
        _FORECAST, "mean", "Rata-rata ramalan", "pelaku usaha",
        "jumlah pada semua kemungkinan", "banyaknya kemungkinan",
        kind="number",
        formula="jumlah pada semua kemungkinan ÷ banyaknya kemungkinan",
        edges=(RUN, "Rata-rata bagian-bagiannya berjumlah rata-rata keseluruhan."),
        source=OURS,
        worked="{mean:number} pada {date:date}",
    ),
    *(
        Definition(
            _FORECAST, column, name, "pelaku usaha", told,
            formula=told,
            edges=(
                "Di antara batas bawah dan batas atas terletak 8 dari 10 kemungkinan.",
                "Batas bagian-bagian tidak dapat dijumlahkan: tidak semuanya sial, atau mujur, bersamaan.",
            ),
            source=f"{OURS}; diuji pada program rekaan yang kenyataannya diketahui.",
            worked="{" + column + ":count} pada {date:date}; 8 dari 10 kemungkinan: {p10:count}–{p90:count}",
        )
        for column, (name, told) in _BANDS.items()
    ),
)  # fmt: skip

_SHARES: Final = {
    "p50_date": ("5 dari 10", "separuh"),
    "p80_date": ("8 dari 10", "8 dari 10"),
    "p95_date": ("19 dari 20", "19 dari 20"),
}

FINISHES = (
    Definition(
        _FINISH_DATES, "measure", "Ukuran sasaran", "kategori", "dimanfaatkan atau terbit",
        header="Ukuran", kind="measure",
        formula="dimanfaatkan: diajukan dan tidak keluar; terbit: sertifikat terbit",
        source="Sama dengan Dimanfaatkan dan Terbit.",
        worked="{measure:measure}",
    ),
    Definition(
        _FINISH_DATES, "goal", "Sasaran", "pelaku usaha", "bagian kuota yang dituju",
        formula="bagian yang dipilih × kuota, dibulatkan ke atas",
        source=OURS,
        worked="{goal:count}",
    ),
    Definition(
        _FINISH_DATES, "chance", "Peluang tercapai", "%", "kemungkinan yang mencapai sasaran", "semua kemungkinan",
        kind="rate", tone="issued",
        formula="kemungkinan yang mencapai sasaran sampai tanggal itu ÷ semua kemungkinan",
        edges=(RUN, "Peluang keseluruhan bukan peluang bagian-bagiannya: sasaran tercapai bila semua bagian cukup."),
        source=f"{OURS}; diuji pada program rekaan: peluang 80% tercapai pada kira-kira 8 dari 10 program.",
        worked="{goal:count}: {chance:rate}",
    ),
    *(
        Definition(
            _FINISH_DATES, column, f"Tercapai pada ({words})", "tanggal",
            f"hari sampai dengan mana {share} kemungkinan telah mencapai sasaran",
            kind="date",
            formula=f"hari pertama dengan {share} kemungkinan telah sampai",
            edges=("Kosong bila tidak sebelum batas ramalan.",),
            source=OURS,
            worked="{goal:count} pada {" + column + ":date}",
        )
        for column, (words, share) in _SHARES.items()
    ),
)  # fmt: skip

CHANCES = (
    replace(FINISHES[0], of=_FINISH_CHANCES),
    Definition(
        _FINISH_CHANCES, "share", "Bagian kuota", "%", "sasaran", "kuota", kind="rate", tone="quota",
        formula="bagian yang dipilih: 80%, 90%, 95% atau 100% kuota",
        source=OURS,
        worked="{share:rate}",
    ),
    replace(FINISHES[1], of=_FINISH_CHANCES),
    Definition(
        _FINISH_CHANCES, "date", "Sampai tanggal", "tanggal", "hari yang diperiksa", kind="date",
        formula="tanggal yang dipilih",
        source=OURS,
        worked="{date:date}",
    ),
    replace(
        FINISHES[2],
        of=_FINISH_CHANCES,
        numerator="kemungkinan yang pada tanggal itu di sasaran atau di atasnya",
        formula="kemungkinan yang pada tanggal itu di sasaran atau di atasnya ÷ semua kemungkinan",
        worked="{goal:count} pada {date:date}: {chance:rate}",
    ),
)  # fmt: skip

PLANS = (
    Definition(
        _WEEKLY_PLAN, "used", "Dimanfaatkan kini", "pelaku usaha", "diajukan dan tidak keluar", header="Dimanfaatkan",
        formula="diajukan − ditolak − dibatalkan − diganti",
        source="Sama dengan Dimanfaatkan.",
        worked="{used:count}",
    ),
    Definition(
        _WEEKLY_PLAN, "room", "Ruang LP3H", "kuota", "kuota yang masih dapat diisi LP3H ini",
        header="Sisa ruang", unit_in_head="kuota",
        formula="kuota − dimanfaatkan, paling sedikit 0 di tiap kab/kota, ditambah bagiannya dari kuota yang belum "
        "dibagi kepada LP3H",
        source=OURS,
        worked="{room:count}",
    ),
    Definition(
        _WEEKLY_PLAN, "pace_per_week", "Laju kini per pekan", "pengajuan per pekan",
        "pengajuan bersih 28 hari terakhir", "4 pekan",
        header="Laju kini", kind="number", unit_in_head="per pekan",
        formula="pengajuan bersih 28 hari terakhir ÷ 4",
        source="Sama dengan Laju per pekan.",
        worked="{pace_per_week:number} per pekan",
    ),
    Definition(
        _WEEKLY_PLAN, "required_per_week", "Perlu diajukan per pekan", "pengajuan per pekan",
        "ruang LP3H", "pekan dalam mana semua LP3H mengisi ruangnya",
        header="Perlu diajukan", kind="number", unit_in_head="per pekan",
        formula="laju terendah dengan mana sasaran tercapai pada 8 dari 10 kemungkinan: semua LP3H mengisi ruangnya "
        "dalam waktu yang sama, tidak ada yang melebihi batasnya",
        edges=(RUN, "Bila tidak terjangkau: laju pada batas.", "Pada layar dibulatkan ke atas."),
        source=OURS,
        worked="{room:count} kuota: {required_per_week:number} per pekan (kini {pace_per_week:number})",
    ),
    Definition(
        _WEEKLY_PLAN, "limit_per_week", "Batas per pekan", "pengajuan per pekan",
        "pengajuan yang paling banyak diminta dari LP3H ini",
        header="Batas", kind="number", unit_in_head="per pekan",
        formula="dua kali 5 hari kerja tersibuknya sejauh ini, paling sedikit 5",
        source=OURS,
        worked="{limit_per_week:number} per pekan",
    ),
    Definition(
        _WEEKLY_PLAN, "active_p3h", "Pendamping yang bekerja", "pendamping",
        "pendamping dengan pengajuan dalam 30 hari terakhir",
        header="Pendamping aktif",
        formula="nama pendamping yang berbeda dalam 30 hari terakhir",
        edges=("Kosong bila tidak ada yang aktif atau namanya tidak tercatat.",),
        source="Sama dengan Pendamping aktif.",
        worked="{active_p3h:count} pendamping",
    ),
    Definition(
        _WEEKLY_PLAN, "required_per_p3h", "Perlu per pendamping", "pengajuan per pekan",
        "perlu diajukan per pekan", "pendamping aktif",
        kind="number", unit_in_head="per pekan",
        formula="perlu diajukan per pekan ÷ pendamping aktif",
        edges=("Kosong tanpa pendamping aktif.",),
        source=OURS,
        worked="{required_per_p3h:number} per pendamping per pekan",
    ),
)  # fmt: skip

EXTRA = (
    Definition(
        _EXTRA_QUOTA, "verdict", "Tambahan kuota", "kategori", "apakah tambahan kuota diminta",
        kind="extra_verdict",
        formula="minta: dimanfaatkan ≥ 95% kuota, ada yang masih dapat selesai, dan ada calonnya; segera: dimanfaatkan "
        "≥ 95% kuota, atau tercapai dalam 30 hari; selain itu belum",
        source=OURS,
        worked="{absorption_rate:rate} dimanfaatkan → {verdict:extra_verdict}",
    ),
    Definition(
        _EXTRA_QUOTA, "ask", "Yang diminta", "kuota", "tambahan kuota yang masih dapat diselesaikan dan ada calonnya",
        formula="yang lebih kecil dari: yang masih dapat selesai, dan calon yang ada; 0 bila belum",
        edges=("Tanpa daftar calon, calon tidak membatasi.",),
        source=OURS,
        worked="{ask:count} kuota",
    ),
    Definition(
        _EXTRA_QUOTA, "finishable", "Masih dapat selesai", "pelaku usaha",
        "sertifikat di atas kuota yang terbit sampai tenggat bila kuota tidak membatasi",
        formula="terbit pada 8 dari 10 kemungkinan tanpa batas kuota − kuota, paling sedikit 0",
        edges=(RUN,),
        source=OURS,
        worked="{finishable:count}",
    ),
    Definition(
        _EXTRA_QUOTA, "pool", "Calon tersedia", "pelaku usaha", "calon pelaku usaha yang diberikan OPD",
        formula="banyaknya calon", edges=("Kosong bila tidak ada daftar.",),
        source=OURS,
        worked="{pool:count}",
    ),
    Definition(
        _EXTRA_QUOTA, "quota", "Kuota program", "kuota", "kuota menurut rencana yang berlaku", header="Kuota",
        formula="jumlah kuota", source="Sama dengan Kuota.",
        worked="{quota:count}",
    ),
    Definition(
        _EXTRA_QUOTA, "used", "Dimanfaatkan program", "pelaku usaha", "diajukan dan tidak keluar",
        header="Dimanfaatkan",
        formula="diajukan − ditolak − dibatalkan − diganti", source="Sama dengan Dimanfaatkan.",
        worked="{used:count}",
    ),
    Definition(
        _EXTRA_QUOTA, "absorption_rate", "Serapan program", "%", "dimanfaatkan", "kuota", header="Serapan", kind="rate",
        tone="used",
        formula="dimanfaatkan ÷ kuota", edges=("Kosong tanpa kuota.",), source="Sama dengan Serapan kuota.",
        worked="{used:count} ÷ {quota:count} = {absorption_rate:rate}",
    ),
    Definition(
        _EXTRA_QUOTA, "ask_date", "Waktunya meminta", "tanggal", "hari dengan 95% kuota dimanfaatkan",
        kind="date",
        formula="hari sampai dengan mana separuh kemungkinan memanfaatkan 95% kuota",
        edges=("Kosong bila tidak sebelum tenggat.",),
        source=OURS,
        worked="{ask_date:date}",
    ),
)  # fmt: skip

FORESIGHT: Final = (*FORECASTS, *FINISHES, *CHANCES, *PLANS, *EXTRA)
