"""A4 sheets: their letters, the footer of every page, the outline. Knows nothing of what stands on them."""

import os
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pandas as pd
import reportlab
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from halal_ui.look.palette import LIGHT

REGULAR, BOLD = "PantauVera", "PantauVera-Bold"
_FILES: Final = {REGULAR: "Vera.ttf", BOLD: "VeraBd.ttf"}

WIDE, TALL = A4
SIDE, TOP, FOOT = 15 * mm, 13 * mm, 19 * mm
INNER: Final = WIDE - 2 * SIDE
SMALL, TEXT, TITLE = 9, 9.5, 12.5
"""Points. Nothing on paper is smaller than SMALL."""

_WORDS: Final = {"→": "menjadi", "≈": "sekitar", "•": "×", "\u2011": "-", "\u202f": "\u00a0", "\t": " ", "\n": " "}
"""Characters the face lacks, in words."""
_MARKS: Final = "▲▼△▽●○◐◆◇■✓✕✗"
"""Signs that only repeat the word or the sign of the number beside them; where they matter they are drawn."""

_STAMP: Final = "D:%Y%m%d%H%M%S"


def register() -> None:
    """The face of all papers, which comes with the library: no paper depends on what a machine has installed."""
    folder = Path(os.path.dirname(reportlab.__file__)) / "fonts"
    for name, file in _FILES.items():
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(folder / file)))


@cache
def _drawable() -> frozenset[int]:
    register()
    faces: list[Any] = [pdfmetrics.getFont(name).face for name in _FILES]  # type: ignore[attr-defined]
    return frozenset.intersection(*(frozenset(face.charToGlyph) for face in faces))


def printable(text: str) -> str:
    """
    The text with what the face can draw: marks left out, an arrow in words, an unknown sign as "?".

    >>> printable("▲ +20 dalam 4 pekan"), printable("5 → 6"), printable("猫 · ≥ 3")
    ('+20 dalam 4 pekan', '5 menjadi 6', '? · ≥ 3')
    """
    for mark in _MARKS:
        text = text.replace(f"{mark} ", "").replace(mark, "")
    told = "".join(_WORDS.get(letter, letter) for letter in text)
    return "".join(letter if ord(letter) in _drawable() else "?" for letter in told)


def style(size: float = TEXT, *, bold: bool = False, colour: str = LIGHT.ink, right: bool = False) -> ParagraphStyle:
    """Text of that size, in points."""
    register()
    return ParagraphStyle(
        f"{size} {bold} {colour} {right}",
        fontName=BOLD if bold else REGULAR,
        fontSize=size,
        leading=size * 1.28,
        textColor=HexColor(colour),
        splitLongWords=1,
        **({"alignment": TA_RIGHT} if right else {}),
    )


class Bookmark(Flowable):
    """An entry of the outline; takes no room."""

    def __init__(self, name: str, level: int = 0) -> None:
        super().__init__()
        self.name, self.level = name, level

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        self.canv.bookmarks.append((self.name, self.level))


def to_pdf(
    content: list[Flowable], *, title: str, author: str, frozen_at: pd.Timestamp, foot: tuple[str, str]
) -> bytes:
    """The sheets as bytes, the same for the same content. `foot`: the two lines at the bottom."""
    file = BytesIO()
    paper = BaseDocTemplate(file, pagesize=A4, title=title, author=author, creator="Pantau Halal", lang="id-ID")
    room = Frame(SIDE, FOOT, INNER, TALL - TOP - FOOT, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    paper.addPageTemplates(PageTemplate("page", [room]))
    paper.build(content, canvasmaker=_canvas(frozen_at, foot))
    return file.getvalue()


def _canvas(frozen_at: pd.Timestamp, foot: tuple[str, str]) -> Callable[..., Canvas]:
    class Numbered(Canvas):
        """How many pages there are is known only at the last: each is kept until then."""

        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **(named | {"invariant": 1}))
            self.setDateFormatter(lambda *_: frozen_at.strftime(_STAMP))
            self._kept: list[dict[str, Any]] = []
            self.bookmarks: list[tuple[str, int]] = []

        def showPage(self) -> None:
            self._kept.append(dict(self.__dict__))
            self.bookmarks = []
            self._startPage()  # type: ignore[attr-defined]

        def save(self) -> None:
            for number, page in enumerate(self._kept, 1):
                self.__dict__.update(page)
                for name, level in self.bookmarks:  # only now is it known which page this is
                    self.bookmarkPage(name)
                    self.addOutlineEntry(printable(name), name, level)
                _draw_foot(self, foot, f"{number}/{len(self._kept)}")
                Canvas.showPage(self)
            super().save()

    return Numbered


def _draw_foot(canvas: Canvas, foot: tuple[str, str], number: str) -> None:
    canvas.setStrokeColor(HexColor(LIGHT.rule))
    canvas.line(SIDE, 15 * mm, WIDE - SIDE, 15 * mm)
    canvas.setFillColor(HexColor(LIGHT.muted))
    canvas.setFont(REGULAR, SMALL)
    for up, line in zip((10.6 * mm, 6.4 * mm), foot, strict=True):
        canvas.drawString(SIDE, up, printable(line))
    canvas.drawRightString(WIDE - SIDE, 10.6 * mm, number)
