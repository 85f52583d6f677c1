"""Cross tables of one stage each, of one place, LP3H and date: together one row of a recap."""

from typing import Final

import numpy as np
import pandas as pd

from halal_metrics.schema import RECAPS, SOURCE
from halal_metrics.sheets.recaps import to_cumulative
from halal_metrics.sheets.repeated.repeats import where
from halal_metrics.sheets.said.problems import Finding, Problems
from halal_metrics.sheets.section import Section

_KEY: Final = ["statement_date", "kab_kota", "lp3h"]
_STATES: Final = [column for column in RECAPS if column not in (*_KEY, *SOURCE)]


def join_stages(
    recaps: pd.DataFrame, of: np.ndarray, sections: list[Section], problems: Problems
) -> tuple[pd.DataFrame, np.ndarray]:
    """
    The recap with the cells of several cross tables joined where they are of one place, LP3H and date, and no two say
    the same stage. `of` says for each row which of the sections it is from; both come back shortened alike.

    The row of the first cell stays; that each other one was joined to it is said where it stood.
    """
    crossed = np.array([section.naming.crossed is not None for section in sections])
    cells = recaps[crossed[of]]
    if cells["source_sheet"].nunique() + (of[cells.index] != of[cells.index[:1]]).any() < 2:
        return recaps, of
    groups = cells.assign(**{name: cells[name].notna() for name in _STATES}).groupby(_KEY, dropna=False, sort=False)
    apart = (groups[_STATES].transform("sum") <= 1).all(axis=1) & (groups[_STATES[0]].transform("size") > 1)
    joined = cells[apart]
    if joined.empty:
        return recaps, of
    first = joined.groupby(_KEY, dropna=False, sort=False)
    kept = joined.index[~joined.duplicated(_KEY)]
    into = kept.to_numpy()[first.ngroup().to_numpy()]
    recaps = recaps.copy()
    together = first[_STATES].first().set_axis(kept)
    recaps.loc[kept, _STATES] = together.astype({name: recaps[name].dtype for name in _STATES})
    gone = joined.index.to_numpy() != into
    for place, section in enumerate(sections):
        here = gone & (of[joined.index] == place)
        at = joined.index.to_numpy()[here]
        if not len(at):
            continue
        rows = np.searchsorted(section.rows, recaps["source_row"].to_numpy()[at])
        said = where(recaps, at, np.asarray(into[here], np.int64))
        finding = Finding("recap_joined", rows, said)
        section.skip(rows, finding.code, finding.spoken())
        _, once = np.unique(rows, return_index=True)
        shown = Finding(finding.code, rows[once], [said[one] for one in once])
        problems.add(shown, sheet=section.name, rows=section.rows)
    _say_rising(recaps.loc[kept].reset_index(drop=True), problems)
    left_out = joined.index[gone]
    return recaps.drop(left_out).reset_index(drop=True), np.delete(of, left_out)


def _say_rising(recaps: pd.DataFrame, problems: Problems) -> None:
    """What one sheet says of a stage and another of the next may contradict each other."""
    for name, rows in recaps.groupby("source_sheet", sort=False):
        _, findings = to_cumulative(rows.reset_index(drop=True), None)
        for finding in findings:
            problems.add(finding, sheet=str(name), rows=rows["source_row"].to_numpy())
