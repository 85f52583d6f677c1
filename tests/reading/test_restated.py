"""Recaps and quotas stated twice in one upload, and one application on several rows: one counts, and which is said."""

import pytest
from make_files import csv_bytes, xlsx_bytes

from halal_metrics.sheets import Upload, read_upload

RECAP = ["Kab/Kota", "LP3H", "Pengajuan", "Terbit"]
QUOTA = ["Kab/Kota", "LP3H", "Kuota", "Tgl Target"]


def read(rows: dict[str, list[list]], **arguments) -> Upload:
    upload = read_upload(xlsx_bytes(rows), filename="uji.xlsx", **arguments)
    for sheet in upload.sheets:
        assert sheet.read == sheet.accepted + sheet.rejected + sheet.skipped
    return upload


def twice(upload: Upload) -> list[tuple[str, int]]:
    said = upload.problems[upload.problems["code"] == "stated_twice"]
    assert said["severity"].eq("warning").all()
    return list(zip(said["sheet"], said["row"], strict=True))


def test_of_two_recaps_of_one_day_the_further_one_counts():
    """One warning names both sheets and rows, with what each says; the other is rejected."""
    sheets = {"Lama": [RECAP, ["Paser", "ITK", 40, 10]], "Baru": [RECAP, ["Paser", "ITK", 45, 12]]}
    upload = read(sheets)
    assert upload.frame[["submitted", "issued"]].values.tolist() == [[45, 12]]
    assert twice(upload) == [("Lama", 2)]
    message = upload.problems["message"].iloc[-1]
    for part in ("baris 2 lembar Lama Pengajuan 40, Terbit 10", "baris 2 lembar Baru Pengajuan 45, Terbit 12"):
        assert part in message
    assert upload.rejected[["source_sheet", "source_row"]].values.tolist() == [["Lama", 2]]


@pytest.mark.parametrize(("order", "taken"), [(["Lama", "Baru"], 40), (["Baru", "Lama"], 45)])
def test_the_sheet_named_first_counts(order, taken):
    """So a page can offer both."""
    sheets = {"Lama": [RECAP, ["Paser", "ITK", 40, 10]], "Baru": [RECAP, ["Paser", "ITK", 45, 12]]}
    assert read(sheets, sheets=order).frame["submitted"].tolist() == [taken]
    quotas = {name: [QUOTA, ["Paser", "ITK", rows[1][2], ""]] for name, rows in sheets.items()}
    assert read(quotas, sheets=order).frame["quota"].tolist() == [taken]


def test_a_sheet_that_is_preferred_counts_whichever_are_read():
    """Before the order in which they are named; what both say is handed out, as what is taken and what is not."""
    sheets = {"Lama": [RECAP, ["Paser", "ITK", 40, 10]], "Baru": [RECAP, ["Paser", "ITK", 45, 12]]}
    upload = read(sheets, prefer=["Tidak Ada", "Lama"], sheets=["Baru", "Lama"])
    assert upload.frame["submitted"].tolist() == [40]
    assert upload.choices["prefer"] == ["Tidak Ada", "Lama"]
    assert "sheet_missing" not in set(upload.problems["code"])
    (told,) = upload.restated
    assert (told.kab_kota, told.sheet, told.row, told.says) == ("Kabupaten Paser", "Baru", 2, "Pengajuan 45, Terbit 12")
    assert (told.taken_sheet, told.taken_row, told.taken_says) == ("Lama", 2, "Pengajuan 40, Terbit 10")


def test_identical_recaps_count_once():
    """Whatever fills their cells."""
    sheets = {"Paser": [["LP3H", *RECAP[2:]], ["ITK", 40, 10]], "Semua": [RECAP, ["Paser", "ITK", 40, 10]]}
    upload = read(sheets)
    assert upload.frame["submitted"].tolist() == [40]
    assert upload.rejected.empty
    assert upload.skipped["code"].tolist() == ["duplicate_identical"]


def test_a_recap_twice_on_one_sheet():
    """The same; a row without a date is of the latest day."""
    header = [*RECAP, "Per Tanggal"]
    rows = [["Paser", "ITK", 40, 10, "2025-06-04"], ["Paser", "ITK", 41, 10, ""], ["Paser", "ITK", 9, 1, "2025-05-02"]]
    upload = read({"Data": [header, *rows]})
    assert upload.frame["submitted"].tolist() == [41, 9]
    assert twice(upload) == [("Data", 2)]


def test_recaps_of_two_days_are_two():
    """Each sheet its date."""
    days = {"2 Mei": 4, "4 Juni": 9}
    sheets = {day: [[f"Per tanggal {day} 2025"], RECAP, ["Paser", "ITK", days[day], 1]] for day in days}
    assert read(sheets).frame["submitted"].tolist() == [4, 9]


