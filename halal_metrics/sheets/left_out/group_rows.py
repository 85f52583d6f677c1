"""Rows that head a group: a place, an LP3H, or both, alone in its row, which the rows below it belong to."""

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
_ENUMERATED: Final = re.compile(r"^\s*(?:([A-Z]|[IVX]+)|[a-z]|\d{1,2})(?:[.)]\s*(?:\| )?| \| )")
_LABELS: Final = ("lp3h", "nama lp3h", "nama", "kab", "kabupaten", "kota")
NOWHERE: Final = (
    r"\b(?:(?:luar|lintas|antar) (?:daerah|wilayah|kab|kabupaten|kota|kaltim|prov|provinsi)"
    r"|(?:belum|tidak) (?:di\w+|ter\w+|jelas|ada (?:alamat|kab|kabupaten|kota|wilayah|lokasi|lp3h|pendamping))"
    r"|tanpa (?:alamat|kab|kabupaten|kota|wilayah|lokasi|keterangan|lp3h|pendamping)|lain lain|lainnya)\b"
)
"""Pattern (RE2; lower case, single spaces) of what stands in the place of a group's name and is none."""
_MAY_BE: Final = (
    rf"^(?:[a-z]|[ivx]+) |\b(?:kutai|lp3h|kab|kabupaten|kota)\b|{places.NAMED}|{institutions.NAMED}|{NOWHERE}"  # RE2
)
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
_APART: Final = re.compile(
    r"[/|,;:()]|\s[-–—]\s|\b(?:di|wilayah|untuk)\b|(?=\b(?:kab|kabupaten|kota|lp3h|halal cent(?:er|re))\b)",
    re.IGNORECASE,
)
_IS_NOWHERE: Final = re.compile(rf"(?:(?:di|yang|usaha|pelaku|pu|umkm?|data|wilayah|kab|kabupaten|kota) )*{NOWHERE}")
_NOT_UNDERSTOOD: Final = ("place_ambiguous", "place_outside", "place_code_ambiguous")


class Heading(NamedTuple):
    """What a row says of those below it."""

    column: str
    """One of GROUPS."""
    value: str | None
    """Canonical; None where it names nothing that can be told, so that those below have none."""
    sure: bool = True
    """Whether it is no record; one with a value that is not sure was guessed."""
    also: "Heading | None" = None
    """What the same row says of the other column."""


def headings(columns: Mapping[str, pa.LargeStringArray], filled: np.ndarray) -> dict[int, Heading]:
    """The rows, by position, with nothing but a place or an LP3H, perhaps enumerated, perhaps with a number beside."""
    if len(columns) < 3:
        return {}
    few = np.flatnonzero((filled > 0) & (filled <= min(_MOST, max(2, len(columns) - 2))))
    texts = joined_rows(list(columns.values()), few)
    plain = pc.replace_substring_regex(pc.utf8_lower(texts), "[^a-z0-9]+", " ")
    near = np.flatnonzero(pc.match_substring_regex(plain, _MAY_BE).to_numpy(zero_copy_only=False))
    found = {int(few[at]): heading(texts[at].as_py()) for at in near.tolist()}
    heads = {at: one for at, one in found.items() if one}
    if any(one.value and one.sure for one in heads.values()):
        return heads
    return {at: one for at, one in heads.items() if not _IS_NOWHERE.match(plain[int(np.searchsorted(few, at))].as_py())}


def heading(text: str) -> Heading | None:
    """
    What a row, its cells in one line, heads.

    >>> [tuple(heading(text))[:3] for text in ("A | KOTA SAMARINDA | 12", "II. LP3H Rekaan", "KAB. BERUA", "C. KUTAI")]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('kab_kota', 'Kota Samarinda', True), ('lp3h', 'LP3H Rekaan', True), ('kab_kota', 'Kabupaten Berau', False),
     ('kab_kota', None, True)]
    >>> heading("Dapur Rekaan | Kota Samarinda"), heading("Kedai Berau")
    (None, None)

    A row may name both. What names no place though it stands as one ("Luar daerah") heads those of no place.

    >>> tuple(heading("LP3H UNMUL - KOTA BONTANG"))[:3], tuple(heading("LP3H UNMUL - KOTA BONTANG").also)[:2]
    (('lp3h', 'Halal Center Universitas Mulawarman', True), ('kab_kota', 'Kota Bontang'))
    >>> tuple(heading("LINTAS KAB/KOTA"))[:2]
    ('kab_kota', None)

    A place spelled one or two letters off is guessed where its row is enumerated by letters or says "Kab." or "Kota".
    """
    enumerated = _ENUMERATED.match(text)
    names = [cell for cell in _ENUMERATED.sub("", text).split(" | ") if not is_how_many(cell)]
    if len(names) != 1 or re.search(r"\d{6}", text):
        return None
    name = _BESIDE_NAME.sub("", names[0])
    place, said = places.meaning(name), words(name)
    if both := _both(name):
        return both
    if place.certainty in ("exact", "alias") and not re.search(r"[\d,]", name):
        return Heading("kab_kota", place.canonical)
    lp3h = institutions.meaning(name)
    if lp3h.certainty in ("exact", "alias") or (lp3h.certainty == "as_written" and _LP3H.match(said)):
        more = lp3h.certainty == "as_written" and re.search(r"\b(?:kab|kabupaten|kota)\b", said)
        return Heading("lp3h", lp3h.canonical, sure=not more)
    if len(said.split()) > _LONGEST:
        return None
    if place.code in _NOT_UNDERSTOOD or _IS_NOWHERE.match(said):
        return Heading("kab_kota", None)
    lettered = bool(enumerated and enumerated[1])
    if lettered or _KIND.match(said):
        guess = place.canonical if place.code == "place_similar" else None
        return Heading("kab_kota", guess, sure=False) if guess or lettered else None
    return None


def _both(name: str) -> Heading | None:
    """What a name that tells an LP3H and a place apart says: the town in the name of an institution is no place."""
    parts = [part for text in _APART.split(name) if (part := text.strip(" .-–—")) and words(part) not in _LABELS]
    if len(parts) != 2 or institutions.meaning(name).certainty == "exact":
        return None
    for one, other in (parts, parts[::-1]):
        lp3h, place = institutions.meaning(one), places.meaning(other)
        is_lp3h = lp3h.certainty in ("exact", "alias") or (lp3h.certainty == "as_written" and _LP3H.match(words(one)))
        seat = institutions.meaning(name).certainty == "alias" and not _KIND.match(words(other))
        if is_lp3h and not seat and (place.certainty in ("exact", "alias") or _IS_NOWHERE.match(words(other))):
            return Heading("lp3h", lp3h.canonical, also=Heading("kab_kota", place.canonical))
    return None


def is_how_many(cell: str) -> bool:
    """Whether a cell beside a name says how many there are."""
    amount = number(cell.strip("()"))
    return amount is not None and 0 <= amount <= _LARGEST
