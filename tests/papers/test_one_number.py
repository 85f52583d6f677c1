"""One number: whatever stands in a paper of a meeting is what the metrics say of its set, and moves only with it."""

import dataclasses
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from ahead_numbers import ahead_numbers
from metric_numbers import metric_numbers, written
from paper_texts import docx_texts, numbers, pdf_texts, pptx_numbers, pptx_texts, xlsx_cells, xlsx_numbers

from halal_store import Contents, Meeting, Store
from halal_ui.reports import deck, minutes, print_pdf, workbook
from halal_ui.snapshot import foresight
from halal_ui.snapshot.programme import programme

TEXTS = {"pptx": (deck, pptx_texts), "docx": (minutes, docx_texts), "pdf": (print_pdf, pdf_texts)}
TICKS = {
    "0",
    "10",
    "20",
    "30",
    "40",
    "50",
    "60",
    "80",
    "100",
    "150",
    "200",
    "400",
    "500",
    "600",
    "800",
    "1.000",
    "1.500",
}
"""Round numbers that stand alone in a line of the print: the scale of a curve."""
ROWS = ("Perubahan", "Asal data", "Sampul", "Slot macet")
"""Sheets that list rows or files: their numbers are places in a file and sizes of files."""


@pytest.fixture(scope="module")
def meeting(tmp_path_factory: pytest.TempPathFactory, demo_to: Callable[[Path], Path]) -> Meeting:
    folder = demo_to(tmp_path_factory.mktemp("papers") / "store")
    return Store(folder, time_zone=programme().time_zone).meeting("R-2025-06-04")


@pytest.fixture(scope="module")
def changed(meeting: Meeting) -> Meeting:
    """The same meeting, had one application at the Komite Fatwa in Samarinda been issued a week before."""

    def altered() -> Contents:
        tables = meeting.tables
        parts = {}
        for name in ("applications", "statements"):
            frame = getattr(tables, name).copy()
            number = waiting(tables.applications)
            last = frame.index[frame["registration_number"] == number][-1]
            frame.loc[last, ["decided_date", "issued_date"]] = pd.Timestamp("2025-05-28")
            frame.loc[last, "status"] = "issued"
            parts[name] = frame
        return meeting.contents._replace(tables=dataclasses.replace(tables, **parts))

    return dataclasses.replace(meeting, _contents=altered)


def waiting(applications: pd.DataFrame) -> str:
    here = (applications["kab_kota"] == "Kota Samarinda") & (applications["status"] == "fatwa")
    return applications.loc[here, "registration_number"].dropna().iloc[0]


@cache
def paper(meeting: Meeting, name: str) -> bytes:
    return {**{name: make for name, (make, _) in TEXTS.items()}, "xlsx": workbook}[name](meeting)


@cache
def texts(meeting: Meeting, name: str) -> list[str]:
    return TEXTS[name][1](paper(meeting, name))


@cache
def known(meeting: Meeting) -> dict[tuple, Any]:
    ahead = ahead_numbers(meeting, paths=foresight.PATHS)
    return metric_numbers(meeting) | {name: value for name, value in ahead.items() if not pd.isna(value)}


def raw(value: float) -> float:
    return round(float(value), 6)


def raws(meeting: Meeting) -> set[float]:
    """The values themselves, also as points of per cent."""
    return {raw(scale * value) for value in known(meeting).values() for scale in (1, 100, -1)}


def moves(meeting: Meeting, changed: Meeting) -> list[tuple[Any, Any]]:
    """(before, after) of each metric's number that is another in the second set."""
    before, after = known(meeting), known(changed)
    assert set(before) == set(after)
    return [(before[name], after[name]) for name in before if before[name] != after[name]]


@pytest.mark.parametrize("name", TEXTS)
def test_every_number_written_is_a_metrics(meeting: Meeting, name: str):
    """Each number in sentences, tables, cards and labels is one that the metrics give, written as the office does."""
    allowed = {text for value in known(meeting).values() for text in written(value).values()}
    found = [(number, text) for text in texts(meeting, name) if text not in TICKS for number in numbers(text)]
    assert len(found) > 200
    assert [pair for pair in found if pair[0] not in allowed] == []


