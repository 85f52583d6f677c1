"""A metric is written in one place: one that only this file has is on a page, in the glossary, in the workbook."""

import sys
from datetime import datetime
from io import BytesIO

import openpyxl
import pandas as pd
import pytest

import halal_metrics as hm
from halal_metrics.definitions import DEFINITIONS, Definition, Metric, chapters
from halal_store import Store
from halal_ui.exports.table import to_csv, to_xlsx
from halal_ui.exports.worksheet import FORMATS
from halal_ui.look.tables import to_html
from halal_ui.reports import workbook
from halal_ui.reports.workbook_sheet import Sheet
from halal_ui.screen import components
from halal_ui.snapshot.masked import MaskedStore
from halal_ui.snapshot.meeting_set import meeting_set
from halal_ui.snapshot.programme import programme
from halal_ui.snapshot.quality_set import DUPLICATE, QualitySet, decisions, stated
from halal_ui.views.glossary import glossary
from halal_ui.views.shown import Table
from halal_ui.words.columns import COLUMNS, columns_for

pytestmark = pytest.mark.filterwarnings("ignore:.*xtension is not supported:UserWarning")


def per_hundred(quotas, progress, *, by, as_of):
    """The metric: certificates for each hundred of the quota, and what is counted."""
    counted = hm.absorption(quotas, progress, by=by, as_of=as_of)
    return counted[[*by, "quota", "issued"]].assign(per_hundred=counted["issuance_rate"] * 100)


PER_HUNDRED = Definition(
    Metric(
        "per_hundred", "Terbit per seratus", place=1.5,
        whole=lambda known: per_hundred(known.quotas, known.progress, by=(), as_of=known.as_of),
    ),
    "per_hundred", "Terbit per 100 kuota", "sertifikat", "terbit", "kuota",
    kind="number",
    formula="terbit ÷ kuota × 100",
    source="Metrik yang hanya ada dalam uji ini.",
    worked="{issued:count} ÷ {quota:count} × 100 = {per_hundred:number}",
)  # fmt: skip


@pytest.fixture
def defined(monkeypatch):
    """All that is written of it besides its function; gone after the test."""
    monkeypatch.setitem(DEFINITIONS, PER_HUNDRED.key, PER_HUNDRED)


@pytest.fixture(scope="module")
def store(tmp_path_factory, demo_to):
    return Store(demo_to(tmp_path_factory.mktemp("one-place") / "store"), time_zone=programme().time_zone)


@pytest.fixture(scope="module")
def meeting(store):
    return store.meeting("R-2025-06-04")


def shown(view) -> Table:
    """What the view of a page would show."""
    frame = per_hundred(view.quotas, view.progress, by=["kab_kota"], as_of=view.scope.as_of)
    return Table(frame, "Terbit per 100 kuota", "per-seratus", columns_for("per_hundred"), metrics=("per_hundred",))


@pytest.mark.usefixtures("defined")
def test_its_column_is_headed_on_a_page_and_in_files(meeting):
    """Header, unit and writing are the definition's, with the measure or without it, named or not."""
    table = shown(meeting_set(meeting).view)
    for columns in (COLUMNS, columns_for(), columns_for("per_hundred", measure="issued"), columns_for("scorecard")):
        assert columns["per_hundred"] == PER_HUNDRED.as_column()
    assert ">Terbit per 100 kuota<" in table.html
    assert to_html(table.frame, caption=table.caption) == table.html
    assert ">2,0<" in to_html(pd.DataFrame({"lp3h": ["PWI Kaltim"], "per_hundred": [2.0]}), caption="x")
    assert to_csv(table.frame).decode("utf-8-sig").splitlines()[0].endswith("Terbit per 100 kuota (sertifikat)")
    file = to_xlsx(table.frame, title="x", created=datetime(2025, 6, 4), metrics=table.metrics)  # noqa: DTZ001
    explained = openpyxl.load_workbook(BytesIO(file))["Keterangan"].iter_rows(values_only=True)
    assert ("Terbit per 100 kuota (sertifikat)", PER_HUNDRED.formula) in {(row[0], row[2]) for row in explained}


@pytest.mark.usefixtures("defined")
def test_its_table_brings_its_explanation(meeting, monkeypatch):
    """Who shows the table names no metric; it is explained below, once and in its order, and in the file."""
    view = meeting_set(meeting).view
    table, told = shown(view), f"- **{PER_HUNDRED.name}** = {PER_HUNDRED.formula}."
    assert components.formulas(table).strip() == told
    text = components.formulas(table, table, more=("per_hundred", "funnel"))
    assert text.startswith(told)
    assert text.count(told) == 1
    assert text.endswith(components.formulas(more=("funnel",)))
    files = {}
    monkeypatch.setattr(components.st, "download_button", lambda label, data, *_, **__: files.update({label: data}))
    components.take_away(table, view.scope)
    explained = openpyxl.load_workbook(BytesIO(files["Unduh Excel"]()))["Keterangan"].iter_rows(values_only=True)
    assert ("Terbit per 100 kuota (sertifikat)", PER_HUNDRED.formula) in {(row[0], row[2]) for row in explained}


@pytest.mark.usefixtures("defined")
def test_it_stands_in_the_glossary(meeting, store):
    """Under its chapter, where that belongs, with formula and source, worked on the numbers of the day."""
    view = meeting_set(meeting).view
    snapshot = meeting_set(meeting).numbers.snapshot
    quality = stated(snapshot, MaskedStore(store), view.scope.as_of)
    quality_set = QualitySet("", quality, decisions(store.records(DUPLICATE)))
    page = glossary(view, dark=False, quality_set=quality_set)
    assert list(page.chapters)[:3] == ["Serapan kuota", "Terbit per seratus", "Corong"]
    [entry] = page.chapters["Terbit per seratus"]
    assert entry.definition is PER_HUNDRED
    assert entry.today == "58 ÷ 1.000 × 100 = 5,8"
    assert page.answer.startswith(f"{sum(map(len, page.chapters.values()))} angka")


@pytest.mark.usefixtures("defined")
def test_it_has_its_sheet_in_the_workbook(meeting, monkeypatch):
    """Typed cells under its header and unit, in the format of its kind; and the sheet of meanings explains it."""
    sheet = Sheet("Per seratus", "Sertifikat tiap 100 kuota.", shown(meeting_set(meeting).view))
    monkeypatch.setattr(sys.modules[workbook.__module__], "sheets", lambda found: [sheet])
    book = openpyxl.load_workbook(BytesIO(workbook(meeting)))
    head, first, *_ = book["Per seratus"].iter_rows(min_row=4)
    assert head[-1].value == "Terbit per 100 kuota (sertifikat)"
    assert [first[-1].data_type, first[-1].number_format] == ["n", FORMATS["number"]]
    meanings = {row[0]: row for row in book["Definisi"].iter_rows(min_row=5, values_only=True)}
    assert meanings["Terbit per 100 kuota"][2] == PER_HUNDRED.formula
    assert meanings["Terbit per 100 kuota"][4] == PER_HUNDRED.source


def test_without_its_definition_nothing_knows_it():
    """It was written nowhere else: no header, no chapter, and a table that shows it is an error."""
    assert "per_hundred" not in COLUMNS
    assert "per_hundred" not in columns_for("per_hundred")
    assert PER_HUNDRED.chapter not in chapters()
    with pytest.raises(KeyError, match="no Indonesian header"):
        to_html(pd.DataFrame({"lp3h": ["PWI Kaltim"], "per_hundred": [2.0]}), caption="x")
