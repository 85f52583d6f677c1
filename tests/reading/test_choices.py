"""What a person overrules: sheets, header row, words, cells; and what the upload says of it."""

import datetime as dt
import json

import pytest
from make_files import csv_bytes, xlsx_bytes

from halal_metrics.sheets import UnreadableFile, Upload, read_upload

REGISTER = [
    ["No.Daftar", "Nama PU", "Kab/Kota", "LP3H", "Status", "Tgl Daftar"],
    ["SH2025-1-100001", "Dapur Rekaan", "Kota Tepian", "LP3H Unmul", "sedang jalan", "31/03/2025"],
    ["SH2025-1-100002", "Kedai Rekaan", "KOTA  tepian", "Lembaga Rekaan", "OF10", "32/03/2025"],
]


def read(rows: list[list] = REGISTER, **arguments) -> Upload:
    return read_upload(csv_bytes(rows), filename="uji.csv", **arguments)


def test_meanings_settle_spellings():
    """In any case and spacing; the problem is gone, the raw status stays."""
    meanings = {
        "kab_kota": {"kota tepian": "Kota Samarinda"},
        "lp3h": {"Lembaga Rekaan": "LP3H UINSI Samarinda"},
        "status": {"Sedang Jalan": "verified"},
    }
    upload = read(meanings=meanings)
    assert upload.frame["kab_kota"].tolist() == ["Kota Samarinda"] * 2
    assert upload.frame["lp3h"].tolist() == ["Halal Center Universitas Mulawarman", "LP3H UINSI Samarinda"]
    assert upload.frame[["status", "status_raw"]].values.tolist() == [
        ["verified", "sedang jalan"],
        ["submitted", "OF10"],
    ]
    assert upload.problems["code"].tolist() == ["date_impossible"]
    nothing = read(meanings={"kab_kota": {"Kota Tepian": None}})
    assert nothing.frame["kab_kota"].isna().all()
    assert "place_unknown" not in nothing.problems["code"].tolist()


def test_corrections_are_read_as_if_the_file_said_them():
    """A cell by sheet, row and header; a correction that finds no cell is said."""
    cells = {("uji", 3, "Tgl Daftar"): " 30/03/2025 ", ("uji", 2, "Kab/Kota"): "Paser", ("uji", 3, "Kab/Kota"): ""}
    upload = read(corrections=cells)
    assert upload.frame["submitted_date"].dt.day.tolist() == [31, 30]
    assert upload.frame["kab_kota"].fillna("").tolist() == ["Kabupaten Paser", ""]
    lost = read(corrections={("uji", 9, "Tgl Daftar"): "1/1/2025", ("lain", 2, "Kab/Kota"): "Paser"})
    assert lost.problems["code"].tolist().count("correction_lost") == 2


def test_a_correction_can_bring_a_rejected_row_in():
    """The row that lacked its number has it."""
    rows = [["Kab/Kota", "LP3H", "Kuota"], ["Paser", "ITK", "seratus"], ["Berau", "ITK", "50"]]
    assert len(read(rows).rejected) == 1
    upload = read(rows, corrections={("uji", 2, "Kuota"): "100"})
    assert upload.frame["quota"].tolist() == [100, 50]
    assert upload.rejected.empty


def test_sheets_are_chosen_by_name():
    """A hidden one too; those not named are said."""
    content = xlsx_bytes({"Mei": REGISTER[:2], "Juni": [REGISTER[0], REGISTER[2]]}, hidden=["Juni"])
    upload = read_upload(content, sheets=["Juni"])
    assert upload.frame["source_sheet"].tolist() == ["Juni"]
    assert [(sheet.name, sheet.read, sheet.hidden) for sheet in upload.sheets] == [("Mei", 0, False), ("Juni", 1, True)]
    assert "sheet_not_chosen" in upload.problems["code"].tolist()
    assert len(read_upload(content, sheets=["Mei", "Juni"]).frame) == 2
    missing = read_upload(content, sheets=["April"])
    assert missing.frame["source_sheet"].tolist() == ["Mei"]
    assert "sheet_missing" in missing.problems["code"].tolist()


def test_a_header_row_is_chosen():
    """Even one without a known header, if `mapping` names its columns."""
    rows = [["No.Daftar", "NIB", "Status"], ["Kode", "Merk", "Tempat"], ["SH2025-1-100001", "Dapur Rekaan", "Paser"]]
    mapping = {"Kode": "registration_number", "Merk": "business_name", "Tempat": "kab_kota"}
    upload = read(rows, header_rows={"uji": 2}, mapping=mapping)
    assert upload.sheets[0].header_row == 2
    assert upload.frame[["business_name", "kab_kota"]].values.tolist() == [["Dapur Rekaan", "Kabupaten Paser"]]
    beyond = read(header_rows={"uji": 99})
    assert beyond.sheets[0].header_row == 1
    assert "header_row_missing" in beyond.problems["code"].tolist()


def test_a_mapping_whose_header_is_absent_is_said():
    """Not silently without effect."""
    upload = read(mapping={"Nomor Halal": "certificate_number", "NAMA PU": "owner_name"})
    assert upload.frame["owner_name"].tolist() == ["Dapur Rekaan", "Kedai Rekaan"]
    said = upload.problems[upload.problems["code"].eq("mapping_without_header")]
    assert said[["severity", "value"]].values.tolist() == [["warning", "Nomor Halal"]]


