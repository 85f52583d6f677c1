"""A meeting is a frozen set: whatever arrives later, it opens again exactly; and what is noted for it is its own."""

from dataclasses import FrozenInstanceError
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from committing import freeze_and_say, processes
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from registers import register, upload

from halal_metrics.sheets import Upload
from halal_store import Meeting, Store, StoreError
from halal_store.tables import Tables

NINE = pd.Timestamp("2025-06-04 09:00")
UPLOADS = st.integers(0, 5).map(lambda number: register(number, number + 3))
RECAPS = st.integers(1, 3).map(
    lambda number: upload(
        "recaps", [{"statement_date": f"0{number}/06/2025", "lp3h": "PWI Kaltim", "submitted": number}]
    )
)
# an upload, the undo of the upload that came at this place, or a note
STEPS = st.lists(st.one_of(UPLOADS, RECAPS, st.integers(0, 3), st.just("note")), max_size=5)


def later(minutes: float) -> pd.Timestamp:
    return NINE + pd.Timedelta(minutes=minutes)


def as_bytes(tables: Tables) -> dict[str, bytes]:
    """Every table as one string of bytes: equal only where every cell, column and dtype is."""
    frames = {table: getattr(tables, table) for table in Tables.__dataclass_fields__}
    return {
        table: repr(frame.dtypes.to_dict()).encode()
        + (frame.to_json(orient="split", date_format="iso", date_unit="us") or "").encode()
        for table, frame in frames.items()
    }


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store", time_zone="Asia/Makassar")


def play(store: Store, steps: list[Upload | int | str], begin: int) -> None:
    """Commits, undoes and notes, a minute apart."""
    for minute, step in enumerate(steps, start=begin):
        counting = store.history()
        try:
            if step == "note":
                store.note("obstacle", {"text": "listrik padam"}, by="Rina", received_at=later(minute))
            elif isinstance(step, int):
                if step < len(counting):
                    upload_id = counting["upload_id"].iloc[step]
                    store.undo(upload_id, by="Rina", reason="salah", received_at=later(minute))
            else:
                store.commit(step, by="Rina", received_at=later(minute))
        except StoreError as refused:
            if refused.code not in ("already_committed", "already_undone"):
                raise


@settings(max_examples=12, deadline=None, derandomize=True)
@given(STEPS, STEPS)
def test_a_past_meeting_opens_again_exactly(before: list, after: list):
    """Later uploads, undos and notes notwithstanding, and in another process: byte-equal tables, the same history."""
    with TemporaryDirectory() as folder:
        store = Store(folder, time_zone="Asia/Makassar")
        play(store, before, begin=0)
        meeting = store.freeze(title="Rakor", date="2025-06-04 09:30", by="Rina", received_at=later(20))
        tables, history, events = as_bytes(meeting.tables), meeting.contents.history, meeting.records
        play(store, after, begin=30)
        for again in (store.meeting(meeting.id), Store(folder, time_zone="Asia/Makassar").meeting(meeting.id)):
            assert as_bytes(again.tables) == tables
            assert_frame_equal(again.contents.history, history)
            assert again.records.equals(events)
            assert again.contents.version == meeting.contents.version


def test_a_meeting_says_what_it_is(store: Store):
    """Its id is short and of its day; what is not given follows from what is."""
    store.commit(register(1), by="Rina", received_at=NINE)
    meeting = store.freeze(
        title=" Rakor ", date="2025-06-04 09:30", place="Ruang Lempok", by="Rina", received_at=later(5)
    )
    assert (meeting.id, meeting.title, meeting.place, meeting.by) == ("R-2025-06-04", "Rakor", "Ruang Lempok", "Rina")
    assert (meeting.date, meeting.starts_at) == (pd.Timestamp("2025-06-04"), pd.Timestamp("2025-06-04 09:30"))
    assert meeting.as_of == meeting.date
    assert meeting.known_at == meeting.frozen_at == later(5)
    assert meeting.previous is None
    with pytest.raises(FrozenInstanceError):
        meeting.title = "lain"


def test_it_knows_what_was_known_at_its_moment(store: Store):
    """With a moment in the past: what had arrived by then, not what arrived up to the freezing."""
    for minutes, number in ((0, 1), (10, 2), (20, 3)):
        store.commit(register(number), by="Rina", received_at=later(minutes))
    meeting = store.freeze(title="Rakor", date="2025-06-05", as_of="2025-06-03", known_at=later(10), by="Rina")
    assert len(meeting.tables.applications) == 2
    assert (meeting.known_at, meeting.as_of) == (later(10), pd.Timestamp("2025-06-03"))
    earliest = store.freeze(title="Rakor", date="2025-06-05", known_at="2025-01-01", by="Rina")
    assert len(earliest.tables.applications) == len(earliest.contents.history) == 0


def test_an_upload_of_the_same_moment_is_not_in_it(store: Store):
    """What the log has after the freezing is not known to it, even where the clock shows the same time."""
    store.commit(register(1), by="Rina", received_at=NINE)
    meeting = store.freeze(title="Rakor", date=NINE, by="Rina", received_at=NINE)
    store.commit(register(2), by="Rina", received_at=NINE)
    assert len(store.meeting(meeting.id).tables.applications) == 1
    assert len(store.tables().applications) == 2


