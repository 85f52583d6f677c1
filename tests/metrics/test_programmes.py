"""Rows of another programme are kept and shown, and count to no figure."""

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import halal_metrics as hm
from halal_metrics.programmes import as_certificates, belongs, code_counts

ROWS = pd.DataFrame(
    {
        "registration_number": [f"SH2025-1-99000{number}" for number in range(5)],
        "programme_code": ["KALTIM25", " kaltim 25", None, "SEHATI25", "-"],
        "kab_kota": "Kota Bontang",
        "status": "submitted",
        "submitted_date": pd.to_datetime(["2025-05-02"] * 5),
    }
)


def test_a_row_belongs_by_its_code_or_has_none():
    """Case and space make no other code; a dash and an empty cell are no code."""
    assert belongs(ROWS, ["Kaltim25"]).tolist() == [True, True, True, False, True]
    assert hm.of_programme(ROWS, ["KALTIM25"]).index.tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize("codes", [["SEHATI25"], "SEHATI25", {"sehati25", "LAIN"}])
def test_one_code_may_be_said_alone(codes):
    """A lone word is one code, and not as many as it has letters."""
    assert belongs(ROWS, codes).tolist() == [False, False, True, True, True]


def test_without_codes_everything_counts():
    """The very same frame; so too where every row belongs, or no row has a code, or there is no such column."""
    bare = ROWS.drop(columns="programme_code")
    assert hm.of_programme(ROWS, []) is ROWS
    assert hm.of_programme(ROWS, ["kaltim25", "sehati25"]) is ROWS
    assert hm.of_programme(bare, ["KALTIM25"]) is bare


def test_parts_add_up():
    """What is of the programme and what is of others is all there is, in progress too."""
    own, other = belongs(ROWS, ["KALTIM25"]), ~belongs(ROWS, ["KALTIM25"])
    parts = pd.concat([hm.progress(ROWS[own]), hm.progress(ROWS[other])])
    summed = parts.groupby(["date", "kab_kota", "lp3h", "stage"], dropna=False, as_index=False)["count"].sum()
    assert_frame_equal(summed, hm.progress(ROWS), check_dtype=False)


def test_codes_are_counted_however_they_are_spelled():
    """The spelling most rows have names the code; rows without one are in none."""
    rows = pd.DataFrame({"programme_code": ["sehati25", "SEHATI25", "SEHATI25", "KALTIM25", None, "-"]})
    assert code_counts(rows) == {"SEHATI25": 3, "KALTIM25": 1}
    assert code_counts(rows[:0]) == {}


def test_what_another_programme_has_issued_is_a_certificate_to_this_one():
    """With the code as its programme; what is not issued yet is none."""
    rows = ROWS.assign(status=["issued"] * 4 + ["fatwa"], certificate_number="ID64110000990010525")
    found = as_certificates(rows)
    assert found["programme"].iloc[[0, 3]].tolist() == ["KALTIM25", "SEHATI25"]
    assert found["certificate_number"].eq("ID64110000990010525").all()
