"""Headers of two and three lines, with and without merged cells."""

import pytest
from make_files import csv_bytes
from merged_workbook import workbook

from halal_metrics.sheets import Upload, read_upload

RECAP = [
    ["REKAPITULASI SERTIFIKASI HALAL"],
    ["Per tanggal 4 Juni 2025"],
    [],
    ["No", "Kab/Kota", "LP3H", "Kuota", "Tahapan", "", "", "Kendala"],
    ["", "", "", "", "Verval", "Komite Fatwa", "Terbit", ""],
    [1, 2, 3, 4, 5, 6, 7, 8],
    [1, "Kukar", "Al-Raudah", 100, 40, 20, 10, "sinyal"],
    [2, "Berau", "UINSI", 50, 30, 5, 2, ""],
]
RECAP_MERGED = ["A1:H1", "A4:A5", "B4:B5", "C4:C5", "D4:D5", "E4:G4", "H4:H5"]
REGISTER = [
    ["No", "Pelaku Usaha", "", "", "Tanggal", "", "Sertifikat", "", "Status"],
    ["", "Nama", "NIB", "Alamat", "Daftar", "Terbit", "Nomor", "Tanggal", ""],
    [1, "Dapur Rekaan", "8120001234567", "Berau", "1/4/2025", "31/5/2025", "ID64110055824640525", "31/5/2025", "OF300"],
]
REGISTER_MERGED = ["A1:A2", "B1:D1", "E1:F1", "G1:H1", "I1:I2"]


def counts(upload: Upload) -> list[tuple]:
    return [(sheet.header_row, sheet.read, sheet.accepted, sheet.rejected, sheet.skipped) for sheet in upload.sheets]


@pytest.mark.parametrize("merged", [RECAP_MERGED, []], ids=["merged", "unmerged"])
def test_stages_below_one_parent(merged):
    """A child known by itself heads its column; the numbering row below is skipped, and said."""
    for content in (workbook({"Data": RECAP}, {"Data": merged}), csv_bytes(RECAP)):
        upload = read_upload(content, filename="Data.csv")
        assert upload.table == "recaps"
        assert counts(upload) == [(4, 3, 2, 0, 1)]
        assert upload.frame[["kab_kota", "quota", "verified", "fatwa", "issued"]].values.tolist() == [
            ["Kabupaten Kutai Kartanegara", 100, 40, 20, 10],
            ["Kabupaten Berau", 50, 30, 5, 2],
        ]
        assert upload.frame["statement_date"].dt.strftime("%Y-%m-%d").tolist() == ["2025-06-04"] * 2
        assert upload.skipped[["source_row", "code", "content"]].values.tolist() == [
            [6, "row_numbering", "1 | 2 | 3 | 4 | 5 | 6 | 7 | 8"]
        ]
        assert upload.sheets[0].mapping["Verval"] == "verified"
        assert upload.sheets[0].titles == ("REKAPITULASI SERTIFIKASI HALAL", "Per tanggal 4 Juni 2025")


@pytest.mark.parametrize("merged", [REGISTER_MERGED, []], ids=["merged", "unmerged"])
def test_parent_and_child_are_read_together_where_that_is_known(merged):
    """ "Tanggal" over "Daftar", "Sertifikat" over "Nomor", "Pelaku Usaha" over "Nama"."""
    upload = read_upload(workbook({"Data": REGISTER}, {"Data": merged}))
    assert counts(upload) == [(1, 1, 1, 0, 0)]
    assert upload.sheets[0].mapping == {
        "Nama Pelaku Usaha": "business_name",
        "NIB": "nib",
        "Alamat": "address",
        "Tanggal Daftar": "submitted_date",
        "Tanggal Terbit": "issued_date",
        "Nomor Sertifikat": "certificate_number",
        "Status": "status",
    }
    row = upload.frame.iloc[0]
    assert (row["business_name"], row["certificate_number"]) == ("Dapur Rekaan", "ID64110055824640525")
    assert [f"{row[name]:%d/%m}" for name in ("submitted_date", "issued_date")] == ["01/04", "31/05"]


def test_parents_that_add_nothing_still_belong_to_the_header():
    """Merged groups over headers that are known anyway: the header begins with the groups."""
    rows = [
        ["Identitas", "", "", "Proses", "", ""],
        ["No.Daftar", "NIB", "Nama Usaha", "Status", "Tgl Daftar", "Tgl Terbit"],
        ["SH2025-1-100001", "8120001234567", "Dapur Rekaan", "OF10", "1/4/2025", ""],
    ]
    upload = read_upload(workbook({"Data": rows}, {"Data": ["A1:C1", "D1:F1"]}))
    assert counts(upload) == [(1, 1, 1, 0, 0)]
    assert upload.frame["business_name"].tolist() == ["Dapur Rekaan"]


