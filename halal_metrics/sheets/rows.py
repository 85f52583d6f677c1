"""Which row heads the table, and which rows below it are records: the others are skipped, and said."""

import re
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from halal_metrics.sheets import headers
from halal_metrics.sheets.cells import bytes_of
from halal_metrics.sheets.files import Grid
from halal_metrics.sheets.problems import Finding

HEADER_WITHIN: Final = 30
"""Rows from the top among which the header is looked for."""

_SURE: Final = 3  # known headers

_TOTAL: Final = re.compile(r"\W*(?:sub|grand)?[\s.-]*(?:total|jumlah|jml|rata-rata)\b", re.IGNORECASE)
# A register's total says nothing but what it totals; "Total Rasa" is somebody's business.
_TOTAL_ALONE: Final = re.compile(
    r"(?:[\s:.,=()/-]|\d|keseluruhan|seluruhnya|seluruh|semua|umum|akhir|total|jumlah|pengajuan|pelaku|usaha|pu|data"
    r"|sertifikat|terbit|kuota|provinsi|prov|kaltim|kalimantan|timur|(?:kab|kota|kec|lp3h)\b.*)*",
    re.IGNORECASE,
)


def find_header(grid: Grid, mapping: dict[str, str | None]) -> int | None:
    """
    Position of the row with most known headers, the first of equals; None where no row has two, or is one in all.

    Headers named in `mapping` are known. A row mostly of known headers, and several, is not looked past.
    """
    named = {headers.key(header) for header in mapping}
    best, position = 0, None
    for row in range(min(HEADER_WITHIN, grid.rows)):
        texts = {text for text in grid.row(row) if text}
        known = sum(headers.is_header(text) or headers.key(text) in named for text in texts)
        if known > best and (known >= 2 or known == len(texts)):
            best, position = known, row
            if known >= _SURE and known * 2 > len(texts):
                break
    return position


def header_names(grid: Grid, position: int) -> dict[int, str]:
    """Column → its header; without one it is "Kolom 3" if anything is below it. The second of a name gets "(2)"."""
    names: dict[int, str] = {}
    for column, text in enumerate(grid.row(position)):
        values = grid.columns[column]
        if not text and values.slice(position + 1).null_count == len(values) - position - 1:
            continue
        name, again = text or f"Kolom {column + 1}", 2
        while name in names.values():
            name, again = f"{text or 'Kolom'} ({again})", again + 1
        names[column] = name
    return names


def blank(columns: list[pa.LargeStringArray], rows: int) -> np.ndarray:
    """Rows without anything in these columns."""
    empty = np.ones(rows, bool)
    for column in columns:
        if not column.null_count:
            return np.zeros(rows, bool)
        empty &= column.is_null().to_numpy(zero_copy_only=False)
    return empty


def no_records(columns: dict[str, pa.LargeStringArray], used: dict[str, str], rows: int, table: str) -> list[Finding]:
    """
    Rows that hold something but are no record, by reason; `columns` {header: cells}, `used` {header: column}.

    A row can be named by one reason only.
    """
    totals = _totals(columns, used, table)
    repeated = _repeated(columns)
    unfilled = np.flatnonzero(blank([columns[name] for name in used], rows))
    seen: set[int] = set()
    findings = []
    for code, found in (("row_total", totals), ("row_repeated_header", repeated), ("row_unfilled", unfilled)):
        at = np.array([row for row in np.sort(found).tolist() if row not in seen], np.int64)
        seen.update(at.tolist())
        if len(at):
            findings.append(Finding(code, at))
    return findings


def _repeated(columns: dict[str, pa.LargeStringArray]) -> np.ndarray:
    names = [name for name in columns if not name.startswith("Kolom ")]
    if not names:
        return np.empty(0, np.int64)
    candidates = np.flatnonzero(pc.fill_null(pc.equal(columns[names[0]], names[0]), False))
    same = [
        row for row in candidates.tolist() if sum(columns[name][row].as_py() == name for name in names) * 2 > len(names)
    ]
    return np.array(same, np.int64)


def _totals(columns: dict[str, pa.LargeStringArray], used: dict[str, str], table: str) -> np.ndarray:
    by_business = table not in ("quotas", "recaps")
    looked_at = [_first_filled(list(columns.values()))]
    looked_at += [columns[name] for name, column in used.items() if column in ("kab_kota", "lp3h")]
    found: set[int] = set()
    for values in looked_at:
        at = _starting_like_total(values)
        for row, text in zip(at.tolist(), values.take(pa.array(at)).to_pylist(), strict=True):
            start = _TOTAL.match(text)
            if start and (not by_business or _TOTAL_ALONE.fullmatch(text, start.end())):
                found.add(row)
    return np.array(sorted(found), np.int64)


def _first_filled(columns: list[pa.LargeStringArray]) -> pa.LargeStringArray:
    first = columns[0]
    for column in columns[1:]:
        if not first.null_count:
            break
        first = pc.coalesce(first, column)
    return first


_INITIALS: Final = np.isin(np.arange(256), list(b"tjsgrTJSGR (*:"))


def _starting_like_total(values: pa.LargeStringArray) -> np.ndarray:
    run, at = bytes_of(values)
    filled = np.flatnonzero(at[1:] > at[:-1])
    return filled[_INITIALS[run[at[filled]]]]
