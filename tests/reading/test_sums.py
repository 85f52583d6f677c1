"""Rows that sum others, whatever they are called, and rows that head others: told from records by what they count."""

import pytest
from make_files import csv_bytes
from merged_workbook import workbook

from halal_metrics.sheets import Upload, read_upload

HEADER = ["No", "Kab/Kota", "LP3H", "Kuota", "Pengajuan", "Terbit"]
ROWS = [[1, "Paser", "ITK", 100, 5, 2], [2, "Berau", "UINSI", 50, 4, 1]]
QUOTAS = ["Kab/Kota", "LP3H", "Kuota"]


def read(rows: list[list]) -> Upload:
    return read_upload(csv_bytes(rows), filename="uji.csv")


def reasons(upload: Upload) -> dict[int, str]:
    return dict(zip(upload.skipped["source_row"], upload.skipped["code"], strict=True))


def warned(upload: Upload) -> list[tuple[str, int]]:
    said = upload.problems[upload.problems["severity"] == "warning"]
    return list(zip(said["code"], said["row"], strict=True))


WORDS = ["Σ", "Keseluruhan", "Realisasi s.d. hari ini", "Kaltim", "Semua wilayah", "Posisi akhir", "Kalimantan Timur"]


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("word", ["", *WORDS])
def test_a_total_whatever_it_is_called(word, place):
    """In the first cell, in that for a place or that for an LP3H; nothing is warned of."""
    total = ["", "", "", 150, 9, 3]
    total[place] = word
    upload = read([HEADER, *ROWS, total])
    assert reasons(upload) == {4: "row_total"}
    assert upload.frame["quota"].tolist() == [100, 50]
    assert not warned(upload)


def test_subtotals_and_their_total():
    """Each since the last, and all of them; a group of one row too."""
    more = [[3, "Kukar", "PWI", 10, 3, 1], [4, "Kubar", "PWI", 10, 3, 1]]
    one = [[5, "Mahulu", "PWI", 7, 3, 1], ["", "", "", 7, 3, 1]]
    total = ["", "", "", 177, 18, 6]
    upload = read([HEADER, *ROWS, ["", "", "", 150, 9, 3], *more, ["", "", "", 20, 6, 2], *one, total])
    assert reasons(upload) == dict.fromkeys((4, 7, 9, 10), "row_total")


def test_subtotals_only_of_groups_of_several():
    """A place with one LP3H has none, so the next sums less than all since the last."""
    rows = [[1, "Paser", "ITK", 100, 5, 2], [2, "Berau", "ITK", 30, 2, 1], [3, "Berau", "PWI", 20, 2, 0]]
    assert reasons(read([HEADER, *rows, ["", "", "", 50, 4, 1]])) == {5: "row_total"}


def test_counts_that_a_row_does_not_state():
    """They are no part of its sum."""
    rows = [[1, "Paser", "ITK", 100, "", 2], [2, "Berau", "UINSI", "", 4, 1]]
    assert reasons(read([HEADER, *rows, ["", "", "", 100, "", 3]])) == {4: "row_total"}


def test_a_total_on_top():
    """Over what it sums, also over each place."""
    assert reasons(read([HEADER, ["", "", "", 150, 9, 3], *ROWS])) == {2: "row_total"}
    grouped = [["", "Paser", "", 150, 9, 3], ["", "", "ITK", 100, 5, 2], ["", "", "UINSI", 50, 4, 1]]
    upload = read([HEADER, *grouped, ["", "Berau", "", 10, 3, 1], ["", "", "PWI", 10, 3, 1]])
    assert reasons(upload) == {2: "row_total", 5: "row_total"}
    assert upload.frame["kab_kota"].tolist() == ["Kabupaten Paser", "Kabupaten Paser", "Kabupaten Berau"]


def test_a_subtotal_within_a_merged_place():
    """The place holds for its range, so it stands on the subtotal too."""
    rows = [["Paser", "ITK", 60], ["", "UINSI", 40], ["", "", 100], ["Berau", "ITK", 30], ["", "", 30]]
    upload = read_upload(workbook({"Data": [QUOTAS, *rows]}, merged={"Data": ["A2:A4", "A5:A6"]}), filename="uji.xlsx")
    assert reasons(upload) == {4: "row_total", 6: "row_total"}
    assert upload.frame["quota"].tolist() == [60, 40, 30]


