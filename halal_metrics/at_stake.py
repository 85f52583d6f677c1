"""How many certificates obstacles hold up, each counted once however many obstacles name it."""

from collections import deque
from collections.abc import Iterable
from heapq import heapify, heappop, heappush
from typing import Any, Final

import numpy as np
import pandas as pd

from halal_metrics.absorption import absorption
from halal_metrics.backlog import ACTORS, backlog
from halal_metrics.schema import COUNT, OBSTACLES, PROGRESS, conform, empty

WHERE: Final = ("quota", *ACTORS)
"""Where what is not issued yet can stand: not submitted, at a step, or back with the business."""

_SOURCE, _ALL, _SINK = "source", "all", "sink"
Capacity = dict[Any, dict[Any, int]]


def at_stake(
    obstacles: pd.DataFrame,
    quotas: pd.DataFrame,
    progress: pd.DataFrame,
    returned: pd.DataFrame | None = None,
    *,
    as_of: Any,
) -> pd.DataFrame:
    """
    The open obstacles, the one that holds most first, with `alone, at_stake, cumulative_share`.

    >>> from halal_metrics import progress
    >>> obstacles = pd.DataFrame({"note_id": ["a", "b"], "category": ["K5", "K3"], "stage": "quota", "held": [None, 6]})
    >>> found = at_stake(obstacles, pd.DataFrame({"quota": [10]}), progress(), as_of="2025-06-04")
    >>> found[["category", "alone", "at_stake"]].values.tolist()
    [['K5', 10, 10], ['K3', 6, 0]]

    `alone`: certificates it holds up by itself, at most `held`, at most what stands in its place, institution and stage
    (missing: all). `at_stake`: those on top of what the ones above it hold, so that their sum is what all together hold
    and, where there is a quota, never more than what of it is not issued: an assignment of every certificate to one
    obstacle at most, found as a maximum flow. Each next one is the one that adds most, of equal ones the first note_id.
    `cumulative_share`: of that sum, down to this row; missing where nothing is held.

    Quota that is not yet divided can be anybody's: it is held by those that name no place, and by those that say how
    many they hold. One closed on or before `as_of` is not open. `returned` is that of `halal_metrics.returned`; without
    it all wait at the stage they have reached.
    """
    rows = conform(obstacles, {name: str(dtype) for name, dtype in obstacles.dtypes.items()} | OBSTACLES)
    closed = rows["closed_date"] <= pd.Timestamp(as_of)
    rows = rows[~closed].sort_values("note_id", kind="stable").reset_index(drop=True)
    cells = _standing(quotas, progress, empty(PROGRESS) if returned is None else returned, as_of)
    whole = absorption(quotas, progress, by=(), as_of=as_of).to_dict("records")[0]
    # more applications than quota: no more certificates than quota. Without a plan, whatever waits
    total = int(max(whole["quota"] - whole["issued"], 0) if whole["quota"] else cells["count"].clip(lower=0).sum())
    capacity = _network(rows, cells, total)
    alone = [_push(capacity, obstacle)[0] for obstacle in range(len(rows))]

    gains: dict[int, int] = {}
    waiting = [(-gain, obstacle) for obstacle, gain in enumerate(alone)]
    heapify(waiting)
    while waiting:  # what one adds only shrinks as others are taken: the top, asked anew, is the largest if it stays
        _, obstacle = heappop(waiting)
        gain, after = _push(capacity, obstacle)
        if waiting and (-gain, obstacle) > waiting[0]:
            heappush(waiting, (-gain, obstacle))
        else:
            gains[obstacle], capacity = gain, after
    ranked = rows.take(list(gains)).reset_index(drop=True)
    held = pd.Series(list(gains.values()), dtype=COUNT)
    share = held.cumsum() / held.sum() if held.sum() else held.astype(float) * np.nan
    return ranked.assign(
        alone=np.array(alone, COUNT)[list(gains)] if gains else np.empty(0, COUNT),
        at_stake=held,
        cumulative_share=share,
    )


