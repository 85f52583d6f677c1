"""Rows of a sheet as lines of text, without NIK: the first, those above a table."""

from typing import Final

from halal_metrics.personal import without_nik
from halal_metrics.sheets.files import Grid
from halal_metrics.sheets.headings.header_rows import HEADER_WITHIN
from halal_metrics.sheets.values import cells

_FEW: Final = 3  # cells of a title line at most


def first_lines(grid: Grid) -> list[str]:
    """The rows among which a header is looked for, each in one line "A | B", without NIK."""
    rows = range(min(HEADER_WITHIN, grid.rows))
    return [without_nik(" | ".join(text or "" for text in grid.row(row))).rstrip(" |") for row in rows]


def words_over(grid: Grid, before: int) -> list[list[str]]:
    """The lines above a table as blocks between blank rows, the nearest first, up to other rows of cells; its name."""
    blocks: list[list[str]] = [[]]
    for position in range(before - 1, -1, -1):
        texts = [text for text in grid.row(position) if text]
        if len(texts) > _FEW:
            break
        if texts:
            blocks[-1].append(without_nik(cells.joined(texts)))
        elif blocks[-1]:
            blocks.append([])
    return [*blocks, [grid.name.replace("_", " ")]]
