"""
The records of an .xls that fastexcel does not tell of: merged cells, failed formulas, percentages, hidden rows.

Layouts from Microsoft's [MS-XLS] (BoundSheet8, MergeCells, Format, XF, BoolErr, Formula, Number, RK, MulRk, Row).
"""

import struct
from dataclasses import dataclass, field
from typing import Final

from halal_metrics.sheets.parsers.marks import PERCENT, is_percent
from halal_metrics.sheets.parsers.parsed import Beside, Cell, Range, as_ranges

_BOF, _BOUND_SHEET, _MERGE_CELLS, _FORMAT, _XF = 0x0809, 0x0085, 0x00E5, 0x041E, 0x00E0
_ROW: Final = 0x0208
_UNSEEN: Final = 0x20
"""The bit of a row's record that says it is not shown."""
_FORMULA, _BOOL_ERROR, _NUMBER, _RK, _MANY_RK = 0x0006, 0x0205, 0x0203, 0x027E, 0x00BD
_NUMBERS: Final = {_NUMBER, _RK, _MANY_RK}
"""What nearly all records of a large sheet are, so that they are only looked at where there are percentages."""
_ERRORS: Final = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
_NO_NUMBER: Final = b"\xff\xff"
"""The end of a formula's result that is none."""
_ERROR: Final = 2
"""The beginning of such a result that is an error."""


@dataclass
class _Sheet:
    merged: list[Range] = field(default_factory=list)
    errors: dict[str, list[Cell]] = field(default_factory=dict)
    percentages: list[Cell] = field(default_factory=list)
    hidden_rows: list[Cell] = field(default_factory=list)


def beside(stream: bytes) -> list[Beside]:
    """What each sheet says beside its values, in the order of the tabs; of a damaged stream what stands before that."""
    unpack, at, end = struct.Struct("<HH").unpack_from, 0, len(stream) - 4
    starts: dict[int, _Sheet] = {}
    current: _Sheet | None = None
    styles, wanted = _Styles(), _OF_INTEREST
    while at <= end:
        kind, length = unpack(stream, at)
        if kind in wanted:
            record = stream[at + 4 : at + 4 + length]
            if kind == _BOF:
                current = starts.get(at, current)
                if current and not styles.percent:
                    wanted = _OF_INTEREST - _NUMBERS
            elif kind == _BOUND_SHEET and len(record) >= 4:
                starts[struct.unpack_from("<I", record)[0]] = _Sheet()
            elif current is None:
                styles.note(kind, record)
            else:
                _note(current, kind, record, styles.percent)
        at += 4 + length
    return [
        Beside(
            sheet.merged, (), {text: as_ranges(cells) for text, cells in sheet.errors.items()},
            as_ranges(sheet.percentages), as_ranges(sheet.hidden_rows),
        )
        for sheet in starts.values()
    ]  # fmt: skip


_OF_INTEREST: Final = _NUMBERS | {_BOF, _BOUND_SHEET, _MERGE_CELLS, _FORMAT, _XF, _FORMULA, _BOOL_ERROR, _ROW}


class _Styles:
    """Which of the workbook's styles, by their place, show percentages."""

    def __init__(self) -> None:
        self.percent: set[int] = set()
        self._formats = set(PERCENT)
        self._count = 0

    def note(self, kind: int, record: bytes) -> None:
        """A record before the first sheet; formats stand before the styles that use them."""
        if kind == _FORMAT and len(record) > 4 and is_percent(record[4:].replace(b"\0", b"").decode("latin-1")):
            self._formats.add(int.from_bytes(record[:2], "little"))
        elif kind == _XF and len(record) >= 4:
            if int.from_bytes(record[2:4], "little") in self._formats:
                self.percent.add(self._count)
            self._count += 1


def _note(sheet: _Sheet, kind: int, record: bytes, percent: set[int]) -> None:
    if kind == _MERGE_CELLS:
        if len(record) % 8 == 2:
            for first_row, last_row, first, last in struct.iter_unpack("<4H", record[2:]):
                sheet.merged.append((first_row, first, last_row, last))
        return
    if kind == _ROW:
        if len(record) >= 16 and record[12] & _UNSEEN:
            sheet.hidden_rows.append((int.from_bytes(record[:2], "little"), 0))
        return
    if len(record) < 8 or kind in (_FORMAT, _XF):
        return
    row, column, style = struct.unpack_from("<3H", record)
    if kind == _MANY_RK:
        styles = [style for style, _ in struct.iter_unpack("<HI", record[4 : 4 + (len(record) - 6) // 6 * 6])]
        sheet.percentages += [(row, column + place) for place, style in enumerate(styles) if style in percent]
    elif kind == _BOOL_ERROR or (kind == _FORMULA and record[12:14] == _NO_NUMBER):
        failed, code = (record[7], record[6]) if kind == _BOOL_ERROR else (record[6] == _ERROR, record[8])
        if failed:
            sheet.errors.setdefault(_ERRORS.get(code, "#N/A"), []).append((row, column))
    elif style in percent:
        sheet.percentages.append((row, column))
