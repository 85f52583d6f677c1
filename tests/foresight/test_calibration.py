"""A small calibration: forecasts of a handful of simulated programmes. `make calibrate` has the figures that count."""

import pandas as pd
import pytest
from cases import interval_score, measured

pytest.importorskip("halal_metrics.outcomes")

REGIMES = ("steady", "ramp_up", "congested", "exits", "late", "tiny")


@pytest.fixture(scope="module")
def found() -> dict[str, pd.DataFrame]:
    """Two or three days of each, with plans for the first of them."""
    each = [measured(regime, 1, paths=300, plans=regime == REGIMES[0]) for regime in REGIMES]
    return {name: pd.concat([pd.DataFrame(), *(part for rows in each for part in rows[name])]) for name in each[0]}


def test_every_programme_can_be_forecast(found: dict[str, pd.DataFrame]):
    """Nothing raises, and each group of each plan has a band and a chance."""
    assert found["failures"].empty, found["failures"]["text"].iloc[0]
    assert set(found["bands"]["regime"]) == set(REGIMES)


def test_bands_hold_the_truth_more_often_than_not(found: dict[str, pd.DataFrame]):
    """Far below 80% is a mistake and no chance; so is a score that resampled weekly totals would beat."""
    whole = found["bands"][found["bands"]["by"] == "all"]
    assert whole["truth"].between(whole["p10"], whole["p90"]).mean() >= 0.6
    score = interval_score(whole["p10"], whole["p90"], whole["truth"]) / whole["quota"]
    naive = interval_score(whole["naive_low"], whole["naive_high"], whole["truth"]) / whole["quota"]
    assert score.mean() < 0.6 * naive.mean()


def test_bands_are_in_order_and_within_the_quota(found: dict[str, pd.DataFrame]):
    """p10 ≤ p50 ≤ p90, and nothing beyond the quota."""
    bands = found["bands"]
    assert (bands["p10"] <= bands["p50"]).all()
    assert (bands["p50"] <= bands["p90"]).all()
    assert (bands["p90"] <= bands["quota"]).all()


def test_what_is_said_to_be_likely_comes_more_often(found: dict[str, pd.DataFrame]):
    """Of goals given half a chance or more, more are reached than of the others."""
    likely = found["chances"]["chance"] >= 0.5
    came = found["chances"]["came"].astype(float)
    assert came[likely].mean() > 0.5 > came[~likely].mean()
