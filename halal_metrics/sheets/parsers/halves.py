"""A long sheet of an .xlsx cut in two, so that two cores parse it at once."""

import io
import os
import re
import zipfile
from collections.abc import Sequence
from typing import Final

import pyarrow as pa

from halal_metrics.sheets.parsers.parsed import TEXT

_LONG: Final = 4 * 2**20
_LONGEST: Final = 256 * 2**20
"""Bytes of a sheet's part when unpacked: from here on cutting it pays, and up to here it takes no more memory."""

_OTHERS: Final = "xl/worksheets/"
_ROW: Final = re.compile(rb'<row r="(\d{1,7})"')
_CELLS: Final = re.compile(rb"<sheetData>")


class Halves:
    """The rows of a sheet as two halves, of which the second starts below row `before`; where its text can be cut."""

    def __init__(self, parts: zipfile.ZipFile, part: str):
        self._parts, self._part = parts, part
        self._text = b""
        self.before = 0
        info = parts.NameToInfo.get(part)
        if info and _LONG < info.file_size < _LONGEST and (os.cpu_count() or 1) > 1:
            text = parts.read(part)
            start, middle = _CELLS.search(text, 0, 100_000), _ROW.search(text, len(text) // 2)
            if start and middle:
                self._text, self._start, self._middle = text, start.end(), middle.start()
                self.before = int(middle[1]) - 1

    def __bool__(self) -> bool:
        return self.before > 0

    def first(self) -> bytes:
        """A workbook of the upper half."""
        return self._workbook(memoryview(self._text)[: self._middle], b"</sheetData></worksheet>")

    def second(self) -> bytes:
        """A workbook of the lower half; each row keeps its number."""
        return self._workbook(memoryview(self._text)[: self._start], memoryview(self._text)[self._middle :])

    @property
    def text(self) -> bytes:
        """The part itself."""
        return self._text

    def tail(self) -> bytes:
        """What stands behind the rows."""
        return self._text[self._text.rfind(b"</sheetData>") :]

    def _workbook(self, *text: bytes | memoryview) -> bytes:
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as copy:
            for other in self._parts.namelist():
                if not other.startswith(_OTHERS):
                    copy.writestr(other, self._parts.read(other))
            with copy.open(self._part, "w") as half:
                for piece in text:
                    half.write(piece)
        return content.getvalue()


def joined(first: Sequence[pa.Array], second: Sequence[pa.Array], before: int) -> list[pa.Array]:
    """
    The columns of two halves, one below the other; each starts at row 1, the second blank down to row `before`.

    >>> first, second = [pa.array(["a", "b"])], [pa.array([None, None, None, "d"]), pa.array([None, None, None, "e"])]
    >>> [column.to_pylist() for column in joined(first, second, 3)]
    [['a', 'b', None, 'd'], [None, None, None, 'e']]

    Raises ValueError where either reaches beyond that row: the rows do not lie in their order.
    """
    above, below = max(map(len, first), default=0), max(map(len, second), default=0) - before
    if above > before or any(column.slice(0, before).null_count < before for column in second):
        raise ValueError("rows are out of order")
    columns = []
    for place in range(max(len(first), len(second))):
        upper = first[place].cast(TEXT) if place < len(first) else pa.nulls(above, TEXT)
        lower = second[place].slice(before).cast(TEXT) if place < len(second) else pa.nulls(max(below, 0), TEXT)
        columns.append(pa.concat_arrays([upper, pa.nulls(before - above, TEXT), lower]))
    return columns
