"""Delimited text whose lines differ in their number of cells: slow, so not in the program itself."""

import csv
import io
from collections.abc import Iterator

import pyarrow as pa

from halal_metrics.sheets.parsers.parsed import MOST_COLUMNS, TEXT, Parsed, Refused, trimmed

# Longer cells than any person types, but no reason to fail; the default limit is 128 KB.
csv.field_size_limit(2**31 - 1)


def read(content: bytes, name: str, *, delimiter: str) -> Iterator[Parsed]:
    """One sheet of UTF-8 text, every line a row; short lines are filled up with missing cells."""
    text = content.decode(errors="replace")
    rows = _rows(text, delimiter, csv.QUOTE_MINIMAL)
    width = max(map(len, rows), default=0)
    if '"' in text and any(swallowed(cell, delimiter, width) for row in rows for cell in row if "\n" in cell):
        rows = _rows(text, delimiter, csv.QUOTE_NONE)
        width = max(map(len, rows), default=0)
    if width > MOST_COLUMNS:
        raise Refused("too_large")
    yield Parsed(name, trimmed([_column(rows, place) for place in range(width)]))


def swallowed(cell: str, delimiter: str, width: int) -> bool:
    """
    Whether a cell holds whole lines of the file: its quotation mark was never meant to open anything.

    >>> swallowed("Toko Maju;OF74\\n12;Siti;OF10\\n13;Ani", ";", 3), swallowed("Jl. Mawar 1;\\nSamarinda", ";", 3)
    (True, False)
    """
    return cell.count(delimiter) >= max(3, cell.count("\n") * (width - 1) * 3 // 4)


def _rows(text: str, delimiter: str, quoting: int) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting))


def _column(rows: list[list[str]], place: int) -> pa.Array:
    return pa.array([row[place] or None if place < len(row) else None for row in rows], TEXT)
