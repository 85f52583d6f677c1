"""Text on a slide of the deck: runs with a size and a colour, boxes, and the largest letters that fit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches, Pt

from halal_ui.look.palette import LIGHT
from halal_ui.reports.deck_template import ACCENT
from halal_ui.slides.measure import lines

Place = tuple[float, float, float, float]
"""Left, top, width, height in inches."""

LEADING = 1.2
"""Height of a line, in its letters' size."""


@dataclass(frozen=True)
class Run:
    text: str
    size: float
    tone: str = "ink"
    bold: bool = False


def paint(colour: Any, tone: str) -> None:
    """A colour of the palette, by name: as an accent of the theme where it is one."""
    if tone in ACCENT:
        colour.theme_color = getattr(MSO_THEME_COLOR, f"ACCENT_{ACCENT[tone]}")
    elif tone == "ink":
        colour.theme_color = MSO_THEME_COLOR.TEXT_1
    else:
        colour.rgb = RGBColor.from_string(getattr(LIGHT, tone)[1:].upper())


def write(frame: Any, paragraphs: Iterable[Sequence[Run]], *, align: str = "l", gap: float = 0) -> None:
    """Paragraphs of runs into an empty text frame. `gap`: points after each paragraph."""
    frame.word_wrap = True
    for number, runs in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = {"l": PP_ALIGN.LEFT, "r": PP_ALIGN.RIGHT, "c": PP_ALIGN.CENTER}[align]
        if gap:
            paragraph.space_after = Pt(gap)
        for run in runs:
            put(paragraph, run)


def put(paragraph: Any, run: Run) -> None:
    added = paragraph.add_run()
    added.text = run.text
    added.font.size, added.font.bold = Pt(run.size), run.bold
    added.font.language_id = MSO_LANGUAGE_ID.INDONESIAN
    paint(added.font.color, run.tone)


def box(shapes: Any, place: Place, name: str, *, fill: str | None = None, inset: float = 0.0) -> Any:
    """A rectangle without a border, its text starting at the top; `name` is its name in the selection pane."""
    shape = shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(Inches, place))
    shape.name = name
    shape._element.remove(shape._element.find("{*}style"))  # the theme's shadow and border
    shape.line.fill.background()
    if fill is None:
        shape.fill.background()
    else:
        shape.fill.solid()
        paint(shape.fill.fore_color, fill)
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = Inches(inset)
    frame.margin_top = frame.margin_bottom = Inches(inset / 2)
    frame.vertical_anchor = MSO_ANCHOR.TOP
    return shape


def describe(shape: Any, alt: str) -> None:
    """The alternative text of a shape, for those who do not see it."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", alt)


def height(text: str, width: float, size: float, *, bold: bool = False) -> float:
    """
    Inches a text takes, in letters of `size` points within `width` inches.

    >>> height("Berau", 5, 12) == 12 * LEADING / 72
    True
    """
    return lines(text, width * 72 / size, bold=bold) * size * LEADING / 72


def fitted(text: str, width: float, room: float, sizes: Iterable[float], *, bold: bool = False) -> float:
    """
    The largest of the sizes in which the text fits; the smallest where none does.

    >>> fitted("Berau", 5, 1, (28, 24, 18)), fitted("Berau " * 90, 5, 1, (28, 24, 18))
    (28, 18)
    """
    ordered = sorted(sizes, reverse=True)
    return next((size for size in ordered if height(text, width, size, bold=bold) <= room), ordered[-1])
