"""What cells of a cross table look like: names of one kind, sums, numbers, dates, and headers that tell of those."""

import re
from functools import lru_cache
from typing import Final

from halal_metrics import institutions, places
from halal_metrics.sheets.headings import headers
from halal_metrics.sheets.headings.header_rows import Line
from halal_metrics.sheets.headings.measures import is_qualifier
from halal_metrics.sheets.matrix.words import is_province, measure_of
from halal_metrics.sheets.values.dates import find_dates
from halal_metrics.sheets.values.numbers import number
from halal_metrics.spelling import words

BODY: Final = 60
"""Rows below a header that are looked at."""

_INSTITUTION: Final = re.compile(
    r"(?:lp3h|lp3|halal cent(?:er|re)|pusat halal|lembaga pendamping)\s+(?!aktif|terdaftar|jumlah|total)\w"
)
_TOTAL: Final = re.compile(
    r"(?:(?:sub|grand) ?)?(?:total|jumlah|jml)(?: (?:sub|grand|total|kuota|alokasi|keseluruhan|seluruh\w*|semua|akhir"
    r"|umum|lp3h|kab|kota|kabupaten|wilayah|pengajuan|terbit|verval|sh|sertifikat|halal|pu|pelaku|usaha|umk|per))*"
    r"|keseluruhan"
)


@lru_cache(maxsize=20_000)
def names_a(text: str, kind: str) -> bool:
    """
    >>> [names_a(text, "lp3h") for text in ("Unmul", "Al Raudah", "LP3H Rekaan", "LP3H", "Dapur Rekaan")]
    [True, True, True, False, False]
    >>> [names_a(text, "kab_kota") for text in ("Paser", "Kab. Berau", "64.01", "UINSI Samarinda", "Total")]
    [True, True, True, False, False]
    """
    if headers.is_header(text) or len(text) > 80:
        return False
    if kind == "lp3h":
        known = institutions.meaning(text).certainty in ("exact", "alias", "similar")
        return known or bool(_INSTITUTION.match(words(text)))
    found = places.meaning(text)
    return found.canonical is not None and found.code != "place_contained"


def is_total(text: str) -> bool:
    return bool(_TOTAL.fullmatch(words(text))) or is_province(text)


@lru_cache(maxsize=20_000)
def is_number(text: str) -> bool:
    """One that is not whole is a number too, of which its own cell is told; a share in percent is none of a count."""
    return len(text) <= 12 and "%" not in text and number(text) is not None


def is_date(text: str) -> bool:
    return bool(find_dates(text)) or bool(re.fullmatch(r"4[5-9]\d{3}", text))


def are_numbers(lines: list[Line], row: int, column: int) -> bool:
    """Whether there are numbers in the next rows of a column, and at least as many as there is of anything else."""
    below = _below(lines, row, column)
    return bool(below) and sum(map(is_number, below)) * 2 >= len(below)


def are_dates(lines: list[Line], row: int, column: int) -> bool:
    """Whether there are dates in the next rows of a column, and else nothing but dashes and words for no date."""
    figures = [text for text in _below(lines, row, column) if any(map(str.isdigit, text))]
    return bool(figures) and all(map(is_date, figures))


def _below(lines: list[Line], row: int, column: int) -> list[str]:
    return [text for line in lines[row + 1 : row + BODY] if (text := line[column])]


def tells(lines: list[Line], row: int, column: int) -> bool:
    """Whether a cell of the header says what stands below it: a measure, "Semula", "Menjadi", or a name of its days."""
    text = lines[row][column] or ""
    return _divides(text) or (bool(text) and are_dates(lines, row, column))


def _divides(text: str) -> bool:
    """Whether a text says what the numbers below it are: a measure, or "Semula", "Menjadi"."""
    return bool(text) and (measure_of(text) is not None or (is_qualifier(text) and not is_number(text)))
