"""What events cost or brought: figured, in words, on their marks, in the minutes."""

from datetime import date

import pandas as pd
import pytest
from meeting_sets import Known, frame_of, set_of

import halal_metrics as hm
from halal_metrics.schema import EVENTS, PROGRESS
from halal_ui.reports.note_tables import event_table, recent_events
from halal_ui.sentences.events import effect_line, effect_phrase, events_answer
from halal_ui.snapshot.effects import effects, in_words, phrases
from halal_ui.snapshot.marks import marks

AS_OF = date(2025, 6, 4)
DAYS = pd.bdate_range("2025-04-21", "2025-06-04")


def progress(**drop: int) -> pd.DataFrame:
    """Each working day 4 to 6 submitted and 1 issued, but on the days named as many as it says."""
    rows = [
        {"date": day, "stage": stage, "count": drop.get(f"{stage}_{day:%m%d}", count)}
        for number, day in enumerate(DAYS)
        for stage, count in (("submitted", 4 + number % 3), ("issued", 1))
    ]
    return frame_of(rows, PROGRESS)


def noted(*rows: dict) -> pd.DataFrame:
    return frame_of([{"note_id": f"{number}"} | row for number, row in enumerate(rows)], EVENTS)


OUTAGE = {"kind": "outage", "date": "2025-06-02", "until_date": "2025-06-03", "text": "SIHALAL mati"}
SILENCE = {"submitted_0602": 0, "submitted_0603": 0}


def test_an_outage_is_clear_and_what_chance_would_bring_is_not():
    """Submitted fell and is said; issued went on as before: "tidak jelas" in its line, and nothing in the phrase."""
    found = effects(progress(**SILENCE), noted(OUTAGE), as_of=AS_OF)
    assert found["stage"].tolist() == ["submitted", "issued"]
    alone = hm.event_effects(progress(**SILENCE), noted(OUTAGE), as_of=AS_OF)
    assert found.loc[0, ["done", "low", "high"]].tolist() == alone.loc[0, ["done", "low", "high"]].tolist()
    lines = in_words(found, noted(OUTAGE))[0].split("\n")
    assert lines[0].startswith("0 pengajuan dalam 2 hari kerja, biasanya ")
    assert ": kurang " in lines[0]
    assert lines[1].endswith(": tidak jelas")
    (phrase,) = phrases(found).values()
    assert phrase.startswith("kurang ")
    assert "sertifikat" not in phrase


def test_the_mark_of_an_event_says_what_it_did():
    """In full, and on its own mark alone: not on a meeting of the same day, nor on one that has not ended."""
    rows = noted(
        OUTAGE, OUTAGE | {"kind": "meeting"}, {"kind": "other", "date": "2025-06-04", "until_date": "2025-07-01"}
    )
    found = marks(rows, [], effects(progress(**SILENCE), rows, as_of=AS_OF))
    told = {mark.kind: mark.in_full for mark in found}
    assert told["outage"].startswith("Gangguan SIHALAL: SIHALAL mati (kurang ")
    assert told["meeting"] == "Rapat: SIHALAL mati"
    assert told["other"] == "Lainnya"
    assert [mark.effect for mark in marks(rows, [])] == [""] * 3


def test_what_marks_a_day_is_no_event_that_does_something():
    """Deadlines and meetings have no effect, and leave the days before others as they are."""
    rows = noted({"kind": "deadline", "date": "2025-05-26"}, {"kind": "meeting", "date": "2025-05-27"}, OUTAGE)
    alone = effects(progress(), noted(OUTAGE), as_of=AS_OF)
    pd.testing.assert_frame_equal(effects(progress(), rows, as_of=AS_OF), alone)
    assert in_words(alone, rows).tolist()[:2] == ["", ""]


def test_events_have_the_names_people_read():
    """Without a text that of its kind; a phone number in it is masked; an unknown kind is "Lainnya"."""
    rows = noted(
        {"kind": "outage", "date": "2025-05-26"},
        {"kind": "campaign", "date": "2025-05-27", "text": "Jemput bola, HP 0812-3456-7890"},
    )
    found = effects(progress(), rows, as_of=AS_OF)
    assert found["event"].drop_duplicates().tolist() == ["Jemput bola, HP ••••••", "Gangguan SIHALAL"]
    assert found["kind"].drop_duplicates().tolist() == ["Lainnya", "Gangguan SIHALAL"]


@pytest.mark.parametrize("rows", [(), ({"kind": "outage", "date": None, "text": "Tanpa hari"},)])
def test_without_events_there_is_nothing_and_a_sentence(rows):
    """No frame, no phrase, no error; and where all is too early, that is said."""
    found = effects(progress(), noted(*rows), as_of=AS_OF)
    assert found.empty
    assert phrases(found) == {}
    assert events_answer({}, noted=0).startswith("Belum ada gangguan")
    assert "belum dapat dihitung" in events_answer({}, noted=1)


def test_too_early_or_on_days_off_is_said():
    """Nothing to compare with, or no working day: in its line, and no phrase on a mark."""
    early, weekend = (
        {**OUTAGE, "date": "2025-04-22", "until_date": None},
        {**OUTAGE, "date": "2025-05-31", "until_date": None},
    )
    for event, words in ((early, "biasanya belum diketahui"), (weekend, "tidak ada hari kerja di dalamnya")):
        found = effects(progress(), noted(event), as_of=AS_OF)
        assert words in effect_line(found.iloc[0].to_dict())
        assert effect_phrase(found.to_dict("records")) == ""


def test_more_of_one_and_less_of_the_other_are_both_said():
    """Each with its word; the answer of a page names what is clear, and says where nothing is."""
    row = {"stage": "submitted", "working_days": 5, "expected": 20.0, "difference": 11.0, "clear": True}
    phrase = effect_phrase([row, row | {"stage": "issued", "difference": -4.0}])
    assert phrase == "kurang 4 sertifikat terbit, lebih 11 pengajuan dari biasanya"
    assert events_answer({"A": "akibatnya tidak jelas", "B": phrase}, noted=2) == f"B: {phrase}."
    assert "kebetulan" in events_answer({"A": "akibatnya tidak jelas"}, noted=1)


def test_the_papers_say_it_beside_the_event():
    """The workbook of all events, the minutes of those since the meeting before; what goes on is said to."""
    events = [
        {"kind": "letter", "date": "2025-05-12", "text": "Surat edaran"},
        OUTAGE,
        {"kind": "other", "date": "2025-06-04", "until_date": "2025-06-20", "text": "Jemput bola"},
    ]
    before, now = Known("2025-05-21"), Known("2025-06-04", notes={"events": events})
    assert event_table(set_of(now)).frame["text"].tolist() == ["Surat edaran", "SIHALAL mati", "Jemput bola"]
    recent = recent_events(set_of(now, before))
    assert recent.caption == "Peristiwa sejak rapat 21 Mei 2025"
    assert recent.frame["text"].tolist() == ["SIHALAL mati", "Jemput bola"]
    told = recent.frame["effect"].tolist()
    assert "biasanya belum diketahui" in told[0]
    assert told[1] == "belum berakhir"
