"""The numbers that stand above everything: used, issued, the deadline, the pace."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from halal_ui.look.cards import Card
from halal_ui.snapshot.now import View
from halal_ui.words.formats import MISSING, fmt_count, fmt_date, fmt_number, fmt_rate, fmt_signed, is_missing
from halal_ui.words.labels import STAGE_SHORT
from halal_ui.words.names import MEASURE_WORDS

MEASURES: Final = ("submitted", "issued")

_WEEKLY: Final = {"submitted": MEASURE_WORDS["submitted"].unit, "issued": MEASURE_WORDS["issued"].done}

Row = Mapping[Any, Any]


def headline(view: View) -> tuple[Card, Card, Card, Card]:
    """Used and issued of the quota, how far the deadline is, and what each week has to bring of both."""
    gap, row, moved = map(_row, (view.gaps(), view.absorption(), view.trend()))
    ahead = {measure: _row(view.ahead(measure=measure)) for measure in MEASURES}
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
        _needed(ahead, view.scope.measure),
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


def _needed(ahead: Mapping[str, Row], measure: str) -> Card:
    """What a week has to bring of both, beside what it brings; that of the measure looked at stands large."""
    left = {name: row for name, row in ahead.items() if row["remaining"] > 0}
    if not left:
        return Card("Perlu per pekan", "0", rate="tidak ada sisa", tone="done")
    until = min(row["target_date"] for row in left.values())
    if any(is_missing(row["required_per_week"]) for row in left.values()):
        return Card("Perlu per pekan", MISSING, rate="perlu tenggat baru", tone="late")
    large = measure if measure in left else next(iter(left))
    row, behind = left[large], any(row["pace_per_week"] < row["required_per_week"] for row in left.values())
    others = (f"dan {_per_week(each, name)}, " for name, each in left.items() if name != large)
    return Card(
        "Perlu per pekan",
        fmt_number(row["required_per_week"]),
        _WEEKLY[large],
        f"kini {fmt_number(row['pace_per_week'])}",
        f"{next(others, '')}sampai {fmt_date(until)}",
        "behind" if behind else "ink",
    )


def _per_week(row: Row, measure: str) -> str:
    needed, now = fmt_number(row["required_per_week"]), fmt_number(row["pace_per_week"])
    return f"{needed} {_WEEKLY[measure]} (kini {now})"
