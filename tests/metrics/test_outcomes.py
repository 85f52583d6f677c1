"""Programmes run forward: what holds of every forecast, date and plan, whatever the programme."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import halal_metrics as hm

AS_OF, UNTIL = "2025-06-04", "2025-10-31"
PLACES = ("Kabupaten Berau", "Kota Bontang", None)
LP3H = ("LP3H UINSI Samarinda", "PWI Kaltim", None)
PATHS = 60
STAGES = ("submitted", "verified", "fatwa", "decided", "issued")
DATES = [f"{stage}_date" for stage in STAGES]
COLUMNS = [*DATES, "kab_kota", "lp3h", "status", "exit_date", "statement_date"]

dates = st.dates(pd.Timestamp("2025-03-03").date(), pd.Timestamp("2025-06-03").date())


@st.composite
def applications(draw):
    rows = []
    for _ in range(draw(st.integers(0, 25))):
        days = sorted(draw(st.lists(dates, min_size=5, max_size=5)))
        reached = draw(st.integers(1, 5))
        left = draw(st.booleans()) and draw(st.booleans())
        row = {
            name: day if place < reached else None for place, (name, day) in enumerate(zip(DATES, days, strict=True))
        }
        status = "cancelled" if left else draw(st.sampled_from([STAGES[reached - 1], "returned"]))
        rows.append(
            row
            | {
                "kab_kota": draw(st.sampled_from(PLACES)),
                "lp3h": draw(st.sampled_from(LP3H)),
                "status": status,
                "exit_date": days[-1] if left else None,
                "statement_date": draw(st.sampled_from(["2025-06-04", "2025-05-16"])),
            }
        )
    frame = pd.DataFrame(rows, columns=COLUMNS)
    for name in frame:
        frame[name] = pd.to_datetime(frame[name]) if name.endswith("_date") else frame[name].astype("str")
    return frame


@st.composite
def quotas(draw):
    pairs = draw(
        st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(LP3H)), min_size=1, max_size=6, unique=True)
    )
    return pd.DataFrame(
        {
            "kab_kota": pd.array([place for place, _ in pairs], dtype="str"),
            "lp3h": pd.array([lp3h for _, lp3h in pairs], dtype="str"),
            "quota": [draw(st.integers(0, 30)) for _ in pairs],
            "target_date": pd.to_datetime([UNTIL] * len(pairs)),
        }
    )


def run(quotas, applications, **changed):
    spells = hm.spells(applications, as_of=AS_OF)
    return hm.outcomes(quotas, spells, **({"as_of": AS_OF, "until": UNTIL, "paths": PATHS} | changed))


few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@few
@given(quotas(), applications())
def test_bands_are_in_order_and_parts_sum_to_the_whole(quotas, applications):
    """p10 ≤ p50 ≤ p90, integers that lie within what can be; means of parts sum to the whole's, in every grouping."""
    found = run(quotas, applications)
    whole = hm.forecast(found, dates=[AS_OF, "2025-08-01", UNTIL])
    assert ((whole["p10"] <= whole["p50"]) & (whole["p50"] <= whole["p90"])).all()
    assert (whole[["p10", "p50", "p90"]].dtypes == "int64").all()
    for by in (["kab_kota"], ["lp3h"], ["kab_kota", "lp3h"]):
        parts = hm.forecast(found, by=by, dates=[AS_OF, "2025-08-01", UNTIL])
        summed = parts.groupby(["date", "measure"])["mean"].sum()
        expected = whole.set_index(["date", "measure"])["mean"]
        pd.testing.assert_series_equal(summed.sort_index(), expected.sort_index(), check_names=False)
    wide = whole.pivot(index="date", columns="measure", values="mean")
    assert (wide["issued"] <= wide["used"] + 1e-9).all()
    assert wide["issued"].is_monotonic_increasing


@few
@given(quotas(), applications())
def test_nobody_passes_the_quota(quotas, applications):
    """What is used stays within the quota, or within what had overshot it already."""
    found = run(quotas, applications)
    most = hm.forecast(found, dates=[UNTIL]).set_index("measure").loc["used", "p90"]
    used = hm.absorption(quotas, hm.progress(applications), by=["kab_kota", "lp3h"], as_of=AS_OF)
    assert most <= np.maximum(used["quota"], used["used"]).sum()


@few
@given(quotas(), applications())
def test_today_is_what_absorption_says_where_all_is_known(quotas, applications):
    """With every statement of today there is nothing to guess about today."""
    known = applications.assign(statement_date=pd.Timestamp(AS_OF))
    by = ["kab_kota", "lp3h"]
    today = hm.forecast(run(quotas, known), by=by, dates=[AS_OF])
    said = hm.absorption(quotas, hm.progress(known), by=by, as_of=AS_OF).set_index(by)
    for measure in ("used", "issued"):
        rows = today[today["measure"] == measure].set_index(by)
        assert rows.index.isin(said.index).all()
        expected = said.loc[rows.index, measure]
        for column in ("p10", "p50", "p90"):
            assert rows[column].tolist() == expected.tolist()


