"""Columns that mean the same: an empty cell is filled from the other, and where both say something they must agree."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from halal_metrics import schema
from halal_metrics.personal import without_nik
from halal_metrics.sheets.headings import headers
from halal_metrics.sheets.headings.naming import Naming
from halal_metrics.sheets.said.problems import Finding
from halal_metrics.sheets.said.sentences import SENTENCES
from halal_metrics.sheets.values.typed import read_text, read_values
from halal_metrics.spelling import compact

Columns = dict[str, pa.LargeStringArray]
Meanings = Mapping[str, Mapping[str, str | None]]

_DECIDE: Final = frozenset(
    {"kab_kota", "lp3h", "status", "nib", "certificate_number", "quota", "target_date", *headers.COUNTS}
)
"""Columns of which a figure hangs on every cell. Of others two headers may well name two things: "HP" and "WA"."""


def fill(columns: Columns, naming: Naming, meanings: Meanings) -> Columns:
    """The columns with each empty cell filled from another column that means the same, if that can be read."""
    filled = dict(columns)
    for header, others in naming.doubles.items():
        column = naming.columns[header]
        for other in others:
            empty = _empty(filled[header], column, naming)
            if not empty.any():
                break
            told = ~pd.isna(_read(filled[other], column, naming, meanings))
            filled[header] = pc.if_else(pa.array(empty & told), filled[other], filled[header])
    return filled


def differences(columns: Columns, naming: Naming, meanings: Meanings) -> list[tuple[str, str, Finding]]:
    """
    (header, column, finding) of what two columns of one meaning say differently; the first one's value stands.

    Row by row where a figure hangs on it or the header is the same; else once, with the number of rows.
    """
    found = []
    for header, others in naming.doubles.items():
        column = naming.columns[header]
        own = _read(columns[header], column, naming, meanings)
        for other in others:
            beside = _read(columns[other], column, naming, meanings)
            at = np.flatnonzero(~pd.isna(own) & ~pd.isna(beside))
            at = at[own[at] != beside[at]]
            if _dtype(column, naming) == schema.TEXT:  # without case and signs
                at = np.array([row for row in at.tolist() if compact(own[row]) != compact(beside[row])], np.int64)
            if not len(at):
                continue
            if column in _DECIDE or headers.key(headers.unnumbered(other)) == headers.key(header):
                found.append((header, column, _each(columns[header], columns[other], other, at)))
            else:
                facts = {"rows": len(at)}
                found.append((other, column, Finding("columns_differ", values=[header], facts=facts)))
    return found


def _each(own: pa.LargeStringArray, beside: pa.LargeStringArray, other: str, at: np.ndarray) -> Finding:
    values, others = (cells.take(pa.array(at)).to_pylist() for cells in (own, beside))
    template = SENTENCES["cells_differ"][1]
    sentences = [
        template.format(value=without_nik(value), other=without_nik(text), header=other)
        for value, text in zip(values, others, strict=True)
    ]
    return Finding("cells_differ", at, values, sentences=sentences)


def _dtype(column: str, naming: Naming) -> str:
    return schema.TABLES[naming.table or ""][column]


def _empty(values: pa.LargeStringArray, column: str, naming: Naming) -> np.ndarray:
    """Rows without anything; "-" is a number, and no text."""
    counts = _dtype(column, naming) in schema.COUNTED
    return (values if counts else read_text(values)).is_null().to_numpy(zero_copy_only=False)


def _read(values: pa.LargeStringArray, column: str, naming: Naming, meanings: Meanings) -> np.ndarray:
    read, _ = read_values(column, _dtype(column, naming), values, meanings.get(column))
    return pd.Series(read).astype(object).to_numpy()
