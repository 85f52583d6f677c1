"""Numbers and dates as the office writes them."""

from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from halal_ui.words import formats
from halal_ui.words.formats import (
    fmt_count,
    fmt_date,
    fmt_date_digits,
    fmt_day_month,
    fmt_month,
    fmt_number,
    fmt_points,
    fmt_rate,
    fmt_signed,
)

NUMBERS = (fmt_count, fmt_number, fmt_rate, fmt_signed, fmt_points)
DATES = (fmt_date, fmt_day_month, fmt_month, fmt_date_digits)


@pytest.mark.parametrize("write", NUMBERS + DATES)
@pytest.mark.parametrize("missing", [None, float("nan"), np.nan, pd.NA, pd.NaT, np.datetime64("NaT")])
def test_what_is_missing_is_a_dash(write, missing):
    """Every kind of missing value reads "–", never "nan" or "NaT"."""
    assert write(missing) == "–"


@pytest.mark.parametrize("write", NUMBERS)
@pytest.mark.parametrize("endless", [float("inf"), -np.inf])
def test_a_division_by_zero_is_a_dash(write, endless):
    """Infinity is nothing anybody can act on."""
    assert write(endless) == "–"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (fmt_count(1000), "1.000"),
        (fmt_count(np.int64(-1234567)), "−1.234.567"),
        (fmt_count(pd.array([58], "Int64")[0]), "58"),
        (fmt_count(12.5), "13"),
        (fmt_count(10**24 + 1), "1.000.000.000.000.000.000.000.001"),
        (fmt_number(24.5), "24,5"),
        (fmt_number(np.float32(0.1)), "0,1"),
        (fmt_number(1234, digits=2), "1.234,00"),
        (fmt_rate(0.32), "32,0%"),
        (fmt_rate(58 / 320), "18,1%"),
        (fmt_rate(1.5, digits=0), "150%"),
        (fmt_signed(12), "+12"),
        (fmt_signed(-12.4), "−12"),
        (fmt_signed(Decimal("0.5"), digits=1), "+0,5"),
        (fmt_points(-0.123), "−12,3 poin"),
        (fmt_points(0.04), "+4,0 poin"),
    ],
)
def test_numbers_have_indonesian_separators(text, written):
    """A dot between thousands, a comma before decimals, a true minus; whatever kind of number it is."""
    assert text == written


@pytest.mark.parametrize("write", NUMBERS)
@pytest.mark.parametrize("value", [0, 0.0, -0.0, -0.0001])
def test_nothing_has_no_sign(write, value):
    """What rounds to zero is zero: neither "−0" nor "+0"."""
    assert write(value)[0] == "0"


@pytest.mark.parametrize(("value", "written"), [(0.145, "14,5%"), (0.3225, "32,3%"), (0.0005, "0,1%")])
def test_halves_are_rounded_as_in_a_spreadsheet(value, written):
    """The number on screen is the number in the workbook, which rounds halves away from zero."""
    assert fmt_rate(value) == written


@pytest.mark.parametrize("value", [1e300, -1e300, 5e-324])
def test_no_number_is_too_large_or_too_small(value):
    """Absurd values of a damaged sheet are written out and do not fail."""
    assert all(write(value) for write in NUMBERS)


@pytest.mark.parametrize(
    "value",
    [
        "2025-05-31",
        date(2025, 5, 31),
        pd.Timestamp("2025-05-31 14:30").to_pydatetime(),
        pd.Timestamp("2025-05-31").as_unit("us"),
        np.datetime64("2025-05-31"),
    ],
)
def test_dates_are_written_in_indonesian(value):
    """Whatever kind of date it is, and whatever the language of the computer."""
    assert [write(value) for write in DATES] == ["31 Mei 2025", "31 Mei", "Mei 2025", "31/05/2025"]


def test_a_date_beyond_the_year_9999_is_written():
    """A pace of next to nothing ends in a year that Python's own dates do not have."""
    far = np.datetime64("12025-08-01", "us")
    assert fmt_date(far) == "1 Agustus 12025"
    assert fmt_date_digits(far) == "01/08/12025"


def test_months_and_days_are_complete():
    """Twelve months and seven days, the week from Sunday on as plotly counts it."""
    assert len(formats.MONTHS) == len(formats.SHORT_MONTHS) == 12
    assert [month[:3] for month in formats.MONTHS if month != "Agustus"] == [
        month for month in formats.SHORT_MONTHS if month != "Agu"
    ]
    assert (formats.DAYS[0], formats.SHORT_DAYS[6], len(formats.DAYS)) == ("Minggu", "Sab", 7)