PLACES = [["Paser", "ITK", 60], ["Paser", "UINSI", 40], ["Berau", "ITK", 100]]


@pytest.mark.parametrize("order", ["0 3 1 4 2", "3 0 1 4 2", "0 1 2 3 4", "3 4 0 1 2", "4 0 2 1 3"])
def test_a_place_repeated_on_its_subtotal(order):
    """It sums its LP3H wherever they stand, before, after or apart, also the only one where others do."""
    rows = [*PLACES, ["Paser", "", 100], ["Berau", "-", 100]]
    upload = read([QUOTAS, *(rows[int(place)] for place in order.split())])
    assert sorted(upload.frame["quota"].tolist()) == [40, 60, 100]
    assert set(reasons(upload).values()) == {"row_total"}
    assert not warned(upload)


def test_an_lp3h_over_its_places():
    """The other way round, also below the table's total; one nobody knows too."""
    below = [["", "ITK", 160], ["", "UINSI", 40], ["", "LP3H Contoh Rekaan", 5]]
    upload = read([QUOTAS, *PLACES, ["Paser", "LP3H Contoh Rekaan", 5], ["JUMLAH", "", 205], *below])
    assert upload.frame["quota"].tolist() == [60, 40, 100, 5]
    assert set(reasons(upload)) == {6, 7, 8, 9}
    assert not warned(upload)


def test_a_subtotal_that_is_not_one_any_more():
    """What divides it counts; both numbers are said, once."""
    for stale in (["Paser", "", 95], ["Paser", "Semua LP3H", 60]):
        upload = read([QUOTAS, stale, *PLACES, ["Berau", "", 100]])
        assert upload.frame["quota"].tolist() == [60, 40, 100]
        assert warned(upload) == [("heading_differs", 2)]
        assert f"Kuota {stale[2]} (baris lain 100)" in upload.problems["message"].iloc[0]


@pytest.mark.parametrize(
    ("rests", "said"),
    [
        ([["Paser", "", 10]], []),
        ([["Paser", "", 10], ["Berau", "", 40], ["Bontang", "", 100]], []),
        ([["Berau", "", 100]], ["row_like_total"]),
        ([["Berau", "", 100], ["JUMLAH", "", 300]], []),
        ([["Paser", "", 100], ["JUMLAH", "", 300]], ["row_like_total"]),
    ],
)
def test_what_a_place_has_left_to_divide(rests, said):
    """It counts; what may be a sum by chance is said, unless the table's own total counts it."""
    upload = read([QUOTAS, *PLACES, *rests])
    assert upload.frame["quota"].tolist() == [60, 40, 100, *(row[2] for row in rests if row[0] != "JUMLAH")]
    assert [code for code, _ in warned(upload) if code != "group_empty"] == said


def test_subtotals_of_each_date():
    """Rows of another date are none of theirs."""
    header = ["Tanggal", "Kab/Kota", "LP3H", "Pengajuan", "Terbit"]
    rows = [["Paser", "", 15, 3], ["Paser", "ITK", 10, 2], ["Paser", "UINSI", 5, 1]]
    weeks = [[f"2025-05-0{week}", *row[:2], row[2] + week, row[3]] for week in (1, 8) for row in rows]
    for week in (0, 3):
        weeks[week][3] = weeks[week + 1][3] + weeks[week + 2][3]
    assert set(reasons(read([header, *weeks]))) == {2, 5}
    assert read([header, weeks[1], weeks[2], ["2025-05-08", "Paser", "", 17, 3]]).skipped.empty


@pytest.mark.parametrize("counts", [[150, 10, 3], [151, 9, 3], [160, 10, 4]])
def test_a_row_that_is_only_like_a_total(counts):
    """It is kept and said, with what it states and what the others sum to."""
    upload = read([HEADER, *ROWS, ["", "", "", *counts]])
    assert upload.frame["submitted"].tolist() == [5, 4, counts[1]]
    assert warned(upload) == [("row_like_total", 4)]
    assert f"Pengajuan {counts[1]} (baris lain 9)" in upload.problems["message"].iloc[-1]


