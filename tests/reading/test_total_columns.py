"""Of a part and a total of one count the total is read; no column of numbers is left without a word."""

import pytest
from merged_workbook import workbook

from halal_metrics.sheets import Upload, read_upload


def read(*rows: list, merged: tuple[str, ...] = ()) -> Upload:
    return read_upload(workbook({"Data": list(rows)}, {"Data": list(merged)}))


def warnings(upload: Upload) -> set[tuple[str, str]]:
    said = upload.problems[upload.problems["severity"].eq("warning")]
    return set(said[["code", "column"]].itertuples(index=False, name=None))


WHOLE = {
    "one line": ["Pengajuan s.d. Mei", "Pengajuan Juni", "Total Pengajuan"],
    "in brackets": ["Pengajuan (s.d. Mei)", "Pengajuan (Juni)", "Pengajuan (Total)"],
    "with a year": ["Pengajuan s.d. Mei 2025", "Pengajuan Juni", "Jumlah Pengajuan"],
    "weeks": ["Pengajuan s.d. Minggu ke-3", "Pengajuan Minggu ke-4", "Total Pengajuan"],
}


@pytest.mark.parametrize("kind", WHOLE)
def test_a_total_beside_its_parts_is_the_count(kind: str):
    """What is counted up to a month is less than all, where a later month stands beside it."""
    upload = read(["Kab/Kota", *WHOLE[kind], "Terbit"], ["Paser", 30, 2, 32, 6], ["Berau", 20, 5, 25, 5])
    assert upload.frame["submitted"].tolist() == [32, 25]
    assert upload.frame["issued"].tolist() == [6, 5]
    assert not warnings(upload)


def test_a_total_below_a_group():
    """The same with the stages over it, in merged cells."""
    above, below = ["Kab/Kota", "Pengajuan", "", "", "Terbit", "", ""], ["", *["s.d. Mei", "Juni", "Total"] * 2]
    upload = read(above, below, ["Paser", 30, 2, 32, 5, 1, 6], merged=("A1:A2", "B1:D1", "E1:G1"))
    assert upload.frame[["submitted", "issued"]].iloc[0].tolist() == [32, 6]


def test_a_later_month_without_a_total_is_said():
    """Nothing states the whole, so what is read is not the whole, and both columns are named or pointed at."""
    upload = read(["Kab/Kota", "Pengajuan s.d. Mei", "Pengajuan Juni"], ["Paser", 30, 2])
    assert upload.frame["submitted"].tolist() == [30]
    assert warnings(upload) == {("column_no_value", "Pengajuan Juni")}


def test_total_pengajuan_that_is_no_sum_is_what_was_submitted():
    """Beside another "Pengajuan" it is the value, and each row that differs names both headers."""
    upload = read(["Kab/Kota", "Pengajuan", "Total Pengajuan", "Terbit"], ["Paser", 12, 32, 1], ["Berau", 5, 25, 0])
    assert upload.frame["submitted"].tolist() == [32, 25]
    said = upload.problems[upload.problems["code"].eq("cells_differ")]
    assert said["row"].tolist() == [2, 3]
    assert said["message"].str.contains("kolom Total Pengajuan: .*kolom 'Pengajuan'", regex=True).all()


@pytest.mark.parametrize(
    ("header", "totals", "submitted"),
    [("Total Pengajuan", [18, 7], [18, 7]), ("Total", [18, 7], [18, 7]), ("Total Pengajuan", [10, 4], [10, 4])],
    ids=["sum of positions", "sum without a name", "the same once more"],
)
def test_totals_that_are_explained_are_no_warning(header: str, totals: list[int], submitted: list[int]):
    """A sum of the stages tells that positions are counted; one column once more tells nothing."""
    rows = [["Paser", 10, 5, 3, totals[0]], ["Berau", 4, 2, 1, totals[1]]]
    upload = read(["Kab/Kota", "Pengajuan", "Komite Fatwa", "Terbit", header], *rows)
    assert upload.frame["submitted"].tolist() == submitted
    assert not warnings(upload)


