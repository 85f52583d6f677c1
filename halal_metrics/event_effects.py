"""What an event cost or brought: what was done on its days beside what the days before it let expect."""

from collections.abc import Iterable
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from halal_metrics.calendar import Calendar, calendar_of
from halal_metrics.counting.groups import Groups, group
from halal_metrics.counting.totals import EARLIEST, day, day_numbers, numbers, ratio
from halal_metrics.schema import COUNT, DATE, STAGES, TEXT, conform

BEFORE: Final = 20
"""Working days before an event that it is held against: four weeks, as the pace is."""
FEWEST: Final = 10
"""With fewer of them there is no spread to speak of: two weeks."""
WEEK: Final = 5
RANGE: Final = (0.1, 0.9)
"""8 in 10."""

_EVENTS: Final = {"event": TEXT, "start_date": DATE, "end_date": DATE}


def event_effects(
    progress: pd.DataFrame,
    events: pd.DataFrame,
    *,
    as_of,
    stage: str = "submitted",
    by: str | Iterable[str] = (),
    calendar: Calendar | Iterable | None = None,
) -> pd.DataFrame:
    """
    One row a group and event that has ended by as_of: `event, start_date, end_date, working_days, done, expected, low,
    high, difference, clear`, by group, then start, end and name.

    >>> days = pd.bdate_range("2025-05-05", "2025-05-30")
    >>> progress = pd.DataFrame({"date": days, "stage": "submitted", "count": [4, 2, 3, 5, 6] * 3 + [0] * 5})
    >>> events = pd.DataFrame({"text": ["SIHALAL tidak dapat dibuka"], "date": pd.to_datetime(["2025-05-26"]),
    ...                        "until_date": pd.to_datetime(["2025-05-30"])})
    >>> effects = event_effects(progress, events, as_of="2025-06-04", calendar=[])
    >>> effects[["working_days", "done", "expected", "low", "high", "difference", "clear"]]
       working_days  done  expected  low  high  difference  clear
    0             5     0      20.0   14    26       -20.0   True

    `events`: `text, date, until_date` as they are noted (missing: that day alone), or `event, start_date, end_date`.
    done: the net count of the stage on its days. expected: its working days × the net count per working day of the 20
    working days before it, without the days of other events; what is counted on a day off is done on the working day
    before. low, high: the 80% range of a negative binomial whose mean is expected and whose variance exceeds it by
    as much as that of the weekly sums (5 working days each, back from the event) exceeds theirs; Poisson where it does
    not. difference = done − expected; clear: done lies outside the range.

    expected and all that follows from it are missing where fewer than 10 such days lie before it, from the first count
    of the progress on. An event without a date is on no day, one that has not ended is not there.
    """
    if stage not in STAGES:
        raise ValueError(f"stage= is one of {', '.join(STAGES)}; not {stage!r}")
    groups, known = group([progress], by), _known(events)
    first, last = (day_numbers(known, name) for name in ("start_date", "end_date"))
    ended = np.flatnonzero((first >= EARLIEST) & (last <= day(as_of)))
    counts = _Counts(progress, stage, groups)
    effects = [_effect(counts, event, first, last, calendar_of(calendar)) for event in ended]
    named = known.take(np.tile(ended, len(groups)))
    table = {name: named[name].array for name in _EVENTS}
    for name in _Effect._fields:
        table[name] = np.column_stack(
            [getattr(effect, name) for effect in effects] or [np.empty((len(groups), 0))]
        ).ravel()
    missing = np.isnan(np.asarray(table["expected"], float))
    return groups.frame(
        {
            **table,
            "working_days": table["working_days"].astype(COUNT),
            "done": table["done"].astype(COUNT),
            "low": pd.arrays.IntegerArray(table["low"].astype(COUNT), missing),
            "high": pd.arrays.IntegerArray(table["high"].astype(COUNT), missing),
            "difference": table["done"] - table["expected"],
            "clear": pd.arrays.BooleanArray((table["done"] < table["low"]) | (table["done"] > table["high"]), missing),
        },
        repeat=len(ended),
    )


def _known(events: pd.DataFrame) -> pd.DataFrame:
    """The events by their names and days, by start, end and name."""
    names = {"text": "event", "date": "start_date", "until_date": "end_date"}
    known = conform(events.rename(columns={old: new for old, new in names.items() if new not in events}), _EVENTS)
    start = known["start_date"].dt.normalize()
    end = known["end_date"].dt.normalize()
    known = known.assign(start_date=start, end_date=end.where(end > start, start))
    return known.sort_values(["start_date", "end_date", "event"], ignore_index=True)


