"""`event_effects`: what an event cost or brought, and whether that is more than chance."""

import datetime as dt
from statistics import mean, variance

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracle import DAY, STAGES, groups, pinned_holidays, working_days
from programmes import BYS, PROGRESS, clothes, dressed, few, frame, institutions, places, rows, rows_of
from scipy import stats

import halal_metrics as hm
from halal_metrics.event_effects import _range

EVENTS = {"text": "str", "date": "datetime64[us]", "until_date": "datetime64[us]"}
EFFECTS = {
    "event": "str",
    **dict.fromkeys(("start_date", "end_date"), "datetime64[us]"),
    **dict.fromkeys(("working_days", "done"), "int64"),
    "expected": "float64",
    **dict.fromkeys(("low", "high"), "Int64"),
    "difference": "float64",
    "clear": "boolean",
}
HOLIDAYS = pinned_holidays()
AS_OF = dt.date(2025, 6, 20)

spring = st.dates(dt.date(2025, 4, 1), dt.date(2025, 6, 25))
counted = st.lists(
    rows_of(
        date=spring,
        kab_kota=places,
        lp3h=institutions,
        stage=st.sampled_from(["submitted", "submitted", "issued"]),
        count=st.integers(-2, 12),
    ),
    max_size=40,
)
events = st.lists(
    rows_of(text=st.sampled_from("abcdefgh"), date=st.none() | spring, until_date=st.none() | spring),
    max_size=4,
    unique_by=lambda row: row["text"],
)


def effects(flows, noted, by, stage, as_of):
    """One event and group at a time, from the sentences of the contract."""
    spans = {
        row["text"]: (row["date"], max(row["date"], row["until_date"] or row["date"])) for row in noted if row["date"]
    }
    answer = {}
    for key, (found,) in groups(by, flows).items():
        for name, (start, end) in spans.items():
            if end > as_of:
                continue
            total = sum(r["count"] for r in found if r["stage"] == stage and start <= r["date"] <= end)
            row = {
                "start_date": start,
                "end_date": end,
                "working_days": working_days(start, end, HOLIDAYS),
                "done": total,
                **dict.fromkeys(("expected", "low", "high", "difference", "clear")),
            }
            answer[*key, name] = row
            begin = min((r["date"] for r in flows), default=start)
            before, day = [], start - DAY
            while day >= begin and len(before) < 20:
                before += [day] if working_days(day, day, HOLIDAYS) else []
                day -= DAY
            others = [span for other, span in spans.items() if other != name]
            kept = [day for day in before if not any(a <= day <= b for a, b in others)]
            if len(kept) < 10:
                continue
            sums = dict.fromkeys(sorted(kept), 0)
            for r in found:
                out = any(a <= r["date"] <= b for a, b in others)
                # from the first day of the whole programme on, where that lies on a weekend within the 20
                first = before[-1] if len(before) == 20 else begin
                if r["stage"] == stage and first <= r["date"] < start and not out:
                    sums[max((day for day in sums if day <= r["date"]), default=min(sums))] += r["count"]
            latest = list(sums.values())[::-1]
            weeks = [sum(latest[at : at + 5]) for at in range(0, len(latest) - 4, 5)]
            rate = mean(latest)
            row["expected"] = rate * row["working_days"]
            row["low"], row["high"] = chance(row["expected"], mean(weeks), variance(weeks))
            row["difference"] = row["done"] - row["expected"]
            row["clear"] = not row["low"] <= row["done"] <= row["high"]
    return answer


def chance(expected, middle, spread):
    if expected <= 0:
        return 0, 0
    above = spread / middle if middle > 0 else 1
    if above <= 1 + 1e-9:
        return tuple(int(stats.poisson.ppf(part, expected)) for part in (0.1, 0.9))
    return tuple(int(stats.nbinom.ppf(part, expected / (above - 1), 1 / above)) for part in (0.1, 0.9))


@given(counted, events, st.sampled_from(BYS), st.sampled_from(["submitted", "issued"]))
def test_equals_the_oracle(flows, noted, by, stage):
    """Done, expected, range and whether it is clear, of every group and event that has ended."""
    table = hm.event_effects(frame(flows, PROGRESS), frame(noted, EVENTS), as_of=AS_OF, stage=stage, by=by)
    assert dict(table.dtypes.astype(str)) == dict.fromkeys(by, "str") | EFFECTS
    found, expected = rows(table, [*by, "event"]), effects(flows, noted, by, stage, AS_OF)
    assert set(found) == set(expected)
    for key, row in expected.items():
        for name in ("expected", "difference"):
            row[name] = None if row[name] is None else pytest.approx(row[name], abs=1e-9)
        assert found[key] == row


@pytest.mark.parametrize("mean_of", [0.01, 0.4, 1, 7.5, 60, 900, 40_000])
@pytest.mark.parametrize("above", [1, 1.0001, 1.5, 4, 60])
def test_ranges_equal_scipy(mean_of, above):
    """The smallest numbers that 10% and 90% do not exceed, of tiny and of large means."""
    assert _range(mean_of, above) == chance(mean_of, 1, above)


