"""Rows that head a group: a place or an LP3H alone in its row, which the rows below it belong to."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from halal_metrics import institutions, places
from halal_metrics.sheets.left_out.signatures import joined_rows
from halal_metrics.sheets.values.numbers import number
from halal_metrics.spelling import words

GROUPS: Final = ("kab_kota", "lp3h")
"""What a row can head a group by."""

_MOST: Final = 3  # cells of such a row: a letter, the name, how many there are
_ENUMERATED: Final = re.compile(r"^\s*(?:([A-Z]|[IVX]+)|\d{1,2})(?:[.)]\s*(?:\| )?| \| )")
_MAY_BE: Final = rf"^(?:[a-z]|[ivx]+) |\b(?:kutai|lp3h|kab|kabupaten|kota)\b|{places.NAMED}|{institutions.NAMED}"  # RE2
_KIND: Final = re.compile(r"(?:kab|kabupaten|kota)\b")
_LARGEST: Final = 99_999  # above, a number beside a name is no count of rows
_LP3H: Final = re.compile(
    r"^(?:lp3h|halal cent(?:er|re)|pusat (?:kajian )?halal) "
    r"(?!(?:per|dan|se|kaltim|yang|aktif|belum|total|jumlah)\b)\w",
    re.IGNORECASE,
)
_BESIDE_NAME: Final = re.compile(
    r"[\s:(-]+\d{1,5}\s*(?:pelaku usaha|pu|umkm?|ikm|usaha|orang|kuota)?\s*\)?$", re.IGNORECASE
)
_LONGEST: Final = 4  # words of a name
_NOT_UNDERSTOOD: Final = ("place_ambiguous", "place_outside", "place_code_ambiguous")


class Heading(NamedTuple):
    """What a row says of those below it."""

    column: str
    """One of GROUPS."""
    value: str | None
    """Canonical; None where it names nothing that can be told, so that those below have none."""
    sure: bool = True
    """Whether it is no record; one with a value that is not sure was guessed."""


def headings(columns: Mapping[str, pa.LargeStringArray], filled: np.ndarray) -> dict[int, Heading]:
    """The rows, by position, with nothing but a place or an LP3H, perhaps enumerated, perhaps with a number beside."""
    if len(columns) < 3:
        return {}
    few = np.flatnonzero((filled > 0) & (filled <= min(_MOST, max(2, len(columns) - 2))))
    texts = joined_rows(list(columns.values()), few)
    plain = pc.replace_substring_regex(pc.utf8_lower(texts), "[^a-z0-9]+", " ")
    near = np.flatnonzero(pc.match_substring_regex(plain, _MAY_BE).to_numpy(zero_copy_only=False))
    found = {int(few[at]): heading(texts[at].as_py()) for at in near.tolist()}
    return {at: one for at, one in found.items() if one}


def heading(text: str) -> Heading | None:
    """
    What a row, its cells in one line, heads.

    >>> [tuple(heading(text)) for text in ("A | KOTA SAMARINDA | 12", "II. LP3H Rekaan", "KAB. BERUA", "C. KUTAI")]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('kab_kota', 'Kota Samarinda', True), ('lp3h', 'LP3H Rekaan', True), ('kab_kota', 'Kabupaten Berau', False),
     ('kab_kota', None, True)]
    >>> heading("Dapur Rekaan | Kota Samarinda"), heading("Kedai Berau")
    (None, None)

    A place spelled one or two letters off is guessed where its row is enumerated by letters or says "Kab." or "Kota".
    """
    enumerated = _ENUMERATED.match(text)
    names = [cell for cell in _ENUMERATED.sub("", text).split(" | ") if not _is_count(cell)]
    if len(names) != 1 or re.search(r"\d{6}", text):
        return None
    name = _BESIDE_NAME.sub("", names[0])
    place, said = places.meaning(name), words(name)
    if place.certainty in ("exact", "alias") and not re.search(r"[\d,]", name):
        return Heading("kab_kota", place.canonical)
    lp3h = institutions.meaning(name)
    if lp3h.certainty in ("exact", "alias") or (lp3h.certainty == "as_written" and _LP3H.match(said)):
        return Heading("lp3h", lp3h.canonical)
    if len(said.split()) > _LONGEST:
        return None
    if place.code in _NOT_UNDERSTOOD:
        return Heading("kab_kota", None)
    lettered = bool(enumerated and enumerated[1])
    if lettered or _KIND.match(said):
        guess = place.canonical if place.code == "place_similar" else None
        return Heading("kab_kota", guess, sure=False) if guess or lettered else None
    return None


def _is_count(cell: str) -> bool:
    amount = number(cell.strip("()"))
    return amount is not None and 0 <= amount <= _LARGEST


def under(found: Mapping[int, Heading], record: np.ndarray) -> dict[str, np.ndarray]:
    """
    {column: what each row's headings say, None without}; `record` the rows that are records.

    A heading holds until the next; one of the other kind right below it stands within it, and so do all of that kind
    until the outer one comes again.

    >>> place, uinsi, itk = Heading("kab_kota", "Kota Bontang"), Heading("lp3h", "UINSI"), Heading("lp3h", "ITK")
    >>> below = under({0: place, 1: uinsi, 3: itk}, np.array([False, False, True, False, True]))
    >>> {column: values.tolist() for column, values in below.items()}
    {'kab_kota': [None, None, 'Kota Bontang', None, 'Kota Bontang'], 'lp3h': [None, None, 'UINSI', None, 'ITK']}
    """
    values = {column: np.full(len(record), None, object) for column in GROUPS}
    now: dict[str, str | None] = dict.fromkeys(GROUPS)
    outer: str | None = None
    at, last = sorted(found), None
    for place, row in enumerate(at):
        column, value, _ = found[row]
        other = GROUPS[1 - GROUPS.index(column)]
        if last is not None and found[last].column == other and not record[last:row].any():
            outer = other
        elif outer != other:
            now[other], outer = None, None
        now[column] = value
        below = slice(row + 1, at[place + 1] if place + 1 < len(at) else len(record))
        for name in GROUPS:
            values[name][below] = np.where(record[below], now[name], None)
        last = row
    return values
