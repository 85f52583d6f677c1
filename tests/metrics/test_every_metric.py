"""What holds for every metric that is figured from quotas and progress."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from programmes import BYS, PROGRESS, QUOTAS, clothes, dressed, few, frame, plain, programmes, rows

import halal_metrics as hm

START, AS_OF = dt.date(2025, 5, 5), dt.date(2025, 5, 26)


def curve(quotas, progress, *, by, as_of):
    return hm.progress_curve(quotas, progress, by=by, start=START, until=as_of)


def gaps(quotas, progress, *, by, as_of):
    return hm.deadline_gaps(quotas, progress, by=by, as_of=as_of, start=START)


METRICS = {"absorption": hm.absorption, "funnel": hm.funnel, "deadline_gaps": gaps, "progress_curve": curve}
KEYS = {"funnel": ["stage"], "progress_curve": ["date"]}
RATE = "float64"
COLUMNS = {
    "absorption": {
        **dict.fromkeys(("quota", "used", "issued", "remaining"), "int64"),
        **dict.fromkeys(("absorption_rate", "issuance_rate", "conversion_rate"), RATE),
    },
    "funnel": {
        "stage": "str",
        "reached": "int64",
        "waiting": "int64",
        "share_of_quota": RATE,
        "step_rate": RATE,
    },
    "deadline_gaps": {
        **dict.fromkeys(("quota", "done", "remaining"), "int64"),
        "target_date": "datetime64[us]",
        **dict.fromkeys(("days_left", "working_days_left"), "Int64"),
        **dict.fromkeys(("planned", "gap", "gap_rate", "pace_per_week", "required_per_week"), RATE),
        "projected_date": "datetime64[us]",
        "status": "str",
    },
    "progress_curve": {
        "date": "datetime64[us]",
        "planned": RATE,
        **dict.fromkeys(("submitted", "verified", "fatwa", "decided", "issued"), "int64"),
    },
}
ADDITIVE = {
    "absorption": ["quota", "used", "issued", "remaining"],
    "funnel": ["reached", "waiting"],
    "deadline_gaps": ["quota", "done", "remaining", "planned", "gap", "pace_per_week"],
    "progress_curve": ["planned", "submitted", "verified", "fatwa", "decided", "issued"],
}

every_metric = pytest.mark.parametrize("name", METRICS)


def answer(name, quotas, progress, by, as_of=AS_OF):
    """{key: row} of the metric."""
    return rows(METRICS[name](quotas, progress, by=by, as_of=as_of), [*by, *KEYS.get(name, [])])


@every_metric
@few
@given(programme=programmes(), by=st.sampled_from(BYS))
def test_columns_and_dtypes_are_the_contracts(name, programme, by):
    """The groups first, then the columns in their order, text str, dates datetime64[us], rates float64."""
    quotas, progress = programme.frames
    for table in (
        METRICS[name](quotas, progress, by=by, as_of=AS_OF),
        METRICS[name](quotas.iloc[:0], progress.iloc[:0], by=by, as_of=AS_OF),
    ):
        expected = dict.fromkeys(by, "str") | COLUMNS[name]
        assert list(table.columns) == list(expected)
        assert dict(table.dtypes.astype(str)) == expected
        assert table.index.equals(pd.RangeIndex(len(table)))


@every_metric
@few
@given(programme=programmes(), by=st.sampled_from(BYS), random=st.randoms(use_true_random=False))
def test_indifferent_to_row_order(name, programme, by, random):
    """Shuffled rows give the same rows, in the same order."""
    before = METRICS[name](*programme.frames, by=by, as_of=AS_OF)
    random.shuffle(programme.quotas)
    random.shuffle(programme.flows)
    after = METRICS[name](*programme.frames, by=by, as_of=AS_OF)
    pd.testing.assert_frame_equal(before, after)


@every_metric
@few
@given(programme=programmes(), by=st.sampled_from(BYS), worn=clothes)
def test_indifferent_to_dtypes_index_and_further_columns(name, programme, by, worn):
    """Object, str, categorical or Arrow text, any resolution of dates, any integers, duplicate labels."""
    quotas, progress = programme.frames
    dressed_quotas, dressed_progress = dressed(quotas, QUOTAS, worn), dressed(progress, PROGRESS, worn)
    dressed_quotas["used"] = 7
    dressed_progress.insert(0, "quota", 9)
    before = METRICS[name](quotas, progress, by=by, as_of=AS_OF)
    after = METRICS[name](dressed_quotas, dressed_progress, by=by, as_of=AS_OF)
    pd.testing.assert_frame_equal(before, after)


@every_metric
@few
@given(programme=programmes(), by=st.sampled_from(BYS), worn=clothes)
def test_inputs_are_never_changed(name, programme, by, worn):
    """Whatever is done to the answer afterwards."""
    tables = [
        dressed(table, columns, worn) for table, columns in zip(programme.frames, (QUOTAS, PROGRESS), strict=True)
    ]
    before = [table.copy(deep=True) for table in tables]
    found = METRICS[name](*tables, by=by, as_of=AS_OF)
    for column in found:
        found[column] = None
    for table, copy in zip(tables, before, strict=True):
        pd.testing.assert_frame_equal(table, copy)


@every_metric
@few
@given(programme=programmes(), by=st.sampled_from(BYS[:-1]))
def test_sums_over_groups_equal_the_total(name, programme, by):
    """No quota and no application disappears, however they are told apart."""
    within = KEYS.get(name, [])
    whole = METRICS[name](*programme.frames, by=(), as_of=AS_OF)
    parts = METRICS[name](*programme.frames, by=by, as_of=AS_OF)
    for column in ADDITIVE[name]:
        if not within:
            assert parts[column].sum() == pytest.approx(whole[column].sum())
        elif len(parts):
            summed = parts.groupby(within[0], sort=False)[column].sum()
            assert summed.tolist() == pytest.approx(whole[column].tolist())
        else:
            assert (whole[column] == 0).all()


@every_metric
@few
@given(programme=programmes(), data=st.data())
def test_progress_in_parts_is_the_same_progress(name, programme, data):
    """Cut into rows of one, or merged: a metric is a sum over it."""
    finer = [row | {"count": part} for row in programme.flows for part in (row["count"] - 3, 1, 2)]
    quotas, progress = programme.frames
    whole = METRICS[name](quotas, progress, by=("lp3h",), as_of=AS_OF)
    cut = METRICS[name](quotas, frame(finer, PROGRESS), by=("lp3h",), as_of=AS_OF)
    pd.testing.assert_frame_equal(whole, cut)


@every_metric
@pytest.mark.parametrize("by", BYS)
def test_nothing_in_is_an_empty_typed_frame_out(name, by):
    """No group, no row; () over nothing is one row of zeros with missing rates."""
    found = METRICS[name](frame([], QUOTAS), frame([], PROGRESS), by=by, as_of=AS_OF)
    assert dict(found.dtypes.astype(str)) == dict.fromkeys(by, "str") | COLUMNS[name]
    if by:
        assert len(found) == 0
        return
    assert len(found) == {"funnel": 6, "progress_curve": (AS_OF - START).days + 1}.get(name, 1)
    assert (found[ADDITIVE[name]] == 0).all(axis=None)
    rates = [column for column in found if column.endswith("_rate") or column == "share_of_quota"]
    assert found[rates].isna().all(axis=None)


@every_metric
def test_columns_that_may_be_missing(name):
    """Quotas without institutions, progress without places: the missing group takes them."""
    quotas = pd.DataFrame({"kab_kota": ["Kota Bontang"], "quota": [4]})
    progress = pd.DataFrame(
        {"date": pd.to_datetime(["2025-05-10"]), "lp3h": ["PWI Kaltim"], "stage": ["submitted"], "count": [3]}
    )
    groups = {key[:2] for key in answer(name, quotas, progress, ("kab_kota", "lp3h"))}
    assert groups == {("Kota Bontang", None), (None, "PWI Kaltim")}
    assert {key[:1] for key in answer(name, quotas.iloc[:0, 1:], progress, ("kab_kota",))} == {(None,)}


@every_metric
def test_groups_that_only_come_after_the_day_are_there(name):
    """A group appears if it is in any input, also when only after as_of."""
    progress = pd.DataFrame(
        {
            "date": pd.to_datetime(["2025-12-01"]),
            "kab_kota": ["Kabupaten Berau"],
            "lp3h": [None],
            "stage": ["issued"],
            "count": [3],
        }
    )
    found = answer(name, frame([], QUOTAS), progress, ("kab_kota",))
    assert {key[0] for key in found} == {"Kabupaten Berau"}


@every_metric
@pytest.mark.parametrize(
    "as_of",
    ["2025-05-26", pd.Timestamp("2025-05-26"), np.datetime64("2025-05-26")],
    ids=["text", "pandas", "numpy"],
)
@few
@given(programme=programmes(), by=st.sampled_from(BYS))
def test_by_and_dates_in_any_form(name, as_of, programme, by):
    """A list or a tuple of columns; a date, a Timestamp or ISO text."""
    before = METRICS[name](*programme.frames, by=by, as_of=AS_OF)
    pd.testing.assert_frame_equal(METRICS[name](*programme.frames, by=list(by), as_of=as_of), before)


@every_metric
@few
@given(programme=programmes(), worn=clothes, data=st.data())
def test_a_table_changed_in_place_gives_its_new_answer(name, programme, worn, data):
    """Whatever is remembered of a table, it is never the answer to what it was before."""
    quotas, progress = programme.frames
    progress = dressed(progress, PROGRESS, worn).reset_index(drop=True)
    METRICS[name](quotas, progress, by=("kab_kota",), as_of=AS_OF)
    for row in range(len(progress)):
        other = data.draw(st.sampled_from(range(len(progress))))
        column = data.draw(st.sampled_from(["date", "kab_kota", "stage", "count"]))
        progress.loc[row, column] = progress[column].array[other]
    changed = METRICS[name](quotas, progress, by=("kab_kota",), as_of=AS_OF)
    anew = frame([{key: plain(row[key]) for key in PROGRESS} for row in progress.to_dict("records")], PROGRESS)
    pd.testing.assert_frame_equal(changed, METRICS[name](quotas, anew, by=("kab_kota",), as_of=AS_OF))
