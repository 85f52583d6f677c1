"""Each regime is what its name says, in the mean over some seeds; none is checked against a forecast."""

from functools import cache

import numpy as np
import pandas as pd
import pytest
from simulator import LP3H, Programme, programme

import halal_metrics as hm

SEEDS = range(5)


@cache
def some(regime: str) -> list[Programme]:
    return [programme(regime, seed) for seed in SEEDS]


def wanted(one: Programme, lp3h: bool = False) -> np.ndarray:
    """What would come up to the target date, were there no quota: of each half of the way, or of each LP3H."""
    coming = one.setting.intake[: one.setting.traits.until]
    if lp3h:
        return np.bincount(one.setting.traits.lp3h, coming.sum(axis=0))
    return np.array([half.sum() for half in np.array_split(coming, 2)]) / coming.sum()


def sittings(one: Programme) -> pd.DataFrame:
    """Of each sitting up to the target date how many waited when it began, and how many it saw."""
    rows = one.applications[one.applications["exit_date"].isna() & one._away["away_fatwa"].isna()]
    dates = rows["decided_date"].dropna().unique()
    waited = [((rows["fatwa_date"] < date) & ~(rows["decided_date"] < date)).sum() for date in dates]
    seen = rows["decided_date"].value_counts().reindex(dates).to_numpy()
    table = pd.DataFrame({"date": dates, "waited": waited, "seen": seen}).sort_values("date", ignore_index=True)
    return table[table["date"] <= one.until]


def test_steady_institutions_differ_by_a_factor_of_ten():
    """From the slowest to the quickest, in the middle of the seeds, and both halves of the way are alike."""
    paces = [wanted(one, lp3h=True) for one in some("steady")]
    assert np.median([pace.max() / max(pace.min(), 1) for pace in paces]) >= 10
    assert abs(np.mean([wanted(one)[0] for one in some("steady")]) - 0.5) < 0.1


def test_ramp_up_and_fading_lean_to_their_sides():
    """More would come in the second half, or in the first."""
    assert np.mean([wanted(one)[1] for one in some("ramp_up")]) > 0.6
    assert np.mean([wanted(one)[0] for one in some("fading")]) > 0.7


def test_where_the_fatwa_is_congested_its_queue_and_its_number_grow():
    """On one or two weekdays; a third of what is used has not been issued; the longer the queue, the more are seen."""
    for one in some("congested"):
        table = sittings(one)
        assert table["date"].dt.day_of_week.nunique() <= 2
    waiting = [
        1 - one.truth(one.until)["issued"].iloc[0] / one.truth(one.until)["used"].iloc[0] for one in some("congested")
    ]
    assert np.mean(waiting) > 0.3
    tables = [sittings(one) for one in some("congested")]
    assert np.mean([table["waited"].corr(table["seen"]) for table in tables if len(table) > 8]) > 0.3


def test_a_fixed_fatwa_sees_the_same_number_while_enough_wait():
    """Whatever the queue, but for the files that are refused there or sent back."""
    for one in some("fixed_fatwa"):
        table = sittings(one)
        busy = table.loc[table["waited"] > table["seen"] + 3, "seen"]
        if len(busy) > 3:
            assert busy.max() == busy.mode().max()


def test_a_stall_stands_still():
    """Cells that were at work get nothing for two weeks or more, though there is room."""
    for one in some("stall"):
        still = one.setting.traits.halt[: one.setting.traits.until] == 0
        assert still.any(axis=1).sum() >= 14 or still[-1].any()
        assert not one.setting.intake[: one.setting.traits.until][still].any()


def test_tiny_and_large_are():
    """Quota 5–40 and 20.000–100.000."""
    assert all(5 <= one.quotas["quota"].sum() <= 40 for one in some("tiny"))
    assert 20_000 <= programme("large", 3).quotas["quota"].sum() <= 100_000


def test_many_are_returned():
    """A fifth to two thirds have been with their business at least once, and come back weeks later."""
    shares = [one._away.filter(like="away_").notna().any(axis=1).mean() for one in some("returns")]
    assert 0.2 < np.mean(shares) < 0.67
    assert np.mean([(one.known(one.as_ofs[-1])["status"] == "returned").mean() for one in some("returns")]) > 0.08


def test_those_who_leave_leave_late_and_their_slots_are_used_again():
    """10–25% in the mean, after 20–60 working days; then more come than the quota has slots."""
    shares, days, again = [], [], []
    for one in some("exits"):
        rows = one.applications
        gone = rows[rows["exit_date"].notna() & (rows["status"] != "rejected")]
        calendar = hm.Calendar(one.days_off)
        days.append(
            calendar.working_days_after(*(gone[name].to_numpy("M8[D]") for name in ("submitted_date", "exit_date")))
        )
        shares.append(rows["exit_date"].notna().mean())
        again.append(
            one.truth(one.until)["used"].iloc[0] / one.quotas["quota"].sum() > 0.9
            and len(rows) > one.quotas["quota"].sum()
        )
    assert 0.1 < np.mean(shares) < 0.25
    days = np.concatenate(days)
    assert ((days >= 20) & (days <= 60)).mean() > 0.9
    assert any(again)


def test_holidays_take_whole_weeks():
    """A block of at least six days off, besides single ones; nothing but a little is submitted in it."""
    for one in some("holidays"):
        off = np.isin(pd.date_range(one.start, one.until).to_numpy("M8[D]"), one.days_off.to_numpy("M8[D]"))
        assert off.sum() >= 4


def test_late_statements_are_one_to_eight_weeks_old():
    """Unequally; elsewhere they are a few days old."""
    ages = pd.concat([as_of - one.stated(as_of) for one in some("late") for as_of in one.as_ofs]).dropna().dt.days
    assert ages.quantile(0.1) >= 5
    assert 10 < ages.median() < 35
    assert ages.quantile(0.95) <= 63
    usual = pd.concat([as_of - one.stated(as_of) for one in some("steady") for as_of in one.as_ofs]).dropna().dt.days
    assert usual.median() < 5


def test_some_start_late_and_some_never():
    """Of all LP3H a fifth begin after a sixth of the way."""
    firsts = []
    for one in some("late_starters"):
        first = one.applications.groupby("lp3h")["submitted_date"].min().reindex(one.lp3h)
        firsts += ((first - one.start) / (one.until - one.start)).fillna(9).tolist()
    assert np.mean(np.array(firsts) > 1 / 6) > 0.2
    assert max(firsts) > 1


def test_all_names_are_the_contracts():
    """Official kab/kota; the LP3H that are known, then invented ones."""
    for one in some("mixed"):
        assert set(one.lp3h) <= set(LP3H)
        assert one.quotas["kab_kota"].str.match("Kabupaten|Kota").all()


@pytest.mark.parametrize("seed", SEEDS)
def test_mixed_are_several_at_once(seed: int):
    """Something happens in each."""
    one = programme("mixed", seed)
    assert one.truth(one.until)["used"].iloc[0] > 0
