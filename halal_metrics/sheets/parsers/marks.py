"""What an .xlsx says of its cells beside their values: failed formulas, numbers shown as percentages, hidden rows."""

import re
import zipfile
from collections.abc import Collection, Iterable, Sequence
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
from lxml import etree

from halal_metrics.sheets.parsers.ooxml import column
from halal_metrics.sheets.parsers.parsed import Cell, Range, as_ranges, masks, percent_text

_LONGEST: Final = 2**15
"""Bytes of a cell: as much of a piece of text is looked at again together with the next."""
_MOST: Final = 1_000_000

_STYLES: Final = "xl/styles.xml"
PERCENT: Final = frozenset((9, 10))
"""The formats 0% and 0.00%, which every workbook has without saying so."""
_NO_MARK: Final = re.compile(r'"[^"]*"|\\.|\[[^]]*\]')
"""What of a number's format is text, not a sign that means something."""

_ERROR: Final = re.compile(rb""" t=["']e["']""")
_TAG: Final = re.compile(rb"<(?:\w+:)?c\s[^<>]*>")
_WHERE: Final = re.compile(rb"""\sr=["']([A-Z]{1,3})(\d{1,7})["']""")
_TYPE: Final = re.compile(rb"""\st=["'](\w+)["']""")
_VALUE: Final = re.compile(rb"<(?:\w+:)?v[^<>]*>([^<]*)</(?:\w+:)?v>\s*</(?:\w+:)?c>")

_HIDDEN: Final = re.compile(rb""" hidden=["'](?:1|true)["']""")
_ROW: Final = re.compile(rb"""<(?:\w+:)?row\s[^<>]*?\br=["'](\d{1,7})["']""")

_PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def percent_styles(parts: zipfile.ZipFile) -> list[int]:
    """The numbers by which cells say that they are shown as percentages; none where that cannot be told."""
    if _STYLES not in parts.namelist() or b"cellXfs" not in (text := parts.read(_STYLES)):
        return []
    try:
        styles = etree.fromstring(text, _PARSER)
    except etree.XMLSyntaxError:
        return []
    percent = {str(known) for known in PERCENT}
    for own in styles.iterfind("{*}numFmts/{*}numFmt"):
        if is_percent(str(own.get("formatCode"))):
            percent.add(str(own.get("numFmtId")))
    cells = styles.iterfind("{*}cellXfs/{*}xf")
    return [place for place, cell in enumerate(cells) if cell.get("numFmtId") in percent]


def is_percent(code: str) -> bool:
    r"""
    Whether a number of this format is shown as a percentage.

    >>> is_percent("0.0%"), is_percent('0" %"'), is_percent(r"0\%")
    (True, False, False)
    """
    return "%" in _NO_MARK.sub("", code)


class Marks:
    """Marked cells and hidden rows of a sheet's part, whose text comes in pieces; `percent`: styles of percentages."""

    def __init__(self, percent: Collection[int] = ()):
        styles = b"|".join(b"%d" % style for style in percent)
        self._percent = re.compile(rb""" s=["'](?:%s)["']""" % styles) if percent else None
        self._percentages: set[Cell] = set()
        self._errors: dict[str, set[Cell]] = {}
        self._hidden: set[Cell] = set()
        self._before = b""

    def see(self, piece: bytes) -> None:
        """The next piece of the part's text."""
        text = self._before + piece if self._before else piece
        self._before = text[-_LONGEST:]
        # every error begins with #: most sheets have none, and a single letter is looked for thirty times as fast
        if b"#" in text and (b't="e"' in text or b"t='e'" in text):
            for found in _ERROR.finditer(text):
                self._note_error(text, found.start())
        for found in self._percent.finditer(text) if self._percent else ():
            tag, cell = _cell(text, found.start())
            kind = _TYPE.search(tag)
            if cell and (kind is None or kind[1] == b"n") and len(self._percentages) < _MOST:
                self._percentages.add(cell)
        for found in _HIDDEN.finditer(text):
            row = _ROW.match(text, max(text.rfind(b"<", 0, found.start()), 0))
            if row and len(self._hidden) < _MOST:
                self._hidden.add((int(row[1]) - 1, 0))

    def _note_error(self, text: bytes, at: int) -> None:
        tag, cell = _cell(text, at)
        value = _VALUE.search(text, at, at + _LONGEST) if cell else None
        if cell and value and not _TAG.search(text, at + len(tag), value.start()):
            self._errors.setdefault(value[1].decode(errors="replace"), set()).add(cell)

    def errors(self) -> dict[str, list[Range]]:
        """What is shown for a failed formula → the cells that show it."""
        return {text: as_ranges(cells) for text, cells in self._errors.items()}

    def percentages(self) -> list[Range]:
        """The cells that are numbers and are shown as percentages."""
        return as_ranges(self._percentages)

    def hidden_rows(self) -> list[Range]:
        """The rows that are not shown, as ranges of one column."""
        return as_ranges(self._hidden)


def _cell(text: bytes, at: int) -> tuple[bytes, Cell | None]:
    """The tag in which this attribute stands, and the cell it begins, if it does."""
    tag = _TAG.match(text, max(text.rfind(b"<", 0, at), 0))
    where = _WHERE.search(tag[0]) if tag else None
    return (tag[0], (int(where[2]) - 1, column(where[1]))) if tag and where else (b"", None)


def as_percentages(columns: Sequence[pa.Array], ranges: Iterable[Range]) -> list[pa.Array]:
    """The columns with these numbers as percentages: 0.32 is 32%."""
    columns = list(columns)
    for place, mask in masks(columns, ranges):
        encoded = columns[place].filter(mask).dictionary_encode()
        shown = pa.array(map(percent_text, encoded.dictionary.to_pylist()), encoded.dictionary.type)
        columns[place] = pc.replace_with_mask(columns[place], mask, shown.take(encoded.indices))
    return columns
