"""The cache is a copy: with it the tables come sooner, and never out otherwise."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pandas.testing import assert_frame_equal
from registers import register, upload

from halal_store import Store, cache, folds
from halal_store.tables import Tables


def assert_same(found: Tables, expected: Tables) -> None:
    for table in Tables.__dataclass_fields__:
        assert_frame_equal(getattr(found, table), getattr(expected, table))


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of a few uploads that is worth a cache, and has one."""
    monkeypatch.setattr(cache, "WORTH", 1)
    store = Store(tmp_path, time_zone="Asia/Makassar")
    for day in range(2, 12):
        store.commit(register(1, 2, day, day=day), by="Rina")
    store.commit(upload("recaps", [{"kab_kota": "Paser", "lp3h": "UINSI", "submitted": "5"}]), by="Rina")
    store.commit(
        upload("applications", [{"reg_id": "77", "status": "OF10"}]), by="Rina", received_at="2030-01-01 00:30"
    )
    store.tables()
    assert list((tmp_path / "cache").glob("*.json"))
    return tmp_path


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list:
    """One item for each upload whose rows are read."""
    found, real = [], folds.read_rows
    monkeypatch.setattr(folds, "read_rows", lambda *given: found.append(given) or real(*given))
    return found


def whole(folder: Path) -> Tables:
    """The tables without a cache."""
    for file in (folder / "cache").iterdir():
        file.unlink()
    return Store(folder, time_zone="Asia/Makassar").tables()


def test_a_new_process_reads_no_row_again(kept: Path, read: list):
    """All twelve uploads come from the cache, with every type and order as folded."""
    found = Store(kept, time_zone="Asia/Makassar").tables()
    assert read == []
    assert_same(found, whole(kept))
    assert len(read) == 12


def test_what_came_or_was_undone_since_is_folded_in(kept: Path, read: list, monkeypatch: pytest.MonkeyPatch):
    """Only the upload that came is read."""
    monkeypatch.setattr(cache, "WORTH", 1_000_000)
    store = Store(kept, time_zone="Asia/Makassar")
    store.undo(store.history()["upload_id"][3], by="Rina", reason="salah")
    store.commit(register(2, 40, status="OF300", day=30), by="Rina")
    found = Store(kept, time_zone="Asia/Makassar").tables()
    assert len(read) == 1
    assert_same(found, whole(kept))


def test_a_past_moment_comes_from_the_cache_too(kept: Path, read: list):
    """Looking back in a new process takes uploads out of the fold that is kept."""
    store = Store(kept, time_zone="Asia/Makassar")
    moment = store.history()["received_at"][8]
    found = store.tables(known_at=moment)
    assert read == []
    whole(kept)
    assert_same(found, Store(kept, time_zone="Asia/Makassar").tables(known_at=moment))


def _lose(file: Path) -> None:
    file.unlink()


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _change(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def _other(file: Path) -> None:
    file.write_text("[1]")


@pytest.mark.parametrize("damage", [_lose, _empty, _change, _other])
def test_a_damaged_cache_is_passed_over_and_made_anew(kept: Path, damage: Callable[[Path], None]):
    """Whichever of its files it is."""
    for name in sorted(file.name for file in (kept / "cache").iterdir()):
        damage(kept / "cache" / name)
        found = Store(kept, time_zone="Asia/Makassar").tables()
        assert found.applications["registration_number"].notna().sum() == 11
        assert len(found.recaps) == 1


@pytest.mark.parametrize("field", ["format", "schema", "clock"])
def test_a_cache_of_another_kind_is_passed_over(kept: Path, read: list, field: str):
    """Another format, other columns, another clock, on which a row without a date is of another day."""
    (index,) = (kept / "cache").glob("*.json")
    index.write_text(json.dumps(json.loads(index.read_text()) | {field: "other"}))
    Store(kept, time_zone="Asia/Makassar").tables()
    assert len(read) == 12


def test_the_cache_of_another_store_is_passed_over(kept: Path, tmp_path_factory: pytest.TempPathFactory):
    """Put beside another log, it is not taken for what that log says."""
    other = tmp_path_factory.mktemp("other")
    store = Store(other, time_zone="Asia/Makassar")
    store.commit(register(5), by="Rina")
    (kept / "cache").rename(other / "cache")
    assert len(Store(other, time_zone="Asia/Makassar").tables().applications) == 1


def test_a_place_that_may_not_be_written_has_no_cache(kept: Path, monkeypatch: pytest.MonkeyPatch):
    """Reading goes on without."""

    def refuse(*_: object) -> None:
        raise PermissionError(13, "tidak boleh")

    expected = whole(kept)
    for file in (kept / "cache").iterdir():
        file.unlink()
    monkeypatch.setattr("halal_store.files.LocalFiles.write", refuse)
    assert_same(Store(kept, time_zone="Asia/Makassar").tables(), expected)
    assert not list((kept / "cache").iterdir())
