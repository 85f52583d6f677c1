"""From a figure to its rows: the applications, and the recap lines, that a count is made of."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pandas as pd

from halal_metrics.backlog import ACTORS, STATEMENTS
from halal_metrics.counting.groups import DIMENSIONS
from halal_metrics.counting.memo import Memo
from halal_metrics.counting.totals import day_numbers
from halal_metrics.drilldown.flows import ANY_SOURCE, ApplicationFlows, RecapFlows, ReturnFlows, RowFlows, summed
from halal_metrics.schema import APPLICATIONS, COUNT, DATE, STAGE_DATES, STAGES, TEXT, conform, empty

Figure = Literal["reached", "waiting", "turn", "active", "draft"]

LINES: Final = {"count": COUNT, "date": DATE, **APPLICATIONS, **ANY_SOURCE}
RECAP_LINES: Final = {"count": COUNT, "date": DATE, "kab_kota": TEXT, "lp3h": TEXT, **ANY_SOURCE}

_DATED: Final = (*DIMENSIONS, "status", *STAGE_DATES, "exit_date", "statement_date")
_NUMBERS: Final = ("registration_number", "reg_id")


@dataclass(frozen=True)
class Drilldown:
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


def drilldown(
    applications: pd.DataFrame,
    recaps: pd.DataFrame | None = None,
    statements: pd.DataFrame | None = None,
    *,
    figure: Figure = "reached",
    stage: str = "submitted",
    as_of,
    since=None,
    group: Mapping[str, str | None] | None = None,
) -> Drilldown:
    """
    The rows behind a figure, up to and including `as_of`; with `since` only what moved after that day.

    >>> applications = pd.DataFrame({"business_name": ["Ani", "Budi"], "status": ["verified", "rejected"],
    ...     "submitted_date": pd.to_datetime(["2025-05-02"] * 2), "exit_date": pd.to_datetime([None, "2025-05-20"])})
    >>> used = drilldown(applications, as_of="2025-06-04")
    >>> used.count, used.applications["business_name"].tolist()
    (1, ['Ani'])
    >>> drilldown(applications, as_of="2025-06-04", since="2025-05-10").applications[["business_name", "count"]]
      business_name  count
    0          Budi     -1

    | `figure`  | `stage`              | is                                                          |
    |-----------|----------------------|-------------------------------------------------------------|
    | `reached` | one of STAGES        | `funnel` reached, `absorption` used and issued, `trend`     |
    | `waiting` | one of STAGES        | `funnel` waiting                                            |
    | `turn`    | a step of ACTORS     | `backlog` waiting; those with the business are in none else |
    | `active`  | not used             | `active_p3h` submitted: also what left later                |
    | `draft`   | not used             | not yet a use of quota, from its statement date on          |

    `group` narrows to one group, {"kab_kota": name, "lp3h": name}; None is the group whose name is missing. What counts
    on no day is behind no figure, and dates out of order can make a count negative. In cells (kab_kota, lp3h) with any
    application recaps count for nothing. `statements` (applications as stated at several dates) are needed for `turn`;
    one that belongs to no application is a line of its own.
    """
    weights, away = _weights(figure, stage)
    window = {"as_of": as_of, "since": since, "group": group or {}}
    row, date, count = _known(_applied, ApplicationFlows, applications, _DATED).moved(weights, **window)
    table = applications
    if away:
        statements = empty(APPLICATIONS) if statements is None else statements
        spell, *more = _known(_spells, ReturnFlows, statements, STATEMENTS).moved(away, **window)
        table, place = _joined(applications, statements, spell)
        row, date, count = map(np.concatenate, zip((row, date, count), (place, *more), strict=True))
    both_ways = row * 2 + (count < 0) if since is not None else row * 2
    line, date, count = summed(both_ways, date, count)
    return Drilldown(
        applications=_lines(table, line // 2, date, count, LINES),
        recaps=_of_recaps(applications, recaps, weights, window),
    )


def with_business(applications: pd.DataFrame, statements: pd.DataFrame, *, as_of) -> np.ndarray:
    """
    Which of the applications lay with the business on as_of, as `backlog` counts them: by what was stated up to then,
    not by what is known of them since.

    >>> numbers = ["SH2025-1-990001", "SH2025-1-990002"]
    >>> statements = pd.DataFrame({"registration_number": [numbers[0], *numbers],
    ...     "status": ["returned"] + ["issued"] * 2,
    ...     "statement_date": pd.to_datetime(["2025-05-02"] + ["2025-05-30"] * 2)})
    >>> with_business(statements.tail(2), statements, as_of="2025-05-16").tolist()
    [True, False]
    """
    every_step = dict.fromkeys(STAGES[:-1], 1)
    spell, _, count = _known(_spells, ReturnFlows, statements, STATEMENTS).moved(
        every_step, as_of=as_of, since=None, group={}
    )
    stated, place = np.unique(spell, return_inverse=True)
    away = stated[np.bincount(place, count, len(stated)) > 0]
    owner = _owners(applications, statements.iloc[away])
    found = np.zeros(len(applications), bool)
    found[owner[owner >= 0]] = True
    return found


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


_applied, _spells = Memo[ApplicationFlows](size=3), Memo[ReturnFlows](size=3)


def _known(memo: Memo, make: Callable[..., RowFlows], table: pd.DataFrame, columns: Iterable[str]):
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
    columns = {name: APPLICATIONS[name] for name in _NUMBERS} | ANY_SOURCE
    known, asked = conform(applications, columns), conform(statements, columns)
    owner = np.full(len(asked), -1)
    numbered = asked["registration_number"].notna().to_numpy()
    for key in (["registration_number"], ["reg_id"], list(ANY_SOURCE)):
        # two registration numbers are never one application
        open_ones = np.flatnonzero((owner < 0) & (numbered if key == ["registration_number"] else ~numbered))
        if len(open_ones):
            bearers = known[key].dropna().drop_duplicates().reset_index(names="place")
            found = asked.iloc[open_ones][key].merge(bearers, how="left", on=key)["place"]
            owner[open_ones] = found.fillna(-1).to_numpy(np.int64)
    return owner


def _lines(
    table: pd.DataFrame, row: np.ndarray, date: np.ndarray, count: np.ndarray, columns: dict[str, str]
) -> pd.DataFrame:
    """These rows of the table, with what each counts and from which day."""
    dates = date.astype("M8[D]").astype("M8[us]")
    return conform(table.take(row).assign(count=count, date=dates), columns)


def _of_recaps(applications: pd.DataFrame, recaps: pd.DataFrame | None, weights: dict, window: dict) -> pd.DataFrame:
    if recaps is None or recaps.empty or not weights:
        return empty(RECAP_LINES)
    stated = RecapFlows(recaps, applications.reindex(columns=list(DIMENSIONS)))
    row, date, count = stated.moved(weights, **window)
    if window["since"] is None:
        row = stated.in_force(row, window["as_of"])
        date = day_numbers(stated.table, "statement_date")[row]
    row, date, count = summed(row, date, count)
    return _lines(recaps, row, date, count, RECAP_LINES)
