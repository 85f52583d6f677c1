"""What will be used and issued by when, and how sure: read off the futures of a programme."""

from collections.abc import Iterable
from typing import Final, Literal

import numpy as np
import pandas as pd

from halal_metrics.counting.groups import Groups, dimensions, group
from halal_metrics.counting.totals import day
from halal_metrics.outcomes import Outcomes
from halal_metrics.simulation.fates import NEVER

Measure = Literal["used", "issued"]

MEASURES: Final = ("used", "issued")

BAND: Final = {"p10": 0.1, "p50": 0.5, "p90": 0.9}
"""Eight in ten futures lie from p10 to p90."""


def forecast(outcomes: Outcomes, *, by: str | Iterable[str] = (), dates: Iterable) -> pd.DataFrame:
    """
    How many will be used and issued on each of the dates: by + `date, measure, mean, p10, p50, p90`, applications.

    >>> from halal_metrics.outcomes import outcomes as run
    >>> quotas = pd.DataFrame({"kab_kota": ["Kota Bontang"], "lp3h": ["PWI Kaltim"], "quota": [12]})
    >>> spells = pd.DataFrame({"kab_kota": "Kota Bontang", "lp3h": "PWI Kaltim", "stage": "submitted", "count": [12],
    ...     "entered_date": pd.to_datetime(["2025-05-05"]), "outcome": "waiting",
    ...     "until_date": pd.to_datetime(["2025-06-04"])})
    >>> found = run(quotas, spells, as_of="2025-06-04", until="2025-12-31", paths=100)
    >>> forecast(found, dates=["2025-06-04"])
            date measure  mean  p10  p50  p90
    0 2025-06-04    used  12.0   12   12   12
    1 2025-06-04  issued   0.0    0    0    0

    Groups are added path by path, so that the means of parts sum to the whole's. p10, p50, p90 are numbers that
    occurred (inverted distribution function). On as_of it is what `absorption` says, where everything is known to that
    day. A date is in calendar days; ValueError where one lies before as_of or after until.
    """
    days = np.array([day(date) for date in dates], np.int64)
    index = _within(outcomes, days)
    groups = group([outcomes.now.cells], dimensions(by))
    made = []
    for measure in MEASURES:
        counted = counts(outcomes, measure, groups.rows[0], len(groups), index)
        ordered = np.sort(counted, axis=0)
        columns = {"mean": counted.mean(axis=0)}
        for name, share in BAND.items():
            columns[name] = ordered[max(int(np.ceil(share * outcomes.paths)) - 1, 0)].astype(np.int64)
        made.append(columns)
    size = (len(groups), len(days), len(MEASURES))
    columns = {name: np.stack([columns[name] for columns in made], axis=-1).reshape(size) for name in made[0]}
    return groups.frame(
        {
            "date": np.tile(np.repeat(days.astype("M8[D]").astype("M8[us]"), len(MEASURES)), len(groups)),
            "measure": pd.array(np.tile(MEASURES, len(groups) * len(days)), dtype="str"),
            **{name: values.ravel() for name, values in columns.items()},
        },
        repeat=len(days) * len(MEASURES),
    )


def counts(outcomes: Outcomes, measure: str, groups: np.ndarray, size: int, index: np.ndarray) -> np.ndarray:
    """How many there are on each path, in each group of cells, on each working day asked for: paths × groups × days."""
    start, events = outcomes.events(measure)
    asked, place = np.unique(index, return_inverse=True)
    # events count from the first day asked for that is not before them
    slot = np.searchsorted(asked, np.arange(outcomes.now.until + 1))[np.maximum(events.day, 0)]
    kept = np.flatnonzero(slot < len(asked))
    key = (events.path[kept].astype(np.int64) * size + groups[events.cell[kept]]) * len(asked) + slot[kept]
    shape = (outcomes.paths, size, len(asked))
    added = np.bincount(key, events.count[kept], int(np.prod(shape))).reshape(shape).cumsum(axis=2)
    base = np.bincount(groups, start, size)
    return np.rint(base[None, :, None] + added).astype(np.int64)[:, :, place]


def first_there(outcomes: Outcomes, measure: str, groups: np.ndarray, goals: np.ndarray) -> np.ndarray:
    """
    The working day from as_of on at which each group of cells first has each of its goals (groups × goals), NEVER
    later: paths × groups × goals.
    """
    start, events = outcomes.events(measure)
    now = outcomes.now
    base = np.bincount(groups, start, len(goals))
    days = now.until - now.as_of + 1
    slot = np.maximum(events.day - now.as_of, 0)
    key, group_of = events.path.astype(np.int64) * days + slot, groups[events.cell]
    first = np.full((outcomes.paths, *goals.shape), NEVER)
    for one, wanted in enumerate(goals):  # all of them by day at once would not fit in a cache
        here = np.flatnonzero(group_of == one) if len(goals) > 1 else slice(None)
        added = np.bincount(key[here], events.count[here], outcomes.paths * days).reshape(outcomes.paths, days)
        reached = np.rint(base[one] + np.maximum.accumulate(added.cumsum(axis=1), axis=1))
        for place, goal in enumerate(wanted):
            missed = (reached < goal).sum(axis=1)
            first[:, one, place] = np.where(missed < days, now.as_of + missed, NEVER)
    return first


