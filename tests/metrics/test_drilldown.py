"""The rows behind a figure are as many as the figure says, for every metric, group and day."""

import datetime as dt

import oracle
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lives import APRIL, JUNE, MAY, application, recap
from programmes import (
    AFTER,
    BYS,
    RECAPS,
    STATUSES,
    applications,
    clothes,
    days,
    dressed,
    frame,
    institutions,
    maybe_days,
    places,
    recaps,
    rows_of,
)
from programmes import APPLICATIONS as DATED

import halal_metrics as hm
from halal_metrics.schema import APPLICATIONS, STAGES, conform

ACTORS = ["submitted", "verified", "fatwa", "decided", "returned"]
NUMBERED = {"registration_number": "str", "reg_id": "str", **DATED}
NO_QUOTAS = pd.DataFrame({"quota": pd.Series([], dtype="int64"), "target_date": pd.Series([], dtype="datetime64[us]")})

# (figure, stage, days back) → that figure of every group, as the metrics give it.
LAST_WEEKS = 28


def reached(progress, away, act, by, as_of):
    table = hm.funnel(NO_QUOTAS, progress, by=by, as_of=as_of)
    return {
        ("reached", stage, None): table[table["stage"] == stage].rename(columns={"reached": "figure"})
        for stage in STAGES
    }


def waiting(progress, away, act, by, as_of):
    table = hm.funnel(NO_QUOTAS, progress, by=by, as_of=as_of)
    return {
        ("waiting", stage, None): table[table["stage"] == stage].rename(columns={"waiting": "figure"})
        for stage in STAGES
    }


def turn(progress, away, act, by, as_of):
    table = hm.backlog(progress, away, by=by, as_of=as_of)
    return {
        ("turn", stage, None): table[table["stage"] == stage].rename(columns={"waiting": "figure"}) for stage in ACTORS
    }


def absorption(progress, away, act, by, as_of):
    table = hm.absorption(NO_QUOTAS, progress, by=by, as_of=as_of)
    return {
        ("reached", stage, None): table.rename(columns={name: "figure"})
        for name, stage in (("used", "submitted"), ("issued", "issued"))
    }


def movement(progress, away, act, by, as_of):
    table = hm.trend(progress, by=by, as_of=as_of)
    return {
        ("reached", stage, LAST_WEEKS): table.rename(columns={name: "figure"})
        for name, stage in (("used", "submitted"), ("issued", "issued"))
    }


def deadline_gaps(progress, away, act, by, as_of):
    found = {}
    for stage in ("submitted", "issued"):
        table = hm.deadline_gaps(NO_QUOTAS, progress, by=by, as_of=as_of, start="2025-02-20", measure=stage)
        found["reached", stage, None] = table.rename(columns={"done": "figure"})
        found["reached", stage, LAST_WEEKS] = table.assign(figure=4 * table["pace_per_week"])
    return found


def progress_curve(progress, away, act, by, as_of):
    table = hm.progress_curve(NO_QUOTAS, progress, by=by, start=as_of, until=as_of)
    return {("reached", stage, None): table.rename(columns={stage: "figure"}) for stage in STAGES}


def active_p3h(progress, away, act, by, as_of):
    table = hm.active_p3h(act, by=by, as_of=as_of)
    return {("active", "submitted", 30): table.rename(columns={"submitted": "figure"})}


METRICS = [reached, waiting, turn, absorption, movement, deadline_gaps, progress_curve, active_p3h]


def groups_of(table, by):
    """({column: name or None}, figure) of every group."""
    for row in table.to_dict("records"):
        yield {name: None if pd.isna(row[name]) else row[name] for name in by}, row["figure"]


