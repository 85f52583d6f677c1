"""`absorption`: how much of the quota is used, and how much has become certificates."""

import oracle
import pandas as pd
import pytest
from hypothesis import given
from programmes import BYS, assert_same, programmes, rows

import halal_metrics as hm


@given(programmes())
def test_equals_the_oracle(programme):
    """All columns of all groups, by each grouping, before, within and after the programme."""
    for by in BYS:
        expected = oracle.absorption(programme.quotas, programme.flows, by, programme.as_of)
        assert_same(hm.absorption(*programme.frames, by=by, as_of=programme.as_of), expected, by)


def test_public_record_of_4_june_2025(public_record):
    """320 of 1.000 used and 58 issued is 32,0%, 5,8% and 18,1% (DPPKUKM Kaltim, 4 June 2025)."""
    quotas, progress, day = public_record
    (row,) = rows(hm.absorption(quotas, progress, by=(), as_of=day), []).values()
    assert (row["quota"], row["used"], row["issued"], row["remaining"]) == (1000, 320, 58, 680)
    assert row["absorption_rate"] == pytest.approx(0.32)
    assert row["issuance_rate"] == pytest.approx(0.058)
    assert row["conversion_rate"] == pytest.approx(0.18125)


def test_the_day_itself_counts_and_the_next_does_not():
    """Rows up to and including as_of; one without a date is on no day."""
    progress = pd.DataFrame(
        {
            "date": pd.to_datetime(["2025-06-03", "2025-06-04", "2025-06-05", None]),
            "stage": "submitted",
            "count": [1, 10, 100, 1000],
        }
    )
    for as_of, used in (("2025-06-02", 0), ("2025-06-03", 1), ("2025-06-04", 11), ("2025-06-05", 111)):
        table = hm.absorption(pd.DataFrame({"quota": [5]}), progress, by=(), as_of=as_of)
        assert table["used"].tolist() == [used]
