"""`funnel`: from quota to certificate, how many came so far and how many wait where."""

import oracle
import pandas as pd
import pytest
from hypothesis import given
from programmes import BYS, assert_same, programmes, rows

import halal_metrics as hm


@given(programmes())
def test_equals_the_oracle(programme):
    """All columns of all groups and stages, by each grouping, before, within and after the programme."""
    for by in BYS:
        expected = oracle.funnel(programme.quotas, programme.flows, by, programme.as_of)
        assert_same(hm.funnel(*programme.frames, by=by, as_of=programme.as_of), expected, (*by, "stage"))


@given(programmes())
def test_stages_stand_in_order(programme):
    """Each group is six rows, from the quota to the certificate."""
    table = hm.funnel(*programme.frames, by=("lp3h",), as_of=programme.as_of)
    assert table["stage"].tolist() == ["quota", *oracle.STAGES] * (len(table) // 6)
    assert table["lp3h"].iloc[::6].isna().sum() <= 1


def test_public_record_of_4_june_2025(public_record):
    """Of 1.000 quota 680 wait to be used; of 320 used 58 are issued, 5,8% of the quota."""
    quotas, progress, day = public_record
    stages = rows(hm.funnel(quotas, progress, by=(), as_of=day), ["stage"])
    assert stages[("quota",)] == {"reached": 1000, "waiting": 680, "share_of_quota": 1.0, "step_rate": None}
    assert stages[("submitted",)]["waiting"] == 262
    assert stages[("submitted",)]["step_rate"] == pytest.approx(0.32)
    assert stages[("issued",)]["reached"] == 58
    assert stages[("issued",)]["waiting"] == 0
    assert stages[("issued",)]["share_of_quota"] == pytest.approx(0.058)


def test_an_overshot_quota_waits_negatively():
    """Where more are submitted than there is quota, waiting at quota says by how many."""
    quotas = pd.DataFrame({"kab_kota": ["Kota Bontang"], "quota": [4]})
    progress = hm.progress(pd.DataFrame({"submitted_date": pd.to_datetime(["2025-05-10"] * 6)}))
    stages = rows(hm.funnel(quotas, progress, by=(), as_of="2025-06-04"), ["stage"])
    assert stages[("quota",)]["waiting"] == -2
    assert stages[("submitted",)]["share_of_quota"] == 1.5
