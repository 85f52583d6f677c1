"""
Spells a second time, in plain Python: one application, one recap, one unit at a time, from the contract's sentences.
"""

from collections import Counter, defaultdict

from oracle import LEFT, STAGES, latest_date, left_on, levels, reached, reached_on


def spells(applications, recaps, as_of):
    """{(kab_kota, lp3h, stage, entered, until, outcome): count} without zeros."""
    found = Counter()
    latest = latest_date(applications)
    for row in applications:
        for stay in of_application(row, latest, as_of):
            found[(row["kab_kota"], row["lp3h"], *stay[:-1])] += stay[-1]
    registered = {(row["kab_kota"], row["lp3h"]) for row in applications}
    dates = [row["statement_date"] for row in recaps if row["statement_date"] is not None]
    cells = defaultdict(list)
    for row in recaps:
        date = row["statement_date"] or max(dates, default=None)
        cell = row["kab_kota"], row["lp3h"]
        if cell not in registered and date is not None and date <= as_of:
            cells[cell].append((date, row))
    for cell, statements in cells.items():
        for *stay, outcome in of_recaps(sorted(statements, key=lambda pair: pair[0])):
            found[(*cell, *stay, "waiting" if outcome == "owed" else outcome)] += -1 if outcome == "owed" else 1
    return {key: count for key, count in found.items() if count}


def of_application(row, latest, as_of):
    """(stage, entered, until, outcome, count)."""
    dates = {stage: reached_on(row, stage, latest) for stage in reached(row)}
    if not dates or latest is None:
        return
    stated = row["statement_date"] or latest
    exit_date = left_on(row, latest) if row["status"] in LEFT else None
    gone = exit_date is not None and exit_date <= as_of
    seen = [stage for stage in STAGES if stage in dates and dates[stage] <= as_of]
    if gone:
        seen = [stage for stage in seen if dates[stage] < exit_date]
    elif "submitted" not in seen:
        seen = []
    for stage, following in zip(seen, [*seen, None][1:], strict=True):
        known = max(min(as_of, stated), dates[stage])
        if following is not None:
            yield stage, dates[stage], dates[following], "moved", 1
        elif gone:
            yield stage, dates[stage], exit_date, "left", 1
        elif row["status"] == "returned" and stated <= as_of:
            yield stage, dates[stage], known, "returned", 1
        else:
            yield stage, dates[stage], known, "waiting", 1

    # what `absorption` says where an application is issued before it is submitted, or left before
    used = (dates["submitted"] <= as_of) - gone
    issued = (dates["issued"] <= as_of) - gone if "issued" in dates else 0
    stands = bool(seen) and not gone
    at_issued = stands and seen[-1] == "issued"
    since = exit_date if gone else dates.get("issued")
    more = issued - at_issued
    if more:
        yield "issued", since, max(min(as_of, stated), since), "waiting", more
    if used - stands - more:
        yield "submitted", since, max(min(as_of, stated), since), "waiting", used - stands - more


def of_recaps(statements):
    """(stage, entered, until, outcome) of each unit of one cell, some of them (…, "owed")."""
    came, left = defaultdict(list), defaultdict(list)
    level, stated_before, back = dict.fromkeys(STAGES, 0), {}, 0
    for number, (date, row) in enumerate(statements):
        now = levels(row, stated_before)
        stated_before |= {stage: row[stage] for stage in STAGES if row[stage] is not None}
        fallen = {stage: max(level[stage] - now[stage], 0) for stage in STAGES}
        for place, stage in enumerate(STAGES):
            gone = min(fallen[before] for before in STAGES[: place + 1])
            further = min(fallen[before] for before in STAGES[: place + 2]) if stage != "issued" else 0
            left[stage] += [(number, date, "left")] * (gone - further)
            for _ in range(fallen[stage] - gone):
                came[stage].pop()
            came[stage] += [(number, date, "moved")] * max(now[stage] - level[stage], 0)
        level = now
        back = row["returned"] if row.get("returned") is not None else back
    last = statements[-1][0]
    for stage, following in zip(STAGES, [*STAGES[1:], None], strict=True):
        exits = sorted([*came[following], *left[stage]], key=lambda unit: (unit[0], unit[2] == "left"))
        for place in range(max(len(came[stage]), len(exits))):
            entry = came[stage][place][1] if place < len(came[stage]) else None
            if entry is None:
                yield stage, exits[place][1], exits[place][1], exits[place][2]
                yield stage, exits[place][1], last, "owed"
            elif place < len(exits):
                yield stage, entry, exits[place][1], exits[place][2]
            elif back > 0 and stage != "issued":
                back -= 1
                yield stage, entry, last, "returned"
            else:
                yield stage, entry, last, "waiting"
