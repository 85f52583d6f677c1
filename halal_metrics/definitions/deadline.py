"""The plan, the deadline and the pace: which plan holds, how far from it, when it ends."""

from dataclasses import replace
from typing import Any, Final

import pandas as pd

import halal_metrics as hm
from halal_metrics.definitions.definition import EITHER, MEASURE_UNIT, NO_QUOTA, OURS, PRESS, Definition, Metric
from halal_metrics.definitions.example import Known, first
from halal_metrics.definitions.quota import ABSORPTION
from halal_metrics.definitions.stages import STAGE_LABEL, within_a_sentence
from halal_metrics.schema import STAGES


def gaps(known: Known, *by: str) -> pd.DataFrame:
    """`deadline_gaps` of these groups by the measure of the scope; of the whole where none are named."""
    return hm.deadline_gaps(
        known.quotas, known.progress, by=by, as_of=known.as_of, start=known.start, measure=known.measure
    )


def _outlook(known: Known) -> pd.DataFrame:
    whole = gaps(known)
    return whole.merge(hm.outlook(whole, start=known.start), how="cross")


def _curve(known: Known) -> pd.DataFrame:
    """To two weeks past the last deadline or the day looked at, as it is drawn: before the start there may be none."""
    last = max([pd.Timestamp(known.as_of), *known.quotas["target_date"].dropna()])
    until = last + pd.Timedelta(days=14)
    return hm.progress_curve(known.quotas, known.progress, by=(), start=known.start, until=until)


def _with_its_pace(frame: pd.DataFrame, as_of: pd.Timestamp) -> dict[str, Any]:
    row = first(frame, as_of)
    achieved = row["done"] / row["planned"] if row["planned"] else None
    return row | {"recent": row["pace_per_week"] * 4, "achieved": achieved}


def _with_its_weeks(frame: pd.DataFrame, as_of: pd.Timestamp) -> dict[str, Any]:
    row = first(frame, as_of)
    days, lag = row["days_left"], row["gap_working_days"]
    weeks = 0 if pd.isna(days) else max(days, 0) / 7
    per_day = row["gap"] / lag if lag else None
    return row | {"weeks_left": weeks, "pace": max(row["pace_per_week"], 0), "per_day": per_day}


def _that_day(frame: pd.DataFrame, as_of: pd.Timestamp) -> dict[str, Any]:
    """The sums up to and including the day."""
    so_far = frame[frame["date"] <= as_of]
    return (frame.head(1) if so_far.empty else so_far.tail(1)).to_dict("records")[0]


_PLAN = Metric("plan")
_DEADLINE_GAPS = Metric("deadline_gaps", "Selisih, laju dan tenggat", place=4, whole=gaps, row=_with_its_pace)
_OUTLOOK = Metric("outlook", "Bila tidak ada yang berubah", place=5, whole=_outlook, row=_with_its_weeks)
_PROGRESS_CURVE = Metric("progress_curve", "Kurva S", place=10, whole=_curve, row=_that_day)

