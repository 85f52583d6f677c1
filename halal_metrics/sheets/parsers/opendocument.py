"""What fastexcel does not tell of an .ods: whether it is locked, and its merged cells."""

import re
import zipfile
from contextlib import suppress
from itertools import count
from typing import Final

from lxml import etree

from halal_metrics.sheets.parsers.parsed import Beside, Cell, Range, as_ranges, with_part

_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_FORMULA: Final = f"{_TABLE}formula"
_KIND: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type"
_CELLS: Final = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_CONTENT: Final = "content.xml"
_NAME: Final = re.compile(rb"""(<table:table\s(?:[^>]*?\s)?table:name=)(?:"[^"]*"|'[^']*')""")
_DAMAGE: Final = (etree.XMLSyntaxError, KeyError, OSError, ValueError, zipfile.BadZipFile, EOFError, RuntimeError)
_MANIFEST: Final = "META-INF/manifest.xml"


def is_locked(parts: zipfile.ZipFile) -> bool:
    """Whether the manifest says that parts are enciphered."""
    return _MANIFEST in parts.namelist() and b"encryption-data" in parts.read(_MANIFEST)


def numbered(parts: zipfile.ZipFile) -> bytes:
    """The document with its sheets called 1, 2, 3."""
    places = count(1)
    text = _NAME.sub(lambda found: b'%s"%d"' % (found[1], next(places)), parts.read(_CONTENT))
    return with_part(parts, _CONTENT, text)


def beside(parts: zipfile.ZipFile) -> list[Beside]:
    """
    The merged ranges of each sheet, and the cells whose formula has no result, in the order of the tabs; of a damaged
    document those before the damage.
    """
    found: list[tuple[list[Range], list[Cell]]] = []
    with suppress(*_DAMAGE), parts.open(_CONTENT) as stream:
        row = 0
        events = etree.iterparse(
            stream, events=("start", "end"), tag=(f"{_TABLE}table", f"{_TABLE}table-row"), resolve_entities=False,
            no_network=True,
        )  # fmt: skip
        for event, element in events:
            if event == "start" and element.tag == f"{_TABLE}table":
                found.append(([], []))
                row = 0
            elif event == "end" and element.tag == f"{_TABLE}table-row" and found:
                _note(found[-1], element, row)
                row += _number(element, "number-rows-repeated")
                element.clear()
    return [(merged, as_ranges(cells)) for merged, cells in found]


def _note(found: tuple[list[Range], list[Cell]], element: etree._Element, row: int) -> None:
    """What a row says beside its values."""
    (merged, without_result), column = found, 0
    for cell in element.iterchildren(*_CELLS):
        height, width = _number(cell, "number-rows-spanned"), _number(cell, "number-columns-spanned")
        if height > 1 or width > 1:
            merged.append((row, column, row + height - 1, column + width - 1))
        if cell.get(_FORMULA) and not cell.get(_KIND):
            without_result.append((row, column))
        column += _number(cell, "number-columns-repeated")


def _number(element: etree._Element, name: str) -> int:
    text = str(element.get(f"{_TABLE}{name}") or "1")
    return int(text) if text.isdecimal() and len(text) < 9 else 1
