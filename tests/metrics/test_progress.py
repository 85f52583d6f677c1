"""`progress`: applications and recaps become additive counts."""

import numpy as np
import oracle
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lives import APRIL, JUNE, KEYS, MARCH, MAY, application, by_stage, counts, progress
from programmes import (
    APPLICATIONS,
    RECAPS,
    applications,
    clothes,
    dressed,
    few,
    frame,
    maybe_days,
    recaps,
    registers,
)

import halal_metrics as hm


@given(applications, recaps())
def test_equals_the_oracle(applied, stated):
    """Every application and every recap counts as the contract says, one by one."""
    assert progress(applied, stated) == oracle.progress(applied, stated)


@given(applications)
def test_applications_alone(applied):
    """Recaps may be left out."""
    assert counts(hm.progress(frame(applied, APPLICATIONS))) == oracle.progress(applied)


@given(recaps())
def test_recaps_alone(stated):
    """Applications may be left out."""
    assert counts(hm.progress(recaps=frame(stated, RECAPS))) == oracle.progress([], stated)


def test_a_status_reaches_every_stage_before_it():
    """An application at the fatwa stage was submitted and verified, on its own dates or the next one."""
    table = frame([application("fatwa", submitted_date=MARCH, fatwa_date=MAY)], APPLICATIONS)
    assert by_stage(hm.progress(table)) == {
        "submitted": [(MARCH, 1)],
        "verified": [(MAY, 1)],
        "fatwa": [(MAY, 1)],
    }


def test_a_stage_date_overrules_an_earlier_status():
    """A certificate's date means issued, even where the status still says verified."""
    table = frame([application("verified", issued_date=MAY)], APPLICATIONS)
    assert by_stage(hm.progress(table)) == {stage: [(MAY, 1)] for stage in oracle.STAGES}


def test_a_draft_is_no_use_of_quota():
    """A draft has reached nothing, also with a date of registration."""
    table = frame([application("draft", submitted_date=MAY, statement_date=MAY)], APPLICATIONS)
    assert counts(hm.progress(table)) == {}


@pytest.mark.parametrize("status", ["Perlu dipetakan", None])
def test_an_unknown_status_has_reached_what_its_dates_say(status):
    """Nothing is guessed: without a stage date nothing, with one as far as that."""
    known = application(status, verified_date=MAY)
    table = frame([known, application(status, statement_date=JUNE)], APPLICATIONS)
    assert by_stage(hm.progress(table)) == {"submitted": [(MAY, 1)], "verified": [(MAY, 1)]}


def test_a_returned_application_keeps_its_slot():
    """With the business, but submitted; an exit_date without having left is ignored."""
    table = frame([application("returned", statement_date=MAY, exit_date=JUNE)], APPLICATIONS)
    assert by_stage(hm.progress(table)) == {"submitted": [(MAY, 1)]}


@pytest.mark.parametrize("status", oracle.LEFT)
def test_who_leaves_takes_back_all_that_was_reached(status):
    """−1 to each stage reached on the day of leaving; before that day the application counts."""
    left = application(status, submitted_date=MARCH, verified_date=APRIL, exit_date=MAY)
    assert by_stage(hm.progress(frame([left], APPLICATIONS))) == {
        "submitted": [(MARCH, 1), (MAY, -1)],
        "verified": [(APRIL, 1), (MAY, -1)],
    }


def test_leaving_on_the_day_of_arrival_leaves_nothing():
    """Rows of one key are summed and zero sums left out."""
    left = application("cancelled", submitted_date=MAY, exit_date=MAY)
    assert counts(hm.progress(frame([left], APPLICATIONS))) == {}


def test_a_missing_date_is_taken_from_the_statement_then_from_the_table():
    """statement_date first; else the latest date anywhere in the table, whatever column and row it is in."""
    table = frame(
        [
            application("submitted", statement_date=MARCH),
            application("submitted"),
            application("draft", exit_date=JUNE),
        ],
        APPLICATIONS,
    )
    assert by_stage(hm.progress(table)) == {"submitted": [(MARCH, 1), (JUNE, 1)]}


def test_a_table_without_one_date_keeps_its_rows():
    """They count, with a missing date."""
    table = frame([application("verified"), application("submitted")], APPLICATIONS)
    assert by_stage(hm.progress(table)) == {"submitted": [(None, 2)], "verified": [(None, 1)]}


@few
@given(applications.filter(len))
def test_many_applications_count_as_few_do(applied):
    """A register a hundred times over gives every count a hundred times."""
    hundredfold = {key: 100 * count for key, count in oracle.progress(applied).items()}
    assert progress(applied * 100) == hundredfold


