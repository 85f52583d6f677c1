"""A spreadsheet in, rows out: what was taken, what was not, and everything there is to say."""

import datetime as dt
import hashlib
import io

import pandas as pd
import pytest
from make_files import csv_bytes, parquet_bytes, xlsx_bytes
from pandas.testing import assert_frame_equal

from halal_metrics import schema
from halal_metrics.sheets import Upload, read_upload

REGISTER = [
    ["No", "No.Daftar", "Tanggal Daftar", "Nama PU", "NIB", "Kab/Kota", "LP3H", "Status"],
    [1, "SH2025-1-100001", "31/03/2025", "Dapur Rekaan", "8120001234567", "KUKAR", "LP3H Unmul", "OF74"],
    [2, "SH2025-1-100002", "01/04/2025", "Kedai Rekaan", "8120001234568", "Kota Bontang", "UINSI", "OF10"],
]
QUOTAS = [["Kab/Kota", "LP3H", "Kuota", "Tenggat"], ["Paser", "ITK", "1.000", "31 Mei 2025"]]


def read(rows: list[list], **arguments) -> Upload:
    return read_upload(csv_bytes(rows), filename="uji.csv", **arguments)


def codes(upload: Upload, severity: str | None = None) -> list[str]:
    said = upload.problems
    return said.loc[said["severity"].eq(severity) if severity else slice(None), "code"].tolist()


def test_every_kind_of_file_gives_the_same_rows():
    """CSV of every delimiter and encoding, xlsx and parquet of one table are read alike."""
    expected = read(REGISTER).frame
    assert expected["submitted_date"].tolist() == [pd.Timestamp("2025-03-31"), pd.Timestamp("2025-04-01")]
    files = [
        csv_bytes(REGISTER, delimiter=delimiter, encoding=encoding)
        for delimiter in ",;\t|"
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252")
    ]
    files += [xlsx_bytes({"uji": REGISTER}), parquet_bytes(pd.DataFrame(REGISTER[1:], columns=REGISTER[0]))]
    for content in files:
        assert_frame_equal(read_upload(content, filename="uji.csv").frame, expected)


def test_what_an_upload_holds():
    """Name, hash of the bytes, the exact columns of the table, where each row stood, and what each header became."""
    content = csv_bytes(REGISTER)
    upload = read_upload(io.BytesIO(content), filename="mei.csv")
    assert (upload.table, upload.filename, upload.sha256) == (
        "applications",
        "mei.csv",
        hashlib.sha256(content).hexdigest(),
    )
    assert {name: str(dtype) for name, dtype in upload.frame.dtypes.items()} == schema.APPLICATIONS
    assert upload.frame[["source_file", "source_row"]].values.tolist() == [["mei.csv", 2], ["mei.csv", 3]]
    assert upload.problems.columns.tolist() == "severity code sheet row column value message".split()
    sheet = upload.sheets[0]
    assert (sheet.header_row, sheet.read, sheet.accepted, sheet.rejected, sheet.skipped) == (1, 2, 2, 0, 0)
    assert sheet.mapping["No.Daftar"] == "registration_number"
    assert upload.frame["source_sheet"].eq(sheet.name).all()


MIXED = [
    ["No. Daftar", "Nama PU", "Kode Fasilitasi", "Status"],
    *(
        [f"SH2025-1-99000{number}", "Dapur Rekaan", code, "OF74"]
        for number, code in enumerate(["KALTIM25", "kaltim 25", None, "SEHATI25", "SEHATI25", "PASER25"])
    ),
]


@pytest.mark.parametrize(
    ("known", "code", "told"),
    [
        ([], "several_programmes", "KALTIM25 (2 baris), SEHATI25 (2 baris), PASER25 (1 baris)"),
        (["KALTIM25"], "other_programme", "3 dari 6 baris berkode program lain: SEHATI25 (2 baris), PASER25 (1 baris)"),
        (["Paser25", "SEHATI25"], "other_programme", "2 dari 6 baris berkode program lain: KALTIM25 (2 baris)"),
    ],
)
def test_rows_of_another_programme_are_taken_and_said_once(known, code, told):
    """One warning with the counts of each code, on the column; every row is accepted, those without a code too."""
    upload = read(MIXED, codes=known)
    (problem,) = upload.problems.to_dict("records")
    assert len(upload.frame) == 6
    assert (problem["severity"], problem["code"], problem["column"]) == ("warning", code, "programme_code")
    assert told in problem["message"]
    assert pd.isna(problem["row"])


