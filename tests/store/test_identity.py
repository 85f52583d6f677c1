"""Which rows are one application, and what becomes of them: against plain Python written from the contract."""

import itertools
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle_of_tables import one_application, tables

from halal_metrics.identity import application_of
from halal_metrics.schema import APPLICATIONS, TABLES, conform
from halal_store.incremental_fold import incremental_fold
from halal_store.tables import Statement, fold, fold_rows, stacked

START = date(2025, 5, 1)


def frame(table: str, rows: list[dict]) -> pd.DataFrame:
    return conform(pd.DataFrame([{"source_row": 2 + n} | row for n, row in enumerate(rows)]), TABLES[table])


def groups(rows: list[dict]) -> set[frozenset[int]]:
    names = application_of(frame("applications", rows))
    return {frozenset(places) for places in names.groupby(names).groups.values()}


def row(number: str | None = None, reg_id: str | None = None, nib: str | None = None) -> dict:
    told = {"registration_number": number, "reg_id": reg_id, "nib": nib}
    return {name: value for name, value in told.items() if value}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # A – reg_id – B – nib – C: one application all along the chain
        ([row("A", "7"), row(None, "7", "9"), row(None, None, "9")], [{0, 1, 2}]),
        # the chain ends where another registration number has the nib
        ([row("A", "7"), row(None, "7", "9"), row("B", None, "9")], [{0, 1}, {2}]),
        ([row("A", "7"), row(None, "7", "9"), row("B", None, "9"), row(None, None, "9")], [{0, 1}, {2}, {3}]),
        # a draft known by reg_id, and the register that knows its number: tied by the only nib
        ([row("A", None, "9"), row(None, "7", "9")], [{0, 1}]),
        ([row("A", None, "9"), row(None, "7", "9"), row(None, "7")], [{0, 1, 2}]),
        # one business, two applications: reg_ids that differ, so the nib is that of two
        ([row(None, "6", "9"), row(None, "7", "9")], [{0}, {1}]),
        ([row("A", "6", "9"), row(None, "7", "9")], [{0}, {1}]),
        ([row("A", None, "9"), row(None, "6", "9"), row(None, "7", "9")], [{0}, {1}, {2}]),
        ([row(None, "6", "9"), row(None, "7", "9"), row(None, None, "9")], [{0}, {1}, {2}]),
        # a reg_id that two numbers have tells nothing, but the nib may
        ([row("A", "7", "9"), row("B", "7", "8"), row(None, "7", "9")], [{0, 2}, {1}]),
        ([row("A", "7"), row("B", "7"), row(None, "7"), row(None, "7")], [{0}, {1}, {2, 3}]),
        # a reg_id with the nibs of two applications is neither
        ([row("A", None, "8"), row("B", None, "9"), row(None, "7", "8"), row(None, "7", "9")], [{0}, {1}, {2, 3}]),
        ([row(None, None, "9"), row(None, None, "9"), row()], [{0, 1}, {2}]),
        ([row(), row()], [{0}, {1}]),
    ],
)
def test_chains_of_numbers(rows: list[dict], expected: list[set[int]]):
    """The same applications in every order of the rows."""
    for order in itertools.permutations(range(len(rows))):
        found = groups([rows[place] for place in order])
        assert {frozenset(order[place] for place in group) for group in found} == set(map(frozenset, expected))


KEYS = {
    "registration_number": st.sampled_from([None, None, "A", "B", "C"]),
    "reg_id": st.sampled_from([None, None, "6", "7", "8"]),
    "nib": st.sampled_from([None, "90", "91", "92"]),
}
DAYS = st.sampled_from([None, START, START + timedelta(days=1), START + timedelta(days=2)])
PLACES = st.sampled_from([None, "Kabupaten Paser", "Kota Bontang"])
NAMES = st.sampled_from([None, "Amplang", "Abon"])


def _line(**columns: st.SearchStrategy) -> st.SearchStrategy[dict]:
    return st.fixed_dictionaries(columns).map(lambda row: {k: v for k, v in row.items() if v is not None})


