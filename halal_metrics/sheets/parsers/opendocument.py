"""What fastexcel does not tell of an .ods: whether it is locked, and its merged cells."""

import re
import zipfile
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from lxml import etree

from halal_metrics.sheets.parsers.parsed import Beside, Cell, Range, as_ranges, with_part

_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_FORMULA: Final = f"{_TABLE}formula"
_KIND: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type"
_KIND_SHOWN: Final = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_CELLS: Final = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_UNSEEN: Final = frozenset(("collapse", "filter"))
"""How rows say that they are hidden, or filtered away."""
_CONTENT: Final = "content.xml"
_NAME: Final = re.compile(rb"""(<table:table\s(?:[^>]*?\s)?table:name=)(?:"[^"]*"|'[^']*')""")
_DAMAGE: Final = (etree.XMLSyntaxError, KeyError, OSError, ValueError, zipfile.BadZipFile, EOFError, RuntimeError)
_MOST_REPEATED: Final = 1000
"""Cells and rows alike that are noted one by one: no more of them hold anything."""
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
    What each sheet says beside its values, in the order of the tabs; of a damaged document what stands before the
    damage.
    """
    found: list[_Noted] = []
    with suppress(*_DAMAGE), parts.open(_CONTENT) as stream:
        row = 0
        events = etree.iterparse(
            stream, events=("start", "end"), tag=(f"{_TABLE}table", f"{_TABLE}table-row"), resolve_entities=False,
            no_network=True,
        )  # fmt: skip
        for event, element in events:
            if event == "start" and element.tag == f"{_TABLE}table":
                found.append(_Noted())
                row = 0
            elif event == "end" and element.tag == f"{_TABLE}table-row" and found:
                height = _number(element, "number-rows-repeated")
                _note(found[-1], element, row, min(height, _MOST_REPEATED))
                row += height
                element.clear()
    return [noted.beside() for noted in found]


@dataclass
class _Noted:
    merged: list[Range] = field(default_factory=list)
    without_result: list[Cell] = field(default_factory=list)
    errors: dict[str, list[Cell]] = field(default_factory=dict)
    percentages: list[Cell] = field(default_factory=list)
    hidden_rows: list[Range] = field(default_factory=list)

    def beside(self) -> Beside:
        errors = {text: as_ranges(cells) for text, cells in self.errors.items()}
        percentages = as_ranges(self.percentages)
        return Beside(self.merged, as_ranges(self.without_result), errors, percentages, self.hidden_rows)


def _note(noted: _Noted, element: etree._Element, row: int, height: int) -> None:
    """What `height` rows alike say beside their values."""
    column = 0
    if element.get(f"{_TABLE}visibility") in _UNSEEN:
        noted.hidden_rows.append((row, 0, row + height - 1, 0))
    for cell in element.iterchildren(*_CELLS):
        down, right = _number(cell, "number-rows-spanned"), _number(cell, "number-columns-spanned")
        if down > 1 or right > 1:
            noted.merged.append((row, column, row + down - 1, column + right - 1))
        width = _number(cell, "number-columns-repeated")
        if (cells := _marked(noted, cell)) is not None:
            across = range(column, column + min(width, _MOST_REPEATED))
            cells += [(below, at) for below in range(row, row + height) for at in across]
        column += width


def _marked(noted: _Noted, cell: etree._Element) -> list[Cell] | None:
    """The cells to which this one belongs; None for one that is what its value says."""
    kind = cell.get(_KIND)
    if cell.get(_KIND_SHOWN) == "error":
        return noted.errors.setdefault("".join(map(str, cell.itertext())).strip() or "#N/A", [])
    if kind == "percentage":
        return noted.percentages
    return noted.without_result if cell.get(_FORMULA) and not kind else None


def _number(element: etree._Element, name: str) -> int:
    text = str(element.get(f"{_TABLE}{name}") or "1")
    return int(text) if text.isdecimal() and len(text) < 9 else 1
