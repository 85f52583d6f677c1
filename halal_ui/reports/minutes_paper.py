"""A Word document as the office writes them: real styles, tables whose head repeats, page numbers, Indonesian."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

import docx
import pandas as pd
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from halal_ui.exports.worksheet import header
from halal_ui.look.palette import LIGHT
from halal_ui.look.tables import NUMERIC
from halal_ui.reports.package import settled
from halal_ui.views.shown import Table
from halal_ui.words.columns import column_of
from halal_ui.words.names import WRITE

FACE: Final = "Arial"
_SIZES: Final = {"Normal": 11, "Heading 1": 12, "Heading 2": 11, "Title": 14, "Footer": 8, "Caption": 9}
_CELL: Final = Pt(9)
_HEAD: Final = Pt(8)
_PER_CM: Final = 5.5  # letters of a cell
_SMALL: Final = 8
"""Rows up to which a table is kept on one page."""
_TALLEST: Final = 14
"""Lines of a row that is kept on one page: a taller one would leave half a page empty."""
_ILLEGIBLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Paper:
    """One document in the making."""

    document: Document
    created: pd.Timestamp

    @classmethod
    def new(cls, *, title: str, created: pd.Timestamp) -> "Paper":
        """An empty A4 sheet, in Indonesian; `created` is written into the file."""
        document = docx.Document()
        for name, size in _SIZES.items():
            _dress(document.styles[name], size)  # type: ignore[arg-type]
        normal = document.styles["Normal"].paragraph_format  # type: ignore[union-attr]
        normal.space_after, normal.line_spacing = Pt(6), 1.15
        about = document.core_properties
        about.title, about.language, about.author, about.last_modified_by = legible(title), "id-ID", "", ""
        about.comments, about.created, about.modified = "", created.to_pydatetime(), created.to_pydatetime()
        for language in document.styles.element.iter(qn("w:lang")):
            for name in ("w:val", "w:eastAsia"):
                language.set(qn(name), "id-ID")
        _upright(document.sections[0])
        return cls(document, created)

    def heading(self, text: str, level: int = 1) -> None:
        self.document.add_heading(text, level)

    def say(self, text: str, *, style: str = "Normal", bold: bool = False, centred: bool = False) -> Paragraph:
        """A paragraph; nothing for an empty text."""
        paragraph = self.document.add_paragraph(style=style)
        paragraph.add_run(legible(text)).bold = bold or None
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        return paragraph

    def rule_below(self, paragraph: Paragraph) -> None:
        """The double line that ends a letterhead."""
        borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
        for name, value in {"val": "thinThickSmallGap", "sz": "18", "space": "4", "color": "auto"}.items():
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
        paragraph._p.get_or_add_pPr().insert_element_before(
            borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )

    def facts(self, facts: Mapping[str, Sequence[str]]) -> None:
        """Names and what they are, without lines: `Tempat : …`. Several values stand below each other."""
        table = self.document.add_table(len(facts), 3)
        _shape(table, (3.4, 0.5, 12.6), "Keterangan rapat", "Hari, waktu, tempat, pimpinan, notulis dan agenda rapat.")
        for row, (name, values) in zip(table.rows, facts.items(), strict=True):
            for cell, text in zip(row.cells, (name, ":", "\n".join(values)), strict=True):
                _fill(cell, text, size=Pt(11))
        self.gap()

    def table(
        self, shown: Table, widths: Mapping[str, float], *, alt: str, numbered: bool = False, led: bool = False
    ) -> None:
        """
        A table as it stands on a page, with those of its columns that `widths` (in cm) names, in that order.

        Its head is repeated on every page and its rows stay whole, but for very tall ones. `numbered`: with a first
        column No. `led`: its last row stays on one page with what follows.
        """
        frame = shown.frame[list(widths)]
        columns = [column_of(shown.columns, name) for name in frame]
        rows = [
            [WRITE[column.kind](value) for column, value in zip(columns, cells, strict=True)]
            for cells in frame.itertuples(index=False, name=None)
        ]
        if shown.total is not None:
            cells = list(zip(frame, columns, strict=True))[1:]
            written = (WRITE[column.kind](shown.total[name]) if name in shown.total else "" for name, column in cells)
            rows.append(["Jumlah", *written])
        heads, right = [header(column) for column in columns], [column.kind in NUMERIC for column in columns]
        across = list(widths.values())
        if numbered:
            heads, right, across = ["No", *heads], [True, *right], [1.0, *across]
            rows = [[str(number), *row] for number, row in enumerate(rows, start=1)]
        last_bold = shown.total is not None
        self.grid(heads, rows, across, right=right, alt=(shown.caption, alt), last_bold=last_bold, led=led)

    def grid(
        self,
        heads: Sequence[str],
        rows: Iterable[Sequence[str]],
        widths: Sequence[float],
        *,
        alt: tuple[str, str],
        right: Sequence[bool] = (),
        last_bold: bool = False,
        tall: float = 0,
        led: bool = False,
    ) -> None:
        """Ruled cells. `widths` in cm; `alt`: a title and what is to be seen; `tall`: least height of a row, in cm."""
        body, sides = list(rows), [*right, *([False] * (len(heads) - len(right)))]
        table = self.document.add_table(1 + len(body), len(heads), "Table Grid")
        _shape(table, widths, *alt)
        _narrow_margins(table)
        _repeat(table.rows[0]._tr)
        whole = len(body) <= _SMALL
        for place, (row, texts) in enumerate(zip(table.rows, (heads, *body), strict=True)):
            if _lines(texts, widths) <= _TALLEST:
                _keep_whole(row._tr)
            if tall and place:
                row.height = Cm(tall)
            strong = place == 0 or (last_bold and place == len(body))
            for cell, text, numeric in zip(row.cells, texts, sides, strict=True):
                _fill(cell, text, bold=strong, right=numeric, size=_CELL if place else _HEAD)
                kept = (place == 0 or whole) if place < len(body) else led
                cell.paragraphs[0].paragraph_format.keep_with_next = kept
                if place == 0:
                    _shade(cell, LIGHT.grid)
        self.gap(led=led)

    def gap(self, *, led: bool = False) -> None:
        """Air below a table, which has none of its own."""
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = led
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.line_spacing = Pt(8)

    def lie_down(self) -> None:
        """A new page on its side, for a wide table."""
        section = self.document.add_section()
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21.0)

    def signatures(self, left: Sequence[str], right: Sequence[str]) -> None:
        """Two columns of lines that stay together on one page; "" leaves room to sign."""
        table = self.document.add_table(1, 2)
        _shape(table, (12.0, 12.0), "Tanda tangan", "Kiri notulis, kanan pimpinan rapat.")
        _keep_whole(table.rows[0]._tr)
        for cell, lines in zip(table.rows[0].cells, (left, right), strict=True):
            for place, line in enumerate(lines):
                paragraph = cell.paragraphs[0] if not place else cell.add_paragraph()
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                paragraph.paragraph_format.space_after = Pt(0 if line else 44)
                paragraph.add_run(line)

    def foot(self, text: str) -> None:
        """What stands at the foot of every page, and its number."""
        for section in self.document.sections:
            section.footer.is_linked_to_previous = False
            section.footer.paragraphs[0].text = legible(text)
            paragraph = section.footer.add_paragraph("Halaman ", style="Footer")
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            _field(paragraph, "PAGE")
            paragraph.add_run(" dari ")
            _field(paragraph, "NUMPAGES")

    def to_bytes(self) -> bytes:
        """The finished file; the same content is the same bytes."""
        made = BytesIO()
        self.document.save(made)
        return settled(made.getvalue(), self.created)


def legible(text: str) -> str:
    """
    A text without the characters no Word file can hold.

    >>> legible("Rakor\x07 <1>\\n2")
    'Rakor <1>\\n2'
    """
    return _ILLEGIBLE.sub("", text)


def _dress(style: ParagraphStyle, size: int) -> None:
    style.font.name, style.font.size = FACE, Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    faces = style.element.get_or_add_rPr().rFonts
    for name in ("ascii", "hAnsi", "cs", "eastAsia"):  # a theme's face would win over the one asked for
        faces.attrib.pop(qn(f"w:{name}Theme"), None)
        faces.set(qn(f"w:{name}"), FACE)
    if style.name.startswith("Heading"):  # type: ignore[union-attr]
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(14), Pt(6)
        style.paragraph_format.keep_with_next = True
    if style.name == "Caption":
        style.paragraph_format.keep_with_next = True
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(6), Pt(3)
    if style.name == "Title":
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        style.font.bold = True
        style.paragraph_format.space_after = Pt(2)
        for borders in style.element.iter(qn("w:pBdr")):  # the template underlines its titles
            borders.getparent().remove(borders)
            break


def _upright(section: Section) -> None:
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.5), Cm(2.0)
    section.top_margin, section.bottom_margin = Cm(2.0), Cm(2.0)


def _shape(table: WordTable, widths: Sequence[float], title: str, description: str) -> None:
    """Fixed widths in cm, and words for those who do not see it."""
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)
    for name, text in (("w:tblCaption", title), ("w:tblDescription", description)):
        element = OxmlElement(name)
        element.set(qn("w:val"), text)
        table._tbl.tblPr.append(element)  # they come last in it


def _narrow_margins(table: WordTable) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        width = OxmlElement(f"w:{side}")
        width.set(qn("w:w"), "60")  # twentieths of a point
        width.set(qn("w:type"), "dxa")
        margins.append(width)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook", "w:tblCaption", "w:tblDescription")


def _fill(cell: _Cell, text: str, *, bold: bool = False, right: bool = False, size: Any = _CELL) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after, paragraph.paragraph_format.line_spacing = Pt(1), 1.0
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(legible(text))
    run.font.size, run.bold = size, bold or None


def _lines(texts: Sequence[str], widths: Sequence[float]) -> int:
    """About how many lines a row takes; `widths` in cm."""
    return max(-(-len(text) // max(int(wide * _PER_CM), 1)) for text, wide in zip(texts, widths, strict=True))


def _shade(cell: _Cell, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in {"val": "clear", "color": "auto", "fill": colour.removeprefix("#")}.items():
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _repeat(row: Any) -> None:
    row.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _keep_whole(row: Any) -> None:
    row.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))


def _field(paragraph: Paragraph, code: str) -> None:
    """A number that Word works out: PAGE, NUMPAGES."""
    field, run, text = (OxmlElement(f"w:{name}") for name in ("fldSimple", "r", "t"))
    field.set(qn("w:instr"), code)
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)
