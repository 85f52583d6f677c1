"""
What each row of a table adds to a count, and on which day.

The rules are those of `progress`, `returned` and `activity`, asked with every row as a place of its own: what they
count by place is then counted by row, and there is no second set of rules to keep in step.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd

from halal_metrics.activity import activity
from halal_metrics.backlog import returned
from halal_metrics.counting.groups import DIMENSIONS, codes, dimensions
from halal_metrics.counting.totals import EARLIEST, day, day_numbers
from halal_metrics.progress import progress
from halal_metrics.schema import RECAPS, SOURCE, STAGE_DATES, STAGES, STATED, conform

ANY_SOURCE: Final = SOURCE | {"source_row": STATED}
"""A frame made by hand names no file and no row."""

_CELL: Final = list(DIMENSIONS)


class RowFlows:
    """A table, and what each of its rows adds to a count on which day; rows by their place."""

    def __init__(self, table: pd.DataFrame) -> None:
        self.table = table
        self._known: dict[str, tuple[np.ndarray, ...]] = {}
        self._codes = {name: codes(table, name) for name in DIMENSIONS}

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


class ApplicationFlows(RowFlows):
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


class ReturnFlows(RowFlows):
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


def summed(line: np.ndarray, date: np.ndarray, count: np.ndarray) -> tuple[np.ndarray, ...]:
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


class RecapFlows(RowFlows):
    """Recaps, each by what it adds to the one before it of its cell, unless that cell has applications."""

    def __init__(self, recaps: pd.DataFrame, registered: pd.DataFrame) -> None:
        super().__init__(conform(recaps, RECAPS | ANY_SOURCE))
        # a draft counts for nothing, and keeps its cell
        self._registered = registered.drop_duplicates().assign(status="draft")
        stated = self.table[_CELL].assign(date=self.table["statement_date"].dt.normalize())
        stated["date"] = stated["date"].fillna(stated["date"].max())
        self._statements = stated.assign(
            place=np.arange(len(stated)), cell=stated.groupby(_CELL, dropna=False).ngroup()
        )

    def flows(self, step: str) -> pd.DataFrame:
        if step == "draft":
            recaps = self.table.drop(columns=list(STAGES)).rename(columns={"draft": "submitted"})
            flows, step = progress(self._registered, recaps), "submitted"
        else:
            flows = self._progress
        last = self._statements.drop_duplicates(["date", *_CELL], keep="last")
        found = flows[flows["stage"] == step].merge(last, how="left", on=["date", *_CELL])
        return found.assign(kab_kota=found["place"])

    @cached_property
    def _progress(self) -> pd.DataFrame:
        return progress(self._registered, self.table)

    def in_force(self, row: np.ndarray, as_of) -> np.ndarray:
        """For each row the last one of its cell up to as_of: what a cumulative count is read from."""
        until = self._statements[self._statements["date"] <= pd.Timestamp(day(as_of), unit="D")]
        last = until.sort_values("date", kind="stable").drop_duplicates("cell", keep="last").set_index("cell")["place"]
        return last.loc[self._statements["cell"].to_numpy()[row]].to_numpy(np.int64)
