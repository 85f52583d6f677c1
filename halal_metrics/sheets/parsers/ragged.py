"""Delimited text whose lines differ in their number of cells: slow, so not in the program itself."""

import csv
import io
from collections.abc import Iterator
from typing import Final

import pyarrow as pa

from halal_metrics.sheets.parsers.parsed import MOST_COLUMNS, TEXT, Parsed, Refused, trimmed

_MOST_LINES_IN_A_CELL: Final = 200
"""More than anybody types: an opening quote without a closing one has swallowed the rows below it."""

# Longer cells than any person types, but no reason to fail; the default limit is 128 KB.
csv.field_size_limit(2**31 - 1)


def read(content: bytes, name: str, *, delimiter: str) -> Iterator[Parsed]:
    """One sheet of UTF-8 text, every line a row; short lines are filled up with missing cells."""
    text = content.decode(errors="replace")
    rows = _rows(text, delimiter, csv.QUOTE_MINIMAL)
    if '"' in text and any(cell.count("\n") > _MOST_LINES_IN_A_CELL for row in rows for cell in row if len(cell) > 200):
        rows = _rows(text, delimiter, csv.QUOTE_NONE)
    width = max(map(len, rows), default=0)
    if width > MOST_COLUMNS:
        raise Refused("too_large")
    columns = [
        pa.array([row[place] or None if place < len(row) else None for row in rows], TEXT) for place in range(width)
    ]
    yield Parsed(name, trimmed(columns))


def _rows(text: str, delimiter: str, quoting: int) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting))
