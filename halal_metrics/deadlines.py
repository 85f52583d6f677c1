"""The plan on one side, what is done on the other: gaps, pace, and when it ends."""

from collections.abc import Iterable
from typing import Final, Literal

import numpy as np
import pandas as pd

from halal_metrics.calendar import Calendar, calendar_of
from halal_metrics.counting.cumulative import cumulative
from halal_metrics.counting.groups import Groups, text
from halal_metrics.counting.totals import EARLIEST, allotted, day, day_numbers, numbers, ratio, tally
from halal_metrics.schema import STAGES

PACE_DAYS: Final = 28
"""The pace is that of the last four weeks: shorter is noise, longer hides a change."""

WORKING_DAYS_PER_WEEK: Final = 5

STATUS: Final = ("critical", "behind", "watch", "on_track", "late", "done")
THRESHOLDS: Final = (0.51, 0.76, 0.91)
"""done ÷ planned from which on a group is behind, watch, on_track: the cut-offs of the capaian scale that Indonesian
offices know (LKjIP Inspektorat Sampang 2019; the same in Permendagri 86/2017)."""

LAST_DATE: Final = int(np.datetime64("9999-12-31", "D").astype(np.int64))

Measure = Literal["submitted", "issued"]


def plan(quotas: pd.DataFrame, *, as_of) -> pd.DataFrame:
    """
    The rows of the plan in force on a day: the latest by statement_date up to then; before the first plan, the first.

    >>> quotas = pd.DataFrame({"quota": [1000, 400, 600],
    ...     "statement_date": pd.to_datetime(["2025-02-20", "2025-06-05", "2025-06-05"])})
    >>> plan(quotas, as_of="2025-06-04")["quota"].tolist(), plan(quotas, as_of="2025-06-05")["quota"].tolist()
    ([1000], [400, 600])

    Rows without a statement_date are one plan, in force before every dated one.
    """
    if "statement_date" not in quotas:
        return quotas.reset_index(drop=True)
    stated = day_numbers(quotas, "statement_date")
    if not len(stated):
        return quotas.reset_index(drop=True)
    in_force = stated[stated <= day(as_of)]
    chosen = in_force.max() if len(in_force) else stated.min()
    return quotas[stated == chosen].reset_index(drop=True)


def deadline_gaps(
    quotas: pd.DataFrame,
    progress: pd.DataFrame,
    *,
    by: str | Iterable[str] = ("kab_kota",),
    as_of,
    start,
    measure: Measure = "submitted",
    calendar: Calendar | Iterable | None = None,
) -> pd.DataFrame:
    """
    How far each group is from its plan, how fast it goes, how fast it would have to, and when it ends.

    >>> quotas = pd.DataFrame({"kab_kota": ["Kota Bontang"], "quota": [59],
    ...                        "target_date": pd.to_datetime(["2025-05-31"])})
    >>> progress = pd.DataFrame({"date": pd.to_datetime(["2025-05-20"]), "kab_kota": ["Kota Bontang"],
    ...                          "stage": ["submitted"], "count": [20]})
    >>> gaps = deadline_gaps(quotas, progress, as_of="2025-05-28", start="2025-02-20")
    >>> gaps[["planned", "gap", "working_days_left", "pace_per_week", "projected_date", "status"]]
       planned   gap  working_days_left  pace_per_week projected_date    status
    0     59.0 -39.0                  0            5.0     2025-07-22  critical

    planned = Σ over allocations of quota × working days from start to min(as_of, target_date) ÷ those from start to
    target_date, both ends counted: a straight line over working days. An allocation without a target_date plans
    nothing; one without a working day up to it plans nothing until that date and all of it from then on.
    gap = done − planned (applications), gap_rate = gap ÷ quota. target_date is the latest in the group; days_left and
    working_days_left are negative when it is past, missing where there is none. pace_per_week = net done in the last
    28 days ÷ 4; required_per_week = remaining ÷ (working_days_left ÷ 5), missing when none are left; projected_date =
    as_of + ⌈remaining ÷ pace × 7⌉ days, missing without pace, without remainder, or beyond the year 9999.
    status: done (nothing remaining), late (past its date), else by done ÷ planned, see THRESHOLDS; on_track where
    nothing is planned yet.
    """
    counts = cumulative(progress)
    groups = tally([quotas, counts.cells], by)
    calendar = calendar_of(calendar)
    today, stage = day(as_of), STAGES.index(measure)
    quota = allotted(groups, quotas)
    done = counts.reached(groups, as_of=as_of)[:, stage]
    recent = counts.reached(groups, as_of=as_of, since=np.datetime64(today - PACE_DAYS, "D"))[:, stage]
    remaining = quota - done

    due = day_numbers(quotas, "target_date")
    worked, whole = _working_days(due, np.array([today]), day(start), calendar)
    planned = groups.total(0, numbers(quotas, "quota") * worked[:, 0] / whole)
    target = _latest_target(groups, quotas)
    dated = target >= EARLIEST
    days_left = target - today
    working_days_left = calendar.working_days_after(today, np.where(dated, target, today))

    pace = recent / (PACE_DAYS / 7)
    needed = ratio(remaining, np.maximum(working_days_left, 0) / WORKING_DAYS_PER_WEEK)
    return groups.frame(
        {
            "quota": quota,
            "done": done,
            "remaining": remaining,
            "target_date": _dates(target, dated),
            "days_left": pd.arrays.IntegerArray(days_left, ~dated),
            "working_days_left": pd.arrays.IntegerArray(working_days_left, ~dated),
            "planned": planned,
            "gap": done - planned,
            "gap_rate": ratio(done - planned, quota),
            "pace_per_week": pace,
            "required_per_week": needed,
            "projected_date": _projected(today, remaining, pace),
            "status": _status(done, planned, remaining, late=dated & (days_left < 0)),
        }
    )


