"""What the pages add to the contract: movement, backlog, pendamping at work, who holds the gap."""

import datetime as dt
from itertools import accumulate
from math import sqrt

import oracle
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from programmes import (
    AFTER,
    APPLICATIONS,
    BEFORE,
    BYS,
    COUNT,
    DATE,
    PROGRESS,
    TEXT,
    applications,
    assert_same,
    days,
    few,
    flows,
    frame,
    institutions,
    maybe_days,
    places,
    programmes,
    registers,
    rows,
    rows_of,
)

import halal_metrics as hm

ACTIVITY = {"date": DATE, "kab_kota": TEXT, "lp3h": TEXT, "p3h": TEXT, "submitted": COUNT}
STATEMENTS = {"registration_number": TEXT, "reg_id": TEXT, **APPLICATIONS}
ACTORS = {
    "submitted": "lp3h",
    "verified": "bpjph",
    "fatwa": "komite_fatwa",
    "decided": "bpjph",
    "returned": "business",
}


# ---- movement


def movement(progress, by, as_of, days=28):
    window = dt.timedelta(days)
    answer = {}
    for key, (found,) in oracle.groups(by, progress).items():
        row = {}
        for name, stage in (("used", "submitted"), ("issued", "issued")):
            row[name] = oracle.total(found, stage, as_of, after=as_of - window)
            row[f"{name}_before"] = oracle.total(found, stage, as_of - window, after=as_of - 2 * window)
        for name in ("used", "issued"):
            now, before = row[name], row[f"{name}_before"]
            noise = 2 * sqrt(abs(now) + abs(before))
            row[f"{name}_trend"] = 0 if abs(now - before) <= noise else 1 if now > before else -1
        order = ["used", "issued", "used_before", "issued_before", "used_trend", "issued_trend"]
        answer[key] = {name: row[name] for name in order}
    return answer


@given(programmes(), st.sampled_from([7, 28]))
def test_movement_equals_the_oracle(programme, window):
    """Two windows side by side, and a trend only where the difference is more than noise."""
    progress = programme.frames[1]
    for by in BYS:
        found = hm.trend(progress, by=by, as_of=programme.as_of, days=window)
        assert_same(found, movement(programme.flows, by, programme.as_of, window), by)


@pytest.mark.parametrize(("now", "before", "trend"), [(10, 0, 1), (4, 0, 0), (12, 4, 0), (13, 4, 1), (0, 5, -1)])
def test_movement_is_real_only_beyond_noise(now, before, trend):
    """12 after 4 differ by exactly 2·√16: not yet a change."""
    progress = pd.DataFrame(
        {
            "date": pd.to_datetime(["2025-05-28", "2025-04-30"]),
            "lp3h": "PWI Kaltim",
            "stage": "submitted",
            "count": [now, before],
        }
    )
    assert hm.trend(progress, by=("lp3h",), as_of="2025-05-28")["used_trend"].tolist() == [trend]


# ---- activity


def activity(applied):
    counted = {}
    for row in applied:
        if row["submitted_date"] is not None and row["status"] != "draft":
            key = row["submitted_date"], row["kab_kota"], row["lp3h"], row["p3h"]
            counted[key] = counted.get(key, 0) + 1
    return counted


def active_p3h(done, by, as_of, days=30):
    answer = {}
    for key, (found,) in oracle.groups(by, done).items():
        past = [row for row in found if row["date"] <= as_of]
        recent = [row for row in past if row["date"] > as_of - dt.timedelta(days)]
        named = [row for row in recent if row["p3h"] is not None]
        active = len({(row["lp3h"], row["p3h"]) for row in named})
        last = max((row["date"] for row in past), default=None)
        answer[key] = {
            "active_p3h": active,
            "submitted": sum(row["submitted"] for row in recent),
            "submitted_per_p3h": oracle.over(sum(row["submitted"] for row in named), active),
            "last_submitted_date": last,
            "quiet_days": None if last is None else (as_of - last).days,
        }
    return answer


