"""A header that counts something, with the words beside it: which count, and what of it."""

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from halal_metrics import statuses
from halal_metrics.sheets.headings import headers, qualifiers
from halal_metrics.sheets.headings.qualifiers import (
    FLOW,
    GRANTED,
    MONEY,
    PLAIN,
    PRODUCT,
    RATE,
    REST,
    TARGET,
    UNKNOWN,
    VALUE,
    WEAK,
    plain_words,
    qualifier,
)  # fmt: skip
from halal_metrics.sheets.values.numbers import number

_LONGEST: Final = 12  # words; more are a sentence
FEW: Final = 40
"""Values that tell whether a column holds numbers."""
_COUNT_DIGITS: Final = 9  # more are a number that identifies something

_NO_COUNT: Final = re.compile(r"%|persen|prosen|rasio|sisa|target|deviasi|\b(?:no|nomor|kode|tahun)\b", re.IGNORECASE)
"""Headers of numbers that are no loss: computed here, or no count of anything."""

USED: Final = "used"
"""The column of headers like "Realisasi" that mean what was submitted where nothing else does."""


def _keys() -> dict[str, str]:
    found = {
        headers.key(spelling): column
        for column, spelling in headers.spellings("recaps")
        if column in headers.COUNTS or column == "quota"
    }
    for label in statuses.SPELLINGS:
        column = headers.column_of(label, "recaps")
        if column and column[0] in headers.COUNTS:
            found.setdefault(label, column[0])
    return found | {headers.key(text): USED for text in headers.EITHER[USED].split(",")}


_KEYS: Final = _keys()
_ANY: Final = re.compile("|".join(sorted({key[:5] for key in _KEYS})))
"""What the letters of a header have in them if it can count anything: most cells are done with that."""


@dataclass(frozen=True)
class Measure:
    """A count and what a column says of it."""

    column: str
    """Of a recap or a quota, or USED."""
    core: str
    """The words for the count alone."""
    kind: str
    """One of `qualifiers`."""
    until: tuple[int, ...] = ()
    date: dt.date | None = None
    unit: str | None = None
    leads: bool = True
    """Whether the header begins with the count."""

    @property
    def tells_table(self) -> bool:
        """Whether a table with this column is one of counts, even where the column cannot be taken."""
        if self.kind == UNKNOWN:
            return self.leads
        return self.kind not in (RATE, REST, TARGET, MONEY)


@lru_cache(maxsize=20_000)
def measure(header: str) -> Measure | None:
    """
    What a header counts, None where it counts nothing known.

    >>> [(found.column, found.kind) for text in ("Terbit s.d. minggu ini", "Minggu ini: Pengajuan", "Kuota Menjadi")
    ...  if (found := measure(text))]
    [('issued', 'value'), ('submitted', 'flow'), ('quota', 'value')]
    >>> [(found.column, found.kind, found.unit) for text in ("Terbit - Pelaku Usaha", "Terbit (produk)", "Terbit Putri")
    ...  if (found := measure(text))]
    [('issued', 'plain', 'business'), ('issued', 'product', None), ('issued', 'unknown', None)]
    >>> measure("Kab/Kota"), measure("Tanggal Terbit")
    (None, None)

    Of several counts in one header the one beside which all other words are understood.
    """
    if not _ANY.search(headers.key(header)) or headers.column_of(header, "applications"):
        return None
    header = headers.NUMBERED.sub("", headers.unnumbered(header))
    found = _measure(header)
    if found and found.kind == UNKNOWN and "(" in header:  # words in brackets only explain, if nothing else counts this
        bare = _measure(re.sub(r"\([^)]*\)", " ", header))
        return replace(bare, kind=WEAK) if bare and bare.kind != UNKNOWN else found
    return found


def _measure(header: str) -> Measure | None:
    text, dates = plain_words(header)
    parts = text.split()
    if len(parts) > _LONGEST:
        return None
    spans = [
        (start, stop)
        for start in range(len(parts))
        for stop in range(start + 1, len(parts) + 1)
        if headers.key("".join(parts[start:stop])) in _KEYS
    ]
    measures = [_beside(parts, span, dates) for span in spans]
    return min(measures, key=_doubt, default=None)


