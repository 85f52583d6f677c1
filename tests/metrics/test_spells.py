"""`spells`: applications and recaps become stays at a stage."""

import datetime as dt

import oracle
import pandas as pd
import pytest
import stays
from hypothesis import given
from hypothesis import strategies as st
from lives import APRIL, JUNE, MARCH, MAY, application, recap
from programmes import (
    APPLICATIONS,
    RECAPS,
    STATED,
    applications,
    clothes,
    days,
    dressed,
    few,
    frame,
    maybe_days,
    plain,
    recaps,
    registers,
    rows,
)

import halal_metrics as hm
from halal_metrics.schema import STAGES
from halal_metrics.spells import SPELLS

STATED_RECAPS = RECAPS | {"returned": STATED}
KEYS = list(SPELLS)[:-1]
DAY = dt.timedelta(1)
moments = days | st.sampled_from([dt.date(2025, 5, 10), dt.date(2025, 3, 1), dt.date(2025, 9, 1), dt.date(2230, 1, 1)])


@st.composite
def returning(draw, ties=False):
    """Recaps, some of which say how many are with the business."""
    drawn = draw(recaps(ties=ties))
    return [row | {"returned": draw(st.none() | st.integers(0, 12))} for row in drawn]


def stands(table):
    return table[table["outcome"].isin(["waiting", "returned"])]


def counted(applied, stated=(), as_of=JUNE):
    """{key: count} of the spells, checked to be a frame of them."""
    table = hm.spells(frame(applied, APPLICATIONS), frame(stated, STATED_RECAPS), as_of=as_of)
    assert dict(table.dtypes.astype(str)) == SPELLS
    assert list(table.columns) == list(SPELLS)
    assert table.index.equals(pd.RangeIndex(len(table)))
    return {key: row["count"] for key, row in rows(table, KEYS).items()}


def told(applied, stated=(), as_of=JUNE):
    """[(stage, entered, until, outcome, count), …] of one cell, in the frame's order."""
    return [(*key[2:], count) for key, count in counted(applied, stated, as_of).items()]


@given(applications, returning(), moments)
def test_equals_the_oracle(applied, stated, as_of):
    """Every application and every recap stays as the contract says, one by one."""
    assert counted(applied, stated, as_of) == stays.spells(applied, stated, as_of)


@given(applications, returning(), moments)
def test_who_waits_is_used_and_who_waits_at_issued_is_issued(applied, stated, as_of):
    """In every cell, whatever dates contradict each other or are missing, and whatever recaps take back."""
    tables = frame(applied, APPLICATIONS), frame(stated, STATED_RECAPS)
    waiting = stands(hm.spells(*tables, as_of=as_of))
    cells = ["kab_kota", "lp3h"]
    said = hm.absorption(frame([], {"quota": "int64"}), hm.progress(*tables), by=cells, as_of=as_of)
    said = said.groupby(cells, dropna=False)[["used", "issued"]].sum()
    for column, some in (("used", waiting), ("issued", waiting[waiting["stage"] == "issued"])):
        found = some.groupby(cells, dropna=False)["count"].sum()
        assert {k: v for k, v in plained(found).items() if v} == {k: v for k, v in plained(said[column]).items() if v}


def plained(series):
    return {tuple(map(plain, key)): int(value) for key, value in series.items()}


@given(registers(maybe_days), moments)
def test_counts_are_negative_only_where_dates_contradict(applied, as_of):
    """A stage dated before an earlier one, or after the exit, and as_of between the two: nowhere else."""
    ordered = [row for row in applied if in_order(row)]
    assert all(count > 0 for count in counted(ordered, as_of=as_of).values())


def in_order(row):
    dates = [row[f"{stage}_date"] for stage in STAGES if row[f"{stage}_date"]]
    last = [row["exit_date"] or row["statement_date"] or JUNE, row["statement_date"] or JUNE]
    return dates == sorted(dates) and all(date <= min(last) for date in dates)


@few
@given(registers(maybe_days), returning(), moments, st.data())
def test_parts_add_up(applied, stated, as_of, data):
    """Where every row has a date, the spells of disjoint sets of applications sum to those of all."""
    dated = [row | {"statement_date": row["statement_date"] or MAY} for row in applied]
    parts, summed = ([], []), {}
    for row in dated:
        parts[data.draw(st.booleans())].append(row)
    for part in parts:
        for key, count in counted(part, as_of=as_of).items():
            summed[key] = summed.get(key, 0) + count
    assert counted(dated, as_of=as_of) == {key: count for key, count in summed.items() if count}


