"""What a recap or quotas say of their own totals, against the rows that were read."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import compress

import numpy as np

from halal_metrics.sheets.left_out.named_sums import shown_beside
from halal_metrics.sheets.left_out.summed import Summed
from halal_metrics.sheets.left_out.totals import ALL, sums_what
from halal_metrics.sheets.said.problems import Finding, Problems


def compare_own_totals(summed: Sequence[Summed], problems: Problems) -> None:
    """
    Says where a row that calls itself the total of all, or of a place or LP3H, states another number than every sum it
    can mean: of all records, of those above it or since some total, of its name, of one date or the last of each; of
    the sheet, of all.

    A count of which it states nothing, or 0, is not compared.
    """
    read = [other.stated() for other in summed]
    for place, one in enumerate(summed):
        if one.section.naming.crossed or not one.record.any():
            continue
        differing: dict[int, str] = {}
        sums = _Sums(one) if one.totals else None
        of_sheet = [other.section.grid is one.section.grid for other in summed]
        others = [[*compress(read, of_sheet)], read, read[: place + 1]]
        for at in sorted(one.totals):
            own = one.counts[at]
            stated = ~np.isnan(own) & (own > 0)
            name = sums_what(one.words_of(at)) if stated.any() else None
            if sums is None or name is None or any(_is_of(one.stated(only=at), several) for several in others):
                continue
            found = sums.may_be(at, name)
            same = (found == own) | ~stated
            if not same.all(axis=1).any():
                closest = found[np.argmax(same.sum(axis=1))]
                differing[at] = shown_beside(one.columns, own, closest, stated & (own != closest))
        finding = Finding("total_differs", np.array(list(differing), np.int64), list(differing.values()))
        problems.add(finding, sheet=one.section.name, rows=one.section.rows)


class _Sums:
    """What the records of a table sum to: all, those of a name, or from one total to another."""

    def __init__(self, one: Summed) -> None:
        self._one = one
        self._counts = np.where(one.record[:, None], np.nan_to_num(one.counts), 0)
        self._before = np.concatenate([np.zeros((1, len(one.columns))), self._counts.cumsum(axis=0)])
        self._totals = np.array(sorted(one.totals), np.int64)
        self._starts = np.array(sorted([-1, *one.totals, *one.heads]), np.int64) + 1
        self._of_days = [*self._by_day()]
        self._of_names: dict[str, list[np.ndarray]] = {ALL: [self._before[-1]]}

    def may_be(self, at: int, name: str) -> np.ndarray:
        """What the total in a row can be, the likeliest first: sums × columns."""
        if name not in self._of_names:
            of_name = self._one.record & ((self._one.about.place == name) | (self._one.about.lp3h == name))
            self._of_names[name] = [self._counts[of_name].sum(axis=0)] if of_name.any() else []
        above = self._before[at] - self._before[self._starts[self._starts <= at]]
        later = self._totals[self._totals > at]
        below = self._before[later[0] if len(later) else -1] - self._before[at + 1]
        return np.array([*self._of_names[name], *above, below, *self._of_days])

    def _by_day(self) -> Iterator[np.ndarray]:
        """Of each date, and of the last record of each name."""
        one = self._one
        if one.dates is None:
            return
        dates = np.array(one.dates.to_pylist(), object)
        for day in dict.fromkeys(dates[one.record].tolist()):
            yield self._counts[dates == day].sum(axis=0)
        named = zip(one.about.place.tolist(), one.about.lp3h.tolist(), strict=True)
        latest = {key: row for row, key in enumerate(named) if one.record[row]}
        yield self._counts[[*latest.values()]].sum(axis=0)


def _is_of(own: Counter[str], several: Sequence[Counter[str]]) -> bool:
    """Whether a total is that of several tables together: of its sheet, of all, or of those up to it."""
    together: Counter[str] = Counter()
    for other in several:
        together.update(other)
    return len(several) > 1 and all(together[column] == count for column, count in (+own).items())
