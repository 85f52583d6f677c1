"""Whether the number an action names has moved, and which actions are overdue."""

import pandas as pd

import halal_metrics as hm
from halal_metrics.schema import ACTIONS, PROGRESS, conform

THEN, NOW = pd.Timestamp("2025-05-21"), pd.Timestamp("2025-06-04")
PROGRESSED = conform(
    pd.DataFrame(
        [
            ("2025-05-12", "Kabupaten Berau", "PWI Kaltim", "submitted", 4),
            ("2025-05-12", "Kota Bontang", "PWI Kaltim", "submitted", 2),
            ("2025-05-28", "Kabupaten Berau", "LP3H UINSI Samarinda", "submitted", 3),
            ("2025-05-28", "Kabupaten Berau", "PWI Kaltim", "verified", 1),
            ("2025-06-10", "Kabupaten Berau", "PWI Kaltim", "submitted", 9),
        ],
        columns=list(PROGRESS),
    ).astype({"date": PROGRESS["date"]}),
    PROGRESS,
)


def numbers(*actions, then=PROGRESSED):
    noted = conform(pd.DataFrame(list(actions)).assign(note_id=[f"n{at}" for at in range(len(actions))]), ACTIONS)
    return hm.action_numbers(noted, then, PROGRESSED, then_as_of=THEN, as_of=NOW)


def due(day, status="todo"):
    return {"due_date": pd.Timestamp(day), "status": status}


def test_its_number_is_that_of_the_place_institution_and_stage_it_names():
    """What it does not name it is about all of; without a stage it has no number."""
    found = numbers(
        {"stage": "submitted"},
        {"stage": "submitted", "kab_kota": "Kabupaten Berau"},
        {"stage": "submitted", "kab_kota": "Kabupaten Berau", "lp3h": "PWI Kaltim"},
        {"stage": "verified"},
        {"stage": "submitted", "kab_kota": "Kabupaten Paser"},
        {"kab_kota": "Kabupaten Berau"},
    )
    told = found[["number_then", "number_now", "moved"]].astype(object).where(found["number_then"].notna(), None)
    assert told.values.tolist() == [[6, 9, 3], [4, 7, 3], [4, 4, 0], [0, 1, 1], [0, 0, 0], [None] * 3]


def test_each_end_is_read_from_its_own_set():
    """What the first set did not know counts as moved."""
    found = numbers({"stage": "submitted"}, then=PROGRESSED.iloc[:1])
    assert found[["number_then", "number_now", "moved"]].values.tolist() == [[4, 9, 5]]


def test_overdue_first_then_open_then_done():
    """On the day itself nothing is overdue, and what is done or cancelled never is."""
    found = numbers(
        due("2025-05-01", "done"), due("2025-06-04"), due("2025-06-01", None), due("2025-05-20", "doing"),
        due("2025-05-30", "cancelled"), {"status": "todo"},
    )  # fmt: skip
    assert found["note_id"].tolist() == ["n3", "n2", "n1", "n5", "n0", "n4"]
    assert found["overdue"].tolist() == [True, True, False, False, False, False]
    assert found["days_late"].dropna().tolist() == [15, 3]


def test_no_actions():
    """An empty table stays one, with its columns."""
    found = hm.action_numbers(conform(pd.DataFrame(), ACTIONS), PROGRESSED, PROGRESSED, then_as_of=THEN, as_of=NOW)
    assert found.empty
    assert {"number_then", "moved", "overdue", "days_late"} <= set(found.columns)
