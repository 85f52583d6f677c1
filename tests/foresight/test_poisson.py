"""Poisson numbers that are quicker than NumPy's are Poisson numbers."""

import numpy as np
import pytest
from scipy import stats

from halal_metrics.simulation.poisson import poisson

DRAWN = 400_000


@pytest.mark.parametrize("rate", [0.0, 0.01, 0.3, 1.0, 3.0, 7.99, 8.0, 20.0, 400.0])
def test_each_number_comes_as_often_as_it_should(rate: float):
    """Half of all differences from the exact chances is little more than chance makes it."""
    found = np.bincount(poisson(np.full(DRAWN, rate, np.float32), np.random.default_rng(7)), minlength=2)
    exact = stats.poisson.pmf(np.arange(len(found)), rate)
    luck = np.sqrt(exact * (1 - exact) / DRAWN).sum()
    assert np.abs(found / DRAWN - exact).sum() / 2 < 0.004 + luck


def test_rates_beside_each_other_keep_their_places():
    """Small ones and large ones of one array, whatever its shape: each number has its own rate."""
    rate = np.array([[0.0, 900.0], [2.0, 5.0], [30.0, 0.5]], np.float32)
    drawn = np.mean([poisson(rate, np.random.default_rng(seed)) for seed in range(2_000)], axis=0)
    assert drawn == pytest.approx(rate, abs=0.3, rel=0.02)
    assert poisson(rate, np.random.default_rng(1)).dtype == np.int32
