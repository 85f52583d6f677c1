"""How much of what a register should say about its applications it does say."""

from collections.abc import Iterable
from typing import Final

import numpy as np
import pandas as pd

from halal_metrics.counting.groups import codes, group, text
from halal_metrics.counting.totals import ratio
from halal_metrics.schema import APPLICATIONS, COUNT, LEFT, STAGE_DATES, STATUS_REACHES, conform

EVERY: Final = tuple("registration_number nib business_name owner_name phone kab_kota lp3h p3h status".split())
"""Columns that every application should have."""

KEY_COLUMNS: Final = (*EVERY, *STAGE_DATES, "certificate_number", "exit_date")
"""Columns looked at, in the order they are told."""


def completeness(applications: pd.DataFrame, *, by: str | Iterable[str] = ("kab_kota",)) -> pd.DataFrame:
    """
    How many applications should, and do, state each of KEY_COLUMNS: `column, expected, filled, completeness_rate`.

    >>> applications = pd.DataFrame({"nib": ["9900000000001", None], "status": ["issued", "draft"]})
    >>> found = completeness(applications, by=())
    >>> found[found["column"].isin(["nib", "certificate_number"])]
                    column  expected  filled  completeness_rate
    1                  nib         2       1                0.5
    14  certificate_number         1       0                0.0

    One row a group and column, in the order of KEY_COLUMNS. Dates of a stage and the certificate number are expected of
    those whose status has come so far, exit_date of those that have left, the others of all. The rate is missing where
    nothing is expected.
    """
    rows = conform(applications, {column: APPLICATIONS[column] for column in KEY_COLUMNS})
    groups = group([rows], by)
    status, words = codes(rows, "status")
    # the last entry is for a missing status, whose code is −1
    reached = np.array([STATUS_REACHES.get(word, 0) for word in words] + [0])[status]
    due = {name: reached > stage for stage, name in enumerate(STAGE_DATES)} | {
        "certificate_number": np.array([word == "issued" for word in words] + [False])[status],
        "exit_date": np.array([word in LEFT for word in words] + [False])[status],
    }
    counts = []
    for column in KEY_COLUMNS:
        expected = due.get(column, np.ones(len(rows), bool))
        filled = expected & rows[column].notna().to_numpy()
        counts.append([groups.total(0, mask.astype(float)) for mask in (expected, filled)])
    expected, filled = np.array(counts).transpose(1, 2, 0).reshape(2, -1).astype(COUNT)
    place = np.tile(np.arange(len(KEY_COLUMNS)), len(groups))
    return groups.frame(
        {
            "column": text(np.array(KEY_COLUMNS, object), place).array,
            "expected": expected,
            "filled": filled,
            "completeness_rate": ratio(filled, expected),
        },
        repeat=len(KEY_COLUMNS),
    )
