"""python -m halal_store: the same door for scripts."""

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from serve import ROOT

from halal_store import Store

SHEET = (
    "No. Daftar;Nama Usaha;Nama Pemilik;Status;Tgl Daftar;Catatan;Per tanggal\n"
    "SH2025-1-990001;Dapur Rekaan;Siti Rekaan;OF10;02/05/2025;=1+1;16/05/2025\n"
)
WITH_A_REJECT = SHEET + ";;;OF74;02/05/2025;tanpa nama;16/05/2025\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mei.csv").write_text(SHEET)
    return tmp_path


def said(folder: Path, *arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "halal_store", "--store", str(folder / "store"), *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout


def test_import_history_undo_export(folder: Path):
    """What is imported stands in the history, can be exported, and is gone from the tables once undone."""
    code, told = said(folder, "import", str(folder / "mei.csv"), "--by", "Rina", "--note", "dari obrolan")
    assert code == 0
    assert "dibaca 1 = diterima 1 + ditolak 0 + dilewati 0; baru 1, berubah 0, sama 0" in told
    (upload_id,) = Store(folder / "store").history()["upload_id"]
    assert upload_id in told

    code, told = said(folder, "history")
    assert code == 0
    assert upload_id in told
    assert "Rina" in told

    assert said(folder, "export", str(folder / "out"))[0] == 0
    exported = pd.read_csv(folder / "out" / "applications.csv", dtype="str", encoding="utf-8-sig")
    assert exported["registration_number"].tolist() == ["SH2025-1-990001"]
    assert exported["note"].tolist() == ["'=1+1"]
    assert "owner_name" not in exported
    assert said(folder, "export", str(folder / "all"), "--format", "parquet", "--personal-data")[0] == 0
    assert pd.read_parquet(folder / "all" / "applications.parquet")["owner_name"].tolist() == ["Siti Rekaan"]

    assert said(folder, "undo", upload_id, "--by", "Rina", "--reason", "berkas keliru")[0] == 0
    assert "dibatalkan oleh Rina: berkas keliru" in said(folder, "history")[1]
    assert Store(folder / "store").tables().applications.empty


def test_a_check_saves_nothing(folder: Path):
    """--dry-run says what would come, and the log stays as it is."""
    code, told = said(folder, "import", str(folder / "mei.csv"), "--by", "Rina", "--dry-run")
    assert code == 0
    assert "baru 1" in told
    assert Store(folder / "store").history().empty


def test_exit_codes_tell_what_was_not_done(folder: Path):
    """3 where rows were rejected, 1 where a file was not taken though others were, 2 for a command not understood."""
    (folder / "rusak.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    (folder / "juni.csv").write_text(WITH_A_REJECT)
    assert said(folder, "import", str(folder / "juni.csv"), "--by", "Rina")[0] == 3
    code, told = said(folder, "import", str(folder / "rusak.xlsx"), str(folder / "mei.csv"), "--by", "Rina")
    assert code == 1
    assert "rusak.xlsx: " in told
    assert len(Store(folder / "store").history()) == 2
    assert said(folder, "import", str(folder / "mei.csv"), "--by", "Rina")[0] == 1  # the same bytes again
    assert said(folder, "undo", "tidak-ada", "--by", "Rina", "--reason", "x")[0] == 1
    assert said(folder, "import")[0] == 2


def test_a_default_fills_what_the_file_lacks(folder: Path):
    """--set gives every row of the file a column that it has not, in the sheet's own words."""
    assert said(folder, "import", str(folder / "mei.csv"), "--by", "Rina", "--set", "lp3h=UINSI Samarinda")[0] == 0
    assert Store(folder / "store").tables().applications["lp3h"].tolist() == ["LP3H UINSI Samarinda"]


def test_a_plan_is_replaced_only_where_that_is_said(folder: Path):
    """The first plan comes in; one that takes its place is told, and refused without --replace-plan."""
    plan = "Kab/Kota;LP3H;Kuota;Per tanggal\nBerau;Unmul;{};{}\n"
    (folder / "awal.csv").write_text(plan.format(1000, "20/02/2025"))
    (folder / "ganti.csv").write_text(plan.format(190, "04/06/2025"))
    assert said(folder, "import", str(folder / "awal.csv"), "--by", "Rina")[0] == 0
    told = "Rencana 1.000 kuota diganti 190 sejak 04/06/2025."
    again = ["import", str(folder / "ganti.csv"), "--by", "Rina"]
    code, out = said(folder, *again, "--dry-run")
    assert (code, told in out) == (0, True)
    code, out = said(folder, *again)
    assert (code, told in out, "Belum disimpan" in out) == (1, True, True)
    assert len(Store(folder / "store").history()) == 1
    assert said(folder, *again, "--replace-plan")[0] == 0
    assert Store(folder / "store").tables().quotas["quota"].tolist()[-1] == 190