def test_quotas_on_two_sheets():
    """Different: the first sheet's. Identical, or the same without its date: once."""
    first = ["Paser", "ITK", 40, "31/05/2025"]
    differing = read({"A": [QUOTA, first], "B": [QUOTA, ["Paser", "ITK", 45, "31/05/2025"]]})
    assert differing.frame["quota"].tolist() == [40]
    assert twice(differing) == [("B", 2)]
    for again in (first, [*first[:3], ""]):
        upload = read({"A": [QUOTA, first], "B": [QUOTA, again]})
        assert upload.frame["quota"].tolist() == [40]
        assert upload.skipped["code"].tolist() == ["duplicate_identical"]


def test_stages_of_an_allocation():
    """On one sheet as many as there are; on two sheets where each has dates of its own."""
    stages = [["Paser", "ITK", 40, "31/05/2025"], ["Paser", "ITK", 20, "31/08/2025"]]
    assert read({"A": [QUOTA, *stages]}).frame["quota"].tolist() == [40, 20]
    assert read({"A": [QUOTA, stages[0]], "B": [QUOTA, stages[1]]}).frame["quota"].tolist() == [40, 20]
    undated = read({"A": [QUOTA, ["Paser", "ITK", 40, ""]], "B": [QUOTA, ["Paser", "ITK", 20, ""]]})
    assert undated.frame["quota"].tolist() == [40]
    assert twice(undated) == [("B", 2)]


MAY, JULY = ["Paser", "ITK", 100, "31/05/2025"], ["Paser", "ITK", 80, "31/07/2025"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Kuota Awal", "Revisi 1"),
        ("Kuota", "Kuota_Perubahan"),
        ("Revisi I", "Revisi II"),
        ("Sebelum Revisi", "Setelah Revisi"),
        ("Lama", "Terbaru"),
        ("Tahap 1", "Tahap 1 Revisi"),
    ],
)
def test_a_revised_plan(first, second):
    """What is called the revision counts, wherever it stands and until whatever day it is; the other can be chosen."""
    for sheets in ({first: MAY, second: JULY}, {second: JULY, first: MAY}):
        book = {name: [QUOTA, row] for name, row in sheets.items()}
        upload = read(book)
        assert upload.frame["quota"].tolist() == [80]
        assert twice(upload) == [(first, 2)]
        (told,) = upload.restated
        assert (told.says, told.taken_sheet) == ("Kuota 100, Tanggal Target 31/05/2025", second)
        assert read(book, prefer=[first]).frame["quota"].tolist() == [100]


def test_a_revised_plan_states_only_what_changes():
    """The rest of the original counts, and what both say alike counts once."""
    rest, alike = ["Berau", "ITK", 10, "31/05/2025"], ["Bontang", "ITK", 7, "31/05/2025"]
    upload = read({"Awal": [QUOTA, MAY, rest, alike], "Revisi": [QUOTA, JULY, alike]})
    assert upload.frame[["quota", "source_sheet"]].values.tolist() == [[10, "Awal"], [80, "Revisi"], [7, "Revisi"]]
    assert upload.skipped[["source_sheet", "source_row"]].values.tolist() == [["Awal", 4]]


def test_a_plan_stated_again_on_a_later_day():
    """The later counts, whatever their names say; one without a date is before every dated one."""
    for first in (["Kuota per 23 Mei 2025"], ["Kuota"]):
        sheets = {"B": [["Kuota per 4 Juni 2025"], QUOTA, JULY], "A": [first, QUOTA, MAY]}
        upload = read(sheets)
        assert upload.frame["quota"].tolist() == [80]
        assert twice(upload) == [("A", 3)]
        assert "Per Tanggal 04/06/2025" in upload.restated[0].taken_says


def test_two_tables_of_one_sheet_by_their_titles():
    """The revised one counts; nothing can be chosen there, as the warning says."""
    upload = read({"Data": [["Kuota Awal"], QUOTA, MAY, [], ["Kuota Revisi"], QUOTA, JULY]})
    assert upload.frame["quota"].tolist() == [80]
    assert twice(upload) == [("Data", 3)]
    assert upload.restated == ()


def added(upload: Upload) -> list[list]:
    said = upload.problems[upload.problems["code"] == "quota_added"]
    return said[["severity", "sheet", "row", "value"]].values.tolist()


