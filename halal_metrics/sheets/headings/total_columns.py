"""A column "Total Pengajuan" or "Jumlah" beside counts: their sum, one of them once more, or a count of its own."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pyarrow as pa

from halal_metrics import schema
from halal_metrics.sheets.headings import headers
from halal_metrics.sheets.headings.measures import measure
from halal_metrics.sheets.headings.naming import SUMS, Naming
from halal_metrics.sheets.values.numbers import read_counts

_MOST: Final = 12
"""Columns of which any may be what a total sums."""


def settle_totals(columns: Mapping[str, pa.LargeStringArray], naming: Naming) -> None:
    """
    Takes "Total Pengajuan" for what was submitted, where it is no sum of other columns but more than "Pengajuan" says.

    The column that was taken before is compared with it, row by row. A total of nothing in particular that is neither
    a sum nor one of the other columns once more is left with a warning.

    >>> columns = {"Pengajuan": ["12", "5"], "Total Pengajuan": ["32", "25"], "Terbit": ["1", "0"]}
    >>> columns = {name: pa.array(texts, pa.large_string()) for name, texts in columns.items()}
    >>> naming = Naming("recaps", {"Pengajuan": "submitted", "Terbit": "issued"})
    >>> settle_totals(columns, naming)
    >>> naming.columns, naming.doubles
    ({'Terbit': 'issued', 'Total Pengajuan': 'submitted'}, {'Total Pengajuan': ['Pengajuan']})
    """
    if naming.table not in SUMS or naming.crossed:
        return
    totals = [name for name in columns if headers.either(name) == "total" and name not in naming.columns]
    for name in totals:
        if any(name in others for others in naming.doubles.values()) or _is_explained(name, columns, naming):
            continue
        counted = measure(headers.unnumbered(name))
        if counted and counted.column == "submitted" and naming.table == "recaps":
            _take(name, naming)
        else:
            naming.findings = [(header, finding) for header, finding in naming.findings if header != name]
            naming.said(name, "total_unused")


def _is_explained(name: str, columns: Mapping[str, pa.LargeStringArray], naming: Naming) -> bool:
    """Whether a total has no numbers, or is in every row the sum of some counts, or one of them, that are read."""
    total, _ = read_counts(columns[name])
    stated = total.notna() & (total > 0).fillna(False)
    if not stated.any():
        return True
    dtypes = schema.TABLES[naming.table or ""]
    counts = [
        read_counts(columns[header])[0] for header, column in naming.columns.items() if dtypes[column] in schema.COUNTED
    ]
    read = [count[stated].fillna(0).to_numpy(float) for count in counts]
    parts = np.array([count for count in read if count.any()][:_MOST]).reshape(-1, int(stated.sum()))
    which = np.arange(1, 2 ** len(parts))
    for row, whole in enumerate(total[stated].to_numpy(float)):  # row by row, which leaves few of all the sums at once
        which = which[(((which[:, None] >> np.arange(len(parts))) & 1) @ parts[:, row]) == whole]
        if not len(which):
            return False
    return True


def _take(name: str, naming: Naming) -> None:
    before = next((header for header, column in naming.columns.items() if column == "submitted"), None)
    if before and naming.certainty.get(before) == "given":
        naming.said(name, "column_double", before)
        return
    naming.total = None if naming.total == name else naming.total
    doubles = naming.doubles.pop(before, []) if before else []
    if before:
        del naming.columns[before]
        naming.certainty.pop(before, None)
    naming.take(name, "submitted", "exact")
    if before:
        naming.said(before, "column_compared", name)
        naming.doubles[name] = [before, *doubles]
