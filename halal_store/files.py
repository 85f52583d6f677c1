"""The files of a store: a local folder, or a prefix in an object store, behind the same few words."""

import os
import secrets
import stat
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path
from typing import Final, NamedTuple, Protocol
from urllib.parse import urlsplit

from deltalake.fs import DeltaStorageHandler
from filelock import FileLock
from pyarrow import fs

WAIT: Final = 120.0
"""Seconds a commit waits for others to finish: far longer than any commit takes."""


LOCK: Final = ".lock"

AT_ONCE: Final = 16
"""Objects fetched at the same time."""


class Stat(NamedTuple):
    """What tells, without reading a file, that it is as it was."""

    size: int
    mtime_ns: int


class Files(Protocol):
    """Names are relative to the store, with `/` between. Errors are OSError."""

    place: str
    """Where the store is, as it was named."""
    url: str
    """The same for deltalake."""
    whole: bool
    """Whether reading a file again to see that it is undamaged costs little: not where it comes over a network."""

    def list(self, folder: str) -> dict[str, Stat]:
        """The files directly in a folder, by name; none where there is no such folder."""
        ...

    def stat(self, name: str) -> Stat | None:
        """None where there is no such file."""
        ...

    def read(self, name: str) -> bytes: ...

    def read_all(self, names: Sequence[str]) -> Iterator[bytes]:
        """Many files, in this order."""
        ...

    def write(self, name: str, content: bytes) -> None:
        """Whole or not at all, and on the disk when this returns; what was there is replaced."""
        ...

    def delete(self, name: str) -> None: ...

    def settle(self, name: str) -> None:
        """A file that deltalake wrote is on the disk, and nobody else's to read, when this returns."""
        ...

    def turn(self) -> AbstractContextManager:
        """One writer at a time, where there can be a lock; else the log's own refusal of a number taken must do."""
        ...


def files_at(path: str | Path, storage_options: dict[str, str] | None) -> Files:
    """A path is a folder; an address with a scheme, `file://` too, is an object store."""
    if isinstance(path, str) and "://" in path:
        return RemoteFiles(path, storage_options)
    return LocalFiles(Path(path))


class LocalFiles:
    """
    A folder on this machine. It holds what senders sent, NIK included, so nobody but the account that runs the store
    may look into it, whatever the umask.
    """

    whole = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        self.place = self.url = str(self.folder)
        self._closed = False

    def list(self, folder: str) -> dict[str, Stat]:
        try:
            with os.scandir(self.folder / folder) as found:
                return {file.name: _stat(file.stat()) for file in found if file.is_file()}
        except FileNotFoundError:
            return {}

    def stat(self, name: str) -> Stat | None:
        try:
            return _stat(os.stat(self.folder / name))
        except FileNotFoundError:
            return None

    def read(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()

    def read_all(self, names: Sequence[str]) -> Iterator[bytes]:
        return map(self.read, names)

    def write(self, name: str, content: bytes) -> None:
        file = self.folder / name
        self._private_folder(file.parent)
        new = file.with_name(f".{secrets.token_hex(8)}.tmp")
        try:
            with open(new, "xb", opener=_private) as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
            os.replace(new, file)
        except BaseException:
            new.unlink(missing_ok=True)
            raise
        _fsync(file.parent)

    def delete(self, name: str) -> None:
        (self.folder / name).unlink(missing_ok=True)

    def settle(self, name: str) -> None:
        file = self.folder / name
        file.chmod(0o600)
        self._private_folder(file.parent)
        _fsync(file)
        _fsync(file.parent)

    def turn(self) -> AbstractContextManager:
        self._private_folder(self.folder)
        if not self._closed:  # a store of an older version, or one that was copied here, may be open to others
            for file in self.folder.rglob("*"):
                with suppress(FileNotFoundError):
                    file.chmod(0o700 if file.is_dir() else 0o600)
            self._closed = True
        with suppress(FileExistsError), open(self.folder / LOCK, "xb", opener=_private):
            pass
        # the lock is the system's, on the open file: one held by a killed process is free at once
        return FileLock(self.folder / LOCK, timeout=WAIT)

    def _private_folder(self, folder: Path) -> None:
        """The folder, made where it is missing, and those above it up to the store, closed to everybody else."""
        folder.mkdir(parents=True, exist_ok=True)
        for one in (folder, *folder.parents):
            if one != self.folder and self.folder not in one.parents:
                break
            if stat.S_IMODE(one.stat().st_mode) != 0o700:
                one.chmod(0o700)


class RemoteFiles:
    """A prefix in an object store, reached as deltalake reaches it: one set of options for both."""

    whole = False

    def __init__(self, address: str, storage_options: dict[str, str] | None) -> None:
        self.place = self.url = address.rstrip("/")
        if urlsplit(address).scheme == "file":
            Path(urlsplit(address).path).mkdir(parents=True, exist_ok=True)
        self._handler = DeltaStorageHandler(self.url, storage_options or {})
        self._room = fs.PyFileSystem(self._handler)

    def list(self, folder: str) -> dict[str, Stat]:
        found = self._room.get_file_info(fs.FileSelector(folder, allow_not_found=True))
        return {file.base_name: _info(file) for file in found if file.type == fs.FileType.File}

    def stat(self, name: str) -> Stat | None:
        info = self._room.get_file_info(name)
        return None if info.type == fs.FileType.NotFound else _info(info)

    def read(self, name: str) -> bytes:
        with self._room.open_input_stream(name) as source:
            return source.read()

    def read_all(self, names: Sequence[str]) -> Iterator[bytes]:
        with ThreadPoolExecutor(AT_ONCE) as readers:  # each waits for the network
            yield from readers.map(self.read, names)

    def write(self, name: str, content: bytes) -> None:
        # deltalake 1.6 takes bytes, where a stream of pyarrow 26 would hand it a buffer
        out = self._handler._handler.open_output_stream(name, None)
        out.write(content)
        out.close()  # the object is there from now on, not before

    def delete(self, name: str) -> None:
        if self.stat(name):
            self._room.delete_file(name)

    def settle(self, name: str) -> None:
        """An object store answers when it has the object."""

    def turn(self) -> AbstractContextManager:
        return nullcontext()


def _private(path: str, flags: int) -> int:
    """For `open(opener=…)`: a file that only its owner reads, whatever the umask."""
    handle = os.open(path, flags, 0o600)
    os.fchmod(handle, 0o600)
    return handle


def _stat(found: os.stat_result) -> Stat:
    return Stat(found.st_size, found.st_mtime_ns)


def _info(info: fs.FileInfo) -> Stat:
    return Stat(info.size or 0, info.mtime_ns or 0)


def _fsync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
