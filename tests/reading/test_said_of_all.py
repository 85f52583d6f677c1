"""A programme or a status that is said once for many rows: by a title, a sheet's name, a heading among rows; or not."""

import pandas as pd
import pytest
from make_files import xlsx_bytes

from halal_metrics import of_programme
from halal_metrics.sheets import Upload, read_upload

OWN = ["KALTIM25", "KALTIM2025"]
REGISTER = ["No", "No. Daftar", "Nama Usaha", "Kab/Kota", "Status"]
QUOTAS = ["Kab/Kota", "LP3H", "Kuota"]


def read(sheets: dict[str, list[list]] | list[list], **arguments) -> Upload:
    sheets = sheets if isinstance(sheets, dict) else {"Data": sheets}
    upload = read_upload(xlsx_bytes(sheets), filename="uji.xlsx", **({"codes": OWN} | arguments))
    for sheet in upload.sheets:
        assert sheet.read == sheet.accepted + sheet.rejected + sheet.skipped
    return upload


def record(number: int, status: str | None = "OF10") -> list:
    return [number, f"SH2025-1-99000{number}", f"Dapur {number}", "Samarinda", status]


def submitted(upload: Upload) -> int:
    return int((of_programme(upload.frame, OWN)["status"] == "submitted").sum())


def codes_of(upload: Upload) -> list[str | None]:
    return [None if pd.isna(code) else code for code in upload.frame["programme_code"]]


def warnings(upload: Upload) -> list[str]:
    return upload.problems.loc[upload.problems["severity"] != "info", "code"].tolist()


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Kode Fasilitasi : SEHATI25", "SEHATI25"),
        ("KODE FASILITASI SEHATI 2025", "SEHATI25"),
        ("Laporan kode program: PEMKAB 25", "PEMKAB25"),
        ("SEHATI 2025", "SEHATI25"),
        ("Program SEHATI BPJPH", "SEHATI"),
    ],
)
def test_a_code_in_the_title_is_that_of_the_rows(title, code):
    """The rows are kept and said, and do not count to the quota."""
    upload = read([[title], REGISTER, record(1), record(2)])
    assert (codes_of(upload), submitted(upload), warnings(upload)) == ([code] * 2, 0, ["other_programme"])


@pytest.mark.parametrize(
    "title",
    [
        "REKAP KALIMANTAN TIMUR 2025",
        "KALTIM 2025",
        "Fasilitasi Pemprov (non SEHATI) 2025",
        "Pelaku usaha yang belum SEHATI",
        "Pemprov dan SEHATI 2025",
        "Fasilitasi Sertifikasi Halal Self Declare 2025",
    ],
)
def test_an_ordinary_title_names_no_other_programme(title):
    """A year beside the province, or words that speak of more than the national programme, change nothing."""
    upload = read([[title], REGISTER, record(1), record(2)])
    assert (submitted(upload), warnings(upload)) == (2, [])


def test_a_row_goes_before_its_title():
    """The title fills only rows without a code of their own."""
    upload = read([["Kode Fasilitasi: SEHATI25"], [*REGISTER, "Kode Fasilitasi"], [*record(1), "KALTIM25"], record(2)])
    assert (codes_of(upload), submitted(upload)) == (["KALTIM25", "SEHATI25"], 1)


def test_sheets_named_by_programme():
    """Each sheet's rows are of the programme that names it."""
    upload = read(
        {"KALTIM25": [REGISTER, record(1)], "SEHATI25": [REGISTER, record(2)], "Juni25": [REGISTER, record(3)]}
    )
    assert (codes_of(upload), submitted(upload)) == ([None, "SEHATI25", None], 2)
    assert warnings(upload) == ["other_programme"]


@pytest.mark.parametrize("column", [0, 1, 2])
def test_headings_among_rows_name_the_programme(column):
    """In whatever column they stand, until the next; none becomes a record."""

    def heading(text: str) -> list:
        return [*[None] * column, text]

    others = [heading("B. SEHATI 2025"), record(2), record(3), heading("C. FASILITASI PEMPROV"), record(4)]
    upload = read([REGISTER, heading("A. KALTIM25"), record(1), *others])
    assert (codes_of(upload), submitted(upload)) == (["KALTIM25", "SEHATI25", "SEHATI25", None], 2)
    assert warnings(upload) == ["other_programme"]
    assert upload.skipped["code"].tolist() == ["row_heading"] * 3


def test_a_heading_of_a_programme_without_a_code_is_said():
    """Nothing tells whose the rows are, so that they count, with a warning."""
    upload = read([REGISTER, ["A. PEMPROV"], record(1), ["B. MANDIRI"], record(2)])
    assert (submitted(upload), warnings(upload)) == (2, ["heading_of_programme"])


