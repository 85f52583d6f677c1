"""The demonstration set has two meetings, each as it was known on its day, and what was said at them."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import halal_metrics as hm
from halal_metrics import read_upload
from halal_store import Meeting, Store
from halal_ui.snapshot import demonstration
from halal_ui.snapshot.programme import programme
from halal_ui.words.notes import ACTION_STATUS, CAN_ACT, CATEGORY, EVENT, WHERE


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, demo_to: Callable[[Path], Path]) -> Store:
    return Store(demo_to(tmp_path_factory.mktemp("met") / "store"), time_zone=programme().time_zone)


def used_and_issued(meeting: Meeting) -> tuple[int, int]:
    tables = meeting.tables
    row = hm.absorption(
        hm.plan(tables.quotas, as_of=meeting.as_of),
        hm.progress(tables.applications, tables.recaps),
        by=(),
        as_of=meeting.as_of,
    ).iloc[0]
    return int(row["used"]), int(row["issued"])


def test_the_meeting_of_the_public_record(store: Store):
    """On 4 June 2025, 320 used and 58 issued; compared with one of 21 May, as it was known then."""
    earlier, meeting = store.meetings()
    assert (earlier.id, meeting.id) == ("R-2025-05-21", "R-2025-06-04")
    assert meeting.previous is not None
    assert meeting.previous.id == earlier.id
    assert used_and_issued(meeting) == (320, 58)
    assert used_and_issued(earlier) < (320, 58)
    assert meeting.known_at == pd.Timestamp("2025-06-04 09:30")


def test_what_was_said_has_words(store: Store):
    """Every code in the notes is one that people have a word for, and every note says something."""
    for kind, column, words in (
        ("obstacle", "category", CATEGORY),
        ("obstacle", "stage", WHERE),
        ("obstacle", "actor", CAN_ACT),
        ("action", "status", ACTION_STATUS),
        ("event", "kind", EVENT),
    ):
        notes = store.notes(kind)
        assert len(notes)
        assert set(notes[column].dropna()) <= set(words)
    assert store.notes("action")["action"].notna().all()
    assert store.notes("decision")["text"].notna().all()


def test_a_second_start_adds_nothing(store: Store):
    """Files and meetings are there once, also where somebody has taken a meeting back."""
    before = store.version
    demonstration.fill(store)
    assert store.version == before
    store.take_back(store.meetings()[-1].record_id, by="Rina")
    taken = store.version
    demonstration.fill(store)
    assert store.version == taken


@pytest.mark.parametrize("work", ["record", "undo"])
def test_a_store_worked_in_before_there_were_meetings_still_opens(tmp_path: Path, work: str):
    """Its log has gone on past the days of the set: nothing is added, and nothing is refused."""
    store = Store(tmp_path / "store", time_zone=programme().time_zone)
    for file in demonstration.files():
        store.commit(read_upload(file), by=demonstration.BY)
    if work == "record":
        store.record("duplicate", {"pair": "a = b"}, by="Rina")
    else:
        store.undo(store.history()["upload_id"].iloc[0], by="Rina", reason="salah")
    version = store.version
    demonstration.fill(store)
    assert (store.version, store.meetings()) == (version, [])
