"""Delimited text line by line: lines of different lengths, and quotation marks that are not what they seem."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

import pyarrow as pa

from halal_metrics.sheets.parsers.parsed import MOST_COLUMNS, TEXT, Refused, Said, Width

NOTHING: Final = frozenset(["", r"\N", "NULL", "(NULL)", "[NULL]", "<null>", "<NULL>"])
"""What programs that write out a database write where there is no value."""

_MOST_LINES: Final = 500  # of one cell
_MOST_UNCLOSED: Final = 20_000  # with more, marks mean something else here
_SAMPLE: Final = 5000  # lines by which it is told how many cells one usually has
_AT_ONCE: Final = 20_000  # rows, so that few are held as Python's own objects

Cells = list[str]


def read(text: str, delimiter: str) -> tuple[list[pa.Array], list[Said], list[Width]]:
    """
    The columns, short lines filled up with missing cells; where a quotation mark was never closed; how long lines are.

    >>> columns, said, widths = read('1;"Jl. Mawar";Paser\\n2;"Toko Maju;Berau\\n3;"Jl. \\nMelati";Bontang', ";")
    >>> [column.to_pylist() for column in columns]
    [['1', '2', '3'], ['Jl. Mawar', 'Toko Maju', 'Jl. \\nMelati'], ['Paser', 'Berau', 'Bontang']]
    >>> said, widths
    ([('quote_unclosed', 1, 'Toko Maju')], [(0, 3)])
    """
    lines = Lines(text, delimiter)
    return _columns(lines.rows()), lines.said, lines.widths


class Lines:
    """The lines of a text on their way to rows."""

    def __init__(self, text: str, delimiter: str):
        self.said: list[Said] = []
        """What was found, once the rows are made."""
        self.widths: list[Width] = []
        self._lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self._delimiter = delimiter
        end = rf" *(?:[{re.escape(delimiter)}]|\Z)"
        self._quoted = re.compile(rf' *"((?:[^"]++|"")*+)" *(?={end})')
        self._open = re.compile(r'"(?:[^"]++|"")*+\Z')
        # a name in quotation marks that nobody has doubled: only the mark at the cell's end closes it
        self._quoted_badly = re.compile(rf' *"((?:[^"]++|"(?!{end}))*+)" *(?={end})')
        widths = Counter(len(self._literally(line)[0]) for line in self._lines[:_SAMPLE] if line)
        self._usual = widths.most_common(1)[0][0] if widths else 1

    def rows(self) -> Iterator[Cells]:
        """The cells of each row."""
        at = row = 0
        while at < len(self._lines):
            cells, taken = self._row(at)
            if cells is None:
                cells, place = self._literally(self._lines[at], self._usual)
                self.said.append(("quote_unclosed", row, cells[place]))
                if len(self.said) > _MOST_UNCLOSED:
                    raise Refused("corrupt")
            if not self.widths or self.widths[-1][1] != len(cells):
                self.widths.append((row, len(cells)))
            yield cells
            at, row = at + taken, row + 1

    def _row(self, at: int) -> tuple[Cells | None, int]:
        """The row that begins in this line, and how many lines it takes; None where a mark is never closed."""
        line = self._lines[at]
        if '"' not in line:
            return line.split(self._delimiter), 1
        cells, opened = self._cut(line, self._quoted)
        if opened is None:
            return cells, 1
        badly, left_open = self._cut(line, self._quoted_badly)
        if left_open is None and len(badly) == self._usual:
            return badly, 1
        if self._open.match(line, opened):
            return self._over_lines(at)
        return None, 1

    def _over_lines(self, at: int) -> tuple[Cells | None, int]:
        """As `_row`, of a line at whose end a mark is open: up to the next line with a mark that is not doubled."""
        line = self._lines[at]
        for place in range(at + 1, min(at + _MOST_LINES, len(self._lines))):
            last = self._lines[place]
            if '"' in last and '"' in last.replace('""', ""):
                cells, opened = self._cut("\n".join(self._lines[at : place + 1]), self._quoted)
                # where the first and the last line are rows by themselves, the mark has swallowed rows
                rows = self._usual > 2 and all(len(self._literally(part)[0]) == self._usual for part in (line, last))
                return (None, 1) if rows or opened is not None else (cells, place + 1 - at)
        return None, 1

    def _cut(self, text: str, quoted: re.Pattern[str]) -> tuple[Cells, int | None]:
        """The cells; and where the first begins, if any, which a mark opens and none closes at its end."""
        cells, at = [], 0
        while at <= len(text):
            if text.startswith(('"', " "), at) and (found := quoted.match(text, at)):
                cells.append(found[1].replace('""', '"'))
                at = found.end() + 1
            elif text.startswith('"', at):
                return cells, at
            else:
                end = text.find(self._delimiter, at)
                end = len(text) if end < 0 else end
                cells.append(text[at:end])
                at = end + 1
        return cells, None

    def _literally(self, line: str, width: int = MOST_COLUMNS) -> tuple[Cells, int]:
        """
        The cells of a line in which a mark that nothing closes is left out, and the place of the first such cell.

        If they are more than `width`, what is too much belongs to that cell.
        """
        cells, at, opened = [], 0, None
        while at <= len(line):
            if line.startswith(('"', " "), at) and (found := self._quoted.match(line, at)):
                cells.append(found[1].replace('""', '"'))
                at = found.end() + 1
                continue
            end = line.find(self._delimiter, at)
            end = len(line) if end < 0 else end
            if opened is None and line.startswith('"', at):
                opened = len(cells)
            cells.append(line[at:end])
            at = end + 1
        place = opened or 0
        if opened is not None:
            after = opened + 1 + max(0, len(cells) - width)
            cells[opened:after] = [self._delimiter.join(cells[opened:after])[1:].removesuffix('"')]
        return cells, place


def _columns(rows: Iterable[Cells]) -> list[pa.Array]:
    parts, some = [], []
    for cells in rows:
        if len(cells) > MOST_COLUMNS:
            raise Refused("too_large")
        some.append(cells)
        if len(some) == _AT_ONCE:
            parts.append(_part(some))
            some = []
    parts.append(_part(some))
    heights = [len(part[0]) if part else 0 for part in parts]
    return [
        pa.concat_arrays(
            part[place] if place < len(part) else pa.nulls(height, TEXT)
            for part, height in zip(parts, heights, strict=True)
        )
        for place in range(max(map(len, parts)))
    ]


def _part(rows: list[Cells]) -> list[pa.Array]:
    width = max(map(len, rows), default=0)
    return [
        pa.array([None if place >= len(cells) or cells[place] in NOTHING else cells[place] for cells in rows], TEXT)
        for place in range(width)
    ]
