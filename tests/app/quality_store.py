"""A small store with everything in it that the page Mutu data looks for."""

from pathlib import Path

import pandas as pd

from halal_metrics import read_upload
from halal_store import Store

UNMUL, PWI = "Halal Center Universitas Mulawarman", "PWI Kaltim"
FIRST, SECOND, CERTIFIED = "SH2025-1-990001", "SH2025-1-990021", "SH2025-1-990002"
CERTIFICATE = "ID64110000990010323"
OWNER, PHONE, STREET = "Siti Aminah Rekaan", "083600000011", "Gang Rahasia"

HEAD = (
    "No. Daftar;NIB;Nama Usaha;Nama Pemilik;No. HP;Alamat;Kecamatan;Kab/Kota;LP3H;Nama Pendamping;Nama Produk;Status;"
    "Tanggal Pengajuan;Tanggal Terbit;No. Sertifikat;Per Tanggal\n"
)
DAPUR = f"Dapur Enggang;{OWNER};{PHONE};{STREET} 7;Palaran;Samarinda"
REGISTER = HEAD + (
    f"{FIRST};9900000000011;{DAPUR};Unmul;Ani;Amplang;Pengajuan;05/05/2025;;;30/05/2025\n"
    f"{CERTIFIED};9900000000012;Kedai Pesut;Budi Rekaan;083600000012;Jl. Mawar;Palaran;Samarinda;Unmul;Ani;Stik;"
    "Pengajuan;06/05/2025;;;30/05/2025\n"
    "SH2025-1-990003;8,12E+12;Snack Ulin;Cici Rekaan;;Jl. Melati;Palaran;Samarinda;Unmul;Ani;Kue;Terbit SH;"
    "07/05/2025;28/05/2025;;30/05/2025\n"
)
MENDED = REGISTER.replace("8,12E+12", "9900000000013").replace(
    "07/05/2025;28/05/2025;;30/05/2025", "07/05/2025;28/05/2025;ID64110000990020525;02/06/2025"
)
OTHERS = HEAD + (
    f"{SECOND};9900000000011;{DAPUR};PWI Kaltim;Edi;Amplang;Pengajuan;12/05/2025;;;16/05/2025\n"
    "SH2025-1-990022;9900000000022;Warung Doyo;Dodi Rekaan;083600000022;Jl. Durian;Bontang Utara;Bontang;PWI Kaltim;"
    "Edi;Teh;Pengajuan;12/05/2025;;;16/05/2025\n"
)
RECAP = (
    "Kab/Kota;LP3H;Pengajuan;Terbit;Per Tanggal\nSamarinda;Unmul;5;1;30/05/2025\nBontang;PWI Kaltim;1;0;30/05/2025\n"
)
ELSEWHERE = (
    "No. Sertifikat;NIB;Nama Usaha;Nama Pemilik;Kab/Kota;Nama Produk;Tanggal Terbit;Program\n"
    f"{CERTIFICATE};9900000000012;Kedai Pesut;Budi Rekaan;Samarinda;Stik;05/03/2023;SEHATI 2023\n"
)
QUOTA = "Kab/Kota;LP3H;Kuota;Tenggat;Per Tanggal\nSamarinda;Unmul;10;31/05/2025;20/02/2025\n"


def commit(store: Store, text: str, filename: str, day: str) -> str:
    """Commits a spreadsheet at nine in the morning."""
    upload = read_upload(text.encode(), filename=filename)
    return store.commit(upload, by="Rina", received_at=pd.Timestamp(day) + pd.Timedelta(hours=9)).upload_id


def quality_store(path: Path) -> Store:
    """Two registers with a business in both, a certificate from elsewhere, damage, a contradiction and two recaps."""
    store = Store(path, time_zone="Asia/Makassar")
    commit(store, QUOTA, "2025-02-20 Kuota.csv", "2025-02-20")
    commit(store, OTHERS, "2025-05-16 Register PWI.csv", "2025-05-17")
    commit(store, REGISTER, "2025-05-30 Register Unmul.csv", "2025-05-30")
    commit(store, RECAP, "2025-05-30 Rekap.csv", "2025-05-31")
    commit(store, ELSEWHERE, "2025-06-01 Sertifikat SEHATI.csv", "2025-06-01")
    return store