def progress_curve(
    quotas: pd.DataFrame,
    progress: pd.DataFrame,
    *,
    by: str | Iterable[str] = (),
    start,
    until,
    calendar: Calendar | Iterable | None = None,
) -> pd.DataFrame:
    """
    The S-curve: for each group one row a day from start to until, `date, planned` and the five stages, cumulative.

    >>> quotas = pd.DataFrame({"quota": [40], "target_date": pd.to_datetime(["2025-05-09"])})
    >>> progress = pd.DataFrame({"date": pd.to_datetime(["2025-05-06"]), "stage": ["submitted"], "count": [3]})
    >>> curve = progress_curve(quotas, progress, start="2025-05-05", until="2025-05-07")
    >>> curve[["date", "planned", "submitted", "issued"]]
            date  planned  submitted  issued
    0 2025-05-05      8.0          0       0
    1 2025-05-06     16.0          3       0
    2 2025-05-07     24.0          3       0

    planned is that of `deadline_gaps` on each day. What came before start is in the first day's counts.
    """
    counts = cumulative(progress)
    groups = tally([quotas, counts.cells], by)
    first, last = day(start), day(until)
    days = np.arange(first, last + 1)
    target, row = np.unique(day_numbers(quotas, "target_date"), return_inverse=True)
    size = np.zeros((len(groups), len(target)))
    np.add.at(size, (groups.rows[0], row), numbers(quotas, "quota"))
    worked, whole = _working_days(target, days, first, calendar_of(calendar))
    planned = sum(np.outer(size[:, n], worked[n]) / whole[n] for n in range(len(target)))
    planned = np.zeros((len(groups), len(days))) + planned

    counted = counts.daily(groups, days)
    columns = {stage: counted[:, :, place].ravel() for place, stage in enumerate(STAGES)}
    dates = np.tile(days.astype("M8[D]").astype("M8[us]"), len(groups))
    return groups.frame({"date": dates, "planned": planned.ravel(), **columns}, repeat=len(days))


def _working_days(target: np.ndarray, on: np.ndarray, start: int, calendar: Calendar) -> tuple[np.ndarray, np.ndarray]:
    """
    (worked, whole): of an allocation by its target date, the working days up to each day of `on`, target dates × days,
    and all there are; days as since 1970. Times the quota and then divided, whole numbers come out whole.
    """
    due = np.maximum(target, EARLIEST)[:, None]
    whole = calendar.working_days(start, due)
    worked = calendar.working_days(start, np.minimum(on, due))
    # without a working day to plan by, nothing until the target date and all from then on
    worked = np.where(whole > 0, worked, on >= due)
    return np.where(target[:, None] >= EARLIEST, worked, 0), np.maximum(whole[:, 0], 1)


def _latest_target(groups: Groups, quotas: pd.DataFrame) -> np.ndarray:
    """The latest target date of each group; before EARLIEST where there is none."""
    latest = np.full(len(groups), EARLIEST - 1)
    np.maximum.at(latest, groups.rows[0], day_numbers(quotas, "target_date"))
    return latest


def _projected(today: int, remaining: np.ndarray, pace: np.ndarray) -> np.ndarray:
    open_ended = (pace > 0) & (remaining > 0)
    days = np.ceil(np.divide(remaining * 7, pace, out=np.zeros(len(pace)), where=open_ended))
    known = open_ended & (days <= LAST_DATE - today)
    return _dates(np.where(known, today + days, 0).astype(np.int64), known)


def _dates(days: np.ndarray, known: np.ndarray) -> np.ndarray:
    return np.where(known, days.astype("M8[D]"), np.datetime64("NaT", "D")).astype("M8[us]")


def _status(done: np.ndarray, planned: np.ndarray, remaining: np.ndarray, *, late: np.ndarray) -> pd.Series:
    pace = np.digitize(np.divide(done, planned, out=np.ones(len(done)), where=planned > 0), THRESHOLDS)
    code = np.select([remaining <= 0, late], [STATUS.index("done"), STATUS.index("late")], pace)
    return text(np.array(STATUS, object), code).array
