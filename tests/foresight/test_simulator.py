"""The programmes that forecasts are measured against are what they say they are."""

import itertools

import numpy as np
import pandas as pd
import pytest
from regimes import REGIMES
from simulator import STAGE_DATES, Programme, programme

import halal_metrics as hm

BYS = [(), ("kab_kota",), ("lp3h",), ("kab_kota", "lp3h")]


@pytest.fixture(scope="module", params=REGIMES)
def one(request: pytest.FixtureRequest) -> Programme:
    return programme(request.param, 0)


def days(one: Programme) -> list[pd.Timestamp]:
    return [one.start, *one.as_ofs, one.until, one.until + pd.Timedelta(days=60)]


def test_the_truth_is_what_absorption_says_of_the_whole(one: Programme):
    """used and issued of each group, before and after the target date."""
    progress = hm.progress(one.applications)
    for date in days(one):
        for by in BYS:
            said = hm.absorption(one.quotas, progress, by=by, as_of=date)
            pd.testing.assert_frame_equal(
                one.truth(date, by=by), said[[*by, "used", "issued"]], check_dtype=False, check_names=False
            )
            for measure, curve in one.by_day(by=by).items():
                assert curve[date].tolist() == said[measure].tolist()


def test_no_cell_goes_beyond_its_quota(one: Programme):
    """On no day, replayed or not."""
    quota = one.quotas.set_index(["kab_kota", "lp3h"])["quota"]
    replayed = one.replay(one.as_ofs[0], dict.fromkeys(one.lp3h, 1_000.0), seed=5)
    for each in (one, replayed):
        rows = each.applications
        come = rows[["kab_kota", "lp3h", "submitted_date"]].set_axis(["kab_kota", "lp3h", "date"], axis=1).assign(by=1)
        gone = rows[["kab_kota", "lp3h", "exit_date"]].set_axis(["kab_kota", "lp3h", "date"], axis=1).assign(by=-1)
        steps = pd.concat([come, gone]).dropna().groupby(["kab_kota", "lp3h", "date"])["by"].sum()
        highest = steps.groupby(["kab_kota", "lp3h"]).cumsum().groupby(["kab_kota", "lp3h"]).max()
        assert (highest <= quota.reindex(highest.index)).all()


def test_what_is_known_never_shows_the_future(one: Programme):
    """No date after the LP3H's own statement, that statement not after the day, and each file as it stood then."""
    for as_of in one.as_ofs:
        known, stated = one.known(as_of), one.stated(as_of)
        assert (stated.dropna() <= as_of).all()
        assert (known["statement_date"] == known["lp3h"].map(stated)).all()
        for name in STAGE_DATES:
            assert not (known[name] > known["statement_date"]).any()
        truth = one.applications.set_index("registration_number").loc[known["registration_number"]]
        for name in STAGE_DATES:
            then = (truth[name] <= known["statement_date"].to_numpy()).to_numpy()
            assert (known[name].notna().to_numpy() == then).all()


def test_what_is_known_counts_what_was_true_on_the_days_of_the_statements(one: Programme):
    """An LP3H's used and issued are the truth of the day it spoke of."""
    as_of = one.as_ofs[-1]
    progress = hm.progress(one.known(as_of))
    for lp3h, stated in one.stated(as_of).dropna().items():
        own = one.quotas[one.quotas["lp3h"] == lp3h]
        if own.empty:
            continue
        said = hm.absorption(own, progress[progress["lp3h"] == lp3h], by="lp3h", as_of=as_of)
        true = one.truth(stated, by=("lp3h",)).set_index("lp3h").loc[lp3h]
        assert said.loc[0, ["used", "issued"]].tolist() == true.tolist()


def test_the_fatwa_takes_those_that_came_first(one: Programme):
    """Of two files that were never sent back, the one that came on an earlier day is decided no later."""
    rows = one.applications[one._away["away_fatwa"].isna() & one.applications["exit_date"].isna()]
    rows = rows[rows["fatwa_date"].notna()].sort_values("fatwa_date")
    decided = rows["decided_date"].fillna(pd.Timestamp("2100-01-01"))
    last_of_earlier = decided.groupby(rows["fatwa_date"]).max().cummax().shift()
    first_of_day = decided.groupby(rows["fatwa_date"]).min()
    assert not (first_of_day < last_of_earlier).any()


def test_stages_are_in_order_and_on_working_days(one: Programme):
    """No stage before the one before it, none on the exit or after it; BPJPH and LP3H work Monday to Friday."""
    rows = one.applications
    stages = [name for name in STAGE_DATES if name != "exit_date"]
    for earlier, later in itertools.pairwise(stages):
        assert not (rows[later] < rows[earlier]).any()
        assert not (rows[later].notna() & rows[earlier].isna()).any()
        assert not (rows[later] >= rows["exit_date"]).any()
        worked = rows[later].dropna().to_numpy("datetime64[D]")
        assert np.is_busday(worked, holidays=one.days_off.to_numpy("datetime64[D]")).all()
    assert not (rows["exit_date"] < rows["submitted_date"]).any()


def test_the_same_seed_gives_the_same_programme(one: Programme):
    """Another one gives another; the columns are the contract's."""
    again, other = programme(one.regime, one.seed), programme(one.regime, one.seed + 500)
    pd.testing.assert_frame_equal(again.applications, one.applications)
    pd.testing.assert_frame_equal(again.quotas, one.quotas)
    assert again.as_ofs == one.as_ofs
    assert not other.applications.equals(one.applications)


def test_somebody_looks_on_the_way(one: Programme):
    """Two or three days, between a quarter and four fifths of the way."""
    assert 2 <= len(one.as_ofs) <= 3
    for as_of in one.as_ofs:
        assert 0.23 <= (as_of - one.start) / (one.until - one.start) <= 0.82


def test_a_replay_changes_nothing_before(one: Programme):
    """All up to and including the day is as it was; what follows is another seed's."""
    as_of = one.as_ofs[0]
    replayed = one.replay(as_of, dict.fromkeys(one.lp3h, 3.0), seed=1)
    for date in (one.start, as_of):
        pd.testing.assert_frame_equal(replayed.truth(date, by=BYS[3]), one.truth(date, by=BYS[3]))
    again = one.replay(as_of, dict.fromkeys(one.lp3h, 3.0), seed=1)
    pd.testing.assert_frame_equal(again.applications, replayed.applications)


def test_a_replay_submits_what_is_asked_while_there_is_room():
    """In the mean over seeds, and nothing by an LP3H that is not asked."""
    one = programme("steady", 2)
    as_of = one.as_ofs[0]
    asked = one.lp3h[0]
    calendar = hm.Calendar(one.days_off)
    until = as_of + pd.Timedelta(days=14)
    weeks = calendar.working_days_after(as_of.to_datetime64(), until.to_datetime64()) / 5
    come = []
    for seed in range(12):
        rows = one.replay(as_of, {asked: 4.0}, seed=seed).applications
        rows = rows[(rows["submitted_date"] > as_of) & (rows["submitted_date"] <= until)]
        assert set(rows["lp3h"]) <= {asked}
        come.append(len(rows))
    assert abs(np.mean(come) / weeks - 4) < 1.2