def _beside(parts: list[str], span: tuple[int, int], dates: tuple[dt.date, ...]) -> Measure:
    core = " ".join(parts[span[0] : span[1]])
    said = [qualifier(" ".join(rest), dates) for rest in (parts[: span[0]], parts[span[1] :])]
    both = " ".join(parts[: span[0]] + parts[span[1] :])
    told = qualifier(both, dates) if all(one.kind != UNKNOWN for one in said) else qualifiers.Qualifier(UNKNOWN)
    column = _KEYS[headers.key(core)]
    kind = VALUE if column == USED and dates and told.kind == WEAK else told.kind  # "Realisasi 31 Mei 2025"
    if column == USED and told.unit == "certificate":  # "Realisasi SH"
        column = "issued"
    if kind == GRANTED:
        kind = VALUE if column == "quota" else UNKNOWN
    if column == "active_p3h" and kind == FLOW:  # who was active of late is what the column is for
        kind = PLAIN
    return Measure(column, core, kind, told.until, told.date, told.unit, span[0] == 0)


def _doubt(found: Measure) -> tuple[bool, bool, int, bool, bool]:
    """What is understood comes first, then words that mean nothing but this count, then most words."""
    of_two_meanings = qualifier(found.core).kind not in (UNKNOWN, GRANTED)
    return found.kind == UNKNOWN, of_two_meanings, -len(found.core.split()), found.column == USED, not found.leads


def is_understood(header: str) -> bool:
    """Whether a header counts something, and all words beside the count are understood."""
    found = measure(header)
    return found is not None and found.kind != UNKNOWN


def is_plain(header: str) -> bool:
    """Whether a header is the name of a count and nothing else."""
    found = measure(header)
    return found is not None and found.kind == PLAIN and found.unit is None


def qualifier_of(text: str) -> str:
    """What a text says of a count, one of `qualifiers`, whether or not it names that count."""
    found = measure(text)
    return found.kind if found else qualifier(*plain_words(text)).kind


def is_qualifier(text: str) -> bool:
    """
    Whether words only say something of a count: "Minggu ini", "Kumulatif", "Target"; not "Pelaku Usaha".

    >>> is_qualifier("s.d. Minggu Ini"), is_qualifier("Kondisi 4 Juni 2025"), is_qualifier("Kota Bontang")
    (True, True, False)
    """
    return qualifier(*plain_words(text)).kind not in (PLAIN, UNKNOWN, GRANTED)


def is_unit(text: str) -> bool:
    """
    Whether words only say in what is counted.

    >>> is_unit("(PU)"), is_unit("produk"), is_unit("Terbit"), is_unit("Dapur Rekaan")
    (True, True, False, False)
    """
    said = qualifier(*plain_words(text))
    return said.kind in (PRODUCT, MONEY) or (
        said.kind == PLAIN and (said.unit == "certificate" or (said.unit is not None and measure(text) is None))
    )


def are_counts(values: Collection[str]) -> bool:
    """
    Whether most of these cells are numbers that can count something; so are none.

    >>> are_counts(["12", "-", "1.000"]), are_counts(["8120001234567"]), are_counts(["Dapur 1", "2"]), are_counts([])
    (True, False, False, True)
    """
    counts = sum(len(value) <= _COUNT_DIGITS and number(value) is not None for value in values)
    return counts * 2 > len(values) or not values


def is_loss(name: str, values: list[str]) -> bool:
    """Whether a column that is not taken holds whole numbers that might count something."""
    first = values[:FEW]
    identifies = headers.either(name) in ("numbering", "total", "nik") or headers.column_of(name) == ("kbli", 0)
    if _NO_COUNT.search(name) or identifies or is_understood(name):
        return False
    numbers = [amount for value in first if (amount := number(value)) is not None]
    whole = all(amount == int(amount) for amount in numbers)
    years = all(2000 <= amount < 2100 for amount in numbers)
    digits = any(letter.isdigit() for value in first for letter in value)
    return digits and bool(numbers) and whole and not years and are_counts(first)
