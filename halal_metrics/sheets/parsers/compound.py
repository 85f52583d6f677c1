"""
The container of .xls, and those of its records that say whether it is locked and name its sheets.

Layouts from Microsoft's [MS-CFB] (sectors, FAT, directory) and [MS-XLS] (BoundSheet8, FilePass).
"""

import struct
from collections.abc import Iterator
from typing import Final

import numpy as np

from halal_metrics.sheets.parsers.parsed import Refused

_FREE: Final = 0xFFFFFFFA
"""Sector numbers from here on point nowhere."""
_ENTRY: Final = 128
_NAME_AT: Final = 12
"""Bytes of a record that names a sheet before the name: the last of them says whether it has two bytes a letter."""
_LETTERS: Final = b"123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_EOF, _BOUND_SHEET, _FILE_PASS = 0x000A, 0x0085, 0x002F


def workbook_stream(content: bytes) -> bytes:
    """The stream in which an .xls keeps its sheets."""
    try:
        streams = _streams(content)
    except (struct.error, ValueError, IndexError) as error:
        raise Refused("corrupt") from error
    if "EncryptedPackage" in streams:
        raise Refused("password")
    if stream := streams.get("Workbook", streams.get("Book")):
        return stream
    raise Refused("corrupt" if not streams else "unsupported")


def _streams(content: bytes) -> dict[str, bytes]:
    """The content of the streams that matter; of others only that they are there."""
    shift, small_shift = struct.unpack_from("<HH", content, 30)
    if not 7 <= shift <= 16 or small_shift >= shift:
        raise ValueError("no sector size")
    size = 1 << shift
    (directory,) = struct.unpack_from("<I", content, 48)
    cutoff, small_first, _, difat, difat_count = struct.unpack_from("<5I", content, 56)
    fat_sectors = list(struct.unpack_from("<109I", content, 76))
    for _ in range(min(difat_count, len(content) // size)):
        more = np.frombuffer(_sector(content, difat, size), "<u4")
        fat_sectors += more[:-1].tolist()
        difat = int(more[-1])
    present = [sector for sector in fat_sectors if sector < _FREE]
    fat = np.frombuffer(b"".join(_sector(content, sector, size) for sector in present), "<u4")
    entries = _chained(content, fat, directory, size)
    found: dict[str, bytes] = {}
    small: tuple[np.ndarray, bytes] | None = None
    for at in range(0, len(entries) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", entries, at + 64)
        name = entries[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
        first, stream_size = struct.unpack_from("<II", entries, at + 116)
        if kind == 5:  # the root holds what is too small for sectors of its own
            table = np.frombuffer(_chained(content, fat, small_first, size), "<u4")
            small = table, _chained(content, fat, first, size)
        elif kind == 2 and name in ("Workbook", "Book"):
            if stream_size >= cutoff:
                found[name] = _chained(content, fat, first, size)[:stream_size]
            elif small:
                found[name] = _chained(small[1], small[0], first, 1 << small_shift, start=0)[:stream_size]
        elif kind == 2:
            found[name] = b""
    return found


def _sector(content: bytes, sector: int, size: int) -> bytes:
    at = (sector + 1) * size
    if at >= len(content):
        raise ValueError("a sector behind the end")
    return content[at : at + size].ljust(size, b"\0")


def _chained(content: bytes, table: np.ndarray, first: int, size: int, start: int = 1) -> bytes:
    parts, sector = [], first
    while sector < _FREE and len(parts) <= len(table):
        at = (sector + start) * size
        if sector >= len(table) or at >= len(content):
            break
        parts.append(content[at : at + size].ljust(size, b"\0"))
        sector = int(table[sector])
    return b"".join(parts)


def is_locked(stream: bytes) -> bool:
    """Whether a password enciphers the records: FilePass is among the first ones, before the first sheet is named."""
    at = 0
    for _ in range(50):
        if at + 4 > len(stream):
            return False
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind in (_FILE_PASS, _BOUND_SHEET):
            return kind == _FILE_PASS
        at += 4 + length
    return False


def numbered(content: bytes, stream: bytes) -> bytes:
    """The file with each sheet's name made its own by its last letter. Raises Refused("corrupt") if that cannot be."""
    taken: set[bytes] = set()
    for record in _bound_sheets(stream):
        wide = b"\0" if record[_NAME_AT - 1] & 1 else b""
        stem = record[: len(record) - len(wide) - 1]
        own = (record, *(stem + bytes([letter]) + wide for letter in _LETTERS))
        named = next((one for one in own if one[_NAME_AT:] not in taken), None)
        if named is None or record not in content or len(record) < _NAME_AT + 1 + len(wide):
            raise Refused("corrupt")
        content = content.replace(record, named, 1)
        taken.add(named[_NAME_AT:])
    return content


def _bound_sheets(stream: bytes) -> Iterator[bytes]:
    """The records that name the sheets, in the order of the tabs; they stand before the first sheet."""
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == _BOUND_SHEET:
            yield stream[at : at + 4 + length]
        elif kind == _EOF:
            return
        at += 4 + length