def test_choices_are_kept_as_json():
    """What was given and nothing else, and giving it again gives the same."""
    given = {
        "table": "applications",
        "mapping": {"Nama PU": "owner_name", "Status": None},
        "defaults": {"status": "OF10", "statement_date": dt.date(2025, 6, 4)},
        "sheets": ["uji"],
        "header_rows": {"uji": 1},
        "meanings": {"kab_kota": {"Kota Tepian": "Kota Samarinda"}},
        "corrections": {("uji", 3, "Tgl Daftar"): "30/03/2025"},
    }
    upload = read(**given)
    kept = json.loads(json.dumps(upload.choices))
    assert kept["corrections"] == [["uji", 3, "Tgl Daftar", "30/03/2025"]]
    assert kept["defaults"]["statement_date"] == "2025-06-04"
    again = kept | {"corrections": {(sheet, row, name): text for sheet, row, name, text in kept["corrections"]}}
    assert read(**again).frame.equals(upload.frame)
    assert read().choices == {}


def test_meanings_of_spellings_the_file_lacks_are_not_among_its_choices():
    """A sender's are remembered by the dozen: a file says those that it was read with, from cells, title or default."""
    meanings = {"kab_kota": {"Kota Tepian": "Kota Samarinda", "Kota Rekaan": None}, "status": {"Entah": "fatwa"}}
    assert read(meanings=meanings).choices == {"meanings": {"kab_kota": {"kota tepian": "Kota Samarinda"}}}
    titled = [["Data Lembaga Rekaan"], [], *REGISTER]
    given = {"defaults": {"lp3h": "Lembaga Rekaan"}, "meanings": {"lp3h": {"Lembaga Rekaan": "LP3H UINSI Samarinda"}}}
    assert read(titled, **given).choices["meanings"] == {"lp3h": {"lembaga rekaan": "LP3H UINSI Samarinda"}}


def test_what_cannot_be_is_refused():
    """A slip in a program is an error at once."""
    wrong = (
        {"meanings": {"kab_kota": {"Tepian": "Samarinda"}}},
        {"meanings": {"status": {"jalan": "OF10"}}},
        {"meanings": {"nib": {"1": "2"}}},
        {"header_rows": {"uji": 0}},
        {"corrections": {("uji", 0, "NIB"): "1"}},
    )
    for arguments in wrong:
        with pytest.raises(ValueError, match="no "):
            read(**arguments)


def test_a_sheet_tells_how_it_was_understood():
    """Certainty of each column, headers left over, samples without NIK, the bytes themselves."""
    rows = [
        ["No", "No.Daftar", "Nama PU", "Nama Pemlik", "NIK", "Merk Dagang", "Kode Pos", "Tempat"],
        [1, "SH2025-1-100001", "Dapur", "Siti NIK 9901014101900001", "9901014101900001", "A", "75111", "Paser"],
        [2, "SH2025-1-100002", "Kedai", "Budi", "9901014101900002", "B", "75112", "Berau"],
    ]
    upload = read(rows, mapping={"Tempat": "kab_kota"})
    sheet = upload.sheets[0]
    assert sheet.certainty == {
        "No.Daftar": "exact",
        "Nama PU": "content",
        "Nama Pemlik": "similar",
        "Merk Dagang": "exact",
        "Tempat": "given",
    }
    assert sheet.unused == ("No", "NIK", "Kode Pos")
    assert sheet.samples["Kode Pos"] == ("75111", "75112")
    assert sheet.samples["NIK"] == ()
    assert "9901014101900001" not in repr(upload.sheets)
    assert (sheet.table, sheet.why, sheet.hidden) == ("applications", None, False)
    assert upload.content == csv_bytes(rows)
    assert "content=" not in repr(upload)
    said = upload.problems.set_index("code")
    assert said.loc["column_similar", "severity"] == "warning"
    assert "Nama Pemilik" in said.loc["column_similar", "message"]


@pytest.mark.parametrize("header", ["NBI", "No KH", "Statu", "Alamat RT", "Kode Pos", "Nama PK", "% Terbit"])
def test_headers_that_are_not_guessed(header):
    """Short ones, whole other words, and ones nearest to two columns."""
    upload = read([["No.Daftar", "Nama Usaha", header], ["SH2025-1-100001", "Dapur Rekaan", "x"]])
    assert header in upload.sheets[0].unused or header == "Statu"


def test_two_headers_are_never_guessed_to_be_one_column():
    """Neither is taken, since one of them must be something else."""
    rows = [["No.Daftar", "Status", "Nama Pemlik", "Nama Pemiik"], ["SH2025-1-100001", "OF10", "Siti", "Budi"]]
    upload = read(rows)
    assert upload.frame["owner_name"].isna().all()
    assert set(upload.sheets[0].unused) == {"Nama Pemlik", "Nama Pemiik"}


def test_a_file_without_a_known_header_tells_what_it_holds():
    """So that a person can point at the header row and name the columns; doing so reads the file."""
    rows = [["Daftar Siti 9901014101900001"], ["Kode", "Merk", "Tempat"], ["SH2025-1-100001", "Dapur Rekaan", "Paser"]]
    with pytest.raises(UnreadableFile) as refused:
        read(rows)
    assert refused.value.lines["uji"] == [
        "Daftar Siti [NIK]",
        "Kode | Merk | Tempat",
        "SH2025-1-100001 | Dapur Rekaan | Paser",
    ]
    with pytest.raises(UnreadableFile) as refused:
        read(rows, header_rows={"uji": 2})
    assert refused.value.sheets[0].unused == ("Kode", "Merk", "Tempat")
    assert refused.value.sheets[0].samples["Tempat"] == ("Paser",)
    mapping = {"Kode": "registration_number", "Tempat": "kab_kota"}
    assert read(rows, header_rows={"uji": 2}, mapping=mapping).frame["kab_kota"].tolist() == ["Kabupaten Paser"]
