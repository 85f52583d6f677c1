"""Packets are whole files: none is lost or made, so that a place whose room is filled is full, not nearly."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

import halal_metrics as hm
from halal_metrics.simulation.packets import sent_in_packets, shared_out
from halal_metrics.simulation.weekly_sums import highest, summed


@given(st.integers(1, 100_000), st.integers(1, 300))
def test_files_are_shared_out_whole_and_even(files: int, packets: int):
    """None is empty where there are as many files as packets; no two differ by more than one."""
    packets = min(files, packets)
    found = shared_out(np.arange(packets), files, packets)
    assert found.sum() == files
    assert found.min() >= 1
    assert np.ptp(found) <= 1


@given(st.integers(0, 1_000), st.floats(1.0, 40.0))
def test_the_packets_of_a_cell_and_path_are_its_files(seed: int, size: float):
    """As many as came, in the weeks in which they came, none larger than a packet may be."""
    random = np.random.default_rng(seed)
    came = summed(random.poisson(random.gamma(0.5, 8.0, (9, 3, 4))).astype(np.int32))
    place, count = sent_in_packets(came, np.array([1.0, size, 40.0]), random)
    weeks = np.zeros(came.size)
    np.add.at(weeks, place, count)
    until = weeks.reshape(came.shape).cumsum(axis=0)
    assert (until[-1] == came[-1]).all()
    most = np.ceil([1.0, size, 40.0])[:, None]
    assert (np.abs(until - came) <= most).all()
    assert (count <= most.max()).all()
    assert (until[:, 0] == came[:, 0]).all()


def test_sums_over_weeks_are_those_of_numpy():
    """In place, and the same."""
    weekly = np.random.default_rng(3).integers(0, 9, (7, 2, 5))
    assert (summed(weekly.copy()) == weekly.cumsum(axis=0)).all()
    assert (highest(weekly.copy()) == np.maximum.accumulate(weekly, axis=0)).all()


def test_where_all_rooms_are_filled_all_of_the_quota_is_used():
    """Where several files make a packet: at a pace that is more than enough exactly the quota is used."""
    cells = [(f"Kabupaten Rekaan {number}", f"LP3H Rekaan {number % 3}", 211 + 17 * number) for number in range(9)]
    quotas = pd.DataFrame(cells, columns=["kab_kota", "lp3h", "quota"])
    spells = quotas[["kab_kota", "lp3h"]].assign(
        stage="issued", count=5, entered_date=pd.Timestamp("2025-05-05"), until_date=pd.Timestamp("2025-06-04"),
        outcome="waiting",
    )  # fmt: skip
    submitted = spells.assign(stage="submitted", outcome="moved", until_date=pd.Timestamp("2025-05-05"))
    run = hm.outcomes(
        quotas, pd.concat([submitted, spells], ignore_index=True), as_of="2025-06-04", until="2025-08-29",
        pace={f"LP3H Rekaan {number}": 5_000.0 for number in range(3)}, paths=100, calendar=[],
    )  # fmt: skip
    found = hm.forecast(run, by=["kab_kota"], dates=["2025-08-29"]).query("measure == 'used'")
    assert (found["p90"].to_numpy() == quotas.sort_values("kab_kota")["quota"].to_numpy()).all()
    assert (found["p10"].to_numpy() >= 0.97 * quotas.sort_values("kab_kota")["quota"].to_numpy()).all()
