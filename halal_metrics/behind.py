"""From a figure to its rows: the applications, and the recap lines, that a count is made of."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

import numpy as np
import pandas as pd

from halal_metrics.activity import activity
from halal_metrics.backlog import ACTORS, STATEMENTS, returned
from halal_metrics.groups import codes, dimensions
from halal_metrics.memo import Memo
from halal_metrics.progress import progress
from halal_metrics.schema import (
    APPLICATIONS,
    COUNT,
    DATE,
    RECAPS,
    SOURCE,
    STAGE_DATES,
    STAGES,
    STATED,
    TEXT,
    conform,
    empty,
)
from halal_metrics.totals import EARLIEST, day, day_numbers

Figure = Literal["reached", "waiting", "turn", "active", "draft"]

_SOURCE: Final = SOURCE | {"source_row": STATED}  # a frame made by hand names no file and no row
_CELL: Final = ["kab_kota", "lp3h"]
_DATED: Final = (*_CELL, "status", *STAGE_DATES, "exit_date", "statement_date")
LINES: Final = {"count": COUNT, "date": DATE, **APPLICATIONS, **_SOURCE}
RECAP_LINES: Final = {"count": COUNT, "date": DATE, "kab_kota": TEXT, "lp3h": TEXT, **_SOURCE}


@dataclass(frozen=True)
class Behind:
    """
    What a figure is made of. `applications`: `count, date` and the columns of the table, one row an application
    (of a net flow one for what came and one for what went); `recaps`: `count, date, kab_kota, lp3h, source_*`, what
    was stated as a number alone. `count` is signed, and its sum over both is the figure; `date` is the day it counts
    from.
    """

    applications: pd.DataFrame
    recaps: pd.DataFrame

    @property
    def of_applications(self) -> int:
        """The part of the figure that has rows."""
        return int(self.applications["count"].sum())

    @property
    def of_recaps(self) -> int:
        """The part that recaps state as a number."""
        return int(self.recaps["count"].sum())

    @property
    def count(self) -> int:
        """The figure."""
        return self.of_applications + self.of_recaps


def behind(
    applications: pd.DataFrame,
    recaps: pd.DataFrame | None = None,
    statements: pd.DataFrame | None = None,
    *,
    figure: Figure = "reached",
    stage: str = "submitted",
    as_of,
    since=None,
    group: Mapping[str, str | None] | None = None,
) -> Behind:
    """
    The rows behind a figure, up to and including `as_of`; with `since` only what moved after that day.

    >>> applications = pd.DataFrame({"business_name": ["Ani", "Budi"], "status": ["verified", "rejected"],
    ...     "submitted_date": pd.to_datetime(["2025-05-02"] * 2), "exit_date": pd.to_datetime([None, "2025-05-20"])})
    >>> used = behind(applications, as_of="2025-06-04")
    >>> used.count, used.applications["business_name"].tolist()
    (1, ['Ani'])
    >>> behind(applications, as_of="2025-06-04", since="2025-05-10").applications[["business_name", "count"]]
      business_name  count
    0          Budi     -1

    | `figure`  | `stage`              | is                                                          |
    |-----------|----------------------|-------------------------------------------------------------|
    | `reached` | one of STAGES        | `funnel` reached, `absorption` used and issued, `movement`  |
    | `waiting` | one of STAGES        | `funnel` waiting                                            |
    | `turn`    | a step of ACTORS     | `backlog` waiting; those with the business are in none else |
    | `active`  | not used             | `active_p3h` submitted: also what left later                |
    | `draft`   | not used             | not yet a use of quota, from its statement date on          |

    `group` narrows to one group, {"kab_kota": name, "lp3h": name}; None is the group whose name is missing. The rules
    are those of `progress`, `returned` and `activity`, which are asked for each row by itself: what counts on no day
    is behind no figure, and dates out of order can make a count negative. In cells (kab_kota, lp3h) with any
    application recaps count for nothing. `statements` (applications as stated at several dates) are needed for `turn`.
    """
    weights, away = _weights(figure, stage)
    window = {"as_of": as_of, "since": since, "group": group or {}}
    row, date, count = _known(_applied, _Applied, applications, _DATED).moved(weights, **window)
    table = applications
    if away:
        statements = empty(APPLICATIONS) if statements is None else statements
        spell, *more = _known(_spells, _Returned, statements, STATEMENTS).moved(away, **window)
        table, place = _joined(applications, statements, spell)
        row, date, count = map(np.concatenate, zip((row, date, count), (place, *more), strict=True))
    both_ways = row * 2 + (count < 0) if since is not None else row * 2
    line, date, count = _summed(both_ways, date, count)
    return Behind(
        applications=_lines(table, line // 2, date, count, LINES),
        recaps=_of_recaps(applications, recaps, weights, window),
    )


def _weights(figure: Figure, stage: str) -> tuple[dict[str, int], dict[str, int]]:
    """How often each step counts in a figure: of the flows of applications and recaps, and of those of `returned`."""
    if figure in ("active", "draft"):
        return {figure: 1}, {}
    steps = tuple(ACTORS) if figure == "turn" else STAGES
    if figure not in ("reached", "waiting", "turn") or stage not in steps:
        raise ValueError(f"no figure {figure!r} at {stage!r}; stage is one of {', '.join(steps)}")
    if stage == "returned":
        return {}, dict.fromkeys(STAGES[:-1], 1)
    if figure == "reached":
        return {stage: 1}, {}
    following = STAGES[STAGES.index(stage) + 1 :][:1]
    weights = {stage: 1, **dict.fromkeys(following, -1)} if following else {}  # what is issued waits for nothing
    return weights, {stage: -1} if figure == "turn" else {}


class _Moves:
    """A table, and what each of its rows adds to a count on which day; rows by their place."""

    def __init__(self, table: pd.DataFrame) -> None:
        self.table = table
        self._known: dict[str, tuple[np.ndarray, ...]] = {}
        self._codes = {name: codes(table, name) for name in ("kab_kota", "lp3h")}

    def flows(self, step: str) -> pd.DataFrame:
        """`date, count` and the place of the row as `kab_kota`, for one step."""
        raise NotImplementedError

    def moved(self, weights: Mapping[str, int], *, as_of, since, group: Mapping) -> tuple[np.ndarray, ...]:
        """(row, day, count) of every move up to as_of, after since where it is given, in the group."""
        here = self._in(group)
        found = [self._of(step, weight, as_of, since, here) for step, weight in weights.items()]
        nothing = (np.empty(0, np.int64),) * 3
        row, date, count = (np.concatenate(parts) for parts in zip(nothing, *found, strict=True))
        return row, date, count

    def _of(self, step: str, weight: int, as_of, since, here: np.ndarray) -> tuple[np.ndarray, ...]:
        if step not in self._known:
            flows = self.flows(step).dropna(subset="date").sort_values("date", kind="stable")
            row = pd.to_numeric(flows["kab_kota"].astype("str")).to_numpy(np.int64)
            self._known[step] = row, day_numbers(flows, "date"), flows["count"].to_numpy(np.int64)
        row, date, count = self._known[step]
        first = 0 if since is None else np.searchsorted(date, day(since), side="right")
        some = slice(first, np.searchsorted(date, day(as_of), side="right"))
        kept = here[row[some]]
        return row[some][kept], date[some][kept], weight * count[some][kept]

    def _in(self, group: Mapping[str, str | None]) -> np.ndarray:
        here = np.ones(len(self.table), bool)
        for column in dimensions(group):
            code, labels = self._codes[column]
            name = group[column]
            here &= code == (-1 if name is None else next(iter(np.flatnonzero(labels == name)), -2))
        return here


def _each(table: pd.DataFrame) -> pd.DataFrame:
    """The table with every row a place of its own, so that what is counted by place is counted by row."""
    rows = pd.Categorical.from_codes(np.arange(len(table)), pd.RangeIndex(len(table)))
    return table.assign(kab_kota=rows, lp3h=None)


class _Applied(_Moves):
    """Applications, by the rules of `progress` and `activity`."""

    def flows(self, step: str) -> pd.DataFrame:
        if step == "active":
            return activity(_each(self.table).assign(p3h=None)).rename(columns={"submitted": "count"})
        if step == "draft":
            return _drafts(_each(self.table))
        return self._progress[self._progress["stage"] == step]

    @cached_property
    def _progress(self) -> pd.DataFrame:
        return progress(_each(self.table))


class _Returned(_Moves):
    """Statements of applications that lie with the business."""

    def flows(self, step: str) -> pd.DataFrame:
        return self._returned[self._returned["stage"] == step]

    @cached_property
    def _returned(self) -> pd.DataFrame:
        return returned(_each(self.table))


def _drafts(table: pd.DataFrame) -> pd.DataFrame:
    """Drafts as if they were submitted when they were stated."""
    if "status" not in table:
        return progress()
    drafts = table[(table["status"] == "draft").fillna(False).to_numpy(bool)]
    return progress(drafts.drop(columns=list(STAGE_DATES), errors="ignore").assign(status="submitted"))


_applied, _spells = Memo[_Applied](size=8), Memo[_Returned](size=8)


def _known(memo: Memo, make: Callable[..., _Moves], table: pd.DataFrame, columns: Iterable[str]):
    """What is known of a table's rows by these of its columns, found once as long as they do not change."""
    there = [name for name in columns if name in table]
    kept = table[there].reset_index(drop=True)
    return memo.of((table[name] for name in there), lambda: make(kept), also=(len(table), *there))


