"""Delimited lines with more or fewer cells than their header, whose values may stand below the wrong headers."""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from halal_metrics import schema
from halal_metrics.sheets.files import Grid
from halal_metrics.sheets.said.problems import Finding
from halal_metrics.sheets.section import Section
from halal_metrics.sheets.values.cells import flags

_NAMES: Final = frozenset(("lp3h", "p3h", "business_name", "owner_name", "status"))
"""Columns whose cells are never a number."""

_NUMBER: Final = r"^[0-9][0-9.,]*$"
_THOUSANDS: Final = r"^[1-9][0-9]{0,2}$"
_REST: Final = r"^[0-9]{3}$"
"""With _THOUSANDS before it what is left of "1,250" where the comma cut it in two."""


def other_lengths(section: Section) -> Finding:
    """
    The records of lines with more or fewer cells than the header, where that may have moved their values.

    Empty cells at the end may be written or left out, by every line or by some, and say nothing. So a longer line is
    said if its length is not the usual one, or a count of it may have been cut in two; a shorter one if a count is what
    it lacks, or if it has a number for a name.
    """
    if not section.grid.widths or section.header is None or not len(section.rows):
        return Finding("line_length", np.empty(0, np.int64))
    widths = _widths(section.grid)
    header = widths[section.header.first : section.header.end].max()
    own = widths[section.rows - 1]
    lengths, counts = np.unique(own, return_counts=True)
    usual = header if len(lengths[counts == counts.max()]) > 1 else lengths[counts.argmax()]
    longer = (own > header) & ((own != usual) | _cut_in_two(section))
    shorter = (own < header) & (((own != usual) & _lacks_count(section, own)) | _has_number_for_name(section))
    at = np.flatnonzero(longer | shorter)
    return Finding("line_length", at, [str(width) for width in own[at].tolist()], facts={"header": int(header)})


def _widths(grid: Grid) -> np.ndarray:
    """How many cells each line of the file has."""
    starts, widths = zip(*grid.widths, strict=True)
    return np.repeat(widths, np.diff([*starts, max(grid.rows, starts[-1] + 1)]))


def _places(section: Section) -> dict[str, int]:
    """Header → its place among the cells of a line."""
    return {name: place for place, name in section.header.names.items()} if section.header else {}


def _is_count(section: Section, name: str) -> bool:
    column = section.naming.columns.get(name)
    return column is not None and schema.TABLES[section.naming.table or ""][column] in schema.COUNTED


def _cut_in_two(section: Section) -> np.ndarray:
    """Rows in which a count of three digits at most has three digits in the cell behind it."""
    found = np.zeros(len(section.rows), bool)
    at = pa.array(section.rows - 1)
    places = _places(section)
    for name in section.columns:
        place = places.get(name, len(section.grid.columns))
        if _is_count(section, name) and place + 1 < len(section.grid.columns):
            behind = section.grid.columns[place + 1].take(at)
            found |= _matches(section.columns[name], _THOUSANDS) & _matches(behind, _REST)
    return found


def _lacks_count(section: Section, own: np.ndarray) -> np.ndarray:
    counts = [place for name, place in _places(section).items() if _is_count(section, name)]
    return own <= max(counts, default=-1)


def _has_number_for_name(section: Section) -> np.ndarray:
    found = np.zeros(len(section.rows), bool)
    for name, column in section.naming.columns.items():
        if column in _NAMES and name in section.columns:
            found |= _matches(section.columns[name], _NUMBER)
    return found


def _matches(column: pa.LargeStringArray, pattern: str) -> np.ndarray:
    return flags(pc.match_substring_regex(column, pattern))
