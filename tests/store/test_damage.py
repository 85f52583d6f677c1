"""No file of a store can be lost or changed unnoticed."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from registers import register, upload

from halal_store import Store, StoreError
from halal_store.tables import Tables

HARMLESS = (".lock", "cache/")
"""Files without which a store is whole; a changed one changes nothing."""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with three uploads, one undone, and a record; a killed commit left an original and rows behind."""
    folder = tmp_path_factory.mktemp("kept") / "store"
    store = Store(folder)
    store.commit(register(1, 2), by="Rina")
    undone = store.commit(register(2, 3, status="OF300", day=20), by="Rina")
    store.commit(upload("quotas", [{"quota": "1000", "target_date": "31/05/2025"}]), by="Rina")
    store.undo(undone.upload_id, by="Rina", reason="salah")
    store.record("note", {"text": "rapat"}, by="Rina")
    store.tables()
    (folder / "originals" / ("0" * 64)).write_bytes(b"left behind")
    (folder / "log" / "0123456789ab.parquet").write_bytes(b"left behind")
    return folder


def files(folder: Path) -> list[str]:
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody else writes: what is missing will not come."""
    monkeypatch.setattr("halal_store.logbook.PATIENCE", ())


def delete(file: Path, folder: Path) -> None:
    file.unlink()


def empty(file: Path, folder: Path) -> None:
    file.write_bytes(b"")


def truncate(file: Path, folder: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def flip(file: Path, folder: Path) -> None:
    content = bytearray(file.read_bytes() or b"\0")
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def lengthen(file: Path, folder: Path) -> None:
    file.write_bytes(file.read_bytes() + b"\n")


def swap(file: Path, folder: Path) -> None:
    """With the next file of another content, wherever it lies."""
    names = files(folder)
    at = names.index(str(file.relative_to(folder)))
    others = (folder / name for name in [*names[at + 1 :], *names[:at]])
    other = next(one for one in others if one.read_bytes() != file.read_bytes())
    one, two = file.read_bytes(), other.read_bytes()
    file.write_bytes(two)
    other.write_bytes(one)


def assert_same(found: Tables, expected: Tables) -> None:
    for table in Tables.__dataclass_fields__:
        assert_frame_equal(getattr(found, table), getattr(expected, table))


def shown(store: Store) -> tuple[Tables | None, StoreError | None]:
    """The tables, or why they are not shown."""
    try:
        return store.tables(), None
    except StoreError as refused:
        return None, refused


@pytest.mark.parametrize("opened", ["afterwards", "before"])
@pytest.mark.parametrize("damage", [delete, empty, truncate, flip, lengthen, swap])
def test_every_damaged_file_is_named(kept: Path, tmp_path: Path, damage: Callable[[Path, Path], None], opened: str):
    """
    Each file of a store deleted, emptied, cut, changed by one bit, lengthened, exchanged with another: reading says
    `damaged` and names it, or the file was of no account and the tables are exactly right.
    """
    expected, named = Store(kept).tables(), 0
    for name in files(kept):
        copy = tmp_path / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(kept, copy)
        store = Store(copy)
        if opened == "before":
            store.read()
        content = (copy / name).read_bytes()
        damage(copy / name, copy)
        if opened == "afterwards":
            store = Store(copy)
        found, refused = shown(store)
        if refused is not None:
            told = refused.facts["file"]
            assert refused.code == "damaged"
            assert (copy / told).exists() or damage in (delete, swap), told
            assert damage is swap or told == name
            assert told in str(refused)
            named += 1
        else:
            assert_same(found, expected)
            left_behind = "0" * 64 in name or "0123456789ab" in name
            unchanged = (copy / name).exists() and (copy / name).read_bytes() == content
            last_witness = damage is delete and name == max(n for n in files(kept) if n.startswith("witness"))
            assert name.startswith(HARMLESS) or left_behind or unchanged or last_witness, name
    assert named >= 14  # six transactions, five files of rows, three originals


@pytest.mark.parametrize("gone", ["log", "log/_delta_log", "originals", "witness"])
def test_a_lost_folder_is_damage(kept: Path, tmp_path: Path, gone: str):
    """A store whose log is gone is no empty store; only without a single file it is one."""
    copy = tmp_path / "copy"
    shutil.copytree(kept, copy)
    shutil.rmtree(copy / gone)
    if gone == "witness":  # as if every witness were still to be written: the log speaks for itself
        assert_same(Store(copy).tables(), Store(kept).tables())
        Store(copy).record("note", {}, by="Rina")
        assert len(files(copy / "witness")) == len(files(copy / "log/_delta_log"))
        return
    with pytest.raises(StoreError) as error:
        Store(copy).read()
    assert error.value.code == "damaged"
    assert error.value.facts["file"].startswith(gone.split("/")[0])
    shutil.rmtree(copy)
    assert Store(copy).read().history.empty


def test_the_newest_transactions_and_their_witnesses_together(kept: Path, tmp_path: Path):
    """What another program could not notice: the last entry gone, transaction and rows, and the witness stays."""
    copy = tmp_path / "copy"
    shutil.copytree(kept, copy)
    last = max((copy / "log/_delta_log").iterdir())
    last.unlink()
    with pytest.raises(StoreError, match=last.name):
        Store(copy).history()


def test_nothing_is_added_to_a_damaged_store(kept: Path, tmp_path: Path):
    """A commit, an undo, a record and a look back are refused alike, and the folder stays as it is."""
    copy = tmp_path / "copy"
    shutil.copytree(kept, copy)
    flip(min((copy / "log").glob("*.parquet"), key=lambda file: file.stat().st_size < 100), copy)
    store, before = Store(copy), files(copy)
    for act in (
        lambda: store.commit(register(9), by="Rina"),
        lambda: store.undo("x", by="Rina", reason="x"),
        lambda: store.record("note", {}, by="Rina"),
        lambda: store.tables(known_at=pd.Timestamp("2020-01-01")),
        lambda: store.preview(register(9)),
    ):
        with pytest.raises(StoreError) as error:
            act()
        assert error.value.code == "damaged"
    assert files(copy) == before


def test_what_another_program_put_into_the_log_is_not_taken_for_an_upload(kept: Path, tmp_path: Path):
    """A transaction that is not ours is named, not skipped."""
    copy = tmp_path / "copy"
    shutil.copytree(kept, copy)
    last = max((copy / "log/_delta_log").iterdir())
    other = last.with_name(f"{int(last.stem) + 1:020}.json")
    other.write_text('{"commitInfo":{"timestamp":1}}\n{"add":{"path":"x.parquet","size":1}}\n')
    with pytest.raises(StoreError, match=other.name):
        Store(copy).read()
