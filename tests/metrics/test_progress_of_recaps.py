"""`progress`: what recaps add where there are no applications."""

import oracle
import pytest
from lives import APRIL, JUNE, MAY, application, by_stage, counts, recap
from programmes import APPLICATIONS, RECAPS, frame

import halal_metrics as hm


def test_a_recap_adds_what_is_new_and_takes_back_what_was_corrected():
    """Flows by difference in order of statement_date, negative where a count was corrected downwards."""
    stated = [
        recap(MAY, submitted=7, issued=2),
        recap(APRIL, submitted=9),
        recap(JUNE, submitted=8, issued=2),
    ]
    flows = by_stage(hm.progress(recaps=frame(stated, RECAPS)))
    assert flows["submitted"] == [(APRIL, 9), (MAY, -2), (JUNE, 1)]
    assert flows["issued"] == [(MAY, 2)]


def test_a_stage_not_stated_keeps_its_level_and_covers_the_later_ones():
    """Who is issued was decided, who is decided had a fatwa; and silence takes nothing back."""
    flows = by_stage(hm.progress(recaps=frame([recap(APRIL, submitted=9, fatwa=4), recap(MAY, issued=5)], RECAPS)))
    assert flows == {
        "submitted": [(APRIL, 9)],
        "verified": [(APRIL, 4), (MAY, 1)],
        "fatwa": [(APRIL, 4), (MAY, 1)],
        "decided": [(MAY, 5)],
        "issued": [(MAY, 5)],
    }


def test_a_recap_without_a_date_is_the_latest_of_the_recaps():
    """And where no recap has one, its counts stay, with a missing date."""
    undated, elsewhere = recap(None, issued=3), recap(JUNE, issued=1) | {"lp3h": None}
    table = hm.progress(recaps=frame([undated, elsewhere], RECAPS))
    assert counts(table)[JUNE, "Kota Bontang", "PWI Kaltim", "issued"] == 3
    assert by_stage(hm.progress(recaps=frame([undated], RECAPS)))["issued"] == [(None, 3)]


def test_a_cell_with_any_application_takes_nothing_from_its_recaps():
    """Not even where the only application is a draft: the register is the finer statement."""
    stated = [recap(MAY, submitted=9), recap(MAY, submitted=5) | {"lp3h": None}]
    table = hm.progress(frame([application("draft")], APPLICATIONS), frame(stated, RECAPS))
    assert counts(table) == {(MAY, "Kota Bontang", None, "submitted"): 5}


@pytest.mark.parametrize("kind", ["float", "nullable", "arrow", "object"])
def test_recaps_count_alike_in_any_number_dtype(kind):
    """A spreadsheet's counts arrive as floats, nullable integers, Arrow integers or objects."""
    table = frame([recap(APRIL, submitted=9), recap(MAY, submitted=12, issued=2)], RECAPS)
    dtype = {"float": "float64", "nullable": "Int32", "arrow": "int64[pyarrow]", "object": object}[kind]
    counted = table.astype(dict.fromkeys(oracle.STAGES, dtype))
    assert counts(hm.progress(recaps=counted)) == counts(hm.progress(recaps=table))