def finish_chances(
    outcomes: Outcomes,
    *,
    by: str | Iterable[str] = (),
    measure: Measure = "issued",
    goals: Iterable[float] = (1.0,),
    dates: Iterable,
) -> pd.DataFrame:
    """
    How likely each group stands at its goals on each of the dates: by + `measure, share, goal, date, chance`.

    >>> from halal_metrics.outcomes import outcomes as run
    >>> quotas = pd.DataFrame({"kab_kota": ["Kota Bontang"], "lp3h": ["PWI Kaltim"], "quota": [12]})
    >>> spells = pd.DataFrame({"kab_kota": "Kota Bontang", "lp3h": "PWI Kaltim", "stage": "submitted", "count": [12],
    ...     "entered_date": pd.to_datetime(["2025-05-05"]), "outcome": "waiting",
    ...     "until_date": pd.to_datetime(["2025-06-04"])})
    >>> found = run(quotas, spells, as_of="2025-06-04", until="2025-12-31", paths=100)
    >>> finish_chances(found, measure="used", goals=[0.5], dates=["2025-06-30"])
      measure  share  goal       date  chance
    0    used    0.5     6 2025-06-30     1.0

    share: the part of the quota that is the goal, goal = ⌈share × quota⌉ applications; chance: the share of paths that
    have so many or more on that date, so that it agrees with the bands of `forecast`. Of used that may be less than the
    chance of `finish_dates`, which asks whether they have been there at least once: some leave again.
    ValueError where a date lies before as_of or after until.
    """
    shares = np.array(list(goals), float)
    days = np.array([day(date) for date in dates], np.int64)
    index = _within(outcomes, days)
    groups, wanted = _goals(outcomes, by, shares)
    there = counts(outcomes, measure, groups.rows[0], len(groups), index)
    # groups × goals × dates
    chance = np.stack([(there >= goal[:, None]).mean(axis=0) for goal in wanted.T], axis=1)
    size = len(shares) * len(days)
    return groups.frame(
        {
            "measure": pd.array([measure] * (len(groups) * size), dtype="str"),
            "share": np.tile(np.repeat(shares, len(days)), len(groups)),
            "goal": np.repeat(wanted.ravel(), len(days)),
            "date": np.tile(days.astype("M8[D]").astype("M8[us]"), len(groups) * len(shares)),
            "chance": chance.ravel(),
        },
        repeat=size,
    )


def _goals(outcomes: Outcomes, by: str | Iterable[str], shares: np.ndarray) -> tuple[Groups, np.ndarray]:
    """(the groups, how many applications each share of each one's quota is: groups × shares)."""
    groups = group([outcomes.now.cells], dimensions(by))
    quota = np.bincount(groups.rows[0], outcomes.now.quota, len(groups))
    return groups, np.ceil(quota[:, None] * shares - 1e-9).astype(np.int64)


def _within(outcomes: Outcomes, days: np.ndarray) -> np.ndarray:
    """Days as working days of the run; ValueError where it does not reach to one."""
    now = outcomes.now
    index = now.axis.index(days)
    if len(index) and (index.min() < now.as_of or index.max() > now.until):
        raise ValueError("dates= takes days from the forecast's as_of to its until")
    return index


def finish_dates(
    outcomes: Outcomes, *, by: str | Iterable[str] = (), measure: Measure = "issued", goal: float = 1.0
) -> pd.DataFrame:
    """
    When each group gets to its goal: by + `measure, goal, chance, p50_date, p80_date, p95_date`.

    >>> from halal_metrics.outcomes import outcomes as run
    >>> quotas = pd.DataFrame({"kab_kota": ["Kota Bontang"], "lp3h": ["PWI Kaltim"], "quota": [12]})
    >>> spells = pd.DataFrame({"kab_kota": "Kota Bontang", "lp3h": "PWI Kaltim", "stage": "submitted", "count": [12],
    ...     "entered_date": pd.to_datetime(["2025-05-05"]), "outcome": "waiting",
    ...     "until_date": pd.to_datetime(["2025-06-04"])})
    >>> found = run(quotas, spells, as_of="2025-06-04", until="2025-12-31", paths=100)
    >>> finish_dates(found, measure="used")[["goal", "chance", "p80_date"]]
       goal  chance   p80_date
    0    12     1.0 2025-06-04

    goal: ⌈goal × quota⌉ applications. pXX_date: a date by which XX% of the paths have been there at least once, missing
    where that is not before until; chance: the share of paths that have been by until.
    """
    if measure not in MEASURES:
        raise ValueError(f"measure= takes {' or '.join(MEASURES)}, not {measure!r}")
    now = outcomes.now
    groups, wanted = _goals(outcomes, by, np.array([goal]))
    first = first_there(outcomes, measure, groups.rows[0], wanted)[:, :, 0]
    ordered = np.sort(first, axis=0)
    columns: dict = {
        "measure": pd.array([measure] * len(groups), dtype="str"),
        "goal": wanted[:, 0],
        "chance": (first != NEVER).mean(axis=0),
    }
    for name, share in {"p50_date": 0.5, "p80_date": 0.8, "p95_date": 0.95}.items():
        found = ordered[max(int(np.ceil(share * outcomes.paths)) - 1, 0)]
        dates = now.axis.dates(np.minimum(found, now.until))
        early = (found != NEVER) & (dates < now.until_date)
        columns[name] = np.where(early, dates, np.datetime64("NaT")).astype("M8[us]")
    return groups.frame(columns)