DEADLINES = (
    replace(ABSORPTION[0], of=_DEADLINE_GAPS),
    Definition(
        _DEADLINE_GAPS, "done", "Realisasi", EITHER,
        "dimanfaatkan, atau terbit, menurut ukuran yang dipilih",
        measured={"submitted": "Dimanfaatkan", "issued": "Terbit"},
        formula="dimanfaatkan bila ukurannya dimanfaatkan; terbit bila ukurannya terbit",
        source="Sama dengan Dimanfaatkan dan Terbit.",
        worked="{done:count} dari {quota:count} kuota",
    ),
    Definition(
        _DEADLINE_GAPS, "remaining", "Sisa menurut ukuran", "kuota", "kuota yang belum terealisasi",
        header="Sisa kuota", unit_in_head="", measured={"submitted": "Belum dimanfaatkan", "issued": "Belum terbit"},
        formula="kuota − realisasi",
        edges=("Negatif bila realisasi melebihi kuota.",),
        source=OURS,
        worked="{quota:count} − {done:count} = {remaining:count}",
    ),
    Definition(
        _DEADLINE_GAPS, "target_date", "Tenggat", "tanggal",
        "tanggal kuota harus tercapai",
        kind="date",
        formula="tenggat terakhir di antara pembagian dalam kelompok",
        edges=("Selalu tanggal yang tersimpan dalam rencana; tidak pernah dihitung dari “100 hari kerja”.",),
        source=f"{PRESS}: tenggat 31 Mei 2025, 100 hari kalender sejak 20 Februari 2025.",
        worked="{target_date:date}",
    ),
    Definition(
        _DEADLINE_GAPS, "days_left", "Sisa hari", "hari kalender",
        "hari dari tanggal laporan sampai tenggat",
        kind="days",
        formula="tenggat − tanggal laporan",
        edges=("Negatif bila tenggat sudah lewat.", "Kosong bila tenggat belum ditetapkan."),
        source=OURS,
        worked="{as_of:date} → {target_date:date}: {days_left:days}",
    ),
    Definition(
        _DEADLINE_GAPS, "working_days_left", "Sisa hari kerja", "hari kerja",
        "hari kerja sesudah tanggal laporan sampai dengan tenggat",
        formula="Senin–Jumat tanpa hari libur nasional dan tanpa cuti bersama",
        edges=("Negatif bila tenggat sudah lewat.",),
        source="SKB tiga menteri tentang hari libur nasional dan cuti bersama (data/holidays.csv).",
        worked="{as_of:date} → {target_date:date}: {working_days_left:signed} hari kerja",
    ),
    Definition(
        _DEADLINE_GAPS, "planned", "Rencana", "kuota",
        "kuota yang menurut rencana seharusnya sudah terealisasi",
        formula="jumlah dari: kuota × (hari kerja sejak mulai sampai tanggal laporan, paling jauh tenggat) ÷ "
        "(hari kerja sejak mulai sampai tenggat); hari pertama dan terakhir ikut dihitung",
        edges=(
            "Garis lurus menurut hari kerja: tidak ada rencana bulanan yang ditetapkan.",
            "Pembagian tanpa tenggat tidak direncanakan.",
            "Bila tidak ada hari kerja sampai tenggat: 0 sebelum tenggat, seluruhnya sejak tenggat.",
        ),
        source=f"{OURS}, mengikuti kebiasaan kurva S.",
        worked="{planned:number} dari {quota:count} kuota pada {as_of:date}",
    ),
    Definition(
        _DEADLINE_GAPS, "gap", "Selisih dari rencana", EITHER,
        "realisasi dikurangi rencana",
        kind="signed",
        formula="realisasi − rencana",
        edges=("Negatif: di belakang rencana. Positif: di depan rencana.",),
        source=OURS,
        worked="{done:count} − {planned:number} = {gap:signed}",
    ),
    Definition(
        _DEADLINE_GAPS, "gap_rate", "Deviasi", "poin persen", "selisih dari rencana", "kuota",
        kind="points", unit_in_head="poin",
        formula="selisih dari rencana ÷ kuota = realisasi % − rencana %",
        edges=(NO_QUOTA,),
        source="Deviasi = realisasi % − rencana %, sebagaimana dipakai pada pemantauan pekerjaan pemerintah; "
        "penerapannya di sini pilihan kami.",
        worked="{gap:signed} ÷ {quota:count} = {gap_rate:points}",
    ),
    Definition(
        _DEADLINE_GAPS, "pace_per_week", "Laju per pekan", "per pekan",
        "realisasi bersih 28 hari terakhir", "4 pekan",
        kind="number", unit_in_head="",
        formula="realisasi bersih 28 hari terakhir ÷ 4",
        edges=("Negatif bila lebih banyak yang keluar daripada yang masuk.",),
        source=f"{OURS}: 28 hari cukup panjang untuk meredam libur, cukup pendek untuk terasa kini.",
        worked="{recent:signed} dalam 28 hari ÷ 4 = {pace_per_week:number} per pekan",
    ),
    Definition(
        _DEADLINE_GAPS, "required_per_week", "Perlu per pekan", "per pekan",
        "sisa", "pekan kerja sampai tenggat",
        kind="number", unit_in_head="",
        formula="sisa ÷ (sisa hari kerja ÷ 5)",
        edges=("Kosong bila tidak ada hari kerja tersisa: perlu tenggat baru.",),
        source=OURS,
        worked="{remaining:count} ÷ ({working_days_left:count} hari kerja ÷ 5) = {required_per_week:number} "
        "per pekan",
    ),
    Definition(
        _DEADLINE_GAPS, "projected_date", "Perpanjangan laju kini", "tanggal", "sisa", "laju per pekan",
        kind="date",
        formula="tanggal laporan + (sisa ÷ laju per pekan) pekan, dibulatkan ke atas dalam hari",
        edges=("Kosong tanpa laju, dengan laju negatif, atau tanpa sisa.",),
        source=f"{OURS}: perpanjangan laju kini, bukan ramalan.",
        worked="{as_of:date} + ({remaining:count} ÷ {pace_per_week:number}) pekan = {projected_date:date}",
    ),
    Definition(
        _DEADLINE_GAPS, "status", "Status terhadap tenggat", "kategori", "realisasi", "rencana",
        header="Status", kind="status",
        formula="Selesai: tidak ada sisa. Lewat tenggat: masih ada sisa dan tenggat sudah lewat. Selain itu "
        "menurut realisasi ÷ rencana: Sesuai rencana ≥ 91%, Waspada ≥ 76%, Tertinggal ≥ 51%, "
        "Kritis di bawahnya",
        edges=("Sesuai rencana selama rencananya masih 0.",),
        source="Batas 91/76/51 dari kategori capaian LKjIP (Inspektorat Sampang 2019); memakainya terhadap "
        "rencana menurut waktu adalah pilihan kami.",
        worked="{done:count} ÷ {planned:number} = {achieved:rate}; {days_left:days} → {status:status}",
    ),
)  # fmt: skip

