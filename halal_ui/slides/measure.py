"""
How much room a text takes, without a browser: good enough to choose the size of its letters.

Lengths are in ems of the text itself. Letters count a little wider than most office faces draw them, so that what fits
here fits there.
"""

from functools import lru_cache
from typing import Final

_WIDTHS: Final = (
    ("iljI.,:;'|!· ", 0.29),
    ('ft()[]r-/"', 0.38),
    ("csvxyzkJL", 0.51),
    ("mwMWOQ%@GD", 0.86),
    ("–—−+=<>▲▼◆●▽✕✓", 0.8),
)
_WIDTH: Final = {letter: width for letters, width in _WIDTHS for letter in letters}
_SMALL, _CAPITAL = 0.565, 0.68  # letters and digits not named above
_BOLD: Final = 1.08


@lru_cache(20_000)
def width(text: str, *, bold: bool = False) -> float:
    """
    Ems of the text in one line.

    >>> width("") == 0 and width("mm") > width("ii")
    True
    """
    ems = sum(_WIDTH.get(letter, _CAPITAL if letter.isupper() else _SMALL) for letter in text)
    return ems * (_BOLD if bold else 1)


@lru_cache(20_000)
def lines(text: str, room: float, *, bold: bool = False) -> int:
    """
    How many lines the text takes in `room` ems; 0 of no text. A word wider than the room is broken.

    >>> lines("", 5), lines("Kutai Timur", 20), lines("Kutai Timur", 4), lines("a" * 40, 10)
    (0, 1, 2, 3)
    """
    count, used = 0, float("inf")
    for word in text.split():
        wide = width(word, bold=bold)
        if used + width(" ") + wide <= room:
            used += width(" ") + wide
        else:
            broken = int(wide // max(room, 1))
            count, used = count + 1 + broken, wide - broken * max(room, 1)
    return count


def longest_word(text: str, *, bold: bool = False) -> float:
    """
    Ems of its longest word: a column narrower than that would break it.

    >>> longest_word("di Samarinda") == width("Samarinda")
    True
    """
    return max((width(word, bold=bold) for word in text.split()), default=0.0)
