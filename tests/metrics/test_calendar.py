"""Working days: Monday to Friday without national holidays and without cuti bersama."""

import datetime as dt
import importlib.util
from pathlib import Path

import numpy as np
import oracle
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import halal_metrics as hm
from halal_metrics.calendar import pinned

DATA = Path(__file__).parents[2] / "data"
HOLIDAYS = oracle.pinned_holidays()
any_day = st.dates(dt.date(2024, 1, 1), dt.date(2027, 12, 31))
near = st.integers(-40, 40).map(dt.timedelta)


def test_the_hundred_days():
    """59 working days from 20 February to 31 May 2025; the literal 100th would have been 31 July."""
    assert pinned().working_days("2025-02-20", "2025-05-31") == 59
    assert pinned().working_days("2025-02-20", "2025-07-30") == 99
    assert pinned().working_days("2025-02-20", "2025-07-31") == 100


def test_the_deadline_seen_from_the_meeting():
    """On Wednesday 4 June the deadline of Saturday 31 May is three working days past: Monday to Wednesday."""
    assert pinned().working_days_after("2025-06-04", "2025-05-31") == -3
    assert pinned().working_days_after("2025-05-31", "2025-06-04") == 3


@given(any_day, near)
def test_both_ends_counted_day_by_day(first, length):
    """As one would with a finger on the wall calendar; none where the end lies before the start."""
    last = first + length
    assert pinned().working_days(first, last) == oracle.working_days(first, last, HOLIDAYS)


@given(any_day, near)
def test_days_left_day_by_day(day, length):
    """The day itself is not left any more, the target still is; past the target the days since, negative."""
    target = day + length
    assert pinned().working_days_after(day, target) == oracle.working_days_left(day, target, HOLIDAYS)


@given(st.lists(st.tuples(any_day, near), max_size=20), st.sets(any_day, max_size=20))
def test_arrays_and_days_off_of_ones_own(pairs, days_off):
    """Many at once, and with any holidays, weekends among them."""
    days_off = frozenset(days_off)
    calendar = hm.Calendar(days_off)
    firsts = np.array([first for first, _ in pairs], "datetime64[us]")
    lasts = np.array([first + length for first, length in pairs], "datetime64[us]")
    assert calendar.working_days(firsts, lasts).tolist() == [
        oracle.working_days(first, first + length, days_off) for first, length in pairs
    ]
    assert calendar.working_days_after(firsts, lasts).tolist() == [
        oracle.working_days_left(first, first + length, days_off) for first, length in pairs
    ]


def test_the_pinned_file_is_what_the_script_writes_for_2025():
    """The file may be edited for years to come; what was figured for 2025 stays."""
    spec = importlib.util.spec_from_file_location("pin_holidays", DATA / "pin_holidays.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    table = pd.read_csv(DATA / "holidays.csv", dtype="str")
    written = script.pinned(years=[2025]).astype("str")
    pinned_2025 = table[table["date"].str.startswith("2025")].reset_index(drop=True)
    pd.testing.assert_frame_equal(pinned_2025, written)


def test_the_pinned_file_is_in_order():
    """Dates ascend, each once, each named and of a known kind."""
    table = pd.read_csv(DATA / "holidays.csv", dtype="str")
    assert table.columns.tolist() == ["date", "name", "category"]
    assert pd.to_datetime(table["date"], format="%Y-%m-%d").is_monotonic_increasing
    assert table["date"].is_unique
    assert table.notna().all(axis=None)
    assert set(table["category"]) == {"national_holiday", "collective_leave"}
    assert {2024, 2025, 2026, 2027} <= set(pd.to_datetime(table["date"]).dt.year)


@pytest.mark.parametrize("kind", [list, set, pd.Series, pd.DatetimeIndex, np.array], ids=lambda kind: kind.__name__)
def test_days_off_in_any_container(kind):
    """A list, a set, a column: the same calendar."""
    day = pd.Timestamp("2025-05-28")
    assert hm.Calendar(kind([day])).working_days("2025-05-26", "2025-05-30") == 4
