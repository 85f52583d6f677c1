"""Counts as people write them: 1.000, 1.000,0, "12 sertifikat", "-" for none."""

import re
from decimal import Decimal
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa

from halal_metrics.personal import without_nik
from halal_metrics.sheets.said.problems import Finding
from halal_metrics.sheets.said.sentences import SENTENCES
from halal_metrics.sheets.values.cells import NOTHING_WORDS, Distinct

_NONE: Final = {"-", "--", "–", "—", "nihil", "kosong", "tidak ada", "belum ada", "nol"}
_NOT_STATED: Final = NOTHING_WORDS - _NONE
_UNIT: Final = re.compile(
    r"\s*(?:pelaku usaha|pu|umk|umkm|ikm|usaha|sertifikat|sh|kuota|orang|org|berkas|pengajuan|pendamping)\.?$"
)
_GROUPED: Final = re.compile(r"\d{1,3}(?:([.,\s])\d{3})(?:\1\d{3})*")
_LARGEST: Final = 10**9
_NOISE: Final = Decimal("1e-6")
"""Less than any fraction a person means: what is left over when a computer adds fractions."""


def number(text: str) -> Decimal | None:
    """
    The number a text stands for, the Indonesian way first; None where it is none.

    A dot or comma before exactly three digits groups thousands; otherwise the last of them is the decimal mark.

    >>> [str(number(text)) for text in ("1.000", "1.000,5", "1,250", "12.0", "32,0%", "nihil", "dua")]
    ['1000', '1000.5', '1250', '12.0', '0.32', '0', 'None']
    """
    text = _UNIT.sub("", text.strip().lower())
    if text in _NONE:
        return Decimal(0)
    percent = text.endswith("%")
    text = text.removesuffix("%").strip()
    sign, text = (-1, text[1:].strip()) if text[:1] in ("-", "−") else (1, text)
    if _GROUPED.fullmatch(text) and not text.startswith("0"):
        text = re.sub(r"[.,\s]", "", text)
    else:
        mark = max(text.rfind("."), text.rfind(","))
        whole, fraction = (text[:mark], text[mark + 1 :]) if mark >= 0 else (text, "")
        if whole and not (whole.isdigit() or _GROUPED.fullmatch(whole)):
            return None
        text = re.sub(r"[.,\s]", "", whole) + (f".{fraction}" if fraction else "")
    if not re.fullmatch(r"[0-9]{1,30}(?:\.[0-9]{1,30})?", text):
        return None
    return sign * Decimal(text) / (100 if percent else 1)


def said(text: str) -> str:
    """
    What is no count as a message says it: a fraction as it is written in Indonesian, a text without NIK.

    >>> said("213.6250"), said("dua")
    ('213,625', 'dua')
    """
    amount = None if "%" in text else number(text)
    return without_nik(text if amount is None else f"{amount.normalize():f}".replace(".", ","))


def read_counts(values: pa.LargeStringArray) -> tuple[pd.Series, list[Finding]]:
    """
    The column as whole numbers (Int64), and what is none: a fraction, a percentage, a negative number, a word.

    A fraction that is what a computer makes of a whole number, 71.99999999999999, is that number.

    >>> counts, findings = read_counts(pa.array(["1.000", "-", None, "2,5", "71.9999999999"], pa.large_string()))
    >>> counts.tolist(), findings[0].values
    ([1000, 0, <NA>, <NA>, 72], ['2,5'])
    """
    distinct = Distinct(values)
    counts = [_count(value) for value in distinct.values]
    findings = []
    at, raw = distinct.where(lambda place: counts[place] is None and distinct.values[place].lower() not in _NOT_STATED)
    if len(at):
        sentence = SENTENCES["number_impossible"][1]
        findings.append(
            Finding("number_impossible", at, raw, sentences=[sentence.format(value=said(value)) for value in raw])
        )
    stated = distinct.spread([-1 if count is None else count for count in counts], -1, np.int64)
    return pd.Series(pd.arrays.IntegerArray(stated, stated < 0)), findings


def _count(text: str) -> int | None:
    amount = None if "%" in text else number(text)
    if amount is None or not -_NOISE < amount < _LARGEST:
        return None
    whole = round(amount)
    return whole if abs(amount - whole) < _NOISE else None