def test_three_lines():
    """A group of groups: the words that are known decide."""
    rows = [
        ["No", "Kab/Kota", "Capaian", "", "", ""],
        ["", "", "Proses", "", "Hasil", ""],
        ["", "", "Pengajuan", "Verval", "Komite Fatwa", "Terbit"],
        [1, "Paser", 9, 7, 5, 3],
    ]
    merged = ["A1:A3", "B1:B3", "C1:F1", "C2:D2", "E2:F2"]
    upload = read_upload(workbook({"Data": rows}, {"Data": merged}))
    assert counts(upload) == [(1, 1, 1, 0, 0)]
    assert upload.frame[["submitted", "verified", "fatwa", "issued"]].values.tolist() == [[9, 7, 5, 3]]


def test_target_and_realisation_over_the_same_stages():
    """Of two parents over the same children the one that tells what was reached is read; the other is said."""
    rows = [
        ["Kab/Kota", "Target", "", "Realisasi", ""],
        ["", "Pengajuan", "Terbit", "Pengajuan", "Terbit"],
        ["Paser", 100, 90, 40, 10],
    ]
    upload = read_upload(workbook({"Data": rows}, {"Data": ["A1:A2", "B1:C1", "D1:E1"]}))
    assert upload.frame[["submitted", "issued"]].values.tolist() == [[40, 10]]
    assert set(upload.sheets[0].unused) == {"Target Pengajuan", "Target Terbit"}


def test_stages_below_status_are_stages():
    """ "Status" over "Pengajuan" and "Terbit" heads counts in a recap, not the status of one application."""
    rows = [
        ["Kab/Kota", "Status", "", ""],
        ["", "Pengajuan", "Komite Fatwa", "Terbit"],
        ["Paser", 9, 5, 3],
    ]
    upload = read_upload(workbook({"Data": rows}, {"Data": ["A1:A2", "B1:D1"]}))
    assert upload.table == "recaps"
    assert upload.frame[["submitted", "fatwa", "issued"]].values.tolist() == [[9, 5, 3]]


def test_a_unit_below_a_header_belongs_to_it():
    """ "Kuota" over "(PU)" is the quota."""
    rows = [["Kab/Kota", "Kuota", "Tahapan", ""], ["", "(PU)", "Pengajuan", "Terbit"], ["Paser", 100, 9, 3]]
    upload = read_upload(workbook({"Data": rows}, {"Data": ["A1:A2", "C1:D1"]}))
    assert upload.frame[["quota", "submitted", "issued"]].values.tolist() == [[100, 9, 3]]


def test_the_first_row_of_data_is_no_second_line():
    """Words of headers in the cells below a header are data."""
    rows = [
        ["Nama Usaha", "NIB", "Status", "Keterangan", ""],
        ["Terbit", "8120001234567", "Pengajuan", "Kendala", "Terbit"],
        ["Kedai Rekaan", "8120001234568", "Pengajuan", "Kendala", "Sertifikat"],
    ]
    upload = read_upload(csv_bytes(rows), filename="uji.csv")
    assert counts(upload) == [(1, 2, 2, 0, 0)]
    assert upload.frame["business_name"].tolist() == ["Terbit", "Kedai Rekaan"]


def test_a_header_with_line_breaks_in_row_29():
    """Anywhere in the first thirty rows, whatever breaks its lines."""
    rows = [*([[f"baris {row}"] for row in range(28)]), ["No.\nDaftar", "Nama\nUsaha", "Kab/\nKota"]]
    upload = read_upload(workbook({"Data": [*rows, ["SH2025-1-100001", "Dapur Rekaan", "Paser"]]}))
    assert counts(upload) == [(29, 1, 1, 0, 0)]
    assert upload.frame["kab_kota"].tolist() == ["Kabupaten Paser"]


def test_a_repeated_header_of_two_lines_is_skipped():
    """Both its lines, where a page begins anew."""
    rows = [*RECAP[3:5], RECAP[6], *RECAP[3:5], RECAP[7]]
    merged = ["E1:G1", "E4:G4"]
    upload = read_upload(workbook({"Data": rows}, {"Data": merged}))
    assert counts(upload) == [(1, 4, 2, 0, 2)]
    assert upload.skipped["code"].tolist() == ["row_repeated_header"] * 2


