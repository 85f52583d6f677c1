"""Cells: counts, identifiers and dates as people and programs write them."""

import datetime as dt

import pandas as pd
import pytest
from make_files import csv_bytes, xlsx_bytes

from halal_metrics.sheets import Upload, read_upload

QUOTA_HEADER = ["Kab/Kota", "LP3H", "Kuota", "Tenggat"]


def read(rows: list[list]) -> Upload:
    return read_upload(csv_bytes(rows), filename="uji.csv")


def test_windows_1252_keeps_its_letters():
    """A name with an accent survives the encoding Excel writes CSV in."""
    rows = [["No.Daftar", "Nama Usaha"], ["SH2025-1-100001", "Café Ibu Désirée"]]
    upload = read_upload(csv_bytes(rows, encoding="cp1252"), filename="uji.csv")
    assert upload.frame["business_name"].tolist() == ["Café Ibu Désirée"]


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("1.000", 1000),
        ("1,250", 1250),
        ("1.000.000", 1000000),
        ("1 000", 1000),
        ("12.0", 12),
        ("12,0", 12),
        ("1.000,0", 1000),
        ("-", 0),
        ("nihil", 0),
        ("50 sertifikat", 50),
        ("100 PU", 100),
    ],
)
def test_counts_are_read_the_indonesian_way(written, count):
    """ "1.000" is one thousand, and "-" is none."""
    assert read([QUOTA_HEADER, ["Paser", "ITK", written, ""]]).frame["quota"].tolist() == [count]


@pytest.mark.parametrize("written", ["32,0%", "2,5", "-3", "seratus", "1.000,5"])
def test_what_is_no_count_is_missing_and_said(written):
    """A percentage, a fraction, a negative number, a word."""
    upload = read([["Kab/Kota", "Pengajuan", "Terbit"], ["Paser", written, "3"]])
    assert upload.frame["submitted"].isna().tolist() == [True]
    assert upload.problems["code"].tolist() == ["number_impossible"]


def test_not_stated_is_not_none():
    """An empty cell and "n/a" state nothing; a dash states zero."""
    header = ["Kab/Kota", "Draft", "Pengajuan", "Verval", "Terbit"]
    upload = read([header, ["Paser", "", "n/a", "-", "0"]])
    row = upload.frame[["draft", "submitted", "verified", "issued"]].iloc[0]
    assert row.isna().tolist() == [True, True, False, False]
    assert (row["verified"], upload.problems["code"].tolist()) == (0, [])


def test_identifiers_are_text_and_repaired():
    """One NIB in three spellings is one NIB; lost zeros come back; what Excel destroyed is missing, and said."""
    header = ["NIB", "No. HP", "No.Daftar", "No. Sertifikat", "KBLI", "Nama Usaha"]
    upload = read(
        [
            header,
            ["8120001234567.0", "81234567890", "sh2025-1-100001", "ID64110055824640425", "10710.0"],
            ["'8120001234567", "+62 812-3456-7890", "SH2025-1-100002 ", "id 64110055824640425", "10710 - Roti"],
            ["8120 0012 34567", "0541 123456", "SH2025-1-100003", "KH-12/2025", "10710"],
            ["289010302776", "8,12E+12", "SH2025-1-100004", "-", "10710"],
            ["8,12E+12", "", "SH2025-1-100005", "ID6411005582464", ""],
            ["9901014101900001", "", "9901014101900001", "", "", "Dapur Rekaan"],
        ]
    )
    frame = upload.frame
    assert frame["nib"].tolist()[:4] == ["8120001234567"] * 3 + ["0289010302776"]
    assert frame["nib"].isna().tolist()[4:] == [True, True]
    assert frame["phone"].tolist()[:3] == ["081234567890", "081234567890", "0541123456"]
    assert frame["registration_number"].tolist()[:2] == ["SH2025-1-100001", "SH2025-1-100002"]
    assert frame["certificate_number"].dropna().tolist() == ["ID64110055824640425"] * 2 + ["ID6411005582464"]
    assert frame["kbli"].dropna().unique().tolist() == ["10710"]
    said = upload.problems
    assert said.loc[said["column"].eq("nib"), ["row", "code"]].values.tolist() == [
        [5, "nib_zero_restored"],
        [6, "damaged_by_excel"],
        [7, "nib_invalid"],
    ]
    assert "Baris 6 kolom NIB: 8,12E+12 rusak oleh Excel; isi ulang dari berkas asal." in said["message"].tolist()


