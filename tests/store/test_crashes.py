"""Killed, crowded, full or locked: a commit is whole or absent, and the store goes on."""

import errno
import random
import resource
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from committing import commit_all, commit_and_say, processes
from deltalake.exceptions import DeltaError
from registers import register

from halal_store import Store, StoreError
from halal_store.errors import spoken
from halal_store.files import LocalFiles


def committed(store: Store) -> list[int]:
    """The numbers of the registers in the history, in order; each is whole, the last with its file."""
    contents = store.read()
    numbers = contents.tables.applications["registration_number"].str[-4:].astype(int)
    assert len(contents.history) == len(numbers)
    for upload_id in contents.history["upload_id"].tail(2):
        assert len(store.upload(upload_id).frame) == 1
        assert store.original(upload_id)
    return numbers.tolist()


def test_killed_at_any_instant_a_commit_is_whole_or_absent(tmp_path: Path):
    """
    A process that commits one register after another is killed, twenty times. What it said is there, at most the one
    it was at besides, nothing of another; and the next process goes on in the same store.
    """
    context, chance, first = processes(), random.Random(3), 1
    for _ in range(20):
        listen, said = context.Pipe(duplex=False)
        process = context.Process(target=commit_and_say, args=(tmp_path, range(first, first + 1000), said))
        process.start()
        listen.poll(60)  # it has begun
        time.sleep(chance.uniform(0, 0.12))
        process.kill()
        process.join()
        said.close()
        heard = 0
        with suppress(EOFError):
            while True:
                heard = listen.recv()
        found = committed(Store(tmp_path))
        assert found == list(range(1, len(found) + 1))
        assert len(found) - max(heard, first - 1) in (0, 1)
        first = len(found) + 1
    Store(tmp_path).commit(register(first), by="Rina")
    assert committed(Store(tmp_path)) == list(range(1, first + 1))


def test_a_killed_commit_left_no_witness_and_the_next_writes_it(tmp_path: Path):
    """The entry counts at once; its witness is written before the next entry's."""
    store = Store(tmp_path)
    store.commit(register(1), by="Rina")
    max((tmp_path / "witness").iterdir()).unlink()
    assert committed(Store(tmp_path)) == [1]
    Store(tmp_path).commit(register(2), by="Rina")
    assert len(list((tmp_path / "witness").iterdir())) == 3
    assert committed(Store(tmp_path)) == [1, 2]


def test_eight_processes_commit_at_once_while_one_reads(tmp_path: Path):
    """All entries land, once; every look in between sees whole entries, never fewer than the look before."""
    context, looks = processes(), 0
    writers = [context.Process(target=commit_all, args=(tmp_path, range(n * 10, n * 10 + 4))) for n in range(1, 9)]
    for writer in writers:
        writer.start()
    store, before = Store(tmp_path), 0
    while any(writer.is_alive() for writer in writers):
        contents = store.read()
        counting = contents.history["undone_at"].isna().sum()
        assert len(contents.tables.applications) == 2 * counting
        assert len(contents.history) >= before
        assert contents.history["received_at"].is_monotonic_increasing
        before, looks = len(contents.history), looks + 1
    assert [writer.exitcode for writer in writers] == [0] * 8
    assert looks > 3
    history = Store(tmp_path).history()
    assert len(history) == history["sha256"].nunique() == 32
    assert history["undone_at"].notna().sum() == sum(n % 3 == 0 for w in range(1, 9) for n in range(w * 10, w * 10 + 4))
    assert sorted(store.records()["facts"].map(lambda facts: facts["number"])) == sorted(
        n for w in range(1, 9) for n in range(w * 10, w * 10 + 4)
    )


def test_two_processes_with_the_same_file_commit_it_once(tmp_path: Path):
    """The check for the same bytes and the commit are one step: one lands, the other is refused."""
    context = processes()
    _listen, said = context.Pipe(duplex=False)
    both = [context.Process(target=commit_and_say, args=(tmp_path, range(1, 2), said)) for _ in range(2)]
    for process in both:
        process.start()
    for process in both:
        process.join()
    assert sorted(process.exitcode for process in both) == [0, 1]
    assert committed(Store(tmp_path)) == [1]


@pytest.fixture
def room() -> Callable[[int], None]:
    """`room(1000)`: from now on no file can grow beyond so many bytes; lifted after the test."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("size", [0, 50, 150, 2000, 6000])
def test_no_room_on_the_disk_is_said_and_harms_nothing(tmp_path: Path, room, size: int):
    """Whichever file it is that does not fit, the commit is absent; with room again it succeeds."""
    store = Store(tmp_path)
    store.commit(register(1), by="Rina")
    room(size)
    with pytest.raises(StoreError) as refused:
        store.commit(register(2), by="Rina")
    assert refused.value.code == "disk_full"
    assert committed(Store(tmp_path)) == [1]
    room(1 << 30)
    store.commit(register(2), by="Rina")
    assert committed(Store(tmp_path)) == [1, 2]


@pytest.fixture
def small_disk(tmp_path: Path):
    """A disk of 150 kB, where one may be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=150k", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("no right to mount a file system here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_and_then_one_that_may_not_be_written(small_disk: Path):
    """Filled until nothing fits, and mounted read-only: refused, what was there is there and can be read."""
    store = Store(small_disk / "store")

    def fill() -> None:
        for number in range(1, 100):
            store.commit(register(number), by="Rina")

    with pytest.raises(StoreError) as refused:
        fill()
    assert refused.value.code == "disk_full"
    found = committed(Store(small_disk / "store"))
    assert found == list(range(1, len(found) + 1))
    assert found
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(StoreError) as refused:
        store.commit(register(99), by="Rina")
    assert refused.value.code == "read_only"
    assert "izin tulis" in str(refused.value)
    assert committed(Store(small_disk / "store")) == found


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES])
@pytest.mark.parametrize("call", ["write", "turn"])
def test_a_folder_that_may_not_be_written_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, call: str
):
    """At the lock or at the first file, the sentence is the same, and reading goes on."""
    store = Store(tmp_path)
    store.commit(register(1), by="Rina")

    def refuse(*_: object) -> None:
        raise OSError(number, "tidak boleh")

    monkeypatch.setattr(LocalFiles, call, refuse)
    with pytest.raises(StoreError) as refused:
        store.commit(register(2), by="Rina")
    assert refused.value.code == "read_only"
    assert committed(Store(tmp_path)) == [1]


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path: Path):
    """Neither reading nor writing takes it for an empty store."""
    (tmp_path / "store").write_text("x")
    for act in (lambda store: store.read(), lambda store: store.commit(register(1), by="Rina")):
        with pytest.raises(StoreError) as refused:
            act(Store(tmp_path / "store"))
        assert refused.value.code == "unavailable"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Generic LocalFileSystem error: No space left on device (os error 28)", "disk_full"),
        ("Generic LocalFileSystem error: Read-only file system (os error 30)", "read_only"),
        ("Generic S3 error: error sending request: connection refused", "unavailable"),
    ],
)
def test_what_the_log_says_in_its_own_words_is_understood(said: str, code: str):
    """deltalake hands on the system's words, not its number."""
    with pytest.raises(StoreError) as refused, spoken("store"):
        raise DeltaError(said)
    assert refused.value.code == code
