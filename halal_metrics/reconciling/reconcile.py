"""
What a recap claims against what the register's rows say, and the difference explained to the last application.

A recap gives totals, not names, so which applications its author counted can only be inferred. The smallest set of rows
that accounts for the difference is taken, from the causes of CAUSES in their order; what no row accounts for is named.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from halal_metrics.counting.groups import group
from halal_metrics.counting.totals import day
from halal_metrics.reconciling.claim import CAUSES, CELL, Claim, Register
from halal_metrics.reconciling.timelines import Timelines
from halal_metrics.schema import COUNT, DATE, RECAPS, SOURCE, STAGES, STATED, TEXT, conform

CELLS: Final = {
    **dict.fromkeys(CELL, TEXT),
    "statement_date": DATE,
    "stage": TEXT,
    **dict.fromkeys(("claimed", "registered", "difference", *CAUSES), COUNT),
    "source_file": TEXT,
    "source_sheet": TEXT,
    "source_row": STATED,
}
ROWS: Final = {
    **dict.fromkeys((*CELL, "stage", "cause"), TEXT),
    "candidates": COUNT,
    **dict.fromkeys(("registration_number", "business_name", "register_kab_kota", "register_lp3h", "status"), TEXT),
    "date": DATE,
    **SOURCE,
    "source_row": STATED,
}


@dataclass(frozen=True)
class Reconciliation:
    """
    `cells`: one row a (kab_kota, lp3h) with a recap and a stage it states: `statement_date, stage, claimed, registered,
    difference`, a signed count for each of CAUSES that sum to the difference, and the recap's `source_*`.
    `rows`: each application that an explanation rests on, with `cause`, the number of `candidates` it was taken from
    (where no more were needed, it is certain which), where the register has it, the day that tells, and its `source_*`.
    """

    cells: pd.DataFrame
    rows: pd.DataFrame


def reconcile(
    recaps: pd.DataFrame,
    applications: pd.DataFrame,
    *,
    as_of,
    statements: pd.DataFrame | None = None,
    same: Collection[tuple[str, str]] = (),
    apart: Collection[tuple[str, str]] = (),
) -> Reconciliation:
    """
    The latest recap of each (kab_kota, lp3h) up to `as_of` against the applications on the day it states.

    >>> recaps = pd.DataFrame({"kab_kota": ["Kota Bontang"], "lp3h": ["PWI Kaltim"], "submitted": [4],
    ...                        "statement_date": pd.to_datetime(["2025-05-23"])})
    >>> applications = pd.DataFrame({"kab_kota": ["Kota Bontang", "Kota Bontang", None], "lp3h": "PWI Kaltim",
    ...     "status": "submitted", "submitted_date": pd.to_datetime(["2025-05-02", "2025-05-26", "2025-05-12"])})
    >>> found = reconcile(recaps, applications, as_of="2025-06-04")
    >>> found.cells[["claimed", "registered", "difference", "other_place", "after_cutoff", "missing"]]
       claimed  registered  difference  other_place  after_cutoff  missing
    0        4           1           3            1             1        1

    registered is what `progress` counts of the applications. difference = claimed − registered = the sum of the causes,
    always; every cause has its sign. A stage that the recap does not state is left out. `statements`, the applications
    as stated at several dates, tell what was known when; `same` and `apart` are pairs of names (as `duplicates` gives
    them) that somebody has decided to be one business, or not. Nothing in is an empty frame out.
    """
    latest = _latest(recaps, as_of)
    standing = Timelines(applications)
    groups = group([latest, standing.rows], CELL)
    known, again = standing.known(statements), _again(standing, same, apart)
    register = Register(standing, groups.rows[1], known, again, np.zeros(known.shape, bool))
    claims = [
        Claim(register, cell, recap, stage)
        for cell, recap in zip(groups.rows[0].tolist(), latest.to_dict("records"), strict=True)
        for stage in range(len(STAGES))
        if not pd.isna(recap[STAGES[stage]])
    ]
    for stage in range(len(STAGES)):
        _explain([claim for claim in claims if claim.stage == stage], register)
    parts = [claim.rows() for claim in claims]
    return Reconciliation(
        conform(pd.DataFrame([claim.told() for claim in claims], columns=list(CELLS)), CELLS),
        conform(pd.concat(parts) if parts else pd.DataFrame(), ROWS),
    )


def _latest(recaps: pd.DataFrame, as_of) -> pd.DataFrame:
    """The recap in force of each cell; one without a date counts as the latest of all."""
    stated = conform(recaps, RECAPS | {"source_row": STATED})
    stated["statement_date"] = stated["statement_date"].fillna(stated["statement_date"].max()).dt.normalize()
    until = stated[~(stated["statement_date"] > pd.Timestamp(day(as_of), unit="D"))]
    return until.sort_values("statement_date", kind="stable").drop_duplicates(list(CELL), keep="last")


def _again(standing: Timelines, same: Collection, apart: Collection) -> np.ndarray:
    """
    For each row the row that is the same business and came before it, by decision or by NIB; −1 where there is none.
    """
    order = np.argsort(standing.reached[:, 0], kind="stable")
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    nib = standing.rows["nib"].iloc[order]
    again = np.full(len(order), -1)
    first = pd.Series(order, nib.index).groupby(nib).transform("first")
    again[order] = first.where(first.notna() & (first != order), -1)
    place = {name: at for at, name in enumerate(standing.name)}
    for pairs, joined in ((apart, False), (same, True)):
        for one, other in pairs:
            if one in place and other in place:
                early, late = sorted((place[one], place[other]), key=lambda at: rank[at])
                if joined or again[late] == early:
                    again[late] = early if joined else -1
    return again


def _explain(claims: list[Claim], register: Register) -> None:
    """Explains the claims of one stage: each by itself, then what is open in one by a neighbour's, then the rest."""
    full = np.zeros(len(register.standing), bool)
    for claim in claims:
        full |= claim.here & (claim.difference >= 0)
    for claim in claims:
        claim.explain(full)
    for lacking in claims:
        for having in claims:
            if lacking.open > 0 > having.open and lacking.day == having.day and _neighbours(lacking, having):
                having.lend(lacking)
    for claim in claims:
        claim.name_the_rest()


def _neighbours(one: Claim, other: Claim) -> bool:
    """Whether two cells are of one place, or of one institution."""
    return any(mine is not None and mine == its for mine, its in zip(one.key, other.key, strict=True))