DASHED = ["SH2025-1-990001", "99000-00000001", "0812-9900-0001", "ID6411-0099000010525", "OF300"]


@pytest.mark.parametrize("dash", ["-", "\u2010", "\u2011", "\u2013", "\u2014", "\u2212"])
def test_every_dash_is_one_hyphen(dash):
    """Word types other dashes than a keyboard does; the number is the same, whatever stands between its parts."""
    upload = read(
        [
            ["No. Daftar", "NIB", "No. HP", "No. Sertifikat", "Status"],
            ["SH2025-1-990001", "9900 0000 00001", "0812-9900-0001", "ID64110099000010525", "OF300"],
            [text.replace("-", dash) for text in DASHED],
            ["sh 2025.1.990001", "9900000000001", "081299000001", "ID64110099000010525", "OF300"],
        ]
    )
    assert upload.frame[["registration_number", "nib", "phone", "certificate_number"]].to_numpy().tolist() == [
        ["SH2025-1-990001", "9900000000001", "081299000001", "ID64110099000010525"]
    ]
    assert upload.problems["code"].tolist() == ["duplicate_identical"] * 2


@pytest.mark.parametrize("between", [" / ", "/", ", ", " dan ", "\n", "; ", " & "])
def test_of_several_numbers_in_a_cell_the_first_is_taken(between):
    """Two numbers are never joined to one; the row says both."""
    one, other = ["SH2025-1-990001", "3501", "9900000000001"], ["SH2025-1-990002", "3502", "9900000000002"]
    numbers = [f"{first}{between}{second}" for first, second in zip(one, other, strict=True)]
    certificates = f"ID64110099000010525{between}ID64110099000020525"
    upload = read(
        [
            ["No. Daftar", "ID Reg", "NIB", "No. Sertifikat", "Status"],
            [*numbers, certificates, "OF300"],
            ["SH2025-1-990003", "3503", "9900000000003", "ID64110099000030525", "OF300"],
        ]
    )
    columns = ["registration_number", "reg_id", "nib", "certificate_number"]
    assert upload.frame[columns].iloc[0].tolist() == [*one, "ID64110099000010525"]
    said = upload.problems
    assert said[["row", "code", "severity"]].to_numpy().tolist() == [[2, "several_numbers", "warning"]] * 4
    assert {*zip(said["column"], said["value"], strict=True)} == {
        *zip(columns, (" ".join(text.split()) for text in (*numbers, certificates)), strict=True)
    }


@pytest.mark.parametrize("text", ["SH2025-1-990001/990002", "SH2025-1-990001 s.d. 990005", "SH2025-1-990001-990002"])
def test_a_second_number_written_short_is_not_joined(text):
    """What follows a whole nomor daftar is not part of it."""
    upload = read([["No. Daftar", "Nama Usaha", "Status"], [text, "Dapur Rekaan", "OF10"]])
    assert upload.frame["registration_number"].tolist() == ["SH2025-1-990001"]
    assert upload.problems["code"].tolist() == ["several_numbers"]


@pytest.mark.parametrize("text", ["REG/2025/00123", "2025/0123", "A-12/990001"])
def test_a_number_of_parts_is_one(text):
    """Another office's own number keeps its parts."""
    upload = read([["No. Daftar", "Nama Usaha", "Status"], [text, "Dapur Rekaan", "OF10"]])
    assert (upload.frame["registration_number"].tolist(), upload.problems["code"].tolist()) == ([text], [])


def test_dates_in_every_notation():
    """Numbers, ISO, month names with and without weekday, Excel serials and American times are all one day."""
    written = [
        "31/05/2025",
        "31-5-25",
        "31.05.2025",
        "2025-05-31",
        "2025-05-31 14:03:22",
        "31 Mei 2025",
        "31 mei 25",
        "Sabtu, 31 Mei 2025",
        "31-May-2025",
        "45808",
        "5/31/2025 12:00:00 AM",
        "20250531",
        "2025/05/31",
        "2025-05-31T14:03:22+08:00",
        "2025-05-31T14:03:22.000Z",
        "Sabtu 31/05/2025",
        "Sat, 31 May 2025",
        "31 Mei 2025 pukul 10.00 WITA",
        "May 31, 2025",
        "31-Mei-25",
        "Tgl. 31 Mei 2025",
        "45808.5",
    ]
    rows = [["No.Daftar", "Tanggal Daftar"], *([f"SH2025-1-10000{at}", text] for at, text in enumerate(written))]
    assert set(read(rows).frame["submitted_date"]) == {pd.Timestamp("2025-05-31")}