def _joined(applications: pd.DataFrame, statements: pd.DataFrame, spell: np.ndarray) -> tuple[pd.DataFrame, np.ndarray]:
    """
    The applications, and below them the statements of these spells that belong to none of them; with the place
    of each spell there.
    """
    stated, place = np.unique(spell, return_inverse=True)
    owner = _owners(applications, statements.iloc[stated])
    without = owner < 0
    owner[without] = len(applications) + np.arange(int(without.sum()))
    if not without.any():
        return applications, owner[place]
    return pd.concat([applications, statements.iloc[stated[without]]], ignore_index=True), owner[place]


def _owners(applications: pd.DataFrame, statements: pd.DataFrame) -> np.ndarray:
    """The place of each statement's application: by its number, else by where it was read; −1 where there is none."""
    columns = {name: APPLICATIONS[name] for name in ("registration_number", "reg_id")} | _SOURCE
    known, asked = conform(applications, columns), conform(statements, columns)
    owner = np.full(len(asked), -1)
    numbered = asked["registration_number"].notna().to_numpy()
    for key in (["registration_number"], ["reg_id"], list(_SOURCE)):
        # two registration numbers are never one application
        open_ones = np.flatnonzero((owner < 0) & (numbered if key == ["registration_number"] else ~numbered))
        if len(open_ones):
            bearers = known[key].dropna().drop_duplicates().reset_index(names="place")
            found = asked.iloc[open_ones][key].merge(bearers, how="left", on=key)["place"]
            owner[open_ones] = found.fillna(-1).to_numpy(np.int64)
    return owner


