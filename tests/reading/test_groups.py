"""Rows under a heading: which they are, where they end, and what is said of those that belong to no group."""

import pytest
from make_files import csv_bytes

from halal_metrics.sheets import Upload, read_upload

REGISTER = ["No", "No. Daftar", "Nama Usaha", "Status"]
QUOTAS = ["No", "LP3H", "Kuota"]
UNMUL, UINSI, ITK = (
    "Halal Center Universitas Mulawarman",
    "LP3H UINSI Samarinda",
    "LP3H Institut Teknologi Kalimantan",
)


def read(rows: list[list]) -> Upload:
    return read_upload(csv_bytes(rows), filename="uji.csv")


def record(number: int) -> list:
    return [number, f"SH2025-1-99000{number}", "Dapur Rekaan", "OF10"]


def warned(upload: Upload) -> list[tuple[str, int]]:
    said = upload.problems[upload.problems["severity"] != "info"]
    return list(zip(said["code"], said["row"], strict=True))


def named(upload: Upload) -> list[tuple[str, str]]:
    frame = upload.frame.reindex(columns=["kab_kota", "lp3h"]).fillna("")
    return list(frame.itertuples(index=False, name=None))


@pytest.mark.parametrize("place", [0, 2])
@pytest.mark.parametrize(
    "words", ["LUAR DAERAH", "BELUM DIKETAHUI", "LINTAS KAB/KOTA", "II. Lain-lain", "TANPA ALAMAT"]
)
def test_a_heading_of_no_place_ends_the_one_above(words, place):
    """In whatever column; its rows have no place, and that is said."""
    heads = [[""] * place + [text] for text in ("KOTA SAMARINDA", words)]
    upload = read([REGISTER, heads[0], record(1), heads[1], record(2)])
    assert named(upload) == [("Kota Samarinda", ""), ("", "")]
    assert warned(upload) == [("heading_unknown", 4)]


def test_a_heading_that_nobody_knows_ends_the_one_above():
    """Unless it is of a part: a kecamatan, a stage."""
    rows = [["KOTA SAMARINDA"], ["Kec. Loa Janan"], record(1), ["Tahap II"], record(2), ["USULAN KHUSUS"], record(3)]
    upload = read([REGISTER, *rows])
    assert named(upload) == [("Kota Samarinda", ""), ("Kota Samarinda", ""), ("", "")]
    assert warned(upload) == [("heading_unknown", 7)]


@pytest.mark.parametrize("place", [1, 2])
def test_a_heading_in_the_column_of_numbers_or_names(place):
    """It may be taken for a record, and ends the one above all the same."""
    heads = [[""] * place + [text] for text in ("KOTA SAMARINDA", "USULAN KHUSUS")]
    upload = read([REGISTER, heads[0], record(1), heads[1], record(2)])
    assert upload.frame.set_index("source_row")["kab_kota"].dropna().to_dict() == {3: "Kota Samarinda"}
    assert ("heading_unknown", 4) in warned(upload)


@pytest.mark.parametrize("words", ["LUAR DAERAH", "BELUM DIKETAHUI"])
def test_rows_with_a_place_of_their_own_need_no_heading(words):
    """Nothing is said."""
    header = ["No. Daftar", "Nama Usaha", "Kab/Kota", "Status"]
    rows = [["KOTA SAMARINDA"], ["SH2025-1-990001", "A", "Samarinda", "OF10"]]
    rows += [[words], ["SH2025-1-990002", "B", "Bontang", "OF10"], ["Jumlah", "1"]]
    upload = read([header, *rows, ["SH2025-1-990003", "C", "Paser", "OF10"]])
    assert [place for place, _ in named(upload)] == ["Kota Samarinda", "Kota Bontang", "Kabupaten Paser"]
    assert not warned(upload)


@pytest.mark.parametrize("line", [["Halaman 1 dari 2"], ["Jumlah halaman ini", "1"], ["Catatan: dua berkas menyusul"]])
def test_a_line_between_does_not_end_a_group(line):
    """The page, its sum, the header once more, a note."""
    upload = read([REGISTER, ["KOTA SAMARINDA"], record(1), line, REGISTER, record(2)])
    assert named(upload) == [("Kota Samarinda", "")] * 2
    assert not warned(upload)


@pytest.mark.parametrize("name", ["Luar Biasa", "Tanpa Nama", "Lain Lain"])
def test_a_business_with_nothing_but_a_name_is_a_record(name):
    """Where nothing heads groups."""
    rows = [[name], ["Dapur Rekaan", "Jl. Mawar", "081200000001", "kue"]]
    assert len(read([["Nama Usaha", "Alamat", "Telepon", "Produk"], *rows]).frame) == 2


@pytest.mark.parametrize(
    "rest", [["", "Cadangan Provinsi", 50], ["", "Belum dialokasikan", 50], ["CADANGAN", "", 50], [3, "ITK", 50]]
)
def test_what_follows_the_total_of_a_group_is_not_of_it(rest):
    """It has no place, and that is said."""
    rows = [["KOTA SAMARINDA"], [1, "Unmul", 60], [2, "UINSI", 40], ["Jumlah", "", 100], rest, ["TOTAL", "", 150]]
    upload = read([QUOTAS, *rows])
    assert named(upload) == [("Kota Samarinda", UNMUL), ("Kota Samarinda", UINSI), ("", ITK if "ITK" in rest else "")]
    assert warned(upload) == [("group_ended", 6)]


