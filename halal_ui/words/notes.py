"""What people call the parts of a note: kinds of obstacles, who can act, how far an action is, kinds of events."""

from typing import Final

from halal_ui.words.labels import ACTOR_LABEL, WAITING_LABEL

CATEGORY: Final = {
    "K1": "Sudah bersertifikat atau pernah difasilitasi",
    "K2": "Gangguan SIHALAL atau OSS",
    "K3": "Literasi digital",
    "K4": "Pelaku usaha tidak menanggapi atau menolak",
    "K5": "Pendamping kurang atau tidak aktif",
    "K6": "Koordinasi lapangan dan data OPD",
    "K7": "NIB atau KBLI tidak ada atau tidak sesuai",
    "K8": "Bahan tidak memenuhi: jalur reguler",
    "K9": "Dokumen atau foto dikembalikan",
    "K10": "Antrean sidang fatwa",
    "K11": "Usaha tutup, pindah, atau tidak produksi",
    "K99": "Lainnya",
}
"""Code of an obstacle's category → its name."""

CAN_ACT: Final = {
    "dinas": "DPPKUKM Provinsi",
    "lp3h": ACTOR_LABEL["lp3h"],
    "opd": "OPD kabupaten/kota",
    **{actor: ACTOR_LABEL[actor] for actor in ("bpjph", "komite_fatwa", "business")},
}
"""Who can act on an obstacle."""

WHERE: Final = {"quota": "Belum diajukan", **WAITING_LABEL}
"""Where what an obstacle holds stands."""

ACTION_STATUS: Final = {"todo": "Belum", "doing": "Proses", "done": "Selesai", "cancelled": "Batal"}
ACTION_MARK: Final = {"todo": "○", "doing": "◐", "done": "✓", "cancelled": "✕"}

EVENT: Final = {
    "meeting": "Rapat",
    "deadline": "Tenggat",
    "letter": "Surat",
    "outage": "Gangguan SIHALAL",
    "other": "Lainnya",
}
"""Kind of an event → its name."""
