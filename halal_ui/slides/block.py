"""A part of a slide: its HTML, and how much of the screen it needs."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Block:
    """
    `draw(room, letter)` is its HTML and `height(room, letter)` what it needs at least, when it is `room` wide and its
    letters are `letter` high. All in hundredths of the width of a screen of 16:9, which is 56.25 high: the `--u` of the
    stylesheet. `fills`: it is a picture with something in it, and takes what is left over.
    """

    draw: Callable[[float, float], str]
    height: Callable[[float, float], float]
    fills: bool = False
