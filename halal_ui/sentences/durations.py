"""How long steps take, unfinished files counted, and which applications stay too long: whose turn they are."""

from typing import Any, Final

import pandas as pd

from halal_metrics.durations import FEWEST
from halal_ui.words.formats import fmt_count, is_missing
from halal_ui.words.labels import ACTOR_LABEL, WAITING_LABEL
from halal_ui.words.names import NO_DATA, listing

NOT_REACHED: Final = "belum tercapai"
FEW: Final = "berkas terlalu sedikit"
"""Fewer than FEWEST have moved on."""

UNFINISHED: Final = "Yang belum selesai ikut dihitung."


def half(row: Any, *, unit: bool = True) -> str:
    """
    In how many working days half of the applications have moved on, with the range of that day; `row` is one of
    `durations`. `unit`: whether it is said what is counted.

    >>> row = pd.Series({"moved": 40, "p50_days": 8, "p50_low": 7, "p50_high": 10, "p80_days": 15})
    >>> half(row), half(pd.Series({**row, "p50_high": pd.NA})), half(pd.Series({**row, "p50_days": pd.NA}))
    ('8 hari kerja (7–10)', '8 hari kerja (7 atau lebih)', 'belum tercapai')
    >>> half(pd.Series({**row, "moved": 4, "p50_days": pd.NA})), half(pd.Series(row), unit=False)
    ('berkas terlalu sedikit', '8 (7–10)')
    """
    if is_missing(row.p50_days):
        return FEW if row.moved < FEWEST else NOT_REACHED
    days = _days(row.p50_days) if unit else fmt_count(row.p50_days)
    if is_missing(row.p50_high):
        return f"{days} ({fmt_count(row.p50_low)} atau lebih)"
    if row.p50_low == row.p50_high:
        return days
    return f"{days} ({fmt_count(row.p50_low)}–{fmt_count(row.p50_high)})"


def most(row: Any) -> str:
    """
    The same of eight in ten.

    >>> most(pd.Series({"moved": 40, "p80_days": 15})), most(pd.Series({"moved": 40, "p80_days": pd.NA}))
    ('8 dari 10 dalam 15 hari kerja', '8 dari 10 belum tercapai')
    """
    if is_missing(row.p80_days):
        return f"8 dari 10 {NOT_REACHED}"
    return f"8 dari 10 dalam {_days(row.p80_days)}" if row.p80_days else "8 dari 10 pada hari yang sama"


def how_long(row: Any) -> str:
    """
    Both in one phrase.

    >>> row = pd.Series({"moved": 40, "p50_days": 8, "p50_low": 7, "p50_high": 10, "p80_days": 15})
    >>> how_long(row)
    'separuh selesai dalam 8 hari kerja (7–10), 8 dari 10 dalam 15 hari kerja'
    >>> how_long(pd.Series({**row, "p50_days": pd.NA, "moved": 4}))
    'berkas terlalu sedikit: baru 4 yang selesai'
    """
    if not is_missing(row.p50_days):
        when = f"dalam {half(row)}" if row.p50_days else "pada hari yang sama"
        return f"separuh selesai {when}, {most(row)}"
    if row.moved < FEWEST:
        return f"{FEW}: baru {fmt_count(row.moved)} yang selesai" if row.moved else f"{FEW}: belum ada yang selesai"
    return f"separuh {NOT_REACHED}"


def slowest(durations: pd.DataFrame) -> str:
    """Which step takes longest, and how long; `durations` is whole."""
    known = durations[durations["moved"] >= FEWEST]
    if known.empty:
        return (
            f"Belum dapat dikatakan: belum ada langkah dengan {FEWEST} pengajuan yang selesai."
            if len(durations)
            else NO_DATA
        )
    # what half have not passed yet is slower than whatever half have passed
    days = known["p50_days"].astype("Float64").fillna(float("inf"))
    row = known.loc[days.sort_values(ascending=False, kind="stable").index[0]]
    return f"Paling lama {_waits(row['stage'])}: {how_long(row)}. {UNFINISHED}"


def remark(row: Any) -> str:
    """
    What a table says beside days that are missing; "" where none is.

    >>> remark(pd.Series({"moved": 40, "p50_days": 8, "p80_days": 15, "p90_days": pd.NA}))
    '9 dari 10 belum tercapai'
    """
    if row.moved < FEWEST:
        return FEW
    names = {"p50_days": "separuh", "p80_days": "8 dari 10", "p90_days": "9 dari 10"}
    without = [name for column, name in names.items() if is_missing(getattr(row, column))]
    return f"{listing(without)} {NOT_REACHED}" if without else ""


def stalled_answer(stalled: pd.DataFrame, *, measured: bool = True) -> str:
    """
    How many stay longer than is usual, and whose turn they are. `measured`: whether it is known what is usual.

    >>> stalled_answer(pd.DataFrame({"actor": ["bpjph", "lp3h", "lp3h"]}))
    '3 pengajuan macet: giliran LP3H dan pendamping 2, BPJPH 1.'
    """
    if stalled.empty:
        unknown = "Belum dapat dikatakan pengajuan mana yang macet: belum cukup yang selesai untuk dibandingkan."
        return "Tidak ada pengajuan yang macet." if measured else unknown
    turns = stalled["actor"].value_counts()
    told = [f"{actor_in_words(actor)} {fmt_count(turns[actor])}" for actor in ACTOR_LABEL if actor in turns]
    return f"{fmt_count(len(stalled))} pengajuan macet: giliran {', '.join(told)}."


def actor_in_words(actor: str) -> str:
    """
    Whose turn it is, within a sentence.

    >>> actor_in_words("business"), actor_in_words("bpjph")
    ('pelaku usaha', 'BPJPH')
    """
    label = ACTOR_LABEL[actor]
    return label if actor != "business" else label[0].lower() + label[1:]


def _waits(stage: str) -> str:
    label = WAITING_LABEL[stage]
    return label[0].lower() + label[1:]


def _days(days: Any) -> str:
    return f"{fmt_count(days)} hari kerja"
