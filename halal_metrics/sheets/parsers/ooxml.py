"""The parts of an .xlsx that fastexcel leaves alone: which part is which sheet, and its merged cells."""

import io
import posixpath
import re
import zipfile
from typing import Final

from lxml import etree

_CHUNK: Final = 2**20
_MOST: Final = 64 * 2**20
"""Bytes of merge references; a range takes about thirty."""

_PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
_MERGE: Final = re.compile(rb"""<(?:\w+:)?mergeCell\b[^>]*?\bref=["']\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)["']""")


def sheet_parts(parts: zipfile.ZipFile) -> list[str]:
    """The part of each sheet, in the order of the tabs; "" where it cannot be told."""
    workbook = etree.fromstring(parts.read("xl/workbook.xml"), _PARSER)
    relations = etree.fromstring(parts.read("xl/_rels/workbook.xml.rels"), _PARSER)
    target = {relation.get("Id"): relation.get("Target") or "" for relation in relations.iter("{*}Relationship")}
    found = []
    for sheet in workbook.iterfind("{*}sheets/{*}sheet"):
        relation = next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), None)
        path = target.get(relation, "")
        found.append(path.lstrip("/") if path.startswith("/") else posixpath.normpath(posixpath.join("xl", path)))
    return found


def merged(parts: zipfile.ZipFile) -> list[list[tuple[int, int, int, int]]]:
    """
    The merged ranges of each sheet, in the order of the tabs; none of a sheet where they cannot be told (.xlsb).

    They stand behind the cells, so the part is unpacked to its end, but only looked at for one word.
    """
    try:
        return [_ranges(parts, part) for part in sheet_parts(parts)]
    except (KeyError, etree.XMLSyntaxError):
        return []


def _ranges(parts: zipfile.ZipFile, part: str) -> list[tuple[int, int, int, int]]:
    try:
        with parts.open(part) as stream:
            text = _from_first(stream, b"mergeCell ")
    except (KeyError, OSError, ValueError, zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError):
        return []  # what is wrong with the part is for the parser of its cells to say
    found = []
    for first_letters, first_row, last_letters, last_row in _MERGE.findall(text):
        found.append((int(first_row) - 1, column(first_letters), int(last_row) - 1, column(last_letters)))
    return found


def _from_first(stream: io.BufferedIOBase, word: bytes) -> bytes:
    """The stream from a little before the word to its end; nothing if it never comes."""
    before = b""
    while chunk := stream.read(_CHUNK):
        at = (before[-256:] + chunk).find(word)
        if at >= 0:
            return (before[-256:] + chunk)[max(at - 64, 0) :] + stream.read(_MOST)
        before = chunk
    return b""


def column(letters: bytes) -> int:
    """
    The position of a column, from 0.

    >>> column(b"A"), column(b"AA"), column(b"XFD")
    (0, 26, 16383)
    """
    position = 0
    for letter in letters[:4]:
        position = position * 26 + letter - 64
    return position - 1


def letters(position: int) -> bytes:
    """
    The letters of a column.

    >>> letters(0), letters(26), letters(16383)
    (b'A', b'AA', b'XFD')
    """
    text = b""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        text = bytes([65 + rest]) + text
    return text
