"""`durations` and `survival`: how long each step takes, unfinished files counted."""

import datetime as dt
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from lifelines.utils import qth_survival_times
from oracle import groups, pinned_holidays, working_days_left
from programmes import BYS, clothes, dressed, few, frame, institutions, places, plain, rows, rows_of

import halal_metrics as hm
from halal_metrics.backlog import ACTORS
from halal_metrics.schema import STAGES
from halal_metrics.spells import SPELLS

STEPS = STAGES[:-1]
DURATIONS = {
    "stage": "str",
    "actor": "str",
    **dict.fromkeys(("moved", "left", "waiting"), "int64"),
    **dict.fromkeys(("p50_days", "p50_low", "p50_high", "p80_days", "p90_days"), "Int64"),
}
SURVIVAL = {
    "stage": "str",
    **dict.fromkeys(("days", "at_risk", "moved", "left"), "int64"),
    "waiting_share": "float64",
}
HOLIDAYS = pinned_holidays()

near = st.dates(dt.date(2025, 5, 20), dt.date(2025, 6, 20))
stays = st.lists(
    rows_of(
        kab_kota=places,
        lp3h=institutions,
        stage=st.sampled_from(["submitted", "submitted", "fatwa", "issued"]),
        entered_date=near,
        until_date=near,
        outcome=st.sampled_from(["moved", "moved", "left", "returned", "waiting"]),
        count=st.integers(-1, 9),
    ),
    max_size=12,
)


def curve(found):
    """[(days, at_risk, moved, left, share)]: Kaplan and Meier's product, in fractions, stay by stay."""
    ends = [(max(0, working_days_left(row["entered_date"], row["until_date"], HOLIDAYS)), row) for row in found]
    share, answer = Fraction(1), []
    for day in sorted({day for day, row in ends if row["count"] > 0}):
        here = [row for end, row in ends if end == day]
        at_risk = sum(row["count"] for end, row in ends if end >= day and row["count"] > 0)
        moved, left = (sum(max(r["count"], 0) for r in here if r["outcome"] == word) for word in ("moved", "left"))
        share *= 1 - Fraction(moved, at_risk)
        answer.append((day, at_risk, moved, left, share))
    return answer


def day_of(found, part):
    """The first day by which that part has moved; with fewer than five moves none."""
    few_moved = sum(moved for _, _, moved, _, _ in found) < 5
    return next((day for day, *_, share in found if share <= 1 - Fraction(part) and not few_moved), None)


@given(stays, st.sampled_from(BYS))
def test_survival_equals_the_oracle(found, by):
    """Every day on which a stay ended, and which part is still there after it."""
    table = hm.survival(frame(found, SPELLS), by=by)
    assert dict(table.dtypes.astype(str)) == dict.fromkeys(by, "str") | SURVIVAL
    answer = rows(table, [*by, "stage", "days"])
    expected = {}
    for key, (some,) in groups(by, found).items():
        for stage in STEPS:
            for day, at_risk, moved, left, share in curve([row for row in some if row["stage"] == stage]):
                row = {"at_risk": at_risk, "moved": moved, "left": left, "waiting_share": share}
                expected[*key, stage, day] = row
    assert set(answer) == set(expected)
    for key, row in expected.items():
        share = row.pop("waiting_share")
        assert answer[key].pop("waiting_share") == pytest.approx(float(share), abs=1e-12)
        assert answer[key] == row


