"""What stands in a paper, piece by piece, whatever made it: read with libraries that know nothing of the product."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
import openpyxl
import pptx
from docx.oxml.ns import qn
from lxml import etree
from pypdf import PdfReader

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def pptx_texts(content: bytes) -> list[str]:
    """Paragraphs, cells and speaker notes, slide by slide, in the order of the file."""
    pieces = []
    for slide in pptx.Presentation(BytesIO(content)).slides:
        parts = [slide.shapes._spTree]
        if slide.has_notes_slide:
            parts.append(slide.notes_slide.shapes._spTree)
        for tree in parts:
            for paragraph in tree.iter(f"{A}p"):
                if text := "".join(run.text or "" for run in paragraph.iter(f"{A}t")).strip():
                    pieces.append(text)
    return pieces


def pptx_numbers(content: bytes) -> dict[str, list[list[float]]]:
    """Each native chart's series of values."""
    return _charts(content, "ppt/charts/chart")


def xlsx_numbers(content: bytes) -> dict[str, list[list[float]]]:
    """Each native chart's cached values; most writers leave them to the program that opens the file."""
    return _charts(content, "xl/charts/chart")


def _charts(content: bytes, beginning: str) -> dict[str, list[list[float]]]:
    found = {}
    with zipfile.ZipFile(BytesIO(content)) as package:
        for name in sorted(package.namelist()):
            if name.startswith(beginning) and name.endswith(".xml"):
                tree = etree.fromstring(package.read(name))
                series = ([value.text for value in values.iter(f"{C}v")] for values in tree.iter(f"{C}val"))
                found[name] = [[float(text) for text in texts if text] for texts in series]
    return found


def xlsx_cells(content: bytes) -> Iterator[tuple[str, str, Any, str]]:
    """(sheet, address, value, number format) of every cell that holds something."""
    for sheet in openpyxl.load_workbook(BytesIO(content)).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    yield sheet.title, cell.coordinate, cell.value, cell.number_format


def docx_texts(content: bytes) -> list[str]:
    """Paragraphs in the order of the file, those in tables among them, then headers and footers."""
    document = docx.Document(BytesIO(content))
    parts = [document.element.body]
    for section in document.sections:
        parts += [section.header._element, section.footer._element]
    texts = [
        "".join(node.text or "\n" for node in paragraph.iter(qn("w:t"), qn("w:br")))
        for part in parts
        for paragraph in part.iter(qn("w:p"))
    ]
    return [text.strip() for text in texts if text.strip()]


def pdf_texts(content: bytes) -> list[str]:
    """Lines, page by page; a space is a space, whether a line may break there or not."""
    return [
        " ".join(line.split())
        for page in PdfReader(BytesIO(content)).pages
        for line in page.extract_text().splitlines()
    ]


MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
SHORT = "Jan Feb Mar Apr Mei Jun Jul Agu Agt Sep Okt Nov Des".split()
NO_COUNT = re.compile(
    "|".join(
        (
            rf"\b\d{{1,2}} (?:{'|'.join((*MONTHS, *SHORT))})\b(?: \d{{4}})?",  # a day
            rf"\b(?:{'|'.join((*MONTHS, *SHORT))}) \d{{4}}",
            r"\b\d{1,2}/\d{1,2}/\d{2,4}\b",
            r"\bpukul \d\d\.\d\d(?:\.\d\d)?|\b\d\d\.\d\d WITA",
            r"\bR-\d{4}-\d\d-\d\d(?:-\d+)?",  # a meeting
            r"\b\d{4}-\d\d-\d\d\b",
            r"\bK\d{1,2}\b",  # an obstacle's category
            r"\bUU \d+/\d+(?: Pasal \d+\w*)?|\bPasal \d+\w*|\bPP \d+/\d+|\bNo\. \d+/\d+",
            r"\bLP3H\b|\bP3H\b|\bSH20\d\d-\d-\d+|\bID\d{17}",
            r"\b[0-9a-f]{12,64}\b",
            r"\b\d+/\d+\b",  # a page
        )
    )
)
NUMBER = re.compile(r"(?<![\w,.])[+−-]?\d+(?:\.\d{3})*(?:,\d+)?(?: ?%)?(?![\w])")


def numbers(text: str) -> list[str]:
    """
    The numbers that stand in a text, as they are written; what is a date, a time or a name is none.

    >>> numbers("Hingga 4 Juni 2025, 320 dari 1.000 kuota (32,0%) di R-2025-06-04; selisih −680, K10, 3 dari 10.")
    ['320', '1.000', '32,0%', '−680', '3', '10']
    """
    return [found.replace(" ", "").replace("-", "−") for found in NUMBER.findall(NO_COUNT.sub(" ", text))]