@few
@given(applications, returning(ties=True), moments, clothes, st.randoms(use_true_random=False))
def test_indifferent_to_order_dtypes_and_further_columns(applied, stated, as_of, worn, random):
    """The same rows in the same order, whatever the input looks like; and the input is not changed."""
    before = hm.spells(frame(applied, APPLICATIONS), frame(stated, STATED_RECAPS), as_of=as_of)
    random.shuffle(applied)
    random.shuffle(stated)
    tables = (
        dressed(frame(applied, APPLICATIONS), APPLICATIONS, worn).assign(count=99, stage="x"),
        dressed(frame(stated, STATED_RECAPS), STATED_RECAPS, worn).assign(count=99, stage="x"),
    )
    copies = [table.copy(deep=True) for table in tables]
    pd.testing.assert_frame_equal(hm.spells(*tables, as_of=pd.Timestamp(as_of) + pd.Timedelta(hours=9)), before)
    for table, copy in zip(tables, copies, strict=True):
        pd.testing.assert_frame_equal(table, copy)


@few
@given(applications, returning(), moments)
def test_sorted_by_all_columns(applied, stated, as_of):
    """Places and institutions by name, missing last; stages and outcomes in their order."""
    table = hm.spells(frame(applied, APPLICATIONS), frame(stated, STATED_RECAPS), as_of=as_of)
    ranked = table.assign(
        stage=table["stage"].map(STAGES.index).astype("int64"),
        outcome=table["outcome"].map(["moved", "left", "returned", "waiting"].index).astype("int64"),
    )
    pd.testing.assert_frame_equal(ranked.sort_values(KEYS, ignore_index=True), ranked)


@few
@given(registers(maybe_days), moments)
def test_many_applications_stay_as_few_do(applied, as_of):
    """A register a hundred times over gives every stay a hundred times."""
    assert counted(applied * 100, as_of=as_of) == {key: 100 * n for key, n in counted(applied, as_of=as_of).items()}


def test_blocks_lose_nothing():
    """Counting in blocks doubles and loses nothing."""
    row = application("verified", submitted_date=MARCH, verified_date=MAY)
    assert told([row] * 300_000) == [
        ("submitted", MARCH, MAY, "moved", 300_000),
        ("verified", MAY, MAY, "waiting", 300_000),
    ]


def test_an_application_enters_every_stage_up_to_its_own():
    """A stage without a date is entered on the next one's, and takes no day."""
    row = application("fatwa", submitted_date=MARCH, fatwa_date=APRIL, statement_date=MAY)
    assert told([row]) == [
        ("submitted", MARCH, APRIL, "moved", 1),
        ("verified", APRIL, APRIL, "moved", 1),
        ("fatwa", APRIL, MAY, "waiting", 1),
    ]


def test_who_waits_is_known_until_the_statement():
    """Not until as_of where the LP3H last spoke before; until as_of where it speaks later; not before it entered."""
    row = application("submitted", submitted_date=MARCH, statement_date=APRIL)
    assert told([row]) == [("submitted", MARCH, APRIL, "waiting", 1)]
    assert told([row | {"statement_date": dt.date(2025, 7, 1)}]) == [("submitted", MARCH, JUNE, "waiting", 1)]
    assert told([row | {"submitted_date": MAY}]) == [("submitted", MAY, MAY, "waiting", 1)]
    without = [row | {"statement_date": None}, application("draft", statement_date=MAY)]
    assert told(without) == [("submitted", MARCH, MAY, "waiting", 1)]


def test_nothing_after_as_of_is_seen():
    """A move, an exit or a submission dated later has not happened yet, and a return stated later is not known."""
    row = application("issued", submitted_date=MARCH, verified_date=MAY, issued_date=JUNE, statement_date=JUNE)
    assert told([row], as_of=APRIL) == [("submitted", MARCH, APRIL, "waiting", 1)]
    left = application("rejected", submitted_date=MARCH, exit_date=MAY, statement_date=JUNE)
    assert told([left], as_of=APRIL) == [("submitted", MARCH, APRIL, "waiting", 1)]
    back = application("returned", submitted_date=MARCH, statement_date=MAY)
    assert told([back], as_of=APRIL) == [("submitted", MARCH, APRIL, "waiting", 1)]
    assert told([back], as_of=MAY) == [("submitted", MARCH, MAY, "returned", 1)]
    assert told([row], as_of=MARCH - DAY) == []