@given(stays, st.sampled_from(BYS))
def test_durations_equal_the_oracle(found, by):
    """Four rows a group; the first day by which a half, 80% and 90% have moved; all stays are counted."""
    table = hm.durations(frame(found, SPELLS), by=by)
    assert dict(table.dtypes.astype(str)) == dict.fromkeys(by, "str") | DURATIONS
    assert list(table["stage"]) == list(STEPS) * (len(table) // 4)
    answer = rows(table, [*by, "stage"])
    assert len(answer) == 4 * len(groups(by, found))
    for key, (some,) in groups(by, found).items():
        for stage in STEPS:
            here = [row for row in some if row["stage"] == stage and row["count"] > 0]
            row, expected = answer[*key, stage], curve(here)
            assert row["actor"] == ACTORS[stage]
            assert row["moved"] + row["left"] + row["waiting"] == sum(r["count"] for r in here)
            assert row["left"] == sum(r["count"] for r in here if r["outcome"] == "left")
            for name, part in (("p50_days", "0.5"), ("p80_days", "0.8"), ("p90_days", "0.9")):
                assert row[name] == day_of(expected, part), (key, stage, name)
            if row["p50_days"] is not None:
                assert row["p50_low"] <= row["p50_days"] <= (row["p50_high"] or row["p50_days"])


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.filterwarnings("ignore::Warning:lifelines")
def test_curves_quantiles_and_bands_equal_lifelines(seed):
    """The library that statisticians use, on random stays of several sizes and shares of unfinished ones."""
    random = np.random.default_rng(seed)
    size = int(random.integers(5, 120))
    until = np.busday_offset("2025-03-03", random.geometric(random.uniform(0.05, 0.5), size) - 1)
    moved = random.random(size) < random.uniform(0.3, 1)
    spells = pd.DataFrame(
        {
            "stage": "verified",
            "entered_date": pd.Timestamp("2025-03-03"),
            "until_date": until.astype("M8[us]"),
            "outcome": np.where(moved, "moved", random.choice(["left", "waiting", "returned"], size)),
            "count": random.integers(1, 4, size),
        }
    )
    days = np.busday_count("2025-03-03", until)
    fitted = KaplanMeierFitter(alpha=0.05).fit(days, moved, weights=spells["count"])
    found = hm.survival(spells, calendar=[])
    theirs = fitted.survival_function_at_times(found["days"]).to_numpy()
    np.testing.assert_allclose(found["waiting_share"], theirs, atol=1e-12)

    if spells.loc[moved, "count"].sum() < 5:
        return
    row = hm.durations(spells, calendar=[]).set_index("stage").loc["verified"]
    band = fitted.confidence_interval_
    curves = {
        "p50_days": (fitted.survival_function_, 0.5),
        "p50_low": (band.iloc[:, [0]], 0.5),
        "p50_high": (band.iloc[:, [1]], 0.5),
        "p80_days": (fitted.survival_function_, 0.2),
        "p90_days": (fitted.survival_function_, 0.1),
    }
    for name, (table, left) in curves.items():
        # a share that is the goal but for the last bit: theirs is then a matter of rounding
        nudged = table.where((table - left).abs() > 1e-9, left)
        theirs = float(np.asarray(qth_survival_times(left, nudged)).ravel()[0])
        assert plain(row[name]) == (None if np.isinf(theirs) else theirs), name


def test_a_published_curve():
    """Leukaemia under 6-mercaptopurine (Freireich 1963; Kalbfleisch and Prentice, table 1.2): S(6) = 0.857, … ."""
    moved = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    waiting = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    start = np.datetime64("2025-03-03")
    spells = pd.DataFrame(
        {
            "stage": "fatwa",
            "entered_date": start.astype("M8[us]"),
            "until_date": np.busday_offset(start, [*moved, *waiting]).astype("M8[us]"),
            "outcome": ["moved"] * len(moved) + ["waiting"] * len(waiting),
            "count": 1,
        }
    )
    found = hm.survival(spells, calendar=[])
    shares = found[found["moved"] > 0].set_index("days")["waiting_share"].round(3)
    assert shares.to_dict() == {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.69, 16: 0.627, 22: 0.538, 23: 0.448}
    row = hm.durations(spells, calendar=[]).iloc[2]
    # the median is 23 weeks, its 95% band begins at 13 and has no end (R, survfit with conf.type "log-log")
    assert row["p50_days"] == 23
    assert row["p50_low"] == 13
    assert pd.isna(row["p50_high"])


def stay(days, outcome="moved", count=1, **other):
    until = np.busday_offset("2025-03-03", days).astype("M8[us]")
    return {"stage": "submitted", "entered_date": pd.Timestamp("2025-03-03"), "until_date": until} | {
        "outcome": outcome, "count": count, **other,
    }  # fmt: skip


def first_row(*stays, **more):
    return hm.durations(pd.DataFrame(stays), **{"calendar": [], **more}).iloc[0]


def test_an_unfinished_file_is_no_quick_one():
    """Five moved within two days, five wait for ten: a half has moved after two, 80% has not been reached."""
    row = first_row(stay(2, count=5), stay(10, "waiting", count=5))
    assert row["p50_days"] == 2
    assert pd.isna(row["p80_days"])


def test_fewer_than_five_moves_say_nothing():
    """Four moves are four stories; five are a share."""
    assert first_row(stay(2, count=4))[["p50_days", "p90_days", "p50_low"]].isna().all()
    assert first_row(stay(2, count=5))[["p50_days", "p50_low", "p50_high", "p90_days"]].tolist() == [2, 2, 2, 2]


def test_a_stay_that_ends_before_it_begins_takes_no_day():
    """Dates out of order, or a weekend: 0 days."""
    row = stay(0, count=5) | {"entered_date": pd.Timestamp("2025-03-10")}
    assert first_row(row)["p50_days"] == 0
    weekend = {"entered_date": pd.Timestamp("2025-03-07"), "until_date": pd.Timestamp("2025-03-09")}
    assert first_row(stay(0, count=5) | weekend)["p50_days"] == 0


def test_only_working_days_count():
    """29 May and 30 May 2025 are days off: from Wednesday to the Tuesday after there are two."""
    dates = {"entered_date": pd.Timestamp("2025-05-28"), "until_date": pd.Timestamp("2025-06-03")}
    row = stay(0, count=5) | dates
    assert first_row(row, calendar=[])["p50_days"] == 4
    assert first_row(row, calendar=None)["p50_days"] == 2


def test_a_negative_count_is_no_stay():
    """It makes up for dates that contradict each other."""
    assert first_row(stay(3, count=5), stay(1, "waiting", count=-2))["waiting"] == 0


@few
@given(stays, st.sampled_from(BYS), clothes, st.randoms(use_true_random=False))
def test_indifferent_to_order_dtypes_and_parts(found, by, worn, random):
    """Shuffled, or counted one by one instead of together, or in other dtypes: the same rows in the same order."""
    single = [row | {"count": 1} for row in found for _ in range(row["count"])]
    random.shuffle(single)
    table = frame([row for row in found if row["count"] > 0], SPELLS)
    other = dressed(frame(single, SPELLS), SPELLS, worn).assign(p50_days=1)
    copy = other.copy(deep=True)
    for metric in (hm.durations, hm.survival):
        pd.testing.assert_frame_equal(metric(table, by=by), metric(other, by=by))
    pd.testing.assert_frame_equal(other, copy)


@pytest.mark.parametrize("by", BYS)
def test_nothing_in_is_an_empty_typed_frame_out(by):
    """Without spells one group of four steps for the whole, none for parts."""
    nothing = hm.spells(None, as_of="2025-06-04")
    table = hm.durations(nothing, by=by)
    assert dict(table.dtypes.astype(str)) == dict.fromkeys(by, "str") | DURATIONS
    assert len(table) == (0 if by else 4)
    assert not by or table.empty
    table = hm.survival(nothing, by=by)
    assert table.empty
    assert dict(table.dtypes.astype(str)) == dict.fromkeys(by, "str") | SURVIVAL
