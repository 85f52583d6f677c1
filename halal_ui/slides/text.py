"""The words of a slide: its title, short sentences below, and the foot that stands on every one."""

import re
from collections.abc import Sequence
from html import escape
from typing import Final

from halal_ui.slides import measure
from halal_ui.slides.block import Block
from halal_ui.story.slide import Story

TITLE_LINE: Final = 1.14
_TITLE_SIZES: Final = ((70, 3.1), (120, 2.6), (999, 2.2))  # letters → their height; 42 pixels at 1920 at the least
_LINE, _APART = 1.32, 0.35
_MEETING: Final = re.compile(r"\bR-\d{4}-\d\d-\d\d(-\d+)?\b")
FOOT: Final = 1.08


def title_size(title: str) -> float:
    """
    Letters of a title, the larger the shorter it is.

    >>> title_size("Kurva S") > title_size("Kurva S" * 30) > 2.08
    True
    """
    return next(size for letters, size in _TITLE_SIZES if len(title) <= letters or letters == 999)


def title_height(title: str, room: float) -> float:
    size = title_size(title)
    return size * TITLE_LINE * measure.lines(title, room / size, bold=True)


def prose(text: str) -> str:
    """
    A sentence as HTML, the id of a meeting in one piece.

    >>> prose("dari R-2025-06-04 & lain")
    'dari <span class="whole">R-2025-06-04</span> &amp; lain'
    """
    return _MEETING.sub(r'<span class="whole">\g<0></span>', escape(text))


def sentences(lines: Sequence[str]) -> Block:
    html = "".join(f"<li>{prose(line)}</li>" for line in lines)

    def height(room: float, letter: float) -> float:
        ems = room / letter - 1.2
        return letter * sum(_LINE * measure.lines(line, ems) + _APART for line in lines)

    return Block(lambda room, letter: f'<ul class="lines">{html}</ul>', height)


def foot(story: Story, place: int) -> str:
    """Which set, as of when, from what; invented numbers say so; which slide of how many."""
    mark = f'<b class="slide-mark">{escape(story.mark)}</b>' if story.mark else ""
    said = (story.meeting_id, story.stamp, story.source)
    parts = "".join(f"<span>{escape(text)}</span>" for text in said if text)
    numbers = f'<span class="slide-number">{place}</span>/<span class="slide-count">{len(story.slides)}</span>'
    return f'<footer class="slide-foot">{mark}{parts}<span class="slide-place">{numbers}</span></footer>'


def foot_height(story: Story, room: float) -> float:
    said = "     ".join((story.mark, story.meeting_id, story.stamp, story.source))
    return FOOT * (1.3 * measure.lines(f"{said}        {len(story.slides)}/{len(story.slides)}", room / FOOT) + 1.2)
