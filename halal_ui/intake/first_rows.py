"""The first rows of a spreadsheet as they lie there, for a person to find the header in."""

from pathlib import PurePath
from typing import Final

from halal_metrics.personal import without_nik
from halal_metrics.sheets import UnreadableFile
from halal_metrics.sheets.files import read_grids
from halal_ui.turns import aside

FIRST_ROWS: Final = 12
"""Rows of a sheet shown to find its header in."""


def first_rows(content: bytes, filename: str) -> dict[str, list[list[str]]]:
    """Sheet → its first rows as they lie there, without NIK; {} for a file that is no spreadsheet."""
    try:
        with aside():
            grids = read_grids(content, name=PurePath(filename).stem)
    except UnreadableFile:
        return {}
    return {
        grid.name: [
            [without_nik(cell or "") for cell in grid.row(position)] for position in range(min(grid.rows, FIRST_ROWS))
        ]
        for grid in grids
    }
