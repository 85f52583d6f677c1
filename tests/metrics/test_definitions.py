"""Every figure a person can see has a definition, and the definition can be worked on real numbers."""

import inspect
import re
from string import Formatter
from types import SimpleNamespace

import pandas as pd
import pytest
from pandas.api.types import is_numeric_dtype

import halal_metrics as hm
from halal_metrics.deadlines import PACE_DAYS, THRESHOLDS
from halal_metrics.definitions import DEFINITIONS, chapters, of
from halal_metrics.definitions.definition import AMOUNTS
from halal_metrics.schema import SOURCE
from halal_ui.look.palette import LIGHT
from halal_ui.views.worked import values_of, worked
from halal_ui.words.columns import columns_for
from halal_ui.words.names import WRITE

JUNE, START = "2025-06-04", "2025-02-20"

# Steps on the way to a metric, or back from it to its rows: they give no figure of their own.
INTERMEDIATE = {
    "activity", "changes_since_rows", "contradictions", "drilldown", "of_programme", "open_problems", "returned",
    "outcomes", "spells",
}  # fmt: skip
GROUPS = {"kab_kota", "lp3h"}

QUOTAS = pd.DataFrame(
    {
        "kab_kota": ["Kabupaten Berau", "Kota Bontang"],
        "lp3h": ["LP3H UINSI Samarinda", "PWI Kaltim"],
        "quota": [100, 40],
        "target_date": pd.to_datetime(["2025-06-30"] * 2),
        "statement_date": pd.to_datetime(["2025-02-20"] * 2),
    }
)
APPLICATIONS = pd.DataFrame(
    {
        "registration_number": ["SH2025-1-990001", "SH2025-1-990002", "SH2025-1-990003"],
        "kab_kota": ["Kabupaten Berau", "Kabupaten Berau", "Kota Bontang"],
        "lp3h": ["LP3H UINSI Samarinda", "LP3H UINSI Samarinda", "PWI Kaltim"],
        "p3h": ["Aminah", "Aminah", None],
        "nib": ["9900000000001", "9900000000002", None],
        "status": ["issued", "returned", "verified"],
        "submitted_date": pd.to_datetime(["2025-05-12", "2025-05-20", "2025-05-26"]),
        "statement_date": pd.to_datetime([JUNE] * 3),
    }
)
MOVED = APPLICATIONS.iloc[[0]].assign(verified_date=pd.Timestamp("2025-05-14"))
NOTHING = APPLICATIONS.iloc[:0]
RECEIPTS = pd.DataFrame({"filename": ["Register.xlsx"], "received_at": pd.to_datetime([JUNE])})
RECAPS = APPLICATIONS.iloc[:1][["kab_kota", "lp3h", "statement_date"]].assign(submitted=5, issued=1)
OBSTACLES = pd.DataFrame(
    {"note_id": ["a", "b"], "category": ["K5", "K10"], "stage": ["quota", "fatwa"], "held": [5, None]}
)
HAPPENED = pd.DataFrame({"text": ["Gangguan SIHALAL"], "date": pd.to_datetime(["2025-05-28"])})
ACTIONS = pd.DataFrame({"note_id": ["a"], "stage": ["submitted"], "due_date": pd.to_datetime(["2025-05-30"])})
NOTE = ["note_id"]  # names a note in the log, never on a page


