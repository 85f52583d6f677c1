"""What somebody works on is kept beside the log: given back as it was, to them alone, for seven days."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from registers import register

from halal_store import Store, StoreError
from halal_store.in_work import FOLDER, KEPT_DAYS, InWork

NOW = pd.Timestamp("2025-06-04 02:00", tz="UTC")
NIK = "9901014101900001"
RINA, BUDI = "rina@dinas.example", "budi@uinsi.example"


def told(desk: InWork, person: str = RINA, now: pd.Timestamp = NOW) -> dict[str, tuple[dict, bytes]]:
    found = desk.kept(person, now=now)
    assert not found.damaged
    return {item.name: (item.facts, item.original) for item in found.items}


@pytest.fixture(params=["folder", "address"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], InWork]:
    """`desk()` is the same desk, opened anew as a process that has just started opens it."""
    place = tmp_path / "store"
    return lambda: Store(place if request.param == "folder" else place.as_uri()).in_work


TEXTS = st.text('ab [NIK]:"\\\n,9', max_size=6)
FACTS = st.dictionaries(
    TEXTS, st.recursive(st.none() | st.booleans() | st.integers(0, 99) | TEXTS, st.lists, max_leaves=4), max_size=3
)
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["keep", "keep", "drop", "restart", "store"]),
        st.sampled_from([RINA, BUDI, ""]),
        st.sampled_from(["a1", "a1recaps", "b2"]),
        FACTS,
    ),
    max_size=12,
)


@settings(max_examples=25, deadline=None)
@given(acts=ACTS)
def test_any_sequence_gives_back_the_same(acts: list, tmp_path_factory: pytest.TempPathFactory):
    """Dropped, chosen, removed, started anew, in two processes at once: each person finds what they left."""
    folder = tmp_path_factory.mktemp("store")
    desks, expected = [Store(folder).in_work, Store(folder).in_work], {}
    for turn, (act, person, name, facts) in enumerate(acts):
        using, original = desks[turn % 2], name[:2].encode() * 9
        if act == "keep":
            using.keep(person, name, facts, original, now=NOW)
            expected[person, name] = facts, original
        elif act == "drop":
            using.drop(person, name)
            expected.pop((person, name), None)
        elif act == "restart":
            desks[turn % 2] = Store(folder).in_work
        else:
            Store(folder).record("note", {}, by="Rina")
        for one in (RINA, BUDI, ""):
            assert told(using, one) == {name: kept for (whose, name), kept in expected.items() if whose == one}
    Store(folder).read()  # the log beside it is whole


def test_two_files_of_one_name_and_one_file_for_two_tables_are_kept(desk: Callable[[], InWork]):
    """Each is an item of its own, and taking one away leaves the others."""
    for name, content in {"a1": b"one", "b2": b"other", "a1recaps": b"one"}.items():
        desk().keep(RINA, name, {"filename": "data.xlsx"}, content, now=NOW)
    desk().drop(RINA, "a1")
    assert told(desk()) == {
        "b2": ({"filename": "data.xlsx"}, b"other"),
        "a1recaps": ({"filename": "data.xlsx"}, b"one"),
    }


def test_the_latest_is_last(desk: Callable[[], InWork]):
    """In order of when each was worked on last."""
    for minute, name in enumerate(["a1", "b2", "c3", "a1"]):
        desk().keep(RINA, name, {}, b"x", now=NOW + pd.Timedelta(minutes=minute))
    assert list(told(desk())) == ["b2", "c3", "a1"]


def test_seven_days_after_the_last_change_it_is_gone(desk: Callable[[], InWork], tmp_path: Path):
    """Deleted by whoever looks next, whosever it is; what was changed since stays."""
    desk().keep(RINA, "a1", {}, b"old", now=NOW)
    desk().keep(RINA, "b2", {}, b"new", now=NOW)
    later = NOW + pd.Timedelta(days=KEPT_DAYS)
    desk().keep(RINA, "b2", {"note": "again"}, b"new", now=later)
    assert list(told(desk(), now=later)) == ["a1", "b2"]
    assert told(desk(), BUDI, now=later + pd.Timedelta(minutes=1)) == {}
    assert list(told(desk(), now=later)) == ["b2"]
    assert len(list((tmp_path / "store" / FOLDER).iterdir())) == 2


def test_what_a_killed_process_left_is_swept(desk: Callable[[], InWork], tmp_path: Path):
    """Half of a file, and a file whose choices were never written, once they are old."""
    desk().keep(RINA, "a1", {}, b"x", now=NOW)
    folder = tmp_path / "store" / FOLDER
    for name in (".0123.tmp", "someone.b2.original"):
        (folder / name).write_bytes(b"NIK")
    young = pd.Timestamp.now("UTC")
    desk().keep(RINA, "a1", {}, b"x", now=young)
    desk().kept(BUDI, now=young)
    assert len(list(folder.iterdir())) == 4
    desk().keep(RINA, "a1", {}, b"x", now=young + pd.Timedelta(days=8))
    desk().kept(BUDI, now=young + pd.Timedelta(days=8))
    assert len(list(folder.iterdir())) == 2


@settings(max_examples=30, deadline=None)
@given(place=st.integers(0, 400), bit=st.integers(0, 7), suffix=st.sampled_from([".json", ".original"]))
def test_a_changed_bit_is_named_never_read(place: int, bit: int, suffix: str, tmp_path_factory: pytest.TempPathFactory):
    """A mended cell is never silently another: the item is left out and named, the other one is there."""
    folder = tmp_path_factory.mktemp("store")
    desk = Store(folder).in_work
    desk.keep(RINA, "a1", {"filename": "data.xlsx", "cell": "9900000000001"}, b"content " * 50, now=NOW)
    desk.keep(RINA, "b2", {"filename": "lain.xlsx"}, b"other", now=NOW)
    (file,) = (folder / FOLDER).glob(f"*a1{suffix}")
    content = bytearray(file.read_bytes())
    content[place % len(content)] ^= 1 << bit
    file.write_bytes(content)
    found = Store(folder).in_work.kept(RINA, now=NOW)
    assert [item.name for item in found.items] == ["b2"]
    assert found.damaged == ["data.xlsx" if suffix == ".original" else file.name]
    desk.keep(RINA, "a1", {"filename": "data.xlsx"}, b"content " * 50, now=NOW)  # dropped once more
    assert list(told(Store(folder).in_work)) == ["a1", "b2"]


@pytest.mark.parametrize("how", ["gone", "empty", "a folder"])
def test_a_lost_original_is_named(how: str, desk: Callable[[], InWork], tmp_path: Path):
    """Whatever became of it."""
    desk().keep(RINA, "a1", {"filename": "data.xlsx"}, b"x", now=NOW)
    (file,) = (tmp_path / "store" / FOLDER).glob("*.original")
    file.unlink()
    if how == "empty":
        file.write_bytes(b"")
    elif how == "a folder":
        file.mkdir()
    assert desk().kept(RINA, now=NOW) == ([], ["data.xlsx"])


def test_too_much_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """More files, or more bytes, than a desk holds are refused in a sentence; what is there can still be changed."""
    monkeypatch.setattr("halal_store.in_work.MOST", 2)
    monkeypatch.setattr("halal_store.in_work.MOST_BYTES", 100)
    desk = Store(tmp_path).in_work
    desk.keep(RINA, "a1", {}, bytes(60), now=NOW)
    with pytest.raises(StoreError, match="sudah 1 berkas") as refused:
        desk.keep(RINA, "b2", {}, bytes(60), now=NOW)
    assert refused.value.code == "in_work_full"
    desk.keep(RINA, "b2", {}, bytes(40), now=NOW)
    with pytest.raises(StoreError, match="sudah 2 berkas"):
        desk.keep(RINA, "c3", {}, b"", now=NOW)
    desk.keep(RINA, "a1", {"note": "changed"}, bytes(60), now=NOW)
    desk.keep(BUDI, "a1", {}, bytes(60), now=NOW)
    assert told(desk)["a1"] == ({"note": "changed"}, bytes(60))


def test_a_place_that_cannot_be_written_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """As for the log: one sentence, and what was kept before is there."""
    desk = Store(tmp_path).in_work
    desk.keep(RINA, "a1", {}, b"x", now=NOW)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("halal_store.files.os.fsync", full)
    with pytest.raises(StoreError) as refused:
        desk.keep(RINA, "b2", {}, b"x", now=NOW)
    assert refused.value.code == "disk_full"
    assert list(told(desk)) == ["a1"]


def test_it_is_as_closed_as_the_log_and_no_part_of_it(tmp_path: Path):
    """Files 0600 in a folder 0700; no NIK in choices and no name of a person in a file's name; the log stays whole."""
    store = Store(tmp_path / "store")
    store.in_work.keep(RINA, "a1", {"filename": f"{NIK}.xlsx", NIK: [f"hub. {NIK}"]}, NIK.encode(), now=NOW)
    store.read()
    store.commit(register(1), by="Rina")
    version = store.version
    store.in_work.keep(RINA, "a1", {"note": "again"}, b"x", now=NOW)
    store.in_work.keep(RINA, "b2", {"filename": f"{NIK}.xlsx"}, NIK.encode(), now=NOW)
    assert (store.version, len(Store(tmp_path / "store").read().history)) == (version, 1)
    folder = tmp_path / "store" / FOLDER
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for file in folder.iterdir():
        assert stat.S_IMODE(os.stat(file).st_mode) == 0o600
        assert "rina" not in file.name
        assert file.suffix == ".original" or NIK.encode() not in file.read_bytes()
    with pytest.raises(ValueError, match="no name of an item"):
        store.in_work.keep(RINA, "../originals/x", {}, b"x", now=NOW)
