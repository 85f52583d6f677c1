"""The ten kabupaten/kota of Kalimantan Timur: official names, labels, codes, and how people write them.

Nothing is guessed in silence. A spelling one or two letters off is taken with a warning that names the guess;
a name that could be two places, or lies outside the province, is not taken.
"""

import re
from itertools import chain
from typing import Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz.distance import OSA

from halal_metrics import spelling
from halal_metrics.place_sentences import PROBLEMS
from halal_metrics.spelling import Meaning, compact, words

# official name, label, Kemendagri code (Permendagri 72/2019), BPS code, tile of the map, further spellings
_PLACES: Final = (
    ("Kabupaten Paser", "Paser", "64.01", "6401", (3, 0), "Pasir, Tana Paser, Tanah Grogot, Grogot"),
    (
        "Kabupaten Kutai Kartanegara", "Kukar", "64.02", "6403", (2, 1),
        "Kutai Kertanegara, Kutai Karta Negara, Kutai Kerta Negara, Tenggarong, KKR",
    ),
    ("Kabupaten Berau", "Berau", "64.03", "6405", (0, 1), "Tanjung Redeb, Tg. Redeb, Tj. Redeb"),
    (
        "Kabupaten Kutai Barat", "Kubar", "64.07", "6402", (2, 0),
        "Kutai Brt, Kurai Barat, Sendawar, Melak, Barong Tongkok",
    ),
    ("Kabupaten Kutai Timur", "Kutim", "64.08", "6404", (1, 1), "Kutai Tim, Kutai Tmr, Sangatta, Sangata"),
    (
        "Kabupaten Penajam Paser Utara", "PPU", "64.09", "6409", (3, 1),
        "Penajam, Penajam Paser, Panajam Paser Utara, Pasir Utara, Paser Utara, Penajam Pasir Utara",
    ),
    ("Kabupaten Mahakam Ulu", "Mahulu", "64.11", "6411", (1, 0), "Mahakam Hulu, Ujoh Bilang, Long Bagun"),
    ("Kota Balikpapan", "Balikpapan", "64.71", "6471", (3, 2), "BPN, BPP"),
    ("Kota Samarinda", "Samarinda", "64.72", "6472", (2, 2), "SMD, SMR"),
    ("Kota Bontang", "Bontang", "64.74", "6474", (1, 2), "BTG"),
)  # fmt: skip

KAB_KOTA: Final = tuple(place[0] for place in _PLACES)
"""Official names, in the order of their Kemendagri codes."""

SHORT: Final = {place[0]: place[1] for place in _PLACES}
"""Official name → label for charts."""

CODES: Final = {place[0]: place[2] for place in _PLACES}
"""Official name → Kemendagri code with its dot."""

TILES: Final = {place[0]: place[4] for place in _PLACES}
"""Official name → (row, column) in the tile-grid map."""

# Formerly in Kalimantan Timur, now Kalimantan Utara; and names elsewhere within two letters of one of ours.
_OUTSIDE: Final = (
    "Bulungan, Malinau, Nunukan, Tana Tidung, Tarakan, Tanjung Selor, Kaltara, Kalimantan Utara, Kalsel, "
    "Kalimantan Selatan, Kalteng, Kalimantan Tengah, Kalbar, Kalimantan Barat, Sintang, Bantaeng"
)
_NOT_ONE: Final = (
    "Kaltim, Kalimantan Timur, Prov, Provinsi, Prov Kaltim, Provinsi Kalimantan Timur, Se, Kab Kota, "
    "Kabupaten Kota, Kota Kab, Belum Dirinci, Belum Dibagi, Lainnya, Lain Lain"
)
_NOT_ONE_STARTS: Final = re.compile(r"(?:lintas|seluruh|semua|luar|sub ?total|total|jumlah|grand total)\b")
_IKN: Final = "IKN, IKN Nusantara, Nusantara, Ibu Kota Nusantara, Otorita IKN, OIKN, Sepaku"
_AMBIGUOUS: Final = "Kutai, Kutei"

_PREFIX: Final = re.compile(
    r"pemerintahkabupaten|pemerintahkota|pemkab|pemkot|kabupaten|kotamadya|kodya|kota|kab|kot|wilayah|daerah"
)
_PROVINCE: Final = re.compile(r"(?:provinsi|propinsi|prov)?(?:kalimantantimur|kaltim)$")
_CODE: Final = re.compile(r"(?<!\d)\(?(6\d)([.,]?)(\d\d)(?:\.0+)?\)?(?!\d)")
_ENUMERATION: Final = re.compile(r"^\s*(?:\d{1,2}|[A-Za-z])[.)]\s+(?=[A-Za-z])")
_BETWEEN: Final = re.compile(r"[()/,;&+|]|\bdan\b", re.IGNORECASE)


def _keys(spellings: str) -> list[str]:
    return [compact(spelling) for spelling in spellings.split(",")]


