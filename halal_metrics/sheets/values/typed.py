"""Cells of one column → values of that column's type, canonical where the column has canonical words."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from halal_metrics import institutions, places, schema, statuses
from halal_metrics.personal import column_without_nik
from halal_metrics.sheets.choices import tidy
from halal_metrics.sheets.said.problems import Finding
from halal_metrics.sheets.values import identifiers
from halal_metrics.sheets.values.cells import LONGEST_NOTHING, NOTHING, Distinct, series
from halal_metrics.sheets.values.dates import read_dates
from halal_metrics.sheets.values.encodings import texts_of
from halal_metrics.sheets.values.numbers import read_counts
from halal_metrics.spelling import Meaning, is_blank, sentence

Days = tuple[dt.date | None, dt.date | None, dt.date | None]
"""The first and the last that a date can be, and the day on which the file came."""

_VOCABULARIES: Final = {"kab_kota": places, "lp3h": institutions, "status": statuses}
"""Column → the module that knows its words."""


def read_values(
    column: str,
    dtype: str,
    values: pa.LargeStringArray,
    meanings: Mapping[str, str | None] | None = None,
    *,
    days: Days = (None, None, None),
) -> tuple[pd.Series | np.ndarray, list[Finding]]:
    """
    The column's cells as its dtype says, and what could not be read; one value a row, in order.

    `meanings` {tidied spelling: canonical word, or None} overrules what a spelling is taken for. `days`: the first and
    the last that a date can be, and the day on which the file came, which only a target can be after.
    """
    if column in _VOCABULARIES:
        return _canonical(column, values, meanings or {})
    if column in identifiers.READERS:
        array, findings = identifiers.READERS[column](values)
        if column == "nib":  # 13 digits by now, and no NIK has so few
            return series(array), findings
        kept = column_without_nik(array)
        return series(kept), [*findings, *_said(array, kept)]
    if dtype == schema.DATE:
        return read_dates(values, *(days[:2] if column == "target_date" else days))
    if dtype in schema.COUNTED:
        return read_counts(values)
    text = _filled(values)
    kept = _without_nik(text)
    return series(kept), _said(text, kept)


def read_text(values: pa.LargeStringArray) -> pa.LargeStringArray:
    """Text without NIK; "-" and its like are missing."""
    return _without_nik(_filled(values))


def _without_nik(values: pa.LargeStringArray) -> pa.LargeStringArray:
    texts = texts_of(values)
    return values if texts is not None and column_without_nik(texts) is texts else column_without_nik(values)


def _said(before: pa.Array, after: pa.Array) -> list[Finding]:
    return [] if after is before else [Finding("nik_replaced")]


def _filled(values: pa.LargeStringArray) -> pa.LargeStringArray:
    if (pc.min(pc.binary_length(values)).as_py() or 9) <= LONGEST_NOTHING:
        nothing = pc.is_in(pc.utf8_lower(values), NOTHING)
        values = pc.if_else(nothing, pa.scalar(None, values.type), values)
    return values


def read_words(values: pa.LargeStringArray) -> Distinct:
    """As read_text, for a column of few distinct values."""
    distinct = Distinct(values)
    cleaned = read_text(pa.array(distinct.values, pa.large_string()))
    codes = np.where(cleaned.is_null(), -1, np.arange(len(cleaned)))
    distinct.codes = distinct.spread(codes, -1, np.int64)
    distinct.values = pc.fill_null(cleaned, "").to_pylist()
    return distinct


def _canonical(
    column: str, values: pa.LargeStringArray, meanings: Mapping[str, str | None]
) -> tuple[pd.Series, list[Finding]]:
    words, distinct = _VOCABULARIES[column], read_words(values)
    found = [
        Meaning(meanings[tidy(value)], "given")
        if tidy(value) in meanings
        else Meaning()
        if is_blank(value)
        else words.meaning(value)
        for value in distinct.values
    ]
    said = {
        value: sentence(value, meaning, words.PROBLEMS) for value, meaning in zip(distinct.values, found, strict=True)
    }
    findings = []
    for code in dict.fromkeys(meaning.code for meaning in found if meaning.code):
        at, raw = distinct.where(lambda place, code=code: found[place].code == code)
        findings.append(Finding(code, at, raw, sentences=[said[value] or "" for value in raw]))
    return series(distinct.spread_text([meaning.canonical for meaning in found])), findings
