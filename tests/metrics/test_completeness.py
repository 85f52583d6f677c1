"""What a register should say of its applications, and how much of it is there."""

import pandas as pd
import pytest
from hypothesis import given
from programmes import APPLICATIONS, BYS, applications, frame

import halal_metrics as hm
from halal_metrics.completeness import EVERY, KEY_COLUMNS

PLACES = ["Kota Bontang", None]


def share(table, column, **group):
    found = hm.completeness(table, by=tuple(group))
    for name, value in group.items():
        found = found[found[name].isna() if value is None else found[name] == value]
    (row,) = found[found["column"] == column].to_dict("records")
    return row["expected"], row["filled"], row["completeness_rate"]


@pytest.mark.parametrize(
    ("status", "column", "expected"),
    [
        ("draft", "submitted_date", 0),
        ("submitted", "submitted_date", 1),
        ("returned", "submitted_date", 1),
        ("cancelled", "submitted_date", 1),
        ("submitted", "verified_date", 0),
        ("fatwa", "verified_date", 1),
        ("decided", "issued_date", 0),
        ("issued", "issued_date", 1),
        ("decided", "certificate_number", 0),
        ("issued", "certificate_number", 1),
        ("issued", "exit_date", 0),
        ("replaced", "exit_date", 1),
        (None, "status", 1),
        ("draft", "nib", 1),
    ],
)
def test_what_is_expected_follows_from_the_status(status, column, expected):
    """A date is expected where the status has come so far, a certificate number only of what is issued."""
    table = pd.DataFrame({"status": pd.Series([status], dtype="str")})
    assert share(table, column)[0] == expected


def test_filled_by_group():
    """A blank counts against its own group; where nothing is expected there is no rate."""
    table = pd.DataFrame(
        {"kab_kota": ["Kota Bontang"] * 2 + [None], "nib": ["9900000000001", None, None], "status": "draft"}
    )
    assert share(table, "nib", kab_kota="Kota Bontang") == (2, 1, 0.5)
    assert share(table, "nib", kab_kota=None) == (1, 0, 0.0)
    assert pd.isna(share(table, "issued_date", kab_kota=None)[2])


@given(applications)
def test_the_groups_sum_to_the_whole(rows):
    """However applications are told apart, no field is counted twice or lost."""
    table = frame(rows, APPLICATIONS)
    whole = hm.completeness(table, by=()).set_index("column")[["expected", "filled"]]
    assert whole.index.tolist() == list(KEY_COLUMNS)
    assert (whole["filled"] <= whole["expected"]).all()
    assert (whole.loc[list(EVERY), "expected"] == len(table)).all()
    for by in BYS[:-1]:
        parts = hm.completeness(table, by=by).groupby("column")[["expected", "filled"]].sum()
        pd.testing.assert_frame_equal(parts.reindex(whole.index, fill_value=0), whole)


def test_nothing_in():
    """No group; as a whole, every column with nothing expected and no rate."""
    assert hm.completeness(frame([], APPLICATIONS), by="lp3h").empty
    whole = hm.completeness(frame([], APPLICATIONS), by=())
    assert whole["expected"].sum() == 0
    assert whole["completeness_rate"].isna().all()
