"""The four figures a place can be coloured by: how each is written, and which colour its value has."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Any, Final

import pandas as pd

from halal_ui.charts.canvas import blend
from halal_ui.look.palette import Palette
from halal_ui.words.columns import COLUMNS
from halal_ui.words.formats import fmt_number, fmt_rate, fmt_signed, is_missing


@dataclass(frozen=True)
class ColourScale:
    """A column: its name on screen, how a value is written, and the colours it runs through."""

    title: str
    write: Callable[..., str]
    digits: int
    ramp: str
    """Field of Palette."""
    end: tuple[float, float] = (0.25, 1.0)
    """The ramp ends at the largest value, but within these: next to nothing is not painted as if it were much, and one
    group that overshot does not make all others pale."""

    def text(self, value: Any, *, digits: int | None = None) -> str:
        return self.write(value, digits=self.digits if digits is None else digits)

    def largest(self, values: pd.Series) -> float:
        """What the end of the ramp stands for."""
        return min(max([self.end[0], *values.abs().dropna()]), self.end[1])

    def share(self, value: Any, largest: float) -> float | None:
        """Where a value lies on the ramp: a gap either side of 0, all others from 0 up."""
        if is_missing(value):
            return None
        return float(value) / largest / 2 + 0.5 if self.ramp == "gap_ramp" else float(value) / largest

    def colour(self, value: Any, largest: float, palette: Palette) -> str | None:
        share = self.share(value, largest)
        return None if share is None else blend(getattr(palette, self.ramp), share)


COLOUR_SCALES: Final = {
    "absorption_rate": ColourScale(COLUMNS["absorption_rate"].header, fmt_rate, 1, "used_ramp"),
    "issuance_rate": ColourScale(COLUMNS["issuance_rate"].header, fmt_rate, 1, "issued_ramp"),
    "gap": ColourScale(COLUMNS["gap"].header, fmt_signed, 0, "gap_ramp", (5, inf)),
    "pace_per_week": ColourScale(COLUMNS["pace_per_week"].header, fmt_number, 1, "used_ramp", (2, inf)),
}
