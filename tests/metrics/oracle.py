"""
The metrics a second time, in plain Python: rows are dicts, missing is None, fractions are exact.

Written from the contract's sentences alone, one application, one group, one day at a time, so that an error
here and the same error in the metrics would be a coincidence. Never imported outside the tests.
"""

import csv
import datetime as dt
from collections import Counter
from fractions import Fraction
from functools import cache
from pathlib import Path

STAGES = ["submitted", "verified", "fatwa", "decided", "issued"]
LEFT = ["rejected", "cancelled", "replaced"]
APPLICATION_DATES = [*[f"{stage}_date" for stage in STAGES], "exit_date", "statement_date"]
DAY = dt.timedelta(days=1)


def over(numerator, denominator):
    """A rate is missing where the denominator is zero."""
    return None if denominator == 0 else Fraction(numerator) / Fraction(denominator)


# ---- progress


def latest_date(applications):
    """The latest date in the table: all date columns, all rows."""
    dates = [row[name] for row in applications for name in APPLICATION_DATES if row[name] is not None]
    return max(dates) if dates else None


def reached(row):
    """The stages this application has reached, first to furthest."""
    if row["status"] == "draft":
        return []
    by_status = 0
    if row["status"] in STAGES:
        by_status = STAGES.index(row["status"]) + 1
    if row["status"] == "returned" or row["status"] in LEFT:
        by_status = 1
    by_date = 0
    for place, stage in enumerate(STAGES, start=1):
        if row[f"{stage}_date"] is not None:
            by_date = place
    return STAGES[: max(by_status, by_date)]


def reached_on(row, stage, latest):
    """Its own date, else the earliest on a later stage, else the statement's, else the table's latest."""
    if row[f"{stage}_date"] is not None:
        return row[f"{stage}_date"]
    later = [row[f"{name}_date"] for name in STAGES[STAGES.index(stage) + 1 :]]
    later = [date for date in later if date is not None]
    if later:
        return min(later)
    return row["statement_date"] if row["statement_date"] is not None else latest


def left_on(row, latest):
    """The day an application that has left takes back what it had reached."""
    for date in (row["exit_date"], row["statement_date"]):
        if date is not None:
            return date
    return latest


def levels(statement, stated_before):
    """Stage → cumulative count after this statement; `stated_before`: what each stage was last stated at."""
    level = {}
    later = 0
    for stage in reversed(STAGES):
        if statement[stage] is not None:
            level[stage] = statement[stage]
        else:
            level[stage] = max(stated_before.get(stage, 0), later)
        later = level[stage]
    return level


def progress(applications=(), recaps=()):
    """{(date, kab_kota, lp3h, stage): count} without zeros."""
    counts = Counter()
    latest = latest_date(applications)
    for row in applications:
        for stage in reached(row):
            counts[reached_on(row, stage, latest), row["kab_kota"], row["lp3h"], stage] += 1
            if row["status"] in LEFT:
                counts[left_on(row, latest), row["kab_kota"], row["lp3h"], stage] -= 1

    registered = {(row["kab_kota"], row["lp3h"]) for row in applications}
    dates = [row["statement_date"] for row in recaps if row["statement_date"] is not None]
    last_recap = max(dates) if dates else None
    cells = {}
    for row in recaps:
        date = row["statement_date"] if row["statement_date"] is not None else last_recap
        cells.setdefault((row["kab_kota"], row["lp3h"]), []).append((date, row))
    for (kab_kota, lp3h), statements in cells.items():
        if (kab_kota, lp3h) in registered:
            continue
        stated_before, level = {}, dict.fromkeys(STAGES, 0)
        for date, row in sorted(statements, key=lambda pair: pair[0] or dt.date.max):
            now = levels(row, stated_before)
            for stage in STAGES:
                counts[date, kab_kota, lp3h, stage] += now[stage] - level[stage]
                if row[stage] is not None:
                    stated_before[stage] = row[stage]
            level = now
    return {key: count for key, count in counts.items() if count != 0}


# ---- groups


def plan(quotas, as_of):
    """The rows in force on that day; before the first plan, the first. Undated rows are a plan before all."""
    if not quotas:
        return []
    dates = sorted(row["statement_date"] or dt.date.min for row in quotas)
    begun = [date for date in dates if date <= as_of]
    in_force = begun[-1] if begun else dates[0]
    return [row for row in quotas if (row["statement_date"] or dt.date.min) == in_force]


def groups(by, *tables):
    """Group → the rows of each table in it; a group is there if it is in any table, and () always is."""
    found = {(): [[] for _ in tables]} if not by else {}
    for place, table in enumerate(tables):
        for row in table:
            key = tuple(row[name] for name in by)
            found.setdefault(key, [[] for _ in tables])[place].append(row)
    return found


