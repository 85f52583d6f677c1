"""Words over a time chart, in as few lines as they need, none over another; how wide they are is told by who draws."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Literal

Side = Literal["left", "center", "right"]
"""Which part of a text is at its place."""

_BEFORE: Final[dict[Side, float]] = {"left": 0.0, "center": 0.5, "right": 1.0}


@dataclass(frozen=True)
class Lane:
    """Where a text stands: its line, 0 the first; what of it is at its place; from where to where it is written."""

    line: int
    side: Side
    begin: float
    end: float


def side_of(place: float, rim: float) -> Side:
    """
    A text near an end of 0…1, nearer than `rim`, begins or ends at its place; any other stands over it.

    >>> side_of(0.1, 0.2), side_of(0.5, 0.2), side_of(0.9, 0.2)
    ('left', 'center', 'right')
    """
    return "left" if place < rim else "right" if place > 1 - rim else "center"


def anchored(rim: float) -> Callable[[float, float], tuple[Side, float]]:
    """Texts of a plot from 0 to 1 that stretches: `side_of` decides, since how wide they will be is only guessed."""

    def begin(place: float, wide: float) -> tuple[Side, float]:
        side = side_of(place, rim)
        return side, place - wide * _BEFORE[side]

    return begin


def kept_between(left: float, right: float) -> Callable[[float, float], tuple[Side, float]]:
    """Texts over their places, moved as far as it takes to keep them between two ends; from the left where too long."""

    def begin(place: float, wide: float) -> tuple[Side, float]:
        return "center", max(min(place - wide / 2, right - wide), left)

    return begin


def in_lanes(
    labels: Iterable[tuple[float, str]],
    width: Callable[[str], float],
    *,
    begin: Callable[[float, float], tuple[Side, float]],
    most: int | None = None,
    gap: float = 0.0,
) -> list[Lane | None]:
    """
    For each label, a place and a text, the lowest line where it runs into none before it; None where all `most` lines
    are taken there. Who comes first gets a line first, so bring the important ones first.

    Places, `width`, `gap` (between two texts of a line) and what `begin` was made with are in one unit.

    >>> [lane and lane.line for lane in in_lanes([(0.5, "aaaa"), (0.6, "bbbb"), (0.9, "cc")],
    ...     lambda text: len(text) / 10, begin=anchored(0.2))]
    [0, 1, 0]
    """
    taken: list[list[tuple[float, float]]] = []
    lanes: list[Lane | None] = []
    for place, text in labels:
        wide = width(text)
        side, left = begin(place, wide)
        free = (
            line
            for line, spans in enumerate(taken)
            if all(left >= ended + gap or left + wide + gap <= begun for begun, ended in spans)
        )
        line = next(free, len(taken))
        if most is not None and line >= most:
            lanes.append(None)
            continue
        if line == len(taken):
            taken.append([])
        taken[line].append((left, left + wide))
        lanes.append(Lane(line, side, left, left + wide))
    return lanes
