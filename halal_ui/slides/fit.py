"""How the parts of a slide share the screen, and how large the letters can be so that all of it is seen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from halal_ui.slides import measure
from halal_ui.slides.bars import bars
from halal_ui.slides.block import Block
from halal_ui.slides.cards import figures
from halal_ui.slides.curve import curve
from halal_ui.slides.table import table
from halal_ui.slides.text import TITLE_LINE, sentences, title_height
from halal_ui.slides.tiles import tiles
from halal_ui.story.pictures import Bars, Curve, Picture
from halal_ui.story.slide import Slide

WIDE, HIGH = 94.0, 56.25
"""Of a slide between its margins and of a screen of 16:9, in hundredths of the screen's width."""

GAP: Final = 1.2
_MARGINS: Final = 2.6  # above and below
_LARGEST, _SMALLEST = 1.8, 1.08  # letters: 20.7 pixels at 1920 at the least
_ALONE: Final = 2.2  # letters of a slide of sentences
_MOST_ROWS: Final = 24  # more have no room in the smallest letters
_SMALL_NUMBERS, _LINES_BESIDE = 0.3, 0.35
"""How much smaller letters may be before large numbers, or the width of a picture, are given up for them."""

_RATIOS: Final = (0.6, 0.5, 0.42, 0.34, 0.66)


@dataclass(frozen=True)
class Fitted:
    """
    The parts in their places: `top` across the slide, then `left` and `right`, `ratio` of the width to the left, or
    only `left`; `foot` across it again. `letter`: their size.
    """

    letter: float
    top: tuple[Block, ...]
    left: tuple[Block, ...]
    right: tuple[Block, ...] = ()
    foot: tuple[Block, ...] = ()
    ratio: float = 1.0

    @property
    def rooms(self) -> tuple[float, float]:
        if not self.right:
            return WIDE, 0.0
        return self.ratio * (WIDE - 2 * GAP), (1 - self.ratio) * (WIDE - 2 * GAP)

    @property
    def height(self) -> float:
        beside = max(self._column(self.left, self.rooms[0]), self._column(self.right, self.rooms[1]))
        parts = [*(block.height(WIDE, self.letter) for block in (*self.top, *self.foot)), *([beside] if beside else [])]
        return sum(parts) + GAP * max(len(parts) - 1, 0)

    def _column(self, blocks: Sequence[Block], room: float) -> float:
        heights = [block.height(room, self.letter) for block in blocks]
        return sum(heights) + GAP * max(len(heights) - 1, 0)


def fitted(slide: Slide, foot: float) -> Fitted:
    """
    The largest letters with which everything fits above a foot of that height. Where not even the smallest do, the
    longest table ends earlier and says so; then sentences are left out from the last.
    """
    room = HIGH - _MARGINS - foot - title_height(slide.title, WIDE) - 2 * GAP
    rows = [min(len(shown.frame), _MOST_ROWS) for shown in slide.tables]
    while True:
        best = _best(slide, rows, room)
        if best.height <= room:
            return best
        if rows and max(rows) > 1:
            rows[rows.index(max(rows))] -= 1
        elif slide.lines:
            slide = replace(slide, lines=slide.lines[:-1])
        else:
            return best


def _best(slide: Slide, rows: Sequence[int], room: float) -> Fitted:
    tried = sorted(_options(slide, rows), key=lambda option: -option[0])
    fits = (option for _, option in tried if option.height <= room)
    return next(fits, None) or min((option for _, option in tried), key=lambda option: option.height)


def _options(slide: Slide, rows: Sequence[int]) -> Iterator[tuple[float, Fitted]]:
    """Every way to set the slide, each with how good it would be if it fitted: its letters, less what it gives up."""
    alone = slide.picture is None and not slide.tables
    picture = [] if slide.picture is None else [_picture(slide.picture)]
    main = [*picture, *(table(shown, rows=many) for shown, many in zip(slide.tables, rows, strict=True))]
    lines = [sentences(slide.lines)] if slide.lines else []
    for small in (False, True) if slide.figures else (False,):
        top = (figures(slide.figures, alone=alone, small=small),) if slide.figures else ()
        for left, right, foot, ratio, loss in _arranged(main, lines):
            for letter in _sizes(_ALONE if alone else _LARGEST):
                fit = Fitted(letter, top, tuple(left), tuple(right), tuple(foot), ratio)
                yield letter - loss - (_SMALL_NUMBERS if small else 0), fit


def _sizes(largest: float) -> list[float]:
    steps = round((largest - _SMALLEST) / 0.06)
    return [round(_SMALLEST + 0.06 * step, 2) for step in range(steps, -1, -1)]


_Arranged = tuple[list[Block], list[Block], list[Block], float, float]


def _arranged(main: list[Block], lines: list[Block]) -> Iterator[_Arranged]:
    """Below each other, or side by side: the first part at the left, the others at the right, lines under either."""
    yield main or lines, [], lines if main else [], 1.0, 0.0
    if len(main) > 1:
        for ratio in _RATIOS:
            yield main[:1], main[1:], lines, ratio, 0.0
            if lines:
                yield main[:1], [*main[1:], *lines], [], ratio, 0.0
                yield [*main[:1], *lines], main[1:], [], ratio, 0.0
    elif main and lines:
        yield main, lines, [], 0.66, _LINES_BESIDE


def _picture(picture: Picture) -> Block:
    if isinstance(picture, Bars):
        return bars(picture)
    return curve(picture) if isinstance(picture, Curve) else tiles(picture)


def opening(slide: Slide, foot: float) -> tuple[float, float]:
    """Letters of the title and of the sentences of a slide that has nothing else, and a fourth of it free above."""
    title = next((size for size in (6.0, 5.0, 4.2, 3.4) if measure.lines(slide.title, 84 / size, bold=True) <= 3), 2.8)
    room = HIGH * 0.76 - _MARGINS - foot - title * TITLE_LINE * measure.lines(slide.title, 84 / title, bold=True)
    said = sentences(slide.lines)
    return title, next((s for s in (2.0, 1.7, 1.4, 1.2) if said.height(WIDE, s * 1.1) + 2 * s <= room), _SMALLEST)
