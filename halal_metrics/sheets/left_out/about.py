"""What the rows of a recap or of quotas say they are about: nothing, a place, an LP3H, or words."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa

from halal_metrics import institutions, places
from halal_metrics.sheets.choices import tidy
from halal_metrics.sheets.left_out.asides import is_aside
from halal_metrics.sheets.values.cells import Distinct, filled
from halal_metrics.spelling import Meaning, is_blank, is_ditto, words

NAMELESS, UNKNOWN, INSTITUTION, NAMED = range(4)
"""What a row says it is about: nothing, words nobody knows, what may be an institution, a known place or LP3H."""

_SUMS_UP: Final = frozenset(
    "total subtotal sub grand jumlah jml keseluruhan seluruh seluruhnya semua semuanya rekap rekapitulasi realisasi "
    "capaian akumulasi kumulatif gabungan umum akhir σ sum se prov provinsi propinsi kaltim kalimantan timur wilayah "
    "daerah kab kabupaten kota lp3h s d sd sampai dengan hari ini minggu bulan tahun per data".split()
)
"""Words of which a total is named, and nothing else is."""
_SOMEWHERE: Final = ("place_ambiguous", "place_outside", "place_code_ambiguous")
_REST: Final = re.compile(r"\b(?:belum|lain|lainnya|sisa|cadangan|lintas|luar|tanpa|tidak)\b")
_LIKE_A_NAME: Final = re.compile(
    r"\b(?:lp3h?|lph|halal|lembaga|yayasan|perkumpulan|universitas|univ|institut|uin|iain|politeknik|pusat|center|centre"
    r"|kab|kabupaten|kota|kec|kecamatan|pt|cv|koperasi|pesantren|ponpes|masjid|stai|stie|stain|akademi|sekolah"
    r"|asosiasi|himpunan|forum|ikatan|muhammadiyah|nu|pwnu|pcnu|mui|bmt|lazis\w*)\b"
)


class Names(NamedTuple):
    """What the rows' own cells say they are about."""

    place: np.ndarray
    """The known place of each row, None without; `lp3h` the same, of what may be an institution."""
    lp3h: np.ndarray
    of_place: np.ndarray
    """NAMELESS … NAMED, by the cell for a place; `of_lp3h` by that for an LP3H."""
    of_lp3h: np.ndarray
    sums_up: np.ndarray
    """Rows without a name, but with a word for it."""
    aside: np.ndarray
    """Rows with words in the place of a name that say they are no part of the table, see `is_aside`."""

    @property
    def kind(self) -> np.ndarray:
        return np.maximum(self.of_place, self.of_lp3h)


def names(
    place: pa.LargeStringArray, lp3h: pa.LargeStringArray, given: Mapping[str, Mapping[str, str | None]]
) -> Names:
    """
    What each row is about; `given` {column: {tidied spelling: what a person says it means}}.

    >>> cells = pa.array(["Paser", "Keseluruhan", "Belum dibagi", "Posisi akhir"], pa.large_string())
    >>> names(cells, pa.nulls(4, pa.large_string()), {}).kind.tolist()
    [3, 0, 2, 1]
    """
    places_, of_place, beside_place = _understood(place, "kab_kota", given.get("kab_kota", {}))
    lp3hs, of_lp3h, beside_lp3h = _understood(lp3h, "lp3h", given.get("lp3h", {}))
    worded = filled(place) | filled(lp3h)
    nameless = np.maximum(of_place, of_lp3h) == NAMELESS
    return Names(places_, lp3hs, of_place, of_lp3h, worded & nameless, beside_place | beside_lp3h)


def _understood(
    values: pa.LargeStringArray, column: str, given: Mapping[str, str | None]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    distinct, known = Distinct(values), places if column == "kab_kota" else institutions
    found = [
        Meaning(given[tidy(text)], "given") if tidy(text) in given else known.meaning(text) for text in distinct.values
    ]
    kinds = [_kind(text, meaning, column) for text, meaning in zip(distinct.values, found, strict=True)]
    canonical = [one.canonical if kind >= INSTITUTION else None for one, kind in zip(found, kinds, strict=True)]
    sure = ("exact", "alias", "code", "given")
    aside = [one.certainty not in sure and is_aside(text) for text, one in zip(distinct.values, found, strict=True)]
    spread = distinct.spread
    return spread(np.array(canonical, object), None, object), spread(kinds, NAMELESS, int), spread(aside, False, bool)


def _kind(text: str, meaning: Meaning, column: str) -> int:
    if meaning.canonical and meaning.certainty != "as_written":
        return NAMED
    if is_ditto(text):
        return INSTITUTION  # something, and not all of them
    plain = words(text)
    if is_blank(text) or all(word in _SUMS_UP or word.isdigit() for word in plain.split()):
        return NAMELESS
    if column == "lp3h" and places.meaning(text).certainty in ("exact", "alias"):
        return NAMELESS  # the place of the whole table below its institutions
    if _REST.search(plain) or _LIKE_A_NAME.search(plain) or meaning.code in _SOMEWHERE:
        return INSTITUTION
    return UNKNOWN
