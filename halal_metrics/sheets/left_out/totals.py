"""Rows that say of themselves that they are totals."""

import re
from collections.abc import Iterator
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from halal_metrics import institutions, places
from halal_metrics.sheets.headings.headers import IDENTITY
from halal_metrics.sheets.left_out.signatures import joined_rows
from halal_metrics.sheets.values.cells import Distinct, bytes_of
from halal_metrics.sheets.values.dates import MONTHS
from halal_metrics.sheets.values.numbers import number
from halal_metrics.spelling import words

Columns = dict[str, pa.LargeStringArray]

_TOTAL: Final = re.compile(
    r"\W*(?:(?:sub|grand)?[\s.-]*(?:t\s?o\s?t\s?a\s?l|j\s?u\s?m\s?l\s?a\s?h|jml|rata-rata)\b|p(?:er|ro)sentase\b)",
    re.IGNORECASE,
)
_WORDS: Final = frozenset(
    "total subtotal jumlah jml rekap rekapitulasi keseluruhan seluruhnya akumulasi persentase prosentase rata σ".split()
)
"""Words with which a total begins or ends."""

_BESIDE: Final = frozenset(
    "sub grand keseluruhan seluruhnya seluruh semua umum akhir pengajuan pelaku usaha pu umk umkm data sertifikat "
    "terbit kuota provinsi prov kaltim kalimantan timur orang berkas calon peserta hari ini bulan minggu tahun halaman "
    "per s d sd sampai dengan di dari dan tanggal tgl pindahan dipindahkan se "
    "tampil ditampilkan tersaring terfilter terlihat baris".split()
) | set(MONTHS)
"""Words that may stand beside them; "Total Rasa" is somebody's business."""

ALL: Final = ""
"""What a total sums that names nothing."""

_ADDED_UP: Final = frozenset("total subtotal jumlah jml keseluruhan seluruhnya".split())
_OF_ALL: Final = frozenset("sub grand seluruh semua umum akhir provinsi prov se kaltim kalimantan timur kuota".split())
"""Words that may stand beside those in a row that sums all."""

_OF: Final = re.compile(r"\b(?:kab|kabupaten|kota|kec|kecamatan|lp3h)\b.*")
_MAY_BE: Final = (
    r"(?i)\b(?:(?:sub)?total|jumlah|jml|rekap(?:itulasi)?|keseluruhan|seluruhnya|akumulasi|p(?:er|ro)sentase|rata.rata"
    r"|t o t a l|j u m l a h)\b|Σ"
)
_LOOKED_AT: Final = 3
"""Columns from the left in which a total is looked for, beside those of places and institutions."""

_DIGITS: Final = 6
"""At the end of every number that only a record has."""


def totals(columns: Columns, used: dict[str, str], table: str) -> np.ndarray:
    """
    Positions of the rows called a total: of a recap or of quotas by one of the first cells, a place or an LP3H; in
    the other tables only rows without a number of their own that say nothing but what they total.
    """
    if not columns:
        return np.empty(0, np.int64)
    named = [columns[name] for name, column in used.items() if column in ("kab_kota", "lp3h")]
    cells = list(columns.values())
    looked_at = [first_filled(cells), *named, *(column for column in cells[:_LOOKED_AT] if column.null_count)]
    found = set(_begun_as_total(looked_at, alone=table not in ("quotas", "recaps")))
    if table in ("quotas", "recaps"):
        for values in named:
            # A pivot table writes "Berau Total".
            ends = pc.match_substring_regex(values, r"(?i)\b(?:total|jumlah)\W*$")
            found.update(np.flatnonzero(pc.fill_null(ends, False).to_numpy(zero_copy_only=False)).tolist())
        return np.array(sorted(found), np.int64)
    numbers = {name: used[name] for name in columns if used.get(name) in IDENTITY[:4]}
    rows = _unnumbered([columns[name] for name in numbers], len(cells[0]))
    texts = joined_rows(cells, rows)
    near = np.flatnonzero(pc.match_substring_regex(texts, _MAY_BE).to_numpy(zero_copy_only=False))
    found.update(rows[at] for at in near.tolist() if _says_only_total(texts[at].as_py().split(" | ")))
    found = {row for row in found if not any(_is_own(columns[name][row].as_py(), numbers[name]) for name in numbers)}
    return np.array(sorted(found), np.int64)