@pytest.mark.parametrize(
    ("total", "shown"),
    [
        (["JUMLAH", "", "", 160, 9, 3], "Kuota 160 (baris lain 150)"),
        (["", "Sub Total Berau", "", 50, 5, 1], "Pengajuan 5 (baris lain 4)"),
        (["", "J U M L A H", "", 150, 9, "-"], None),
        (["", "Jumlah Kota", "", 30, 1, 1], None),
        (["", "Rata-rata", "", 75, 4, 1], None),
        (["", "Jumlah LP3H", "", 2, "", ""], None),
    ],
)
def test_a_total_that_is_not_that_of_its_rows(total, shown):
    """It is said with both numbers; what it leaves out, or what sums something else, is not compared."""
    upload = read([HEADER, *ROWS, total])
    assert reasons(upload) == {4: "row_total"}
    assert warned(upload) == ([("total_differs", 4)] if shown else [])
    assert not shown or shown in upload.problems.set_index("code").loc["total_differs", "message"]


def test_a_total_of_several_tables_or_of_the_last_date():
    """These are sums too."""
    sheets = {"Satu": [HEADER, ROWS[0]], "Dua": [HEADER, ROWS[1], ["JUMLAH", "", "", 150, 9, 3]]}
    assert not warned(read_upload(workbook(sheets), filename="uji.xlsx"))
    header = ["Tanggal", "Kab/Kota", "Pengajuan"]
    weeks = [["2025-05-01", "Paser", 10], ["2025-05-01", "Berau", 5], ["2025-05-08", "Paser", 12]]
    assert not warned(read([header, *weeks, ["Jumlah", "", 17]]))


def test_a_word_for_a_total_that_is_none():
    """What calls itself a sum and is not: kept, and said."""
    assert ("row_like_total", 4) in warned(read([HEADER, *ROWS, ["", "", "Keseluruhan", 900, 80, 70]]))


@pytest.mark.parametrize(
    "row",
    [
        ["Belum dibagi", "", 100],
        ["", "LP3H Contoh Nusantara", 100],
        ["Kutai", "", 100],
        ["Tarakan", "", 100],
        ["Bontang", "", 100],
    ],
)
def test_a_name_is_no_total(row):
    """What is left to divide, an institution nobody knows, a place: one count may be a sum by chance."""
    assert read([QUOTAS, ["Paser", "ITK", 60], ["Berau", "ITK", 40], row]).frame["quota"].tolist() == [60, 40, 100]


def test_an_unknown_institution_with_several_sums():
    """It is kept, and said."""
    upload = read([HEADER, *ROWS, ["", "", "LP3H Contoh Nusantara", 150, 9, 3]])
    assert upload.frame["quota"].tolist() == [100, 50, 150]
    assert warned(upload) == [("row_like_total", 4)]


def test_what_a_person_says_a_word_means():
    """Then it is a name."""
    rows = [HEADER, *ROWS, ["", "Posisi akhir", "", 150, 9, 3]]
    meanings = {"kab_kota": {"Posisi akhir": "Kota Bontang"}}
    upload = read_upload(csv_bytes(rows), filename="uji.csv", meanings=meanings)
    assert upload.frame["kab_kota"].tolist() == ["Kabupaten Paser", "Kabupaten Berau", "Kota Bontang"]


def test_weeks_below_one_place():
    """Rows of dates of their own are statements, though nothing changed from one to the next."""
    header = ["Kab/Kota", "Tanggal", "Pengajuan", "Terbit"]
    weeks = [["Paser", "2025-05-01", 10, 2], ["", "2025-05-08", 10, 2], ["", "2025-05-15", 12, 2]]
    assert read([header, *weeks]).skipped.empty


def test_rows_without_any_name():
    """Weeks of the whole province sum nothing."""
    upload = read([["Tanggal", "Pengajuan", "Terbit"], ["2025-05-01", 10, 2], ["2025-05-08", 10, 2]])
    assert upload.skipped.empty


