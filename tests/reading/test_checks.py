"""What rows say together: duplicates, contradictions, and how a recap counts."""

import pandas as pd
from make_files import csv_bytes

from halal_metrics.sheets import Upload, read_upload


def read(rows: list[list]) -> Upload:
    return read_upload(csv_bytes(rows), filename="uji.csv")


def test_the_same_registration_number_twice_is_one_application():
    """Identical rows become one; of differing ones the most advanced stays and the others are handed back."""
    rows = [
        ["No.Daftar", "Nama PU", "Status"],
        ["SH2025-1-100001", "Dapur Rekaan", "OF10"],
        ["SH2025-1-100001", "Dapur Rekaan", "OF74"],
        ["SH2025-1-100001", "Dapur Rekaan", "OF74"],
        ["SH2025-1-100002", "Kedai Rekaan", "OF10"],
    ]
    upload = read(rows)
    assert upload.frame[["source_row", "status"]].values.tolist() == [[3, "fatwa"], [5, "submitted"]]
    assert upload.rejected[["source_row", "Status"]].values.tolist() == [[2, "OF10"]]
    assert "baris 3" in upload.rejected["reason"].iloc[0]
    sheet = upload.sheets[0]
    assert (sheet.read, sheet.accepted, sheet.rejected, sheet.skipped) == (4, 2, 1, 1)
    assert upload.problems.set_index("row")["code"].to_dict() == {
        2: "duplicate_less_advanced",
        4: "duplicate_identical",
    }


def test_contradictions_are_kept_with_a_warning():
    """Issued without certificate, certificate without being issued, an old certificate, and dates out of order."""
    rows = [
        ["No.Daftar", "Status", "No. Sertifikat", "Tgl Daftar", "Tgl Terbit"],
        ["SH2025-1-100001", "OF300", "", "30/03/2025", "30/05/2025"],
        ["SH2025-1-100002", "OF74", "ID64110055824640425", "30/03/2025", ""],
        ["SH2025-1-100003", "OF300", "ID64110055824641224", "30/03/2025", "30/05/2025"],
        ["SH2025-1-100004", "OF300", "ID64110055824640225", "30/05/2025", "30/03/2025"],
    ]
    upload = read(rows)
    assert len(upload.frame) == 4
    assert upload.problems[["row", "code", "severity"]].values.tolist() == [
        [2, "issued_without_certificate", "warning"],
        [3, "certificate_not_issued", "warning"],
        [4, "certificate_before_programme", "warning"],
        [5, "dates_out_of_order", "warning"],
    ]


def test_a_remark_that_is_another_status():
    """The status counts, and both are said; a sentence, the same status in other words and no status say nothing."""
    remarks = {
        "OF10": ["Dibatalkan", "OF300 - Terbit SH", "Diajukan", "akan dibatalkan pelaku usaha", "OF74 tgl 3 Mei", "-"],
        "OF300": ["sdh terbit", "Dikembalikan ke PU"],
        "": ["Ditolak"],
    }
    rows = [
        [f"SH2025-1-10000{place}", *row]
        for place, row in enumerate((status, remark) for status, some in remarks.items() for remark in some)
    ]
    upload = read([["No.Daftar", "Status", "Keterangan"], *rows])
    assert len(upload.frame) == len(rows)
    said = upload.problems[upload.problems["code"] == "note_says_status"]
    assert said[["severity", "column", "row", "value"]].values.tolist() == [
        ["warning", "status", 2, "Dibatalkan"],
        ["warning", "status", 3, "OF300 - Terbit SH"],
        ["warning", "status", 9, "Dikembalikan ke PU"],
    ]
    assert said["message"].iloc[0] == (
        "Baris 2 kolom Status: keterangan menyebut 'Dibatalkan', statusnya 'Pengajuan'; status yang dipakai. "
        "Periksa mana yang benar."
    )


RECAP = ["Kab/Kota", "LP3H", "Kuota", "Draft", "Pengajuan", "Verval", "Komite Fatwa", "Terbit", "Dikembalikan", "Total"]


def test_a_recap_that_counts_positions_becomes_cumulative():
    """If the stages sum to its own total it says where files lie now; each stage then takes in the later ones."""
    upload = read([RECAP, ["Paser", "ITK", 100, 4, 10, 5, 3, 2, 1, 21], ["Berau", "ITK", 50, 0, 1, 1, 0, 0, 0, 2]])
    stages = ["draft", "submitted", "verified", "fatwa", "decided", "issued", "returned"]
    frame = upload.frame[stages].astype("object")
    assert frame.where(frame.notna(), None).values.tolist() == [[4, 21, 10, 5, None, 2, 1], [0, 2, 1, 0, None, 0, 0]]
    assert ("info", "recap_positions") in zip(upload.problems["severity"], upload.problems["code"], strict=True)


def test_a_cumulative_recap_stays_as_it_is():
    """Stages that fall are cumulative; one that rises is said."""
    upload = read([RECAP, ["Paser", "ITK", 100, 4, 21, 11, 6, 2, 1, 21], ["Berau", "ITK", 50, 0, 1, 3, 0, 0, 0, 1]])
    assert upload.frame["submitted"].tolist() == [21, 1]
    assert [(row, code) for row, code in upload.problems[["row", "code"]].values if pd.notna(row)] == [
        (3, "recap_not_falling")
    ]


def test_used_and_issued_alone_are_a_recap():
    """ "Dimanfaatkan" is what was submitted; rejected and cancelled add up to those who left."""
    header = ["Kabupaten/Kota", "Dimanfaatkan", "Ditolak", "Dibatalkan", "Terbit", "% Terbit", "Per Tanggal"]
    upload = read([header, ["Kota Samarinda", 320, 2, 3, 58, "18,1%", "4 Juni 2025"]])
    assert upload.frame[["submitted", "exited", "issued"]].values.tolist() == [[320, 5, 58]]
    assert upload.sheets[0].statement_date == pd.Timestamp("2025-06-04")