LINES = {
    "applications": _line(
        **KEYS,
        status=st.sampled_from([None, "draft", "submitted", "issued"]),
        returns=st.sampled_from([None, 0, 2]),
        issued_date=DAYS,
        statement_date=DAYS,
    ),
    "recaps": _line(kab_kota=PLACES, lp3h=NAMES, statement_date=DAYS, issued=st.sampled_from([None, 0, 5])),
    "quotas": _line(kab_kota=PLACES, quota=st.integers(0, 9), statement_date=DAYS),
    "candidates": _line(nib=KEYS["nib"], business_name=NAMES, kab_kota=PLACES, product=NAMES),
    "certificates": _line(
        certificate_number=st.sampled_from([None, "ID1", "ID2"]),
        nib=KEYS["nib"],
        business_name=NAMES,
        kab_kota=PLACES,
        issued_date=DAYS,
    ),
}
UPLOADS = st.lists(
    st.sampled_from([*LINES, "applications", "applications"]).flatmap(
        lambda table: st.tuples(st.just(table), DAYS.map(lambda day: day or START), st.lists(LINES[table], max_size=4))
    ),
    max_size=5,
)


def statements(uploads: list[tuple]) -> list[Statement]:
    return [Statement(table, frame(table, rows), pd.Timestamp(received)) for table, received, rows in uploads]


def as_rows(table: pd.DataFrame) -> list[tuple]:
    """Rows as sorted items without missing values and without what the test adds."""
    told = table.drop(columns=["source_row"]).astype("object")
    rows = told.where(told.notna(), None).to_dict("records")
    plain = (
        {k: v.date() if isinstance(v, pd.Timestamp) else v for k, v in row.items() if v is not None} for row in rows
    )
    return sorted(tuple(sorted((k, str(v)) for k, v in row.items())) for row in plain)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(_line(**KEYS), max_size=7))
def test_every_grouping_is_that_of_the_contract(rows: list[dict]):
    """Whatever numbers the rows share."""
    assert groups(rows) == set(map(frozenset, one_application(rows)))


@settings(max_examples=70, deadline=None, derandomize=True)
@given(UPLOADS)
def test_the_fold_is_that_of_the_contract(uploads: list[tuple]):
    """All five tables, with rows without dates, equal dates and the same key twice in one upload."""
    found, expected = fold(statements(uploads)), tables(uploads)
    for table, rows in expected.items():
        assert as_rows(getattr(found, table)) == sorted(tuple(sorted((k, str(v)) for k, v in r.items())) for r in rows)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(UPLOADS, st.data())
def test_one_upload_more_or_fewer_is_a_whole_fold(uploads: list[tuple], data: st.DataObject):
    """Folding in what came, and out what left, gives the very frames of a fold from the beginning."""
    whole = stacked(statements(uploads))
    arrivals = st.sets(st.integers(0, max(len(uploads) - 1, 0)))
    first, then = data.draw(arrivals), data.draw(arrivals)

    def part(wanted: set[int]) -> dict[str, pd.DataFrame]:
        return {name: rows[rows["arrival"].isin(wanted)].reset_index(drop=True) for name, rows in whole.items()}

    found = incremental_fold(fold_rows(part(first)), gone=first - then, new=part(then - first))
    expected = fold_rows(part(then))
    for table in found.rows:
        pd.testing.assert_frame_equal(found.rows[table], expected.rows[table])
        pd.testing.assert_frame_equal(getattr(found.tables, table), getattr(expected.tables, table))
    pd.testing.assert_frame_equal(found.tables.statements, expected.tables.statements)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(LINES["applications"], min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_order_of_arrival_changes_nothing_but_for_equal_dates(lines: list[dict], random):
    """With statement dates that differ, every column of every frame is the same, row by row."""
    uploads = [
        ("applications", START, [line | {"statement_date": START + timedelta(days=n)}]) for n, line in enumerate(lines)
    ]
    expected = fold(statements(uploads))
    random.shuffle(uploads)
    found = fold(statements(uploads))
    pd.testing.assert_frame_equal(found.applications, expected.applications)
    pd.testing.assert_frame_equal(found.statements, expected.statements)
    assert list(found.applications) == list(APPLICATIONS)
