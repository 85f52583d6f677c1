"""A header that comes again with other columns heads a further table; one that comes again as it was is skipped."""

import pytest
from merged_workbook import workbook

from halal_metrics.sheets import Upload, read_upload

RECAP = ["Kab/Kota", "LP3H", "Pengajuan", "Terbit"]
FIRST = ["Kab. Paser", "LP3H Unmul", 32, 6]


def read(*rows: list, merged: tuple[str, ...] = ()) -> Upload:
    return read_upload(workbook({"Data": list(rows)}, {"Data": list(merged)}))


def counts(upload: Upload) -> list[tuple[str, int, int]]:
    return list(upload.frame[["kab_kota", "submitted", "issued"]].itertuples(index=False, name=None))


def codes(upload: Upload) -> list[str]:
    return upload.problems["code"].tolist()


BOTH = [("Kabupaten Paser", 32, 6), ("Kabupaten Berau", 25, 5)]

CHANGED = {
    "swapped": (["Kab/Kota", "LP3H", "Terbit", "Pengajuan"], ["Berau", "LP3H ITK", 5, 25]),
    "inserted": (["Kab/Kota", "LP3H", "Pengajuan", "Komite Fatwa", "Terbit"], ["Berau", "LP3H ITK", 25, 12, 5]),
    "names swapped": (["LP3H", "Kab/Kota", "Pengajuan", "Terbit"], ["LP3H ITK", "Berau", 25, 5]),
    "one less": (["Kab/Kota", "Pengajuan", "Terbit"], ["Berau", 25, 5]),
    "words unknown": (["Kab/Kota", "LP3H", "Pengajuan", "Nilai A", "Terbit"], ["Berau", "LP3H ITK", 25, 3, 5]),
    "capitals": (["KAB/KOTA", "LP3H", "TERBIT", "PENGAJUAN"], ["Berau", "LP3H ITK", 5, 25]),
}


@pytest.mark.parametrize("kind", CHANGED)
@pytest.mark.parametrize("between", [[], [["Lanjutan"]], [[""]]], ids=["nothing", "title", "blank"])
def test_rows_below_another_header_are_read_by_it(kind: str, between: list):
    """Whatever stands between, the rows have the columns of the header right above them, and the page says so."""
    upload = read(RECAP, FIRST, *between, *CHANGED[kind])
    assert counts(upload) == BOTH
    assert "table_below" in codes(upload)
    assert not len(upload.rejected)


def test_a_register_with_a_column_inserted():
    """No header becomes an application, and each number is read as what its own page calls it."""
    upload = read(
        ["No", "No. Daftar", "Nama Usaha", "Status"],
        [1, "SH2025-1-990001", "Dapur Rekaan", "OF10"],
        ["No", "NIB", "Nama Usaha", "No. Daftar", "Status"],
        [2, "8120009900002", "Warung Rekaan", "SH2025-1-990002", "OF74"],
    )
    assert upload.frame["registration_number"].tolist() == ["SH2025-1-990001", "SH2025-1-990002"]
    assert upload.frame["status"].tolist() == ["submitted", "fatwa"]


def test_headers_of_two_lines_that_change_places():
    """Groups and what stands below them are both looked at; a header of two lines once more is skipped."""
    first = [["Kab/Kota", "Pengajuan", "", "Terbit", ""], ["", *["Minggu ini", "s.d. minggu ini"] * 2]]
    lines = [first[0], ["", *["s.d. minggu ini", "Minggu ini"] * 2]]
    merged = [
        f"{cells}".format(*at) for at in ((1, 2), (4, 5), (7, 8)) for cells in ("A{0}:A{1}", "B{0}:C{0}", "D{0}:E{0}")
    ]
    upload = read(
        *first,
        ["Paser", 2, 32, 1, 6],
        *first,
        ["Kutim", 1, 9, 0, 3],
        *lines,
        ["Berau", 25, 2, 5, 1],
        merged=tuple(merged),
    )
    assert counts(upload) == [BOTH[0], ("Kabupaten Kutai Timur", 9, 3), BOTH[1]]
    assert codes(upload).count("row_repeated_header") == 2
    assert not upload.problems["severity"].eq("warning").any()


def test_a_total_below_two_pages_is_no_record():
    """A total at the end sums the rows of both headers, or its own, and is skipped either way."""
    upload = read(RECAP, FIRST, *CHANGED["swapped"], ["Jumlah", "", 11, 57])
    assert counts(upload) == BOTH


@pytest.mark.parametrize("again", [RECAP, ["KAB / KOTA", "LP3H", "PENGAJUAN", "TERBIT"], [*RECAP[:3], ""]])
def test_the_same_header_is_only_skipped(again: list):
    """As on each page of a printout: one table, one row skipped, nothing to worry about."""
    upload = read(RECAP, FIRST, again, ["Berau", "LP3H ITK", 25, 5])
    assert counts(upload) == BOTH
    assert upload.skipped["code"].tolist() == ["row_repeated_header"]
    assert not upload.problems["severity"].eq("warning").any()


def test_records_that_sound_like_headers_are_records():
    """A business called "Toko" that makes "Produk" and stands at "Verifikasi" heads nothing."""
    upload = read(
        ["No", "Nama Usaha", "Nama Pemilik", "Produk", "Status"],
        [1, "Usaha", "Rekaan", "Produk", "Verifikasi"],
        [2, "Toko", "Pemilik", "Kue", "Pengajuan"],
    )
    assert upload.frame["business_name"].tolist() == ["Usaha", "Toko"]
    assert "table_below" not in codes(upload)