def test_places_without_counts_over_their_lp3h():
    """They name the place of the rows below; a place that only lacks its counts is a row of its own."""
    groups = [["A", "KOTA SAMARINDA"], ["1", "", "ITK", 100, 5, 2], ["B", "KAB. BERAU"], ["1", "", "PWI", 50, 4, 1]]
    upload = read([HEADER, *groups, ["", "", "", 150, 9, 3]])
    assert reasons(upload) == {2: "row_heading", 4: "row_heading", 6: "row_total"}
    assert upload.frame["kab_kota"].tolist() == ["Kota Samarinda", "Kabupaten Berau"]
    lacking = read([HEADER, [1, "Mahulu", "", "", "", ""], *ROWS])
    assert lacking.rejected["source_row"].tolist() == [2]


REGISTER = ["No", "No. Daftar", "Nama Usaha", "Kab/Kota", "LP3H", "Status"]


def record(number: int) -> list:
    return [number, f"SH2025-1-10000{number}", "Dapur Rekaan", "", "", "OF10"]


def test_headings_within_headings():
    """The LP3H of a place, then the next place, of which nothing is said."""
    rows = [["A. KOTA SAMARINDA", "", "", 3], ["LP3H UINSI"], record(1), ["LP3H Contoh Baru"], record(2)]
    upload = read([REGISTER, *rows, ["B", "KAB. BERAU", "12 PU"], record(3)])
    assert upload.frame["kab_kota"].tolist() == ["Kota Samarinda", "Kota Samarinda", "Kabupaten Berau"]
    assert upload.frame["lp3h"].fillna("").tolist() == ["LP3H UINSI Samarinda", "LP3H Contoh Baru", ""]
    assert set(upload.skipped["code"]) == {"row_heading"}


def test_places_of_an_lp3h():
    """The other way round; the LP3H stays from place to place, the place does not from LP3H to LP3H."""
    rows = [["LP3H UINSI"], ["KOTA SAMARINDA"], record(1), ["KAB. PASER"], record(2), ["LP3H ITK"], record(3)]
    upload = read([REGISTER, *rows])
    assert upload.frame["kab_kota"].fillna("").tolist() == ["Kota Samarinda", "Kabupaten Paser", ""]
    assert upload.frame["lp3h"].tolist()[1:] == ["LP3H UINSI Samarinda", "LP3H Institut Teknologi Kalimantan"]


def test_headings_that_are_not_understood():
    """They end the one before; one a letter off is guessed; both are said."""
    rows = [["A. KOTA SAMARINDA"], record(1), ["B. KAB. BERUA"], record(2), ["C. KUTAI"], record(3)]
    upload = read([REGISTER, *rows, ["D. LAIN-LAIN"], record(4)])
    assert upload.frame["kab_kota"].fillna("").tolist() == ["Kota Samarinda", "Kabupaten Berau", "", ""]
    assert warned(upload) == [("heading_similar", 4), ("heading_unknown", 6), ("heading_unknown", 8)]


def test_a_heading_speaks_before_the_title_and_after_the_row():
    """Of three places for one row."""
    own = record(2)
    own[3] = "Bontang"
    upload = read([["DATA KABUPATEN PASER"], REGISTER, record(1), ["KOTA SAMARINDA"], record(3), own])
    assert upload.frame["kab_kota"].tolist() == ["Kabupaten Paser", "Kota Samarinda", "Kota Bontang"]


@pytest.mark.parametrize("word", ["", "Kaltim", "Keseluruhan"])
def test_a_sheet_that_sums_the_others(word):
    """Its only row is a total, however it is called; if only some counts are sums, that is said."""
    sheets = {"Satu": [HEADER, ROWS[0]], "Dua": [HEADER, ROWS[1]], "Gabungan": [HEADER, ["", word, "", 150, 9, 3]]}
    upload = read_upload(workbook(sheets), filename="uji.xlsx")
    assert upload.frame["quota"].tolist() == [100, 50]
    assert not warned(upload)
    sheets["Gabungan"][1][4] = 10
    other = read_upload(workbook(sheets), filename="uji.xlsx")
    assert ("row_like_total", 2) in warned(other)


def test_a_sheet_of_its_own_place_sums_nothing():
    """What its title or its name says is a name too."""
    sheets = {"Paser": [HEADER, ["", "", "ITK", 100, 5, 2]], "Berau": [HEADER, ["", "", "", 100, 5, 2]]}
    assert len(read_upload(workbook(sheets), filename="uji.xlsx").frame) == 2
