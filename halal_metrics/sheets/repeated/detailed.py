"""A table of sums on one sheet and what they sum on another: counted once."""

import numpy as np
import pandas as pd

from halal_metrics.schema import COUNTED, TABLES
from halal_metrics.sheets.repeated.repeats import leave_out
from halal_metrics.sheets.said.problems import Finding, Problems
from halal_metrics.sheets.section import Section


def without_sums(
    frame: pd.DataFrame, of: np.ndarray, sections: list[Section], table: str, problems: Problems
) -> tuple[pd.DataFrame, np.ndarray]:
    """
    The recap or quotas without tables per place (or per LP3H) alone of which other tables have the LP3H (the places).

    They are left out where every figure is the sum of those others, of several rows in all; where some are not, all is
    kept, and a warning names both. `of` says for each row which of the sections it is from; both come back alike.
    """
    counts = [name for name, dtype in TABLES[table].items() if dtype in COUNTED and name != "source_row"]
    left_out: list[int] = []
    for missing, named in (("lp3h", "kab_kota"), ("kab_kota", "lp3h")):
        detailed = frame[missing].notna() & frame[named].notna()
        for place, section in enumerate(sections):
            own = frame[of == place]
            others = frame[detailed & (of != place)]
            if not len(others) or own[missing].notna().to_numpy().any() or own[named].isna().to_numpy().all():
                continue
            sums = others[counts].groupby([others[named], _day(others)]).sum(min_count=1)
            at = pd.MultiIndex.from_arrays([own[named], _day(own)])
            theirs = sums.reindex(at).set_axis(own.index).astype("float")
            mine = own[counts].astype("float")
            both = mine.notna() & theirs.notna()
            stated = both.any(axis=1)
            same = stated & ((mine == theirs) | ~both).all(axis=1)
            if not stated.any():
                continue
            several = int((same & (mine > 0).any(axis=1)).sum()) > 1 or len(others) > int(stated.sum())
            if same[stated].all() and several and (mine[stated] > 0).to_numpy().any():
                rows = own.index[stated].to_numpy()
                left_out += rows.tolist()
                sheets = ", ".join(dict.fromkeys(others["source_sheet"]))
                said = Finding("sum_of_others", rows, [sheets] * len(rows)).spoken()
                leave_out(frame, section, rows, "sum_of_others", said, problems, skipped=True)
            else:
                _say(own, mine, theirs, stated, section, problems)
    return frame.drop(left_out).reset_index(drop=True), np.delete(of, left_out)


def _day(rows: pd.DataFrame) -> pd.Series:
    return rows["statement_date"].dt.strftime("%Y-%m-%d").fillna("")


def _say(
    own: pd.DataFrame, mine: pd.DataFrame, theirs: pd.DataFrame, stated: pd.Series, section: Section, problems: Problems
) -> None:
    at = np.flatnonzero(stated)
    values = []
    for row in at.tolist():
        shown = next(name for name in mine if pd.notna(mine[name].iloc[row]) and pd.notna(theirs[name].iloc[row]))
        values.append(f"{mine[shown].iloc[row]:.0f}; {theirs[shown].iloc[row]:.0f}")
    problems.add(Finding("sum_or_more", at, values), sheet=section.name, rows=own["source_row"].to_numpy())