@few
@given(quotas(), applications(), st.randoms(use_true_random=False))
def test_the_same_seed_gives_the_same_whatever_the_order_of_rows(quotas, applications, random):
    """Rows shuffled, the same figures; another seed, another run."""
    spells = hm.spells(applications, as_of=AS_OF)
    order, other = list(range(len(spells))), list(range(len(quotas)))
    random.shuffle(order)
    random.shuffle(other)
    settings = {"as_of": AS_OF, "until": UNTIL, "paths": PATHS}
    first = hm.outcomes(quotas, spells, **settings)
    second = hm.outcomes(quotas.iloc[other], spells.iloc[order], **settings)
    asked = {"by": ["kab_kota", "lp3h"], "dates": ["2025-07-01", UNTIL]}
    pd.testing.assert_frame_equal(hm.forecast(first, **asked), hm.forecast(second, **asked))


@few
@given(quotas(), applications())
def test_chances_fall_with_the_goal_and_agree_with_the_bands(quotas, applications):
    """More is less likely; what is issued stays, what is used may leave again after it has been there."""
    found = run(quotas, applications)
    shares, days = (0.5, 0.8, 1.0), ["2025-07-01", "2025-09-01", UNTIL]
    for measure in ("used", "issued"):
        chances = hm.finish_chances(found, measure=measure, goals=shares, dates=days)
        table = chances.pivot(index="share", columns="date", values="chance").to_numpy()
        assert (np.diff(table, axis=0) <= 0).all()
        bands = hm.forecast(found, dates=days).query("measure == @measure")
        for place, share in enumerate(shares):
            goal = chances.query("share == @share")["goal"].to_numpy()
            # at least the goal in nine of ten where the lower end is there, in no more than one where the upper is not
            assert (table[place][bands["p10"].to_numpy() >= goal] >= 0.9).all()
            assert (table[place][bands["p90"].to_numpy() < goal] <= 0.1).all()
            once = hm.finish_dates(found, measure=measure, goal=share)["chance"].iloc[0]
            assert table[place, -1] <= once
            assert measure == "used" or table[place, -1] == once
        assert measure == "used" or (np.diff(table, axis=1) >= 0).all()


def lively(count: int = 60) -> pd.DataFrame:
    """A register that is alive: files every working day, half of them issued."""
    day = pd.bdate_range("2025-03-03", periods=count)
    frame = pd.DataFrame({"kab_kota": "Kota Bontang", "lp3h": "PWI Kaltim", "submitted_date": day})
    for stage, after in zip(STAGES[1:], (6, 9, 16, 19), strict=True):
        frame[f"{stage}_date"] = (day + pd.offsets.BDay(after)).where(day + pd.offsets.BDay(after) <= AS_OF)
    frame["status"] = np.where(frame["issued_date"].notna(), "issued", "submitted")
    return frame.assign(statement_date=pd.Timestamp(AS_OF), exit_date=pd.NaT)


def plan_of(quota: int) -> pd.DataFrame:
    return pd.DataFrame({"kab_kota": ["Kota Bontang"], "lp3h": ["PWI Kaltim"], "quota": [quota]})


def test_pace_replaces_the_intake_and_no_cap_binds_without_one():
    """A pace brings what it says; without a cap more comes in than the quota."""
    found = run(plan_of(400), lively(), pace={"PWI Kaltim": 10.0}, paths=300)
    used = hm.forecast(found, dates=[AS_OF, UNTIL]).query("measure == 'used'")["mean"].to_numpy()
    weeks = hm.Calendar([]).working_days_after(AS_OF, UNTIL) / 5
    assert used[1] - used[0] == pytest.approx(10 * weeks, rel=0.12)
    capped = hm.forecast(run(plan_of(70), lively()), dates=[UNTIL])
    free = hm.forecast(run(plan_of(70), lively(), capped=False), dates=[UNTIL])
    assert capped["p90"].iloc[0] <= 70 < free["p50"].iloc[0]


def test_late_statements_make_a_band_of_today():
    """An LP3H known to three weeks ago runs on from then: today's figure has a band, and is not below what is known."""
    known = lively()
    known = known[known["submitted_date"] <= "2025-05-14"].assign(statement_date=pd.Timestamp("2025-05-14"))
    for name in ("verified_date", "fatwa_date", "decided_date", "issued_date"):
        known[name] = known[name].where(known[name] <= "2025-05-14")
    known["status"] = np.where(known["issued_date"].notna(), "issued", "submitted")
    today = hm.forecast(run(plan_of(200), known, paths=300), dates=[AS_OF]).set_index("measure")
    assert today.loc["used", "p10"] < today.loc["used", "p90"]
    assert today.loc["used", "p10"] >= len(known)


