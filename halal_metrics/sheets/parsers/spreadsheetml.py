"""Excel's XML of 2003 (SpreadsheetML), which some systems still write and call .xls."""

import io
from collections.abc import Iterator
from typing import Final

from lxml import etree

from halal_metrics.sheets.parsers.marks import is_percent
from halal_metrics.sheets.parsers.parsed import (
    MOST_COLUMNS,
    MOST_ROWS,
    Parsed,
    Refused,
    Sketch,
    number_text,
    percent_text,
)

_SS: Final = "{urn:schemas-microsoft-com:office:spreadsheet}"
_EXCEL: Final = "{urn:schemas-microsoft-com:office:excel}"


def read(text: str) -> Iterator[Parsed]:
    """Its worksheets. Raises Refused("corrupt") for text that is no XML, or defines entities of its own."""
    content = text.encode()
    content = content[content.find(b"?>") + 2 :] if content[:200].lstrip().startswith(b"<?xml") else content
    if b"<!ENTITY" in content[:100_000]:
        raise Refused("corrupt")
    tags = [f"{_SS}Style", f"{_SS}Worksheet", f"{_SS}Row", f"{_EXCEL}Visible"]
    events = etree.iterparse(
        io.BytesIO(content.lstrip()), events=("start", "end"), tag=tags, resolve_entities=False, no_network=True,
        huge_tree=True,
    )  # fmt: skip
    sketch, name, row, hidden = Sketch(), "", 0, False
    percent: set[str] = set()
    try:
        for event, element in events:
            if element.tag == f"{_SS}Style":
                if event == "end" and _is_percent(element):
                    percent.add(str(element.get(f"{_SS}ID")))
            elif element.tag == f"{_SS}Worksheet":
                if event == "start":
                    sketch, name, row, hidden = Sketch(), str(element.get(f"{_SS}Name") or ""), 0, False
                else:
                    yield sketch.parsed(name, hidden=hidden)
                    element.clear()
            elif event == "end" and element.tag == f"{_EXCEL}Visible":
                hidden = element.text in ("SheetHidden", "SheetVeryHidden")
            elif event == "end":
                at = _number(element, "Index", row + 1) - 1
                row = _write(sketch, element, at, percent) + _number(element, "Span", 0)
                element.clear()
    except etree.XMLSyntaxError as error:
        raise Refused("corrupt") from error


def _is_percent(style: etree._Element) -> bool:
    shown = style.find(f"{_SS}NumberFormat")
    code = str(shown.get(f"{_SS}Format") or "") if shown is not None else ""
    return code == "Percent" or is_percent(code)


def _write(sketch: Sketch, element: etree._Element, row: int, percent: set[str]) -> int:
    """The cells of a row; gives the position of the next row."""
    column = 0
    if element.get(f"{_SS}Hidden") == "1":
        sketch.hidden_rows.append((row, 0))
    for cell in element.iterchildren(f"{_SS}Cell"):
        column = _number(cell, "Index", column + 1) - 1
        right, down = _number(cell, "MergeAcross", 0), _number(cell, "MergeDown", 0)
        data = cell.find(f"{_SS}Data")
        shown = cell.get(f"{_SS}StyleID") or element.get(f"{_SS}StyleID")
        sketch.write(row, column, _text(data, percent=shown in percent))
        if data is None and cell.get(f"{_SS}Formula"):
            sketch.without_result.append((row, column))
        if right or down:
            sketch.merged.append((row, column, min(row + down, MOST_ROWS), min(column + right, MOST_COLUMNS)))
        column += right + 1
    return row + 1


def _text(data: etree._Element | None, *, percent: bool) -> str | None:
    if data is None:
        return None
    text = "".join(str(part) for part in data.itertext())
    match data.get(f"{_SS}Type"):
        case "DateTime":
            return text.removesuffix(".000").removesuffix("T00:00:00").replace("T", " ")
        case "Number":
            return percent_text(text.strip()) if percent else number_text(text.strip())
        case "Boolean":
            return "true" if text == "1" else "false"
        case _:
            return text


def _number(element: etree._Element, name: str, otherwise: int) -> int:
    text = str(element.get(f"{_SS}{name}") or "")
    return int(text) if text.isdecimal() and len(text) < 9 else otherwise
