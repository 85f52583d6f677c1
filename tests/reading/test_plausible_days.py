"""A date that leaves the programme, or lies after the day of receipt, is said, with how else it can be read."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make_files import csv_bytes, xlsx_bytes

from halal_metrics.sheets import read_upload
from halal_metrics.sheets.upload import Upload


def register(*dates: object, title: str = "", **arguments: object) -> Upload:
    rows = [[f"SH2025-1-99{place:04}", "Dapur Rekaan", "OF10", date] for place, date in enumerate(dates)]
    head = [[title]] if title else []
    content = csv_bytes([*head, ["No. Daftar", "Nama Usaha", "Status", "Tanggal Daftar"], *rows])
    return read_upload(content, filename="register.csv", **arguments)  # type: ignore[arg-type]


def days(upload: Upload) -> list[str | None]:
    return [None if pd.isna(day) else f"{day:%Y-%m-%d}" for day in upload.frame["submitted_date"]]


def said(upload: Upload, code: str) -> list[str]:
    told = upload.problems[upload.problems["code"] == code]
    assert told["severity"].eq("warning").all()
    return told["message"].tolist()


@pytest.mark.parametrize(
    ("dates", "read"),
    [
        (["25-06-03", "25-05-31"], ["2025-06-03", "2025-05-31"]),
        (["25/06/03", "25/05/31"], ["2025-06-03", "2025-05-31"]),
        (["25.06.03 10:00", "25.05.31 11:30"], ["2025-06-03", "2025-05-31"]),
        (["25-06-28", "25-05-27"], ["2025-06-28", "2025-05-27"]),
        (["25/06/03", "03/06/2025"], ["2025-06-03", "2025-06-03"]),
        (["25-06-03", "belum", "99-99-99"], ["2025-06-03", None, None]),
    ],
)
def test_the_year_in_front(dates, read):
    """Two digits of a year in front are no day: read so where that fits all dates written alike, and both are told."""
    upload = register(*dates)
    assert days(upload) == read
    message = said(upload, "date_order_other")[0]
    assert all(f"{day:%d/%m/%Y}" in message for day in (upload.frame["submitted_date"].iloc[0], *_other(dates[0])))


def _other(text: str) -> list[dt.date]:
    day, month, year = (int(part) for part in text.split()[0].replace("/", "-").replace(".", "-").split("-"))
    return [dt.date(2000 + year, month, day)]


@pytest.mark.parametrize("dates", [["03-06-25", "04-06-25"], ["24-06-25", "25-06-25"], ["2025-06-03", "3 Juni 25"]])
def test_dates_within_the_programme_are_left_alone(dates):
    """Where the usual order fits, nothing else is thought of."""
    upload = register(*dates, received="2025-06-30")
    assert not upload.problems["severity"].eq("warning").any()


@pytest.mark.parametrize(
    "dates", [["25-06-03", "13-06-25"], ["03/06/2015"], ["2028-06-03"], ["25 Juni 2003"], ["3/6/2031"]]
)
def test_no_order_brings_it_within(dates):
    """The date stays as it was written, and is said."""
    upload = register(*dates, title="Data per tanggal 4 Juni 2025")
    assert len(said(upload, "date_outside")) == 1
    assert not said(upload, "date_order_other")
    assert None not in days(upload)


def test_a_year_after_the_statement():
    """What lies ahead of its statement by more than a year is no date; by less, a target is."""
    rows = [["Kab/Kota", "Kuota", "Tanggal Target"], ["Paser", 10, "31/12/2025"], ["Berau", 10, "31/12/2026"]]
    upload = read_upload(csv_bytes([["Kuota per tanggal 4 Juni 2025"], *rows]), filename="kuota", received="2025-06-05")
    assert upload.problems.loc[upload.problems["severity"] == "warning", ["code", "row"]].values.tolist() == [
        ["date_outside", 4]
    ]


def test_dates_after_the_day_of_receipt():
    """Only where that day is known; with the other reading of day and month where this would not be after it."""
    assert not register("06/10/2025", "2025-06-12").problems["severity"].eq("warning").any()
    upload = register("06/10/2025", "2025-06-12", "11/06/2025", received="2025-06-11")
    assert days(upload)[0] == "2025-10-06"
    first, second = said(upload, "date_after_receipt")
    assert "06/10/2025" in first
    assert "10/06/2025" in first
    assert "atau" not in second


def test_a_title_ahead_of_the_day_of_receipt_or_before_the_programme():
    """Said once, not on every row."""
    ahead = register("31/05/2025", "30/05/2025", title="Data per tanggal 4 Juni 2026", received="2025-06-11")
    assert len(said(ahead, "date_after_receipt")) == 1
    assert len(said(register("31/05/2025", "30/05/2025", title="Data per tanggal 4 Juni 2015"), "date_outside")) == 1


def test_certificates_of_other_programmes_are_older():
    """One of 2019 is no slip of the pen."""
    header = ["Nomor Sertifikat", "NIB", "Nama Usaha", "Tanggal Terbit"]
    rows = [["ID64110055824640419", "8120009900001", "Dapur Rekaan", dt.date(2019, 4, 6)]]
    upload = read_upload(xlsx_bytes({"Sertifikat": [header, *rows]}), filename="x", table="certificates")
    assert not said(upload, "date_outside")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.dates(dt.date(2024, 1, 1), dt.date(2025, 12, 31)), min_size=1, max_size=6))
def test_no_date_is_read_wrongly_in_silence(dates):
    """With the year in front, a date is what it says, or a warning stands on it, or both readings are within."""
    upload = register(*(f"{date:%y-%m-%d}" for date in dates), received="2025-12-31")
    told = set(upload.problems.loc[upload.problems["severity"] == "warning", "row"])
    for row, (day, date) in enumerate(zip(upload.frame["submitted_date"], dates, strict=True), 2):
        assert day.date() == date or row in told or dt.date(2024, 1, 1) <= day.date() <= dt.date(2025, 12, 31)


@pytest.mark.parametrize(
    ("dates", "read"),
    [
        (["6/3/2025", "5/12/2025", "5/2/2025"], ["2025-06-03", "2025-05-12", "2025-05-02"]),
        (["6/3/2025", "5/12/2025", "2 Mei 2025"], ["2025-06-03", "2025-05-12", "2025-05-02"]),
        (["6/3/2025", "13/5/2025", "5/12/2025"], ["2025-03-06", "2025-05-13", "2025-12-05"]),
    ],
)
def test_month_first_where_only_that_is_not_after_the_receipt(dates, read):
    """All of a notation or none: each row that another order would change is said."""
    upload = register(*dates, received="2025-06-05")
    assert days(upload) == read
    changed = sum(f"{pd.Timestamp(day):%-m/%-d/%Y}" == text for day, text in zip(read, dates, strict=True))
    assert len(said(upload, "date_order_other")) == changed
    assert len(said(upload, "date_after_receipt")) == (0 if changed else 1)
    assert "date_order_assumed" not in upload.problems["code"].tolist()


def test_a_target_is_after_the_receipt():
    """It is read day first as ever."""
    rows = [["Kab/Kota", "Kuota", "Tanggal Target"], ["Paser", 10, "7/10/2025"]]
    upload = read_upload(csv_bytes(rows), filename="kuota", received="2025-06-05")
    assert upload.frame["target_date"].iloc[0] == pd.Timestamp("2025-10-07")
    assert not upload.problems["severity"].eq("warning").any()


def test_true_dates_that_a_program_swapped():
    """One after the receipt proves it: all true ones are said with both readings, and stay as they are."""
    upload = register("2025-03-06", "13/05/2025", "2025-12-05", received="2025-06-05")
    assert days(upload) == ["2025-03-06", "2025-05-13", "2025-12-05"]
    told = said(upload, "date_maybe_swapped")
    assert ["03/06/2025" in told[0], "12/05/2025" in told[1], len(told)] == [True, True, 2]
    assert "12/05/2025" in said(upload, "date_after_receipt")[0]


def test_many_that_look_swapped():
    """All true dates with days that can be months, all texts with days that cannot."""
    true = ["2025-03-06", "2025-02-05", "2025-01-04", "2025-04-02"]
    assert len(said(register(*true, "13/05/2025", "30/05/2025", received="2025-06-05"), "date_maybe_swapped")) == 4


def test_few_beside_texts_with_the_month_first():
    """A program wrote 4/13/2025 and left it; what it wrote 4/3/2025 was read as 4 March."""
    told = said(register("4/13/2025", "2025-03-04", received="2025-06-10"), "date_maybe_swapped")
    assert len(told) == 1
    assert "04/03/2025 atau 03/04/2025" in told[0]
    for dates in (["4/13/2025", "4/3/2025", "2025-03-04"], ["4/13/2025", "2025-03-04", "2025-03-14"]):
        assert not len(said(register(*dates, received="2025-06-10"), "date_maybe_swapped"))


@pytest.mark.parametrize(
    "dates",
    [
        ["2025-03-06", "13/05/2025", "2025-05-02"],
        ["2025-03-06", "2025-05-13", "2025-05-02", "2025-01-04", "2025-02-03", "13/05/2025", "30/05/2025"],
        ["2025-03-06", "2025-02-05", "2025-01-04", "2025-04-02"],
        ["2025-03-06", "2025-02-05", "2025-01-04", "2025-04-02", "13/05/2025", "02/05/2025"],
    ],
)
def test_dates_of_two_kinds_that_are_not_swapped(dates):
    """Nothing is said."""
    assert not register(*dates, received="2025-06-05").problems["severity"].eq("warning").any()


def test_one_date_after_the_receipt_among_true_ones():
    """A day above 12 shows that nothing was swapped: only that one is said."""
    upload = register("2025-03-06", "2025-05-13", "2025-12-05", received="2025-06-05")
    assert upload.problems.loc[upload.problems["severity"] == "warning", "code"].tolist() == ["date_after_receipt"]
