"""Cells far out: a workbook rewritten so that the rectangle around its cells holds only rows and columns in use."""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pyarrow as pa

from halal_metrics.sheets.parsers.ooxml import column, letters
from halal_metrics.sheets.parsers.parsed import MOST_COLUMNS, MOST_ROWS, Range, Refused

_MOST_UNPACKED: Final = 256 * 2**20
_CELL: Final = re.compile(rb"""(<(?:\w+:)?c\b[^>]*?\sr=["'])([A-Z]{1,5})(\d{1,20})(["'])([^>]*>)""")
_ROW: Final = re.compile(rb"""(<(?:\w+:)?row\b[^>]*?\sr=["'])(\d+)(["'])""")


@dataclass(frozen=True)
class Compacted:
    """Where the rows and columns of a closed-up sheet stood: ascending positions from 0; none if it is as it was."""

    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)

    def spread(self, columns: Sequence[pa.Array]) -> list[pa.Array]:
        """Every row back at its place. Columns without a cell stay left out."""
        if not self.rows or not columns:
            return list(columns)
        at = np.full(self.rows[len(columns[0]) - 1] + 1, -1, np.int64)
        at[self.rows[: len(columns[0])]] = np.arange(len(columns[0]))
        where = pa.array(at, mask=at < 0)
        return [values.take(where) for values in columns]

    def moved(self, cells: Range) -> Range:
        """A merged range, over the columns that were left."""
        if not self.columns:
            return cells
        first, last = np.searchsorted(self.columns, [cells[1], cells[3] + 1]).tolist()
        return cells[0], first, cells[2], last - 1


def compacted(parts: zipfile.ZipFile, sheets: Sequence[str]) -> tuple[bytes, dict[str, Compacted]]:
    """The workbook with the rows and columns of these parts closed up, and for each part where they stood."""
    closed_up = {}
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as copy:
        for part in parts.infolist():
            if part.file_size > _MOST_UNPACKED:
                raise Refused("too_large")
            text = parts.read(part)
            if part.filename in sheets and (found := _used(text)).rows:
                text = _close_up(text, found)
                closed_up[part.filename] = found
            copy.writestr(part.filename, text)
    return content.getvalue(), closed_up


def _used(text: bytes) -> Compacted:
    rows, columns = set(), set()
    for _, column_letters, row, _, rest in _CELL.findall(text):
        if not rest.endswith(b"/>"):
            rows.add(int(row) - 1)
            columns.add(column(column_letters))
    if max(rows, default=0) >= MOST_ROWS or max(columns, default=0) >= MOST_COLUMNS:
        raise Refused("corrupt")  # no spreadsheet program has such a cell, and none can open it
    return Compacted(sorted(rows), sorted(columns))


def _close_up(text: bytes, used: Compacted) -> bytes:
    row_of = {b"%d" % (row + 1): b"%d" % (place + 1) for place, row in enumerate(used.rows)}
    column_of = {letters(position): letters(place) for place, position in enumerate(used.columns)}

    def cell(match: re.Match[bytes]) -> bytes:
        start, column_letters, row, quote, rest = match.groups()
        if rest.endswith(b"/>"):  # formatted, but blank
            return b""
        return start + column_of[column_letters] + row_of[row] + quote + rest

    # a row without a cell that holds anything becomes a second row 1 without any
    text = _CELL.sub(cell, text)
    return _ROW.sub(lambda match: match[1] + row_of.get(match[2], b"1") + match[3], text)
