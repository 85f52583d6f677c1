"""What a page shows, and how fresh it is."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from halal_metrics.freshness import STALE_DAYS
from halal_ui.words.formats import fmt_count, fmt_date, is_missing
from halal_ui.words.names import MEASURE_WORDS, institution, listing, place


def scope_in_words(as_of: Any, kab_kota: Sequence[str], lp3h: Sequence[str], measure: str) -> str:
    """
    What a page shows, in a line. No place or institution chosen means all.

    >>> scope_in_words("2025-06-04", [], ["LP3H UINSI Samarinda"], "issued")
    'per 4 Juni 2025 · semua kabupaten/kota · UINSI · terbit'
    """
    places = _chosen([place(name) for name in kab_kota], "kabupaten/kota")
    institutions = _chosen([institution(name) for name in lp3h], "LP3H")
    return f"per {fmt_date(as_of)} · {places} · {institutions} · {MEASURE_WORDS[measure].done}"


def data_as_of(newest: Any, files: int, as_of: Any) -> str:
    """How fresh the data are on the day looked at: the newest statement date, and the number of files."""
    if is_missing(newest) or not files:
        return "Belum ada data: unggah berkas dari LP3H untuk memulai."
    age = (pd.Timestamp(as_of) - pd.Timestamp(newest)).days
    overdue = f" Sudah {fmt_count(age)} hari: mintalah data terbaru kepada LP3H." if age > STALE_DAYS else ""
    return f"Data terbaru per {fmt_date(newest)}, dari {fmt_count(files)} berkas.{overdue}"


def _chosen(names: Sequence[str], unit: str) -> str:
    if not names:
        return f"semua {unit}"
    return listing(names) if len(names) <= 3 else f"{fmt_count(len(names))} {unit}"
