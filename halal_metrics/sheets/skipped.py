"""Rows below a header that are no records: totals, headers once more, numbering, headings, signatures, notes."""

import re
from collections.abc import Callable
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from halal_metrics import institutions, places
from halal_metrics.sheets.cells import Distinct, bytes_of
from halal_metrics.sheets.problems import Finding
from halal_metrics.sheets.signatures import MOST, closing_rows, joined_rows

Columns = dict[str, pa.LargeStringArray]

_TOTAL: Final = re.compile(
    r"\W*(?:(?:sub|grand)?[\s.-]*(?:t\s?o\s?t\s?a\s?l|j\s?u\s?m\s?l\s?a\s?h|jml|rata-rata)\b|p(?:er|ro)sentase\b)",
    re.IGNORECASE,
)
# A register's total says nothing but what it totals; "Total Rasa" is somebody's business.
_TOTAL_ALONE: Final = re.compile(
    r"(?:[\s:.,=()/-]|\d|keseluruhan|seluruhnya|seluruh|semua|umum|akhir|total|jumlah|pengajuan|pelaku|usaha|pu|data"
    r"|sertifikat|terbit|kuota|provinsi|prov|kaltim|kalimantan|timur|(?:kab|kabupaten|kota|kec|kecamatan|lp3h)\b.*)*",
    re.IGNORECASE,
)
_IDENTITY: Final = re.compile(r"\d{6}")
"""What a cell of an identifying number has, and a total that stands below it has not."""

_LOOKED_AT: Final = 3
"""Columns from the left in which a total is looked for, beside those of places and institutions."""

_NUMBERS: Final = re.compile(r"\(?(\d{1,2})\)?(?:\s*=.*)?")
_ENUMERATED: Final = re.compile(r"^\s*(?:[A-Z]|[IVX]+|\d{1,2})(?:[.)]\s*(?:\| )?| \| )")


def blank(columns: list[pa.LargeStringArray], rows: int) -> np.ndarray:
    """Rows without anything in these columns."""
    empty = np.ones(rows, bool)
    for column in columns:
        if not column.null_count:
            return np.zeros(rows, bool)
        empty &= column.is_null().to_numpy(zero_copy_only=False)
    return empty


def no_records(
    columns: Columns,
    used: dict[str, str],
    table: str,
    *,
    written: tuple[tuple[str | None, ...], ...],
    titles: tuple[str, ...],
    title_rows: np.ndarray,
) -> list[Finding]:
    """
    Rows that hold something but are no record, by reason: each row by one reason only.

    `columns` {header: cells}, `used` {header: column}; `written` the lines of the header as they lie there, cell by
    cell as `columns`; `titles` the lines above it, `title_rows` the rows known to be titles of a table below.
    """
    rows = len(next(iter(columns.values()))) if columns else 0
    filled = _filled(list(columns.values()), rows)
    reasons: tuple[tuple[str, Callable[[], np.ndarray]], ...] = (
        ("row_title", lambda: title_rows),
        ("row_title", lambda: _repeated_titles(columns, filled, titles)),
        ("row_repeated_header", lambda: _repeated(list(columns.values()), written)),
        ("row_numbering", lambda: _numbering(list(columns.values()))),
        ("row_total", lambda: _totals(columns, used, table)),
        ("row_heading", lambda: _headings(columns, filled, table)),
    )
    left = np.ones(rows, bool)
    findings = []
    for code, find in reasons:
        _note(findings, code, find(), left)
    for code, at in closing_rows(list(columns.values()), filled, left, _placed(columns, used, filled)).items():
        _note(findings, code, at, left)
    _note(findings, "row_unfilled", np.flatnonzero(blank([columns[name] for name in used], rows)), left)
    return findings


def _note(findings: list[Finding], code: str, found: np.ndarray, left: np.ndarray) -> None:
    at = np.unique(found[left[found]]) if len(found) else found
    if len(at):
        findings.append(Finding(code, at))
        left[at] = False


def _filled(columns: list[pa.LargeStringArray], rows: int) -> np.ndarray:
    """How many cells of each row hold something."""
    counts = np.zeros(rows, np.int32)
    for column in columns:
        counts += 1 if not column.null_count else column.is_valid().to_numpy(zero_copy_only=False)
    return counts


def _equal(column: pa.LargeStringArray, text: str) -> np.ndarray:
    return np.flatnonzero(pc.fill_null(pc.equal(column, text), False).to_numpy(zero_copy_only=False))


def _repeated(columns: list[pa.LargeStringArray], written: tuple[tuple[str | None, ...], ...]) -> np.ndarray:
    """Rows that repeat most cells of one of the header's lines."""
    same: set[int] = set()
    for line in written:
        cells = [(place, text) for place, text in enumerate(line) if text]
        candidates = {row for place, text in cells[:2] for row in _equal(columns[place], text).tolist()}
        same.update(
            row
            for row in candidates
            if sum(columns[place][row].as_py() == text for place, text in cells) * 2 > len(cells)
        )
    return np.array(sorted(same), np.int64)