def test_a_file_of_one_programme_is_said_only_where_it_is_another():
    """All rows of the programme's own codes: nothing. All of one other code: said where the codes are known."""
    one = [MIXED[0], *([row[0], row[1], "SEHATI25", row[3]] for row in MIXED[1:])]
    assert codes(read(one)) == codes(read(one, codes=["sehati25"])) == codes(read(MIXED[:4], codes=["KALTIM25"])) == []
    assert "6 dari 6 baris" in read(one, codes=["KALTIM25"]).problems["message"].iloc[0]


def test_a_path_is_read_and_names_the_file(tmp_path):
    """A path, as text or Path, gives its own name unless another is given."""
    path = tmp_path / "rekaan.csv"
    path.write_bytes(csv_bytes(REGISTER))
    assert read_upload(path).filename == read_upload(str(path)).filename == "rekaan.csv"
    assert read_upload(path, filename="lain.csv").filename == "lain.csv"


def test_the_kind_of_file_is_told_by_content():
    """An xlsx that is called .csv, and the other way round, is read for what it is."""
    assert read_upload(xlsx_bytes({"uji": REGISTER}), filename="uji.csv").frame.shape[0] == 2
    assert read_upload(csv_bytes(REGISTER), filename="uji.xlsx").frame.shape[0] == 2


@pytest.mark.parametrize(
    ("header", "table"),
    [
        ("ID Reg,No.Daftar,Tanggal Daftar,Kode Fasilitasi,Nama PU,Alamat,Merk Dagang,Nama Pendamping", "applications"),
        ("NIB,NIK,Nama Lengkap,Nama Usaha,No. HP,No. Sertifikat,Status,Tahun Fasilitasi", "applications"),
        ("No,Kab/Kota,LP3H,Kuota,Target (tgl)", "quotas"),
        ("Kab/Kota,LP3H,Kuota,Draft,Pengajuan,Verval,Komite Fatwa,Dikembalikan,Ditolak/Batal,Terbit", "recaps"),
        ("Kabupaten,Kuota,Dimanfaatkan,Terbit", "recaps"),
        ("NIB,Nama Usaha,Nama Pemilik,No. HP,Alamat,Kecamatan,Kabupaten,Produk,KBLI", "candidates"),
        ("No Sertifikat,Nama Usaha,Provinsi,Skala,Masa Berlaku,Nama Produk", "certificates"),
    ],
)
def test_the_table_is_told_by_its_columns(header, table):
    """SIHALAL's export, a peer's export, and the office's own layouts each go to their table."""
    assert read_upload(header.encode(), filename="uji.csv").table == table


def test_a_header_without_rows_is_an_upload_of_no_rows():
    """It is typed, and said."""
    upload = read(REGISTER[:1])
    assert upload.frame.dtypes.astype(str).to_dict() == schema.APPLICATIONS
    assert (len(upload.frame), codes(upload, "warning")) == (0, ["no_rows"])


def test_sheets_of_one_table_are_joined_and_others_said():
    """A sheet a kabupaten becomes one frame; hidden sheets and other tables are told, and their rows are skipped."""
    workbook = {
        "Kukar": REGISTER[:2],
        "Bontang": [REGISTER[0], REGISTER[2]],
        "Kuota": QUOTAS,
        "Rahasia": REGISTER,
        "Kosong": [],
    }
    upload = read_upload(xlsx_bytes(workbook, hidden=["Rahasia"]), filename="uji.xlsx")
    assert upload.frame[["source_sheet", "source_row"]].values.tolist() == [["Kukar", 2], ["Bontang", 2]]
    assert [(sheet.name, sheet.read, sheet.accepted, sheet.skipped) for sheet in upload.sheets] == [
        ("Kukar", 1, 1, 0),
        ("Bontang", 1, 1, 0),
        ("Kuota", 1, 0, 1),
        ("Rahasia", 0, 0, 0),
        ("Kosong", 0, 0, 0),
    ]
    said = upload.problems.set_index("sheet")["code"]
    assert said["Kuota"] == "sheet_other_table"
    assert said["Rahasia"] == "sheet_hidden"
    other = read_upload(xlsx_bytes(workbook), filename="uji.xlsx", table="quotas")
    assert other.frame[["kab_kota", "quota"]].values.tolist() == [["Kabupaten Paser", 1000]]


