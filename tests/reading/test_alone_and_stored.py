"""An upload alone, and the store after it, give the same progress."""

import datetime as dt
from typing import Any

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from make_files import xlsx_bytes

import halal_metrics as hm
from halal_metrics.sheets import Upload, read_upload
from halal_store import Store
from halal_store.tables import Statement, Tables, fold

RECEIVED = pd.Timestamp("2025-12-31 09:00")
DAYS = [dt.date(2025, 5, 2), dt.date(2025, 6, 4), None]
COLUMNS: dict[str, dict[str, list[Any]]] = {
    "applications": {
        "No. Daftar": ["SH2025-1-990001", "SH2025-1-990002", None],
        "ID Reg": ["350001", "350002", None],
        "NIB": ["8120000000001", "8120000000002", None],
        "Nama Usaha": ["Dapur Rekaan", "Kedai Rekaan", None],
        "Kab/Kota": ["Paser", "Berau", None],
        "LP3H": ["ITK", None],
        "Status": ["OF1", "OF10", "OF74", "OF300", "OF900", "OF280", None],
        "Tgl Daftar": DAYS,
        "Tgl Terbit": DAYS,
        "Tgl Keluar": DAYS,
        "Per Tanggal": DAYS,
    },
    "recaps": {
        "Per Tanggal": DAYS,
        "Kab/Kota": ["Paser", "Berau", "Kaltim", None],
        "LP3H": ["ITK", "UINSI", "LP3H Rekaan", None],
        "Kuota": [10, 20, None],
        "Pengajuan": [4, 5, 9, None],
        "Verval": [2, 4, None],
        "Terbit": [1, 2, 3, None],
    },
    "quotas": {
        "Per Tanggal": DAYS,
        "Kab/Kota": ["Paser", "Berau", None],
        "LP3H": ["ITK", "UINSI", None],
        "Kuota": [10, 20, 30],
        "Tgl Target": DAYS,
    },
    "candidates": {"NIB": ["8120000000001", "8120000000002", None], "Nama Usaha": ["Dapur", "Kedai"], "Alamat": ["x"]},
    "certificates": {
        "No. Sertifikat": ["ID64110000000010625", "ID64110000000020625", None],
        "Nama Usaha": ["Dapur", "Kedai"],
        "Tgl Terbit": DAYS,
    },
}


@st.composite
def files(draw: st.DrawFn) -> tuple[str, dict[str, list[list[Any]]]]:
    """A table of many repetitions on one to three sheets."""
    table = draw(st.sampled_from([*COLUMNS, "applications", "recaps"]))
    row = st.tuples(*(st.sampled_from(values) for values in COLUMNS[table].values())).map(list)
    sheets = draw(st.lists(st.lists(row, max_size=5), min_size=1, max_size=3))
    return table, {f"Lembar {at}": [list(COLUMNS[table]), *rows] for at, rows in enumerate(sheets, start=1)}


def of_tables(tables: Tables) -> pd.DataFrame:
    return hm.progress(tables.applications, tables.recaps)


def alone(upload: Upload) -> pd.DataFrame:
    """What is stated without a date is stated on the day of receipt, here and there."""
    frame = upload.frame
    if "statement_date" in frame:
        frame = frame.assign(statement_date=frame["statement_date"].fillna(RECEIVED.normalize()))
    return hm.progress(**{upload.table: frame}) if upload.table in ("applications", "recaps") else hm.progress()


@given(files())
@settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_an_upload_alone_and_stored(file):
    """Whatever repeats, is missing or ties rows together."""
    table, sheets = file
    upload = read_upload(xlsx_bytes(sheets), filename="uji.xlsx", table=table)
    stored = fold([Statement(upload.table, upload.frame, RECEIVED)])
    pd.testing.assert_frame_equal(of_tables(stored), alone(upload))
    if table == "applications":
        assert len(stored.applications) == len(upload.frame)
    if table == "recaps":
        assert len(stored.recaps) == len(upload.frame)
    if table == "quotas":
        assert stored.quotas["quota"].sum() == upload.frame["quota"].sum()


def test_a_commit(tmp_path):
    """The same of a store on the disk."""
    header = list(COLUMNS["applications"])[:7]
    rows = [
        ["", "", "8120000000001", "Dapur", "Paser", "ITK", "OF10"],
        ["", "", "8120000000001", "Dapur", "", "", "OF74"],
    ]
    upload = read_upload(xlsx_bytes({"Data": [header, *rows]}), filename="uji.xlsx")
    store = Store(tmp_path / "store")
    store.commit(upload, by="Rina", received_at=RECEIVED)
    pd.testing.assert_frame_equal(of_tables(store.tables()), alone(upload))
