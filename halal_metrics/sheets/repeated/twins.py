"""Lines of a plan that nothing tells apart: both kept, and said."""

from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa

from halal_metrics.sheets.said.problems import Finding, Problems
from halal_metrics.sheets.section import Section
from halal_metrics.sheets.values.numbers import number

_ALLOCATION: Final = ["kab_kota", "lp3h", "target_date", "statement_date", "quota"]


def say_twins(quotas: pd.DataFrame, of: np.ndarray, sections: list[Section], problems: Problems) -> None:
    """
    A line of a plan that stands twice on one table: same place, LP3H, target date and quota, and no word that differs.

    Both count, as stages of one allocation do; which is meant only the sender knows.
    """
    key = quotas[_ALLOCATION].assign(of=of)
    named = key["kab_kota"].notna() | key["lp3h"].notna()
    again = np.flatnonzero((key.duplicated(keep=False) & named).to_numpy())
    rows = quotas["source_row"].to_numpy()
    said: dict[int, dict[int, str]] = {}
    for positions in key.iloc[again].groupby([*_ALLOCATION, "of"], dropna=False, sort=False).indices.values():
        first, *others = again[positions].tolist()
        section = sections[of[first]]
        for other in others if not section.naming.crossed else ():
            if _words(section, rows[first]) == _words(section, rows[other]):
                said.setdefault(int(of[first]), {})[other] = f"baris {rows[first]}"
    for place, found in said.items():
        finding = Finding("quota_twin", np.array(list(found)), list(found.values()))
        problems.add(finding, sheet=sections[place].name, rows=rows)


def _words(section: Section, row: int) -> list[str]:
    """What a row says beside numbers, in columns that are no place, LP3H or date."""
    at = pa.array([int(np.searchsorted(section.rows, row))])
    known = ("kab_kota", "lp3h", "target_date", "statement_date")
    others = [values for name, values in section.columns.items() if section.naming.columns.get(name) not in known]
    texts = [values.take(at).to_pylist()[0] or "" for values in others]
    return [text.strip().casefold() for text in texts if number(text) is None]
