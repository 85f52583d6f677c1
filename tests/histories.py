"""A small store with a history: a plan, two registers and a correction, one of them undone. All of it is invented."""

from pathlib import Path

import pandas as pd

from halal_metrics import read_upload
from halal_store import Store
from halal_ui.snapshot.programme import programme

HEAD = "No. Daftar;NIB;Nama Usaha;Nama Pemilik;No. HP;Kab/Kota;LP3H;Tgl Daftar;Status;Per Tanggal\n"


def row(number: int, business: str, lp3h: str, submitted: str, status: str, stated: str) -> str:
    """One application of a register, of somebody called Siti Rekaan."""
    who = f"SH2025-1-99000{number};990000000000{number};{business};Siti Rekaan;08129999000{number}"
    return f"{who};Kota Bontang;{lp3h};{submitted}/05/2025;{status};{stated}/05/2025\n"


FILES = {
    "2025-02-20 Kuota.csv": (
        "Kab/Kota;LP3H;Kuota;Target;Per Tanggal\n"
        "Kota Bontang;UINSI;10;31/05/2025;20/02/2025\nKota Bontang;Unmul;10;31/05/2025;20/02/2025\n"
    ),
    "2025-05-02 Register UINSI.csv": (
        HEAD
        + row(1, "Dapur Rekaan", "UINSI", "01", "OF10", stated="02")
        + row(2, "Kue Rekaan", "UINSI", "01", "OF10", stated="02")
    ),
    "2025-05-09 Register Unmul.csv": HEAD + row(3, "Kopi Rekaan", "Unmul", "08", "OF10", stated="09"),
    "2025-05-16 Register UINSI.csv": (
        HEAD
        + row(1, "Dapur Rekaan", "UINSI", "01", "OF74", stated="16")
        + row(4, "Roti Rekaan", "UINSI", "15", "OF10", stated="16")
    ),
}
UNDONE = "2025-05-09 Register Unmul.csv"


def history_store(path: Path) -> Store:
    """Each file came at nine on the day in its name, by Rina; the register of Unmul was undone by Budi on 12 May."""
    store = Store(path, time_zone=programme().time_zone)
    for name, text in FILES.items():
        if name.startswith("2025-05-16"):
            store.undo(
                own(store, UNDONE), by="Budi", reason="berkas keliru", received_at=pd.Timestamp("2025-05-12 10:00")
            )
        upload = read_upload(text.encode(), filename=name)
        store.commit(upload, by="Rina", note="lewat WhatsApp", received_at=pd.Timestamp(f"{name[:10]} 09:00"))
    store.record("mapping", {"sender": "UINSI", "mapping": {"Wil.": "kab_kota"}}, by="Rina")
    return store


def own(store: Store, name: str) -> str:
    """The upload_id of a file."""
    history = store.history()
    return str(history.loc[history["filename"] == name, "upload_id"].iloc[0])