_OFFICIAL: Final = {compact(name): name for name in KAB_KOTA}
_ALIASES: Final = {
    key: place[0]
    for place in _PLACES
    for key in (_PREFIX.sub("", compact(place[0]), count=1), *_keys(f"{place[1]}, {place[5]}"))
}
_NONE: Final = (
    dict.fromkeys(_keys(_NOT_ONE), Meaning(code="place_not_one"))
    | dict.fromkeys(_keys(_OUTSIDE), Meaning(code="place_outside"))
    | dict.fromkeys(_keys(_AMBIGUOUS), Meaning(code="place_ambiguous"))
    | dict.fromkeys(_keys(_IKN), Meaning("Kabupaten Penajam Paser Utara", "alias", "place_ikn"))
)
_DOTTED: Final = {place[2]: place[0] for place in _PLACES}
_BARE: Final = {  # four digits mean the same place to BPS and to Kemendagri, or are not taken
    place[3]: place[0] for place in _PLACES if place[2].replace(".", "") == place[3]
}

# A guess needs letters enough to go by: names and labels of five or more, other spellings of seven or more.
_GUESSES: Final = {
    key: place
    for key, place in _ALIASES.items()
    if len(key) >= 7 or (len(key) >= 5 and (key == compact(SHORT[place]) or f"kabupaten{key}" in _OFFICIAL))
} | dict.fromkeys(_keys(_OUTSIDE), "")


def resolve(values: pd.Series) -> pd.DataFrame:
    """
    What each distinct spelling in a place column means; see `spelling.resolve` for the columns.

    >>> places = resolve(pd.Series(["KAB. PASER", "64.02", "Samrinda", "Kutai", "Tarakan"]))
    >>> places[["canonical", "certainty", "code"]]
                                  canonical certainty             code
    value
    KAB. PASER              Kabupaten Paser     alias              NaN
    64.02       Kabupaten Kutai Kartanegara      code              NaN
    Samrinda                 Kota Samarinda   similar    place_similar
    Kutai                               NaN       NaN  place_ambiguous
    Tarakan                             NaN       NaN    place_outside

    A code needs its dot unless BPS and Kemendagri agree on it: 6402 and 6403 are different places to the two.
    """
    return spelling.resolve(values, meaning, PROBLEMS)


def meaning(value: str) -> Meaning:
    """What one spelling in a place column means."""
    if spelling.is_ditto(value):
        return Meaning(code="same_as_above")
    value = _ENUMERATION.sub("", value)
    coded = _CODE.search(value)
    name = _CODE.sub(" ", value)
    if coded and not compact(name):
        return _code(coded)
    found = _name(name)
    if coded and coded[2] and found.canonical not in (None, _code(coded).canonical):
        return Meaning(code="place_ambiguous")
    return found


def _code(coded: re.Match) -> Meaning:
    province, dot, place = coded.groups()
    canonical = _DOTTED.get(f"{province}.{place}") if dot else _BARE.get(province + place)
    if canonical:
        return Meaning(canonical, "code")
    if province != "64":
        return Meaning(code="place_outside")
    return Meaning(code="place_unknown" if dot else "place_code_ambiguous")


def _name(value: str) -> Meaning:
    if _NOT_ONE_STARTS.match(words(value)):
        return Meaning(code="place_not_one")
    found = _known(value)
    if found:
        return found
    parts = [part for part in map(_known, _BETWEEN.split(value)) if part and part.code != "place_not_one"]
    if len({part.canonical for part in parts}) > 1:
        return Meaning(code="place_ambiguous")
    if parts:
        return parts[0]
    return _similar(value) or _contained(value) or Meaning(code="place_unknown")


def _known(value: str) -> Meaning | None:
    key = compact(value)
    if key in _OFFICIAL:
        return Meaning(_OFFICIAL[key], "exact")
    if key in _NONE:
        return _NONE[key]
    key = _PROVINCE.sub("", key)
    bare = _bare(key)
    if key in _OFFICIAL or bare in _ALIASES:
        return Meaning(_OFFICIAL.get(key) or _ALIASES[bare], "alias")
    return _NONE.get(key) or _NONE.get(bare)


def _bare(key: str) -> str:
    prefix = _PREFIX.match(key)
    return key[prefix.end() :] if prefix else key


def _similar(value: str) -> Meaning | None:
    key = _bare(_PROVINCE.sub("", compact(value)))
    nearest: dict[str, int] = {}
    for guess, place in _GUESSES.items():
        allowed = 2 if min(len(key), len(guess)) >= 7 else 1
        distance = OSA.distance(key, guess, score_cutoff=allowed)
        if len(key) >= 4 and distance <= allowed:
            nearest[place] = min(distance, nearest.get(place, distance))
    best = [place for place, distance in nearest.items() if distance == min(nearest.values())]
    if not best:
        return None
    if len(best) > 1:
        return Meaning(code="place_ambiguous")
    return Meaning(best[0], "similar", "place_similar") if best[0] else Meaning(code="place_outside")


# ---- a place named in running text

