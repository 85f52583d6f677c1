"""Rows of a recap or of quotas that sum others, whatever they are called: told by their counts."""

from collections.abc import Iterable
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa

from halal_metrics.sheets.left_out.about import INSTITUTION, NAMED, NAMELESS, UNKNOWN, Names
from halal_metrics.sheets.left_out.named_sums import NEAR, shown_beside
from halal_metrics.sheets.said.problems import Finding

_BREAKS: Final = 20  # totals back from a row that may begin the rows it sums


class Sums(NamedTuple):
    """Positions that are totals, and what there is to say of rows that are only like one."""

    totals: np.ndarray
    doubtful: Finding


class _Likeness(NamedTuple):
    """How a row compares with the sum of others."""

    sum: np.ndarray
    stated: np.ndarray
    """Which of its counts it and any of the others state."""
    same: np.ndarray
    """Which of them are the sum, and not zero."""
    equal: bool
    """Whether all it states is that sum."""
    near: bool
    """Whether all it states is nearly that of several, as where a row is hidden or was put in later."""
    rows: int

    @property
    def counted(self) -> int:
        return int(self.same.sum())


def sums(
    counts: np.ndarray,
    about: Names,
    *,
    record: np.ndarray,
    breaks: np.ndarray,
    dates: pa.LargeStringArray | None = None,
    columns: list[str],
) -> Sums:
    """
    Rows without a known place and LP3H whose every count is the sum of others: of those above since some total, of
    those below up to the next row without a name, or of all.

    `counts` rows × columns, missing as NaN; `record` the rows not explained yet, `breaks` those known for totals;
    `dates` what rows say of their own date, which a sum shares.

    A row that is only like a sum is kept and said: some of its counts are one; or it may be an institution nobody
    knows, or quota that is not divided.
    """
    kind = about.kind
    if not (record & (kind == NAMED)).any():
        return Sums(np.empty(0, np.int64), Finding("row_like_total", np.empty(0, np.int64)))
    above = _Above(counts, kind, dates)
    known = np.zeros(len(record), bool)
    known[breaks] = True
    totals: list[int] = []
    said: dict[int, _Likeness] = {}
    for at in np.flatnonzero(record | known).tolist():
        like = None
        if not known[at]:
            like = above.alike(at, about) if kind[at] != NAMED else None
            if like and _is_total(like, kind[at]):
                totals.append(at)
                known[at] = True
        if known[at]:
            above.end()
            continue
        if like and like.stated.any() and (about.sums_up[at] or _is_doubtful(like, kind[at])):
            said[at] = like
        above.add(at)
    for place, at in enumerate(above.rows):  # totals on top
        like = above.below(place) if kind[at] <= UNKNOWN else None
        if like and like.equal and like.counted:
            if like.counted > 1 or (kind[at] == NAMELESS and 1 < like.rows == len(above.rows) - 1):
                totals.append(at)
                said.pop(at, None)
            else:
                said[at] = like
    at = sorted(said)
    shown = [shown_beside(columns, counts[row], said[row].sum, said[row].stated) for row in at]
    return Sums(np.array(sorted(totals), np.int64), Finding("row_like_total", np.array(at, np.int64), shown))