def _summed(line: np.ndarray, date: np.ndarray, count: np.ndarray) -> tuple[np.ndarray, ...]:
    """(line, day, count) of lines that do not come to nothing, in order of their days: the last that made it so."""
    lines, place = np.unique(line, return_inverse=True)
    net = np.zeros(len(lines), np.int64)
    np.add.at(net, place, count)
    latest = np.full(len(lines), EARLIEST)
    alike = np.sign(count) == np.sign(net)[place]
    np.maximum.at(latest, place[alike], date[alike])
    order = np.lexsort((lines, latest))
    order = order[net[order] != 0]
    return lines[order], latest[order], net[order]


def _lines(
    table: pd.DataFrame, row: np.ndarray, date: np.ndarray, count: np.ndarray, columns: dict[str, str]
) -> pd.DataFrame:
    """These rows of the table, with what each counts and from which day."""
    dates = date.astype("M8[D]").astype("M8[us]")
    return conform(table.take(row).assign(count=count, date=dates), columns)


class _Stated(_Moves):
    """Recaps, each by what it adds to the one before it of its cell, unless that cell has applications."""

    def __init__(self, recaps: pd.DataFrame, registered: pd.DataFrame) -> None:
        super().__init__(conform(recaps, RECAPS | _SOURCE))
        # a draft counts for nothing, and keeps its cell
        self._registered = registered.drop_duplicates().assign(status="draft")
        stated = self.table[["kab_kota", "lp3h"]].assign(date=self.table["statement_date"].dt.normalize())
        stated["date"] = stated["date"].fillna(stated["date"].max())
        self._statements = stated.assign(
            place=np.arange(len(stated)), cell=stated.groupby(_CELL, dropna=False).ngroup()
        )

    def flows(self, step: str) -> pd.DataFrame:
        if step not in (*STAGES, "draft"):
            return progress()
        recaps = self.table
        if step == "draft":
            recaps = recaps.drop(columns=list(STAGES)).rename(columns={"draft": "submitted"})
        flows = progress(self._registered, recaps)
        flows = flows[flows["stage"] == ("submitted" if step == "draft" else step)]
        last = self._statements.drop_duplicates(["date", *_CELL], keep="last")
        found = flows.merge(last, how="left", on=["date", *_CELL])
        return found.assign(kab_kota=found["place"])

    def in_force(self, row: np.ndarray, as_of) -> np.ndarray:
        """For each row the last one of its cell up to as_of: what a cumulative count is read from."""
        until = self._statements[self._statements["date"] <= pd.Timestamp(day(as_of), unit="D")]
        last = until.sort_values("date", kind="stable").drop_duplicates("cell", keep="last").set_index("cell")["place"]
        return last.loc[self._statements["cell"].to_numpy()[row]].to_numpy(np.int64)


def _of_recaps(applications: pd.DataFrame, recaps: pd.DataFrame | None, weights: dict, window: dict) -> pd.DataFrame:
    if recaps is None or recaps.empty or not weights:
        return empty(RECAP_LINES)
    stated = _Stated(recaps, applications.reindex(columns=_CELL))
    row, date, count = stated.moved(weights, **window)
    if window["since"] is None:
        row = stated.in_force(row, window["as_of"])
        date = day_numbers(stated.table, "statement_date")[row]
    row, date, count = _summed(row, date, count)
    return _lines(recaps, row, date, count, RECAP_LINES)
