"""A cross table: kabupaten/kota down and LP3H across, or the reverse, with a number in each cell."""

from dataclasses import dataclass, field
from typing import Final

from halal_metrics.sheets.headings.header_rows import Header

OTHER: Final = {"lp3h": "kab_kota", "kab_kota": "lp3h"}
"""What stands across → what stands down."""


@dataclass(frozen=True)
class Crossing:
    """One column of cells, or of dates that go with them."""

    name: str
    """The LP3H or the place as its header writes it."""
    measure: str | None = None
    """The column its cells belong to; None where all the table's belong to one, which other words tell."""
    date: str | None = None
    """What a second header line says of when."""


@dataclass(frozen=True)
class Crossed:
    """What was decided about the cells of a cross table."""

    across: str
    """The column whose values stand side by side."""
    cells: dict[str, Crossing]
    """Header → what stands below it, of a measure that is known."""
    totals: dict[str, str | None]
    """Header of a column that sums the rows → the measure it sums."""
    told: str
    """The text that tells what the numbers are, where one does."""


@dataclass(frozen=True)
class Matrix(Header):
    """The header of a cross table."""

    across: str = "lp3h"
    """The column whose values stand side by side."""
    label: str = ""
    """The header of the column that names the rows."""
    crossings: dict[str, Crossing] = field(default_factory=dict)
    """Header → what its cells are."""
    totals: dict[str, str | None] = field(default_factory=dict)
    """Header of a column that sums the rows → the measure it sums, as in `Crossing`."""
    instead: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Header of numbers that are not the value → why, as in `count_columns.WHY`, and the header that is."""
    names_at: int = 0
    """Position of the line that names what stands across."""
    dates_at: int | None = None
    """Position of the line that has their dates."""
    dates: str = ""
    """What the line of dates calls itself."""
    said: tuple[str, ...] = ()
    """The words over the names and in the corner."""
    body_end: int = 0
    """Position of the row below its last."""

    @property
    def down(self) -> str:
        """The column whose values stand below one another."""
        return OTHER[self.across]


def with_matrices(found: list[Header], matrices: list[Matrix]) -> list[Header]:
    """The headers of a sheet with its cross tables among them, instead of what else was seen in those."""
    others = [
        header
        for header in found
        if not any(matrix.first < header.end and header.first < matrix.body_end for matrix in matrices)
    ]
    return sorted([*others, *matrices], key=lambda header: header.first)
