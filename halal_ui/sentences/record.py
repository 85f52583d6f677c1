"""How often what was foreseen came, in words."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from halal_ui.words.formats import fmt_count, fmt_date, fmt_rate
from halal_ui.words.labels import MEASURE_LABEL
from halal_ui.words.names import listing

FEW: Final = 10
"""With fewer forecasts looked back at, how often they were right says little."""

RARELY: Final = 0.7
"""Bands that hold less than this are not to be relied on."""


def record_answer(pairs: pd.DataFrame) -> str:
    """
    How many of the forecasts that can be checked by now held what came: of all, of used and of issued.

    >>> pairs = pd.DataFrame({"measure": ["used", "issued", "used"], "inside": ["inside", "above", "inside"]})
    >>> record_answer(pairs)
    'Dari 3 ramalan yang sudah dapat diperiksa, kenyataan ada di dalam pita pada 2 (dimanfaatkan 2 dari 2, terbit 0 dari
    1); yang dijanjikan 8 dari 10. Baru 3: terlalu sedikit untuk menilai.'

    `pairs` as of `ForecastRecord`.
    """
    if pairs.empty:
        return (
            "Belum ada ramalan yang dapat diperiksa: catatan ini terisi sesudah rapat atau akhir bulan pertama, begitu "
            "semua LP3H melaporkan hari-hari sesudahnya."
        )
    right, many = int((pairs["inside"] == "inside").sum()), len(pairs)
    told = [
        f"{MEASURE_LABEL[measure].lower()} {fmt_count((rows['inside'] == 'inside').sum())} dari {fmt_count(len(rows))}"
        for measure, rows in pairs.groupby("measure", sort=False)
    ]
    share = f", {fmt_rate(right / many, digits=0)}" if many >= FEW else ""
    if many < FEW:
        judged = f" Baru {fmt_count(many)}: terlalu sedikit untuk menilai."
    elif right / many < RARELY:
        judged = " Itu lebih jarang daripada yang dijanjikan: percayai pitanya dengan hati-hati."
    else:
        judged = ""
    return (
        f"Dari {fmt_count(many)} ramalan yang sudah dapat diperiksa, kenyataan ada di dalam pita pada "
        f"{fmt_count(right)}{share} ({', '.join(told)}); yang dijanjikan 8 dari 10.{judged}"
    )


def record_made_of(meetings: int, months: int, why_not: Sequence[Any], last: Any) -> str:
    """From which days it was looked ahead, and until when what came is known. `why_not`: days without a forecast."""
    sources = [f"{fmt_count(meetings)} rapat"] if meetings else []
    sources += [f"{fmt_count(months)} akhir bulan, karena rapatnya masih sedikit"] if months else []
    if not sources:
        return ""
    left_out = f" Tanpa ramalan, karena berkasnya masih terlalu sedikit: {listing(map(fmt_date, why_not))}."
    return (
        f"Diramalkan pada hari {listing(sources)}, hanya dari yang diketahui saat itu; kenyataan sampai "
        f"{fmt_date(last)}, hari terakhir yang dilaporkan semua LP3H. Ramalan yang berurutan saling bergantung: sekali "
        f"meleset, yang sesudahnya cenderung ikut.{left_out if len(why_not) else ''}"
    )


INVENTED: Final = (
    "Data contoh: hanya angka 4 Juni dan 12 Desember 2025 yang diumumkan; jalan di antaranya direka. Satu program "
    "rekaan tidak membuktikan apa-apa: nilailah ramalan dari data sungguhan."
)
"""What is said of the demonstration set."""
