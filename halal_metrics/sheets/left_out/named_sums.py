"""Rows of a recap or of quotas that sum the rows of their own place over its LP3H, or of their LP3H over its places."""

from collections.abc import Mapping

import numpy as np

from halal_metrics.sheets.headings.headers import label
from halal_metrics.sheets.left_out.about import NAMED, NAMELESS, UNKNOWN, Names
from halal_metrics.sheets.said.problems import Finding


def named_sums(
    counts: np.ndarray, about: Names, empty: Mapping[str, np.ndarray], record: np.ndarray, columns: list[str]
) -> tuple[list[int], Finding]:
    """
    Positions of the totals, and those that say they are one and are another number.

    A row that says so ("Paser | Semua LP3H") sums all rows of its name. One that says nothing ("Paser | ") sums those
    right above it: one such may do so by chance, but not each of several.
    """
    totals: list[int] = []
    doubtful: dict[int, str] = {}
    for column, own, of_own, of_parts in (
        ("lp3h", about.place, about.of_place, about.of_lp3h),
        ("kab_kota", about.lp3h, about.of_lp3h, about.of_place),
    ):
        parts = record & (of_parts > UNKNOWN)
        for at in np.flatnonzero(record & (of_own == NAMED) & (of_parts == NAMELESS) & ~empty[column]).tolist():
            of_name = np.flatnonzero(parts & (own == own[at]))
            if len(of_name) and (equal := _is_sum(counts, at, of_name)) is not None:
                if equal:
                    totals.append(at)
                else:
                    stated = ~np.isnan(counts[at])
                    doubtful[at] = shown_beside(columns, counts[at], np.nansum(counts[of_name], axis=0), stated)
        totals += _of_blocks(counts, own, parts, record & (of_own == NAMED) & empty[column])
    at = np.array(sorted(doubtful), np.int64)
    return totals, Finding("row_like_total", at, [doubtful[row] for row in at.tolist()])


def _of_blocks(counts: np.ndarray, own: np.ndarray, parts: np.ndarray, bare: np.ndarray) -> list[int]:
    """The rows without parts that each sum the several right above them of the same name, where there are several."""
    found: list[int] = []
    for at in np.flatnonzero(bare).tolist():
        start = at
        while start and parts[start - 1] and own[start - 1] == own[at]:
            start -= 1
        if at - start > 1:
            if not _is_sum(counts, at, np.arange(start, at)):
                return []
            found.append(at)
    return found if len(found) > 1 else []


def _is_sum(counts: np.ndarray, at: int, of: np.ndarray) -> bool | None:
    """Whether all that a row states, and not only zeros, is the sum of these; None where it states nothing."""
    stated = ~np.isnan(counts[at])
    own, total = counts[at][stated], np.nansum(counts[of], axis=0)[stated]
    return bool((own == total).all() and (own > 0).any()) if stated.any() else None


def shown_beside(columns: list[str], own: np.ndarray, total: np.ndarray, stated: np.ndarray) -> str:
    """What a row states, and what the others sum to."""
    return ", ".join(
        f"{label(column)} {own[place]:.0f} (baris lain {total[place]:.0f})"
        for place, column in enumerate(columns)
        if stated[place]
    )