@pytest.mark.parametrize(
    ("written", "dates", "said"),
    [
        (["31/05/2025", "4/6/2025"], ["2025-05-31", "2025-06-04"], []),
        (["5/31/2025", "6/4/2025"], ["2025-05-31", "2025-06-04"], []),
        (["4/6/2025"], ["2025-06-04"], ["date_order_assumed"]),
        (["6/6/2025"], ["2025-06-06"], []),
        # two notations pasted together are decided apart
        (["5/31/2025 12:00:00 AM", "6/4/2025 12:00:00 AM", "31-05-2025", "04-06-2025"],
         ["2025-05-31", "2025-06-04", "2025-05-31", "2025-06-04"], []),
        # one that can only be the other way round is read so, and said
        (["31/05/2025", "30/05/2025", "5/31/2025", "4/6/2025"],
         ["2025-05-31", "2025-05-30", "2025-05-31", "2025-06-04"], ["date_order_mixed", "date_order_unsure"]),
        # a slip of the pen among many dates makes no doubt of the others
        ([*(f"{day}/05/2025" for day in range(13, 32)), "5/31/2025", "4/6/2025"],
         [*(f"2025-05-{day}" for day in range(13, 32)), "2025-05-31", "2025-06-04"], ["date_order_mixed"]),
        (["Mei 2025", "31/05/2025"], [None, "2025-05-31"], ["date_impossible"]),
        (["0000-00-00", "00/00/0000", "belum terbit", "1899-12-30"], [None] * 4, []),
        (["12345", "99999", "31/05/2025"], [None, None, "2025-05-31"], ["date_impossible"] * 2),
        (["31/02/2025", "2025-06-04"], [None, "2025-06-04"], ["date_impossible"]),
        (["31 Mei 0205"], [None], ["date_impossible"]),
        (["-", ""], [None, None], []),
    ],
)  # fmt: skip
def test_day_and_month_are_told_apart_for_the_whole_column(written, dates, said):
    """Values that cannot be otherwise decide; where none does, day first, with an info; the impossible is missing."""
    rows = [["No.Daftar", "Tanggal Daftar"], *([f"SH2025-1-10000{at}", text] for at, text in enumerate(written))]
    upload = read_upload(csv_bytes(rows), filename="uji.csv", defaults={"status": "submitted"})
    assert upload.frame["submitted_date"].dt.strftime("%Y-%m-%d").fillna("").tolist() == [date or "" for date in dates]
    assert upload.problems["code"].tolist() == said
    assert len(upload.frame) == len(written)


def test_date_cells_and_numbers_of_a_workbook():
    """Real dates, and a NIB kept as a number, come through as date and as text."""
    rows = [["NIB", "Nama Usaha", "Tgl Daftar"], [8120001234567, "Dapur Rekaan", dt.date(2025, 6, 4)]]
    frame = read_upload(xlsx_bytes({"Data": rows}), filename="uji.xlsx").frame
    assert frame[["nib", "submitted_date"]].values.tolist() == [["8120001234567", pd.Timestamp("2025-06-04")]]


@pytest.mark.parametrize("mark", ["s.d.a.", "sda", "Idem", '"', '-"-', "-//-", "''", "sama dengan di atas"])
def test_a_sign_for_the_cell_above_is_said(mark):
    """Of place, LP3H and status alike: none is a name, none is filled from another row."""
    rows = [["SH2025-1-990001", "Samarinda", "Unmul", "OF10"], ["SH2025-1-990002", mark, mark, mark]]
    upload = read([["No. Daftar", "Kab/Kota", "LP3H", "Status"], *rows])
    assert upload.frame.loc[1, ["kab_kota", "lp3h", "status"]].isna().all()
    said = upload.problems[upload.problems["code"] == "same_as_above"]
    assert said["column"].tolist() == ["kab_kota", "lp3h", "status"]
    assert set(said["row"]) == {3}


@pytest.mark.parametrize("mark", ["-", "--", "."])
def test_a_sign_for_nothing_is_nothing(mark):
    """It is not said."""
    upload = read([["No. Daftar", "Kab/Kota", "LP3H", "Status"], ["SH2025-1-990002", mark, mark, "OF10"]])
    assert "same_as_above" not in upload.problems["code"].tolist()
