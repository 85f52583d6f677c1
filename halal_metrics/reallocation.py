"""Who keeps its quota, who gives some away and who receives it: a proposal, and what moves from whom to whom."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from heapq import heapify, heappop, heapreplace
from math import inf
from typing import Any, Final

import numpy as np
import pandas as pd

from halal_metrics.counting.cumulative import cumulative
from halal_metrics.counting.groups import DIMENSIONS
from halal_metrics.counting.totals import allotted, day, numbers, tally
from halal_metrics.deadlines import PACE_DAYS
from halal_metrics.reallocation_cells import Cell, Terms
from halal_metrics.reallocation_reasons import reason
from halal_metrics.schema import COUNT, TEXT, empty, frame

CAPACITY: Final = {"kab_kota": TEXT, "lp3h": TEXT, "capacity": COUNT}
COLUMNS: Final = {
    "kab_kota": TEXT,
    "lp3h": TEXT,
    "quota": COUNT,
    "used": COUNT,
    "absorption_rate": "float64",
    **dict.fromkeys(("capacity", "gives", "receives", "new_quota"), COUNT),
    "rule": TEXT,
    "reason": TEXT,
}
TRANSFERS: Final = {
    **dict.fromkeys(("from_kab_kota", "from_lp3h", "to_kab_kota", "to_lp3h"), TEXT),
    "count": COUNT,
}


def reallocation(
    quotas: pd.DataFrame,
    progress: pd.DataFrame,
    *,
    as_of,
    until,
    floor: float = 0.5,
    receive: float = 0.65,
    capacity: pd.DataFrame | None = None,
    keep: Iterable[tuple[Any, Any]] = (),
    extra: int = 0,
) -> pd.DataFrame:
    """
    For each kab_kota and lp3h what it gives, what it receives and why, so that unused quota goes where it can be used.

    >>> cells = pd.DataFrame({"kab_kota": ["Kabupaten Berau", "Kota Bontang"], "lp3h": "PWI Kaltim"})
    >>> quotas = cells.assign(quota=[40, 20])
    >>> progress = cells.assign(date=pd.Timestamp("2025-05-20"), stage="submitted", count=[4, 18])
    >>> proposal = reallocation(quotas, progress, as_of="2025-06-04", until="2025-07-02")
    >>> proposal[["quota", "used", "capacity", "gives", "receives", "new_quota", "rule"]]
       quota  used  capacity  gives  receives  new_quota         rule
    0     40     4         4     16         0         24  below_floor
    1     20    18        18      0        16         36     receives
    >>> print(proposal["reason"][0])
    Kuota 40, dimanfaatkan 4, di bawah batas 50%: 50% × 40 − 4 = 16 dapat dialihkan; dialihkan 16, kuota baru 24.

    `quotas` is one plan (see `plan`); rows of one cell are summed. `capacity`: frame `kab_kota, lp3h, capacity`, how
    many more a cell can submit by `until`; where none is stated ⌊net submitted in the last 28 days (not below 0) × days
    to `until` (not below 0) ÷ 28⌋. `keep`: pairs (kab_kota, lp3h) whose objection was accepted, which give nothing.
    `extra`: quota that comes on top.

    Free is the quota without an LP3H or place less what is used there, and of a cell with used < floor × quota
    ⌊floor × quota − used⌋. Claimed is used − quota where overshot, and where used ≥ receive × quota (quota above 0)
    capacity + used − quota; who has something to give claims nothing. Overshoots are covered first, within the
    kab/kota, then across; then the claims, within, then across; a missing place is no kab/kota, so it is only
    across. Undivided quota goes before that of cells below the floor; `extra`, only across, before both. Within a step
    slots go one by one to the largest claim ÷ (2 × received so far + 1), and come from the largest free ÷ (2 × given so
    far + 1): Webster's rule, under which nobody loses by doing better. Ties go to the higher absorption_rate (0 without
    quota), then more used, then the name; among givers the reverse.

    new_quota = quota − gives + receives; their sum is that of quota + extra, and what is used is never taken. Unclaimed
    extra goes to the row without place and LP3H. Sorted by name, missing last. A group appears if it is in any of the
    tables; a pair of `keep` that is in none keeps nothing. `rule`: see `reallocation_cells.RULES`.
    """
    if extra < 0 or extra != int(extra):
        raise ValueError(f"extra={extra}: whole slots that come on top, never fewer than 0; what is taken has an owner")
    terms = Terms(
        floor=_share("floor", floor, most=1),  # above the whole, a cell would give what it has used
        receive=_share("receive", receive),
        days=max(day(until) - day(as_of), 0),
        extra=int(extra),
    )
    cells = _cells(quotas, progress, empty(CAPACITY) if capacity is None else capacity, terms, as_of)
    kept = {_pair(*pair) for pair in keep}
    for cell in cells:
        cell.kept = (cell.kab_kota, cell.lp3h) in kept
    if unclaimed := _settle(cells, terms.extra):
        if not cells or (cells[-1].kab_kota, cells[-1].lp3h) != (None, None):
            cells.append(Cell(terms, None, None, quota=0, used=0))  # sorted last, where it is
        cells[-1].receives += unclaimed
        cells[-1].unclaimed = unclaimed
    figures = {name: [getattr(cell, name) for cell in cells] for name in COLUMNS if name != "reason"}
    return frame(figures | {"reason": [reason(cell) for cell in cells]}, COLUMNS)


def transfers(reallocation: pd.DataFrame) -> pd.DataFrame:
    """
    What moves from whom to whom, for the rows of `reallocation`: within each kab/kota, then across, in row order.

    >>> rows = pd.DataFrame({"kab_kota": ["Kabupaten Berau", "Kota Bontang", "Kota Bontang"], "lp3h": ["A", "A", "B"],
    ...                      "gives": [5, 0, 3], "receives": [0, 9, 0]})
    >>> transfers(rows)
         from_kab_kota from_lp3h   to_kab_kota to_lp3h  count
    0     Kota Bontang         B  Kota Bontang       A      3
    1  Kabupaten Berau         A  Kota Bontang       A      5
    2              NaN       NaN  Kota Bontang       A      1

    Counts sum to what is received. What nobody gives is extra quota: it comes last and from nowhere, both names
    missing, together with what undivided quota without a place and LP3H gives to the same cell. To nowhere goes extra
    quota that nobody claims. A missing place is no kab/kota.
    """
    keys = [_pair(*pair) for pair in zip(*(reallocation[name] for name in DIMENSIONS), strict=True)]
    given, taken = ([int(count) for count in reallocation[column]] for column in ("gives", "receives"))
    places = dict.fromkeys(place for place, _ in keys if place is not None)
    scopes = [[row for row, (place, _) in enumerate(keys) if place == here] for here in places]
    keys.append((None, None))
    given.append(max(sum(taken) - sum(given), 0))
    taken.append(0)
    moved: dict[tuple, int] = {}
    for scope in [*scopes, range(len(keys))]:
        for giver, taker, count in _pairs(scope, given, taken):
            ways = (*keys[giver], *keys[taker])
            moved[ways] = moved.get(ways, 0) + count
    columns = list(zip(*((*ways, count) for ways, count in moved.items()), strict=True)) or [()] * len(TRANSFERS)
    return frame({name: list(values) for name, values in zip(TRANSFERS, columns, strict=True)}, TRANSFERS)


def webster(count: int, sizes: Sequence[int], had: Sequence[int]) -> list[int]:
    """
    What each has once `count` slots are handed out on top of what they `had`: one at a time to the largest
    size ÷ (2 × had so far + 1), the first of equals, and never more than its size.

    >>> webster(7, [30, 20, 10, 1], [0, 0, 0, 0])
    [4, 2, 1, 0]
    """
    has = list(had)
    if count >= sum(sizes) - sum(has):
        return list(sizes)
    # floats are exact enough: quotients of whole numbers below a million are equal, or differ in the twelfth digit
    waiting = [(-size / (2 * has[place] + 1), place) for place, size in enumerate(sizes) if has[place] < size]
    heapify(waiting)
    for _ in range(count):
        place = waiting[0][1]
        has[place] += 1
        if has[place] < sizes[place]:
            heapreplace(waiting, (-sizes[place] / (2 * has[place] + 1), place))
        else:
            heappop(waiting)
    return has


def _cells(quotas: pd.DataFrame, progress: pd.DataFrame, stated: pd.DataFrame, terms: Terms, as_of: Any) -> list[Cell]:
    """One a pair of kab_kota and lp3h that is in any of the tables, sorted by name, missing last."""
    counts = cumulative(progress)
    groups = tally([quotas, stated, counts.cells], DIMENSIONS)
    before = np.datetime64(day(as_of) - PACE_DAYS, "D")
    used, recent = (counts.reached(groups, as_of=as_of, since=since)[:, 0] for since in (None, before))
    more = numbers(stated, "capacity")
    if not np.isfinite(more).all() or (more < 0).any():
        raise ValueError("capacity: how many more applications a cell can submit, 0 or more; leave out what is unknown")
    capacity = groups.total(1, more)
    known = groups.total(1, stated["capacity"].notna().to_numpy(float)) > 0
    names = zip(*(groups.keys[name] for name in DIMENSIONS), strict=True)
    return [
        Cell(
            terms, *_pair(*pair), quota=int(quota), used=int(used[row]), recent=int(recent[row]),
            stated=int(capacity[row]) if known[row] else None,
        )
        for row, (pair, quota) in enumerate(zip(names, allotted(groups, quotas), strict=True))
    ]  # fmt: skip


def _settle(cells: list[Cell], extra: int) -> int:
    """Gives and receives of all cells; how much of `extra` nobody claims."""
    # in the order in which equals take, and against it give; nobody is ahead for having no quota
    ranked = sorted(cells, key=lambda cell: (-cell.absorption_rate if cell.quota else 0, -cell.used))
    places: dict[str, list[Cell]] = {}
    for cell in ranked:
        if cell.kab_kota is not None:
            places.setdefault(cell.kab_kota, []).append(cell)
    for claimed in ("overshoot", "claim"):
        for place in places.values():
            _move(place, claimed)
        extra -= _move(ranked, claimed, extra)
    return extra


def _move(cells: list[Cell], claimed: str, extra: int = 0) -> int:
    """One step: as many as are free and claimed among these cells. Returns how many of them came from `extra`."""
    takers = [cell for cell in cells if getattr(cell, claimed)]
    claims, received = [getattr(cell, claimed) for cell in takers], [cell.receives for cell in takers]
    givers = [
        [cell for cell in cells[::-1] if cell.free and cell.undivided is undivided] for undivided in (True, False)
    ]
    left = [sum(cell.free - cell.gives for cell in tier) for tier in givers]
    moved = min(sum(claims) - sum(received), extra + sum(left))
    for cell, receives in zip(takers, webster(moved, claims, received), strict=True):
        cell.receives = receives
    taken = min(moved, extra)
    rest = moved - taken
    for tier, most in zip(givers, left, strict=True):
        part = min(rest, most)
        given = webster(part, [cell.free for cell in tier], [cell.gives for cell in tier])
        for cell, gives in zip(tier, given, strict=True):
            cell.gives = gives
        rest -= part
    return taken


def _pairs(rows: Iterable[int], given: list[int], taken: list[int]) -> Iterator[tuple[int, int, int]]:
    """Givers and takers among these rows, each in their order, until either have nothing left; both are used up."""
    takers = iter([row for row in rows if taken[row]])
    taker = next(takers, None)
    for giver in rows:
        while given[giver] and taker is not None:
            count = min(given[giver], taken[taker])
            given[giver] -= count
            taken[taker] -= count
            yield giver, taker, count
            if not taken[taker]:
                taker = next(takers, None)


def _pair(kab_kota: Any, lp3h: Any) -> tuple[str | None, str | None]:
    """Names as they compare: a missing one is None, whatever it is in a frame."""
    return None if pd.isna(kab_kota) else str(kab_kota), None if pd.isna(lp3h) else str(lp3h)


def _share(name: str, value: float, *, most: float = inf) -> Fraction:
    """A share by its shortest decimal form: 29% of 100 is 29, which in binary fractions is less."""
    if not 0 <= value <= most or value == inf:
        raise ValueError(f"{name}={value}: a share of the quota, from 0 to {most:g}")
    return Fraction(str(float(value)))
