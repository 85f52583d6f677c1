"""The meeting's slides as a presentation that PowerPoint and LibreOffice open and edit."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import replace
from io import BytesIO
from typing import Any, Final

from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.util import Pt

from halal_metrics.definitions import DEFINITIONS, Definition
from halal_store import Meeting
from halal_ui.reports.deck_charts import bars_chart, curve_chart, empty_picture, has_values
from halal_ui.reports.deck_tables import CAPTION, Cells, draw_table, parts_of
from halal_ui.reports.deck_template import (
    BODY_END,
    BODY_TOP,
    CONTENT,
    INSIDE,
    MARGIN,
    OPENING,
    TITLE_HEIGHT,
    new_presentation,
)
from halal_ui.reports.deck_text import Place, Run, box, fitted, height, put, write
from halal_ui.reports.deck_tiles import cards_height, draw_cards, tiles_shapes
from halal_ui.reports.package import settled
from halal_ui.snapshot.meeting_set import meeting_set
from halal_ui.story import Slide, Story, story
from halal_ui.story.pictures import Bars, Curve, Picture, Tiles
from halal_ui.views.shown import Table
from halal_ui.words.columns import column_of
from halal_ui.words.names import NO_DATA

_GAP: Final = 0.18
_BETWEEN: Final = 4  # points from one line to the next
_CONTINUED: Final = " (lanjutan)"

Part = tuple[Table, Cells, float]


def deck(meeting: Meeting) -> bytes:
    """
    The slides of a meeting as pptx, 16:9: native charts and tables, the words and numbers of its story.

    The same meeting gives the same bytes. A table too long for a slide goes on on a next one of the same title.
    """
    return deck_of(story(meeting_set(meeting)), meeting)


def deck_of(told: Story, meeting: Meeting) -> bytes:
    """The same, of a story that is at hand."""
    presentation = new_presentation()
    drawn = [page for slide in told.slides for page in _pages(slide)]
    for number, (slide, parts) in enumerate(drawn, start=1):
        page = presentation.slides.add_slide(presentation.slide_layouts[OPENING if _opens(slide) else CONTENT])
        if _opens(slide):
            _opening(page, slide)
        else:
            _content(page, slide, parts)
        _foot(page, told, f"/{len(drawn)}", number)
        _notes(page, slide, told)
    about, moment = presentation.core_properties, meeting.frozen_at.to_pydatetime()
    about.title, about.author, about.language = f"{told.title} · {told.meeting_id}", "Pantau Halal", "id-ID"
    about.subject, about.identifier, about.keywords = told.stamp, told.meeting_id, told.mark
    about.created = about.modified = about.last_printed = moment
    about.last_modified_by, about.revision, about.comments = "Pantau Halal", 1, told.source
    file = BytesIO()
    presentation.save(file)
    return settled(file.getvalue(), meeting.frozen_at)


def _opens(slide: Slide) -> bool:
    return slide.key == "judul"


def _pages(slide: Slide) -> Iterator[tuple[Slide, list[Part]]]:
    """The slide with what fits of its tables, then what does not, alone."""
    if len(slide.tables) == 0 or _opens(slide):
        yield slide, []
        return
    room = _main(slide)[3] / (2 if slide.picture is not None else 1) / len(slide.tables) - CAPTION
    split = [[(table, *part) for part in parts_of(table, INSIDE, max(room, 1.2))] for table in slide.tables]
    yield slide, [parts[0] for parts in split]
    for parts in split:
        for part in parts[1:]:
            yield replace(slide, title=slide.title + _CONTINUED, figures=(), picture=None, lines=()), [part]


def _opening(page: Any, slide: Slide) -> None:
    _title(page, slide.title, 1.9, (40, 36, 32, 28, 24))
    first, *others = slide.lines or ("",)
    paragraphs = [[Run(first, 22, "ink", True)], *([Run(line, 16, "muted")] for line in others)]
    write(page.placeholders[1].text_frame, paragraphs, gap=6)


def _content(page: Any, slide: Slide, parts: list[Part]) -> None:
    _title(page, slide.title, TITLE_HEIGHT, (26, 24, 22, 20, 18))
    if slide.figures:
        draw_cards(page.shapes, slide.figures, (MARGIN, BODY_TOP, INSIDE, cards_height(slide.figures, INSIDE)))
    left, top, wide, tall = _main(slide)
    if slide.picture is not None:
        high = tall / 2 if parts else tall
        _picture(page.shapes, slide.picture, (left, top, wide, high))
        top, tall = top + high, tall - high
    for number, (table, cells, size) in enumerate(parts):
        each = tall / len(parts)
        draw_table(page.shapes, table, cells, size, (left, top + number * each, wide, each))
    if slide.lines:
        size = _line_size(slide)
        alone = slide.picture is None and not parts
        place = (left, top if alone else BODY_END - _lines_height(slide), wide, _lines_height(slide))
        lines = box(page.shapes, place, "Keterangan")
        write(lines.text_frame, ([Run("▪ ", size, "quota"), Run(line, size)] for line in slide.lines), gap=_BETWEEN)


def _title(page: Any, text: str, room: float, sizes: tuple[int, ...]) -> None:
    put(
        page.shapes.title.text_frame.paragraphs[0], Run(text, fitted(text, INSIDE, room, sizes, bold=True), "ink", True)
    )


def _main(slide: Slide) -> Place:
    """Where picture and tables stand: below the figures, above the lines."""
    cards, lines = cards_height(slide.figures, INSIDE), _lines_height(slide)
    top = BODY_TOP + (cards + _GAP if cards else 0)
    return MARGIN, top, INSIDE, BODY_END - top - (lines + _GAP if lines else 0)


def _line_size(slide: Slide) -> float:
    alone = slide.picture is None and not slide.tables
    if isinstance(slide.picture, Curve) and slide.picture.ahead is not None:  # what is to come needs the height
        return 12
    sizes, room = ((20, 18, 16, 14, 12), 4.5) if alone else ((14, 13, 12) if slide.tables else (16, 14, 13, 12), 1.3)
    return next((size for size in sizes if _tall(slide.lines, size) <= room), sizes[-1])


def _lines_height(slide: Slide) -> float:
    return _tall(slide.lines, _line_size(slide))


def _tall(lines: Sequence[str], size: float) -> float:
    return sum(height(f"▪ {line}", INSIDE, size) + _BETWEEN / 72 for line in lines)


def _picture(shapes: Any, picture: Picture, place: Place) -> None:
    if isinstance(picture, Bars) and picture.bars:
        bars_chart(shapes, picture, place)
    elif isinstance(picture, Curve) and has_values(picture):
        curve_chart(shapes, picture, place)
    elif isinstance(picture, Tiles) and picture.tiles:
        tiles_shapes(shapes, picture, place)
    else:
        empty_picture(shapes, f"{picture.name}: {NO_DATA}", place)


def _foot(page: Any, told: Story, of: str, number: int) -> None:
    """Footer and number as placeholders, which a slide does not take over from its layout by itself."""
    used = max(int(found) for found in page.shapes._spTree.xpath(".//p:cNvPr/@id"))
    for place, shape in enumerate(
        shape for shape in page.slide_layout.placeholders if shape.placeholder_format.idx > 10
    ):
        copy = deepcopy(shape._element)
        copy.nvSpPr.cNvPr.set("id", str(used + 1 + place))
        for own in list(copy.spPr):  # place and form are the layout's
            copy.spPr.remove(own)
        page.shapes._spTree.append(copy)
    foot, last = (shape for shape in page.placeholders if shape.placeholder_format.idx > 10)
    stamp = " · ".join(filter(None, (told.meeting_id, told.stamp, told.source)))
    put(foot.text_frame.paragraphs[0], Run(stamp, 11, "muted"))
    if told.mark:
        put(foot.text_frame.paragraphs[0], Run(f"   {told.mark}", 11, "behind", True))
    last._element.xpath(".//a:fld/a:t")[0].text = str(number)
    put(last.text_frame.paragraphs[0], Run(of, 11, "muted"))


def _notes(page: Any, slide: Slide, told: Story) -> None:
    """For whoever speaks: the message, the lines, and what each figure means."""
    frame = page.notes_slide.notes_text_frame
    frame.text = "\n".join((slide.title, *slide.lines, *_meanings(slide), f"{told.meeting_id} · {told.stamp}"))
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run.font.size, run.font.language_id = Pt(12), MSO_LANGUAGE_ID.INDONESIAN


_BY_NAME: Final[dict[str, Definition]] = {each.name: each for each in reversed(DEFINITIONS.values())}


def _meanings(slide: Slide) -> Iterator[str]:
    headers = [column_of(table.columns, name).header for table in slide.tables for name in table.frame]
    for name in dict.fromkeys([*(card.label for card in slide.figures), *headers]):
        if meaning := _BY_NAME.get(name):
            divided = f", dibagi {meaning.denominator}" if meaning.denominator else ""
            yield f"{meaning.name} ({meaning.unit}): {meaning.numerator}{divided}."
