"""The numbers that stand above everything: used, issued, the deadline, the pace."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from halal_ui.look.cards import Card
from halal_ui.snapshot.now import View
from halal_ui.words.formats import fmt_count, fmt_date, fmt_number, fmt_rate, fmt_signed, is_missing
from halal_ui.words.labels import STAGE_SHORT
from halal_ui.words.names import MEASURE_WORDS

Row = Mapping[Any, Any]


def headline(view: View) -> tuple[Card, Card, Card, Card]:
    """Used and issued of the quota, how far the deadline is, and the pace against the pace needed."""
    frames = (view.gaps(), view.absorption(), view.trend(), view.ahead())
    gap, row, moved, ahead = map(_row, frames)
    of = f"dari {fmt_count(row['quota'])} kuota"
    used, used_rate, used_moved = fmt_count(row["used"]), fmt_rate(row["absorption_rate"]), _in_weeks(moved["used"])
    issued, issued_rate, issued_moved = (
        fmt_count(row["issued"]),
        fmt_rate(row["issuance_rate"]),
        _in_weeks(moved["issued"]),
    )
    return (
        Card(STAGE_SHORT["submitted"], used, of, used_rate, used_moved, "used"),
        Card(STAGE_SHORT["issued"], issued, of, issued_rate, issued_moved, "issued"),
        _deadline(gap),
        _pace(gap, ahead, view.scope.measure),
    )


def _row(whole: pd.DataFrame) -> Row:
    return whole.iloc[0].to_dict()


def _in_weeks(net: int) -> str:
    mark = "▲ " if net > 0 else "▼ " if net < 0 else ""
    return f"{mark}{fmt_signed(net)} dalam 4 pekan" if net else "tetap dalam 4 pekan"


def _deadline(gap: Row) -> Card:
    if is_missing(gap["target_date"]):
        return Card("Tenggat", "–", rate="belum ditetapkan")
    days, worked = gap["days_left"], gap["working_days_left"]
    past = days < 0
    return Card(
        "Tenggat",
        fmt_count(abs(days)) if days else "Hari ini",
        ("hari lewat" if past else "hari lagi") if days else "",
        fmt_date(gap["target_date"]),
        f"{fmt_count(abs(worked))} hari kerja {'lalu' if past else 'lagi'}",
        "late" if past else "ink",
    )


def _pace(gap: Row, ahead: Row, measure: str) -> Card:
    unit, needed, pace = MEASURE_WORDS[measure].unit, ahead["required_per_week"], gap["pace_per_week"]
    if gap["remaining"] <= 0:
        return Card("Laju per pekan", fmt_number(pace), unit, "tidak ada sisa", tone="done")
    if is_missing(needed):
        return Card("Laju per pekan", fmt_number(pace), unit, "perlu tenggat baru", tone="late")
    enough = pace >= needed
    times = f"{fmt_number(needed / pace)} kali laju kini, " if pace > 0 else ""
    return Card(
        "Laju per pekan",
        fmt_number(pace),
        unit,
        f"perlu {fmt_number(needed)}",
        f"{'mencukupi ' if enough else times}agar selesai {fmt_date(ahead['target_date'])}",
        "ink" if enough else "behind",
    )
