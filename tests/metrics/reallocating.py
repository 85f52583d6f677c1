"""
Re-allocation a second time, in plain Python with exact fractions, written from the contract's sentences alone.

A step is shared out in two ways that know nothing of each other: `slot_by_slot` says what is done, `least_squares` what
is to come of it, and tries every way there is. Never imported outside the tests.
"""

import datetime as dt
from fractions import Fraction
from itertools import groupby

import pandas as pd
from hypothesis import strategies as st
from programmes import KAB_KOTA, LP3H, PROGRESS, QUOTAS, frame, rows

import halal_metrics as hm

AS_OF = dt.date(2025, 6, 4)
CELL = ("kab_kota", "lp3h")
CAPACITY = {"kab_kota": "str", "lp3h": "str", "capacity": "int64"}
FIGURES = ["quota", "used", "capacity", "gives", "receives", "new_quota"]
BERAU, BONTANG, PASER = "Kabupaten Berau", "Kota Bontang", "Kabupaten Paser"


# ---- one step shared out among [size, had so far], the first of equals before the next


def slot_by_slot(count, shares):
    """One slot at a time to the largest size ÷ (2 × had so far + 1), never above the size."""
    has = [had for _, had in shares]
    for _ in range(count):
        open_ = [place for place, (size, _) in enumerate(shares) if has[place] < size]
        # max gives the first of equals
        has[max(open_, key=lambda place: Fraction(shares[place][0], 2 * has[place] + 1))] += 1
    return has


def least_squares(count, shares):
    """Of all ways to hand out so many the one of least Σ had² ÷ size; of equals the one that favours the first."""

    def ways(left, rest):
        if not rest:
            if left == 0:
                yield []
            return
        (size, had), *others = rest
        for more in range(min(left, size - had) + 1):
            for way in ways(left - more, others):
                yield [had + more, *way]

    def cost(way):
        return sum((Fraction(has**2, size) for has, (size, _) in zip(way, shares, strict=True) if size), Fraction(0))

    return min(ways(count, shares), key=lambda way: (cost(way), [-has for has in way]))


# ---- the whole


def net(flows, cell, after=dt.date.min):
    """Submitted and not left on AS_OF, counted from the day after one."""
    return sum(
        row["count"]
        for row in flows
        if (row["kab_kota"], row["lp3h"]) == cell and row["stage"] == "submitted" and after < row["date"] <= AS_OF
    )


def reallocation(
    quotas, flows, *, days, floor="0.5", receive="0.65", capacity=None, keep=(), extra=0, share=slot_by_slot
):
    """{(kab_kota, lp3h): {quota, used, capacity, gives, receives, new_quota}}; shares as the decimals people write."""
    floor, receive = Fraction(floor), Fraction(receive)
    keys = {(row["kab_kota"], row["lp3h"]) for row in [*quotas, *flows, *(capacity or [])]}
    cells = []
    for key in sorted(keys, key=lambda key: [(name is None, name or "") for name in key]):
        quota = sum(row["quota"] for row in quotas if (row["kab_kota"], row["lp3h"]) == key)
        used = net(flows, key)
        stated = [row["capacity"] for row in capacity or [] if (row["kab_kota"], row["lp3h"]) == key]
        recent = max(net(flows, key, AS_OF - dt.timedelta(28)), 0)
        can = sum(stated) if stated else recent * max(days, 0) // 28
        free = 0
        if None in key:
            free = quota - used
        elif used < floor * quota:
            free = (floor * quota - used) // 1
        free = max(min(free, quota), 0)
        over = max(used - quota, 0)
        claim = over
        if quota > 0 and used >= receive * quota and free == 0:
            claim = max(can + used - quota, over)
        cells.append(
            {
                "key": key, "quota": quota, "used": used, "capacity": can, "over": over, "claim": claim,
                "free": 0 if key in set(keep) else free, "gives": 0, "receives": 0,
                "rate": Fraction(used, quota) if quota else Fraction(0),
            }
        )  # fmt: skip
    ahead = sorted(cells, key=lambda cell: (-cell["rate"], -cell["used"]))

    def step(claimed, scope, extra):
        takers = [cell for cell in ahead if cell in scope and cell[claimed] > 0]
        wanted = sum(cell[claimed] - cell["receives"] for cell in takers)
        tiers = [
            [cell for cell in reversed(ahead) if cell in scope and cell["free"] and (None in cell["key"]) == undivided]
            for undivided in (True, False)
        ]
        there = [sum(cell["free"] - cell["gives"] for cell in tier) for tier in tiers]
        moved = min(wanted, extra + sum(there))
        got = share(moved, [(cell[claimed], cell["receives"]) for cell in takers])
        for cell, receives in zip(takers, got, strict=True):
            cell["receives"] = receives
        from_extra = min(moved, extra)
        moved -= from_extra
        for tier, most in zip(tiers, there, strict=True):
            part = min(moved, most)
            given = share(part, [(cell["free"], cell["gives"]) for cell in tier])
            for cell, gives in zip(tier, given, strict=True):
                cell["gives"] = gives
            moved -= part
        return extra - from_extra

    within = [
        list(some)
        for place, some in groupby(cells, key=lambda cell: cell["key"][0])
        if place is not None  # a missing place is no kab/kota
    ]
    for claimed in ("over", "claim"):
        for place in within:
            step(claimed, place, 0)
        extra = step(claimed, cells, extra)
    answer = {
        cell["key"]: {name: cell[name] for name in ("quota", "used", "capacity", "gives", "receives")} for cell in cells
    }
    if extra:
        nothing = dict.fromkeys(("quota", "used", "capacity", "gives", "receives"), 0)
        answer.setdefault((None, None), nothing)["receives"] += extra
    for row in answer.values():
        row["new_quota"] = row["quota"] - row["gives"] + row["receives"]
    return answer


