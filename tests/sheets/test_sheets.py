"""Awkward spreadsheets in this folder, each with what should come of it in a .json of the same name.

A file that was read wrongly becomes a file here: its sender's data replaced by invented ones, its shape kept.

A .json says `arguments` of read_upload, and either `unreadable` (the code of the error) or what was read: `table`,
`sheets` [name, header_row, read, accepted, rejected, skipped], `frame` {column: values}, `rejected` [source_row], and
`problems` [severity, code, row, column], or `warned`, the same for all that is worse than info. `skipped` [sheet, row,
code] lists every row that is no record.
"""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from halal_metrics.sheets import UnreadableFile, read_upload

EXPECTED = sorted(Path(__file__).parent.glob("*.json"))


def plain(values: pd.Series) -> list[Any]:
    """Dates as ISO text, missing as None."""
    if pd.api.types.is_datetime64_dtype(values):
        values = values.dt.strftime("%Y-%m-%d")
    return [None if pd.isna(value) else value for value in values]


def lines(frame: pd.DataFrame, columns: list[str]) -> list[list[Any]]:
    return [plain(row) for _, row in frame[columns].iterrows()]


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: path.stem)
def test_sheet(expected: Path):
    """Rows, counts, problems, rejected and skipped rows are exactly those that a person would have found."""
    wanted = json.loads(expected.read_text())
    file = next(path for path in expected.parent.glob(f"{expected.stem}.*") if path != expected)
    if "unreadable" in wanted:
        with pytest.raises(UnreadableFile) as error:
            read_upload(file, **wanted.get("arguments", {}))
        assert error.value.code == wanted["unreadable"]
        return
    upload = read_upload(file, **wanted.get("arguments", {}))
    assert upload.table == wanted["table"]
    assert [
        [sheet.name, sheet.header_row, sheet.read, sheet.accepted, sheet.rejected, sheet.skipped]
        for sheet in upload.sheets
    ] == wanted["sheets"]
    assert {column: plain(upload.frame[column]) for column in wanted["frame"]} == wanted["frame"]
    said = upload.problems
    if "problems" in wanted:
        assert lines(said, ["severity", "code", "row", "column"]) == wanted["problems"]
    if "warned" in wanted:
        assert lines(said[said["severity"] != "info"], ["severity", "code", "row", "column"]) == wanted["warned"]
    assert upload.rejected["source_row"].tolist() == wanted["rejected"]
    if "skipped" in wanted:
        assert lines(upload.skipped, ["source_sheet", "source_row", "code"]) == wanted["skipped"]


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: path.stem)
def test_an_expectation_says_enough(expected: Path):
    """Problems are either all listed or all that is worse than info, and every row read is accounted for."""
    wanted = json.loads(expected.read_text())
    if "unreadable" not in wanted:
        assert "problems" in wanted or "warned" in wanted
        assert len(wanted["rejected"]) == sum(sheet[4] for sheet in wanted["sheets"])
        for name, _, read, accepted, rejected, skipped in wanted["sheets"]:
            assert read == accepted + rejected + skipped, name


def test_every_sheet_has_its_expectation():
    """A file without a .json would be tested by nobody."""
    files = [path for path in Path(__file__).parent.iterdir() if path.suffix not in (".json", ".py") and path.is_file()]
    assert sorted(path.stem for path in files) == sorted(path.stem for path in EXPECTED)
