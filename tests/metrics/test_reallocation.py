"""`reallocation`: equal to what was written a second time, and what it does at the edge."""

from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reallocating import (
    AS_OF,
    BERAU,
    BONTANG,
    CELL,
    PASER,
    cases,
    figures,
    keyed,
    least_squares,
    plan_of,
    proposal,
    reallocation,
)

import halal_metrics as hm
from halal_metrics.reallocation import webster


@given(cases())
def test_equals_the_oracle(case):
    """Slot by slot, with exact fractions."""
    quotas, flows, terms = case
    assert figures(proposal(quotas, flows, terms)) == reallocation(quotas, flows, **terms)


@settings(max_examples=150)
@given(cases(most_quota=6, most_rows=4))
def test_equals_the_best_of_all_ways(case):
    """Of every way to hand out a step, the one with the least Σ received² ÷ claim."""
    quotas, flows, terms = case
    assert figures(proposal(quotas, flows, terms)) == reallocation(quotas, flows, **terms, share=least_squares)


def test_a_published_split():
    """53.000, 24.000 and 23.000 votes share seven seats 3 : 2 : 2 (Wikipedia, "Sainte-Laguë method")."""
    assert webster(7, [53_000, 24_000, 23_000], [0, 0, 0]) == [3, 2, 2]


@given(st.lists(st.integers(1, 2000), min_size=1, max_size=26), st.data())
def test_a_large_split_has_the_least_squares(claims, data):
    """No single slot moved from one to another would lessen Σ received² ÷ claim; all are handed out, none too many."""
    count = data.draw(st.integers(0, sum(claims)))
    got = webster(count, claims, [0] * len(claims))
    assert sum(got) == count
    assert all(0 <= has <= claim for has, claim in zip(got, claims, strict=True))
    last = [Fraction(2 * has - 1, claim) for has, claim in zip(got, claims, strict=True) if has]
    more = [Fraction(2 * has + 1, claim) for has, claim in zip(got, claims, strict=True) if has < claim]
    assert not last or not more or max(last) <= min(more)


@pytest.mark.parametrize(
    ("cells", "receiver"),
    [
        ([(BERAU, "A", 10, 11), (BONTANG, "A", 5, 6)], 1),
        ([(BERAU, "A", 10, 10), (BONTANG, "A", 20, 20)], 1),
        ([(BONTANG, "A", 10, 10), (BERAU, "A", 10, 10)], 0),
        ([(BERAU, "A", 0, 1), (BONTANG, "A", 5, 6)], 1),
    ],
    ids=["higher rate", "more used", "name", "without quota the rate is 0"],
)
def test_who_comes_first_among_equals(cells, receiver):
    """Equal claims, and one slot there is."""
    stated = pd.DataFrame(cells, columns=[*CELL, "quota", "used"])[[*CELL]].assign(capacity=1)
    table = hm.reallocation(*plan_of(*cells), as_of=AS_OF, until=AS_OF, receive=1.0, capacity=stated, extra=1)
    assert table["receives"].tolist() == [int(place == receiver) for place in range(2)]


@pytest.mark.parametrize(
    ("cells", "giver"),
    [([(BERAU, "A", 20, 5), (BONTANG, "A", 10, 0)], 1), ([(BERAU, "A", 10, 0), (BERAU, "B", 10, 0)], 1)],
    ids=["lower rate", "last name"],
)
def test_who_gives_first_among_equals(cells, giver):
    """The other way round: five slots free each, and one that is needed."""
    table = hm.reallocation(*plan_of(*cells, ("Kota Samarinda", "A", 0, 1)), as_of=AS_OF, until=AS_OF)
    assert table["gives"].tolist()[:2] == [int(place == giver) for place in range(2)]


# ---- the edges


def test_nothing_at_all():
    """No row, typed; with extra quota one row, that holds it."""
    nothing = pd.DataFrame({"quota": pd.Series([], dtype="int64")}), hm.progress()
    table = hm.reallocation(*nothing, as_of=AS_OF, until=AS_OF)
    assert len(table) == 0
    assert table.dtypes.equals(hm.reallocation(*nothing, as_of=AS_OF, until=AS_OF, extra=3).dtypes)
    table = hm.reallocation(*nothing, as_of=AS_OF, until=AS_OF, extra=3)
    assert keyed(table)[None, None]["new_quota"] == 3
    assert table["rule"].tolist() == ["extra"]


