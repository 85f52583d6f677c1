"""Notes: what people say is kept as they say it, changed field by field, and taken back record by record."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from registers import register

from halal_metrics.schema import ACTIONS
from halal_store import Store, StoreError
from halal_store.notes import CHANGES, KINDS, NOTED, changes, fold, plain

NINE = pd.Timestamp("2025-06-04 09:00")
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "action": st.sampled_from(["surat", "jemput bola"]),
        "status": st.sampled_from(["todo", "done"]),
        "due_date": st.sampled_from([None, "2025-06-11"]),
        "evidence": st.sampled_from([None, "foto"]),
    },
)
# (which note, what is stated of it), or the number of the record that is taken back
STEPS = st.lists(st.one_of(st.tuples(st.integers(0, 2), FIELDS), st.integers(0, 7)), max_size=10)


def written(steps: list) -> pd.DataFrame:
    """The steps as the store's records; a step back to a record that is not there, or was taken back, is left out."""
    rows: list[dict[str, Any]] = []
    known: set[str] = set()
    gone: set[str] = set()
    for place, step in enumerate(steps):
        if isinstance(step, int):
            name = f"r{step}"
            if name in gone or name not in {row["record_id"] for row in rows if row["kind"] == "action"}:
                continue
            gone.add(name)
            kind, facts = "taken_back", {"record": name, "reason": "", "meeting": None}
        else:
            note, stated = f"n{step[0]}", step[1]
            kind, facts = "action", {"note": note, "first": note not in known, "meeting": None, "stated": stated}
            known.add(note)
        at = NINE + pd.Timedelta(minutes=place)
        rows.append({"record_id": f"r{place}", "received_at": at, "by": "Rina", "kind": kind, "facts": facts})
    return pd.DataFrame(rows, columns=["record_id", "received_at", "by", "kind", "facts"])


def oracle(records: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """By hand: the dictionaries that are left when the taken back are struck out, one after the other."""
    rows = records.to_dict("records")
    back = {row["facts"]["record"] for row in rows if row["kind"] == "taken_back"}
    notes: dict[str, dict[str, Any]] = {}
    never = {row["facts"]["note"] for row in rows if row["record_id"] in back and row["facts"]["first"]}
    for row in rows:
        if row["kind"] == "action" and row["record_id"] not in back and row["facts"]["note"] not in never:
            notes.setdefault(row["facts"]["note"], {}).update(row["facts"]["stated"])
    return notes


@settings(max_examples=100, deadline=None, derandomize=True)
@given(STEPS)
def test_taken_back_is_never_said(steps: list):
    """Each field has the last value of the records that count; a note whose first record does not count is gone."""
    records = written(steps)
    found = fold(records, "action")
    assert dict(found.dtypes.astype(str)) == {**ACTIONS, **NOTED}
    expected = oracle(records)
    assert found["note_id"].tolist() == list(expected)
    for name in ("action", "status", "evidence"):
        told = [note.get(name) for note in expected.values()]
        assert found[name].astype(object).where(found[name].notna(), None).tolist() == told


@settings(max_examples=60, deadline=None, derandomize=True)
@given(STEPS)
def test_changes_tell_before_and_after(steps: list):
    """One line a field and record; played forward, the lines that count give the notes."""
    records = written(steps)
    told = changes(records)
    assert list(told) == list(CHANGES)
    stated = [row["facts"] for row in records.to_dict("records") if row["kind"] == "action"]
    assert len(told) == sum(len(facts["stated"]) for facts in stated)
    played: dict[tuple[str, str], Any] = {}
    for line in told[told["taken_back_at"].isna()].to_dict("records"):
        key = (line["note_id"], line["field"])
        assert (None if pd.isna(line["before"]) else line["before"]) == played.get(key)
        played[key] = None if pd.isna(line["after"]) else line["after"]
    for note, fields in oracle(records).items():
        assert {field: played[note, field] for field in fields} == fields


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store", time_zone="Asia/Makassar")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_comes_back_as_it_was_said(store: Store, kind: str):
    """Typed as its columns say, with who noted it and when; of nothing said, an empty frame of the same columns."""
    values = {"str": "Kabupaten Berau", "datetime64[us]": pd.Timestamp("2025-06-11"), "Int64": 12}
    fields = {name: values[dtype] for name, dtype in KINDS[kind].items() if name != "note_id"}
    assert dict(store.notes(kind).dtypes.astype(str)) == {**KINDS[kind], **NOTED}
    noted = store.note(kind, fields, by="Rina", received_at=NINE)
    found = store.notes(kind)
    assert dict(found.dtypes.astype(str)) == {**KINDS[kind], **NOTED}
    assert found.iloc[0][list(fields)].to_dict() == fields
    line = found.iloc[0]
    assert (line["note_id"], line["noted_by"], line["noted_at"]) == (noted.note_id, "Rina", NINE)
    assert store.notes(kind, known_at="2025-06-04 08:59").empty


def test_a_change_of_one_field_leaves_the_others_as_another_wrote_them(store: Store):
    """Two people change two fields: both stand; each record can be taken back by itself."""
    noted = store.note("action", {"action": "surat", "status": "todo"}, by="Rina")
    changed = store.note("action", {"status": "doing"}, by="Budi", note_id=noted.note_id)
    store.note("action", {"evidence": "terkirim"}, by="Sari", note_id=noted.note_id)
    line = store.notes("action").iloc[0]
    assert line[["action", "status", "evidence", "changed_by"]].tolist() == ["surat", "doing", "terkirim", "Sari"]
    store.take_back(changed.record_id, by="Rina", reason="keliru")
    assert store.notes("action").iloc[0][["status", "evidence"]].tolist() == ["todo", "terkirim"]
    told = store.changes()
    line = told[told["record_id"] == changed.record_id].iloc[0]
    assert line[["by", "before", "after", "taken_back_by", "reason"]].tolist() == [
        "Budi",
        "todo",
        "doing",
        "Rina",
        "keliru",
    ]
    with pytest.raises(StoreError, match="sudah dibatalkan"):
        store.take_back(changed.record_id, by="Rina")
    store.take_back(noted.record_id, by="Rina")
    assert store.notes("action").empty


def test_what_no_note_has_is_refused(store: Store):
    """A field the kind lacks is a programmer's error; a note or record that is not there is told in a sentence."""
    with pytest.raises(ValueError, match="has no field colour"):
        plain("action", {"colour": "red"})
    with pytest.raises(ValueError, match="has no field note_id"):
        plain("action", {"note_id": "x"})
    noted = store.note("event", {"text": "gangguan"}, by="Rina")
    for attempt in (
        lambda: store.note("event", {"text": "x"}, by="Rina", note_id="lain"),
        lambda: store.note("action", {"action": "x"}, by="Rina", note_id=noted.note_id),
        lambda: store.take_back("lain", by="Rina"),
    ):
        with pytest.raises(StoreError) as refused:
            attempt()
        assert refused.value.code == "unknown_note"


def test_an_upload_is_not_taken_back_as_a_note(store: Store):
    """Uploads are undone, with a reason, by `undo`."""
    receipt = store.commit(register(1), by="Rina")
    with pytest.raises(StoreError):
        store.take_back(receipt.upload_id, by="Rina")
    assert len(store.tables().applications) == 1
