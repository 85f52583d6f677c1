"""`deadline_gaps`: who is behind plan, by how much, and when it ends at this pace."""

import datetime as dt

import oracle
import pandas as pd
import pytest
from hypothesis import given
from programmes import BYS, FIRST, LAST, assert_same, few, programmes, rows

import halal_metrics as hm

HOLIDAYS = oracle.pinned_holidays()


@given(programmes())
def test_equals_the_oracle(programme):
    """All columns of all groups, by each grouping, before, within and after the programme."""
    as_of, start = programme.as_of, programme.start
    for by in BYS:
        expected = oracle.deadline_gaps(programme.quotas, programme.flows, by, as_of, start, holidays=HOLIDAYS)
        assert_same(hm.deadline_gaps(*programme.frames, by=by, as_of=as_of, start=start), expected, by)


@few
@given(programmes())
def test_issued_and_another_calendar(programme):
    """The same for certificates, and with days off of one's own."""
    days_off = frozenset([dt.date(2025, 5, 7), dt.date(2025, 5, 17), dt.date(2025, 6, 2)])
    by, as_of, start = ("kab_kota",), programme.as_of, programme.start
    expected = oracle.deadline_gaps(programme.quotas, programme.flows, by, as_of, start, "issued", days_off)
    gaps = hm.deadline_gaps(
        *programme.frames, by=by, as_of=as_of, start=start, measure="issued", calendar=hm.Calendar(days_off)
    )
    assert_same(gaps, expected, by)


def test_public_record_of_4_june_2025(public_record):
    """Four days (three of them worked) after 31 May 680 remain; all 1.000 were planned."""
    quotas, progress, day = public_record
    gaps = hm.deadline_gaps(quotas, progress, by=(), as_of=day, start="2025-02-20")
    (row,) = rows(gaps, []).values()
    assert (row["quota"], row["done"], row["remaining"]) == (1000, 320, 680)
    assert (row["target_date"], row["days_left"], row["working_days_left"]) == (dt.date(2025, 5, 31), -4, -3)
    assert (row["planned"], row["gap"], row["gap_rate"]) == (1000, -680, -0.68)
    assert row["required_per_week"] is None
    assert row["status"] == "late"


def one(quota, done, as_of, target="2025-05-31", start="2025-05-01", **of):
    """The row of one allocation of which `done` were submitted on the first of May."""
    quotas = pd.DataFrame({"quota": [quota], "target_date": pd.to_datetime([target])})
    progress = pd.DataFrame(
        {
            "date": pd.to_datetime(["2025-05-01"]),
            "kab_kota": "Kota Bontang",
            "stage": "submitted",
            "count": done,
        }
    )
    return next(iter(rows(hm.deadline_gaps(quotas, progress, by=(), as_of=as_of, start=start, **of), []).values()))


@pytest.mark.parametrize(
    ("done", "status"),
    [
        (101, "done"),
        (100, "done"),
        (99, "on_track"),
        (91, "on_track"),
        (90, "watch"),
        (76, "watch"),
        (75, "behind"),
        (51, "behind"),
        (50, "critical"),
        (0, "critical"),
    ],
)
def test_status_by_share_of_the_plan(done, status):
    """On the last day all is planned: at least 91, 76 and 51 of 100, the cut-offs of Permendagri 86/2017."""
    assert one(100, done, "2025-05-31")["status"] == status


def test_before_the_start_nothing_is_planned():
    """So whoever has done nothing yet is on track."""
    row = one(100, 0, "2025-05-04", start="2025-05-05")
    assert (row["planned"], row["gap"], row["status"]) == (0, 0, "on_track")


def test_a_target_without_a_working_day_up_to_it():
    """Nothing is planned until that date and all from then: a Saturday, and a target before the start."""
    assert one(10, 0, "2025-05-16", start="2025-05-17", target="2025-05-18")["planned"] == 0
    assert one(10, 0, "2025-05-17", start="2025-05-17", target="2025-05-18")["planned"] == 0
    assert one(10, 0, "2025-05-18", start="2025-05-17", target="2025-05-18")["planned"] == 10
    assert one(10, 0, "2025-05-04", start="2025-05-20", target="2025-05-05")["planned"] == 0
    assert one(10, 0, "2025-05-05", start="2025-05-20", target="2025-05-05")["planned"] == 10


