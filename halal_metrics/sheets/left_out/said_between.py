"""Rows among the records that say whose programme, or at which status, those below them are."""

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from halal_metrics import institutions, places, programmes, statuses
from halal_metrics.sheets.left_out.group_rows import is_how_many
from halal_metrics.sheets.left_out.signatures import joined_rows
from halal_metrics.spelling import words

PROGRAMME, STATUS, GROUP = "programme_code", "status", "group"

_MOST: Final = 3  # cells of such a row: a letter, the words, how many there are
_LONGEST: Final = 4  # words of a heading that names a programme without its code
_ENUMERATED: Final = re.compile(r"^\s*(?:[A-Z]|[IVX]+|\d{1,2})[.)]\s*")
_HOW_MANY: Final = re.compile(r"\s*[:(]\s*\d{1,5}\b[^|]*$")
_BARE: Final = re.compile(r"([A-Z]{4,})(?:20)?2\d")
"""A code that stands alone in its row."""
_NO_CODE: Final = frozenset(
    "januari februari maret april juni juli agustus september oktober november desember data rekap tahun tahap "
    "gelombang batch minggu pekan periode lampiran kuota daftar sheet".split()
)
_OTHERS: Final = re.compile(r"\b(?:mandiri|reguler|berbayar|pemkab|pemkot|csr)\b")
"""Programmes that are not the province's, and have no code."""
_MAY_BE: Final = rf"{statuses.NAMED}|{programmes.NAMED}|[a-z]{{4,}}(?:20)?2[0-9]\b"  # RE2, lower case


class Said(NamedTuple):
    """What a row says of those below it."""

    column: str
    """PROGRAMME or STATUS."""
    value: str | None
    """None where it only ends what was said before."""
    sure: bool = True
    """Not of another programme that has no code, or that is named among other words."""


def said(text: str) -> Said | None:
    """
    What a row with nothing but these words says.

    >>> tuple(said("B. SEHATI 2025")), tuple(said("C. DITOLAK (3)")), tuple(said("A. FASILITASI PEMPROV"))
    (('programme_code', 'SEHATI25', True), ('status', 'rejected', True), ('programme_code', None, True))
    >>> said("Dapur Rekaan"), said("TAHAP2025")
    (None, None)
    """
    line = _HOW_MANY.sub("", _ENUMERATED.sub("", text))
    if found := programmes.named(line):
        return Said(PROGRAMME, found.code, found.sure)
    bare = _BARE.fullmatch(line)
    if bare and bare[1].lower() not in _NO_CODE and not _is_name(bare[1]):
        return Said(PROGRAMME, line)
    if stated := statuses.stated(line):
        return Said(STATUS, stated[0])
    if not programmes.speaks_of_one(line) or len(words(line).split()) > _LONGEST:
        return None
    return Said(PROGRAMME, None, sure=not _OTHERS.search(words(line)))


def _is_name(text: str) -> bool:
    known = {places.meaning(text).certainty, institutions.meaning(text).certainty}
    return bool(known & {"exact", "alias", "similar"})


def said_between(
    columns: Mapping[str, pa.LargeStringArray],
    used: Mapping[str, str],
    filled: np.ndarray,
    record: np.ndarray,
    may_be: np.ndarray,
) -> dict[int, Said]:
    """
    The rows, by position, with nothing but words for a status or a programme in one cell, perhaps a number beside it,
    above a record; `record` the rows that nothing else explains, `may_be` those that can be such a row. In the column
    of statuses a status is a record's.
    """
    few = np.flatnonzero(may_be & (filled > 0) & (filled <= min(_MOST, max(1, len(columns) - 2))))
    texts = joined_rows(list(columns.values()), few)
    near = pc.match_substring_regex(pc.utf8_lower(texts), _MAY_BE).to_numpy(zero_copy_only=False)
    of_records = [name for name, column in used.items() if column == STATUS]
    found: dict[int, Said] = {}
    for at, text in zip(few[near].tolist(), texts.filter(pa.array(near)).to_pylist(), strict=True):
        cells = [cell for cell in text.split(" | ") if not is_how_many(cell) and len(cell) > 1]
        one = said(cells[0]) if len(cells) == 1 else None
        if one and not (one.column == STATUS and any(columns[name][at].is_valid for name in of_records)):
            found[at] = one
    rest = record.copy()
    rest[list(found)] = False
    found = {at: one for at, one in found.items() if rest[at + 1 :].any()}
    return found if any(one.value or not one.sure for one in found.values()) else {}


def below(found: Mapping[int, Said], groups: Iterable[int], record: np.ndarray) -> dict[str, np.ndarray]:
    """
    {column: what was said above each row, None without}. It holds until the same is said anew, or until a row of
    another kind that stood right above it (a place, say, in `groups`) has its like again.

    >>> rows = {0: Said(STATUS, "issued"), 2: Said(STATUS, "fatwa")}
    >>> below(rows, [], np.array([False, True, False, True]))["status"].tolist()
    [None, 'issued', None, 'fatwa']
    >>> below({1: Said(STATUS, "issued")}, [0, 3], np.array([False, False, True, False, True]))["status"].tolist()
    [None, None, 'issued', None, None]
    """
    columns = {one.column for one in found.values()}
    values = {column: np.full(len(record), None, object) for column in columns}
    kinds = dict.fromkeys(groups, GROUP) | {at: one.column for at, one in found.items()}
    now: dict[str, tuple[str | None, set[str]]] = {}
    above: set[str] = set()
    for at in range(len(record) if found else 0):
        if at not in kinds:
            above = set() if record[at] else above
            for column, (value, _) in now.items():
                if record[at] and column in values:
                    values[column][at] = value
            continue
        kind = kinds[at]
        now = {column: one for column, one in now.items() if kind not in one[1]}
        now[kind] = (_value(found.get(at)), above - {kind})
        above = above | {kind}
    return values


def _value(one: Said | None) -> str | None:
    return one.value if one and one.sure else None
