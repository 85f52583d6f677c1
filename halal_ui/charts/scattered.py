"""Labels of scattered points: beside each point where they cover no other."""

from collections.abc import Sequence
from typing import Final, NamedTuple

NARROW: Final = 260
"""Pixels across a plot on a phone: what does not overlap there does not when it is wider."""
_LETTER, _LINE = 7, 17  # pixels of a letter and of a line of text at 14 px
_SIDES: Final = {
    "middle right": (1, 0),
    "middle left": (-1, 0),
    "top center": (0, 1),
    "bottom center": (0, -1),
    "top right": (1, 1),
    "bottom right": (1, -1),
    "top left": (-1, 1),
    "bottom left": (-1, -1),
}


class _Box(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float

    def shared(self, other: "_Box") -> float:
        """Square pixels that both cover."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.top, other.top) - max(self.bottom, other.bottom)
        return max(wide, 0.0) * max(high, 0.0)


def free_sides(
    x: Sequence[float], y: Sequence[float], sizes: Sequence[float], texts: Sequence[str], *, height: float
) -> list[str]:
    """
    plotly's textposition for each point; the first points choose first. x and y are shares of the plot,
    `sizes` the points' diameters and `height` the plot's height in pixels.

    >>> free_sides([0.5, 0.5], [0.5, 0.52], [10, 10], ["Kukar", "Kutim"], height=300)
    ['middle right', 'middle left']
    """
    centres = [(NARROW * across, height * up) for across, up in zip(x, y, strict=True)]
    points = [_box(centre, size, size) for centre, size in zip(centres, sizes, strict=True)]
    plot = _Box(0, 0, NARROW, height)
    labels: list[_Box] = []
    chosen = []
    for centre, size, text in zip(centres, sizes, texts, strict=True):
        boxes = {side: _beside(centre, size, text, step) for side, step in _SIDES.items()}
        cost = {
            side: sum(box.shared(other) for other in (*points, *labels)) + 2 * (box.shared(box) - box.shared(plot))
            for side, box in boxes.items()
        }
        best = min(_SIDES, key=cost.__getitem__)
        chosen.append(best)
        labels.append(boxes[best])
    return chosen


def _beside(centre: tuple[float, float], size: float, text: str, step: tuple[int, int]) -> _Box:
    width = len(text) * _LETTER
    middle = (centre[0] + step[0] * (size + width) / 2, centre[1] + step[1] * (size + _LINE) / 2)
    return _box(middle, width, _LINE)


def _box(middle: tuple[float, float], width: float, height: float) -> _Box:
    return _Box(middle[0] - width / 2, middle[1] - height / 2, middle[0] + width / 2, middle[1] + height / 2)
