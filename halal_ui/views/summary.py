"""Ringkasan: how much of the quota is used and issued, are we late, who holds the gap, what it takes a week."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

import halal_metrics as hm
from halal_ui import charts, sentences
from halal_ui.alt_texts import alt_curve, alt_funnel
from halal_ui.cards import Card, cards_html
from halal_ui.columns import columns_for
from halal_ui.formats import fmt_count, fmt_date, fmt_number, fmt_rate, fmt_signed, is_missing
from halal_ui.snapshot import View
from halal_ui.views.scorecard import scorecard, total
from halal_ui.views.shown import Chart, Table
from halal_ui.words import MEASURES

Row = Mapping[Any, Any]


@dataclass(frozen=True)
class Summary:
    answer: str
    takes: str
    cards: str
    curve: Chart
    funnel: Chart
    holders: dict[str, str]  # dimension → which groups hold most of the gap
    places: list[str]  # that hold most, largest first
    quiet: str
    table: Table


def summary(view: View, dark: bool) -> Summary:
    scope = view.scope
    gaps, absorption, funnel, curve = view.gaps(), view.absorption(), view.funnel(), view.curve()
    ahead = view.ahead()
    by = "lp3h" if scope.kab_kota else "kab_kota"
    # who holds the gap is a question only among several
    asked = [name for name in ("kab_kota", "lp3h") if getattr(scope, name) is None]
    held = {name: hm.shortfall(view.gaps([name])) for name in asked}
    return Summary(
        answer=sentences.where_we_stand(gaps, absorption, as_of=scope.as_of, measure=scope.measure),
        # while the deadline is ahead, the answer says it already
        takes=sentences.what_it_takes(ahead, measure=scope.measure) if bool(gaps["days_left"].lt(0).all()) else "",
        cards=cards_html(_cards(*map(_row, (gaps, absorption, view.movement(), ahead)), scope.measure)),
        curve=Chart(
            charts.s_curve(curve, as_of=scope.as_of, deadlines=view.deadlines, dark=dark),
            alt_curve(curve, as_of=scope.as_of),
        ),
        funnel=Chart(charts.funnel_steps(funnel, dark=dark), alt_funnel(funnel)),
        holders={name: sentences.gap_holders(part, measure=scope.measure) for name, part in held.items()},
        places=_largest(held["kab_kota"]) if "kab_kota" in held else [],
        quiet=sentences.quiet_lp3h(view.active_p3h()),
        table=Table(
            scorecard(view, by),
            caption=f"Kuota, realisasi dan laju, {scope.in_words}",
            name="ringkasan",
            columns=columns_for("scorecard", measure=scope.measure),
            total=total(view),
        ),
    )


def _row(whole: pd.DataFrame) -> Row:
    return whole.iloc[0].to_dict()


def _largest(held: pd.DataFrame) -> list[str]:
    """The three places `gap_holders` names."""
    return held.loc[held["shortfall"] >= 0.5, "kab_kota"].dropna().head(3).to_list()


def _cards(gap: Row, row: Row, moved: Row, ahead: Row, measure: str) -> list[Card]:
    of = f"dari {fmt_count(row['quota'])} kuota"
    return [
        Card(
            "Dimanfaatkan",
            fmt_count(row["used"]),
            of,
            fmt_rate(row["absorption_rate"]),
            _in_four_weeks(moved["used"]),
            "used",
        ),
        Card(
            "Terbit",
            fmt_count(row["issued"]),
            of,
            fmt_rate(row["issuance_rate"]),
            _in_four_weeks(moved["issued"]),
            "issued",
        ),
        _deadline_card(gap),
        _pace_card(gap, ahead, measure),
    ]


def _in_four_weeks(net: int) -> str:
    mark = "▲ " if net > 0 else "▼ " if net < 0 else ""
    return f"{mark}{fmt_signed(net)} dalam 4 pekan" if net else "tetap dalam 4 pekan"


def _deadline_card(gap: Row) -> Card:
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


def _pace_card(gap: Row, ahead: Row, measure: str) -> Card:
    unit, needed, pace = MEASURES[measure].unit, ahead["required_per_week"], gap["pace_per_week"]
    if gap["remaining"] <= 0:
        return Card("Laju per pekan", fmt_number(pace), unit, "tidak ada sisa", tone="done")
    if is_missing(needed):
        return Card("Laju per pekan", fmt_number(pace), unit, "perlu tenggat baru", tone="late")
    times = f"{fmt_number(needed / pace)} kali laju kini, agar " if pace > 0 else "agar "
    return Card(
        "Laju per pekan",
        fmt_number(pace),
        unit,
        f"perlu {fmt_number(needed)}",
        f"{times}selesai {fmt_date(ahead['target_date'])}",
        "ink" if pace >= needed else "behind",
    )