@given(applications)
def test_activity_equals_the_oracle(applied):
    """Submissions per day, place, institution and pendamping; drafts and undated ones are none."""
    table = hm.activity(frame(applied, APPLICATIONS))
    assert dict(table.dtypes.astype(str)) == ACTIVITY
    found = {key: row["submitted"] for key, row in rows(table, list(ACTIVITY)[:-1]).items()}
    assert found == activity(applied)


@given(registers(maybe_days), days | st.sampled_from([BEFORE, AFTER]), st.sampled_from(BYS))
def test_active_p3h_equals_the_oracle(applied, as_of, by):
    """Who submitted in the last 30 days, how much each, and for how long nobody has."""
    done = hm.activity(frame(applied, APPLICATIONS))
    counted = [dict(zip(ACTIVITY, (*key, count), strict=True)) for key, count in activity(applied).items()]
    assert_same(hm.active_p3h(done, by=by, as_of=as_of), active_p3h(counted, by, as_of), by)


# ---- returned and backlog

statements = st.lists(
    rows_of(
        registration_number=st.sampled_from([None, "SH2025-1-990001", "SH2025-1-990002"]),
        reg_id=st.sampled_from([None, "3501"]),
        kab_kota=places,
        lp3h=institutions,
        p3h=st.none(),
        status=st.sampled_from(["returned", "verified", "cancelled"]),
        **dict.fromkeys(oracle.APPLICATION_DATES, maybe_days) | {"statement_date": days},
    ),
    max_size=8,
    unique_by=lambda row: (row["registration_number"] or row["reg_id"] or id(row), row["statement_date"]),
)


def returned(stated):
    answer = {}

    def add(date, row, stage, count):
        key = date, row["kab_kota"], row["lp3h"], stage
        answer[key] = answer.get(key, 0) + count

    for place, row in enumerate(stated):
        since = row["statement_date"]
        if row["status"] != "returned" or since is None:
            continue
        stands = oracle.reached(row)[-1]
        add(since, row, stands, 1)
        name = row["registration_number"] or row["reg_id"]
        following = [
            other
            for number, other in enumerate(stated)
            if name and number != place and (other["registration_number"] or other["reg_id"]) == name
            if other["statement_date"] is None or other["statement_date"] > since
        ]
        if not following:
            continue
        following = min(following, key=lambda other: other["statement_date"] or dt.date.max)
        beyond = oracle.STAGES[oracle.STAGES.index(stands) + 1 :]
        ends = [following[name] for name in [*(f"{stage}_date" for stage in beyond), "exit_date"]]
        ends = [date for date in ends if date is not None and date > since]
        if following["statement_date"] is not None:
            ends.append(following["statement_date"])
        if ends:
            add(min(ends), row, stands, -1)
    return {key: count for key, count in answer.items() if count}


@given(statements)
def test_returned_equals_the_oracle(stated):
    """With the business from the statement that says so until the next, or until it moved on or left."""
    table = hm.returned(frame(stated, STATEMENTS))
    assert dict(table.dtypes.astype(str)) == PROGRESS
    found = {key: row["count"] for key, row in rows(table, list(PROGRESS)[:-1]).items()}
    assert found == returned(stated)


def backlog(progress, returned, by, as_of):
    answer = {}
    for key, (found, away) in oracle.groups(by, progress, returned).items():
        at = {stage: oracle.total(found, stage, as_of) for stage in oracle.STAGES}
        absent = {stage: oracle.total(away, stage, as_of) for stage in oracle.STAGES}
        for stage, following in zip(oracle.STAGES, oracle.STAGES[1:], strict=False):
            waiting = at[stage] - at[following] - absent[stage]
            answer[*key, stage] = {"actor": ACTORS[stage], "waiting": waiting}
        absent = sum(absent[stage] for stage in oracle.STAGES[:-1])
        answer[*key, "returned"] = {"actor": "business", "waiting": absent}
    return answer


@given(programmes(), flows, st.sampled_from(BYS))
def test_backlog_equals_the_oracle(programme, away, by):
    """Who waits at each step without those with the business, and whose step it is."""
    progress, returned = programme.frames[1], frame(away, PROGRESS)
    expected = backlog(programme.flows, away, by, programme.as_of)
    found = hm.backlog(progress, returned, by=by, as_of=programme.as_of)
    assert_same(found, expected, (*by, "stage"))