def test_every_number_of_the_workbook_is_a_metrics(meeting: Meeting):
    """Typed cells too, to the last decimal."""
    allowed = raws(meeting)
    cells = [cell for cell in xlsx_cells(paper(meeting, "xlsx")) if not cell[0].startswith(ROWS)]
    found = [cell for cell in cells if isinstance(cell[2], int | float)]
    assert len(found) > 500
    daily = [cell for cell in found if cell[0] == "Kurva S"]  # every day of the curve: compared day by day elsewhere
    assert [cell for cell in found if cell not in daily and raw(cell[2]) not in allowed] == []


def test_every_number_of_a_native_chart_is_a_metrics(meeting: Meeting):
    """What a chart draws, and what opens when it is edited; the S-curve's days are compared in the deck's own test."""
    allowed = raws(meeting)
    charts = {**pptx_numbers(paper(meeting, "pptx")), **xlsx_numbers(paper(meeting, "xlsx"))}
    assert charts
    for name, series in charts.items():
        short = [values for values in series if len(values) <= 30]
        assert [value for values in short for value in values if raw(value) not in allowed] == [], name


def ahead_written(meeting: Meeting) -> set[str]:
    ahead = ahead_numbers(meeting, paths=foresight.PATHS)
    return {text for value in ahead.values() if not pd.isna(value) for text in written(value).values()}


def unranked(pieces: list[str]) -> list[str]:
    """Without the sentences that name the first of a ranking of what is to come: others may be named."""
    kept, skipping = [], False
    for piece in pieces:
        skipping = skipping or piece.lstrip("▪ ").startswith(("Yang menahan", "Yang paling belum", "Yang harus lebih"))
        if not skipping:
            kept.append(piece)
        skipping = skipping and not piece.rstrip().endswith(".")
    return kept


HEADLINE = ("320 dari 1.000 kuota (32,0%)", "58 sertifikat (5,8%)")


@pytest.mark.parametrize("name", TEXTS)
def test_the_headline_is_the_same_in_every_paper(meeting: Meeting, name: str):
    """Of the public record of 4 June 2025: 320 of 1.000 used and 58 issued; with the set's id beside it."""
    told = " ".join(texts(meeting, name))
    for part in (*HEADLINE, meeting.id, programme().demo_mark):
        assert part in told


@pytest.mark.parametrize("name", TEXTS)
def test_one_row_moves_only_what_depends_on_it(meeting: Meeting, changed: Meeting, name: str):
    """One certificate more: each number that is another now is one whose metric is, from and to its values."""
    before, after = ([numbers(text) for text in unranked(texts(one, name))] for one in (meeting, changed))
    assert [len(piece) for piece in before] == [len(piece) for piece in after]
    pairs = {(written(old)[kind], written(new)[kind]) for old, new in moves(meeting, changed) for kind in written(old)}
    found = {
        (old, new)
        for first, second in zip(before, after, strict=True)
        for old, new in zip(first, second, strict=True)
        if old != new
    }
    assert ("58", "59") in found
    # whatever is to come depends on every row, and so does the order in which it is told
    then, now = ahead_written(meeting), ahead_written(changed)
    assert {(old, new) for old, new in found - pairs if old not in then or new not in now} == set()


def test_one_row_moves_only_what_depends_on_it_in_the_workbook(meeting: Meeting, changed: Meeting):
    """Cell by cell; the sheet of changes has a row more."""
    before, after = (
        {cell[:2]: cell[2] for cell in xlsx_cells(paper(one, "xlsx")) if not cell[0].startswith(ROWS)}
        for one in (meeting, changed)
    )
    assert set(before) == set(after)
    pairs = {(raw(scale * old), raw(scale * new)) for old, new in moves(meeting, changed) for scale in (1, 100, -1)}
    days = {(raw(old), raw(old + 1)) for old in range(200)}  # each day of the curve from the day of issue on
    for cell, value in before.items():
        if value != after[cell] and not isinstance(value, str):
            allowed = pairs | days if cell[0] == "Kurva S" else pairs
            assert (raw(value), raw(after[cell])) in allowed, (cell, value, after[cell])
