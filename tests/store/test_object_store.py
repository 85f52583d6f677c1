"""At an address instead of in a folder: the same store, without a lock."""

from pathlib import Path
from threading import Thread

import pytest
from pandas.testing import assert_frame_equal
from registers import register

from halal_store import Store, StoreError
from halal_store.tables import Tables


@pytest.fixture
def address(tmp_path: Path) -> str:
    return (tmp_path / "bucket" / "prefix").as_uri()


def test_an_address_is_a_store_like_a_folder(address: str, tmp_path: Path):
    """Commit, undo, record, look back and the original; the same log opened as a folder says the same."""
    store = Store(address)
    assert store.read().history.empty
    first = store.commit(register(1, 2), by="Rina", received_at="2025-06-04 09:00")
    second = store.commit(register(2, status="OF300", day=20), by="Rina", received_at="2025-06-04 09:05")
    store.record("note", {"text": "rapat"}, by="Rina", received_at="2025-06-04 09:06")
    store.undo(first.upload_id, by="Rina", reason="salah", received_at="2025-06-04 09:07")
    assert store.original(second.upload_id) == register(2, status="OF300", day=20).content
    folder = Store(tmp_path / "bucket" / "prefix")
    assert folder.version == store.version == Store(address).read().version
    for table in Tables.__dataclass_fields__:
        assert_frame_equal(getattr(Store(address).tables(), table), getattr(folder.tables(), table))
    assert len(store.tables(known_at="2025-06-04 09:05").applications) == 2
    assert folder.records()["facts"].tolist() == [{"text": "rapat"}]


def test_without_a_lock_all_commits_land(address: str):
    """Several writers at once: who finds the number taken tries the next, and checks again."""
    Store(address).record("note", {}, by="Rina")
    refused = []

    def commit(number: int) -> None:
        for part in range(3):
            try:
                Store(address).commit(register(number * 10 + part), by="Rina")
                Store(address).commit(register(99), by="Rina")
            except StoreError as error:
                refused.append(error.code)

    threads = [Thread(target=commit, args=(number,)) for number in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    history = Store(address).history()
    assert len(history) == history["sha256"].nunique() == 4 * 3 + 1
    assert refused == ["already_committed"] * 11
    assert history["received_at"].is_monotonic_increasing


@pytest.mark.parametrize("pattern", ["log/_delta_log/*1.json", "log/*.parquet", "originals/*"])
def test_a_lost_object_is_named(address: str, tmp_path: Path, pattern: str, monkeypatch: pytest.MonkeyPatch):
    """As in a folder."""
    monkeypatch.setattr("halal_store.logbook.PATIENCE", ())
    Store(address).commit(register(1), by="Rina")
    (file,) = (tmp_path / "bucket" / "prefix").glob(pattern)
    file.unlink()
    with pytest.raises(StoreError, match=file.name) as refused:
        Store(address).read()
    assert refused.value.code == "damaged"


def test_a_place_out_of_reach_is_said():
    """Nobody answers there: one sentence, soon."""
    options = {
        "endpoint_url": "http://127.0.0.1:9",
        "allow_http": "true",
        "access_key_id": "contoh",
        "secret_access_key": "contoh",
        "region": "us-east-1",
        "max_retries": "0",
        "connect_timeout": "1 seconds",
        "timeout": "2 seconds",
    }
    store = Store("s3://contoh/pantau", storage_options=options)
    for act in (store.read, lambda: store.commit(register(1), by="Rina")):
        with pytest.raises(StoreError) as refused:
            act()
        assert refused.value.code == "unavailable"
