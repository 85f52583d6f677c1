"""
The tables by the contract (DESIGN.md §5.4), in plain Python: slow, one row at a time, and written from its words.

An upload is (table, received day, rows); a row is {column: value} with missing columns left out.
"""

from datetime import date
from typing import Any

Row = dict[str, Any]
Upload = tuple[str, date, list[Row]]


def one_application(rows: list[Row]) -> list[set[int]]:
    """
    Which rows are one application: sets of their places in the list.

    By registration_number; then by reg_id, where one number at most has it; then a reg_id without a number by its
    nib, and at last rows that have a nib alone.
    """
    groups: list[set[int]] = []
    numbers = sorted({row["registration_number"] for row in rows if "registration_number" in row})
    loose = [place for place, row in enumerate(rows) if "registration_number" not in row]
    by_number = {n: {p for p, row in enumerate(rows) if row.get("registration_number") == n} for n in numbers}

    by_id: dict[str, set[int]] = {}
    only_nib = []
    for place in loose:
        reg_id = rows[place].get("reg_id")
        if reg_id is None:
            only_nib.append(place)
            continue
        having = [n for n in numbers if any(rows[p].get("reg_id") == reg_id for p in by_number[n])]
        if len(having) == 1:
            by_number[having[0]] = by_number[having[0]] | {place}
        else:
            by_id.setdefault(reg_id, set()).add(place)
    # the rows that joined by reg_id bring nothing that could let another join by reg_id

    def nibs(group: set[int]) -> set[str]:
        return {rows[p]["nib"] for p in group if "nib" in rows[p]}

    def ids(group: set[int]) -> set[str]:
        return {rows[p]["reg_id"] for p in group if "reg_id" in rows[p]}

    wishes: dict[str, set[str]] = {}
    for reg_id, group in by_id.items():
        for nib in nibs(group):
            having = [n for n in numbers if nib in nibs(by_number[n])]
            others = [other for other, rest in by_id.items() if other != reg_id and nib in nibs(rest)]
            if len(having) == 1 and not others:
                known = ids(by_number[having[0]])
                if not known or reg_id in known:
                    wishes.setdefault(reg_id, set()).add(having[0])
    wanted = [next(iter(to)) for to in wishes.values() if len(to) == 1]
    for reg_id, to in wishes.items():
        if len(to) == 1 and wanted.count(next(iter(to))) == 1:
            by_number[next(iter(to))] |= by_id.pop(reg_id)

    groups = [*by_number.values(), *by_id.values()]
    joining: list[tuple[set[int], int]] = []
    by_nib: dict[str, set[int]] = {}
    alone = []
    for place in only_nib:
        nib = rows[place].get("nib")
        having = [group for group in groups if nib is not None and nib in nibs(group)]
        if nib is None or len(having) > 1:
            alone.append({place})
        elif having:
            joining.append((having[0], place))
        else:
            by_nib.setdefault(nib, set()).add(place)
    for group, place in joining:
        group.add(place)
    return [*groups, *by_nib.values(), *alone]


def applications(uploads: list[Upload]) -> list[Row]:
    """For each column the latest statement that has a value; equal dates: the later arrival, then the later row."""
    rows, order = [], []
    for arrival, (table, received, lines) in enumerate(uploads):
        if table == "applications":
            for place, line in enumerate(lines):
                rows.append({"statement_date": received} | line)
                order.append((rows[-1]["statement_date"], arrival, place))
    told = []
    for group in one_application(rows):
        application: Row = {}
        for place in sorted(group, key=order.__getitem__):
            application |= rows[place]
        told.append(application)
    return told


def quotas(uploads: list[Upload]) -> list[Row]:
    """Every plan; of one statement date the later arrival."""
    plans: dict[date, list[Row]] = {}
    for table, received, lines in uploads:
        if table == "quotas":
            stated: dict[date, list[Row]] = {}
            for line in lines:
                row = {"statement_date": received} | line
                stated.setdefault(row["statement_date"], []).append(row)
            plans |= stated
    return [row for plan in plans.values() for row in plan]


def recaps(uploads: list[Upload]) -> list[Row]:
    """One per (kab_kota, lp3h, statement_date), the latest arrival."""
    told = {}
    for table, received, lines in uploads:
        for line in lines if table == "recaps" else ():
            row = {"statement_date": received} | line
            told[row.get("kab_kota"), row.get("lp3h"), row["statement_date"]] = row
    return list(told.values())


def things(uploads: list[Upload], wanted: str) -> list[Row]:
    """Candidates per nib, certificates per certificate_number, else nib; else both by business_name and kab_kota."""
    told: dict[Any, Row] = {}
    numbers = ("nib",) if wanted == "candidates" else ("certificate_number", "nib")
    for arrival, (table, _, lines) in enumerate(uploads):
        for place, row in enumerate(lines if table == wanted else ()):
            key = next(((name, row[name]) for name in numbers if name in row), None)
            if key is None:
                key = (row["business_name"], row.get("kab_kota")) if "business_name" in row else (arrival, place)
            told[key] = row
    return list(told.values())


def tables(uploads: list[Upload]) -> dict[str, list[Row]]:
    """The five tables, in no order."""
    return {
        "applications": applications(uploads),
        "quotas": quotas(uploads),
        "recaps": recaps(uploads),
        "candidates": things(uploads, "candidates"),
        "certificates": things(uploads, "certificates"),
    }