def test_past_the_last_day_nobody_can_submit_more():
    """Only what is over its quota is covered."""
    cells = plan_of((BERAU, "A", 20, 0), (PASER, "A", 20, 21), (BONTANG, "A", 20, 20))
    cells[1]["date"] = pd.Timestamp("2025-06-02")
    table = hm.reallocation(*cells, as_of=AS_OF, until="2025-06-01")
    assert table[["capacity", "receives"]].values.tolist() == [[0, 0], [0, 1], [0, 0]]


def test_without_progress_only_extra_moves():
    """Nobody has used anything, so nobody claims."""
    quotas, progress = plan_of((BERAU, "A", 20, 0), (None, None, 30, 0))
    table = hm.reallocation(quotas, progress, as_of=AS_OF, until="2025-12-31", extra=5)
    assert table["new_quota"].tolist() == [20, 35]
    assert table["gives"].tolist() == [0, 0]


def test_tables_that_name_no_lp3h_or_place():
    """The missing group takes what they have."""
    quotas = pd.DataFrame({"kab_kota": [BONTANG], "quota": [10]})
    progress = pd.DataFrame({"date": pd.to_datetime(["2025-06-01"]), "lp3h": ["A"], "stage": "submitted", "count": [4]})
    table = hm.reallocation(quotas, progress, as_of="2025-06-04", until=pd.Timestamp("2025-12-31"))
    assert figures(table) == {
        (BONTANG, None): {"quota": 10, "used": 0, "capacity": 0, "gives": 4, "receives": 0, "new_quota": 6},
        (None, "A"): {"quota": 0, "used": 4, "capacity": 30, "gives": 0, "receives": 4, "new_quota": 4},
    }


def test_a_capacity_that_is_not_stated_is_the_pace():
    """Of a cell that is not in the frame, or has no number there."""
    quotas, progress = plan_of((BERAU, "A", 8, 8), (BONTANG, "A", 8, 8), (PASER, "A", 8, 8))
    progress["date"] = pd.Timestamp("2025-06-01")
    stated = pd.DataFrame({"kab_kota": [BERAU, BONTANG], "lp3h": "A", "capacity": pd.array([1, None], "Int64")})
    table = hm.reallocation(quotas, progress, as_of=AS_OF, until="2025-07-02", capacity=stated)
    assert table["capacity"].tolist() == [1, 8, 8]


def test_a_share_is_the_decimal_it_is_written_as():
    """29% of 100 are 29, though 0.29 × 100 is less in binary fractions."""
    quotas, progress = plan_of((BERAU, "A", 100, 0), (BONTANG, "A", 0, 50))
    assert hm.reallocation(quotas, progress, as_of=AS_OF, until=AS_OF, floor=0.29)["gives"].tolist() == [29, 0]


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA], ids=["None", "NaN", "NA"])
def test_an_objection_of_what_names_no_lp3h(missing):
    """However a missing name is written; an objection of nobody we know keeps nothing."""
    cells = plan_of((BERAU, None, 20, 0), (BONTANG, "A", 0, 5))
    keep = [(BERAU, missing), ("Kabupaten Lain", "A")]
    assert hm.reallocation(*cells, as_of=AS_OF, until=AS_OF, keep=keep)["gives"].tolist() == [0, 0]


@pytest.mark.parametrize(
    "wrong",
    [{"floor": 1.1}, {"floor": -0.1}, {"receive": -1}, {"receive": float("nan")}, {"extra": -1}, {"extra": 0.5}],
    ids=str,
)
def test_terms_that_make_no_sense(wrong):
    """Said by name, before anything is figured."""
    with pytest.raises(ValueError, match=next(iter(wrong))):
        hm.reallocation(*plan_of((BERAU, "A", 1, 1)), as_of=AS_OF, until=AS_OF, **wrong)


@pytest.mark.parametrize("capacity", [-1, float("inf")])
def test_capacities_that_make_no_sense(capacity):
    """A forecast that went wrong is not shared out."""
    stated = pd.DataFrame({"kab_kota": [BERAU], "lp3h": ["A"], "capacity": [capacity]})
    with pytest.raises(ValueError, match="capacity"):
        hm.reallocation(*plan_of((BERAU, "A", 1, 1)), as_of=AS_OF, until=AS_OF, capacity=stated)