@pytest.mark.parametrize("status", oracle.LEFT)
def test_a_stage_dated_on_or_after_the_exit_is_not_entered(status):
    """It left from the stage before."""
    row = application(status, submitted_date=MARCH, verified_date=MAY, exit_date=MAY)
    assert told([row]) == [("submitted", MARCH, MAY, "left", 1)]
    assert told([row | {"exit_date": MARCH}]) == []


def test_drafts_and_undated_applications_are_not_there():
    """A draft uses no quota; what happened on no day is on none."""
    assert told([application("draft", submitted_date=MAY)]) == []
    assert told([application("submitted"), application("issued")]) == []


def test_an_unknown_status_waits_where_its_dates_say():
    """And without a date it is nowhere."""
    row = application("Perlu dipetakan", verified_date=MAY)
    other = application(None, statement_date=JUNE)
    assert told([row, other]) == [
        ("submitted", MAY, MAY, "moved", 1),
        ("verified", MAY, JUNE, "waiting", 1),
    ]


def test_contradicting_dates_sum_to_what_is_counted():
    """Issued in April, submitted in June: in May `absorption` says 0 used and 1 issued, and so do the spells."""
    row = application("issued", submitted_date=JUNE, verified_date=APRIL, issued_date=APRIL, statement_date=JUNE)
    assert told([row], as_of=MAY) == [("submitted", APRIL, MAY, "waiting", -1), ("issued", APRIL, MAY, "waiting", 1)]


def test_recaps_are_paired_first_in_first_out():
    """Whoever was submitted first moves on first; those stated to be returned are the first of those who wait."""
    stated = [
        recap(MARCH, submitted=4) | {"returned": None},
        recap(APRIL, submitted=7, verified=3) | {"returned": 2},
        recap(MAY, submitted=7, verified=5) | {"returned": None},
    ]
    assert told([], stated) == [
        ("submitted", MARCH, APRIL, "moved", 3),
        ("submitted", MARCH, MAY, "moved", 1),
        ("submitted", APRIL, MAY, "moved", 1),
        ("submitted", APRIL, MAY, "returned", 2),
        ("verified", APRIL, MAY, "waiting", 3),
        ("verified", MAY, MAY, "waiting", 2),
    ]
    assert told([], stated, as_of=APRIL)[-1] == ("verified", APRIL, APRIL, "waiting", 3)


def test_a_recap_that_falls_is_an_exit_or_a_move_that_never_was():
    """Fewer submitted and fewer verified: who was verified left. Fewer verified alone: the last moves are undone."""
    before = recap(MARCH, submitted=5, verified=3) | {"returned": None}
    left = recap(APRIL, submitted=4, verified=2) | {"returned": None}
    assert told([], [before, left]) == [
        ("submitted", MARCH, MARCH, "moved", 3),
        ("submitted", MARCH, APRIL, "waiting", 2),
        ("verified", MARCH, APRIL, "left", 1),
        ("verified", MARCH, APRIL, "waiting", 2),
    ]
    undone = recap(APRIL, submitted=5, verified=2) | {"returned": None}
    assert told([], [before, undone]) == [
        ("submitted", MARCH, MARCH, "moved", 2),
        ("submitted", MARCH, APRIL, "waiting", 3),
        ("verified", MARCH, APRIL, "waiting", 2),
    ]


def test_recaps_of_a_cell_with_applications_say_nothing():
    """Not even where the only application is a draft."""
    stated = [recap(MARCH, submitted=4) | {"returned": None}]
    assert told([application("draft")], stated) == []


@pytest.mark.parametrize("applied", [None, frame([], APPLICATIONS), pd.DataFrame()], ids=["none", "typed", "bare"])
@pytest.mark.parametrize("stated", [None, frame([], RECAPS), pd.DataFrame()], ids=["none", "typed", "bare"])
def test_nothing_in_is_an_empty_typed_frame_out(applied, stated):
    """None, empty typed frames and frames with neither rows nor columns give no spells, typed."""
    table = hm.spells(applied, stated, as_of=JUNE)
    assert table.empty
    assert dict(table.dtypes.astype(str)) == SPELLS


def test_columns_that_are_missing_are_missing_throughout():
    """A register that knows the day and nothing else is enough."""
    table = hm.spells(pd.DataFrame({"submitted_date": pd.to_datetime(["2025-05-02"])}), as_of=JUNE)
    assert table[["stage", "outcome", "count"]].values.tolist() == [["submitted", "waiting", 1]]
