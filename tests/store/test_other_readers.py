"""The log belongs to whoever has it: other programs read it without us, and cannot take anything away."""

from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import polars
import pyarrow as pa
import pytest
from deltalake import DeltaTable
from registers import register, upload

from halal_metrics.sheets import read_upload
from halal_store import Store, entries, transactions


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = Store(tmp_path)
    store.commit(register(1, 2), by="Rina", received_at="2025-06-04T01:00:00Z")
    wrong = store.commit(register(3, status="OF300", day=20), by="Rina")
    store.commit(upload("recaps", [{"kab_kota": "Paser", "lp3h": "UINSI", "submitted": "5"}]), by="Rina")
    store.undo(wrong.upload_id, by="Budi", reason="salah")
    return tmp_path


COUNTING = """
    select registration_number, status, submitted_date, statement_date, epoch(received_at)
    from log
    where kind = 'accepted' and table_name = 'applications'
      and entry_id not in (select undoes from log where kind = 'undo')
    order by registration_number
"""


def test_duckdb_reads_what_counts(folder: Path):
    """Rows of uploads that have not been undone, with dates as dates and the moment of receipt in UTC."""
    log = DeltaTable(str(folder / "log")).to_pyarrow_dataset()  # noqa: F841 - DuckDB finds it by its name
    rows = duckdb.sql(COUNTING)
    received_at = pd.Timestamp("2025-06-04T01:00:00Z").timestamp()
    stated = date(2025, 5, 16)
    assert rows.fetchall() == [
        ("SH2025-1-990001", "submitted", None, stated, received_at),
        ("SH2025-1-990002", "submitted", None, stated, received_at),
    ]


def test_duckdb_reads_the_files_themselves(folder: Path):
    """Parquet, each file an entry: no Delta needed where nothing was left behind by a killed process."""
    found = duckdb.sql(f"select kind, count(*) from '{folder}/log/*.parquet' group by kind order by kind").fetchall()
    assert {"accepted": 4, "undo": 1, "upload": 3}.items() <= dict(found).items()


def test_polars_reads_the_table(folder: Path):
    """In the order of the log's own places, with counts as whole numbers."""
    rows = polars.read_delta(str(folder / "log"))
    assert rows.filter(polars.col("table_name") == "recaps", polars.col("kind") == "accepted")[
        "submitted"
    ].to_list() == [5]
    assert rows["received_at"].dtype == polars.Datetime("us", "UTC")


def test_any_reader_of_delta_can_read_it(folder: Path):
    """The oldest protocol there is: no feature that Spark, Trino or Power BI might lack."""
    protocol = DeltaTable(str(folder / "log")).protocol()
    assert (protocol.min_reader_version, protocol.min_writer_version) == (1, 2)


def test_nothing_can_be_deleted_from_it(folder: Path):
    """The table is for appending only."""
    with pytest.raises(Exception, match="append"):
        DeltaTable(str(folder / "log")).delete("kind = 'undo'")
    assert len(Store(folder).history()) == 3


def test_what_was_left_out_is_in_the_log_too(tmp_path: Path):
    """Rejected and skipped rows and problems, one row each, with sheet and row; rejected ones raw, as JSON."""
    text = "No. Daftar;Nama PU;Status\nSH2025-1-990001;Dapur Rekaan;OF74\nSH2025-1-990001;Dapur Lain;OF10\nTOTAL;2;\n"
    sent = read_upload(text.encode(), filename="mei.csv")
    Store(tmp_path).commit(sent, by="Rina")
    rows = DeltaTable(str(tmp_path / "log")).to_pyarrow_table().to_pandas()
    assert rows["kind"].value_counts().to_dict() == {
        "upload": 1,
        "accepted": 1,
        "rejected": 1,
        "skipped": 1,
        "problem": len(sent.problems),
    }
    rejected = rows[rows["kind"] == "rejected"].iloc[0]
    assert rejected["source_row"] == 3
    assert "Dapur Lain" in rejected["facts"]


def test_a_column_that_came_later(folder: Path, monkeypatch: pytest.MonkeyPatch):
    """A newer version of this program, with one more column, reads the old rows and adds its own to the same table."""
    before = Store(folder).tables()
    newer = pa.schema([*entries.COLUMNS, pa.field("umur_usaha", pa.int64())])
    for module in (entries, transactions):
        monkeypatch.setattr(module, "COLUMNS", newer)
    store = Store(folder)
    pd.testing.assert_frame_equal(store.tables().applications, before.applications)
    store.commit(register(4), by="Rina")
    assert len(Store(folder).tables().applications) == 3
    assert len(store.upload(store.history()["upload_id"][0]).frame) == 2
    assert polars.read_delta(str(folder / "log"))["umur_usaha"].null_count() == len(
        DeltaTable(str(folder / "log")).to_pyarrow_table()
    )


def test_names_of_people_are_not_in_the_transactions(folder: Path):
    """They are small files that many programs copy about; names stay in the rows."""
    for file in (folder / "log" / "_delta_log").iterdir():
        assert b"Dapur Rekaan" not in file.read_bytes()