def test_rows_that_are_no_records_are_skipped_and_said():
    """Blank rows do not count; repeated headers, totals and rows with nothing but a number are skipped."""
    rows = [*REGISTER[:2], [], REGISTER[0], REGISTER[2], [3], ["JUMLAH", "", "", "", "", "", "", "2"]]
    upload = read(rows)
    sheet = upload.sheets[0]
    assert (sheet.read, sheet.accepted, sheet.rejected, sheet.skipped) == (5, 2, 0, 3)
    skipped = upload.problems.set_index("row")["code"]
    assert skipped[[4, 6, 7]].tolist() == ["row_repeated_header", "row_unfilled", "row_total"]


def test_a_business_named_total_is_no_total():
    """Only a cell that says nothing but "Total" ends a register."""
    rows = [["Nama Usaha", "NIB", "Status"], ["Total Rasa Catering", "8120001234567", "OF10"], ["Total", "", "1"]]
    upload = read(rows)
    assert upload.frame["business_name"].tolist() == ["Total Rasa Catering"]


def test_a_quota_needs_a_number():
    """A row without one is handed back as it was written, with the reason."""
    upload = read([*QUOTAS, ["Berau", "ITK", "seratus", "31/05/2025"], ["Sub Total Berau", "", "100", ""]])
    assert upload.frame["quota"].tolist() == [1000]
    assert upload.frame["target_date"].tolist() == [pd.Timestamp("2025-05-31")]
    assert upload.rejected["Kuota"].tolist() == ["seratus"]
    assert upload.rejected[["source_row"]].values.tolist() == [[3]]
    assert "kuota" in upload.rejected["reason"].iloc[0]
    assert {"number_impossible", "quota_missing"} <= set(codes(upload))


def test_row_numbers_are_those_of_the_spreadsheet_program():
    """Blank rows on top and between count."""
    rows = [[], [], REGISTER[0], [], REGISTER[1], [], REGISTER[2]]
    for upload in (read(rows), read_upload(xlsx_bytes({"Data": rows}), filename="uji.xlsx")):
        assert upload.sheets[0].header_row == 3
        assert upload.frame["source_row"].tolist() == [5, 7]


def test_a_line_break_in_a_cell_does_not_shift_the_rows():
    """A quoted cell of two lines is one cell of one row."""
    rows = [["No.Daftar", "Alamat"], ["SH2025-1-100001", "Jl. Mawar\nRT 5"], ["SH2025-1-100002", "Jl. Melati"]]
    frame = read(rows).frame
    assert frame["address"].tolist() == ["Jl. Mawar RT 5", "Jl. Melati"]
    assert frame["source_row"].tolist() == [2, 3]


def test_places_come_from_the_row_then_from_the_address():
    """An empty cell takes the place its address names, with an info; a value not understood stays missing."""
    rows = [
        ["No.Daftar", "Kab/Kota", "Alamat", "Status"],
        ["SH2025-1-100001", "Kukar", "Jl. Mawar, Kota Samarinda", "OF10"],
        ["SH2025-1-100002", "", "Jl. Mawar, Kota Samarinda", "OF10"],
        ["SH2025-1-100003", "Kutai", "Jl. Mawar, Kota Samarinda", "OF10"],
        ["SH2025-1-100004", "", "Kampus UINSI Samarinda", "OF10"],
    ]
    upload = read(rows)
    assert upload.frame["kab_kota"].fillna("").tolist() == [
        "Kabupaten Kutai Kartanegara",
        "Kota Samarinda",
        "",
        "",
    ]
    assert upload.problems[["row", "code"]].values.tolist() == [[3, "place_from_address"], [4, "place_ambiguous"]]
    without_column = read([[row[0], *row[2:]] for row in rows])
    assert without_column.frame["kab_kota"].dropna().tolist() == ["Kota Samarinda"] * 3
    assert without_column.problems[["row", "column"]].isna().values.tolist() == [[True, False]]