def total(rows, stage, until, after=dt.date.min):
    """Net count of a stage after one day, up to and including another; a row without a date is on no day."""
    return sum(
        row["count"]
        for row in rows
        if row["stage"] == stage and row["date"] is not None and after < row["date"] <= until
    )


# ---- absorption and funnel


def absorption(quotas, progress, by, as_of):
    answer = {}
    for key, (allocations, flows) in groups(by, quotas, progress).items():
        quota = sum(row["quota"] for row in allocations)
        used, issued = total(flows, "submitted", as_of), total(flows, "issued", as_of)
        answer[key] = {
            "quota": quota,
            "used": used,
            "issued": issued,
            "remaining": quota - used,
            "absorption_rate": over(used, quota),
            "issuance_rate": over(issued, quota),
            "conversion_rate": over(issued, used),
        }
    return answer


def funnel(quotas, progress, by, as_of):
    """Keyed by group and stage."""
    answer = {}
    for key, (allocations, flows) in groups(by, quotas, progress).items():
        quota = sum(row["quota"] for row in allocations)
        counts = [quota] + [total(flows, stage, as_of) for stage in STAGES]
        for place, stage in enumerate(["quota", *STAGES]):
            answer[*key, stage] = {
                "reached": counts[place],
                "waiting": counts[place] - counts[place + 1] if stage != "issued" else 0,
                "share_of_quota": over(counts[place], quota),
                "step_rate": over(counts[place], counts[place - 1]) if stage != "quota" else None,
            }
    return answer


# ---- working days, plan and pace


def pinned_holidays(path=Path(__file__).parents[2] / "data" / "holidays.csv"):
    with open(path, encoding="utf-8") as file:
        return frozenset(dt.date.fromisoformat(row["date"]) for row in csv.DictReader(file))


@cache
def working_days(first, last, holidays):
    """Working days from first to last, both counted; none if last is before first."""
    counted = 0
    while first <= last:
        if first.weekday() < 5 and first not in holidays:
            counted += 1
        first += DAY
    return counted


def working_days_left(as_of, target, holidays):
    """Working days in (as_of, target]; past the target, minus those in (target, as_of]."""
    if as_of <= target:
        return working_days(as_of + DAY, target, holidays)
    return -working_days(target + DAY, as_of, holidays)


def planned(allocations, start, day, holidays):
    expected = Fraction(0)
    for row in allocations:
        target = row["target_date"]
        if target is None:
            continue
        whole = working_days(start, target, holidays)
        if whole == 0:
            expected += row["quota"] if day >= target else 0
        else:
            expected += Fraction(row["quota"] * working_days(start, min(day, target), holidays), whole)
    return expected


def deadline_status(remaining, target, as_of, done, expected):
    if remaining <= 0:
        return "done"
    if target is not None and as_of > target:
        return "late"
    if expected == 0:
        return "on_track"
    kept = Fraction(done) / expected
    for status, least in (("on_track", "0.91"), ("watch", "0.76"), ("behind", "0.51")):
        if kept >= Fraction(least):
            return status
    return "critical"


def deadline_gaps(quotas, progress, by, as_of, start, measure="submitted", holidays=frozenset()):
    answer = {}
    for key, (allocations, flows) in groups(by, quotas, progress).items():
        quota = sum(row["quota"] for row in allocations)
        done = total(flows, measure, as_of)
        remaining = quota - done
        targets = [row["target_date"] for row in allocations if row["target_date"] is not None]
        target = max(targets) if targets else None
        days_left = None if target is None else (target - as_of).days
        work_left = None if target is None else working_days_left(as_of, target, holidays)
        expected = planned(allocations, start, as_of, holidays)
        in_28_days = total(flows, measure, as_of, after=as_of - 28 * DAY)
        days_to_go = None
        if in_28_days > 0 and remaining > 0:
            days_to_go = -(-(remaining * 4 * 7) // in_28_days)  # ⌈remaining ÷ (in_28_days ÷ 4) × 7⌉
        answer[key] = {
            "quota": quota,
            "done": done,
            "remaining": remaining,
            "target_date": target,
            "days_left": days_left,
            "working_days_left": work_left,
            "planned": expected,
            "gap": done - expected,
            "gap_rate": over(done - expected, quota),
            "pace_per_week": Fraction(in_28_days, 4),
            "required_per_week": Fraction(remaining * 5, work_left) if work_left and work_left > 0 else None,
            "projected_date": None if days_to_go is None else as_of + days_to_go * DAY,
            "status": deadline_status(remaining, target, as_of, done, expected),
        }
    return answer


def progress_curve(quotas, progress, by, start, until, holidays=frozenset()):
    """Keyed by group and day."""
    answer = {}
    for key, (allocations, flows) in groups(by, quotas, progress).items():
        day = start
        while day <= until:
            answer[*key, day] = {
                "planned": planned(allocations, start, day, holidays),
                **{stage: total(flows, stage, day) for stage in STAGES},
            }
            day += DAY
    return answer
