"""What `reallocation` promises always: nothing is lost or taken that is used, and nobody loses by doing better."""

import datetime as dt

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from programmes import PROGRESS, QUOTAS, clothes, dressed, few
from reallocating import AS_OF, CAPACITY, CELL, FIGURES, arguments, by_cell, cases, keyed, proposal

import halal_metrics as hm


@given(cases())
def test_nothing_is_lost_and_nothing_used_is_taken(case):
    """Σ new_quota = Σ quota + extra; new_quota ≥ min(used, quota); nobody gives and receives."""
    quotas, flows, terms = case
    table = proposal(quotas, flows, terms)
    assert table["new_quota"].sum() == sum(row["quota"] for row in quotas) + terms["extra"]
    assert (table["new_quota"] == table["quota"] - table["gives"] + table["receives"]).all()
    assert table["receives"].sum() == table["gives"].sum() + terms["extra"]
    assert (table["new_quota"] >= table[["used", "quota"]].min(axis=1)).all()
    assert ((table["gives"] == 0) | (table["receives"] == 0)).all()
    assert (table[["gives", "receives", "new_quota", "capacity"]] >= 0).all(axis=None)


@given(cases(), st.randoms(use_true_random=False), clothes)
def test_indifferent_to_row_order_and_dtypes(case, random, worn):
    """Shuffled rows in other clothes give the same rows, and no input is changed."""
    quotas, flows, terms = case
    before = proposal(quotas, flows, terms)
    for table in (quotas, flows, terms["keep"], terms["capacity"] or []):
        random.shuffle(table)
    frames, named = arguments(quotas, flows, terms)
    tables = [dressed(table, columns, worn) for table, columns in zip(frames, (QUOTAS, PROGRESS), strict=True)]
    if named["capacity"] is not None:
        tables.append(named.pop("capacity").pipe(dressed, CAPACITY, worn))
    copies = [table.copy(deep=True) for table in tables]
    pd.testing.assert_frame_equal(
        hm.reallocation(*tables[:2], **dict(zip(["capacity"], tables[2:], strict=False)) | named), before
    )
    for table, copy in zip(tables, copies, strict=True):
        pd.testing.assert_frame_equal(table, copy)


@given(cases())
def test_the_rows_of_a_cell_are_one(case):
    """An allocation written in two rows is one; so is a capacity."""
    quotas, flows, terms = case
    cut = [
        part for row in quotas for part in (row | {"quota": row["quota"] // 2}, row | {"quota": -(-row["quota"] // 2)})
    ]
    stated = terms["capacity"] and [part for row in terms["capacity"] for part in (row | {"capacity": 0}, row)]
    pd.testing.assert_frame_equal(proposal(cut, flows, terms | {"capacity": stated}), proposal(quotas, flows, terms))


@given(cases())
def test_columns_names_and_dtypes(case):
    """Sorted by name, missing last; text str, counts int64, the rate float64."""
    table = proposal(*case)
    assert list(table.columns) == [*CELL, "quota", "used", "absorption_rate", *FIGURES[2:], "rule", "reason"]
    expected = dict.fromkeys(FIGURES, "int64") | dict.fromkeys((*CELL, "rule", "reason"), "str")
    assert dict(table.dtypes.astype(str)) == expected | {"absorption_rate": "float64"}
    assert table.index.equals(pd.RangeIndex(len(table)))
    pd.testing.assert_frame_equal(table, table.sort_values(list(CELL), na_position="last", ignore_index=True))
    assert (table["absorption_rate"].isna() == (table["quota"] == 0)).all()
    assert not table[["rule", "reason"]].isna().any(axis=None)


# ---- nobody loses by doing better


@few
@given(cases(), st.sampled_from([0, 60]))
def test_one_more_used_never_gives_the_cell_less(case, days_ago):
    """Whether it counts for the pace or is older than that."""
    quotas, flows, terms = case
    before = by_cell(proposal(quotas, flows, terms))
    for key in before:
        more = dict(zip(CELL, key, strict=True)) | {"stage": "submitted", "count": 1}
        after = by_cell(proposal(quotas, [*flows, more | {"date": AS_OF - dt.timedelta(days_ago)}], terms))
        assert after[key] >= before[key], key


@few
@given(cases())
def test_one_more_capacity_never_gives_the_cell_less(case):
    """Stated for all, then one more of one."""
    quotas, flows, terms = case
    table = proposal(quotas, flows, terms)
    stated = [dict(zip(CELL, key, strict=True)) | {"capacity": row["capacity"]} for key, row in keyed(table).items()]
    before = by_cell(table)
    for place, key in enumerate(before):
        more = [row | {"capacity": row["capacity"] + (at == place)} for at, row in enumerate(stated)]
        assert by_cell(proposal(quotas, flows, terms | {"capacity": more}))[key] >= before[key], key


@given(cases())
def test_one_more_extra_gives_nobody_less(case):
    """Not even what is left for nobody."""
    quotas, flows, terms = case
    before = by_cell(proposal(quotas, flows, terms))
    after = by_cell(proposal(quotas, flows, terms | {"extra": terms["extra"] + 1}))
    assert all(after[key] >= quota for key, quota in before.items())


@few
@given(cases())
def test_a_kept_cell_keeps_and_nobody_receives_more_for_it(case):
    """Each in turn objects."""
    quotas, flows, terms = case
    before = keyed(proposal(quotas, flows, terms))
    for key in before:
        after = keyed(proposal(quotas, flows, terms | {"keep": [*terms["keep"], key]}))
        assert after[key]["gives"] == 0
        assert all(after[other]["receives"] <= row["receives"] for other, row in before.items())