def test_two_tables_that_do_not_say_what_they_are_to_each_other():
    """Both are counted, and one warning for the two says so; within one table, or where they name stages, none."""
    others = (["Berau", "ITK", 9, "31/05/2025"], ["Berau", "ITK", 5, "31/07/2025"], ["Bontang", "ITK", 5, "31/07/2025"])
    sheets = {"A": [QUOTA, MAY, others[0]], "B": [QUOTA, JULY, *others[1:]]}
    upload = read(sheets)
    assert upload.frame["quota"].sum() == 100 + 80 + 9 + 5 + 5
    assert added(upload) == [["warning", "B", 2, "lembar A (mulai baris 2)"]]
    (message,) = upload.problems["message"]
    assert message.startswith("Baris 2: 2 baris tabel di lembar B ini")
    assert "dijumlahkan" in message
    assert "pilih satu lembar saja" in message
    below = read({"A": [["Lampiran Surat"], QUOTA, MAY, [], ["Lampiran Berikutnya"], QUOTA, JULY]})
    assert added(below) == [["warning", "A", 7, "tabel mulai baris 3"]]
    assert added(read({"A": [QUOTA, MAY, JULY]})) == []
    for names in (("Tahap I", "Tahap II"), ("Kuota", "Kuota Tambahan"), ("Kuota Awal", "Tambahan")):
        stages = read(dict(zip(names, sheets.values(), strict=True)))
        assert (stages.frame["quota"].sum(), added(stages), twice(stages)) == (199, [], [])


def test_stages_stated_on_different_days():
    """Both are kept, and that of plans only the latest is in force is said."""
    days = {"Tahap 1": "20 Februari", "Tahap 2": "4 Juni"}
    upload = read(
        {
            name: [[f"Kuota per {day} 2025"], QUOTA, row]
            for (name, day), row in zip(days.items(), (MAY, JULY), strict=True)
        }
    )
    assert upload.frame["quota"].tolist() == [100, 80]
    assert added(upload) == [["warning", "Tahap 2", 3, "lembar Tahap 1 (mulai baris 3)"]]
    assert "Per Tanggal-nya berbeda" in upload.problems["message"].iloc[-1]


def test_a_line_of_a_plan_twice_on_one_sheet():
    """Both count, and both rows are said; another date, another quota or words that differ make two."""
    header = ["No", *QUOTA, "Kecamatan"]
    first = [1, "Paser", "ITK", 40, "31/05/2025", "Kuaro"]
    twin = read({"A": [header, first, [2, "Kab. Paser", "LP3H ITK", *first[3:]]]})
    assert twin.frame["quota"].tolist() == [40, 40]
    said = twin.problems[twin.problems["code"] == "quota_twin"]
    assert said[["row", "value"]].values.tolist() == [[3, "baris 2"]]
    for place, other in ((3, 45), (4, "31/08/2025"), (5, "Batu Sopang")):
        upload = read({"A": [header, first, [2, *first[1:place], other, *first[place + 1 :]]]})
        assert len(upload.frame) == 2
        assert "quota_twin" not in set(upload.problems["code"])


def test_counts_that_fall_from_one_date_to_the_next():
    """No running count does, on one sheet or on several; what rises or stays is not said."""
    header = ["Per Tanggal", *RECAP]
    days = [[f"2025-06-0{day}", "Paser", "ITK", count, 1] for day, count in ((4, 3), (2, 5), (3, 7))]
    for sheets in ({"A": [header, *days]}, {str(place): [header, day] for place, day in enumerate(days)}):
        said = read(sheets).problems
        assert said.loc[said["code"] == "recap_falls", "value"].tolist() == ["Pengajuan 7 pada 03/06/2025, lalu 3"]
    rising = read(
        {"A": [header, days[1], days[2], ["2025-06-04", "Paser", "ITK", 7, 1], ["2025-06-04", "Berau", "", 1, 0]]}
    )
    assert "recap_falls" not in set(rising.problems["code"])


REGISTER = ["No. Daftar", "ID Reg", "NIB", "Nama Usaha", "Status"]


def register(*rows: list[str]) -> Upload:
    return read_upload(csv_bytes([REGISTER, *rows]), filename="uji.csv")


def test_one_business_without_a_number():
    """Rows of one NIB and no registration number are one application, the further one; the reason says how two are."""
    upload = register(
        ["", "", "8120001234567", "Dapur", "OF10"],
        ["", "", "8120001234567", "Dapur", "OF74"],
        ["", "", "8120001234568", "Kedai", "OF10"],
    )
    assert upload.frame["status"].tolist() == ["fatwa", "submitted"]
    assert upload.problems["code"].tolist() == ["duplicate_same_business"]
    assert "NIB ini juga ada di baris 3" in upload.rejected["reason"].iloc[0]


def test_a_row_without_its_number_is_the_only_application_of_its_nib():
    """It takes that number along where it is the further one; where two applications have the NIB, it is neither."""
    numbered = ["SH2025-1-100001", "", "8120001234567", "Dapur", "OF10"]
    loose = ["", "3501", "8120001234567", "Dapur", "OF300"]
    upload = register(numbered, loose)
    assert upload.frame[["registration_number", "reg_id", "status"]].values.tolist() == [
        ["SH2025-1-100001", "3501", "issued"]
    ]
    other = ["SH2025-1-100002", "", "8120001234567", "Dapur", "OF10"]
    assert len(register(numbered, other, loose).frame) == 3