def results(quotas, applications, by):
    """Metric → its result on these tables."""
    progress = hm.progress(applications)
    moment = {"by": by, "as_of": JUNE}
    gaps = hm.deadline_gaps(quotas, progress, start=START, **moment)
    absorption = hm.absorption(quotas, progress, **moment)
    outlook = hm.outlook(gaps, start=START)
    known = SimpleNamespace(applications=applications, recaps=RECAPS.iloc[:0], statements=applications)
    days = {"then_as_of": "2025-05-21", "as_of": JUNE}
    spells, until = hm.spells(applications, as_of=JUNE), "2025-12-31"
    run = hm.outcomes(quotas, spells, as_of=JUNE, until=until, paths=50)
    ahead = {"as_of": JUNE, "target_date": until, "paths": 50}
    proposal = hm.reallocation(quotas, progress, as_of=JUNE, until="2025-06-30", extra=5)
    received = RECEIPTS.iloc[:0], applications.assign(source_file="Register.xlsx"), RECAPS.iloc[:0]
    return {
        "plan": hm.plan(quotas, as_of=JUNE),
        "progress": progress,
        "absorption": absorption,
        "funnel": hm.funnel(quotas, progress, **moment),
        "deadline_gaps": gaps,
        "outlook": gaps.assign(**{name: outlook[name] for name in ("gap_working_days", "at_risk")}),
        "progress_curve": hm.progress_curve(quotas, progress, by=by, start=START, until=JUNE),
        "forecast": hm.forecast(run, by=by, dates=[until]),
        "finish_dates": hm.finish_dates(run, by=by),
        "finish_chances": hm.finish_chances(run, by=by, goals=[0.8, 1.0], dates=[until]),
        "weekly_plan": hm.weekly_plan(quotas, spells, active_p3h={"PWI Kaltim": 2}, **ahead).rows,
        "extra_quota": pd.DataFrame([vars(hm.extra_quota(quotas, spells, **ahead))]),
        "trend": hm.trend(progress, **moment),
        "active_p3h": hm.active_p3h(hm.activity(applications), **moment),
        "backlog": hm.backlog(progress, hm.returned(applications), **moment),
        "shortfall": hm.shortfall(gaps),
        "start_finish": hm.start_finish(absorption),
        "freshness": hm.freshness(applications, RECEIPTS, **moment),
        "completeness": hm.completeness(applications, by=by),
        "duplicates": hm.duplicates(pd.concat([applications, applications.assign(registration_number="SH2025-1-99")])),
        "reconcile": hm.reconcile(RECAPS, applications, as_of=JUNE).cells.drop(columns=list(SOURCE)),
        "changes_since": hm.changes_since(known, known, by=by, **days),
        **foreseen(progress, applications, by),
        "not_reporting": hm.not_reporting(*received, since=START),
        "at_stake": hm.at_stake(OBSTACLES, quotas, progress, as_of=JUNE).drop(columns=NOTE),
        "reallocation": proposal,
        "transfers": hm.transfers(proposal),
        "action_numbers": hm.action_numbers(ACTIONS, progress, progress, **days).drop(columns=[*NOTE, "overdue"]),
    }


def foreseen(progress, applications, by):
    """Those of durations and events."""
    spells = hm.spells(applications, as_of=JUNE)
    return {
        "durations": hm.durations(spells, by=by),
        "survival": hm.survival(spells, by=by),
        "backlog_ages": hm.backlog_ages(spells, by=by),
        "stalled": hm.stalled(pd.concat([applications, *[MOVED] * 9], ignore_index=True), as_of=JUNE),
        "event_effects": hm.event_effects(progress, HAPPENED, as_of=JUNE, by=by),
    }


RESULTS = results(QUOTAS, APPLICATIONS, ["kab_kota"])
PUBLIC = {name for name in hm.__all__ if inspect.isfunction(getattr(hm, name))}
METRICS = sorted(name for name in PUBLIC - INTERMEDIATE if not name.startswith(("read_", "check_")))

# Its own columns, where it only adds to the frame it was given.
ADDED = {
    "outlook": {"gap_working_days", "at_risk"},
    "start_finish": {"start", "finish"},
    "at_stake": {"alone", "at_stake", "cumulative_share"},
    "action_numbers": {"number_then", "number_now", "moved", "days_late"},
}


def own_columns(metric):
    return [name for name in RESULTS[metric] if name in ADDED.get(metric, RESULTS[metric])]


def test_every_metric_has_definitions():
    """A public function that gives figures is explained, and nothing is explained that does not exist."""
    assert {definition.metric for definition in DEFINITIONS.values()} == set(METRICS)


@pytest.mark.parametrize("metric", METRICS)
def test_every_figure_has_a_definition(metric):
    """Each numeric column of a result has one; a definition is of a column there is."""
    if metric == "plan":
        pytest.skip("its columns are those of quotas")
    frame = RESULTS[metric]
    figures = [name for name in own_columns(metric) if is_numeric_dtype(frame[name])]
    defined = [definition.column for definition in of(metric)]
    assert set(figures) <= set(defined) <= set(frame.columns)
    assert len(defined) == len(set(defined))


@pytest.mark.parametrize("metric", METRICS)
def test_every_column_has_a_header(metric):
    """No result column reaches a reader under its English name."""
    if metric in ("plan", "progress"):
        pytest.skip("never shown as it is")
    assert set(RESULTS[metric].columns) <= set(columns_for(metric))
    assert all(column.kind in WRITE for column in columns_for(metric).values())