def test_an_allocation_without_a_target_plans_nothing():
    """It has no days left, but its quota still counts."""
    row = one(10, 4, "2025-05-20", target=None)
    assert (row["planned"], row["days_left"], row["working_days_left"]) == (0, None, None)
    assert (row["quota"], row["gap_rate"], row["target_date"], row["required_per_week"]) == (
        10,
        0.4,
        None,
        None,
    )
    assert row["status"] == "on_track"


def test_on_the_target_date_no_day_is_left_and_it_is_not_late():
    """Zero days left, none to divide by; late only from the day after."""
    row = one(10, 4, "2025-05-28", target="2025-05-28")
    assert (row["days_left"], row["working_days_left"], row["required_per_week"]) == (0, 0, None)
    assert row["status"] == "critical"
    assert one(10, 4, "2025-05-29", target="2025-05-28")["status"] == "late"
    assert one(10, 10, "2025-05-29", target="2025-05-28")["status"] == "done"


def test_pace_is_of_the_last_28_days():
    """The 28th day before as_of is out, the 27th is in."""
    assert one(100, 8, "2025-05-28")["pace_per_week"] == 2
    assert one(100, 8, "2025-05-29")["pace_per_week"] == 0
    assert one(100, 8, "2025-05-29")["projected_date"] is None


def test_projection_rounds_up_to_whole_days():
    """92 to go at 2 a week are 322 days; a remainder of a day is a day; not a float's error more."""
    assert one(100, 8, "2025-05-28")["projected_date"] == dt.date(2026, 4, 15)
    remaining = range(1, 2000)
    places = [f"{n:04}" for n in remaining]
    quotas = pd.DataFrame({"lp3h": places, "quota": [12 + n for n in remaining]})
    progress = pd.DataFrame({"date": pd.Timestamp("2025-05-01"), "lp3h": places, "stage": "submitted", "count": 12})
    gaps = hm.deadline_gaps(quotas, progress, by=("lp3h",), as_of="2025-05-28", start="2025-05-01")
    expected = [dt.date(2025, 5, 28) + dt.timedelta(-(-n * 28 // 12)) for n in remaining]
    assert gaps["projected_date"].dt.date.tolist() == expected


def test_a_share_of_exactly_91_percent_is_on_track_on_any_day():
    """Where 100 are planned a working day and 91 done, no rounding of the plan may make it less."""
    targets = [dt.date(2025, 5, 20) + dt.timedelta(n) for n in range(90)]
    whole = [oracle.working_days(FIRST, target, HOLIDAYS) for target in targets]
    places = [f"{n:02}" for n in range(90)]
    quotas = pd.DataFrame({"lp3h": places, "quota": [100 * n for n in whole], "target_date": pd.to_datetime(targets)})
    for day in pd.date_range("2025-05-02", "2025-05-20"):
        so_far = oracle.working_days(FIRST, day.date(), HOLIDAYS)
        progress = pd.DataFrame({"date": day, "lp3h": places, "stage": "submitted", "count": 91 * so_far})
        gaps = hm.deadline_gaps(quotas, progress, by=("lp3h",), as_of=day, start=FIRST)
        assert set(gaps["status"]) == {"on_track"}, day


def test_no_projection_without_pace_or_without_remainder():
    """Nor where more were taken back than came."""
    assert one(8, 8, "2025-05-20")["projected_date"] is None
    assert one(8, 9, "2025-05-20")["projected_date"] is None
    assert one(8, -3, "2025-05-20")["projected_date"] is None


def test_a_projection_beyond_all_calendars_raises_nothing():
    """One a month against fifty million: some far date or none, but an answer."""
    row = hm.deadline_gaps(
        pd.DataFrame({"quota": [50_000_000]}),
        hm.progress(pd.DataFrame({"submitted_date": pd.to_datetime(["2025-05-10"])})),
        by=(),
        as_of="2025-05-20",
        start="2025-05-01",
    )
    assert row["remaining"].tolist() == [49_999_999]


@few
@given(programmes())
def test_the_plan_of_the_whole_is_the_sum_of_the_plans(programme):
    """Every allocation is planned to its own date, so groups with different dates still add up."""
    by_place, whole = (
        hm.deadline_gaps(*programme.frames, by=by, as_of=programme.as_of, start=programme.start)
        for by in (("kab_kota", "lp3h"), ())
    )
    for column in ("quota", "done", "remaining", "planned", "gap", "pace_per_week"):
        assert by_place[column].sum() == pytest.approx(whole[column].iloc[0])
    assert FIRST <= programme.start <= LAST
