"""`progress_curve`: the S-curve, plan and reality day by day."""

import datetime as dt

import oracle
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from programmes import BYS, FIRST, LAST, assert_same, few, programmes, rows

import halal_metrics as hm

HOLIDAYS = oracle.pinned_holidays()


@given(programmes(), st.dates(FIRST - dt.timedelta(10), LAST), st.integers(-2, 20))
def test_equals_the_oracle(programme, start, length):
    """All columns of all groups and days, by each grouping; the first day holds all that came before."""
    until = start + dt.timedelta(length)
    for by in BYS:
        expected = oracle.progress_curve(programme.quotas, programme.flows, by, start, until, HOLIDAYS)
        curve = hm.progress_curve(*programme.frames, by=by, start=start, until=until)
        assert_same(curve, expected, (*by, "date"))


@few
@given(programmes())
def test_says_what_the_other_metrics_say(programme):
    """On any day the curve is that day's plan, used and issued: one number everywhere."""
    by = ("kab_kota",)
    curve = hm.progress_curve(*programme.frames, by=by, start=programme.start, until=programme.start)
    gaps = hm.deadline_gaps(*programme.frames, by=by, as_of=programme.start, start=programme.start)
    used = hm.absorption(*programme.frames, by=by, as_of=programme.start)
    assert curve["planned"].tolist() == pytest.approx(gaps["planned"].tolist())
    assert curve["submitted"].tolist() == used["used"].tolist()
    assert curve["issued"].tolist() == used["issued"].tolist()


@few
@given(programmes())
def test_days_ascend_within_each_group(programme):
    """One row a day, in order."""
    until = programme.start + dt.timedelta(5)
    curve = hm.progress_curve(*programme.frames, by=("lp3h",), start=programme.start, until=until)
    days = [programme.start + dt.timedelta(n) for n in range(6)]
    assert curve["date"].dt.date.tolist() == days * (len(curve) // 6)


def test_public_record_of_4_june_2025(public_record):
    """All 1.000 planned by 31 May; 320 used and 58 issued four days later."""
    quotas, progress, day = public_record
    curve = rows(hm.progress_curve(quotas, progress, by=(), start="2025-02-20", until=day), ["date"])
    assert len(curve) == 105
    first, last = curve[(dt.date(2025, 2, 20),)], curve[(day,)]
    assert first["planned"] == pytest.approx(1000 / 59)
    assert (last["planned"], last["submitted"], last["issued"]) == (1000, 320, 58)
    assert curve[(dt.date(2025, 5, 31),)]["planned"] == 1000


def test_weekends_and_holidays_plan_nothing_further():
    """Thursday 29 May 2025 (Kenaikan Yesus Kristus) to Sunday 1 June: a level line."""
    quotas = pd.DataFrame({"quota": [59], "target_date": pd.to_datetime(["2025-05-31"])})
    curve = hm.progress_curve(quotas, hm.progress(), by=(), start="2025-02-20", until="2025-06-01")
    assert curve["planned"].iloc[-5:].tolist() == pytest.approx([59] * 5)
    assert curve["planned"].iloc[-6] == pytest.approx(58)
