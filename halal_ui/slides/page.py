"""The slides of a story as HTML: whoever shows them chooses which one is seen."""

from collections.abc import Iterable, Sequence
from html import escape

from halal_ui.slides.block import Block
from halal_ui.slides.fit import WIDE, Fitted, fitted, opening
from halal_ui.slides.text import foot, foot_height, prose, title_size
from halal_ui.story.slide import Slide, Story


def slides_html(story: Story, *, dark: bool) -> str:
    """
    Every slide as `<section class="slide" id="slide-KEY" data-key="KEY" data-name="NAME">` in one `<div class="slides"
    data-dark="true">` that fills whatever layer it is laid in; they lie over each other, so all but one are to be
    `hidden`. `STYLE` belongs on the page once. Everything from the story is escaped.

    >>> from halal_ui.story.slide import Slide, Story
    >>> one = Story("R-2025-06-04", "Rapat", "", "", "per 4 Juni 2025", "", "", (Slide("judul", "Judul", "Rapat <3>"),))
    >>> html = slides_html(one, dark=False)
    >>> 'data-key="judul"' in html, "&lt;3&gt;" in html, 'data-dark="false"' in html
    (True, True, True)
    """
    slides = "".join(_slide(story, slide, place) for place, slide in enumerate(story.slides, 1))
    return f'<div class="slides" data-dark="{str(dark).lower()}">{slides}</div>'


def _slide(story: Story, slide: Slide, place: int) -> str:
    key, below = escape(slide.key), foot_height(story, WIDE)
    only_words = not (slide.figures or slide.picture or slide.tables)
    if only_words:
        size, letter = opening(slide, below)
        body = _sentences(slide, letter)
    else:
        size, body = title_size(slide.title), _body(slide, fitted(slide, below))
    return (
        f'<section class="slide{" opening" if only_words else ""}" id="slide-{key}" data-key="{key}"'
        f' data-name="{escape(slide.name)}" aria-label="{escape(slide.name)}">'
        f'<h2 class="slide-title" style="--s:{size}">{prose(slide.title)}</h2>{body}{foot(story, place)}</section>'
    )


def _sentences(slide: Slide, letter: float) -> str:
    lines = "".join(f"<p>{prose(line)}</p>" for line in slide.lines)
    return f'<div class="slide-body" style="--t:{letter}">{lines}</div>'


def _body(slide: Slide, fit: Fitted) -> str:
    alone = " alone" if not (slide.picture or slide.tables) else ""
    left, right = fit.rooms
    columns = _column(fit.left, left, fit.letter)
    if fit.right:
        shares = f"grid-template-columns:{fit.ratio:.2f}fr {1 - fit.ratio:.2f}fr"
        kind = "beside" if any(block.fills for block in (*fit.left, *fit.right)) else "beside short"
        columns = f'<div class="{kind}" style="{shares}">{columns}{_column(fit.right, right, fit.letter)}</div>'
    return (
        f'<div class="slide-body{alone}" style="--t:{fit.letter}">{_drawn(fit.top, WIDE, fit.letter)}'
        f"{columns}{_drawn(fit.foot, WIDE, fit.letter)}</div>"
    )


def _column(blocks: Sequence[Block], room: float, letter: float) -> str:
    """A picture takes the height that is left; without one the column ends where its text does."""
    kind = "column" if any(block.fills for block in blocks) else "column short"
    return f'<div class="{kind}">{_drawn(blocks, room, letter)}</div>' if blocks else ""


def _drawn(blocks: Iterable[Block], room: float, letter: float) -> str:
    return "".join(block.draw(room, letter) for block in blocks)
