"""What people call statuses, stages, whose turn it is, and groups that have no name."""

from typing import Final

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


STAGE_LABEL: Final = {
    "quota": "Kuota",
    "submitted": "Diajukan (dimanfaatkan)",
    "verified": "Terverifikasi",
    "fatwa": "Di Komite Fatwa",
    "decided": "Ditetapkan",
    "issued": "Terbit",
}

STAGE_SHORT: Final = {**STAGE_LABEL, "submitted": "Dimanfaatkan", "fatwa": "Komite Fatwa"}
"""The same where there is little room."""

WAITING_LABEL: Final = {
    "submitted": "Menunggu verifikasi",
    "verified": "Menunggu dikirim ke Komite Fatwa",
    "fatwa": "Menunggu sidang fatwa",
    "decided": "Menunggu sertifikat terbit",
    "returned": "Dikembalikan untuk dilengkapi",
}
"""Stage an application stands at → what it waits for."""

ACTOR_LABEL: Final = {
    "lp3h": "LP3H dan pendamping",
    "bpjph": "BPJPH",
    "komite_fatwa": "Komite Fatwa",
    "business": "Pelaku usaha",
}
"""Whose step it is."""

UNKNOWN_GROUP: Final = "Belum dirinci"
"""A kabupaten/kota or LP3H that the sheets do not name."""