@pytest.mark.parametrize("counts", [["Pengajuan", "Terbit"], ["Kuota"]])
def test_a_total_of_nothing_that_is_read_is_said(counts: list[str]):
    """Its numbers may be the ones that are wanted."""
    upload = read(["Kab/Kota", *counts, "Jumlah"], ["Paser", *[3] * len(counts), 40], ["Berau", *[1] * len(counts), 60])
    assert warnings(upload) == {("total_unused", "Jumlah")}


@pytest.mark.parametrize("headers", [["Kuota 2024", "Kuota 2025"], ["Kuota TA 2025", "Kuota TA 2024"]])
def test_of_quotas_of_two_years_the_later_is_the_plan(headers: list[str]):
    """And the other is said, with the one that is read."""
    cells = [60 if "2025" in header else 40 for header in headers]
    upload = read(["Kab/Kota", *headers], ["Paser", *cells])
    assert upload.frame["quota"].tolist() == [60]
    other = next(header for header in headers if "2024" in header)
    assert warnings(upload) == {("quota_year", other)}


def test_a_title_says_which_year_is_meant():
    """It goes before the later one."""
    upload = read(["Alokasi kuota 2025"], ["Kab/Kota", "Kuota 2025", "Kuota 2026"], ["Paser", 60, 40])
    assert upload.frame["quota"].tolist() == [60]


@pytest.mark.parametrize("change", ["(+/-)", "+/-", "±", "Perubahan"])
def test_a_change_in_signs_divides_a_quota(change: str):
    """ "Semula | (+/-) | Menjadi" is a line of the header, and what it became is the quota."""
    lines = ["Kab/Kota", "Kuota", "", ""], ["", "Semula", change, "Menjadi"]
    upload = read(*lines, ["Paser", 60, 20, 80], ["Berau", 70, -20, 50], merged=("A1:A2", "B1:D1"))
    assert upload.frame["quota"].tolist() == [80, 50]
    assert not warnings(upload)


@pytest.mark.parametrize("year", ["", " 2025"])
def test_of_two_days_the_later_counts(year: str):
    """Also where a header names the days without a year."""
    names = [f"{stage} s.d. {day}" for stage in ("Pengajuan", "Terbit") for day in (f"28 Mei{year}", "4 Juni")]
    upload = read(["REKAP"], ["Kab/Kota", *names], ["Paser", 30, 32, 5, 6])
    assert upload.frame[["submitted", "issued"]].iloc[0].tolist() == [32, 6]
    assert not warnings(upload)


@pytest.mark.parametrize("header", ["Kab/Kota / LP3H", "Kabupaten/Kota dan LP3H", "LP3H/Wilayah"])
def test_a_header_over_places_and_lp3h(header: str):
    """Two names of groups in one header head the column that holds both."""
    upload = read([header, "Kuota"], ["Kota Samarinda", 100], ["- LP3H Unmul", 60], ["- LP3H UINSI", 40])
    assert upload.frame["kab_kota"].tolist() == ["Kota Samarinda"] * 2
    assert upload.frame["quota"].tolist() == [60, 40]


@pytest.mark.parametrize("beside", ["Jumlah UMKM", "Potensi UMKM", "Jumlah Penduduk", "Pelaku Usaha"])
@pytest.mark.parametrize("place", [1, 3])
def test_a_measure_beside_a_cross_table_is_no_lp3h(beside: str, place: int):
    """It is left out with a warning; an institution nobody knows yet stays one."""
    header, row = ["Kab/Kota", "Unmul", "UINSI", "Rekaan Mandiri"], ["Paser", 60, 40, 5]
    header.insert(place, beside)
    row.insert(place, 45653)
    upload = read(["ALOKASI KUOTA"], header, row)
    assert sorted(upload.frame["quota"]) == ([5, 40, 60] if place == 1 else [40, 60])
    assert ("matrix_left_out", beside) in warnings(upload)
