"""What people call tables, statuses, stages, whose turn it is, and groups that are all or have no name."""

from typing import Final

from halal_metrics.definitions.stages import STAGE_LABEL

TABLE_LABEL: Final = {
    "applications": "Register pengajuan",
    "recaps": "Rekap",
    "quotas": "Pembagian kuota",
    "candidates": "Calon pelaku usaha",
    "certificates": "Sertifikat program lain",
}
"""Table → what a file of it is called."""

TABLE_FORM: Final = {**TABLE_LABEL, "recaps": "Rekap mingguan"}
"""The same on the blank form that is handed out."""

TABLE_CONTENT: Final = {**TABLE_LABEL, "applications": "Pengajuan"}
"""The same where it is said what a file brought."""

ROW_UNIT: Final = {
    "applications": "pengajuan",
    "recaps": "baris rekap",
    "quotas": "bagian kuota",
    "candidates": "calon",
    "certificates": "sertifikat",
}
"""Table → what one record of it is called."""

STATUS_LABEL: Final = {
    "done": "Selesai",
    "on_track": "Sesuai rencana",
    "watch": "Waspada",
    "behind": "Tertinggal",
    "critical": "Kritis",
    "late": "Lewat tenggat",
}
"""Deadline status → the word on screen, from best to worst."""

STATUS_MARK: Final = {
    "done": "✓",
    "on_track": "●",
    "watch": "◆",
    "behind": "▽",
    "critical": "▼",
    "late": "✕",
}
"""Deadline status → a mark of its own shape, so that colour is never alone."""

MEASURE_LABEL: Final = {"used": "Dimanfaatkan", "issued": "Terbit"}
"""What is forecast → the word on screen."""

EXTRA_VERDICT: Final = {"ask": "Minta sekarang", "soon": "Siapkan permintaan", "not_yet": "Belum perlu"}
"""Verdict on extra quota → the word on screen."""

STAGE_SHORT: Final = {**STAGE_LABEL, "submitted": "Dimanfaatkan", "fatwa": "Komite Fatwa"}
"""Stage → its name where there is little room."""

APPLICATION_STATUS: Final = {
    "draft": "Draf",
    "submitted": "Pengajuan",
    "verified": STAGE_LABEL["verified"],
    "fatwa": STAGE_LABEL["fatwa"],
    "decided": "Ditetapkan halal",
    "issued": "Sertifikat terbit",
    "returned": "Dikembalikan",
    "rejected": "Ditolak",
    "cancelled": "Dibatalkan",
    "replaced": "Diganti",
}
"""Where one application stands → the office's words; a stage is what many have reached."""

WAITING_LABEL: Final = {
    "submitted": "Menunggu verifikasi",
    "verified": "Menunggu dikirim ke Komite Fatwa",
    "fatwa": "Menunggu sidang fatwa",
    "decided": "Menunggu sertifikat terbit",
    "returned": "Dikembalikan untuk dilengkapi",
}
"""Stage an application stands at → what it waits for."""

STEP_SHORT: Final = {
    "submitted": "Verifikasi",
    "verified": "Ke fatwa",
    "fatwa": "Sidang fatwa",
    "decided": "Terbit",
}
"""Stage that one leaves → the step that it waits for, where there is little room."""

ACTOR_LABEL: Final = {
    "lp3h": "LP3H dan pendamping",
    "bpjph": "BPJPH",
    "komite_fatwa": "Komite Fatwa",
    "business": "Pelaku usaha",
}
"""Whose step it is."""

REALLOCATION_RULE: Final = {
    "below_floor": "Melepas: di bawah batas",
    "undivided": "Melepas: belum dibagi",
    "receives": "Menerima: serapannya tinggi",
    "covered": "Menerima: melebihi kuota",
    "no_receiver": "Tetap: tidak ada yang memerlukan",
    "at_capacity": "Tetap: sisanya cukup",
    "none_left": "Tetap: tidak ada yang tersisa",
    "between": "Tetap: di antara batas",
    "kept": "Tetap: keberatan diterima",
    "extra": "Tambahan yang belum dibagi",
}
"""What decided a cell's quota in a proposal."""

ALL_PLACES, ALL_LP3H = "Semua kabupaten/kota", "Semua LP3H"
ALL_PLACES_SHORT: Final = "Semua kab/kota"
"""The same where there is little room."""

UNKNOWN_GROUP: Final = "Belum dirinci"
"""A kabupaten/kota or LP3H that the sheets do not name."""