# ---- random cases

places, institutions = st.sampled_from(KAB_KOTA), st.sampled_from(LP3H)
dates = st.sampled_from([AS_OF - dt.timedelta(days) for days in (90, 28, 27, 5, 0, -1)])


@st.composite
def cases(draw, most_quota=40, most_rows=10):
    """(quotas, flows, terms): rows of both tables and the keyword arguments of `reallocation` above."""
    quota = st.fixed_dictionaries({"kab_kota": places, "lp3h": institutions, "quota": st.integers(0, most_quota)})
    quotas = draw(st.lists(quota, max_size=most_rows))
    flow = st.fixed_dictionaries(
        {
            "date": dates, "kab_kota": places, "lp3h": institutions,
            "stage": st.sampled_from(["submitted"] * 4 + ["issued"]),
            "count": st.integers(0, most_quota) | st.integers(-2, 3),
        }
    )  # fmt: skip
    flows = draw(st.lists(flow, max_size=most_rows))
    for row in quotas:  # most have used some part of what they have
        if draw(st.booleans()):
            used = draw(st.integers(0, row["quota"] + row["quota"] // 4))
            flows.append(row | {"date": draw(dates), "stage": "submitted", "count": used})
    stated = st.fixed_dictionaries({"kab_kota": places, "lp3h": institutions, "capacity": st.integers(0, most_quota)})
    shares = st.sampled_from(["0", "0.29", "0.3", "0.5", "0.65", "1"])
    terms = {
        "days": draw(st.integers(-5, 120)),
        "floor": draw(st.just("0.5") | shares),
        "receive": draw(st.just("0.65") | shares | st.just("1.2")),
        "capacity": draw(st.none() | st.lists(stated, max_size=most_rows)),
        "keep": draw(st.lists(st.tuples(places, institutions), max_size=3)),
        "extra": draw(st.just(0) | st.integers(0, most_quota)),
    }
    return quotas, [{name: row[name] for name in PROGRESS} for row in flows], terms


def arguments(quotas, flows, terms):
    """The same as `hm.reallocation` takes it: (frames, keyword arguments)."""
    undated = {"target_date": None, "statement_date": None}
    capacity = terms["capacity"]
    return (frame([row | undated for row in quotas], QUOTAS), frame(flows, PROGRESS)), {
        "as_of": AS_OF,
        "until": AS_OF + dt.timedelta(terms["days"]),
        "floor": float(terms["floor"]),
        "receive": float(terms["receive"]),
        "capacity": None if capacity is None else frame(capacity, CAPACITY),
        "keep": terms["keep"],
        "extra": terms["extra"],
    }


# ---- put to the metric, and read back


def proposal(quotas, flows, terms):
    frames, named = arguments(quotas, flows, terms)
    return hm.reallocation(*frames, **named)


def keyed(table):
    """{(kab_kota, lp3h): row}."""
    return rows(table, CELL)


def by_cell(table):
    return {key: row["new_quota"] for key, row in keyed(table).items()}


def figures(table):
    return {key: {name: row[name] for name in FIGURES} for key, row in keyed(table).items()}


def plan_of(*cells):
    """(quotas, progress) of cells (kab_kota, lp3h, quota, used), used long ago."""
    table = pd.DataFrame(cells, columns=[*CELL, "quota", "used"])
    table = table.astype(dict.fromkeys(CELL, "str"))
    progress = table.rename(columns={"used": "count"}).assign(date=pd.Timestamp("2025-03-03"), stage="submitted")
    return table[[*CELL, "quota"]], progress[progress["count"] > 0]
