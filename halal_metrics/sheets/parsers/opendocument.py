"""What fastexcel does not tell of an .ods: whether it is locked, and its merged cells."""

import re
import zipfile
from itertools import count
from typing import Final

from lxml import etree

from halal_metrics.sheets.parsers.parsed import Range, with_part

_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_CELLS: Final = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_CONTENT: Final = "content.xml"
_NAME: Final = re.compile(rb"""(<table:table\s(?:[^>]*?\s)?table:name=)(?:"[^"]*"|'[^']*')""")
_MANIFEST: Final = "META-INF/manifest.xml"


def is_locked(parts: zipfile.ZipFile) -> bool:
    """Whether the manifest says that parts are enciphered."""
    return _MANIFEST in parts.namelist() and b"encryption-data" in parts.read(_MANIFEST)


def numbered(parts: zipfile.ZipFile) -> bytes:
    """The document with its sheets called 1, 2, 3."""
    places = count(1)
    text = _NAME.sub(lambda found: b'%s"%d"' % (found[1], next(places)), parts.read(_CONTENT))
    return with_part(parts, _CONTENT, text)


def merged(parts: zipfile.ZipFile) -> list[list[Range]]:
    """The merged ranges of each sheet, in the order of the tabs; of a damaged document those before the damage."""
    found: list[list[Range]] = []
    try:
        with parts.open(_CONTENT) as stream:
            row = 0
            events = etree.iterparse(
                stream, events=("start", "end"), tag=(f"{_TABLE}table", f"{_TABLE}table-row"), resolve_entities=False,
                no_network=True,
            )  # fmt: skip
            for event, element in events:
                if event == "start" and element.tag == f"{_TABLE}table":
                    found.append([])
                    row = 0
                elif event == "end" and element.tag == f"{_TABLE}table-row" and found:
                    found[-1] += _of_row(element, row)
                    row += _number(element, "number-rows-repeated")
                    element.clear()
    except (etree.XMLSyntaxError, KeyError, OSError, ValueError, zipfile.BadZipFile, EOFError, RuntimeError):
        return found
    return found


def _of_row(element: etree._Element, row: int) -> list[Range]:
    found, column = [], 0
    for cell in element.iterchildren(*_CELLS):
        height, width = _number(cell, "number-rows-spanned"), _number(cell, "number-columns-spanned")
        if height > 1 or width > 1:
            found.append((row, column, row + height - 1, column + width - 1))
        column += _number(cell, "number-columns-repeated")
    return found


def _number(element: etree._Element, name: str) -> int:
    text = str(element.get(f"{_TABLE}{name}") or "1")
    return int(text) if text.isdecimal() and len(text) < 9 else 1
