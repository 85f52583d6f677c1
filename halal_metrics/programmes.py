"""Which applications are this programme's: the one rule, by the code (kode fasilitasi) on each row."""

import re
from collections.abc import Collection
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from halal_metrics.counting.groups import codes as coded
from halal_metrics.schema import CERTIFICATES, conform
from halal_metrics.spelling import words


def belongs(applications: pd.DataFrame, codes: Collection[str]) -> np.ndarray:
    """
    Whether each row is of the programme of these codes; a row without a code is, and every row where none are named.

    >>> rows = pd.DataFrame({"programme_code": ["KALTIM25", "kaltim 25", None, "SEHATI25"]})
    >>> belongs(rows, ["KALTIM25"]).tolist(), belongs(rows, []).tolist()
    ([True, True, True, False], [True, True, True, True])
    """
    if not codes:
        return np.ones(len(applications), bool)
    row, written = coded(applications, "programme_code")
    own = {key(code) for code in ([codes] if isinstance(codes, str) else codes)} | {""}
    # the last entry is for a missing code, whose number is −1
    return np.array([key(code) in own for code in written] + [True], bool).take(row)


def of_programme(applications: pd.DataFrame, codes: Collection[str]) -> pd.DataFrame:
    """
    The applications that count to the programme of these codes: what every metric is given. The very same frame where
    all of them do.

    >>> rows = pd.DataFrame({"programme_code": ["SEHATI25", "KALTIM25"], "status": "issued"})
    >>> of_programme(rows, ["KALTIM25"])
      programme_code  status
    0       KALTIM25  issued
    """
    own = belongs(applications, codes)
    return applications if own.all() else applications[own].reset_index(drop=True)


def code_counts(applications: pd.DataFrame) -> dict[str, int]:
    """
    How many rows bear each code, most first; spelled as most of them do.

    >>> code_counts(pd.DataFrame({"programme_code": ["kaltim25", "SEHATI25", "KALTIM25", "KALTIM25", None]}))
    {'KALTIM25': 3, 'SEHATI25': 1}
    """
    row, written = coded(applications, "programme_code")
    found: dict[str, list[tuple[int, str]]] = {}
    for count, code in zip(np.bincount(row[row >= 0], minlength=len(written)).tolist(), written, strict=True):
        found.setdefault(key(code), []).append((count, code))
    found.pop("", None)
    summed = {max(spelled, key=lambda one: one[0])[1]: sum(count for count, _ in spelled) for spelled in found.values()}
    return dict(sorted(summed.items(), key=lambda one: -one[1]))


def as_certificates(applications: pd.DataFrame) -> pd.DataFrame:
    """
    The certificates that applications of another programme have brought, as the table `certificates` of this one.

    >>> rows = pd.DataFrame({"programme_code": "SEHATI25", "status": ["issued", "fatwa"], "nib": ["990001", "990002"]})
    >>> as_certificates(rows)[["nib", "programme"]].values.tolist()
    [['990001', 'SEHATI25']]
    """
    issued = applications[applications["status"] == "issued"]
    return conform(issued.assign(programme=issued["programme_code"]), CERTIFICATES)


def key(code: str) -> str:
    """
    A code without case and space, by which two are the same; "" for a dash, which is none.

    >>> key(" Kaltim 25 "), key("-")
    ('kaltim25', '')
    """
    bare = "".join(str(code).split()).casefold()
    return bare if any(map(str.isalnum, bare)) else ""


class Named(NamedTuple):
    """The programme that a line of words names."""

    code: str
    sure: bool
    """Whether the line says nothing else, or says that it is the code."""


_LABELLED: Final = re.compile(
    r"\b(?:kode|kd)[ _.]*(?:fasilitasi|fac|program|voucher)\s*[:=]?\s*([a-z][a-z_-]{2,}?[ _-]?(?:20)?2\d)\b",
    re.IGNORECASE,
)
_NATIONAL: Final = re.compile(r"\bsehati[\s_-]*(?:(?:tahun|ta|t\.a\.)\s*)?(?:20)?(2\d)?\b", re.IGNORECASE)
_NOT_IT: Final = re.compile(
    r"\b(?:non|bukan|belum|luar|selain|tanpa|eks|ex|bekas|dan|serta|pernah|pemprov|pemkab|pemkot|apbd|gubernur)\b"
    r"|sehati[\s\d]*[/&+]|[/&+]\s*sehati",
    re.IGNORECASE,
)
"""Words by which a line that names the national programme speaks of what is not of it, or of more than that."""
_BESIDE: Final = frozenset(
    "program fasilitasi kode kuota gratis bpjph kemenag jalur skema tahun ta self declare reguler sertifikasi halal "
    "a b c d e f i ii iii iv 1 2 3 4 5 6".split()
)
"""Words beside a programme's name that say nothing else."""


def named(line: str) -> Named | None:
    """
    The programme that a title, a sheet's name or a heading among rows names: by its code with a label before it, or
    as the national one (SEHATI), which many write without its code.

    >>> named("Kode Fasilitasi : KALTIM 25"), named("B. SEHATI 2025"), named("REKAP SEHATI KEMENAG PER 4 JUNI 2025")
    ... # doctest: +NORMALIZE_WHITESPACE
    (Named(code='KALTIM25', sure=True), Named(code='SEHATI25', sure=True), Named(code='SEHATI', sure=False))
    >>> named("REKAP KALIMANTAN TIMUR 2025"), named("Pemprov dan SEHATI 2025"), named("Belum SEHATI")
    (None, None, None)
    """
    national = None if _NOT_IT.search(line) else _NATIONAL.search(line)
    labelled = _LABELLED.search(line)
    if labelled and not _NATIONAL.match(labelled[1]):
        return Named(re.sub(r"[ _-]", "", labelled[1]).upper(), sure=True)
    if not national:
        return None
    rest = set(words(line.replace(national[0], " ")).split())
    return Named(f"SEHATI{national[1] or ''}", sure=bool(labelled) or rest <= _BESIDE)


_SPOKEN: Final = re.compile(
    r"\b(?:sehati|mandiri|reguler|self declare|pemprov|pemkab|pemkot|pemda|fasilitasi|apbd|apbn|csr|berbayar|gratis"
    r"|program)\b"
)
NAMED: Final = rf"{_SPOKEN.pattern}|sehati|kode|\bkd\b"
"""Pattern (RE2, lower case) of what a text that names a programme, or speaks of one, has."""


def speaks_of_one(text: str) -> bool:
    """
    Whether a text has a word for a programme, or for how one is paid.

    >>> speaks_of_one("B. FASILITASI PEMPROV"), speaks_of_one("Kota Bontang")
    (True, False)
    """
    return bool(_SPOKEN.search(words(text)))
