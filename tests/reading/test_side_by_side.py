"""Lists that lie beside each other on one sheet."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make_files import csv_bytes
from merged_workbook import workbook

from halal_metrics.sheets import Upload, read_upload

HEADER = ["No", "Nama Usaha", "NIB", "Kab/Kota", "Status"]


def record(number: int) -> list:
    return [number, f"Dapur {number}", f"81200099{number:05d}", "Kota Samarinda", "OF10"]


def beside(*blocks: list[list], gap: int = 1) -> list[list]:
    """Blocks of rows beside each other, shorter ones filled with blank cells."""
    height = max(map(len, blocks))
    filled = [[*block, *[[""] * len(block[0])] * (height - len(block))] for block in blocks]
    return [
        [cell for place, block in enumerate(filled) for cell in [*[""] * (gap * (place > 0)), *block[row]]]
        for row in range(height)
    ]


def read(rows: list[list], **arguments) -> Upload:
    upload = read_upload(csv_bytes(rows), filename="uji.csv", **arguments)
    for sheet in upload.sheets:
        assert sheet.read == sheet.accepted + sheet.rejected + sheet.skipped
    return upload


@given(st.lists(st.integers(0, 4), min_size=1, max_size=3), st.integers(0, 2), st.booleans())
@settings(max_examples=40, deadline=None, derandomize=True)
def test_every_row_of_every_list_is_read(sizes: list[int], gap: int, numbered: bool):
    """Two or three lists, with or without blank columns between, of any length: one list, where each row stood."""
    sizes = [max(sizes), *sizes]
    numbers = iter(range(1, 100))
    lists = [[record(next(numbers)) for _ in range(size)] for size in sizes]
    blocks = [[HEADER, *rows] for rows in lists]
    if not numbered:
        blocks = [[row[1:] for row in block] for block in blocks]
    upload = read(beside(*blocks, gap=gap))
    said = [(row[1], row[2], at) for rows in lists for at, row in enumerate(rows, start=2)]
    assert list(upload.frame[["business_name", "nib", "source_row"]].itertuples(index=False, name=None)) == said
    assert not upload.problems["code"].eq("cells_differ").any()


@pytest.mark.parametrize("merged", [["A1:D1", "F1:I1"], []], ids=["merged", "unmerged"])
def test_each_list_has_its_own_title(merged: list[str]):
    """A title over a list speaks for that list; one over all of them for all."""
    header, rows = HEADER[:3] + HEADER[4:], [[*record(n)[:3], "OF10"] for n in range(1, 5)]
    lists = beside([["KOTA BONTANG", "", "", ""], header, *rows[:2]], [["KAB. BERAU", "", "", ""], header, *rows[2:]])
    upload = read_upload(workbook({"Data": lists}, {"Data": merged}))
    assert upload.frame["kab_kota"].tolist() == ["Kota Bontang"] * 2 + ["Kabupaten Berau"] * 2
    with_date = [["DAFTAR PER 4 JUNI 2025"], *lists]
    upload = read_upload(workbook({"Data": with_date}))
    assert upload.frame["statement_date"].dt.strftime("%d/%m").tolist() == ["04/06"] * 4
    assert upload.frame["kab_kota"].nunique() == 2


def test_recaps_of_the_same_lp3h_under_titles_of_two_places():
    """What tells the lists apart may be their titles alone."""
    block = [["LP3H", "Pengajuan", "Terbit"], ["LP3H UINSI Samarinda", 9, 3]]
    other = [block[0], ["LP3H UINSI Samarinda", 8, 2]]
    rows = beside([["KOTA BONTANG", "", ""], *block], [["KAB. BERAU", "", ""], *other])
    upload = read_upload(workbook({"Data": rows}, {"Data": ["A1:C1", "E1:G1"]}))
    assert upload.frame[["kab_kota", "submitted"]].values.tolist() == [["Kota Bontang", 9], ["Kabupaten Berau", 8]]


def test_a_row_is_mended_in_its_own_list():
    """A rejected row of the second list is told with its own headers, and what is typed there goes there."""
    rows = beside([HEADER, record(1), record(2)], [HEADER, [3, "", "", "", "OF10"], record(4)])
    upload = read(rows)
    assert (len(upload.frame), upload.rejected["source_row"].tolist()) == (3, [2])
    assert upload.rejected["Status (2)"].tolist() == ["OF10"]
    sheet = upload.sheets[0].name
    mended = read(rows, corrections={(sheet, 2, "NIB (2)"): "8120009900003"})
    assert mended.frame["nib"].tolist() == [f"81200099{number:05d}" for number in (1, 2, 3, 4)]
    assert mended.rejected.empty


def test_totals_and_signatures_below_each():
    """They belong to the list above them."""
    left = [["Kab/Kota", "Kuota"], ["Paser", 10], ["Berau", 5], ["JUMLAH", 15]]
    right = [["Kab/Kota", "Kuota"], ["Kukar", 7], ["JUMLAH", 7], ["", ""], ["Mengetahui,", ""], ["Kepala Bidang", ""]]
    upload = read(beside(left, right))
    assert upload.frame["quota"].tolist() == [10, 5, 7]
    assert upload.skipped["code"].tolist().count("row_total") == 2


@pytest.mark.parametrize(
    ("beside", "cells"),
    [
        (["NIB", "Nama Usaha"], ["8120009900001", "Dapur 1"]),
        (["Status", "Tanggal", "Status", "Tanggal"], ["OF10", "1/5/2025", "", ""]),
        (["Nama Usaha", "NIB", "Status"], ["", "", ""]),
    ],
    ids=["pasted", "history", "empty"],
)
def test_columns_twice_are_no_second_list(beside: list[str], cells: list[str]):
    """A list pasted beside itself, columns of a history, a form not filled in: one row a line."""
    upload = read([["Nama Usaha", "NIB", "Status", *beside], ["Dapur 1", "8120009900001", "OF10", *cells]])
    assert len(upload.frame) == 1
    assert upload.problems["severity"].eq("info").all()


@pytest.mark.parametrize("titles", [("MINGGU INI", "KUMULATIF"), ("Target", "Realisasi"), ("s.d. Mei", "s.d. Juni")])
def test_lists_of_two_states_are_one_recap(titles: tuple[str, str]):
    """What stands over each list says which of them is the count."""
    header = ["Kab/Kota", "Pengajuan", "Terbit"]
    rows = beside([[titles[0], "", ""], header, ["Paser", 5, 1]], [[titles[1], "", ""], header, ["Paser", 45, 12]])
    for merged in (["A1:C1", "E1:G1"], []):
        upload = read_upload(workbook({"Data": rows}, {"Data": merged}))
        assert upload.frame[["kab_kota", "submitted", "issued"]].values.tolist() == [["Kabupaten Paser", 45, 12]]


def test_lists_beside_each_other_below_another_table():
    """Their titles, a cell for each, are no rows of the table above."""
    header, name = ["LP3H", "Pengajuan", "Terbit"], "LP3H UINSI Samarinda"
    below = beside([["KOTA BONTANG", "", ""], header, [name, 7, 1]], [["KAB. BERAU", "", ""], header, [name, 6, 2]])
    upload = read([["Kab/Kota", *header], ["Samarinda", name, 45, 12], [], *below])
    assert upload.frame[["kab_kota", "submitted", "source_row"]].values.tolist() == [
        ["Kota Samarinda", 45, 2],
        ["Kota Bontang", 7, 6],
        ["Kabupaten Berau", 6, 6],
    ]
    assert upload.skipped["code"].tolist() == ["row_title"]


def test_two_different_tables_beside_each_other_are_not_joined():
    """What a recap states of places says nothing of the quotas that stand beside it, each row of them of another."""
    recap = [["Kab/Kota", "Pengajuan", "Terbit"], ["Kota Bontang", 45, 12], ["Paser", 5, 2]]
    quotas = [["LP3H", "Kuota"], ["PWI Kaltim", 100], ["UINSI", 190], ["UNMUL", 60]]
    for rows in (beside(recap, quotas), beside(quotas, recap)):
        upload = read(rows, table="recaps")
        assert upload.frame[["kab_kota", "submitted", "issued"]].values.tolist() == [
            ["Kota Bontang", 45, 12],
            ["Kabupaten Paser", 5, 2],
        ]
        assert upload.frame[["lp3h", "quota"]].isna().all(axis=None)
        assert {"sheet_other_table", "table_beside"} <= {*upload.problems["code"]}
        assert read(rows, table="quotas").frame["quota"].tolist() == [100, 190, 60]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ([["Kab/Kota", "LP3H"], ["Paser", "PWI Kaltim"]], [["Kuota", "Pengajuan"], [20, 5]]),
        ([["Kab/Kota", "Kuota"], ["Paser", 20]], [["Kab/Kota", "Pengajuan"], ["Paser", 5]]),
        ([["Kab/Kota"], ["Paser"]], [["LP3H", "Kuota", "Pengajuan"], ["PWI Kaltim", 20, 5]]),
    ],
)
def test_a_blank_column_within_a_table_parts_nothing(left: list[list], right: list[list]):
    """Where one side has no counts, or no place and LP3H of its own, or the same one in every row."""
    upload = read(beside(left, right))
    assert upload.frame[["kab_kota", "quota", "submitted"]].values.tolist() == [["Kabupaten Paser", 20, 5]]