OUTLOOK = (
    Definition(
        _OUTLOOK, "gap_working_days", "Selisih dalam hari kerja", "hari kerja",
        "hari kerja yang diwakili selisih dari rencana", "laju rencana per hari kerja",
        header="Selisih hari kerja", kind="signed",
        formula="selisih dari rencana ÷ (kuota ÷ hari kerja sejak mulai sampai tenggat)",
        edges=("Negatif: di belakang rencana.", "Kosong tanpa kuota, tanpa tenggat, atau tanpa hari kerja."),
        source=OURS,
        worked="{gap:signed} ÷ {per_day:number} per hari kerja = {gap_working_days:signed} hari kerja",
    ),
    Definition(
        _OUTLOOK, "at_risk", "Tersisa pada tenggat", "kuota",
        "kuota yang belum terealisasi pada tenggat bila laju tidak berubah",
        formula="sisa − laju per pekan × pekan sampai tenggat",
        edges=(
            "Tidak pernah di bawah 0.",
            "Seluruh sisa bila tenggat sudah lewat atau belum ditetapkan.",
            "Laju negatif dihitung 0.",
        ),
        source=f"{OURS}: perpanjangan laju kini, bukan ramalan.",
        worked="{remaining:count} − {pace:number} × {weeks_left:number} pekan → {at_risk:count}",
    ),
)  # fmt: skip

_PLANNED = next(definition for definition in DEADLINES if definition.column == "planned")

CURVE = (
    replace(
        _PLANNED, of=_PROGRESS_CURVE, name="Rencana (kurva S)", header="Rencana",
        worked="{planned:number} kuota pada {date:date}",
    ),
    *(
        Definition(
            _PROGRESS_CURVE, stage, f"Kumulatif {words}", MEASURE_UNIT.get(stage, "pengajuan"),
            f"pengajuan yang {words} sampai dengan hari itu dan tidak keluar",
            header=STAGE_LABEL[stage],
            formula=f"jumlah harian {words} sejak awal",
            edges=("Dapat turun bila ada yang keluar atau dikoreksi.",),
            source="Kurva S: rencana terhadap realisasi kumulatif, kebiasaan pemantauan pemerintah.",
            worked=f"{{{stage}:count}} pada {{date:date}}",
        )
        for stage, words in zip(STAGES, map(within_a_sentence, STAGES), strict=True)
    ),
)  # fmt: skip

PLAN = (
    Definition(
        _PLAN, "statement_date", "Rencana yang berlaku", "tanggal",
        "pembagian kuota yang dipakai pada suatu hari",
        header="Pernyataan terakhir", kind="date",
        formula="rencana dengan tanggal pernyataan terakhir sampai hari itu; sebelum itu, rencana pertama",
        edges=("Semua baris satu berkas adalah satu rencana; yang baru menggantikan yang lama seluruhnya.",),
        source=f"Tindak lanjut pada {PRESS}: kuota dibagi rinci per kab/kota dan LP3H dengan tenggatnya.",
    ),
)  # fmt: skip

DEADLINE: Final = (*DEADLINES, *OUTLOOK, *CURVE, *PLAN)
