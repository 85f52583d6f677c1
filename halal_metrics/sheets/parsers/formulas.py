"""Formulas without a stored result, which look like empty cells: other programs than Excel write them so."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from halal_metrics.sheets.parsers.ooxml import column
from halal_metrics.sheets.parsers.parsed import Cell, Range, as_ranges, masks

_LONGEST: Final = 2**15
"""Bytes of a cell with its formula: as much of a piece of text is looked at again together with the next."""
_MOST: Final = 500_000
_HOPS: Final = 100
"""From one letter to the next: fifty times as fast as a search for two, where there are few."""

_PREFIX: Final = re.compile(rb"<(\w+:)?sheetData\b")
_WHERE: Final = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_TEXT: Final = re.compile(rb"""\bt=["']str["']""")


class Formulas:
    """
    The formulas of a sheet's part of an .xlsx, whose text comes in pieces.

    `recalculated`: the workbook is to be calculated when it is opened. Where it has not been since it was written, its
    formulas have nothing stored, or a 0 each.
    """

    def __init__(self, *, recalculated: bool = False):
        self._recalculated = recalculated
        self._blank: set[Cell] = set()
        self._zero: set[Cell] = set()
        self._any_result = False
        self._before = b""
        self._prefix: bytes | None = None

    def see(self, piece: bytes) -> None:
        """The next piece of the part's text."""
        text = self._before + piece if self._before else piece
        self._before = text[-_LONGEST:]
        if self._prefix is None and (found := _PREFIX.search(text)):
            self._prefix = found[1] or b""
        if self._prefix is None or not _holds(text, b"<%sf" % self._prefix):  # most sheets have no formula
            return
        for formula in _formula(self._prefix).finditer(text):
            result = formula[1]
            if result and result != b"0":
                self._any_result = True
            elif len(self._blank) + len(self._zero) < _MOST:
                self._note(text, formula.start(), result)

    def _note(self, text: bytes, at: int, result: bytes | None) -> None:
        cell = text[text.rfind(b"<%sc " % self._prefix, 0, at) : at]
        if result == b"" and _TEXT.search(cell):
            self._any_result = True  # an empty text, as of IF(A1="", "", …)
        elif where := _WHERE.search(cell):
            place = int(where[2]) - 1, column(where[1])
            (self._zero if result else self._blank).add(place)

    def without_result(self) -> list[Range]:
        """The cells whose formula has no result, one below the other as one range."""
        none_yet = self._recalculated and not self._any_result
        return as_ranges(self._blank | self._zero if none_yet else self._blank)


def _holds(text: bytes, tag: bytes) -> bool:
    """Whether the tag is there: looked for by its last letter, which numbers and references to texts do not have."""
    at = -1
    for _ in range(_HOPS):
        at = text.find(tag[-1:], at + 1)
        if at < 0 or text.endswith(tag, 0, at + 1):
            return at >= 0
    return tag in text


def _formula(prefix: bytes) -> re.Pattern[bytes]:
    """A formula to the end of its cell; the group is its result."""
    tag = {b"p": prefix}
    pattern = (
        rb"<%(p)sf(?:\s[^<>]*)?(?:/>|>[^<]*</%(p)sf>)\s*(?:<%(p)sv\s*/>|<%(p)sv[^<>]*>([^<]*)</%(p)sv>)?\s*</%(p)sc>"
    )
    return re.compile(pattern % tag)


def emptied(columns: Sequence[pa.Array], ranges: Iterable[Range]) -> list[pa.Array]:
    """The columns with nothing in these cells."""
    columns = list(columns)
    for place, mask in masks(columns, ranges):
        columns[place] = pc.if_else(mask, pa.scalar(None, columns[place].type), columns[place])
    return columns