@few
@given(programmes(), flows)
def test_backlog_sums_to_what_is_used_and_not_issued(programme, away):
    """Each waiting application is in one line and no other."""
    quotas, progress = programme.frames
    waiting = hm.backlog(progress, frame(away, PROGRESS), by=(), as_of=programme.as_of)["waiting"].sum()
    whole = hm.absorption(quotas, progress, by=(), as_of=programme.as_of)
    assert waiting == (whole["used"] - whole["issued"]).iloc[0]


# ---- who holds the gap, who starts and who finishes


@given(programmes(), st.sampled_from(BYS))
def test_shortfall_equals_the_oracle(programme, by):
    """Largest first; a lead mends no other's lag; the cumulative share ends at one."""
    gaps = hm.deadline_gaps(*programme.frames, by=by, as_of=programme.as_of, start=programme.start)
    before = gaps.copy(deep=True)
    table = hm.shortfall(gaps)
    pd.testing.assert_frame_equal(gaps, before)
    lacking = {key: max(0, -row["gap"]) for key, row in rows(gaps, by).items()}
    assert {key: row["shortfall"] for key, row in rows(table, by).items()} == pytest.approx(lacking)
    assert list(table.columns) == [*by, "shortfall", "share", "cumulative_share"]
    assert table["shortfall"].tolist() == sorted(table["shortfall"], reverse=True)
    whole = sum(lacking.values())
    if whole:
        share = [part / whole for part in table["shortfall"]]
        assert table["share"].tolist() == pytest.approx(share)
        assert table["cumulative_share"].tolist() == pytest.approx(list(accumulate(share)))
    else:
        assert table[["share", "cumulative_share"]].isna().all(axis=None)


@given(programmes(), st.sampled_from(BYS))
def test_start_finish_equals_the_oracle(programme, by):
    """Many or few against the whole table; missing where there is no rate."""
    table = hm.absorption(*programme.frames, by=by, as_of=programme.as_of)
    before = table.copy(deep=True)
    found = hm.start_finish(table)
    pd.testing.assert_frame_equal(table, before)
    assert list(found.columns) == [*table.columns, "start", "finish"]
    quota, used, issued = (int(table[name].sum()) for name in ("quota", "used", "issued"))
    whole = {"start": oracle.over(used, quota), "finish": oracle.over(issued, used)}
    for row in rows(found, by).values():
        rates = {
            "start": oracle.over(row["used"], row["quota"]),
            "finish": oracle.over(row["issued"], row["used"]),
        }
        for name, rate in rates.items():
            if rate is None:
                assert row[name] is None
            elif whole[name] is not None:
                assert row[name] == ("many" if rate >= whole[name] else "few")


def test_nothing_in_is_nothing_out():
    """Empty frames go through all of it, typed."""
    nothing = frame([], PROGRESS)
    assert len(hm.trend(nothing, by=("lp3h",), as_of="2025-06-04")) == 0
    assert hm.trend(nothing, by=(), as_of="2025-06-04").squeeze().tolist() == [0] * 6
    assert dict(hm.activity(frame([], APPLICATIONS)).dtypes.astype(str)) == ACTIVITY
    assert len(hm.active_p3h(frame([], ACTIVITY), by=("lp3h",), as_of="2025-06-04")) == 0
    assert hm.active_p3h(frame([], ACTIVITY), by=(), as_of="2025-06-04")["active_p3h"].tolist() == [0]
    assert dict(hm.returned(frame([], STATEMENTS)).dtypes.astype(str)) == PROGRESS
    assert len(hm.backlog(nothing, nothing, by=("lp3h",), as_of="2025-06-04")) == 0
    assert hm.backlog(nothing, nothing, by=(), as_of="2025-06-04")["waiting"].tolist() == [0] * 5
    gaps = hm.deadline_gaps(
        pd.DataFrame({"lp3h": [], "quota": []}), nothing, by=("lp3h",), as_of="2025-06-04", start="2025-05-01"
    )
    assert len(hm.shortfall(gaps)) == 0
    assert (
        len(hm.start_finish(hm.absorption(pd.DataFrame({"quota": []}), nothing, by=("lp3h",), as_of="2025-06-04"))) == 0
    )