def test_two_meetings_of_a_day_have_two_ids_and_follow_each_other(store: Store):
    """The one before is the last that starts no later; another can be named, or none."""
    first = store.freeze(title="Pagi", date="2025-06-04 09:00", by="Rina")
    second = store.freeze(title="Siang", date="2025-06-04 13:00", by="Rina")
    earlier = store.freeze(title="Pekan lalu", date="2025-05-28", by="Rina")
    assert [meeting.id for meeting in store.meetings()] == ["R-2025-06-04", "R-2025-06-04-2", "R-2025-05-28"]
    assert (second.previous.id, earlier.previous) == (first.id, None)
    assert store.freeze(title="x", date="2025-06-05", previous=first.id, by="Rina").previous.id == first.id
    assert store.freeze(title="x", date="2025-06-05", previous="", by="Rina").previous is None
    assert store.freeze(title="x", date="2025-06-06", by="Rina").previous.id == "R-2025-06-05-2"


def test_one_frozen_by_mistake_is_taken_back(store: Store):
    """It is not listed, nothing is compared with it, its id is not given again, and it still opens."""
    first = store.freeze(title="Rakor", date="2025-06-04", by="Rina")
    wrong = store.freeze(title="Rakro", date="2025-06-04", by="Rina")
    store.take_back(wrong.record_id, by="Rina", reason="salah ketik")
    assert [meeting.id for meeting in store.meetings()] == [first.id]
    right = store.freeze(title="Rakor", date="2025-06-04", by="Rina")
    assert (right.id, right.previous.id) == ("R-2025-06-04-3", first.id)
    assert store.meeting(wrong.id).title == "Rakro"
    assert store.meeting_ids() == {first.id, wrong.id, right.id}
    with pytest.raises(StoreError, match="sudah dibatalkan") as refused:
        store.take_back(wrong.record_id, by="Rina")
    assert refused.value.code == "already_taken_back"


@pytest.mark.parametrize(
    ("code", "attempt"),
    [
        ("unknown_meeting", lambda store: store.meeting("R-2025-01-01")),
        ("unknown_meeting", lambda store: store.freeze(title="x", date="2025-06-04", previous="R-1", by="Rina")),
        ("unknown_meeting", lambda store: store.note("event", {"text": "x"}, meeting="R-1", by="Rina")),
        ("not_yet", lambda store: store.freeze(title="x", date="2025-06-04", known_at="2999-01-01", by="Rina")),
        ("out_of_order", lambda store: store.freeze(title="x", date="2025-06-04", received_at="2020-01-01", by="Rina")),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(store: Store, code: str, attempt):
    """Each refusal has its code, leaves the log as it is, and says what to do."""
    store.commit(register(1), by="Rina", received_at=NINE)
    version = store.version
    with pytest.raises(StoreError, match=r"; .+\.$") as refused:
        attempt(store)
    assert (refused.value.code, store.version) == (code, version)


def test_what_is_noted_for_a_meeting_is_its_own(store: Store):
    """It has what was noted before it and what is noted for it since; not what is noted elsewhere, or for the next."""
    before = store.note("action", {"action": "surat", "status": "todo"}, by="Rina", received_at=NINE)
    first = store.freeze(title="Rakor", date="2025-06-04", by="Rina", received_at=later(1))
    store.note("action", {"action": "jemput bola"}, by="Rina", meeting=first.id, received_at=later(2))
    store.note("action", {"status": "doing"}, by="Budi", note_id=before.note_id, received_at=later(3))
    second = store.freeze(title="Rakor", date="2025-06-11", by="Rina", received_at=later(4))
    store.note("action", {"status": "done"}, by="Budi", note_id=before.note_id, meeting=second.id)

    def stands(meeting: Meeting) -> list[list]:
        return meeting.actions[["action", "status"]].fillna("").to_numpy().tolist()

    assert stands(store.meeting(first.id)) == [["surat", "todo"], ["jemput bola", ""]]
    assert stands(store.meeting(second.id)) == [["surat", "done"], ["jemput bola", ""]]
    assert store.meeting(second.id).previous.actions["status"].tolist()[0] == "todo"


def test_eight_processes_freeze_at_once(tmp_path: Path):
    """Each gets an id of its own, and every one opens."""
    store = Store(tmp_path / "store")
    store.commit(register(1), by="Rina")
    context = processes()
    pairs = [context.Pipe(duplex=False) for _ in range(8)]
    started = [context.Process(target=freeze_and_say, args=(store.path, said)) for _, said in pairs]
    for process in started:
        process.start()
    ids = [heard.recv() for heard, _ in pairs if heard.poll(60)]
    for process in started:
        process.join(60)
    assert len(set(ids)) == 8
    assert {meeting.id for meeting in store.meetings()} == set(ids)
    assert all(len(meeting.tables.applications) == 1 for meeting in store.meetings())