# Spellings that are other words too (pasir is sand, BPN an agency) say nothing in running text.
_NOT_IN_TEXT: Final = {"pasir", "kkr", "bpn", "bpp", "btg", "smd", "smr", "kutai tim", "pasir utara"}
_IN_TEXT: Final = {
    words(text): place[0]
    for place in _PLACES
    for text in (place[0].split(" ", 1)[1], place[1], *place[5].split(","))
    if words(text) not in _NOT_IN_TEXT
} | {"sepaku": "Kabupaten Penajam Paser Utara"}
_TEXT_OUTSIDE: Final = {words(text): None for text in _OUTSIDE.split(",")}
_ANY: Final = "|".join(sorted(chain(_IN_TEXT, _TEXT_OUTSIDE), key=len, reverse=True))
NAMED: Final = rf"\b(?:{_ANY})\b"  # RE2; for lower case and single spaces
_PPU: Final = r"\b(?:penajam (?:paser|pasir) utara|panajam paser utara|penajam paser|paser utara)\b"
_ROAD: Final = rf"\b(?:jl|jln|jalan|gg|gang)(?: (?:poros|raya|trans|lintas))*(?: (?:{_ANY})\b)+"
_INSTITUTION: Final = (
    r"\b(?:uinsi|uin|iain|universitas|univ|institut|politeknik|poltekkes|lp3h|lp3|lph|halal center|kampus)"
    rf"(?: [a-z]+){{0,3}}? (?:{_ANY})\b"
)
_INSTITUTION_OF: Final = _INSTITUTION.replace(
    "(?: [a-z]+)", r"(?: (?!(?:di|se|per|wilayah|kab|kabupaten|kota)\b)[a-z]+)"
)
_NOT_HERE: Final = (
    r"\b(?:dekat(?: dengan)?|asal(?: dari)?|asli|arah|ke arah|menuju|jurusan|perbatasan|berbatasan|batas|sebelah"
    r"|samping|belakang|sekitar|pindah(?:an)?(?: dari)?|dulu|eks|ex|mantan|cabang dari|pusat di|dari|ke)"
    r"(?: (?:di|dengan|dari|ke|jalan|jalur))*(?: (?:kab|kabupaten|kota|kodya|kotamadya))?"
    rf" (?:{_ANY})\b(?: (?:kab|kabupaten|kota) (?:{_ANY})\b)?"
)
"""Where an address only says what lies near, or where somebody comes from or goes to."""
_WITH_KIND: Final = rf"^.*\b(?:kab|kabupaten|kota|kodya|kotamadya) (?P<place>{_ANY})\b"
_WITHOUT: Final = rf"^.*\b(?P<place>{_ANY})\b"


def find(addresses: pd.Series) -> pd.Series:
    """
    The kabupaten/kota named in each address, missing where none is; same index.

    An address runs from small to large, so the last name counts, and one after "Kab." or "Kota" counts more.
    The name of a road ("Jl. Samarinda") or of an institution ("UINSI Samarinda") is no place, nor is what is near.

    >>> find(pd.Series(["Jl. Samarinda 5, Bontang Utara, Kota Bontang", "Kampus UINSI Samarinda"])).tolist()
    ['Kota Bontang', nan]
    >>> find(pd.Series(["Tenggarong Seberang (dekat Samarinda)", "Samarinda (asal Bontang)", "arah Berau"])).tolist()
    ['Kabupaten Kutai Kartanegara', 'Kota Samarinda', nan]
    """
    text = pa.array(addresses, type=pa.large_string(), from_pandas=True)
    text = pc.replace_substring_regex(pc.utf8_lower(text), r"[^a-z0-9]+", " ")
    for pattern, instead in ((_PPU, "ppu"), (_ROAD, " "), (_INSTITUTION, " "), (_NOT_HERE, " ")):
        text = pc.replace_substring_regex(text, pattern, instead)
    named = (pc.extract_regex(text, pattern) for pattern in (_WITH_KIND, _WITHOUT))
    name = pc.coalesce(*(pc.struct_field(found, "place") for found in named))
    return name.to_pandas().set_axis(addresses.index).map(_IN_TEXT).astype("str")


def named(text: str) -> set[str]:
    """
    Every kabupaten/kota that running text names; roads and "LP3H UINSI Samarinda" do not, "LP3H di Berau" does.

    >>> sorted(named("Rekap Kab. Berau dan Kota Bontang, LP3H UINSI Samarinda"))
    ['Kabupaten Berau', 'Kota Bontang']
    """
    plain = words(text)
    for pattern, instead in ((_PPU, "ppu"), (_ROAD, " "), (_INSTITUTION_OF, " ")):
        plain = re.sub(pattern, instead, plain)
    return {place for name in re.findall(NAMED, plain) if (place := _IN_TEXT.get(name))}


def _contained(value: str) -> Meaning | None:
    text = re.sub(_PPU, "ppu", words(value))
    named = {_IN_TEXT.get(name) for name in re.findall(NAMED, text)}
    if not named:
        return None
    if len(named) > 1:
        return Meaning(code="place_ambiguous")
    place = named.pop()
    return Meaning(place, "similar", "place_contained") if place else Meaning(code="place_outside")
