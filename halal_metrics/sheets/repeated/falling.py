"""Counts of a recap that fall from one date to the next, as no running count does: kept, and said."""

import pandas as pd

from halal_metrics.schema import STAGES
from halal_metrics.sheets.headings.headers import label
from halal_metrics.sheets.said.problems import Finding, Problems


def say_falling(recaps: pd.DataFrame, problems: Problems) -> None:
    """A place and LP3H whose count of a stage is less on a later day: no running count, as a recap is read."""
    dated = recaps[recaps["statement_date"].notna()]
    order = dated.sort_values("statement_date", kind="stable")
    said: dict[int, str] = {}
    for stage in STAGES:
        stated = order[order[stage].notna()]
        groups = stated.groupby(["kab_kota", "lp3h"], dropna=False, sort=False)
        counts, days = groups[stage].shift(), groups["statement_date"].shift()
        fell = (stated[stage] < counts).fillna(False) & (days < stated["statement_date"])
        for at in stated.index[fell.to_numpy(bool)]:
            said.setdefault(int(at), f"{label(stage)} {counts[at]} pada {days[at]:%d/%m/%Y}, lalu {stated[stage][at]}")
    for name, rows in recaps.loc[sorted(said)].groupby("source_sheet", sort=False):
        at = rows.index.to_numpy()
        finding = Finding("recap_falls", at, [said[int(one)] for one in at])
        problems.add(finding, sheet=str(name), rows=recaps["source_row"].to_numpy())
