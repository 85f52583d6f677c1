"""The parts of an .xlsx that fastexcel leaves alone: which part is which sheet, and its merged cells."""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable
from typing import IO, Final

from lxml import etree

from halal_metrics.sheets.parsers.parsed import Range, Refused, with_part

_WORKBOOK: Final = "xl/workbook.xml"
_CHUNK: Final = 2**20
_WORD: Final = b"mergeCell "
_MOST: Final = 64 * 2**20
"""Bytes of merge references; a range takes about thirty."""

_PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
_ON_LOAD: Final = re.compile(rb"""<(?:\w+:)?calcPr\b[^>]*\bfullCalcOnLoad=["'](?:1|true)["']""")
_MERGE: Final = re.compile(
    rb"""<(?:\w+:)?mergeCell\b[^>]*?\bref=["']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})["']"""
)


def sheet_parts(parts: zipfile.ZipFile) -> list[str]:
    """The part of each sheet, in the order of the tabs; none where they cannot be told."""
    try:
        workbook = etree.fromstring(parts.read(_WORKBOOK), _PARSER)
        relations = etree.fromstring(parts.read("xl/_rels/workbook.xml.rels"), _PARSER)
    except (KeyError, etree.XMLSyntaxError):  # .xlsb, or damaged
        return []
    target = {relation.get("Id"): relation.get("Target") or "" for relation in relations.iter("{*}Relationship")}
    found = []
    for sheet in workbook.iterfind("{*}sheets/{*}sheet"):
        relation = next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), None)
        path = target.get(relation, "")
        found.append(path.lstrip("/") if path.startswith("/") else posixpath.normpath(posixpath.join("xl", path)))
    return found


def numbered(parts: zipfile.ZipFile) -> bytes:
    """The workbook with its sheets called 1, 2, 3. Raises Refused("corrupt") where their names cannot be found."""
    try:
        workbook = etree.fromstring(parts.read(_WORKBOOK), _PARSER)
    except (KeyError, etree.XMLSyntaxError) as error:
        raise Refused("corrupt") from error
    for place, sheet in enumerate(workbook.iterfind("{*}sheets/{*}sheet"), 1):
        sheet.set("name", str(place))
    return with_part(parts, _WORKBOOK, etree.tostring(workbook))


def is_recalculated(parts: zipfile.ZipFile) -> bool:
    """Whether the workbook is to be calculated when it is opened, as programs that cannot calculate write it."""
    return _WORKBOOK in parts.namelist() and bool(_ON_LOAD.search(parts.read(_WORKBOOK)))


def merged(parts: zipfile.ZipFile, part: str, see: Callable[[bytes], None]) -> list[Range]:
    """
    The merged ranges of a sheet; none where they cannot be told.

    They stand behind the cells, so the part is unpacked to its end, but only looked at for one word; `see` is shown all
    of it, piece by piece.
    """
    try:
        with parts.open(part) as stream:
            return ranges(_from_first(stream, _WORD, see))
    except (KeyError, OSError, ValueError, zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, zlib.error):
        return []  # what is wrong with the part is for the parser of its cells to say


def ranges(text: bytes) -> list[Range]:
    """The merged ranges that the text of a sheet's part names."""
    return [
        (int(first_row) - 1, column(first), int(last_row) - 1, column(last))
        for first, first_row, last, last_row in _MERGE.findall(text)
    ]


def _from_first(stream: IO[bytes], word: bytes, see: Callable[[bytes], None]) -> bytes:
    """The stream from a little before the word to its end; nothing if it never comes."""
    before = b""
    while chunk := stream.read(_CHUNK):
        see(chunk)
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
    for letter in letters:
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