def test_a_register_of_600_000():
    """Counting in blocks and in several threads loses and doubles nothing."""
    dates = dict.fromkeys(["submitted_date", "issued_date"], MAY)
    few_rows = [
        application("submitted", statement_date=MARCH),
        application("issued", **dates) | {"kab_kota": None},
        application("cancelled", submitted_date=MARCH, exit_date=JUNE),
    ]
    one_each = frame(few_rows, APPLICATIONS)
    many = one_each.astype({"kab_kota": "category"}).iloc[np.tile(range(3), 200_000)]
    expected = {key: 200_000 * count for key, count in oracle.progress(few_rows).items()}
    assert counts(hm.progress(many)) == expected


@few
@given(registers(maybe_days), st.data())
def test_parts_add_up(applied, data):
    """Where every row has a date, the progress of disjoint sets of applications sums to that of all."""
    dated = [row | {"statement_date": row["statement_date"] or MAY} for row in applied]
    summed, parts = {}, ([], [])
    for row in dated:
        parts[data.draw(st.booleans())].append(row)
    for part in parts:
        for key, count in progress(part).items():
            summed[key] = summed.get(key, 0) + count
    assert progress(dated) == {key: count for key, count in summed.items() if count}


@few
@given(applications, recaps(ties=True), st.randoms(use_true_random=False))
def test_indifferent_to_row_order(applied, stated, random):
    """Two recaps of one cell for one date included: which stands below the other decides nothing."""
    before = progress(applied, stated)
    random.shuffle(applied)
    random.shuffle(stated)
    assert progress(applied, stated) == before


@few
@given(applications, recaps(), clothes)
def test_indifferent_to_dtypes_index_and_further_columns(applied, stated, worn):
    """Object, str, categorical or Arrow text, any resolution of dates, duplicate labels: the same counts."""
    tables = (
        dressed(frame(applied, APPLICATIONS), APPLICATIONS, worn),
        dressed(frame(stated, RECAPS), RECAPS, worn),
    )
    for table in tables:
        table["nib"] = "8120001234567"
        table.insert(0, "count", 99)
    assert counts(hm.progress(*tables)) == oracle.progress(applied, stated)


@few
@given(applications, recaps(), clothes)
def test_inputs_are_never_changed(applied, stated, worn):
    """Frames come back as they were: values, dtypes and labels, whatever is done to the answer."""
    tables = (
        dressed(frame(applied, APPLICATIONS), APPLICATIONS, worn),
        dressed(frame(stated, RECAPS), RECAPS, worn),
    )
    before = [table.copy(deep=True) for table in tables]
    answer = hm.progress(*tables)
    answer["count"] = -1
    for table, copy in zip(tables, before, strict=True):
        pd.testing.assert_frame_equal(table, copy)


@pytest.mark.parametrize("applied", [None, frame([], APPLICATIONS), pd.DataFrame()], ids=["none", "typed", "bare"])
@pytest.mark.parametrize("stated", [None, frame([], RECAPS), pd.DataFrame()], ids=["none", "typed", "bare"])
def test_nothing_in_is_an_empty_typed_frame_out(applied, stated):
    """None, empty typed frames and frames with neither rows nor columns give no counts, typed."""
    assert counts(hm.progress(applied, stated)) == {}


def test_columns_that_are_missing_are_missing_throughout():
    """A register of places and statuses alone is enough; so is one that knows the day and nothing else."""
    places = pd.DataFrame({"kab_kota": ["Kota Bontang"], "status": ["verified"]})
    assert counts(hm.progress(places)) == {
        (None, "Kota Bontang", None, "submitted"): 1,
        (None, "Kota Bontang", None, "verified"): 1,
    }
    days = pd.DataFrame({"submitted_date": pd.to_datetime(["2025-05-10"])})
    assert counts(hm.progress(days)) == {(MAY, None, None, "submitted"): 1}
    assert counts(hm.progress(recaps=pd.DataFrame({"issued": [2]})))[None, None, None, "issued"] == 2


@few
@given(registers(maybe_days))
def test_no_application_disappears(applied):
    """In the end as many are submitted as were and have not left; one row a key, and never a zero."""
    table = hm.progress(frame(applied * 3, APPLICATIONS))
    standing = [row for row in applied if oracle.reached(row) and row["status"] not in oracle.LEFT]
    assert table.loc[table["stage"] == "submitted", "count"].sum() == 3 * len(standing)
    assert not table.duplicated(KEYS).any()
    assert (table["count"] != 0).all()
