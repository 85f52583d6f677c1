"""LP3H (lembaga pendamping proses produk halal) at work in Kalimantan Timur, and how people write them.

An LPH inspects, an LP3H accompanies: two roles, sometimes of one university. The names differ by two letters
and the press mixes them, so an "LPH" is never taken for the LP3H of the same house.
"""

import re
from typing import Final

import pandas as pd
from rapidfuzz.distance import OSA

from halal_metrics import spelling
from halal_metrics.spelling import Meaning, compact, words

# canonical name, label for charts, the house as written without the words that only say "LP3H"
_LP3H: Final = (
    (
        "Halal Center Universitas Mulawarman", "Unmul",
        "Unmul, Universitas Mulawarman, Univ Mulawarman, Mulawarman",
    ),
    (
        "LP3H UINSI Samarinda", "UINSI",
        "UINSI, UINSI Samarinda, UIN Samarinda, UIN Sultan Aji Muhammad Idris, UIN Samid, "
        "Universitas Islam Negeri Sultan Aji Muhammad Idris",
    ),
    ("LP3H Al-Raudah (Kukar)", "Al-Raudah", "Al Raudah, Ar Raudah, Al Raudhah, Ar Raudhah"),
    ("LP3H Institut Teknologi Kalimantan", "ITK", "ITK, Institut Teknologi Kalimantan"),
    ("PWI Kaltim", "PWI", "PWI, Perkumpulan Wanita Islam, Perkumpulan Wanita Indonesia"),
    (
        "LP3H UIN Sunan Kalijaga", "UIN Suka",
        "UIN Sunan Kalijaga, UIN Suka, Universitas Islam Negeri Sunan Kalijaga",
    ),
    (
        "Pusat Halal Universitas Airlangga", "Unair",
        "Unair, Universitas Airlangga, Univ Airlangga, Airlangga",
    ),
)  # fmt: skip

LP3H: Final = tuple(institution[0] for institution in _LP3H)
"""Canonical names: partners of the programme first."""

SHORT: Final = {institution[0]: institution[1] for institution in _LP3H}
"""Canonical name → label for charts."""

PROBLEMS: Final = spelling.DITTO | {
    "lp3h_similar": (
        "warning",
        "'{value}' dibaca sebagai {canonical}; betulkan ejaannya bila bukan itu yang dimaksud.",
    ),
    "lp3h_unknown": (
        "info",
        "'{value}' belum ada di daftar LP3H, jadi dipakai seperti tertulis; samakan ejaannya bila sudah ada.",
    ),
    "lp3h_not_divided": (
        "info",
        "'{value}' bukan satu LP3H; dihitung sebagai 'Belum dirinci'.",
    ),
    "lp3h_is_lph": (
        "warning",
        "'{value}' adalah LPH (pemeriksa), bukan LP3H (pendamping), jadi tidak dipakai; tulis nama LP3H-nya.",
    ),
}
"""Kind of problem → severity and sentence."""

_ROLE: Final = re.compile(
    r"\b(?:lp3h|lp3|l3ph|lppph|lembaga pendamping(?: proses produk halal| pph)?|halal cent(?:er|re)"
    r"|pusat halal|puslit|pusat penelitian|pusat kajian halal|lp2m|pukaha)\b"
)
_LPH: Final = re.compile(r"\b(?:lph|lembaga pemeriksa(?: halal)?)\b")
_LP3H_WORD: Final = re.compile(r"\b(?:lp3h|lp3|l3ph|lppph|lembaga pendamping)\b")
_SEAT: Final = re.compile(
    r" (?:samarinda|balikpapan|kukar|kutai kartanegara|tenggarong|kaltim|kalimantan timur|yogyakarta"
    r"|surabaya)$"
)

_NOT_DIVIDED: Final = re.compile(
    r"(?:kuota )?cadangan\b.*|(?:belum|tidak) (?:di\w+|ter\w+|bagi|tentu|jelas|ada)\b.*|tanpa (?:lp3h|pendamping)"
    r"|lp3h belum (?:di)?\w+"
)

_EXACT: Final = {compact(name): name for name in LP3H}
_HOUSES: Final = {compact(house): institution[0] for institution in _LP3H for house in institution[2].split(",")}
# "Unmuh", "UINSA": other houses are one letter away from our short names, so only long names are guessed.
_GUESSES: Final = {house: name for house, name in _HOUSES.items() if len(house) >= 8}


# In running text these are a soldier's command, a road, a bird or a newspaper as well.
_NOT_IN_TEXT: Final = {"mulawarman", "airlangga"}
_IN_TEXT: Final = {
    words(house): institution[0]
    for institution in _LP3H
    for house in (institution[0], *institution[2].split(","))
    if words(house) not in _NOT_IN_TEXT
}
NAMED: Final = rf"\b(?:{'|'.join(sorted(_IN_TEXT, key=len, reverse=True))})\b"
"""Pattern (RE2) of every known LP3H that running text can name, in lower case with single spaces."""
_ANY: Final = re.compile(NAMED)


def named(text: str) -> set[str]:
    """
    Every known LP3H that running text names; an LPH is none.

    >>> named("Laporan LP3H UINSI Samarinda per Mei"), named("LPH UINSI"), named("Jl. Mulawarman")
    ({'LP3H UINSI Samarinda'}, set(), set())
    """
    plain = words(text)
    if _LPH.search(plain) and not _LP3H_WORD.search(plain):
        return set()
    return {_IN_TEXT[house] for house in _ANY.findall(plain)}


def resolve(values: pd.Series) -> pd.DataFrame:
    """
    What each distinct spelling in an LP3H column means; see `spelling.resolve` for the columns.

    >>> resolve(pd.Series(["LP3 Halal Center Unmul", "LPH UINSI", "LP3H Baru"]))[["canonical", "code"]]
                                                      canonical          code
    value
    LP3 Halal Center Unmul  Halal Center Universitas Mulawarman           NaN
    LPH UINSI                                               NaN   lp3h_is_lph
    LP3H Baru                                         LP3H Baru  lp3h_unknown

    An institution not in the list is kept as written, so it is a group of its own; an LPH, and what is not divided
    among institutions yet ("Cadangan"), is missing.
    """
    return spelling.resolve(values, meaning, PROBLEMS)


def meaning(value: str) -> Meaning:
    """What one spelling in an LP3H column means."""
    if spelling.is_ditto(value):
        return Meaning(code="same_as_above")
    if compact(value) in _EXACT:
        return Meaning(_EXACT[compact(value)], "exact")
    text = words(value)
    if _NOT_DIVIDED.fullmatch(text):
        return Meaning(code="lp3h_not_divided")
    if _LPH.search(text):
        if not _LP3H_WORD.search(text):
            return Meaning(code="lp3h_is_lph")
        text = _LPH.sub("", text)
    house = " ".join(_ROLE.sub(" ", text).split())
    if not house and "halal center" in text and "penelitian" in text:
        house = "unmul"  # its research centre is written without the university's name
    for name in (compact(house), compact(_SEAT.sub("", house))):
        if name in _HOUSES:
            return Meaning(_HOUSES[name], "alias")
    nearest = {
        name
        for guess, name in _GUESSES.items()
        if OSA.distance(compact(house), guess) <= (2 if len(guess) >= 12 else 1)
    }
    if len(nearest) == 1:
        return Meaning(nearest.pop(), "similar", "lp3h_similar")
    return Meaning(" ".join(value.split()), "as_written", "lp3h_unknown")
