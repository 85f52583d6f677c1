"""Uploads become tables: an application is one application, and what the sheets say decides."""

import itertools

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from halal_metrics.identity import application_of
from halal_metrics.schema import APPLICATIONS, QUOTAS, conform
from halal_store.tables import Statement, fold

RECEIVED = pd.Timestamp("2025-06-01 09:00")


def rows(*lines: dict) -> pd.DataFrame:
    frame = pd.DataFrame([{"source_row": number, **line} for number, line in enumerate(lines, start=2)])
    return conform(frame, APPLICATIONS)


def statements(*frames: pd.DataFrame) -> list[Statement]:
    return [Statement("applications", frame, RECEIVED) for frame in frames]


def day(text: str) -> pd.Timestamp:
    return pd.Timestamp(text)


def test_an_application_in_successive_registers_is_one():
    """The same registration number in two registers is one application, as the later one states it."""
    early = rows({"registration_number": "SH2025-1-1", "status": "submitted", "statement_date": day("2025-05-02")})
    later = rows({"registration_number": "SH2025-1-1", "status": "verified", "statement_date": day("2025-05-16")})
    for order in itertools.permutations([early, later]):
        assert fold(statements(*order)).applications["status"].tolist() == ["verified"]


def test_a_value_once_stated_stays():
    """A later register that leaves a cell empty takes nothing away."""
    early = rows({"registration_number": "SH2025-1-1", "phone": "0836000001", "statement_date": day("2025-05-02")})
    later = rows({"registration_number": "SH2025-1-1", "brand": "Amplang", "statement_date": day("2025-05-16")})
    told = fold(statements(later, early)).applications.iloc[0]
    assert (told["phone"], told["brand"]) == ("0836000001", "Amplang")


def test_of_one_day_the_later_arrival_counts():
    """A corrected register of the same statement date replaces what it corrects."""
    first = rows({"registration_number": "SH2025-1-1", "status": "submitted", "statement_date": day("2025-05-02")})
    again = rows({"registration_number": "SH2025-1-1", "status": "returned", "statement_date": day("2025-05-02")})
    assert fold(statements(first, again)).applications["status"].tolist() == ["returned"]


def test_a_row_without_a_statement_date_is_as_old_as_its_receipt():
    """It counts as stated on the day it was received."""
    dated = rows({"registration_number": "SH2025-1-1", "status": "submitted", "statement_date": day("2025-05-02")})
    undated = rows({"registration_number": "SH2025-1-1", "status": "issued"})
    told = fold(statements(undated, dated)).applications.iloc[0]
    assert (told["status"], told["statement_date"]) == ("issued", RECEIVED.normalize())


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([{"registration_number": "A"}, {"registration_number": "A"}], 1),
        ([{"registration_number": "A", "reg_id": "7"}, {"reg_id": "7"}], 1),
        ([{"registration_number": "A", "nib": "9"}, {"nib": "9"}], 1),
        ([{"reg_id": "7", "nib": "9"}, {"nib": "9"}], 1),
        ([{"nib": "9"}, {"nib": "9"}], 1),
        # rows with different registration numbers are never one, whatever else they share
        ([{"registration_number": "A", "nib": "9"}, {"registration_number": "B", "nib": "9"}], 2),
        ([{"registration_number": "A", "reg_id": "7"}, {"registration_number": "B", "reg_id": "7"}], 2),
        # a nib that two applications have tells nothing about a third row
        ([{"registration_number": "A", "nib": "9"}, {"registration_number": "B", "nib": "9"}, {"nib": "9"}], 3),
        ([{"business_name": "Amplang"}, {"business_name": "Amplang"}], 2),
        ([], 0),
    ],
)
def test_which_rows_are_one_application(lines: list[dict], expected: int):
    """By registration number, by reg_id, or by the nib if exactly one application has it."""
    for order in itertools.permutations(lines):
        assert application_of(rows(*order)).nunique() == expected
        assert len(fold(statements(*(rows(line) for line in order))).applications) == expected


LINES = st.fixed_dictionaries(
    {
        "registration_number": st.sampled_from([None, "A", "B"]),
        "reg_id": st.sampled_from([None, "7", "8"]),
        "nib": st.sampled_from([None, "9", "10"]),
        "status": st.sampled_from(["submitted", "verified", "issued"]),
    }
)


@settings(max_examples=20, deadline=None, derandomize=True)
@given(st.lists(LINES, min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_order_of_arrival_changes_nothing(lines: list[dict], random):
    """With statement dates that differ, the tables are the same however the uploads come in."""
    frames = [rows(line | {"statement_date": day("2025-05-01") + pd.Timedelta(days=n)}) for n, line in enumerate(lines)]
    expected = fold(statements(*frames)).applications
    random.shuffle(frames)
    found = fold(statements(*frames)).applications
    columns = ["registration_number", "reg_id", "nib", "status", "statement_date"]
    pd.testing.assert_frame_equal(found[columns], expected[columns])


def test_every_plan_is_kept_and_the_later_of_one_day_counts():
    """Plans of different dates stand side by side; of one date the later arrival, whole."""

    def plan(date: str, *quotas: int) -> Statement:
        frame = pd.DataFrame({"quota": quotas, "statement_date": day(date), "source_row": range(2, 2 + len(quotas))})
        return Statement("quotas", conform(frame, QUOTAS), RECEIVED)

    told = fold([plan("2025-06-05", 700, 300), plan("2025-02-20", 900), plan("2025-02-20", 400, 600)]).quotas
    assert told["quota"].tolist() == [400, 600, 700, 300]
