"""Rows of a recap or of quotas that sum the rows of their own place over its LP3H, or of their LP3H over its places."""

from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa

from halal_metrics.sheets.headings.headers import label
from halal_metrics.sheets.left_out.about import NAMELESS, UNKNOWN, Names
from halal_metrics.sheets.said.problems import Finding

NEAR: Final = 0.2  # of a sum: what is off by so much was a sum once


class NamedSums(NamedTuple):
    """Positions that are sums, and what there is to say of those that are another number, or only may be sums."""

    totals: list[int]
    differing: Finding
    doubtful: Finding


class _Like(NamedTuple):
    """A row that names a place (or LP3H) alone, beside the rows that divide it."""

    at: int
    sum: np.ndarray
    equal: bool
    near: bool
    sure: bool
    """Whether its likeness is no chance: several rows, several counts, its own words or a merged cell tell it."""


def named_sums(
    counts: np.ndarray,
    about: Names,
    empty: Mapping[str, np.ndarray],
    record: np.ndarray,
    totals: list[int],
    *,
    dates: pa.LargeStringArray | None,
    merged: np.ndarray | None,
    columns: list[str],
) -> NamedSums:
    """
    The rows that sum others of their name, wherever these stand: "Paser | " above, below or apart from "Paser | ITK".

    One that says so ("Paser | Semua LP3H") is a sum, whatever it counts. One that says nothing is a sum where all it
    states is that of several rows, or several counts are; where most of the table's are, all are, and one of another
    number is an old sum: the rows that divide it count, and that is said. What may be a sum by chance ("Paser | " with
    the 50 of "Paser | ITK") is kept and said. Where the table's own total, one of the rows `totals`, counts them, all
    are kept, and those are said that do not seem to be by chance. Anything else is what is left to divide.
    """
    found: list[int] = []
    differing: dict[int, _Like] = {}
    doubtful: dict[int, _Like] = {}
    when = dates.to_pylist() if dates is not None and dates.null_count < len(dates) else None
    for column, own, of_parts in (("lp3h", about.place, about.of_lp3h), ("kab_kota", about.lp3h, about.of_place)):
        by_name: dict[str, list[int]] = {}
        named = record & np.array([name is not None for name in own], bool)
        for at in np.flatnonzero(named & (of_parts > NAMELESS)).tolist():
            by_name.setdefault(own[at], []).append(at)
        alike: dict[int, _Like] = {}
        says = (of_parts == NAMELESS) & ~empty[column]
        for at in np.flatnonzero(named & (of_parts <= UNKNOWN)).tolist():
            parts = [part for part in by_name.get(own[at], []) if part != at and (not when or when[part] == when[at])]
            told = bool(says[at]) or (merged is not None and bool(merged[at]))
            like = _like(counts, at, parts, record, told=told) if parts else None
            if like and (of_parts[at] == NAMELESS or (like.equal and like.sure)):
                alike[at] = like
        ours = {at: like for at, like in alike.items() if says[at] or like.equal or like.near}
        counted = _are_counted(counts, record, list(ours), totals)
        several = sum(like.equal for like in ours.values()) > 1
        sums = len(ours) * 2 > len(alike) and (several or any(like.sure for like in ours.values()))
        for at, like in alike.items():
            if (says[at] and like.equal) or ((says[at] or sums) and not counted):
                found.append(at)
                if not like.equal:
                    differing[at] = like
            elif at in ours and (like.sure if counted else like.equal):
                doubtful[at] = like
    return NamedSums(
        found,
        _finding("heading_differs", counts, differing, columns),
        _finding("row_like_total", counts, doubtful, columns),
    )


def _like(counts: np.ndarray, at: int, parts: list[int], record: np.ndarray, *, told: bool) -> _Like | None:
    """How a row compares with all rows of its name, or with those right above or below it; None where nothing can."""
    order = np.cumsum(record)
    steps = {int(order[part] - order[at]): part for part in parts}
    runs = [parts, *(_run(steps, step) for step in (-1, 1))]
    likes = [one for run in runs if run and (one := _compared(counts, at, np.array(run), told=told))]
    return max(likes, key=lambda one: (one.equal, one.near), default=None)


def _run(steps: Mapping[int, int], step: int) -> list[int]:
    found, next_ = [], step
    while next_ in steps:
        found.append(steps[next_])
        next_ += step
    return found


def _compared(counts: np.ndarray, at: int, parts: np.ndarray, *, told: bool) -> _Like | None:
    own, total = counts[at], np.nansum(counts[parts], axis=0)
    stated = ~np.isnan(own)
    both = stated & ~np.isnan(counts[parts]).all(axis=0)
    if not both.any():
        return None
    equal = bool((own == total)[stated].all() and (own[stated] > 0).any())
    near = bool((np.abs(own - total) <= NEAR * total)[both].all() and (own[both] > 0).any())
    several = len(parts) > 1 or ((own == total) & (own > 0))[both].sum() > 1
    return _Like(at, total, equal, near, told or (several and near))


def _are_counted(counts: np.ndarray, record: np.ndarray, found: list[int], totals: list[int]) -> bool:
    """Whether a total of the table is that of all its records, with these rows and not without them."""
    all_, without = np.nansum(counts[record], axis=0), record.copy()
    without[found] = False
    rest = np.nansum(counts[without], axis=0)
    for at in totals if found else ():
        stated = ~np.isnan(counts[at])
        if stated.any() and (counts[at] == all_)[stated].all() and (all_ != rest)[stated].any():
            return True
    return False


def _finding(code: str, counts: np.ndarray, found: Mapping[int, _Like], columns: list[str]) -> Finding:
    at = sorted(found)
    shown = [shown_beside(columns, counts[row], found[row].sum, ~np.isnan(counts[row])) for row in at]
    return Finding(code, np.array(at, np.int64), shown)


def shown_beside(columns: list[str], own: np.ndarray, total: np.ndarray, stated: np.ndarray) -> str:
    """What a row states, and what the others sum to."""
    return ", ".join(
        f"{label(column)} {own[place]:.0f} (baris lain {total[place]:.0f})"
        for place, column in enumerate(columns)
        if stated[place]
    )
