"""A cell that is a number is that number; only in a text do dots and commas group thousands."""

import os
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make_files import csv_bytes
from workbooks import MAKERS, parquet, xlsx

from halal_metrics.places import KAB_KOTA
from halal_metrics.sheets import read_upload
from halal_metrics.sheets.parsers import halves, workbook
from halal_metrics.sheets.upload import Upload

PLACES = list(KAB_KOTA)
HEADER = ["Kab/Kota", "Pengajuan", "Terbit"]
CELLS = [213.625, "213.625", 1.234, "1.000", 1000, 71.99999999999999, 0.32, -5.125, 100.0000001, "1,000.00"]
COUNTS = [None, 213625, None, 1000, 1000, 72, None, None, 100, 1000]


def rows(values: list) -> list[list]:
    """A recap whose first count is stated in every row, so that none is rejected for the second."""
    return [HEADER, *([place, 1000, value] for place, value in zip(PLACES[: len(values)], values, strict=True))]


def counts(upload: Upload) -> list[int | None]:
    assert len(upload.rejected) == 0
    return upload.frame["issued"].astype(object).where(upload.frame["issued"].notna(), None).tolist()


def warned(upload: Upload, code: str = "number_impossible") -> list[int]:
    return upload.problems.loc[upload.problems["code"] == code, "row"].tolist()


@pytest.mark.parametrize("kind", MAKERS)
def test_a_number_is_not_grouped(kind):
    """213,625 is no count and certainly not 213.625, whatever the kind of file; its row stays and says so."""
    upload = read_upload(MAKERS[kind]([("Rekap", rows(CELLS))]), filename="rekap")
    assert counts(upload) == COUNTS
    assert warned(upload) == [row for row, count in enumerate(COUNTS, 2) if count is None]


def test_numbers_of_parquet():
    """Fractions and decimals of any scale are numbers: 72,000 is 72, also where the type keeps three digits of it."""
    place, whole = PLACES[:4], [1000] * 4
    for kind in (pa.float64(), pa.decimal128(10, 3), pa.decimal256(40, 3)):
        values = pa.array([Decimal("213.625"), Decimal(72), Decimal(1), None]).cast(pa.decimal128(10, 3)).cast(kind)
        upload = read_upload(parquet(HEADER, place, whole, values), filename="rekap")
        assert counts(upload) == [None, 72, 1, None], kind
        assert warned(upload) == [2]
    assert counts(read_upload(parquet(HEADER, place, whole, ["213.625", "72", "1.234", None]))) == [
        213625,
        72,
        1234,
        None,
    ]


def test_text_is_grouped():
    """A file without types says what it said before: 213.625 is how 213625 is written."""
    assert counts(read_upload(csv_bytes(rows([213.625, "72", "1.234"])))) == [213625, 72, 1234]


def test_a_quota_that_is_no_whole_number_says_which():
    """The row is handed back with the number as it is written in Indonesian."""
    upload = read_upload(xlsx([("Alokasi", [["Kab/Kota", "Kuota"], ["Paser", 75.125], ["Berau", 72]])]))
    assert upload.frame["quota"].tolist() == [72]
    assert "'75,125'" in upload.rejected["reason"].iloc[0]


@pytest.mark.parametrize("how", ["halves", "sparse"])
def test_numbers_stay_numbers_however_a_workbook_is_parsed(how, monkeypatch):
    """A sheet read in two halves, and one whose blank rows are closed up first, give the same texts."""
    content = xlsx([("Rekap", rows(CELLS))])
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(halves, "_LONG", 0)
    (whole,) = workbook.read_zip(content, sparse=how == "sparse")
    said = [
        "Terbit",
        "213.6250",
        "213.625",
        "1.2340",
        "1.000",
        "1000",
        "72",
        "0.32",
        "-5.1250",
        "100.0000001",
        "1,000.00",
    ]
    assert whole.columns[2].to_pylist() == said


@settings(max_examples=25, deadline=None)
@given(st.lists(st.one_of(st.decimals(-999, 99_999, places=3), st.integers(0, 99_999)), min_size=1, max_size=10))
def test_any_number_is_itself_or_missing(numbers):
    """Never another number than the one in the cell."""
    upload = read_upload(xlsx([("Rekap", rows([float(number) for number in numbers]))]))
    assert counts(upload) == [int(number) if number == int(number) and number >= 0 else None for number in numbers]
