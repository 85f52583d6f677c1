"""Awkward spreadsheets in this folder, each with what should come of it in a .json of the same name.

A file that was read wrongly becomes a file here: its sender's data replaced by invented ones, its shape kept.
"""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from halal_metrics.sheets import read_upload

EXPECTED = sorted(Path(__file__).parent.glob("*.json"))


def plain(values: pd.Series) -> list[Any]:
    """Dates as ISO text, missing as None."""
    if pd.api.types.is_datetime64_dtype(values):
        values = values.dt.strftime("%Y-%m-%d")
    return [None if pd.isna(value) else value for value in values]


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: path.stem)
def test_sheet(expected: Path):
    """Rows, counts, problems and rejected rows are exactly those that a person would have found."""
    wanted = json.loads(expected.read_text())
    file = next(path for path in expected.parent.glob(f"{expected.stem}.*") if path != expected)
    upload = read_upload(file, **wanted.get("arguments", {}))
    assert upload.table == wanted["table"]
    assert [
        [sheet.name, sheet.header_row, sheet.read, sheet.accepted, sheet.rejected, sheet.skipped]
        for sheet in upload.sheets
    ] == wanted["sheets"]
    assert {column: plain(upload.frame[column]) for column in wanted["frame"]} == wanted["frame"]
    said = upload.problems[["severity", "code", "row", "column"]]
    assert [plain(row) for _, row in said.iterrows()] == wanted["problems"]
    assert upload.rejected["source_row"].tolist() == wanted["rejected"]


def test_every_sheet_has_its_expectation():
    """A file without a .json would be tested by nobody."""
    files = [path for path in Path(__file__).parent.iterdir() if path.suffix not in (".json", ".py") and path.is_file()]
    assert sorted(path.stem for path in files) == [path.stem for path in EXPECTED]
