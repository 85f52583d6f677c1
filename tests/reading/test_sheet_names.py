"""Sheets are told apart by where they stand; no two are called the same by what is said of them."""

import pytest
from workbooks import MAKERS

from halal_metrics.sheets import UnreadableFile, read_upload
from halal_metrics.sheets.files import read_grids
from halal_metrics.sheets.parsers import workbook

NAMES = ["Data", "Data", "data", "Data ", "Data (2)", "Mei"]
UNIQUE = ["Data", "Data (3)", "data (4)", "Data (5)", "Data (2)", "Mei"]
HEADER = ["No. Daftar", "Nama Usaha", "Kab/Kota", "Status"]


def book(kind: str, names: list[str]) -> bytes:
    return MAKERS[kind]([(name, [[f"lembar {place}", place + 0.125]]) for place, name in enumerate(names, 1)])


@pytest.mark.parametrize("kind", MAKERS)
def test_sheets_of_one_name_are_two(kind):
    """Each has its own cells, also its numbers, and a name of its own; names that a person cannot tell apart too."""
    grids = read_grids(book(kind, NAMES), name="x")
    assert [grid.row(0) for grid in grids] == [[f"lembar {place}", f"{place}.1250"] for place in range(1, 7)]
    assert [grid.name for grid in grids] == UNIQUE


@pytest.mark.parametrize("kind", MAKERS)
def test_names_with_a_nik_or_with_marks(kind):
    """A NIK is taken out first; letters that have a meaning in XML change nothing."""
    names = ["9901010101010001", "9901020202020002", "A & B", "A & B"]
    assert [grid.name for grid in read_grids(book(kind, names), name="x")] == [
        "[NIK]",
        "[NIK] (2)",
        "A & B",
        "A & B (2)",
    ]


def test_sheets_of_one_name_closed_up():
    """A workbook that is closed up before it is parsed has its sheets in their places too."""
    parsed = list(workbook.read_zip(book("xlsx", NAMES), sparse=True))
    assert [sheet.columns[0].to_pylist() for sheet in parsed] == [[f"lembar {place}"] for place in range(1, 7)]


def test_a_long_sheet_of_a_repeated_name(monkeypatch):
    """No sheet is cut in halves where a name would fetch the wrong half."""
    monkeypatch.setattr("halal_metrics.sheets.parsers.halves._LONG", 0)
    parsed = list(workbook.read_zip(book("xlsx", NAMES)))
    assert [sheet.columns[0].to_pylist() for sheet in parsed] == [[f"lembar {place}"] for place in range(1, 7)]


@pytest.mark.parametrize("kind", MAKERS)
def test_every_row_of_two_registers_of_one_name(kind):
    """The place that the name says is taken on both, and a choice by name means one of them."""
    rows = [["SH2025-1-990001", "Dapur", None, "OF10"]], [["SH2025-1-990002", "Kedai", None, "OF10"]]
    content = MAKERS[kind]([("Kota Bontang", [HEADER, *rows[0]]), ("Kota Bontang", [HEADER, *rows[1]])])
    upload = read_upload(content, filename="dua")
    assert upload.frame["registration_number"].tolist() == ["SH2025-1-990001", "SH2025-1-990002"]
    assert upload.frame["kab_kota"].tolist() == ["Kota Bontang"] * 2
    second = read_upload(content, filename="dua", sheets=["Kota Bontang (2)"])
    assert second.frame["registration_number"].tolist() == ["SH2025-1-990002"]


def test_sheets_that_cannot_be_told_apart():
    """Nothing is read twice in silence: the file is refused, and a spreadsheet program mends it."""
    with pytest.raises(UnreadableFile) as refused:
        read_grids(MAKERS["xls"]([("D", [["x"]])] * 40), name="x")
    assert refused.value.code == "corrupt"
