"""What has changed between two sets of tables, each as of its own day: this period's work, and what was restated."""

from collections.abc import Iterable
from functools import reduce
from typing import Any, Final, Protocol

import pandas as pd

from halal_metrics.counting.cumulative import cumulative
from halal_metrics.counting.groups import DIMENSIONS, dimensions, group
from halal_metrics.counting.totals import tally
from halal_metrics.drilldown.flows import ANY_SOURCE, ReturnFlows
from halal_metrics.drilldown.rows import drilldown
from halal_metrics.progress import progress
from halal_metrics.schema import COUNT, DATE, STAGES, TEXT, conform, empty

CHANGES: Final = {
    "change": TEXT,  # new, left, moved, issued, returned, restated
    "stage": TEXT,
    "count": COUNT,
    "date": DATE,
    "kab_kota": TEXT,
    "lp3h": TEXT,
    "registration_number": TEXT,
    "business_name": TEXT,
    **ANY_SOURCE,
}

_COLUMNS: Final = {
    "restated": ("restated", "submitted", 1),
    "new": ("new", "submitted", 1),
    "left": ("left", "submitted", -1),
    **{stage: ("moved", stage, 1) for stage in STAGES[1:-1]},
    "issued_restated": ("restated", "issued", 1),
    "issued": ("issued", "issued", 1),
    "returned": ("returned", "returned", 1),
}
"""Column of `since` → the change and stage it counts, and with which sign."""

_ORDER: Final = (
    "used_then restated new left used_now verified fatwa decided issued_then issued_restated issued issued_now returned"
).split()


class Known(Protocol):
    """Tables as known at a moment: `applications`, `recaps`, and `statements` (applications as stated at each date)."""

    @property
    def applications(self) -> pd.DataFrame: ...
    @property
    def recaps(self) -> pd.DataFrame: ...
    @property
    def statements(self) -> pd.DataFrame: ...


def changes_since(
    then: Known, now: Known, *, by: str | Iterable[str] = ("kab_kota",), then_as_of: Any, as_of: Any
) -> pd.DataFrame:
    """
    From what `then` said of `then_as_of` to what `now` says of `as_of`, for each group.

    used_then + restated + new − left = used_now, and issued_then + issued_restated + issued = issued_now, always.
    `new`, `left`: what came into use and what left it after then_as_of (both ≥ 0; what did both on one day is in
    neither); `verified, fatwa, decided`: what reached that stage in the period, whatever left it; `issued`: net;
    `returned`: how often one came back to the business, as registers state it, where that statement places it.
    `restated`: how much more `now` says of then_as_of than `then` said: a late row about the past, or one undone, is
    not this period's work. A correction of a recap downwards is with those who left.
    """
    columns = list(dimensions(by))
    counts = [cumulative(progress(known.applications, known.recaps)) for known in (then, now)]
    groups = tally([count.cells for count in counts], by)
    rows = changes_since_rows(then, now, then_as_of=then_as_of, as_of=as_of)
    ends = [
        count.reached(groups, as_of=day, which=which)
        for which, (count, day) in enumerate(zip(counts, (then_as_of, as_of), strict=True))
    ]
    found = {
        "used_then": ends[0][:, 0],
        "used_now": ends[1][:, 0],
        "issued_then": ends[0][:, -1],
        "issued_now": ends[1][:, -1],
    }
    frame = groups.frame({name: found[name].astype(COUNT) for name in found})
    for name, (change, stage, sign) in _COLUMNS.items():
        some = rows[(rows["change"] == change) & (rows["stage"] == stage)]
        frame = _beside(frame, some.assign(count=sign * some["count"]), columns, name)
    return frame[[*columns, *_ORDER]]