def test_quotas_and_recaps_leave_out_rows_of_another_code():
    """By their column, a title that is nothing but the code, the sheet's name, or a heading."""
    rows = [[*QUOTAS, "Kode Fasilitasi"], ["Samarinda", "Unmul", 60, "KALTIM25"], ["Bontang", "UINSI", 500, "SEHATI25"]]
    coded = read([*rows, ["Paser", "ITK", 40, None], ["Jumlah", None, 600, None]])
    assert coded.frame["quota"].tolist() == [60, 40]
    assert warnings(coded) == ["other_programme_left"]
    assert coded.skipped["code"].tolist() == ["row_other_programme", "row_total"]
    plan = [QUOTAS, ["Samarinda", "Unmul", 60]]
    other = [QUOTAS, ["Bontang", "UINSI", 500]]
    named = read({"KALTIM25": plan, "SEHATI25": other})
    titled = read({"A": plan, "B": [["Kode Fasilitasi: SEHATI25"], *other]})
    below = read([*plan, ["Jumlah", None, 60], ["B. SEHATI 2025"], *other[1:], ["Jumlah", None, 500]])
    for upload in (named, titled, below):
        assert (upload.frame["quota"].tolist(), warnings(upload)) == ([60], ["other_programme_left"])


def test_a_plan_of_another_programme_alone_takes_nothing():
    """All its rows are left out, and said."""
    upload = read([[*QUOTAS, "Kode Fasilitasi"], ["Samarinda", "Unmul", 500, "SEHATI25"]])
    assert (len(upload.frame), warnings(upload)) == (0, ["other_programme_left"])


@pytest.mark.parametrize("title", ["ALOKASI KUOTA SEHATI 2025", "REKAP SEHATI 2025 KEMENAG"])
def test_a_sum_whose_title_names_another_programme_among_words_counts_with_a_warning(title):
    """It may still be this one's."""
    upload = read([[title], QUOTAS, ["Samarinda", "Unmul", 60]])
    assert (upload.frame["quota"].tolist(), warnings(upload)) == ([60], ["programme_in_title"])


def test_without_own_codes_several_are_only_said():
    """Nothing is left out where nobody has said which code is this programme's."""
    rows = [[*QUOTAS, "Kode Fasilitasi"], ["Samarinda", "Unmul", 60, "KALTIM25"], ["Bontang", "UINSI", 500, "SEHATI25"]]
    upload = read(rows, codes=[])
    assert (upload.frame["quota"].tolist(), warnings(upload)) == ([60, 500], ["several_programmes"])
    assert warnings(read(rows[:2], codes=[])) == []


LIST = ["No", "No. Daftar", "Nama Usaha", "Kab/Kota"]


def test_headings_and_names_of_sheets_tell_the_status():
    """Rows without a status have that of the heading above them, or of their sheet."""
    rest = [["B. PROSES KOMITE FATWA (1)"], record(2)[:4], ["C. DITOLAK"], record(3)[:4]]
    sections = read([LIST, ["A. SERTIFIKAT TERBIT"], record(1)[:4], *rest])
    sheets = read({name: [LIST, record(at)[:4]] for at, name in enumerate(("Terbit", "Komite Fatwa", "Ditolak"), 1)})
    for upload in (sections, sheets):
        assert upload.frame["status"].tolist() == ["issued", "fatwa", "rejected"]
    titled = read([["Status: Dikembalikan ke PU"], REGISTER, record(1, None), record(2, "OF74")])
    assert titled.frame["status"].tolist() == ["returned", "fatwa"]


def test_a_status_within_a_place_ends_with_it():
    """A heading of another place begins anew; a place within a status does not."""
    inner = [["KOTA SAMARINDA"], ["Terbit"], record(1)[:3], ["KOTA BONTANG"], record(2)[:3]]
    outer = [["Terbit"], ["KOTA SAMARINDA"], record(1)[:3], ["KOTA BONTANG"], record(2)[:3]]
    assert read([LIST, *inner]).frame["status"].fillna("").tolist() == ["issued", ""]
    assert read([LIST, *outer]).frame["status"].tolist() == ["issued", "issued"]


def test_a_vague_name_of_a_sheet_is_a_guess():
    """ "Draft" may be a draft of the file: taken, with a warning."""
    upload = read({"Draft": [LIST, record(1)[:4]]})
    assert (upload.frame["status"].tolist(), warnings(upload)) == (["draft"], ["value_from_title_guessed"])


def test_rows_without_a_status_are_said():
    """Once for a sheet without the column, else by row; not where a later date tells the stage, or a default does."""
    bare = [LIST, record(1)[:4], record(2)[:4]]
    assert warnings(read(bare)) == ["status_missing_column"]
    assert warnings(read(bare, defaults={"status": "OF74"})) == []
    some = read([REGISTER, record(1), record(2, None), record(3, "-")])
    said = some.problems[some.problems["code"] == "status_missing"]
    assert (said["row"].tolist(), len(warnings(some))) == ([3, 4], 2)
    dated = read([[*LIST, "Tanggal Daftar"], [*record(1)[:4], "2 Mei 2025"]])
    assert warnings(dated) == ["status_missing_column"]
    staged = [[*LIST, "Tanggal Daftar", "Tanggal Verifikasi"], [*record(1)[:4], "2 Mei 2025", "3 Mei 2025"]]
    assert warnings(read(staged)) == []


def test_a_record_with_little_in_it_is_no_heading():
    """A number and a status in its own column are a row to be filled in; a business may bear any name."""
    upload = read(
        [REGISTER, record(1), [2, None, None, None, "OF74"], [3, None, "Dapur Terbit", None, None], record(4)]
    )
    assert "row_heading" not in upload.skipped["code"].tolist()
    assert "Dapur Terbit" in upload.frame["business_name"].tolist()
