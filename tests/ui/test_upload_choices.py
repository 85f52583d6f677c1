"""What a person chose for a file: as arguments of the reader, and as what is remembered."""

import json

import pytest

from halal_ui.intake.choices import DATES, Choices, recalled

EVERYTHING = (
    Choices(table="applications")
    .with_sheets(("Mei",))
    .with_header_row("Mei", 4)
    .with_column("Wil.", "kab_kota")
    .with_column("Paraf", None)
    .with_default("lp3h", "PWI Kaltim")
    .with_meaning("kab_kota", "Tepian", "Kota Samarinda")
    .with_corrections({("Mei", 7, "NIB"): "9900000000001"})
)


def test_what_is_not_chosen_is_left_to_the_reader():
    """An empty choice is no argument at all."""
    assert Choices().arguments() == {}


def test_every_choice_reaches_the_reader():
    """All seven arguments of read_upload beyond the file itself can be chosen."""
    assert EVERYTHING.arguments() == {
        "table": "applications",
        "sheets": ["Mei"],
        "header_rows": {"Mei": 4},
        "mapping": {"Wil.": "kab_kota", "Paraf": None},
        "defaults": {"lp3h": "PWI Kaltim"},
        "meanings": {"kab_kota": {"Tepian": "Kota Samarinda"}},
        "corrections": {("Mei", 7, "NIB"): "9900000000001"},
    }


@pytest.mark.parametrize(
    "other",
    [
        EVERYTHING.with_column("Wil.", None),
        EVERYTHING.with_default("lp3h", None),
        EVERYTHING.with_meaning("kab_kota", "Tepian", None),
        EVERYTHING.with_header_row("Mei", 5),
        EVERYTHING.with_corrections({("Mei", 7, "NIB"): "9900000000002"}),
        EVERYTHING.without_corrections({("Mei", 7, "NIB")}),
        EVERYTHING.with_sheets(None),
        EVERYTHING.with_table("recaps"),
    ],
)
def test_another_choice_has_another_name(other: Choices):
    """What was read with one choice is never taken for what would be read with another."""
    assert other.digest != EVERYTHING.digest


def test_a_choice_taken_back_leaves_no_trace():
    """Setting a value and taking it back is the same as never having set it."""
    back = Choices().with_default("status", "issued").with_default("status", None)
    assert back == Choices()


def test_another_table_keeps_where_the_header_is():
    """What a column of one table means says nothing about another's; where the header stands does."""
    assert EVERYTHING.with_table("recaps").arguments() == {
        "table": "recaps",
        "sheets": ["Mei"],
        "header_rows": {"Mei": 4},
    }


def test_what_is_remembered_can_be_used_again():
    """Through JSON and back the same choices hold, but for mended cells."""
    back = recalled(json.loads(json.dumps(EVERYTHING.lasting())), ["Mei"])
    assert back.arguments() == EVERYTHING.without_corrections(set(EVERYTHING.corrections)).arguments()


@pytest.mark.parametrize("column", sorted(DATES))
def test_a_date_is_of_one_file(column: str):
    """A date chosen for a whole file is not remembered: it would date next week's file to this week."""
    assert Choices().with_default(column, "2025-06-04").lasting() == {}


def test_sheets_that_are_not_there_are_left_out():
    """A sheet named for a month is not asked of the next month's file."""
    assert recalled(EVERYTHING.lasting(), ["Juni", "Juli"]).arguments().keys() == {
        "table",
        "mapping",
        "defaults",
        "meanings",
    }
