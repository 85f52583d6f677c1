"""What an upload, or its undoing, would change: told before it is done."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import pandas as pd

from halal_metrics.schema import SOURCE, TABLES, conform
from halal_store.incremental_fold import incremental_fold, touched
from halal_store.tables import Folded, Rows, Tables, current, identity, in_order, latest_values

NO_CHANGE: Final = {*SOURCE, "statement_date"}
"""Columns that say who stated something and when: by themselves they change nothing."""


@dataclass(frozen=True)
class Preview:
    """
    What becomes of the records an upload names, each in the table's own columns.

    `new` and `same` as they become, `gone` as they were. `changed` as they become, with `<column>_before` for each
    column that changes in any of them; where a record came from is not told as a change, and a later statement_date
    alone makes it `same`. `already` is the upload_id under which the same bytes are in the log, else None.
    `takes_effect` is the latest day for which its rows are stated: rows without a date, and tables that have none, are
    of the day of receipt. A plan is in force from its day on.
    """

    table: str
    new: pd.DataFrame
    changed: pd.DataFrame
    same: pd.DataFrame
    gone: pd.DataFrame
    takes_effect: pd.Timestamp
    before: Tables
    _after: Callable[[], Tables] = field(repr=False)
    already: str | None = None

    @property
    def counts(self) -> dict[str, int]:
        """How many records are new, changed, same and gone."""
        return {name: len(getattr(self, name)) for name in ("new", "changed", "same", "gone")}

    @cached_property
    def after(self) -> Tables:
        """All tables as they become; made when asked for."""
        return self._after()


def preview(
    folded: Folded,
    table: str,
    *,
    received: pd.Timestamp,
    gone: Collection[int] = (),
    new: Rows | None = None,
    already: str | None = None,
) -> Preview:
    """
    What changes in a table without the arrivals `gone` and with the `new` rows. `received`: when the upload came or,
    if it is not in the log, comes; on the store's clock.
    """
    old, fresh = folded.rows[table], (new or {}).get(table)
    fresh = old.iloc[:0] if fresh is None else fresh
    leaving = old["arrival"].isin(list(gone)).to_numpy()
    if table == "applications":
        near = touched(old, leaving, fresh)
        before_rows, after_rows = old[near], in_order(pd.concat([old[near & ~leaving], fresh], ignore_index=True))
        before, after = latest_values(before_rows), latest_values(after_rows)
    else:
        before_rows = _named(table, current(table, old))
        after_rows = _named(table, current(table, pd.concat([old[~leaving], fresh], ignore_index=True)))
        before, after = before_rows, after_rows
    pairs = _pairs(before_rows, after_rows)
    columns = TABLES[table]
    was, becomes = (
        conform(side.set_index("application").loc[pairs[name]], columns)
        for side, name in ((before, "before"), (after, "after"))
    )
    differs = _differs(was, becomes)
    changes = differs.drop(columns=list(NO_CHANGE), errors="ignore").any(axis=1).to_numpy(bool)
    named = pairs["after"].isin(after_rows.loc[after_rows["arrival"].isin(fresh["arrival"]), "application"])
    named |= pairs["before"].isin(before_rows.loc[before_rows["arrival"].isin(list(gone)), "application"])
    told = [name for name in columns if name not in SOURCE and differs.loc[changes, name].any()]
    earlier = was.loc[changes, told].add_suffix("_before")
    named_days = pd.concat([fresh, old[leaving]])["statement_date"] if "statement_date" in columns else pd.Series()
    takes_effect = received.normalize() if named_days.empty else named_days.max()
    return Preview(
        table=table,
        new=conform(after[~after["application"].isin(pairs["after"])], columns),
        changed=pd.concat([becomes[changes], earlier], axis=1).reset_index(drop=True),
        same=becomes[~changes & named.to_numpy()].reset_index(drop=True),
        gone=conform(before[~before["application"].isin(pairs["before"])], columns),
        takes_effect=takes_effect,
        before=folded.tables,
        _after=lambda: incremental_fold(folded, gone=gone, new=new).tables,
        already=already,
    )


def _named(table: str, rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(application=identity(table, rows))


def _pairs(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """
    Which record becomes which, as names `before, after`: the one of the same name; else one that shares a row with
    it, for a name changes when an application gets its registration number. Each is in one pair at most.
    """
    then, now = (pd.Series(side["application"].unique(), dtype="str") for side in (before, after))
    same = then[then.isin(now)]
    row = ["arrival", "place"]
    linked = before.loc[~before["application"].isin(same), [*row, "application"]].merge(
        after.loc[~after["application"].isin(same), [*row, "application"]], on=row, suffixes=("", "_now")
    )
    linked = linked.sort_values([*row]).drop_duplicates("application").drop_duplicates("application_now")
    return pd.DataFrame(
        {
            "before": pd.concat([same, linked["application"]], ignore_index=True),
            "after": pd.concat([same, linked["application_now"]], ignore_index=True),
        }
    )


def _differs(was: pd.DataFrame, becomes: pd.DataFrame) -> pd.DataFrame:
    """Cell by cell; two missing values are the same."""
    return pd.DataFrame(
        {
            name: ~((was[name] == becomes[name]).fillna(False) | (was[name].isna() & becomes[name].isna()))
            for name in was
        }
    ).astype(bool)
