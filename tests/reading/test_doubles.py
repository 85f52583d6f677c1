"""Two columns of one meaning: filled from each other, differences said, and the first one's value kept."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make_files import csv_bytes
from merged_workbook import workbook
from pandas.testing import assert_frame_equal

from halal_metrics.sheets import Upload, read_upload

NUMBERS = ["SH2025-1-990001", "SH2025-1-990002", "SH2025-1-990003"]


def read(headers: list[str], *columns: list, **arguments) -> Upload:
    """A register with these columns beside a number and a name."""
    rows = [["No. Daftar", "Nama Usaha", *headers]]
    rows += [[number, f"Dapur {number[-1]}", *cells] for number, *cells in zip(NUMBERS, *columns, strict=False)]
    return read_upload(csv_bytes(rows), filename="uji.csv", **arguments)


def said(upload: Upload, code: str) -> list[list]:
    return upload.problems.loc[upload.problems["code"].eq(code), ["row", "column", "value"]].values.tolist()


@pytest.mark.parametrize("second", ["Status", "STATUS", "Status Permohonan"])
def test_filled_where_empty_and_said_where_different(second: str):
    """An empty status is the other's; two that differ are a warning on the row, which names both."""
    upload = read(["Status", second], ["OF10", "", "OF100"], ["OF300", "OF74", "Selesai Sidang Fatwa"])
    assert upload.frame["status"].tolist() == ["submitted", "fatwa", "decided"]
    assert said(upload, "cells_differ") == [[2, "status", "OF10"]]
    message = upload.problems.loc[upload.problems["code"].eq("cells_differ"), "message"].item()
    assert "'OF300'" in message


def test_three_columns_of_one_header():
    """Each is compared with the first."""
    upload = read(["Status"] * 3, ["", "OF10"], ["OF74", "OF10"], ["OF10", "OF300"])
    assert upload.frame["status"].tolist() == ["fatwa", "submitted"]
    assert said(upload, "cells_differ") == [[2, "status", "OF74"], [3, "status", "OF10"]]


def test_the_second_of_another_header_is_compared_with_the_first_of_all():
    """Status, and twice what means status."""
    upload = read(["Status", "Status Permohonan", "Status Permohonan"], ["OF10"], ["OF10"], ["OF300"])
    assert said(upload, "cells_differ") == [[2, "status", "OF10"]]


@pytest.mark.parametrize(
    ("headers", "columns"),
    [
        (["NIB", "No. NIB"], [["8120009900001"], ["8120 0099 00001"]]),
        (["Kab/Kota", "Wilayah"], [["KUKAR"], ["Kutai Kartanegara"]]),
        (["Tanggal Terbit", "Tgl Terbit SH"], [["31/05/2025"], ["31 Mei 2025"]]),
        (["Nama Produk", "Produk"], [["Keripik"], ["KERIPIK"]]),
        (["Status", "Status"], [["OF10"], ["Pengajuan"]]),
    ],
)
def test_the_same_in_other_words_is_no_difference(headers: list[str], columns: list[list]):
    """Values are compared, not spellings."""
    upload = read(headers, *columns)
    assert not upload.problems["code"].isin(["cells_differ", "columns_differ"]).any()


def test_headers_that_can_hold_two_things_are_said_once():
    """A phone for calls and one for messages: the better witness stays, and the number of differing rows is told."""
    upload = read(["HP", "No WA"], ["081234567890", "", "-"], ["081234567891", "081234567892", "081234567893"])
    assert upload.frame["phone"].tolist() == ["081234567890", "081234567892", "081234567893"]
    (differing,) = upload.problems.query("code == 'columns_differ'")[["severity", "message"]].values.tolist()
    assert differing[0] == "info"
    assert "1 baris" in differing[1]


def test_a_choice_of_a_person_is_not_compared():
    """Who says which of two columns it is has seen both."""
    upload = read(["Status", "Status"], ["OF10"], ["OF300"], mapping={"Status (2)": "status"})
    assert upload.frame["status"].tolist() == ["issued"]
    assert said(upload, "cells_differ") == []


def test_a_number_twice_is_dropped_twice():
    """A second NIK column is as little kept as the first."""
    upload = read(["NIK", "NIK", "Status"], ["9901014101900001"], ["9901014101900002"], ["OF10"])
    assert "99010141019" not in upload.frame.to_csv() + upload.problems.to_csv() + repr(upload.sheets)


def test_counts_of_a_recap_that_differ():
    """The first stands, also where it says none; both are told."""
    rows = [
        ["Kab/Kota", "Pengajuan", "Diajukan", "Terbit"],
        ["Paser", "-", 45, 3],
        ["Berau", "", 7, 1],
        ["PPU", 4, "", 1],
    ]
    upload = read_upload(csv_bytes(rows), filename="uji.csv")
    assert upload.frame["submitted"].tolist() == [0, 7, 4]
    assert said(upload, "cells_differ") == [[2, "submitted", "-"]]


def test_a_merged_header_holds_for_the_column_with_cells():
    """Cells below the first or the second of two merged columns; below both they are compared."""
    for cells in (["Dapur A", ""], ["", "Dapur A"], ["Dapur A", "Dapur B"]):
        rows = [["No. Daftar", "Nama PU", "", "Status"], [NUMBERS[0], *cells, "OF10"]]
        upload = read_upload(workbook({"Data": rows}, {"Data": ["B1:C1"]}))
        assert upload.frame["business_name"].tolist() == ["Dapur A"]
        assert upload.frame["owner_name"].isna().all()
        assert len(said(upload, "cells_differ")) == all(cells)


@given(st.lists(st.tuples(st.sampled_from(["OF10", "OF74", "OF300", ""]), st.booleans()), min_size=1, max_size=3))
@settings(max_examples=25, deadline=None, derandomize=True)
def test_a_column_split_in_two_reads_as_one(cells: list[tuple[str, bool]]):
    """Wherever each cell lies."""
    statuses = [text for text, _ in cells]
    split = read(["Status", "Status"], *([text * (first is here) for text, here in cells] for first in (True, False)))
    assert_frame_equal(split.frame, read(["Status"], statuses).frame)
    assert said(split, "cells_differ") == []
