"""What a recap or quotas say of their own totals, against the rows that were read."""

from collections import Counter
from collections.abc import Iterator, Sequence

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
    for place, one in enumerate(summed):
        if one.section.naming.crossed or not one.record.any():
            continue
        differing: dict[int, str] = {}
        for at in sorted(one.totals):
            own = one.counts[at]
            stated = ~np.isnan(own) & (own > 0)
            name = sums_what(one.words_of(at)) if stated.any() else None
            if name is None or _of_several(one, at, summed, place):
                continue
            sums = np.array([np.nansum(one.counts[some], axis=0) for some in _may_sum(one, at, name)])
            same = (sums == own) | ~stated
            if not same.all(axis=1).any():
                closest = sums[np.argmax(same.sum(axis=1))]
                differing[at] = shown_beside(one.columns, own, closest, stated & (own != closest))
        finding = Finding("total_differs", np.array(list(differing), np.int64), list(differing.values()))
        problems.add(finding, sheet=one.section.name, rows=one.section.rows)


def _may_sum(one: Summed, at: int, name: str) -> Iterator[np.ndarray]:
    """The records a total can be of, the likeliest first."""
    order = np.arange(len(one.record))
    if name != ALL:
        of_name = one.record & ((one.about.place == name) | (one.about.lp3h == name))
        if of_name.any():
            yield of_name
    else:
        yield one.record
    ends = [total for total in [*one.totals, *one.heads] if total < at]
    for start in [-1, *ends]:
        yield one.record & (order < at) & (order > start)
    later = min((total for total in one.totals if total > at), default=len(order))
    yield one.record & (order > at) & (order < later)
    if one.dates is not None:
        dates = np.array(one.dates.to_pylist(), object)
        for day in {*dates[one.record].tolist()}:
            yield one.record & (dates == day)
        named = zip(one.about.place.tolist(), one.about.lp3h.tolist(), strict=True)
        latest = {key: row for row, key in enumerate(named) if one.record[row]}
        yield np.isin(order, list(latest.values()))


def _of_several(one: Summed, at: int, summed: Sequence[Summed], place: int) -> bool:
    """Whether a total is that of several tables: of its sheet, of all, or of those up to it."""
    own = +one.stated(only=at)
    of_sheet = [other for other in summed if other.section.grid is one.section.grid]
    for others in (of_sheet, summed, summed[: place + 1]):
        together: Counter[str] = Counter()
        for other in others:
            together.update(other.stated())
        if len(others) > 1 and all(together[column] == count for column, count in own.items()):
            return True
    return False
