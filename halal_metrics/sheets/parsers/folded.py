"""Sheets whose rows stand in one cell each, as "1,SH2025-1-100001,Dapur Rekaan": a CSV that was not taken apart."""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from halal_metrics.sheets.parsers import delimited
from halal_metrics.sheets.parsers.parsed import Parsed, plain

_SAMPLE: Final = 50
_SHARES: Final = {2: 0.9}
_SHARE: Final = 0.6
"""Of the lines that have as many cells as most: one delimiter in each may be chance."""

_EATEN: Final = ";"
"""What a program that expects it took out of such a line, which then goes on in the next cell."""


def unfolded(parsed: Parsed) -> Parsed:
    """
    The sheet with each such cell as a row of cells; the same sheet where most rows are no such cell.

    >>> lines = pa.array(["REKAP", "Kab/Kota;Kuota;Terbit", "Paser;12;3", None, "Berau;8;1"])
    >>> [column.to_pylist() for column in unfolded(Parsed("Rekap", [lines])).columns]  # doctest: +NORMALIZE_WHITESPACE
    [['REKAP', 'Kab/Kota', 'Paser', None, 'Berau'], [None, 'Kuota', '12', None, '8'], [None, 'Terbit', '3', None, '1']]

    A row already taken apart, such as the header, stays as it is; a cell with a whole table is a table.
    """
    columns = [column for column in parsed.columns if column.null_count < len(column)]
    if not columns or any(column.null_count * 2 < len(column) for column in columns[1:]):
        return parsed
    filled = np.array([column.is_valid().to_numpy(zero_copy_only=False) for column in columns])
    alone = filled[0] & ~filled[1:].any(axis=0)
    if alone.sum() * 2 < filled.any(axis=0).sum():
        return parsed
    texts = columns[0].filter(pa.array(alone)).slice(0, _SAMPLE).to_pylist()
    lines = "\n".join(texts).split("\n")[:_SAMPLE]
    delimiter = delimited.guess_delimiter(lines)
    width, share = delimited.usual_width(lines, delimiter)
    if len(lines) < 2 or width < 2 or share < _SHARES.get(width, _SHARE):
        return parsed
    text = pc.fill_null(plain(columns[0]), "").to_pylist()
    for row in np.flatnonzero(filled[1:].any(axis=0)).tolist():
        cells = [cell for column in columns if (cell := column[row].as_py())]
        text[row] = _EATEN.join(cells) if len(cells) < width else delimiter.join(map(_quoted, cells))
    found = delimited.read_text("\n".join(text).encode(), parsed.name, delimiter)
    said = [("rows_in_one_cell", None, delimiter), *found.said]
    return Parsed(parsed.name, found.columns, parsed.hidden, said=said, widths=found.widths)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'