@pytest.mark.parametrize("rest", [["CADANGAN PROVINSI", "", 50], ["", "Cadangan Kaltim", 50], ["LUAR DAERAH", "", 50]])
def test_what_is_left_of_the_province_is_of_no_group(rest):
    """Also without a total before it; the reserve of a group is of the group."""
    rows = [["KOTA SAMARINDA"], [1, "Unmul", 60], ["", "Cadangan", 9], ["KOTA BONTANG"], [1, "UINSI", 30], rest]
    upload = read([QUOTAS, *rows, ["TOTAL", "", 149]])
    assert named(upload) == [("Kota Samarinda", UNMUL), ("Kota Samarinda", ""), ("Kota Bontang", UINSI), ("", "")]
    assert warned(upload) == [("group_ended", 7)]


def test_a_total_right_below_its_heading_sums_what_follows():
    """It ends nothing."""
    rows = [["KOTA SAMARINDA"], ["Jumlah", "", 60], [1, "Unmul", 60], ["KOTA BONTANG"], ["Jumlah", "", 30]]
    upload = read([QUOTAS, *rows, [1, "UINSI", 30]])
    assert named(upload) == [("Kota Samarinda", UNMUL), ("Kota Bontang", UINSI)]
    assert not warned(upload)


@pytest.mark.parametrize(
    "words",
    [
        "LP3H UNMUL - KOTA SAMARINDA",
        "Kota Samarinda / Unmul",
        "A. Halal Center Unmul (Kota Samarinda)",
        "LP3H Unmul di Kota Samarinda",
        "LP3H: Unmul, Wilayah: Kota Samarinda",
    ],
)
def test_a_heading_of_both(words):
    """An LP3H and a place in one row, until the next."""
    upload = read([REGISTER, [words], record(1), ["LP3H UINSI - KOTA BONTANG"], record(2)])
    assert named(upload) == [("Kota Samarinda", UNMUL), ("Kota Bontang", UINSI)]
    assert not warned(upload)


@pytest.mark.parametrize(
    ("words", "lp3h"),
    [
        ("LP3H UINSI Samarinda", UINSI),
        ("LP3H Al-Raudah (Kukar)", "LP3H Al-Raudah (Kukar)"),
        ("UNMUL - Samarinda", UNMUL),
    ],
)
def test_the_town_of_an_institution_is_no_place(words, lp3h):
    """Its rows have none."""
    assert named(read([REGISTER, [words], record(1)])) == [("", lp3h)]


def test_an_institution_with_more_in_its_name_is_said():
    """Somebody may have meant a place as well."""
    upload = read([REGISTER, ["LP3H Rekaan Kota Samarinda Ulu"], record(1)])
    assert warned(upload) == [("heading_similar", 2)]


def test_kecamatan_of_places_of_an_lp3h():
    """Three of a kind in one column: the outer ones hold for all rows below."""
    rows = [["LP3H UNMUL"], ["KOTA SAMARINDA"], ["Sungai Kunjang", 10, 2], ["KOTA BONTANG"], ["Bontang Utara", 5, 1]]
    rows += [["LP3H UINSI"], ["KOTA SAMARINDA"], ["Samarinda Ulu", 20, 3]]
    upload = read([["Kecamatan", "Pengajuan", "Terbit"], *rows])
    assert named(upload) == [("Kota Samarinda", UNMUL), ("Kota Bontang", UNMUL), ("Kota Samarinda", UINSI)]
    assert upload.frame["issued"].tolist() == [2, 1, 3]
    assert not warned(upload)


def test_a_place_after_an_lp3h_that_is_not_above_it():
    """Two kinds of groups below each other: the first ends, and that is said."""
    upload = read([REGISTER, ["LP3H UINSI"], record(1), ["KOTA SAMARINDA"], record(2)])
    assert named(upload) == [("", UINSI), ("Kota Samarinda", "")]
    assert warned(upload) == [("group_ended", 5)]


def test_a_heading_with_the_sum_of_its_rows():
    """It is a total, and heads them until the next such."""
    rows = [["KOTA SAMARINDA", "", 100], [1, "Unmul", 60], [2, "UINSI", 40], ["KOTA BONTANG", "", 70], [1, "ITK", 70]]
    upload = read([QUOTAS, *rows, ["JUMLAH", "", 170]])
    assert named(upload) == [("Kota Samarinda", UNMUL), ("Kota Samarinda", UINSI), ("Kota Bontang", ITK)]
    assert not warned(upload)


@pytest.mark.parametrize("mark", ['"', "sda"])
def test_a_sign_for_the_place_above_is_no_total(mark):
    """Its row counts, though its LP3H stands in other rows too."""
    rows = [["Samarinda", "Unmul", 60], [mark, "ITK", 10], ["Balikpapan", "ITK", 70], [mark, "UINSI", 5]]
    upload = read([["Kab/Kota", "LP3H", "Kuota"], *rows])
    assert upload.frame["quota"].tolist() == [60, 10, 70, 5]
    assert warned(upload) == [("same_as_above", 3), ("same_as_above", 5)]