def test_counts_of_whole_weeks():
    """Twenty working days of 3, then an outage of a week with 1: ten or more fewer than chance would have it."""
    days = pd.bdate_range("2025-05-05", "2025-06-06")
    progress = pd.DataFrame({"date": days, "stage": "submitted", "count": [3] * 20 + [1, 0, 0, 0, 0]})
    noted = pd.DataFrame({"event": ["Gangguan"], "start_date": [days[20]], "end_date": [days[-1]]})
    row = hm.event_effects(progress, noted, as_of="2025-06-09", calendar=[]).iloc[0]
    assert row[["working_days", "done", "expected", "difference"]].tolist() == [5, 1, 15, -14]
    assert (row["low"], row["high"]) == (10, 20)  # Poisson, as nothing varies more than that
    assert row["clear"]
    assert hm.event_effects(progress, noted, as_of="2025-06-05", calendar=[]).empty  # it goes on


def test_weeks_that_differ_make_the_range_wide():
    """Weeks of 0 and of 30: a week with 2 is not clearly less."""
    days = pd.bdate_range("2025-05-05", "2025-06-06")
    progress = pd.DataFrame({"date": days, "stage": "submitted", "count": ([0] * 5 + [6] * 5) * 2 + [1, 1, 0, 0, 0]})
    noted = pd.DataFrame({"event": ["Gangguan"], "start_date": [days[20]], "end_date": [days[-1]]})
    row = hm.event_effects(progress, noted, as_of="2025-06-09", calendar=[]).iloc[0]
    assert row["expected"] == 15
    assert row["low"] <= 2 <= 30 <= row["high"]
    assert not row["clear"]


def test_too_little_lies_before():
    """Nine working days say nothing; ten do. Days of other events are none."""
    days = pd.bdate_range("2025-05-05", periods=11)
    progress = pd.DataFrame({"date": days, "stage": "submitted", "count": 2})
    noted = pd.DataFrame({"text": ["b"], "date": [days[-1]], "until_date": [pd.NaT]})
    assert hm.event_effects(progress, noted, as_of=days[-1], calendar=[])["expected"].tolist() == [2.0]
    another = pd.concat([noted, pd.DataFrame({"text": ["a"], "date": [days[3]], "until_date": [pd.NaT]})])
    found = hm.event_effects(progress, another, as_of=days[-1], calendar=[])
    assert found["event"].tolist() == ["a", "b"]
    assert found[["expected", "low", "high", "difference", "clear"]].isna().all(axis=None)
    assert found["done"].tolist() == [2, 2]


def test_what_weekends_bring_counts():
    """A count on a Saturday is no working day of its own: it raises what a working day brings."""
    days = pd.bdate_range("2025-05-05", periods=20)
    saturdays = days[4::5] + pd.Timedelta(days=1)
    progress = pd.DataFrame({"date": [*days, *saturdays], "stage": "submitted", "count": [1] * 20 + [5] * 4})
    noted = pd.DataFrame({"event": ["Kampanye"], "start_date": [pd.Timestamp("2025-06-02")]})
    row = hm.event_effects(progress, noted, as_of="2025-06-09", calendar=[]).iloc[0]
    assert row["expected"] == 2


def test_an_unknown_stage_is_an_error():
    """It would count nothing, and every event would have cost all."""
    with pytest.raises(ValueError, match="stage="):
        hm.event_effects(frame([], PROGRESS), frame([], EVENTS), as_of=AS_OF, stage="draft")


@few
@given(counted, events, st.sampled_from(BYS), clothes, st.randoms(use_true_random=False))
def test_indifferent_to_order_and_dtypes(flows, noted, by, worn, random):
    """The same rows in the same order; the inputs are not changed."""
    before = hm.event_effects(frame(flows, PROGRESS), frame(noted, EVENTS), as_of=AS_OF, by=by)
    random.shuffle(flows)
    random.shuffle(noted)
    tables = dressed(frame(flows, PROGRESS), PROGRESS, worn), dressed(frame(noted, EVENTS), EVENTS, worn)
    copies = [table.copy(deep=True) for table in tables]
    pd.testing.assert_frame_equal(hm.event_effects(*tables, as_of=AS_OF, by=by), before)
    for table, copy in zip(tables, copies, strict=True):
        pd.testing.assert_frame_equal(table, copy)


@pytest.mark.parametrize("by", BYS)
def test_nothing_in_is_an_empty_typed_frame_out(by):
    """No event, or no group that one could have touched."""
    some = pd.DataFrame({"date": pd.to_datetime(["2025-05-05"]), "stage": ["submitted"], "count": [1]})
    for progress in (frame([], PROGRESS), some):
        table = hm.event_effects(progress, frame([], EVENTS), as_of=AS_OF, by=by)
        assert table.empty
        assert dict(table.dtypes.astype(str)) == dict.fromkeys(by, "str") | EFFECTS
    noted = pd.DataFrame({"text": ["a"], "date": pd.to_datetime(["2025-05-05"]), "until_date": [pd.NaT]})
    assert len(hm.event_effects(frame([], PROGRESS), noted, as_of=AS_OF, by=by)) == (0 if by else 1)


def test_stages_are_those_of_the_contract():
    """Each can be asked for."""
    days = pd.bdate_range("2025-05-05", periods=12)
    noted = pd.DataFrame({"text": ["b"], "date": [days[-1]], "until_date": [pd.NaT]})
    for stage in STAGES:
        progress = pd.DataFrame({"date": days, "stage": stage, "count": np.arange(12)})
        assert hm.event_effects(progress, noted, as_of=days[-1], stage=stage, calendar=[])["done"].tolist() == [11]