def test_a_vertically_merged_cell_holds_for_its_range():
    """A kab/kota merged over its LP3H; an empty cell that is not merged stays empty."""
    rows = [
        ["Kab/Kota", "LP3H", "Pengajuan", "Terbit"],
        ["Kukar", "Al-Raudah", 5, 1],
        ["", "Unmul", 4, 0],
        ["", "UINSI", 3, 0],
        ["", "ITK", 2, 0],
    ]
    upload = read_upload(workbook({"Data": rows}, {"Data": ["A2:A4"]}))
    assert upload.frame["kab_kota"].fillna("").tolist() == ["Kabupaten Kutai Kartanegara"] * 3 + [""]


def test_a_merged_count_is_counted_once():
    """One hundred merged over two rows are one hundred together, and that is said."""
    rows = [["Kab/Kota", "LP3H", "Kuota", "Terbit"], ["Paser", "ITK", 100, 5], ["Paser", "Unmul", "", 3]]
    upload = read_upload(workbook({"Data": rows}, {"Data": ["C2:C3"]}))
    assert upload.frame["quota"].sum() == 100
    assert upload.problems.loc[upload.problems["code"].eq("count_merged"), "row"].tolist() == [2]


def test_another_table_below_the_first():
    """It is read by its own header, or counted as skipped where it is another kind."""
    rows = [
        ["Kab/Kota", "Pengajuan", "Komite Fatwa", "Terbit"],
        ["Paser", 9, 5, 3],
        ["JUMLAH", 9, 5, 3],
        [],
        ["Tabel 2. Pembagian kuota"],
        ["LP3H", "Kab/Kota", "Kuota"],
        ["ITK", "Paser", 100],
        ["Unmul", "Berau", 50],
        [],
        ["Tabel 3. Rekap per LP3H"],
        ["LP3H", "Pengajuan", "Komite Fatwa", "Terbit"],
        ["ITK", 9, 5, 3],
    ]
    content = workbook({"Data": rows})
    upload = read_upload(content)
    assert upload.table == "recaps"
    assert upload.frame["source_row"].tolist() == [2, 12]
    assert counts(upload) == [(1, 7, 2, 0, 5)]
    assert upload.skipped[["source_row", "code"]].values.tolist() == [
        [3, "row_total"],
        [5, "row_title"],
        [7, "sheet_other_table"],
        [8, "sheet_other_table"],
        [10, "sheet_other_table"],
    ]
    quotas = read_upload(content, table="quotas")
    assert quotas.frame["quota"].tolist() == [100, 50]
    assert quotas.sheets[0].header_row == 6


def test_tables_of_several_places_below_each_other():
    """The same header again, under a title of its own, begins a table for which that title speaks."""
    header = ["LP3H", "Kuota", "Pengajuan", "Terbit"]
    rows = [["KABUPATEN BERAU"], header, ["ITK", 9, 5, 3], [], ["KOTA BONTANG"], header, ["ITK", 8, 4, 2]]
    upload = read_upload(workbook({"Data": rows}))
    assert upload.frame["kab_kota"].tolist() == ["Kabupaten Berau", "Kota Bontang"]
    assert counts(upload) == [(2, 3, 2, 0, 1)]


def test_a_parent_known_alone_is_its_first_child():
    """ "Alamat" over "Jalan" and "Kelurahan" is the street; a child known by itself is its own column."""
    rows = [
        ["No", "Nama Usaha", "NIB", "Alamat", "", "", "No HP"],
        ["", "", "", "Jalan", "Kelurahan", "Kecamatan", ""],
        [1, "Dapur Rekaan", "8120001234567", "Jl. Mawar", "Loa Ipuh", "Tenggarong", "081234567890"],
    ]
    upload = read_upload(workbook({"Data": rows}, {"Data": ["D1:F1"]}))
    assert upload.frame[["address", "kecamatan"]].values.tolist() == [["Jl. Mawar", "Tenggarong"]]
    assert "Alamat Kelurahan" in upload.sheets[0].unused


@pytest.mark.parametrize("header", ["Kuota (PU)", "1. Kuota", "KUOTA *", "Kuota\n(pelaku usaha)"])
def test_units_and_numbers_beside_a_header(header):
    """They do not hide it."""
    upload = read_upload(csv_bytes([["Kab/Kota", header], ["Paser", "100"]]), filename="uji.csv")
    assert upload.frame["quota"].tolist() == [100]
