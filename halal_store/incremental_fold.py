"""One upload more, or one fewer: only the applications it touches are folded again."""

from collections.abc import Collection

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from halal_metrics.identity import KEYS
from halal_metrics.schema import APPLICATIONS, conform
from halal_store.tables import Folded, Rows, finished, in_order, latest_values


def incremental_fold(folded: Folded, *, gone: Collection[int] = (), new: Rows | None = None) -> Folded:
    """
    What `fold_rows` makes of the rows without those of the arrivals `gone` and with the `new` ones. Exactly that,
    but in the time it takes to fold what is touched and to copy the rest once.
    """
    rows = folded.rows
    others = {table: _exchanged(rows[table], gone, (new or {}).get(table)) for table in rows if table != "applications"}
    old, fresh = rows["applications"], (new or {}).get("applications")
    leaving = old["arrival"].isin(list(gone)).to_numpy() if gone else np.zeros(len(old), bool)
    if not leaving.any() and (fresh is None or fresh.empty):
        return finished(folded.tables.applications, old, rows | others)
    near = touched(old, leaving, fresh)
    again = in_order(pd.concat([old[near & ~leaving], *([] if fresh is None else [fresh])], ignore_index=True))
    names = old["application"].drop_duplicates()
    stays = ~names.isin(old.loc[near, "application"].unique()).to_numpy()
    made = latest_values(again)
    applications = conform(made, APPLICATIONS)
    return finished(
        _merged(folded.tables.applications, stays, names, applications, made["application"]),
        _merged(old, ~near, old["application"], again, again["application"]),
        rows | others,
    )


def touched(old: pd.DataFrame, leaving: np.ndarray, fresh: pd.DataFrame | None) -> np.ndarray:
    """
    Which rows may belong to other applications once the leaving ones are gone and the fresh ones there: all that
    share a number, reg_id or nib with one of them, or with a row that does, and so on.
    """
    near = leaving.copy()
    columns = {key: pa.array(old[key]) for key in KEYS}
    seeds = {key: old.loc[leaving, key].dropna().unique().tolist() for key in KEYS}
    if fresh is not None:
        seeds = {key: [*seeds[key], *fresh[key].dropna().unique()] for key in KEYS}
    seen: dict[str, set] = {key: set() for key in KEYS}
    while any(seeds.values()):
        found = np.zeros(len(old), bool)
        for key, values in seeds.items():
            if values:
                seen[key].update(values)
                found |= _is_in(columns[key], values)
        found &= ~near
        near |= found
        seeds = {key: list(set(old.loc[found, key].dropna().unique()) - seen[key]) for key in KEYS}
    # rows that stand by themselves bear a name of their own, and a row that leaves takes it along
    return near


def _is_in(column: pa.Array, values: list[str]) -> np.ndarray:
    return pc.is_in(column, value_set=pa.array(values, column.type), skip_nulls=True).to_numpy(zero_copy_only=False)


def _exchanged(rows: pd.DataFrame, gone: Collection[int], new: pd.DataFrame | None) -> pd.DataFrame:
    leaving = rows["arrival"].isin(list(gone)).to_numpy()
    if leaving.any():
        rows = rows.loc[~leaving].reset_index(drop=True)
    if new is None or new.empty:
        return rows
    rows = pd.concat([rows, new], ignore_index=True)
    return (
        rows if rows["arrival"].is_monotonic_increasing else rows.sort_values(["arrival", "place"], ignore_index=True)
    )


def _merged(
    rows: pd.DataFrame, stays: np.ndarray, names: pd.Series, more: pd.DataFrame, more_names: pd.Series
) -> pd.DataFrame:
    """The rows that stay and the others, in the order of their names, which both are in, and which none share."""
    kept = np.flatnonzero(stays)
    place = np.searchsorted(names.to_numpy(object)[kept], more_names.to_numpy(object))
    order = np.insert(kept, place, len(rows) + np.arange(len(more)))
    # one copy: rows are wide, and there may be a million
    return pd.concat([rows, more[list(rows)]], ignore_index=True).take(order).reset_index(drop=True)
