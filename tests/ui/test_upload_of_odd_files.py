"""Whatever was sent: every odd file of tests/sheets can be looked at, step by step."""

from pathlib import Path

import pytest

from halal_store import Store
from halal_ui.intake import corrections, problems
from halal_ui.intake.changes import change_table, counts_in_words, new_table, rates_in_words
from halal_ui.intake.first_rows import first_rows
from halal_ui.intake.item import item_of
from halal_ui.intake.reading import check, look
from halal_ui.intake.understood import headings, lacking, spellings, summed
from halal_ui.screen.upload.stepper import stepper_html, steps_of

FILES = sorted(file for file in (Path(__file__).parents[1] / "sheets").iterdir() if file.suffix not in (".json", ".py"))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """An empty store."""
    return Store(tmp_path_factory.mktemp("odd") / "store")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_an_odd_file_can_be_shown(file: Path, store: Store):
    """Each step has something to say of it, rows add up, and every cell offered for mending is one of the file."""
    one = item_of(file.name, file.read_bytes())
    look(one, [])
    if one.upload is None:
        assert one.trouble
        assert "belum dapat dibaca" in stepper_html(steps_of(one, None, files=1))
        first_rows(one.content, one.filename)
        return
    upload = one.upload
    rows = summed(upload)
    assert rows["accepted"] + rows["rejected"] + rows["skipped"] == rows["read"]
    assert all(heading.in_words for heading in headings(upload, one.choices))
    assert {spelling.column for spelling in spellings(upload, one.choices)} <= {"kab_kota", "lp3h", "status"}
    assert lacking(upload)
    assert len(problems.problem_table(upload.problems)) == len(upload.problems)
    assert len(problems.skipped_table(upload.skipped)) == rows["skipped"]
    shown = corrections.cells(upload, upload.problems)
    assert set(shown["header"]) <= {header for record in upload.sheets for header in record.mapping}
    assert len(corrections.rejected(upload)) == rows["rejected"]
    made = check(one, store)
    assert made is not None
    assert made.preview.counts["changed"] == len(made.preview.changed)
    change_table(made.preview.changed, upload.table)
    assert len(new_table(made.preview.new)) == made.preview.counts["new"]
    assert rates_in_words(made.before, made.after)
    assert counts_in_words(made.preview.counts, upload.table)
    assert "diterima" in stepper_html(steps_of(one, made, files=1))