def is_total(text: str) -> bool:
    """
    Whether a text says nothing but that it is a total, and of what.

    >>> [is_total(text) for text in ("JUMLAH", "Subtotal Paser", "Total LP3H UINSI", "Rekap s.d. Mei 2025", "5")]
    [True, True, True, True, False]
    >>> [is_total(text) for text in ("Total Rasa", "Jumlah Berkah", "Rekap Dapur Paser")]
    [False, False, False]
    """
    plain = _unspaced(words(text))
    said = plain.split()
    if not {*said[:2], *said[-1:]} & _WORDS:
        return False
    of = _OF.sub("", plain).split()
    rest = " ".join(word for word in of if word not in _WORDS and word not in _BESIDE and not word.isdigit())
    return not rest or _is_name(rest)


def sums_what(text: str) -> str | None:
    """
    Of what a row calls itself the total: ALL, a known place or LP3H; None where it says something else, or more.

    >>> [sums_what(text) for text in ("1 | JUMLAH", "Sub Total Paser", "Total Kaltim", "Jumlah s.d. Mei", "Rata-rata")]
    ['', 'Kabupaten Paser', '', None, None]
    """
    said = [word for word in _unspaced(words(text)).split() if not word.isdigit()]
    if not {*said} & _ADDED_UP:
        return None
    rest = " ".join(word for word in said if word not in _ADDED_UP and word not in _OF_ALL)
    found = [known.meaning(rest) for known in (places, institutions)] if rest else []
    return next((one.canonical for one in found if one.certainty in ("exact", "alias")), None) if rest else ALL


def _unspaced(plain: str) -> str:
    return re.sub(r"\b(?:\w ){3,}\w\b", lambda spaced: spaced[0].replace(" ", ""), plain)


_COUNTED: Final = re.compile(r"[^:=]+[:=]\s*\d+$")
"""How many there are of something, as under a column of statuses: "OF10 : 2"."""


def _is_name(text: str) -> bool:
    return any(known.meaning(text).certainty in ("exact", "alias") for known in (places, institutions))


def _says_only_total(cells: list[str]) -> bool:
    """Whether each cell is a total's word, a number, a place or an LP3H, and at least one the first."""
    worded = [cell for cell in cells if number(cell) is None and any(letter.isalpha() for letter in cell)]
    others = [cell for cell in worded if not is_total(cell)]
    return len(others) < len(worded) and all(_is_name(cell) or _COUNTED.match(cell) for cell in others)


def _begun_as_total(looked_at: list[pa.LargeStringArray], *, alone: bool) -> Iterator[int]:
    """Rows of which one of these cells begins as a total; `alone`: and says nothing else."""
    for values in looked_at:
        at = _starting_like_total(values)
        texts = Distinct(values.take(pa.array(at)))
        total = [bool(_TOTAL.match(text)) and (not alone or is_total(text)) for text in texts.values]
        yield from at[texts.spread(total, False, bool)].tolist()


def first_filled(columns: list[pa.LargeStringArray]) -> pa.LargeStringArray:
    """The first cell of each row that holds anything."""
    first = columns[0]
    for column in columns[1:]:
        if not first.null_count:
            break
        first = pc.coalesce(first, column)
    return first


_BEGINNINGS: Final = np.zeros((256, 256), bool)
"""First two bytes of a text that can be a total."""
for _text in ("to", "t ", "ju", "jm", "j ", "su", "gr", "ra", "pe", "pr"):
    for _first, _second in {_text, _text.upper(), _text.title()}:
        _BEGINNINGS[ord(_first), ord(_second)] = True
_BEGINNINGS[list(b" (*:-=.")] = True


def _starting_like_total(values: pa.LargeStringArray) -> np.ndarray:
    run, at = bytes_of(values)
    filled = np.flatnonzero(at[1:] > at[:-1] + 1)
    start = at[filled]
    return filled[_BEGINNINGS[run[start], run[start + 1]]]


def _unnumbered(columns: list[pa.LargeStringArray], rows: int) -> np.ndarray:
    """Rows whose cells in these columns do not end as a number of a record does: told by the last bytes."""
    left = np.arange(rows)
    for column in columns:
        run, at = bytes_of(column)
        start, end = at[left], at[left + 1]
        numbered = end - start >= _DIGITS
        for back in range(1, _DIGITS + 1):
            if not numbered.any():
                break
            byte = run[end[numbered] - back]
            numbered[numbered] = (byte >= 48) & (byte <= 57)
        left = left[~numbered]
    return left


def _is_own(text: str | None, column: str) -> bool:
    """Whether a cell has a number that a record has, and not one that a spreadsheet summed up."""
    if column == "nib":
        return len(re.sub(r"\D", "", re.sub(r"[.,]0+$", "", text or ""))) in (12, 13)
    return bool(re.search(r"\d{6}", text or ""))
