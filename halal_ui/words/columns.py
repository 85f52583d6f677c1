"""Every column of a metric as people know it: its Indonesian header, its kind and its unit."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Final

from halal_metrics.definitions import DEFINITIONS
from halal_metrics.reconciling.claim import CAUSES
from halal_metrics.schema import STAGES
from halal_ui.words.labels import STAGE_LABEL


@dataclass(frozen=True)
class Column:
    """
    One column. `kind` is one of `words.WRITE`; `unit` is named in exports, where no sentence stands beside
    the number; `tone` is the colour of `theme.Palette` that a rate's bar is drawn in.
    """

    header: str
    kind: str
    unit: str = ""
    tone: str = "quota"


Columns = Mapping[str, Column]

COLUMNS: Final[dict[str, Column]] = {
    "kab_kota": Column("Kab/kota", "place"),
    "lp3h": Column("LP3H", "lp3h"),
    "p3h": Column("Pendamping", "text"),
    "date": Column("Tanggal", "date"),
    "stage": Column("Tahap", "stage"),
    "actor": Column("Giliran", "actor"),
    "quota": Column("Kuota", "count"),
    # absorption
    "used": Column("Dimanfaatkan", "count", "pengajuan"),
    "issued": Column("Terbit", "count", "sertifikat"),
    "remaining": Column("Sisa kuota", "count"),
    "absorption_rate": Column("Serapan kuota", "rate", "%", "used"),
    "issuance_rate": Column("Terbit terhadap kuota", "rate", "%", "issued"),
    "conversion_rate": Column("Terbit terhadap dimanfaatkan", "rate", "%", "issued"),
    # funnel and backlog
    "reached": Column("Mencapai tahap", "count", "pengajuan"),
    "waiting": Column("Menunggu", "count", "pengajuan"),
    "share_of_quota": Column("Bagian dari kuota", "rate", "%", "used"),
    "step_rate": Column("Lolos dari tahap sebelumnya", "rate", "%", "used"),
    # deadline_gaps and progress_curve
    "done": Column("Realisasi", "count"),
    "target_date": Column("Tenggat", "date"),
    "days_left": Column("Sisa hari", "days", "hari kalender"),
    "working_days_left": Column("Sisa hari kerja", "count", "hari kerja"),
    "planned": Column("Rencana", "count", "kuota"),
    "gap": Column("Selisih dari rencana", "signed"),
    "gap_rate": Column("Deviasi", "points", "poin"),
    "pace_per_week": Column("Laju per pekan", "number"),
    "required_per_week": Column("Perlu per pekan", "number"),
    "projected_date": Column("Perkiraan tercapai", "date"),
    "status": Column("Status", "status"),
    **{stage: Column(STAGE_LABEL[stage], "count", "pengajuan") for stage in STAGES if stage != "issued"},
    # movement
    "used_before": Column("Dimanfaatkan 4 pekan sebelumnya", "signed", "pengajuan"),
    "issued_before": Column("Terbit 4 pekan sebelumnya", "signed", "sertifikat"),
    "recent": Column("4 pekan terakhir", "signed"),
    "trend": Column("Arah", "trend"),  # against the four weeks before
    "used_trend": Column("Arah dimanfaatkan", "trend"),
    "issued_trend": Column("Arah terbit", "trend"),
    # outlook
    "gap_working_days": Column("Selisih hari kerja", "signed", "hari kerja"),
    "at_risk": Column("Tersisa pada tenggat", "count", "kuota"),
    # active_p3h
    "active_p3h": Column("Pendamping aktif", "count", "orang"),
    "submitted_per_p3h": Column("Pengajuan per pendamping aktif", "number"),
    "last_submitted_date": Column("Pengajuan terakhir", "date"),
    "quiet_days": Column("Hari tanpa pengajuan", "count"),
    # shortfall and start_finish
    "shortfall": Column("Kekurangan", "count"),
    "share": Column("Bagian dari kekurangan", "rate", "%", "behind"),
    "cumulative_share": Column("Bagian kumulatif", "rate", "%", "behind"),
    "start": Column("Awal: mengajukan", "class"),
    "finish": Column("Akhir: terbit", "class"),
    # since, the meeting before
    "used_then": Column("Dimanfaatkan rapat lalu", "count", "pengajuan"),
    "restated": Column("Dinyatakan ulang", "signed", "pengajuan"),
    "new": Column("Baru", "count", "pengajuan"),
    "left": Column("Keluar", "count", "pengajuan"),
    "used_now": Column("Dimanfaatkan kini", "count", "pengajuan"),
    "issued_then": Column("Terbit rapat lalu", "count", "sertifikat"),
    "issued_restated": Column("Terbit dinyatakan ulang", "signed", "sertifikat"),
    "issued_now": Column("Terbit kini", "count", "sertifikat"),
    "change": Column("Perubahan", "change"),
    "count": Column("Hitungan", "signed"),
    # obstacles and actions
    "category": Column("Kendala", "category"),
    "text": Column("Uraian", "text"),
    "held": Column("Menahan (dilaporkan)", "count", "pengajuan"),
    "alone": Column("Menahan sendiri", "count", "sertifikat"),
    "at_stake": Column("Sertifikat tertahan", "count", "sertifikat"),
    "closed_date": Column("Ditutup", "date"),
    "received_at": Column("Berkas terakhir diterima", "date"),
    "problem": Column("Permasalahan", "text"),
    "action": Column("Tindak lanjut", "text"),
    "responsible": Column("Penanggung jawab", "text"),
    "due_date": Column("Tenggat", "date"),
    "indicator": Column("Indikator", "text"),
    "evidence": Column("Keterangan", "text"),
    "number_then": Column("Angkanya rapat lalu", "count", "pengajuan"),
    "number_now": Column("Angkanya kini", "count", "pengajuan"),
    "moved": Column("Bergerak", "signed", "pengajuan"),
    "days_late": Column("Lewat", "count", "hari"),
    # freshness
    "statement_date": Column("Pernyataan terakhir", "date"),
    "statement_days": Column("Umur data", "count", "hari"),
    "received_date": Column("Berkas terakhir diterima", "date"),
    "received_days": Column("Sejak diterima", "count", "hari"),
    "files": Column("Berkas", "count"),
    # completeness
    "column": Column("Kolom", "text"),
    "expected": Column("Seharusnya terisi", "count", "isian"),
    "filled": Column("Terisi", "count", "isian"),
    "completeness_rate": Column("Kelengkapan", "rate", "%", "used"),
    # duplicates
    "pair": Column("Pasangan", "text"),
    "kind": Column("Jenis", "text"),
    "score": Column("Bukti", "count", "poin"),
    "reasons": Column("Alasan", "text"),
    "first": Column("Pertama", "text"),
    "second": Column("Kedua", "text"),
    "other_kab_kota": Column("Kab/kota kedua", "place"),
    "other_lp3h": Column("LP3H kedua", "lp3h"),
    # reconcile
    "claimed": Column("Menurut rekap", "count", "pengajuan"),
    "registered": Column("Menurut register", "count", "pengajuan"),
    "difference": Column("Selisih", "signed", "pengajuan"),
    **{cause: Column(DEFINITIONS[f"reconcile.{cause}"].name, "signed", "pengajuan") for cause in CAUSES},
}

_MEASURE: Final[dict[str, Columns]] = {
    "submitted": {
        "done": Column("Dimanfaatkan", "count", "pengajuan"),
        "remaining": Column("Belum dimanfaatkan", "count", "kuota"),
        "gap": Column("Selisih dari rencana", "signed", "pengajuan"),
        "shortfall": Column("Kekurangan", "count", "pengajuan"),
        "recent": Column("4 pekan terakhir", "signed", "pengajuan"),
    },
    "issued": {
        "done": Column("Terbit", "count", "sertifikat"),
        "remaining": Column("Belum terbit", "count", "kuota"),
        "gap": Column("Selisih dari rencana", "signed", "sertifikat"),
        "shortfall": Column("Kekurangan", "count", "sertifikat"),
        "recent": Column("4 pekan terakhir", "signed", "sertifikat"),
    },
}

# Metrics in which a column of the same name means something narrower.
_METRIC: Final[dict[str, Columns]] = {
    "trend": {
        "used": Column("Dimanfaatkan 4 pekan terakhir", "signed", "pengajuan"),
        "issued": Column("Terbit 4 pekan terakhir", "signed", "sertifikat"),
    },
    "changes_since": {
        **{stage: Column(f"Sampai di {STAGE_LABEL[stage]}", "count", "pengajuan") for stage in STAGES[1:-1]},
        "issued": Column("Terbit baru", "signed", "sertifikat"),
        "returned": Column("Dikembalikan", "count", "pengajuan"),
    },
    "obstacles": {
        "stage": Column("Tertahan di", "where"),
        "actor": Column("Dapat ditindaklanjuti oleh", "can_act"),
        "cumulative_share": Column("Bagian kumulatif", "rate", "%", "behind"),
    },
    "actions": {"status": Column("Status", "action_status"), "stage": Column("Tahap yang digerakkan", "stage")},
    "backlog": {"stage": Column("Menunggu apa", "waiting")},
    "active_p3h": {"submitted": Column("Pengajuan 30 hari terakhir", "count", "pengajuan")},
}


def columns_for(*metrics: str, measure: str | None = None) -> dict[str, Column]:
    """
    The columns as they read in a frame of these metrics, counted by this measure.

    >>> columns_for("trend")["used"].header, columns_for(measure="issued")["done"].header
    ('Dimanfaatkan 4 pekan terakhir', 'Terbit')
    """
    known = COLUMNS | _MEASURE[measure] if measure else dict(COLUMNS)
    for metric in metrics:
        known |= _METRIC.get(metric, {})
    return known


def column_of(columns: Columns, name: Hashable) -> Column:
    """The column of that name; one without a header must not reach a reader, so it is an error."""
    if name not in columns:
        raise KeyError(f"column {name!r} has no Indonesian header: add it to halal_ui.words.columns.COLUMNS")
    return columns[str(name)]