def changes_since_rows(then: Known, now: Known, *, then_as_of: Any, as_of: Any) -> pd.DataFrame:
    """
    The applications, and recap lines, behind the columns of `since`: one row a change (CHANGES), in order of change,
    stage and date.

    `change` is "new" or "left" (stage submitted), "moved" (verified, fatwa, decided), "issued", "returned", or
    "restated" (submitted, issued). `count` is signed: the sum over a change and stage is the column, of "left" its
    negative.
    """
    parts = []
    window = {"as_of": as_of, "since": then_as_of}
    for stage in STAGES:
        rows = _lines(now, figure="reached", stage=stage, **window)
        if stage == "submitted":
            parts += [_named(rows[rows["count"] > 0], "new", stage), _named(rows[rows["count"] < 0], "left", stage)]
        elif stage == "issued":
            parts.append(_named(rows, "issued", stage))
        else:
            parts.append(_named(rows[rows["count"] > 0], "moved", stage))
    parts.append(_named(_came_back(now.statements, then_as_of, as_of), "returned", "returned"))
    for stage in (STAGES[0], STAGES[-1]):
        parts.append(_named(_restated(then, now, stage, then_as_of), "restated", stage))
    filled = [part for part in parts if len(part)]
    return conform(pd.concat(filled, ignore_index=True) if filled else empty(CHANGES), CHANGES)


def _lines(known: Known, **asked: Any) -> pd.DataFrame:
    """Application rows and recap lines behind a figure; `whole` says what a row is of."""
    found = drilldown(known.applications, known.recaps, known.statements, **asked)
    rows, lines = found.applications, found.recaps
    of_rows = [rows[name].astype(TEXT) for name in ("registration_number", "reg_id", "nib")]
    place = [rows[name].astype(TEXT).fillna("") for name in ("source_file", "source_sheet", "source_row")]
    named = reduce(lambda first, second: first.fillna(second), [*of_rows, place[0].str.cat(place[1:], sep=" · ")])
    cells = [lines[name].fillna("") for name in DIMENSIONS]
    return pd.concat([rows.assign(whole=named), lines.assign(whole="rekap " + cells[0] + " · " + cells[1])])


def _came_back(statements: pd.DataFrame, then_as_of: Any, as_of: Any) -> pd.DataFrame:
    """
    The statements that say first that an application is with the business. One that only says so again ends a spell
    and begins another on the same day: it did not come back a second time.
    """
    steps = dict.fromkeys(STAGES[:-1], 1)
    row, date, count = ReturnFlows(statements).moved(steps, as_of=as_of, since=then_as_of, group={})
    stated = conform(statements.take(row), CHANGES | {"reg_id": TEXT}).assign(row=row, count=count)
    stated["date"] = date.astype("M8[D]").astype("M8[us]")
    alone = "row " + stated["row"].astype(TEXT)
    stated["whole"] = stated["registration_number"].fillna(stated["reg_id"]).fillna(alone)
    net = stated.groupby(["whole", "date"])["count"].transform("sum")
    began = stated[(net > 0) & (stated["count"] > 0)].drop_duplicates(["whole", "date"], keep="last")
    return began.assign(count=1)


def _restated(then: Known, now: Known, stage: str, then_as_of: Any) -> pd.DataFrame:
    """What the second set says of the day more, or less, than the first: row by row, at the place each gives it."""
    said = [_lines(known, figure="reached", stage=stage, as_of=then_as_of) for known in (now, then)]
    both = pd.concat([said[0], said[1].assign(count=-said[1]["count"])], ignore_index=True)
    if both.empty:
        return both
    keys = ["whole", *DIMENSIONS]
    total = both.groupby(keys, dropna=False)["count"].transform("sum")
    return both.assign(count=total)[total != 0].drop_duplicates(keys)


def _named(rows: pd.DataFrame, change: str, stage: str) -> pd.DataFrame:
    ordered = rows.sort_values("date", kind="stable")
    return conform(ordered.assign(change=change, stage=stage), CHANGES)


def _beside(frame: pd.DataFrame, rows: pd.DataFrame, by: list[str], name: str) -> pd.DataFrame:
    """The sum of the rows' counts for each group, as a column of the frame."""
    if not by:
        return frame.assign(**{name: int(rows["count"].sum())})
    groups = group([frame, rows], by)
    total = groups.total(1, rows["count"].to_numpy(float))
    return frame.assign(**{name: total[groups.rows[0]].round().astype(COUNT)})
