"""Rows below a header that are no records: totals, headers once more, numbering, headings, signatures, notes."""

import re
from collections.abc import Callable
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from halal_metrics import places
from halal_metrics.sheets.headings.headers import key
from halal_metrics.sheets.left_out.signatures import MOST, closing_rows
from halal_metrics.sheets.left_out.totals import Columns, first_filled, totals
from halal_metrics.sheets.said.problems import Finding
from halal_metrics.sheets.values.cells import Distinct, filled
from halal_metrics.spelling import capitals

_NUMBERS: Final = re.compile(r"\(?(\d{1,2})\)?(?:\s*=.*)?")


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
    headings: np.ndarray,
    filled: np.ndarray,
) -> list[Finding]:
    """
    Rows that hold something but are no record, by reason: each row by one reason only.

    `columns` {header: cells}, `used` {header: column}; `written` the lines of the header as they lie there, cell by
    cell as `columns`; `titles` the lines above it, `title_rows` the rows known to be titles of a table below,
    `headings` those that head a group; `filled` how many cells each row has.
    """
    rows = len(next(iter(columns.values()))) if columns else 0
    reasons: tuple[tuple[str, Callable[[], np.ndarray]], ...] = (
        ("row_title", lambda: title_rows),
        ("row_title", lambda: _repeated_titles(columns, filled, titles)),
        ("row_repeated_header", lambda: _repeated(list(columns.values()), written)),
        ("row_numbering", lambda: _numbering(list(columns.values()))),
        ("row_total", lambda: totals(columns, used, table)),
        ("row_heading", lambda: headings),
    )
    left = np.ones(rows, bool)
    findings = []
    for code, find in reasons:
        _note(findings, code, find(), left)
    for code, at in closing_rows(columns, used, filled, left, _placed(columns, used, filled)).items():
        _note(findings, code, at, left)
    _note(findings, "row_unfilled", np.flatnonzero(blank([columns[name] for name in used], rows)), left)
    return findings


def _note(findings: list[Finding], code: str, found: np.ndarray, left: np.ndarray) -> None:
    at = np.unique(found[left[found]]) if len(found) else found
    if len(at):
        findings.append(Finding(code, at))
        left[at] = False


def filled_cells(columns: list[pa.LargeStringArray], rows: int) -> np.ndarray:
    """How many cells of each row hold something."""
    counts = np.zeros(rows, np.int32)
    for column in columns:
        counts += 1 if not column.null_count else filled(column)
    return counts


def _cells_like(column: pa.LargeStringArray, text: str) -> np.ndarray:
    """Rows whose cell is this text, whatever its capitals."""
    cases = pa.array(capitals(text), pa.large_string())
    return np.flatnonzero(pc.is_in(column, cases).to_numpy(zero_copy_only=False))


def _repeated(columns: list[pa.LargeStringArray], written: tuple[tuple[str | None, ...], ...]) -> np.ndarray:
    """Rows that repeat most cells of one of the header's lines."""
    same: set[int] = set()
    for line in written:
        cells = [(place, text) for place, text in enumerate(line) if text and not text.isdigit()]
        candidates = {row for place, text in cells[:2] for row in _cells_like(columns[place], text).tolist()}
        same.update(
            row
            for row in candidates
            if sum(key(columns[place][row].as_py() or "") == key(text) for place, text in cells) * 2 > len(cells)
        )
    return np.array(sorted(same), np.int64)


def _repeated_titles(columns: Columns, filled: np.ndarray, titles: tuple[str, ...]) -> np.ndarray:
    alone = np.flatnonzero(filled == 1) if titles else np.empty(0, np.int64)
    if not len(alone):
        return alone
    texts = first_filled([column.take(pa.array(alone)) for column in columns.values()])
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


def _placed(columns: Columns, used: dict[str, str], filled: np.ndarray) -> np.ndarray:
    """Rows of few cells that name a place in its own column, as no signature does."""
    placed = np.zeros(len(filled), bool)
    few = np.flatnonzero(filled <= MOST)
    for name, column in used.items():
        if column == "kab_kota" and len(few):
            texts = Distinct(columns[name].take(pa.array(few)))
            known = [
                not re.search(r"[\d,]", text) and places.meaning(text).certainty in ("exact", "alias")
                for text in texts.values
            ]
            placed[few[texts.spread(known, False, bool)]] = True
    return placed