def figures(tables, metric, by, as_of):
    """{(figure, stage, since, group): what the metric says} for everything a metric counts."""
    applied, stated, statements = tables
    flows = hm.progress(applied, stated), hm.returned(statements), hm.activity(applied)
    for (figure, stage, back), table in metric(*flows, by, as_of).items():
        since = None if back is None else as_of - dt.timedelta(back)
        for group, said in groups_of(table, by):
            yield {"figure": figure, "stage": stage, "since": since, "group": group}, said


def assert_rows_are_the_figures(tables, metric, by, as_of):
    for what, said in figures(tables, metric, by, as_of):
        found = hm.drilldown(*tables, **what, as_of=as_of)
        assert found.count == said, what
        assert (found.applications["count"] != 0).all()
        assert (found.recaps["count"] != 0).all()


numbered = st.lists(
    rows_of(
        registration_number=st.sampled_from([None, None, "SH2025-1-990001", "SH2025-1-990002"]),
        reg_id=st.sampled_from([None, "3501", "3502"]),
        kab_kota=places,
        lp3h=institutions,
        p3h=st.none(),
        status=st.sampled_from([*STATUSES, "returned", "returned"]),
        **dict.fromkeys(oracle.APPLICATION_DATES, maybe_days),
    ),
    max_size=8,
)


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.__name__)
@settings(max_examples=8)
@given(applied=applications, stated=recaps(), by=st.sampled_from(BYS), as_of=days | st.just(AFTER))
def test_the_rows_are_as_many_as_the_figure_says(metric, applied, stated, by, as_of):
    """Signed rows and recap counts add up to the figure, in every group: registers and recaps together."""
    tables = frame(applied, DATED), frame(stated, RECAPS), frame(applied, DATED)
    assert_rows_are_the_figures(tables, metric, by, as_of)


@settings(max_examples=25)
@given(stated=numbered, by=st.sampled_from(BYS), as_of=days)
def test_the_rows_with_the_business_are_taken_from_the_statements(stated, by, as_of):
    """Who was with the business then may stand elsewhere now: the figure still adds up, in either place."""
    statements = frame(stated, NUMBERED)
    applied = statements.drop_duplicates("registration_number", keep="last")
    assert_rows_are_the_figures((applied, None, statements), turn, by, as_of)


@settings(max_examples=8)
@given(applied=applications, stated=recaps(), as_of=days, worn=clothes)
def test_dtypes_do_not_matter(applied, stated, as_of, worn):
    """The same rows in other dtypes, with duplicate labels, are behind the same figures."""
    plain = frame(applied, DATED), frame(stated, RECAPS)
    other = dressed(plain[0], DATED, worn), plain[1]
    for what, said in figures((*plain, plain[0]), waiting, ("kab_kota",), as_of):
        assert hm.drilldown(*other, **what, as_of=as_of).count == said


def register(*lives, **columns):
    table = pd.DataFrame({"business_name": [f"Usaha {n}" for n in range(len(lives))]} | columns)
    return conform(pd.concat([table, frame(lives, DATED)], axis=1), {**APPLICATIONS, "source_row": "Int64"})


def names(found):
    return list(zip(found.applications["business_name"], found.applications["count"], strict=True))


def test_each_application_is_one_row_with_the_day_it_counts_from():
    """Longest standing first, each with its file, sheet and row."""
    lives = application("verified", verified_date=MAY), application("submitted", submitted_date=APRIL)
    table = register(*lives, source_file="a.xlsx", source_sheet="Berau", source_row=[7, 8])
    found = hm.drilldown(table, as_of=JUNE).applications
    assert found["business_name"].tolist() == ["Usaha 1", "Usaha 0"]
    assert found["date"].dt.date.tolist() == [APRIL, MAY]
    assert found[["source_file", "source_sheet", "source_row"]].values.tolist() == [
        ["a.xlsx", "Berau", 8],
        ["a.xlsx", "Berau", 7],
    ]


