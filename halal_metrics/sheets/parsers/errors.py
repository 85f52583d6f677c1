"""Cells that hold nothing but what a spreadsheet program shows where a formula fails."""

from dataclasses import replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from halal_metrics.sheets.parsers.formulas import emptied
from halal_metrics.sheets.parsers.parsed import TEXT, Parsed, Range, as_ranges, plain

_WORDS: Final = (
    r"^(?i:#N/A|#(?:REF|VALUE|NILAI|DIV/0|NUM|NULL|SPILL|CALC|FIELD|BLOCKED|CONNECT|BUSY|UNKNOWN|EXTERNAL)!"
    r"|#(?:NAME|NAMA)\?|#GETTING_DATA|Err:[0-9]{3})$"
)
_STARTS: Final = np.frombuffer(b"#Ee", np.uint8)


def without_errors(parsed: Parsed) -> Parsed:
    """
    The sheet with nothing in such cells, which are said instead.

    >>> found = without_errors(Parsed("Rekap", [pa.array(["Terbit", "#N/A", "4"], pa.large_string())]))
    >>> found.columns[0].to_pylist(), found.errors
    (['Terbit', None, '4'], {'#N/A': [(1, 0, 1, 0)]})
    """
    found: dict[str, list[tuple[int, int]]] = {}
    columns = [_plain_where_failing(column) for column in parsed.columns]
    for place, column in enumerate(columns):
        if pa.types.is_dictionary(column.type):
            continue
        rows = _may_be(column)
        texts = column.take(pa.array(rows))
        failed = pc.fill_null(pc.match_substring_regex(texts, _WORDS), False).to_numpy(zero_copy_only=False)
        for row, text in zip(rows[failed].tolist(), texts.filter(pa.array(failed)).to_pylist(), strict=True):
            found.setdefault(text, []).append((row, place))
    if not found:
        return parsed
    errors: dict[str, list[Range]] = {text: list(ranges) for text, ranges in parsed.errors.items()}
    for text, cells in found.items():
        errors[text] = [*errors.get(text, []), *as_ranges(cells)]
    columns = emptied(columns, [cells for ranges in errors.values() for cells in ranges])
    return replace(parsed, columns=columns, errors=errors)


def _plain_where_failing(column: pa.Array) -> pa.Array:
    """A column of codes as it is, if none of its texts begins as such a word does."""
    if pa.types.is_dictionary(column.type) and not len(_may_be(column.dictionary.cast(TEXT))):
        return column
    return plain(column)


def _may_be(column: pa.Array) -> np.ndarray:
    """Rows whose text begins as such a word does."""
    _, ends, text = column.buffers()
    if not len(column) or not text or not text.size:
        return np.empty(0, np.int64)
    starts = np.frombuffer(ends, np.int64)[column.offset : column.offset + len(column)]
    first = np.frombuffer(text, np.uint8)[np.minimum(starts, text.size - 1)]
    return np.flatnonzero((first == _STARTS[0]) | (first == _STARTS[1]) | (first == _STARTS[2]))