class _Above:
    """The rows gone by, as sums up to each of them, so that a sum of any run of them is a difference."""

    def __init__(self, counts: np.ndarray, kind: np.ndarray, dates: pa.LargeStringArray | None) -> None:
        self.rows: list[int] = []
        self._counts, self._kind = counts, kind
        self._dates = dates.to_pylist() if dates is not None and dates.null_count < len(dates) else None
        self._width = counts.shape[1]
        # of each row what it counts, which counts it states, and whether it has a name; then the sums of these
        self._of_each = np.column_stack([np.nan_to_num(counts), ~np.isnan(counts), kind >= INSTITUTION]).astype(float)
        self._sums = np.zeros((len(counts) + 1, 2 * self._width + 1))
        self._starts = [0]

    def add(self, at: int) -> None:
        self._sums[len(self.rows) + 1] = self._sums[len(self.rows)] + self._of_each[at]
        self.rows.append(at)

    def end(self) -> None:
        """A total stands here."""
        self._starts.append(len(self.rows))

    def alike(self, at: int, about: Names) -> _Likeness | None:
        """How the row compares with the rows since some total, all, or several of the same place: the closest."""
        within = self._block(at, self.rows[-1], about) if self.rows else None
        since = self._like(at, self._best_start(at), len(self.rows))
        return _closest([since, within if within and within.rows > 1 else None])

    def _best_start(self, at: int) -> int:
        """From which of the last totals, or the first row, the rows gone by sum most closely to this one."""
        starts = np.array([*dict.fromkeys([*self._starts[-_BREAKS:][::-1], 0])])
        taken = self._sums[len(self.rows)] - self._sums[starts]
        total, several = taken[:, : self._width], taken[:, self._width : -1] > 0
        own = self._counts[at]
        stated = ~np.isnan(own)
        same = several & (own == total)
        counted = (same & (total > 0)).sum(axis=1)
        near = ((np.abs(own - total) <= NEAR * total + 1) | ~stated).all(axis=1) & (taken[:, -1] > 1)
        closest = (same | ~stated).all(axis=1) * (1 + self._width) + counted + near / 2
        return int(starts[np.argmax(np.where(taken[:, -1] > 0, closest, -1))])

    def below(self, own: int) -> _Likeness | None:
        """How a row, by its place, compares with those below it up to the next without a name, and with all others."""
        at, last = self.rows[own], len(self.rows)
        end = next((place for place in range(own + 1, last) if self._kind[self.rows[place]] <= UNKNOWN), last)
        found = [self._like(at, own + 1, end)]
        if own + 1 < last:
            found.append(self._like(at, 0, last, less=own))
        return _closest(found)

    def _block(self, at: int, like: int, about: Names) -> _Likeness | None:
        """How the row compares with the rows right above it that have the place, or the LP3H, of another and parts."""
        by_lp3h = about.place[like] is None
        own, parts = (about.lp3h, about.of_place) if by_lp3h else (about.place, about.of_lp3h)
        start = len(self.rows)
        while start > self._starts[-1]:
            row = self.rows[start - 1]
            if own[row] is None or own[row] != own[like] or parts[row] <= UNKNOWN:
                break
            start -= 1
        return self._like(at, start, len(self.rows))

    def _like(self, at: int, start: int, end: int, less: int | None = None) -> _Likeness | None:
        taken = self._sums[end] - self._sums[start]
        if start == end:
            return None
        if less is not None:
            taken = taken - (self._sums[less + 1] - self._sums[less])
        if not taken[-1] or not self._of_one_date(at, self.rows[end - 1]):
            return None
        total, several = taken[: self._width], taken[self._width : -1] > 0
        own = self._counts[at]
        stated = ~np.isnan(own)
        same = several & (own == total)
        rows = end - start - (less is not None)
        equal = bool(stated.any() and same[stated].all())
        near = rows > 1 and bool(stated.any()) and bool((np.abs(own - total) <= NEAR * total + 1)[stated].all())
        return _Likeness(total, stated, same & (total > 0), equal, near, rows)

    def _of_one_date(self, at: int, nearest: int) -> bool:
        return self._dates is None or self._dates[at] in (None, self._dates[nearest])


def _closest(found: Iterable[_Likeness | None]) -> _Likeness | None:
    return max((one for one in found if one), key=lambda one: (one.equal, one.counted, one.near), default=None)


def _is_total(like: _Likeness, kind: int) -> bool:
    return like.equal and (kind == NAMELESS or (kind == UNKNOWN and like.counted > 1))


def _is_doubtful(like: _Likeness, kind: int) -> bool:
    if kind == INSTITUTION:
        return like.equal and like.counted > 1 and like.rows > 1
    return like.counted > 0 or (like.near and kind == NAMELESS)