def _standing(quotas: pd.DataFrame, progress: pd.DataFrame, returned: pd.DataFrame, as_of: Any) -> pd.DataFrame:
    """`kab_kota, lp3h, stage, count`: where what is not issued yet stands."""
    by = ["kab_kota", "lp3h"]
    waits = backlog(progress, returned, by=by, as_of=as_of).rename(columns={"waiting": "count"})
    unused = absorption(quotas, progress, by=by, as_of=as_of)[[*by, "remaining"]]
    unused = unused.rename(columns={"remaining": "count"}).assign(stage="quota")
    cells = pd.concat([unused, waits[[*by, "stage", "count"]]], ignore_index=True)
    return cells.assign(count=cells["count"].astype(COUNT))


def _network(rows: pd.DataFrame, cells: pd.DataFrame, total: int) -> Capacity:
    """
    Obstacle → kinds of cell → sink, `total` wide. Cells that the same obstacles name are one. Unused quota of a place
    is at most what the place has left: one institution's surplus is another's use where a plan does not tell them
    apart.
    """
    named = {
        place: frozenset(
            obstacle
            for obstacle, row in enumerate(rows.itertuples())
            if _names(row, cell)  # few of either
        )
        for place, cell in enumerate(cells.itertuples())
    }
    capacity: Capacity = {_SOURCE: {}, _SINK: {}}
    for place, cell in enumerate(cells.itertuples()):
        count, among = int(cell.count), named[place]
        where = None if pd.isna(cell.kab_kota) else cell.kab_kota
        if count > 0 and among:
            kind = (among, where if cell.stage == "quota" else "")
            onward = ("left", where) if cell.stage == "quota" else _ALL
            _widen(capacity, kind, onward, count)
            for obstacle in among:
                _widen(capacity, obstacle, kind, count)
    unused = cells[cells["stage"] == "quota"]
    for where, count in unused.groupby("kab_kota", dropna=False)["count"].sum().items():
        if int(count) > 0:
            _widen(capacity, ("left", where if isinstance(where, str) else None), "all left", int(count))
    _widen(capacity, "all left", _ALL, max(int(unused["count"].sum()), 0))
    _widen(capacity, _ALL, _SINK, total)
    for obstacle, held in enumerate(rows["held"]):
        onward = sum(capacity.get(obstacle, {}).values())
        _widen(capacity, _SOURCE, obstacle, onward if pd.isna(held) else min(int(held), onward))
    return capacity


def _names(row: Any, cell: Any) -> bool:
    """Whether an obstacle is about a cell; what it does not say it is about all of."""
    anybodys = cell.stage == "quota" and bool(pd.notna(row.held))
    pairs = ((getattr(row, name), getattr(cell, name)) for name in ("kab_kota", "lp3h", "stage"))
    return all(
        isinstance(said, float) or said == there or (anybodys and isinstance(there, float)) for said, there in pairs
    )


def _widen(capacity: Capacity, start: Any, end: Any, by: int) -> None:
    onward = capacity.setdefault(start, {})
    onward[end] = onward.get(end, 0) + by
    capacity.setdefault(end, {}).setdefault(start, 0)


def _push(capacity: Capacity, obstacle: int) -> tuple[int, Capacity]:
    """How much more flows when this obstacle is opened, and what capacity is left then."""
    left = {start: dict(ends) for start, ends in capacity.items()}
    room, gain = left[_SOURCE].get(obstacle, 0), 0
    while room > gain and (path := _path(left, obstacle)):
        width = min(room - gain, *(left[start][end] for start, end in path))
        for start, end in path:
            left[start][end] -= width
            left[end][start] += width
        gain += width
    return gain, left


def _path(left: Capacity, start: Any) -> list[tuple[Any, Any]]:
    """The shortest way from a node to the sink over edges with room; empty where there is none."""
    came: dict[Any, Any] = {start: None}
    queue = deque([start])
    while queue and _SINK not in came:
        node = queue.popleft()
        for end in _open(left.get(node, {}), came):
            came[end] = node
            queue.append(end)
    if _SINK not in came:
        return []
    path, node = [], _SINK
    while came[node] is not None:
        path.append((came[node], node))
        node = came[node]
    return path[::-1]


def _open(ends: dict[Any, int], came: dict[Any, Any]) -> Iterable[Any]:
    return [end for end, room in ends.items() if room > 0 and end not in came and end != _SOURCE]