def test_defaults_fill_columns_that_the_sheet_lacks():
    """In canonical words or the sheet's own; never an empty cell of a column that is there."""
    rows = [["No.Daftar", "LP3H", "Alamat"], ["SH2025-1-100001", "", "Kota Bontang"]]
    defaults = {"status": "OF300", "lp3h": "UINSI", "kab_kota": "Kukar", "statement_date": dt.date(2025, 6, 4)}
    upload = read(rows, defaults=defaults)
    row = upload.frame.iloc[0]
    assert (row["status"], row["status_raw"], row["kab_kota"]) == ("issued", "OF300", "Kabupaten Kutai Kartanegara")
    assert pd.isna(row["lp3h"])
    assert row["statement_date"] == upload.sheets[0].statement_date == pd.Timestamp("2025-06-04")


def test_a_default_that_is_not_understood_is_said():
    """It is a problem of the whole column."""
    upload = read([["No.Daftar", "Status"], ["SH2025-1-100001", "OF10"]], defaults={"kab_kota": "Kutai"})
    assert upload.problems[["code", "column"]].values.tolist() == [["place_ambiguous", "kab_kota"]]
    assert upload.problems["row"].isna().all()


def test_mapping_overrules_the_guess():
    """Headers, in any spelling, go where they are sent; None leaves one out."""
    rows = [["No.Daftar", "Kode", "Status"], ["SH2025-1-100001", "Dapur Rekaan", "OF74"]]
    upload = read(rows, mapping={"kode": "business_name", "Status": None})
    assert upload.frame["business_name"].tolist() == ["Dapur Rekaan"]
    assert upload.frame["status"].isna().all()
    assert upload.sheets[0].mapping == {"No.Daftar": "registration_number", "Kode": "business_name"}


def test_a_table_or_column_that_does_not_exist_is_refused():
    """A slip in a program is an error at once, not a column of nothing."""
    for wrong in ({"table": "kuota"}, {"mapping": {"No": "nomor"}}, {"defaults": {"kabupaten": "Paser"}}):
        with pytest.raises(ValueError, match=r"no (table|column)"):
            read(REGISTER, **wrong)


def test_headers_of_two_meanings_are_decided_by_content():
    """ "No SH" is a certificate or a registration number; "Nama PU" the business unless another column is."""
    certificate = read([["No SH", "NIB", "Status"], ["ID64110055824640425", "8120001234567", "OF300"]])
    assert certificate.frame["certificate_number"].tolist() == ["ID64110055824640425"]
    registration = read([["No SH", "NIB", "Status"], ["SH2025-1-100001", "8120001234567", "OF300"]])
    assert registration.frame["registration_number"].tolist() == ["SH2025-1-100001"]
    both = read([["Nama PU", "Nama Usaha", "Status"], ["Siti Rekaan", "Dapur Rekaan", "OF10"]])
    assert both.frame[["owner_name", "business_name"]].values.tolist() == [["Siti Rekaan", "Dapur Rekaan"]]
    status = read([["No.Daftar", "Keterangan"], ["SH2025-1-100001", "Terbit SH"]])
    assert status.frame["status"].tolist() == ["issued"]
    note = read([["No.Daftar", "Keterangan", "Hambatan"], ["SH2025-1-100001", "tunggu foto", "tanpa e-mail"]])
    assert note.frame[["note", "obstacle"]].values.tolist() == [["tunggu foto", "tanpa e-mail"]]


def test_reading_what_was_read_changes_nothing():
    """A frame written to parquet under its own column names comes back as it was."""
    frame = read(REGISTER).frame
    again = read_upload(parquet_bytes(frame), filename="uji.csv").frame
    own = [column for column in frame if not column.startswith("source_")]
    assert_frame_equal(again[own], frame[own])
