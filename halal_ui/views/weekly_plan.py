"""Rencana pekanan: who must submit how many a week, or why no pace is enough."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import pandas as pd

from halal_ui import charts
from halal_ui.look.cards import Card, cards_html
from halal_ui.sentences.weekly import (
    SURE,
    beyond_reach,
    rounded_up,
    submit_by,
    total_needed,
    weekly_answer,
    weekly_bound,
)
from halal_ui.snapshot.foresight import WeeklyPlanned
from halal_ui.snapshot.now import View
from halal_ui.views.shown import Chart, Table
from halal_ui.words.columns import Columns, columns_for
from halal_ui.words.formats import (
    MISSING,
    SHORT_MONTHS,
    fmt_count,
    fmt_date,
    fmt_number,
    fmt_rate,
    is_missing,
    short_chance,
)
from halal_ui.words.names import institution

SHOWN: Final = [
    "lp3h", "required_per_week", "pace_per_week", "limit_per_week", "room", "active_p3h", "required_per_p3h"
]  # fmt: skip

WHOLE_NUMBERS: Final = ("required_per_week", "required_per_p3h")
"""Columns of the plan that are shown rounded up: nobody submits a fifth of an application."""


@dataclass(frozen=True)
class Weekly:
    answer: str
    why: str
    cards: str
    note: str
    bars: Chart
    table: Table


def weekly(view: View, dark: bool, *, planned: WeeklyPlanned, quota: int) -> Weekly:
    """`quota`: of the whole programme, which the plan is of; the table shows the institutions that the scope sees."""
    rows = rows_of(planned, lp3h=_seen(view))
    told = sentences_of(planned, quota, view.scope.as_of)
    return Weekly(
        answer=told[0],
        why=" ".join([*told[1:], *_to_try(planned)]),
        cards=cards_html(figures(planned)),
        note=_note(view),
        bars=Chart(charts.weekly_bars(rows, dark=dark), _alt(rows)),
        table=table(planned, rows),
    )


def _to_try(planned: WeeklyPlanned) -> list[str]:
    """Of a goal that no pace reaches the one to choose instead."""
    share = planned.share_within_reach
    if planned.plan.reachable or share is None:
        return []
    return [f"Pilih sasaran {fmt_rate(share, digits=0)} untuk melihat rencana yang terjangkau."]


def sentences_of(planned: WeeklyPlanned, quota: int, as_of: date) -> tuple[str, ...]:
    """What the plan asks for; what stands in the way; until when a submission counts. Those that there are."""
    plan, measure = planned.plan, planned.measure
    bound = weekly_bound(plan, measure=measure, quota=quota, within_reach=planned.within_reach, as_of=as_of)
    answer = weekly_answer(plan, measure=measure, quota=quota)
    beyond = planned.beyond
    more = "" if beyond is None else beyond_reach(beyond.plan, measure=measure, quota=quota, as_of=as_of)
    return tuple(filter(None, (answer, more, bound, submit_by(plan, measure=measure))))


def figures(planned: WeeklyPlanned) -> tuple[Card, ...]:
    """The pace of all, the chance, and where no pace is enough what stays within reach; the last day that counts."""
    plan, until = planned.plan, f"sampai {fmt_date(planned.plan.target_date)}"
    tone = "ink" if plan.reachable else "behind"
    label = "Perlu per pekan" if plan.reachable else "Batas per pekan"
    now = f"kini {fmt_number(plan.rows['pace_per_week'].sum())}"
    found = [
        Card(label, fmt_count(total_needed(rows_of(planned))), "pengajuan", now, "semua LP3H", tone),
        Card("Peluang", short_chance(plan.chance), "", f"{fmt_count(plan.goal)} {_UNIT[planned.measure]}", until, tone),
    ]
    if not plan.reachable:
        part = fmt_rate(planned.within_reach, digits=0)
        found.append(Card("Masih terjangkau", part, "kuota", SURE, until, "ink"))
    if planned.measure == "issued":
        day, year = _day(plan.submit_by)
        found.append(Card("Ajukan paling lambat", day, year, SURE, f"agar terbit {until}"))
    elif not plan.reachable:
        day, year = _day(plan.earliest_date)
        late = "lebih dari setahun lagi" if is_missing(plan.earliest_date) else SURE
        found.append(Card("Paling cepat", day, year, late, "pada batas semua LP3H", "behind"))
    return tuple(found)


def _day(day: pd.Timestamp) -> tuple[str, str]:
    """Day and year of a card."""
    return (MISSING, "") if is_missing(day) else (f"{day.day} {SHORT_MONTHS[day.month - 1]}", str(day.year))


def rows_of(planned: WeeklyPlanned, *, lp3h: set[str] | None = None) -> pd.DataFrame:
    """
    The plan, required numbers rounded up, the most required first. `lp3h`: only these. Quota that no LP3H has is a row
    only where there is some.
    """
    rows = planned.plan.rows
    if not planned.plan.reachable:  # at their limits: nobody is asked for more in a week than there is room for
        most = rows["required_per_week"].clip(upper=rows["room"])
        rows = rows.assign(required_per_week=most, required_per_p3h=most / rows["active_p3h"].replace(0, pd.NA))
    rows = rows.assign(**{name: rounded_up(rows[name]) for name in WHOLE_NUMBERS})
    rows = rows[rows["lp3h"].notna() | (rows["room"] + rows["used"] > 0)]
    if lp3h is not None:
        rows = rows[rows["lp3h"].isin(lp3h)]
    order = ["required_per_week", "room"]
    return rows.sort_values(order, ascending=False, kind="stable", ignore_index=True)


def table(planned: WeeklyPlanned, rows: pd.DataFrame) -> Table:
    """The plan to look at and to take away. `rows`: those of `rows_of`."""
    plan = planned.plan
    counted = ("required_per_week", "pace_per_week", "limit_per_week", "room", "active_p3h")
    asked = "yang perlu" if plan.reachable else "tidak terjangkau, jadi yang diminta adalah batas"
    return Table(
        rows[SHOWN],
        caption=f"Pengajuan per pekan tiap LP3H untuk {fmt_count(plan.goal)} {_UNIT[planned.measure]} "
        f"sampai {fmt_date(plan.target_date)}: {asked}; dibulatkan ke atas",
        name="rencana-pekanan",
        columns=columns(),
        total={name: rows[name].sum() for name in counted} if len(rows) > 1 else None,
        metrics=("weekly_plan",),
    )


def columns() -> Columns:
    """The columns of the plan, as they read rounded up."""
    known = columns_for("weekly_plan")
    return known | {name: replace(known[name], kind="count") for name in (*WHOLE_NUMBERS, "limit_per_week")}


_UNIT: Final = {"used": "pengajuan", "issued": "sertifikat terbit"}


def _seen(view: View) -> set[str] | None:
    """The institutions that the scope sees; None where that is all of them."""
    scope = view.scope
    if scope.kab_kota is None and scope.lp3h is None:
        return None
    return {*view.quotas["lp3h"].dropna(), *view.progress["lp3h"].dropna().astype("str")}


def _note(view: View) -> str:
    """Whose numbers these are, where the scope is narrower than the plan."""
    scope = view.scope
    if scope.kab_kota is None and scope.lp3h is None:
        return "Semua LP3H mengisi ruangnya dalam waktu yang sama; tidak ada yang diminta melebihi batasnya."
    if scope.kab_kota is not None:
        return "Rencana dihitung untuk seluruh program; angka LP3H di bawah ini meliputi semua kab/kotanya."
    return f"Rencana dihitung untuk seluruh program; di bawah ini bagian {institution(scope.lp3h)}."


def _alt(rows: pd.DataFrame) -> str:
    told = [
        f"{institution(row['lp3h'])} perlu {fmt_count(row['required_per_week'])}, kini "
        f"{fmt_number(row['pace_per_week'])}"
        for _, row in rows.iterrows()
    ]
    return f"Pengajuan per pekan. {'; '.join(told)}." if told else "Pengajuan per pekan: belum ada LP3H."
