"""The programme as it stood on 4 June 2025, as frames for every chart."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import plotly.graph_objects as go

import halal_metrics as hm
from halal_metrics.backlog import ACTORS
from halal_metrics.schema import STAGES
from halal_ui import charts

AS_OF, START, TARGET = "2025-06-04", "2025-02-20", "2025-05-31"
KAB_KOTA, LP3H = ["kab_kota"], ["lp3h"]
UNKNOWN_LP3H = "Yayasan Pendamping <Halal> Kalimantan Timur"

# kab_kota, lp3h, quota, and how many reached each stage: 1.000, 320 and 58 in all, as on 4 June 2025
PROGRAMME = [
    ("Kabupaten Paser", "LP3H UINSI Samarinda", 90, (18, 12, 8, 4, 2)),
    ("Kabupaten Kutai Kartanegara", "LP3H Al-Raudah (Kukar)", 160, (46, 24, 19, 9, 7)),
    ("Kabupaten Berau", "LP3H UINSI Samarinda", 100, (9, 5, 4, 3, 0)),
    ("Kabupaten Kutai Barat", "Halal Center Universitas Mulawarman", 80, (14, 7, 6, 4, 2)),
    ("Kabupaten Kutai Timur", "Halal Center Universitas Mulawarman", 100, (96, 55, 43, 23, 19)),
    ("Kabupaten Penajam Paser Utara", "LP3H Institut Teknologi Kalimantan", 80, (17, 13, 10, 4, 3)),
    ("Kabupaten Mahakam Ulu", UNKNOWN_LP3H, 30, (2, 1, 1, 0, 0)),
    ("Kota Balikpapan", "LP3H Institut Teknologi Kalimantan", 130, (45, 27, 23, 15, 9)),
    ("Kota Samarinda", "Halal Center Universitas Mulawarman", 160, (56, 28, 25, 19, 13)),
    (None, None, 70, (17, 8, 6, 4, 3)),
]
QUOTAS = pd.DataFrame([row[:3] for row in PROGRAMME], columns=["kab_kota", "lp3h", "quota"]).assign(
    target_date=pd.Timestamp(TARGET)
)
PROGRESS = pd.DataFrame(
    [
        (pd.Timestamp(date), kab_kota, lp3h, stage, part)
        for kab_kota, lp3h, _, counts in PROGRAMME
        for stage, count in zip(STAGES, counts, strict=True)
        for date, part in (("2025-04-01", count - count // 2), ("2025-05-20", count // 2))
    ],
    columns=["date", "kab_kota", "lp3h", "stage", "count"],
)
ACTIVITY = pd.DataFrame(
    {
        "lp3h": ["Halal Center Universitas Mulawarman", "LP3H UINSI Samarinda", None],
        "active_p3h": [12, 0, 2],
        "submitted": [54, 0, 5],
        "submitted_per_p3h": [4.5, np.nan, 2.5],
        "last_submitted_date": pd.to_datetime(["2025-06-02", "2025-04-24", "2025-05-30"]),
        "quiet_days": pd.array([2, 41, 5], "Int64"),
    }
)
BACKLOG = pd.DataFrame({"stage": ACTORS.keys(), "actor": ACTORS.values(), "waiting": [118, 37, 60, 25, 22]})

_STAYS = [  # lp3h, stage, days, outcome, count: of fatwa the half is not reached, of decided too few have moved
    ("Halal Center Universitas Mulawarman", "submitted", 9, "moved", 60),
    ("Halal Center Universitas Mulawarman", "submitted", 16, "moved", 40),
    ("Halal Center Universitas Mulawarman", "submitted", 20, "waiting", 30),
    (UNKNOWN_LP3H, "submitted", 3, "moved", 6),
    ("LP3H UINSI Samarinda", "submitted", 30, "waiting", 4),
    (None, "submitted", 6, "returned", 22),
    ("Halal Center Universitas Mulawarman", "verified", 2, "moved", 60),
    ("Halal Center Universitas Mulawarman", "fatwa", 12, "moved", 20),
    ("LP3H UINSI Samarinda", "fatwa", 45, "waiting", 60),
    ("Halal Center Universitas Mulawarman", "decided", 1, "moved", 3),
    ("Halal Center Universitas Mulawarman", "decided", 8, "waiting", 25),
]
SPELLS = pd.DataFrame(
    [
        (lp3h, stage, pd.Timestamp("2025-03-03"), pd.Timestamp("2025-03-03") + pd.offsets.BDay(days), outcome, count)
        for lp3h, stage, days, outcome, count in _STAYS
    ],
    columns=["lp3h", "stage", "entered_date", "until_date", "outcome", "count"],
)
DURATIONS, AGES = hm.durations(SPELLS, calendar=[]), hm.backlog_ages(SPELLS, calendar=[])
DURATIONS_BY = hm.durations(SPELLS, by=LP3H, calendar=[]).query("stage == 'submitted'").reset_index(drop=True)
EFFECTS = pd.DataFrame(
    {
        "event": ["Gangguan <SIHALAL>", "Gangguan <SIHALAL>", "Jemput bola", "Libur panjang"],
        "start_date": pd.to_datetime(["2025-06-02", "2025-06-02", "2025-05-12", "2025-04-01"]),
        "end_date": pd.to_datetime(["2025-06-03", "2025-06-03", "2025-05-16", "2025-04-07"]),
        "working_days": [2, 2, 5, 0],
        "done": [7, 2, 60, 0],
        "expected": [20.3, 2.9, 41.0, 0.0],
        "low": pd.array([12, 1, 30, 0], "Int64"),
        "high": pd.array([29, 5, 52, 0], "Int64"),
        "difference": [-13.3, -0.9, 19.0, 0.0],
        "clear": pd.array([True, False, True, False], "boolean"),
        "stage": ["submitted", "issued", "submitted", "submitted"],
        "kind": ["Gangguan SIHALAL", "Gangguan SIHALAL", "Lainnya", "Lainnya"],
    }
)

HELD = pd.DataFrame(
    {
        "name": ["Antrean sidang fatwa", "Dokumen atau foto dikembalikan: Berau", "Literasi digital <UMK>"],
        "at_stake": [60, 25, 15],
        "cumulative_share": [0.6, 0.85, 1.0],
    }
)


def gaps(by: list[str], as_of: str = AS_OF) -> pd.DataFrame:
    return hm.deadline_gaps(QUOTAS, PROGRESS, by=by, as_of=as_of, start=START, calendar=[])


def absorption(by: list[str]) -> pd.DataFrame:
    return hm.absorption(QUOTAS, PROGRESS, by=by, as_of=AS_OF)


def funnel(by: list[str]) -> pd.DataFrame:
    return hm.funnel(QUOTAS, PROGRESS, by=by, as_of=AS_OF)


def everything(by: list[str]) -> pd.DataFrame:
    return absorption(by).merge(gaps(by).drop(columns=["quota", "remaining"]), on=by)


CURVE = hm.progress_curve(QUOTAS, PROGRESS, by=(), start=START, until="2025-12-31", calendar=[])

# name → (the frame, the chart of it)
CHARTS: dict[str, tuple[pd.DataFrame, Callable[..., go.Figure]]] = {
    "s_curve": (CURVE, lambda frame, **mode: charts.s_curve(frame, as_of=AS_OF, deadlines=[TARGET], **mode)),
    "funnel_steps": (funnel([]), charts.funnel_steps),
    "funnel_multiples": (funnel(LP3H), lambda frame, **mode: charts.funnel_multiples(frame, by=LP3H, **mode)),
    **{
        f"tiles_{value}": (
            everything(KAB_KOTA),
            lambda frame, value=value, **mode: charts.kab_kota_tiles(frame, value=value, **mode),
        )
        for value in ("absorption_rate", "issuance_rate", "gap", "pace_per_week")
    },
    "gap_bars": (gaps(LP3H), lambda frame, **mode: charts.gap_bars(frame, by=LP3H, **mode)),
    "gap_rates": (gaps(KAB_KOTA), lambda frame, **mode: charts.gap_bars(frame, by=KAB_KOTA, unit="rate", **mode)),
    "pace_bars": (gaps(LP3H), lambda frame, **mode: charts.pace_bars(frame, by=LP3H, **mode)),
    "heatmap": (
        everything(KAB_KOTA + LP3H),
        lambda frame, **mode: charts.kab_lp3h_heatmap(frame, value="absorption_rate", **mode),
    ),
    "start_finish": (absorption(LP3H), lambda frame, **mode: charts.start_finish(frame, by=LP3H, **mode)),
    "backlog_bars": (BACKLOG, charts.backlog_bars),
    "age_bars": (AGES, charts.age_bars),
    "duration_bars": (DURATIONS, charts.duration_bars),
    "durations_by": (DURATIONS_BY, lambda frame, **mode: charts.duration_bars(frame, by=LP3H, **mode)),
    "effect_bars": (EFFECTS, charts.effect_bars),
    "activity_bars": (ACTIVITY, charts.activity_bars),
    "pareto_bars": (HELD, charts.pareto_bars),
    "allocation_bars": (absorption(KAB_KOTA), lambda frame, **mode: charts.allocation_bars(frame, by=KAB_KOTA, **mode)),
}


def drawn(name: str, *, dark: bool = False) -> go.Figure:
    frame, chart = CHARTS[name]
    return chart(frame, dark=dark)
