"""How forecasts are measured: against bands and chances of which it is known how good they are."""

import types

import numpy as np
import pandas as pd
import pytest
import report
from cases import BYS, Case, interval_score, measured
from simulator import Programme, programme

import halal_metrics as hm


@pytest.fixture(scope="module")
def one() -> Programme:
    return programme("steady", 2)


def case(one: Programme, number: int = -1) -> Case:
    return Case(one, one.as_ofs[number], {name: one.by_day(by=by) for name, by in BYS.items()}, paths=10)


class Clairvoyant:
    """Engines that know the truth, and tell it with bands as wide as they are told to."""

    def __init__(self, one: Programme, off: int) -> None:
        self.one, self.off = one, off

    def spells(self, applications, *, as_of):
        return applications

    def outcomes(self, quotas, spells, **asked):
        return types.SimpleNamespace(**asked)

    def forecast(self, outcomes, *, by, dates):
        tables = []
        for date in dates:
            truth = self.one.truth(date, by=tuple(by))
            for measure in ("used", "issued"):
                said = truth[measure] + self.off
                tables.append(
                    truth[list(by)].assign(date=date, measure=measure, mean=said, p10=said, p50=said, p90=said + 2)
                )
        return pd.concat(tables).sample(frac=1, random_state=1)

    def finish_dates(self, outcomes, *, by, measure, goal):
        truth = self.one.by_day(by=tuple(by))[measure].loc[:, : self.one.until].max(axis=1).to_numpy()
        quota = self.one.quotas.groupby(list(by))["quota"].sum() if by else self.one.quotas[["quota"]].sum()
        table = quota.index.to_frame(index=False) if by else pd.DataFrame(index=[0])
        return table.assign(
            measure=measure, goal=goal, chance=(truth >= np.ceil(goal * quota.to_numpy())).astype(float)
        )


@pytest.fixture
def knowing(one: Programme, monkeypatch: pytest.MonkeyPatch):
    def say(off: int) -> None:
        engine = Clairvoyant(one, off)
        for name in ("spells", "outcomes", "forecast", "finish_dates"):
            monkeypatch.setattr(hm, name, getattr(engine, name), raising=False)

    return say


def test_who_knows_the_truth_is_always_right(one: Programme, knowing):
    """Every band holds it, every chance comes, in whatever order the rows are told."""
    knowing(0)
    found = case(one).foreseen()
    bands, chances = found["bands"], found["chances"]
    assert bands["truth"].between(bands["p10"], bands["p90"]).all()
    assert (chances["chance"] == chances["came"]).all()
    assert set(bands["by"]) == set(BYS)
    assert len(bands[bands["by"] == "lp3h"]) == 4 * len(one.lp3h)


def test_who_says_three_too_many_never_is(one: Programme, knowing):
    """The truth lies below each band."""
    knowing(3)
    bands = case(one).foreseen()["bands"]
    assert (bands["truth"] < bands["p10"]).all()


def test_a_goal_reached_already_is_no_foresight(one: Programme, knowing):
    """Chances are counted only for groups that are not there yet."""
    knowing(0)
    found = case(one).foreseen()["chances"]
    known = case(one).known
    used = known[known["exit_date"].isna()].groupby("lp3h").size()
    own = found[(found["by"] == "lp3h") & (found["measure"] == "used")]
    assert (used.reindex(own["lp3h"], fill_value=0).to_numpy() < own["wanted"].to_numpy()).all()


def test_what_raises_is_told_and_the_rest_goes_on(monkeypatch: pytest.MonkeyPatch):
    """One failure a day and question, with its traceback."""

    def broken(*_, **__):
        raise ArithmeticError("kosong")

    monkeypatch.setattr(hm, "outcomes", broken, raising=False)
    monkeypatch.setattr(hm, "spells", broken, raising=False)
    found = measured("tiny", 0, paths=10, plans=False)
    assert len(found["failures"]) == len(programme("tiny", 0).as_ofs)
    assert "ArithmeticError: kosong" in found["failures"][0]["text"].iloc[0]


def test_the_naive_band_goes_on_from_today_and_stops_at_the_quota(one: Programme):
    """From what is known, upwards, never beyond the quota."""
    own = case(one, 0)
    now = len(own.known[own.known["exit_date"].isna()])
    for date in (own.as_of + pd.Timedelta(days=7), one.until):
        low, high = own.naive(date, "used")
        assert now <= low <= high <= one.quotas["quota"].sum()
    assert own.naive(own.as_of, "used") == (now, now)


def test_the_interval_score_of_a_band():
    """Its width, and ten times how far outside the truth lies (α = 0,2)."""
    assert interval_score(10, 20, 15) == 10
    assert interval_score(10, 20, 8) == 30
    assert interval_score(10, 20, 21) == 20


def test_the_tables_say_how_often(capsys: pytest.CaptureFixture):
    """8 of 10 inside, one below, one above; a band of one value is told."""
    rows = pd.DataFrame({"regime": "steady", "seed": range(10), "truth": [9, 21, *[15] * 8]})
    rows = rows.assign(as_of=pd.Timestamp("2025-05-01"), by="all", horizon="target", measure="used", quota=100)
    rows = rows.assign(mean=15.0, p10=10, p50=15, p90=20, naive_low=0.0, naive_high=40.0)
    report.bands(pd.concat([rows, rows.assign(measure="issued", p10=15, p90=15), rows.assign(by="lp3h")]))
    said = capsys.readouterr().out
    used, issued = (
        next(line for line in part.splitlines() if line.startswith("TOGETHER")) for part in said.split("BANDS of ")[1:3]
    )
    inside, error, below, above = map(float, used.split()[1:5])
    assert (inside, below, above) == (0.8, 0.1, 0.1)
    assert 0.12 < error < 0.14  # √(0,8 × 0,2 ÷ 10)
    assert float(issued.split()[6]) == 1
