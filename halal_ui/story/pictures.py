"""Pictures as data: what is to be seen, whoever draws it (a browser, a pptx, a sheet of paper)."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from halal_ui.snapshot.marks import Mark


@dataclass(frozen=True)
class Bar:
    """
    One bar: `value` long on a track of `of`, with a stroke at `mark` (the plan). `text` is the value as it is written
    beside it, `note` what more there is to say; `tone` a colour's name in the palette ("used", "issued", "behind", …).
    """

    label: str
    value: float
    text: str
    of: float | None = None
    mark: float | None = None
    note: str = ""
    tone: str = "used"


@dataclass(frozen=True)
class Bars:
    """Bars below each other, on one scale. `unit` of the values; `mark_label` says what the strokes are."""

    name: str
    unit: str
    bars: tuple[Bar, ...]
    of_label: str = ""
    mark_label: str = ""
    alt: str = ""

    @property
    def longest(self) -> float:
        """The end of the scale; 1 where there is nothing."""
        return max([*(max(bar.value, bar.of or 0, bar.mark or 0) for bar in self.bars), 0]) or 1


@dataclass(frozen=True)
class Tile:
    """
    A kab/kota in the grid: `row`, `column` of it; `value` large, `note` small; `share` 0…1 of its quota, and `mark`
    where the plan is on the same scale; `status`.
    """

    name: str
    row: int
    column: int
    value: str
    note: str
    share: float | None
    status: str
    """A deadline status: its mark, word and colour are in `theme`."""
    mark: float | None = None


@dataclass(frozen=True)
class Tiles:
    name: str
    tiles: tuple[Tile, ...]
    alt: str = ""


@dataclass(frozen=True)
class Curve:
    """
    The S-curve. `frame`: `date, planned, submitted, issued`, a row a day; submitted and issued missing after `as_of`.
    `ahead`: `date, measure ("used"|"issued"), p10, p50, p90`, a row a day and measure from as_of on, where the picture
    tells what is to come; `told_until`: the last day of which every LP3H has told.
    """

    name: str
    frame: pd.DataFrame
    as_of: pd.Timestamp
    marks: tuple[Mark, ...] = ()
    alt: str = ""
    ahead: pd.DataFrame | None = None
    told_until: pd.Timestamp | None = None

    def bands(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """(column of the frame that goes on, its `date, p10, p50, p90`), the higher first; none without a forecast."""
        if self.ahead is not None:
            for measure, column in (("used", "submitted"), ("issued", "issued")):
                yield column, self.ahead[self.ahead["measure"] == measure]


Picture = Bars | Tiles | Curve