def test_dates_and_goals_that_cannot_be_asked_for():
    """Outside as_of … until, or of a measure that is none: an error, not a guess."""
    found = run(plan_of(70), lively())
    with pytest.raises(ValueError, match="dates="):
        hm.forecast(found, dates=["2025-06-03"])
    with pytest.raises(ValueError, match="dates="):
        hm.forecast(found, dates=["2025-11-03"])
    with pytest.raises(ValueError, match="measure="):
        hm.finish_dates(found, measure="submitted")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="until="):
        run(plan_of(70), lively(), until="2025-06-03")
    spells = hm.spells(lively(), as_of=AS_OF)
    with pytest.raises(ValueError, match="target_date="):
        hm.weekly_plan(plan_of(70), spells, as_of=AS_OF, target_date=AS_OF)


def test_a_large_programme_keeps_its_scale():
    """Ten thousand times as many files come to ten thousand times as many, with no wider band in proportion."""
    small, large = 60, 600_000
    spells = hm.spells(lively(small), as_of=AS_OF)
    many = spells.assign(count=spells["count"] * (large // small))
    today = hm.absorption(plan_of(1_000_000), hm.progress(lively(small)), by=(), as_of=AS_OF)["used"].iloc[0]
    found = hm.outcomes(plan_of(1_000_000), many, as_of=AS_OF, until=UNTIL, paths=200)
    rows = hm.forecast(found, dates=[AS_OF, UNTIL]).set_index(["date", "measure"])
    assert rows.loc[(pd.Timestamp(AS_OF), "used"), "p50"] == today * (large // small)
    assert rows.loc[(pd.Timestamp(UNTIL), "used"), "p90"] <= 1_000_000
    assert rows.loc[(pd.Timestamp(UNTIL), "used"), "p50"] > today * (large // small)


def test_a_plan_that_can_be_reached_and_one_that_cannot():
    """Reached with four in five or little more, at a tempo within the limits; else who stands in the way, and when."""
    spells = hm.spells(lively(), as_of=AS_OF)
    asked = {"as_of": AS_OF, "target_date": UNTIL, "paths": 300}
    plan = hm.weekly_plan(plan_of(90), spells, active_p3h={"PWI Kaltim": 2}, **asked)
    assert plan.reachable
    assert 0.8 <= plan.chance <= 0.9
    assert plan.bound == ""
    row = plan.rows.iloc[0]
    assert 0 < row["required_per_week"] <= row["limit_per_week"]
    assert row["required_per_p3h"] == row["required_per_week"] / 2
    assert (
        row["pace_per_week"]
        == hm.deadline_gaps(plan_of(90), hm.progress(lively()), by=(), as_of=AS_OF, start="2025-03-03")[
            "pace_per_week"
        ].iloc[0]
    )
    assert pd.Timestamp(AS_OF) < plan.submit_by < pd.Timestamp(UNTIL)

    far = hm.weekly_plan(plan_of(900), spells, **asked)
    assert not far.reachable
    assert far.bound in ("own", "back_end")
    assert far.chance < 0.8
    assert far.rows["required_per_week"].iloc[0] == far.rows["limit_per_week"].iloc[0]


def test_extra_quota_says_when_to_ask():
    """Nearly full and quick: ask; candidates bind; far from full: not yet."""
    spells = hm.spells(lively(), as_of=AS_OF)
    asked = {"as_of": AS_OF, "target_date": UNTIL, "paths": 200}
    full = hm.extra_quota(plan_of(61), spells, **asked)
    assert (full.verdict, full.pool) == ("ask", None)
    assert full.ask == full.finishable > 0
    some = hm.extra_quota(plan_of(61), spells, pd.DataFrame({"nib": ["9900000000001"] * 3}), **asked)
    assert (some.ask, some.pool) == (3, 3)
    nobody = hm.extra_quota(plan_of(61), spells, pd.DataFrame({"nib": []}), **asked)
    assert (nobody.verdict, nobody.ask) == ("soon", 0)
    early = hm.extra_quota(plan_of(2_000), spells, **asked)
    assert (early.verdict, early.ask) == ("not_yet", 0)


@pytest.mark.parametrize("capped", [True, False])
def test_edges(capped):
    """Nothing submitted, no quota, one path: frames with the same columns, no error, no infinity."""
    nothing = hm.spells(as_of=AS_OF, applications=None)
    empty = plan_of(0).iloc[:0]
    for quotas, spells in ((plan_of(40), nothing), (empty, nothing), (empty, hm.spells(lively(), as_of=AS_OF))):
        found = hm.outcomes(quotas, spells, as_of=AS_OF, until=UNTIL, paths=1, capped=capped)
        rows = hm.forecast(found, dates=[AS_OF, UNTIL])
        assert rows.columns.tolist() == ["date", "measure", "mean", "p10", "p50", "p90"]
        assert np.isfinite(rows["mean"]).all()
        assert len(hm.finish_dates(found)) == 1
