"""What obstacles hold up: each certificate once, however many obstacles name it."""

import itertools

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

import halal_metrics as hm
from halal_metrics.schema import OBSTACLES, PROGRESS, QUOTAS, conform

DAY = pd.Timestamp("2025-06-04")
PLACES, LP3H = ["Kabupaten Berau", "Kota Bontang"], ["PWI Kaltim", "LP3H UINSI Samarinda"]
CELLS = list(itertools.product(PLACES, LP3H))
HELD = ["quota", "submitted", "verified", "fatwa", "decided"]

obstacles = st.lists(
    st.fixed_dictionaries(
        {
            "kab_kota": st.sampled_from([None, *PLACES]),
            "lp3h": st.sampled_from([None, *LP3H]),
            "stage": st.sampled_from([None, "quota", "submitted", "fatwa"]),
            "held": st.none() | st.integers(0, 9),
        }
    ),
    max_size=4,
)
standings = st.fixed_dictionaries({(*cell, stage): st.integers(0, 4) for cell in CELLS for stage in HELD})


def frames(rows, standing):
    """Obstacles, and a plan and progress in which so many stand in each cell and stage."""
    quotas, flows = [], []
    for kab_kota, lp3h in CELLS:
        here = [standing[kab_kota, lp3h, stage] for stage in HELD]
        cell = {"kab_kota": kab_kota, "lp3h": lp3h}
        quotas.append(cell | {"quota": sum(here)})
        flows += [
            cell | {"date": DAY, "stage": stage, "count": sum(here[place:])}
            for place, stage in enumerate(HELD[1:], start=1)
        ]
    named = [row | {"note_id": f"n{place}"} for place, row in enumerate(rows)]
    return (
        conform(pd.DataFrame(named, columns=list(OBSTACLES)), OBSTACLES),
        conform(pd.DataFrame(quotas).assign(source_row=1), QUOTAS),
        conform(pd.DataFrame(flows), PROGRESS),
    )


def most(rows, standing):
    """
    What these obstacles can hold together: the least, over all ways to cut, of what those cut off may hold and what
    stands where the others reach.
    """

    def reach(row):
        return {
            cell for cell in standing
            if all(row[name] in (None, there) for name, there in zip(("kab_kota", "lp3h", "stage"), cell, strict=True))
        }  # fmt: skip

    cuts = []
    for kept in itertools.product([True, False], repeat=len(rows)):
        cells = set().union(*(reach(row) for row, keep in zip(rows, kept, strict=True) if keep))
        away = [row["held"] for row, keep in zip(rows, kept, strict=True) if not keep]
        if None not in away:
            cuts.append(sum(away) + sum(standing[cell] for cell in cells))
    return min(cuts)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(rows=obstacles, standing=standings)
def test_no_certificate_is_counted_twice(rows, standing):
    """Down to each row the sum is the most that the obstacles so far can hold together, by brute force."""
    ranked = hm.at_stake(*frames(rows, standing), as_of=DAY)
    order = [int(note[1:]) for note in ranked["note_id"]]
    assert sorted(order) == list(range(len(rows)))
    for place in range(len(rows)):
        so_far = ranked["at_stake"].tolist()[: place + 1]
        assert sum(so_far) == most([rows[at] for at in order[: place + 1]], standing)
        assert ranked["alone"].tolist()[place] == most([rows[order[place]]], standing)
    assert sum(ranked["at_stake"].tolist()) <= sum(standing.values())
    assert ranked["at_stake"].is_monotonic_decreasing


@settings(max_examples=15, deadline=None, derandomize=True)
@given(rows=obstacles, standing=standings, random=st.randoms(use_true_random=False))
def test_order_of_rows_does_not_matter(rows, standing, random):
    """Equal ones are told apart by their id."""
    noted, *rest = frames(rows, standing)
    places = list(range(len(noted)))
    random.shuffle(places)
    pd.testing.assert_frame_equal(
        hm.at_stake(noted, *rest, as_of=DAY), hm.at_stake(noted.take(places), *rest, as_of=DAY)
    )


def held(obstacles, quotas, used=()):
    """{note_id: (alone, at_stake)}; `used`: (kab_kota, submitted)."""
    progress = pd.DataFrame(
        [(DAY, place, "submitted", count) for place, count in used], columns=list(PROGRESS)[:2] + list(PROGRESS)[3:]
    )
    noted = pd.DataFrame(obstacles).assign(note_id=[f"n{place}" for place in range(len(obstacles))])
    found = hm.at_stake(noted, pd.DataFrame(quotas), conform(progress, PROGRESS), as_of=DAY)
    return {row.note_id: (row.alone, row.at_stake) for row in found.itertuples()}


def test_one_closed_is_not_open():
    """From the day it was closed on; before, it is."""
    quotas = [{"kab_kota": "Kabupaten Berau", "quota": 10}]
    closed = [{"stage": "quota", "closed_date": DAY}, {"stage": "quota", "closed_date": DAY + pd.Timedelta(days=1)}]
    assert held(closed, quotas) == {"n1": (10, 10)}


def test_never_more_certificates_than_quota():
    """Where a place overshot its quota, no more can be issued than there is quota."""
    quotas = [{"kab_kota": "Kabupaten Berau", "quota": 10}, {"kab_kota": "Kota Bontang", "quota": 10}]
    assert held([{"stage": None}], quotas, [("Kabupaten Berau", 15)]) == {"n0": (20, 20)}
    assert held([{"stage": None}], [{"quota": 0}], [("Kabupaten Berau", 15)]) == {"n0": (15, 15)}


def test_undivided_quota_is_held_by_who_says_how_many():
    """A plan without places: an obstacle of one place holds what it says, and nothing where it does not say."""
    berau = {"kab_kota": "Kabupaten Berau", "stage": "quota"}
    assert held([berau | {"held": 25}, berau | {"held": None}], [{"quota": 100}]) == {"n0": (25, 25), "n1": (0, 0)}


def test_what_is_back_with_the_business_stands_there_alone():
    """A returned application is held by an obstacle of that step, not by one of the stage it had reached."""
    progress = conform(pd.DataFrame({"date": [DAY], "stage": "submitted", "count": [5]}), PROGRESS)
    returned = conform(pd.DataFrame({"date": [DAY], "stage": "submitted", "count": [2]}), PROGRESS)
    noted = pd.DataFrame({"note_id": ["a", "b"], "stage": ["submitted", "returned"]})
    found = hm.at_stake(noted, pd.DataFrame({"quota": [5]}), progress, returned, as_of=DAY)
    assert found[["note_id", "at_stake"]].values.tolist() == [["a", 3], ["b", 2]]


def test_nothing_noted():
    """No obstacle, no row; nothing held, no share."""
    quotas, progress = pd.DataFrame({"quota": [0]}), conform(pd.DataFrame(), PROGRESS)
    found = hm.at_stake(conform(pd.DataFrame(), OBSTACLES), quotas, progress, as_of=DAY)
    assert found.empty
    assert list(found.columns) == [*OBSTACLES, "alone", "at_stake", "cumulative_share"]
    found = hm.at_stake(pd.DataFrame({"note_id": ["a"]}), quotas, progress, as_of=DAY)
    assert found["at_stake"].tolist() == [0]
    assert found["cumulative_share"].isna().tolist() == [True]