class _Effect(NamedTuple):
    """One event, a value a group; low and high 0 where nothing can be expected."""

    working_days: np.ndarray
    done: np.ndarray
    expected: np.ndarray
    low: np.ndarray
    high: np.ndarray


class _Counts:
    """The net counts of a stage by group and day. `begin`: the first day on which anything was counted."""

    def __init__(self, progress: pd.DataFrame, stage: str, groups: Groups) -> None:
        days = day_numbers(progress, "date")
        dated = days >= EARLIEST
        self.begin = int(days[dated].min()) if dated.any() else None
        rows = np.flatnonzero(dated & (progress["stage"] == stage).to_numpy(bool))
        self._group, self._days = groups.rows[0][rows], days[rows]
        self._count, self.groups = numbers(progress, "count")[rows], len(groups)

    def between(self, first: int, last: int) -> np.ndarray:
        """Groups × days, both ends included."""
        rows = np.flatnonzero((self._days >= first) & (self._days <= last))
        size = last - first + 1
        key = self._group[rows] * size + self._days[rows] - first
        counted = np.bincount(key, self._count[rows], self.groups * size)
        return np.rint(counted).astype(np.int64).reshape(self.groups, size)


def _effect(counts: _Counts, event: int, first: np.ndarray, last: np.ndarray, calendar: Calendar) -> _Effect:
    start, end = int(first[event]), int(last[event])
    length = int(_worked(start, end, calendar).sum())
    done = counts.between(start, end).sum(axis=1)
    nothing = np.zeros(counts.groups)
    unknown = _Effect(nothing + length, done, np.full(counts.groups, np.nan), nothing, nothing)
    if counts.begin is None or counts.begin >= start:
        return unknown

    begin = _since(start, counts.begin, calendar)
    free = np.ones(start - begin, bool)
    for other in np.flatnonzero((last >= begin) & (first < start)):
        if other != event:
            free[max(int(first[other]) - begin, 0) : int(last[other]) - begin + 1] = False
    working = np.flatnonzero(_worked(begin, start - 1, calendar) & free)
    if len(working) < FEWEST:
        return unknown
    # what is counted on a day off is done in the working day before it
    counted = np.flatnonzero(free)
    place = np.maximum(np.searchsorted(working, counted, side="right") - 1, 0)
    daily = np.zeros((counts.groups, len(working)))
    np.add.at(daily, (slice(None), place), counts.between(begin, start - 1)[:, counted])
    weeks = daily[:, len(working) % WEEK :].reshape(counts.groups, -1, WEEK).sum(axis=2)
    mean, spread = weeks.mean(axis=1), weeks.var(axis=1, ddof=1)
    expected = daily.mean(axis=1) * length
    above = np.fmax(ratio(spread, np.maximum(mean, 0)), 1)  # without a mean there is no more to it than chance
    bounds = [_range(*of_group) for of_group in zip(expected, above, strict=True)]
    low, high = np.array(bounds, float).reshape(-1, 2).T
    return _Effect(nothing + length, done, expected, low, high)


def _worked(first: int, last: int, calendar: Calendar) -> np.ndarray:
    """Which of the days are worked."""
    days = np.arange(first, last + 1).astype("M8[D]")
    return calendar.working_days(days, days) > 0


def _since(start: int, begin: int, calendar: Calendar) -> int:
    """The first of the 20 working days before a day, not before `begin`."""
    length = 2 * BEFORE
    while True:
        since = max(start - length, begin)
        working = np.flatnonzero(_worked(since, start - 1, calendar))
        if len(working) >= BEFORE:
            return since + int(working[-BEFORE])
        if since == begin:
            return begin
        length *= 2


def _range(mean: float, above: float) -> tuple[int, int]:
    """
    The 80% range of so many, whose variance is `above` × their mean.

    >>> _range(20.0, 1.0), _range(20.0, 4.0), _range(-3.0, 1.0)
    ((14, 26), (10, 32), (0, 0))
    """
    if mean <= 0:
        return 0, 0
    # no more than a tenth lies further than three deviations above the mean: Cantelli's inequality
    number = np.arange(1, int(mean + 3 * np.sqrt(mean * above)) + 2)
    if above > 1 + 1e-9:
        size = mean / (above - 1)
        none, steps = -size * np.log(above), np.log((number - 1 + size) / number * (1 - 1 / above))
    else:
        none, steps = -mean, np.log(mean / number)
    reached = np.exp(none + np.append(0, np.cumsum(steps))).cumsum()
    low, high = np.searchsorted(reached, np.array(RANGE) - 1e-12)
    return int(low), int(high)