@pytest.mark.parametrize("definition", DEFINITIONS.values(), ids=list(DEFINITIONS))
def test_a_definition_is_complete(definition):
    """Name, unit, what is counted, formula and source are all there; a rate names what it is divided by."""
    for text in (definition.name, definition.unit, definition.numerator, definition.formula, definition.source):
        assert text == text.strip() != ""
    assert bool(definition.denominator) or definition.kind not in ("rate", "points")
    assert all(edge.endswith(".") for edge in definition.edges)


@pytest.mark.parametrize("definition", DEFINITIONS.values(), ids=list(DEFINITIONS))
def test_a_definition_says_how_its_column_is_written(definition):
    """Its kind is one the office knows, its tone a colour there is; a unit stands only beside an amount."""
    for measure in (None, "submitted", "issued"):
        column = definition.as_column(measure)
        assert column.kind in WRITE
        assert hasattr(LIGHT, column.tone)
        assert column.header == column.header.strip() != ""
        assert not column.unit or column.kind in AMOUNTS


@pytest.mark.parametrize("metric", METRICS)
def test_a_table_of_a_metric_is_headed_as_its_definitions_say(metric):
    """In its own table a column reads as its own definition has it, whatever the same name means elsewhere."""
    known = columns_for(metric)
    assert [known[definition.column] for definition in of(metric)] == [each.as_column() for each in of(metric)]


def test_no_column_is_described_twice(monkeypatch):
    """Where a definition says how a column reads, nothing else does."""
    defined = {definition.column for definition in DEFINITIONS.values()}
    monkeypatch.setattr("halal_ui.words.columns.DEFINITIONS", {})
    assert not defined & set(columns_for())


def test_every_metric_but_the_plan_has_its_chapter():
    """Each stands once on the page of definitions, under a heading of its own."""
    found = [metric.name for metrics in chapters().values() for metric in metrics]
    assert sorted(found) == [metric for metric in METRICS if metric != "plan"]


@pytest.mark.parametrize("applications", [APPLICATIONS, NOTHING], ids=["programme", "nothing submitted"])
@pytest.mark.parametrize("by", [(), ["kab_kota"]], ids=["whole", "by place"])
def test_every_definition_can_be_worked(applications, by):
    """A template asks only for what the result has, also where nothing has been submitted."""
    for metric, frame in results(QUOTAS, applications, by).items():
        values = values_of(metric, frame, as_of=JUNE)
        for definition in of(metric):
            fields = {name for _, name, _, _ in Formatter().parse(definition.worked) if name}
            assert fields <= set(values) or frame.empty, definition.key
            assert not re.search(r"\bnan\b", worked(definition, values).lower())


def test_worked_on_the_public_record():
    """The three headline rates of 4 June 2025, as the page of definitions writes them."""
    values = {"quota": 1000, "used": 320, "issued": 58, "absorption_rate": 0.32}
    values |= {"issuance_rate": 0.058, "conversion_rate": 58 / 320, "remaining": 680}
    told = {name: worked(DEFINITIONS[f"absorption.{name}"], values) for name in values if name != "quota"}
    assert told["absorption_rate"] == "320 ÷ 1.000 = 32,0%"
    assert told["issuance_rate"] == "58 ÷ 1.000 = 5,8%"
    assert told["conversion_rate"] == "58 ÷ 320 = 18,1%"
    assert told["remaining"] == "1.000 − 320 = 680"


def test_working_a_result_without_a_value():
    """A rate that is missing is written as missing."""
    values = {"issued": 0, "used": 0, "conversion_rate": float("nan")}
    assert worked(DEFINITIONS["absorption.conversion_rate"], values) == "0 ÷ 0 = –"


def test_the_words_agree_with_the_code():
    """The cut-offs and windows in the text are those computed with."""
    status = DEFINITIONS["deadline_gaps.status"].formula
    assert all(f"≥ {round(100 * cut)}%" in status for cut in THRESHOLDS)
    assert f"{PACE_DAYS} hari" in DEFINITIONS["deadline_gaps.pace_per_week"].formula


def test_unknown_metric():
    """What is no metric has no definitions."""
    assert of("Calendar") == ()