def test_what_came_and_went_in_a_window_is_both_lines():
    """A net flow shows who came and who left, with the sign of each."""
    gone = application("cancelled", submitted_date=MAY, exit_date=JUNE)
    table = register(gone, application("submitted", submitted_date=MAY))
    assert sorted(names(hm.drilldown(table, as_of=JUNE, since=APRIL))) == [
        ("Usaha 0", -1),
        ("Usaha 0", 1),
        ("Usaha 1", 1),
    ]
    assert names(hm.drilldown(table, as_of=JUNE)) == [("Usaha 1", 1)]


def test_who_is_with_the_business_waits_at_no_other_step():
    """A returned application is one row at `returned`, and none where its dates would put it."""
    table = register(
        application("returned", submitted_date=APRIL, statement_date=MAY), registration_number="SH2025-1-990001"
    )
    at = {stage: names(hm.drilldown(table, None, table, figure="turn", stage=stage, as_of=JUNE)) for stage in ACTORS}
    assert at == {"submitted": [], "verified": [], "fatwa": [], "decided": [], "returned": [("Usaha 0", 1)]}


def test_a_statement_of_an_application_without_numbers_is_found_by_its_source():
    """The same file, sheet and row is the same application."""
    table = register(
        application("returned", submitted_date=APRIL, statement_date=MAY),
        source_file="a.csv",
        source_sheet="a",
        source_row=2,
    )
    assert names(hm.drilldown(table, None, table, figure="turn", stage="submitted", as_of=JUNE)) == []


def test_a_recap_is_its_last_statement_and_what_moved_are_its_differences():
    """A count as of a day is read from one line of the recap; a flow from each statement in between."""
    stated = frame([recap(MAY, submitted=10, issued=2), recap(APRIL, submitted=7), recap(JUNE, submitted=10)], RECAPS)
    stated = stated.assign(source_file=["mei.xlsx", "april.xlsx", "juni.xlsx"], source_sheet="Rekap", source_row=4)
    nobody = register()
    used = hm.drilldown(nobody, stated, as_of=JUNE).recaps
    assert used[["count", "source_file", "source_row"]].values.tolist() == [[10, "juni.xlsx", 4]]
    moved = hm.drilldown(nobody, stated, as_of=JUNE, since=APRIL).recaps
    assert moved[["count", "source_file"]].values.tolist() == [[3, "mei.xlsx"]]
    assert hm.drilldown(nobody, stated, figure="waiting", as_of=MAY).of_recaps == 8


def test_drafts_have_rows_too_and_are_behind_no_other_figure():
    """A draft is not yet a use of quota, but it can be looked at."""
    table = register(application("draft", statement_date=MAY), application("submitted", statement_date=MAY))
    assert names(hm.drilldown(table, figure="draft", as_of=JUNE)) == [("Usaha 0", 1)]
    assert hm.drilldown(table, figure="draft", as_of=APRIL).count == 0
    assert names(hm.drilldown(table, as_of=JUNE)) == [("Usaha 1", 1)]


def test_what_is_done_again_does_not_see_old_columns():
    """A frame whose column has been replaced is counted anew."""
    table = register(application("submitted", submitted_date=APRIL))
    assert hm.drilldown(table, as_of=JUNE).count == 1
    assert hm.drilldown(table.assign(status="draft"), as_of=JUNE).count == 0
    assert hm.drilldown(table, as_of=JUNE, group={"kab_kota": "Kabupaten Berau"}).count == 0
    moved = table.assign(kab_kota="Kabupaten Berau")
    assert hm.drilldown(moved, as_of=JUNE, group={"kab_kota": "Kabupaten Berau"}).count == 1


@pytest.mark.parametrize(("figure", "stage"), [("reached", "quota"), ("turn", "issued"), ("used", "submitted")])
def test_a_figure_that_counts_no_applications_is_refused(figure, stage):
    """Quota is no application, and nobody waits for what is issued: an error names what there is."""
    with pytest.raises(ValueError, match="stage is one of"):
        hm.drilldown(register(), figure=figure, stage=stage, as_of=JUNE)