def _repeated_titles(columns: Columns, filled: np.ndarray, titles: tuple[str, ...]) -> np.ndarray:
    alone = np.flatnonzero(filled == 1) if titles else np.empty(0, np.int64)
    if not len(alone):
        return alone
    texts = _first_filled([column.take(pa.array(alone)) for column in columns.values()])
    return alone[pc.is_in(texts, pa.array(titles, pa.large_string())).to_numpy(zero_copy_only=False)]


def _numbering(columns: list[pa.LargeStringArray]) -> np.ndarray:
    """Rows "1 2 3 …", "(1) (2) (3)" or "a b c": columns numbered, and nothing else."""
    if len(columns) < 3:
        return np.empty(0, np.int64)
    second = pa.array(["2", "(2)", "b", "B", "(b)", "II"], pa.large_string())
    candidates = np.flatnonzero(pc.is_in(columns[1], second).to_numpy(zero_copy_only=False))
    first_rows = np.arange(min(2, len(columns[0])))
    found = [row for row in np.union1d(candidates, first_rows).tolist() if _counts_up(columns, row)]
    return np.array(found, np.int64)


def _counts_up(columns: list[pa.LargeStringArray], row: int) -> bool:
    texts = [text for column in columns if (text := column[row].as_py())]
    if len(texts) < 3:
        return False
    numbers = [_NUMBERS.fullmatch(text) for text in texts]
    if all(numbers):
        return [int(number[1]) for number in numbers if number] == list(range(1, len(texts) + 1))
    return [text.strip("()").lower() for text in texts] == [chr(97 + place) for place in range(len(texts))]


def _totals(columns: Columns, used: dict[str, str], table: str) -> np.ndarray:
    by_business = table not in ("quotas", "recaps")
    named = [columns[name] for name, column in used.items() if column in ("kab_kota", "lp3h")]
    cells = list(columns.values())
    looked_at = [_first_filled(cells), *named, *(column for column in cells[:_LOOKED_AT] if column.null_count)]
    numbers = [
        columns[name] for name, column in used.items() if column in ("nib", "registration_number", "certificate_number")
    ]
    found: set[int] = set()
    for values in looked_at:
        at = _starting_like_total(values)
        texts = Distinct(values.take(pa.array(at)))
        starts = [_TOTAL.match(text) for text in texts.values]
        total = [
            bool(start) and (not by_business or bool(_TOTAL_ALONE.fullmatch(text, start.end())))
            for text, start in zip(texts.values, starts, strict=True)
        ]
        found.update(at[texts.spread(total, False, bool)].tolist())
    if by_business:
        known = {row for row in found if any(_IDENTITY.search(column[row].as_py() or "") for column in numbers)}
        found -= known
    else:
        for values in named:
            # A pivot table writes "Berau Total".
            ends = pc.match_substring_regex(values, r"(?i)\b(?:total|jumlah)\W*$")
            found.update(np.flatnonzero(pc.fill_null(ends, False).to_numpy(zero_copy_only=False)).tolist())
    return np.array(sorted(found), np.int64)


def _first_filled(columns: list[pa.LargeStringArray]) -> pa.LargeStringArray:
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


def _headings(columns: Columns, filled: np.ndarray, table: str) -> np.ndarray:
    """In a list of businesses, a row with nothing but a place or an LP3H: it heads the rows below it."""
    if table in ("quotas", "recaps") or len(columns) < 3:
        return np.empty(0, np.int64)
    few = np.flatnonzero((filled == 1) | (filled == 2))
    texts = joined_rows(list(columns.values()), few)
    plain = pc.replace_substring_regex(pc.utf8_lower(texts), "[^a-z0-9]+", " ")
    near = np.flatnonzero(pc.match_substring_regex(plain, f"{places.NAMED}|{institutions.NAMED}"))
    found = [at for at in near.tolist() if _is_heading(texts[at].as_py())]
    return few[found] if found else np.empty(0, np.int64)


def _is_heading(text: str) -> bool:
    name = _ENUMERATED.sub("", text)
    if " | " in name:
        return False
    return _is_place(name) or institutions.meaning(name).certainty in ("exact", "alias")


def _is_place(name: str) -> bool:
    found = places.meaning(name)
    return not re.search(r"[\d,]", name) and found.canonical is not None and found.certainty in ("exact", "alias")


def _placed(columns: Columns, used: dict[str, str], filled: np.ndarray) -> np.ndarray:
    """Rows of few cells that name a place in its own column, as no signature does."""
    placed = np.zeros(len(filled), bool)
    few = np.flatnonzero(filled <= MOST)
    for name, column in used.items():
        if column == "kab_kota" and len(few):
            texts = Distinct(columns[name].take(pa.array(few)))
            placed[few[texts.spread([_is_place(text) for text in texts.values], False, bool)]] = True
    return placed
