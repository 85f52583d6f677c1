"""`plan`: which allocation is in force on a day."""

import datetime as dt

import oracle
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from programmes import QUOTAS, allocations, clothes, days, dressed, frame, read_only

import halal_metrics as hm

statements = st.sampled_from([None, *[dt.date(2025, 5, day) for day in (2, 12, 30)]])
plans = st.lists(st.tuples(allocations, statements), max_size=8)


def dated(drawn):
    return [allocation | {"statement_date": date} for allocation, date in drawn]


@given(plans, days)
def test_equals_the_oracle(drawn, as_of):
    """The rows of the latest plan stated up to that day, as they were; before the first plan, the first."""
    quotas = dated(drawn)
    expected = frame(oracle.plan(quotas, as_of), QUOTAS)
    found = hm.plan(frame(quotas, QUOTAS), as_of=as_of)
    pd.testing.assert_frame_equal(found.reset_index(drop=True), expected)


@given(plans, days, clothes)
def test_indifferent_to_dtypes_and_labels_and_changes_nothing(drawn, as_of, worn):
    """As many rows of the same quota, whatever the frame is made of; the frame given stays as it was."""
    quotas = dated(drawn)
    table = dressed(frame(quotas, QUOTAS), QUOTAS, worn)
    before = table.copy(deep=True)
    found = hm.plan(table, as_of=as_of)
    assert found["quota"].tolist() == [row["quota"] for row in oracle.plan(quotas, as_of)]
    assert dict(found.dtypes) == dict(table.dtypes)
    found["quota"] = 0
    pd.testing.assert_frame_equal(table, before)


def test_the_plan_of_a_meeting_replaces_the_first():
    """From its own day, all of it, and not a day before."""
    quotas = pd.DataFrame(
        {
            "kab_kota": [None, "Kabupaten Berau", "Kota Bontang"],
            "quota": [1000, 600, 500],
            "statement_date": pd.to_datetime(["2025-02-20", "2025-06-04", "2025-06-04"]),
        }
    )
    assert hm.plan(quotas, as_of="2025-02-01")["quota"].tolist() == [1000]
    assert hm.plan(quotas, as_of="2025-06-03")["quota"].tolist() == [1000]
    assert hm.plan(quotas, as_of="2025-06-04")["quota"].tolist() == [600, 500]
    assert hm.plan(quotas, as_of="2026-06-04")["quota"].tolist() == [600, 500]


@pytest.mark.parametrize(
    "quotas",
    [
        pd.DataFrame({"quota": [1, 2]}),
        pd.DataFrame({"quota": [1, 2], "statement_date": pd.to_datetime([None, None])}),
    ],
    ids=["no column", "no date"],
)
def test_without_a_statement_date_all_rows_are_one_plan(quotas):
    """A frame made by hand needs no date: everything in it is in force."""
    assert hm.plan(quotas, as_of="2025-06-04")["quota"].tolist() == [1, 2]


def test_no_plan_is_an_empty_frame():
    """Typed or bare, without rows."""
    empty = hm.plan(frame([], QUOTAS), as_of="2025-06-04")
    assert len(empty) == 0
    assert dict(empty.dtypes.astype(str)) == QUOTAS
    assert len(hm.plan(pd.DataFrame({"quota": read_only(pd.Series([], dtype="int64"))}), as_of="2025-06-04")) == 0
