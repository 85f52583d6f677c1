"""HTML tables as the sheet a spreadsheet program makes of the page: lines above a table are rows above it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from halal_metrics.sheets.parsers.parsed import Parsed, Refused, Sketch

_SILENT: Final = {"script", "style", "head", "title", "noscript", "template", "colgroup"}
_LINES: Final = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "br", "li", "center", "caption", "hr", "table", "tr"}
_CELLS: Final = {"td", "th"}
_SCIENTIFIC: Final = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_WIDEST, _TALLEST = 1000, 65_534
"""Columns and rows of a merged cell, as browsers have it."""
_A_RECORD: Final = 4
"""Filled cells; a letterhead laid out as a table ("Nama LP3H", ":", "…") has fewer."""


def read(text: str, name: str) -> Iterator[Parsed]:
    """
    A sheet for each table of records, with the lines and small tables above it, each row numbered as if all of the
    page were one sheet, which is what a spreadsheet program shows.

    A merged cell's text is in its first cell. A table in another one's cell is a table of its own if it is the longer
    of the two; the other was there for the layout. Raises Refused("unsupported") where there is no table.
    """
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    parser.feed(text.encode("utf-8", "replace"))
    try:
        page = _Page(parser.close())
    except etree.XMLSyntaxError as error:
        raise Refused("unsupported") from error
    if not page.sheets:
        raise Refused("unsupported")
    for place, sketch in enumerate(page.sheets, 1):
        yield sketch.parsed(numbered(name, place))


def numbered(name: str, place: int) -> str:
    """
    >>> numbered("ekspor", 1), numbered("ekspor", 2)
    ('ekspor', 'ekspor (tabel 2)')
    """
    return name if place == 1 else f"{name} (tabel {place})"


class _Page:
    """The sheets of a page."""

    def __init__(self, root: etree._Element) -> None:
        self.sheets: list[Sketch] = []
        self._sketch = Sketch()
        self._row = 0
        self._line: list[str] = []
        self._tables = _tables(root)
        self._walk(root)
        self._end_line()
        if self.sheets:
            self.sheets[-1].add(self._sketch)
        elif self._tables:
            self.sheets = [self._sketch]

    def _walk(self, root: etree._Element) -> None:
        """Everything on the page, in order."""
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "start" and element.tag in _LINES:
                self._end_line()
            if event == "end":
                if element.tag in _LINES:
                    self._end_line()
                self._say(element.tail)
            elif element.tag == "table":
                self._table(self._tables[element])
                walk.skip_subtree()
            elif element.tag in _SILENT:
                walk.skip_subtree()
            else:
                self._say(element.text)

    def _say(self, text: str | None) -> None:
        if text and not text.isspace():
            self._line.append(text)

    def _end_line(self) -> None:
        if self._line:
            self._sketch.write(self._row, 0, " ".join(" ".join(self._line).split()))
            self._row += 1
            self._line = []

    def _table(self, table: "_Table") -> None:
        apart = [other for other in table.inner if len(other.rows) >= len(table.rows)]
        for other in apart:
            _take_out(other.element)
        caption = table.element.find("caption")
        if caption is not None:
            self._say(_text(caption))
            self._end_line()
        start = self._row
        filled = self._write(table.rows)
        if not any(filled):  # only there to hold the others
            self._row = start
        if sum(cells >= _A_RECORD for cells in filled) >= 2:
            self.sheets.append(self._sketch)
            self._sketch = Sketch()
        for other in apart:
            self._table(other)

    def _write(self, rows: list[etree._Element]) -> list[int]:
        """The rows into the sheet; gives how many cells of each hold anything."""
        reaches_to: dict[int, int] = {}  # column → last row of the cell above that reaches down
        filled = []
        for element in rows:
            row, column, count = self._row, 0, 0
            for cell in element.iterchildren(*_CELLS):
                while reaches_to.get(column, -1) >= row:
                    column += 1
                width, height = _span(cell, "colspan", _WIDEST), _span(cell, "rowspan", _TALLEST)
                count += self._sketch.write(row, column, _text(cell))
                if width > 1 or height > 1:
                    self._sketch.merged.append((row, column, row + height - 1, column + width - 1))
                if height > 1:
                    reaches_to |= dict.fromkeys(range(column, column + width), row + height - 1)
                column += width
            filled.append(count)
            self._row += 1
        return filled


@dataclass
class _Table:
    """A table, its own rows, and the tables in its cells."""

    element: etree._Element
    rows: list[etree._Element] = field(default_factory=list)
    inner: "list[_Table]" = field(default_factory=list)


def _tables(root: etree._Element) -> dict[etree._Element, _Table]:
    found: dict[etree._Element, _Table] = {}
    around: list[_Table] = []
    for event, element in etree.iterwalk(root, events=("start", "end"), tag=("table", "tr")):
        if element.tag == "tr":
            if event == "start" and around:
                around[-1].rows.append(element)
        elif event == "end":
            around.pop()
        else:
            found[element] = _Table(element)
            if around:
                around[-1].inner.append(found[element])
            around.append(found[element])
    return found


def _take_out(table: etree._Element) -> None:
    """The table alone; the text behind it stays where it was."""
    parent, before, text = table.getparent(), table.getprevious(), table.tail or ""
    if parent is None:
        return
    if before is None:
        parent.text = (parent.text or "") + text
    else:
        before.tail = (before.tail or "") + text
    table.tail = None
    parent.remove(table)


def _span(cell: etree._Element, name: str, most: int) -> int:
    text = str(cell.get(name) or "1").strip()
    return max(1, min(int(text), most)) if text.isdecimal() and len(text) < 9 else 1


def _text(cell: etree._Element) -> str | None:
    if len(cell) == 0:
        text = cell.text
        whole = cell.get("x:num")  # Excel's own pages show a long number short and keep it here
        return str(whole) if whole and text and _SCIENTIFIC.fullmatch(text.strip()) else text
    parts: list[str] = []
    walk = etree.iterwalk(cell, events=("start", "end"))
    for event, element in walk:
        if element.tag in _LINES or (element.tag in _CELLS and element is not cell):
            parts.append("\n")
        if event == "end":
            parts.append(element.tail or "" if element is not cell else "")
        elif element.tag in _SILENT:
            walk.skip_subtree()
        else:
            parts.append(element.text or "")
    return "".join(parts).strip()
