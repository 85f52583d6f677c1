"""`transfers`: what is given and what is received, paired: within a kab/kota before across, in row order."""

import pandas as pd
from hypothesis import given
from programmes import rows
from reallocating import CELL, cases, proposal

import halal_metrics as hm

WAYS = ["from_kab_kota", "from_lp3h", "to_kab_kota", "to_lp3h"]


@given(cases())
def test_all_that_is_received_comes_from_somewhere(case):
    """Σ count = Σ receives, for each who receives; and for each who gives what it gives, extra from nowhere."""
    table = proposal(*case)
    moved = rows(hm.transfers(table), WAYS)
    assert all(row["count"] > 0 for row in moved.values())
    for key, row in rows(table, CELL).items():
        assert sum(way["count"] for ends, way in moved.items() if ends[2:] == key) == row["receives"]
        extra = case[2]["extra"] if key == (None, None) else 0
        assert sum(way["count"] for ends, way in moved.items() if ends[:2] == key) == row["gives"] + extra
    assert sum(row["count"] for row in moved.values()) == table["receives"].sum()


@given(cases())
def test_within_before_across_in_row_order(case):
    """A kab/kota first serves its own, as far as it can; both parts are in the order of the rows."""
    table = proposal(*case)
    moved = hm.transfers(table)
    within = moved["from_kab_kota"].notna() & (moved["from_kab_kota"] == moved["to_kab_kota"])
    assert within.tolist() == sorted(within, reverse=True)
    for place, some in table.groupby("kab_kota"):
        own = moved.loc[within & (moved["from_kab_kota"] == place), "count"].sum()
        assert own == min(some["gives"].sum(), some["receives"].sum())
    number = {key: place for place, key in enumerate(rows(table, CELL))}
    last = len(number)  # extra is no row of the table, and comes after all
    order = [(not here, number.get(ends[:2], last), number[ends[2:]])
             for here, ends in zip(within, rows(moved, WAYS), strict=True)]  # fmt: skip
    assert order == sorted(order)


@given(cases())
def test_columns_dtypes_and_no_change(case):
    """Names str, count int64; the proposal stays as it was."""
    table = proposal(*case)
    before = table.copy(deep=True)
    moved = hm.transfers(table)
    assert dict(moved.dtypes.astype(str)) == dict.fromkeys(WAYS, "str") | {"count": "int64"}
    pd.testing.assert_frame_equal(table, before)
    pd.testing.assert_frame_equal(hm.transfers(table.set_axis([0] * len(table))), moved)


def test_nothing_moves():
    """No row, typed."""
    nothing = pd.DataFrame({"quota": pd.Series([], dtype="int64")}), hm.progress()
    moved = hm.transfers(hm.reallocation(*nothing, as_of="2025-06-04", until="2025-12-31"))
    assert len(moved) == 0
    assert dict(moved.dtypes.astype(str)) == dict.fromkeys(WAYS, "str") | {"count": "int64"}


def test_extra_alone():
    """It goes from nowhere to nowhere: nobody has claimed it yet."""
    nothing = pd.DataFrame({"quota": pd.Series([], dtype="int64")}), hm.progress()
    moved = hm.transfers(hm.reallocation(*nothing, as_of="2025-06-04", until="2025-12-31", extra=7))
    assert rows(moved, WAYS) == {(None,) * 4: {"count": 7}}


def test_a_missing_place_is_no_kab_kota():
    """What has no place moves across, after what each place gives its own."""
    table = pd.DataFrame(
        {
            "kab_kota": ["Kabupaten Berau", "Kota Bontang", "Kota Bontang", None, None],
            "lp3h": ["A", "A", "B", "A", None],
            "gives": [4, 0, 2, 0, 3],
            "receives": [0, 6, 0, 3, 0],
        }
    )
    moved = hm.transfers(table)
    assert moved.astype(object).where(moved.notna(), None).values.tolist() == [
        ["Kota Bontang", "B", "Kota Bontang", "A", 2],
        ["Kabupaten Berau", "A", "Kota Bontang", "A", 4],
        [None, None, None, "A", 3],
    ]
