"""A store is a folder of spreadsheets."""

import shutil
from pathlib import Path

import pytest

from halal_store import Store

SHEET = "No. Daftar;Tgl Daftar;Status;Per tanggal\nSH2025-1-990001;02/05/2025;OF10;16/05/2025\n"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "made" / "if need be")


def test_a_file_counts_from_when_it_is_there(store: Store):
    """A spreadsheet put into the folder is read, and stands in the history."""
    before = store.version
    (store.path / "2025-05-16 Register.csv").write_text(SHEET)
    assert store.version != before
    contents = store.read()
    assert contents.tables.applications["status"].tolist() == ["submitted"]
    assert contents.history[["filename", "table", "rows"]].values.tolist() == [
        ["2025-05-16 Register.csv", "applications", 1]
    ]


def test_a_file_that_is_changed_changes_the_version(store: Store):
    """The same name with other contents is other data."""
    file = store.path / "2025-05-16 Register.csv"
    file.write_text(SHEET)
    before = store.version
    file.write_text(SHEET.replace("OF10", "OF300"))
    assert store.version != before


def test_a_file_that_cannot_be_read_is_said(store: Store):
    """It counts for nothing, takes nothing else away, and the history has the reason in Indonesian."""
    (store.path / "1.csv").write_text(SHEET)
    (store.path / "2.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    contents = store.read()
    assert len(contents.tables.applications) == 1
    assert contents.history["error"].notna().tolist() == [False, True]


def test_what_is_no_spreadsheet_is_left_alone(store: Store):
    """The lock file of an open workbook, and anything else in the folder, is not read."""
    (store.path / "~$2025.xlsx").write_bytes(b"lock")
    (store.path / "catatan.txt").write_text("x")
    assert store.files == []
    assert store.read().history.empty


def test_the_demonstration_set_through_the_same_door(tmp_path: Path):
    """Its plans and an LP3H's last register come out as they were sent."""
    demo = Path(__file__).parents[2] / "data" / "demo"
    sent = [*demo.glob("*Kuota*"), *demo.glob("2025-12-19 Register ITK*")]
    for file in sent:
        shutil.copy(file, tmp_path)
    contents = Store(tmp_path).read()
    assert contents.history["error"].isna().all()
    assert contents.tables.quotas.groupby("statement_date")["quota"].sum().tolist() == [1000, 1000]
    assert set(contents.tables.applications["lp3h"]) == {"LP3H Institut Teknologi Kalimantan"}
