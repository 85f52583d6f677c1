"""One recap (or plan) told twice, per kab/kota and per LP3H, without a table of both: counted once."""

from itertools import product
from typing import Final

import numpy as np
import pandas as pd

from halal_metrics.schema import COUNTED, TABLES
from halal_metrics.sheets.headings.headers import label
from halal_metrics.sheets.said.problems import Finding, Problems
from halal_metrics.sheets.section import Section

_NAMES: Final = {"kab_kota": "per kab/kota", "lp3h": "per LP3H"}


def without_second_views(
    frame: pd.DataFrame, of: np.ndarray, sections: list[Section], table: str, problems: Problems
) -> tuple[pd.DataFrame, np.ndarray]:
    """
    The recap or quotas without the tables per LP3H alone that sum to the same as those per kab/kota alone, day by day.

    The tables that state more stay, of two alike those per kab/kota; what is left out is said. Where their sums differ
    all are kept, and a warning names both. `of` says for each row which of the sections it is from; both come back
    shortened alike.
    """
    counts = [name for name, dtype in TABLES[table].items() if dtype in COUNTED and name != "source_row"]
    views = {named: _views(frame, of, sections, named, other) for named, other in (tuple(_NAMES), tuple(_NAMES)[::-1])}
    if not all(views.values()):
        return frame, of
    for places, lp3hs in product(*map(_choices, views.values())):
        sums = [_sums(frame[np.isin(of, some)], counts) for some in (places, lp3hs)]
        if _is_one(*sums) and max(np.isin(of, places).sum(), np.isin(of, lp3hs).sum()) > 1:
            more = len(sums[1].columns) > len(sums[0].columns)
            kept, gone = (lp3hs, places) if more else (places, lp3hs)
            for place in gone:
                _leave_out(frame, of, place, sections, kept[0], problems)
            left = ~np.isin(of, gone)
            return without_second_views(frame[left].reset_index(drop=True), of[left], sections, table, problems)
    _warn(frame, of, views, sections, counts, problems)
    return frame, of


def _views(frame: pd.DataFrame, of: np.ndarray, sections: list[Section], named: str, other: str) -> list[int]:
    """The sections with rows, all without the other name and some with this one."""
    return [
        place
        for place, section in enumerate(sections)
        if not section.naming.crossed
        and len(own := frame[of == place])
        and own[other].isna().to_numpy().all()
        and own[named].notna().to_numpy().any()
    ]


def _choices(places: list[int]) -> list[list[int]]:
    """All together, then each alone."""
    return [places, *([place] for place in places if len(places) > 1)]


def _sums(rows: pd.DataFrame, counts: list[str]) -> pd.DataFrame:
    """Day × the counts that are stated."""
    day = rows["statement_date"].dt.strftime("%Y-%m-%d").fillna("")
    return rows[counts].astype("Float64").groupby(day).sum(min_count=1).dropna(axis=1, how="all")


def _is_one(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    """Whether all that both state is equal, on the same days, and not only zeros."""
    both = one.columns.intersection(other.columns)
    mine, theirs = one[both], other[both]
    return len(both) > 0 and mine.equals(theirs) and bool((mine > 0).to_numpy(bool, na_value=False).any())


def _leave_out(
    frame: pd.DataFrame, of: np.ndarray, place: int, sections: list[Section], kept: int, problems: Problems
) -> None:
    section, rows = sections[place], frame.loc[of == place, "source_row"].to_numpy()
    facts = {"own": _named(frame, of, place), "there": _named(frame, of, kept)}
    finding = Finding("second_view", np.array([0]), [_where(frame, of, kept, section)], facts)
    problems.add(finding, sheet=section.name, rows=rows)
    section.skip(np.searchsorted(section.rows, rows), finding.code, finding.spoken() * len(rows))


def _warn(
    frame: pd.DataFrame, of: np.ndarray, views: dict[str, list[int]], sections: list[Section], counts: list[str],
    problems: Problems,
) -> None:  # fmt: skip
    first, second = views["kab_kota"], views["lp3h"]
    section, rows = sections[second[0]], frame.loc[of == second[0], "source_row"].to_numpy()
    theirs, mine = (_sums(frame[np.isin(of, some)], counts).sum() for some in (first, second))
    shown = "; ".join(
        ", ".join(f"{label(name)} {value:.0f}" for name, value in sums.items() if value) for sums in (mine, theirs)
    )
    where = _where(frame, of, first[0], section)
    finding = Finding("views_differ", np.array([0]), [shown], {"where": where})
    problems.add(finding, sheet=section.name, rows=rows)


def _named(frame: pd.DataFrame, of: np.ndarray, place: int) -> str:
    return next(said for name, said in _NAMES.items() if frame.loc[of == place, name].notna().to_numpy().any())


def _where(frame: pd.DataFrame, of: np.ndarray, place: int, seen_from: Section) -> str:
    first = frame[of == place].iloc[0]
    sheet = f" lembar {first['source_sheet']}" if first["source_sheet"] != seen_from.name else ""
    return f"mulai baris {first['source_row']}{sheet}"
