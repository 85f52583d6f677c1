"""Ringkasan: how much of the quota is used and issued, are we late, who holds the gap, what it takes a week."""

from dataclasses import dataclass

import pandas as pd

import halal_metrics as hm
from halal_ui import charts, sentences
from halal_ui.look.cards import cards_html
from halal_ui.sentences.charts import alt_curve, alt_funnel
from halal_ui.snapshot.foresight import Foresight
from halal_ui.snapshot.marks import Mark
from halal_ui.snapshot.now import View
from halal_ui.views.headline import headline
from halal_ui.views.scorecard import scorecard, total
from halal_ui.views.shown import Chart, Table
from halal_ui.views.verdict import verdict
from halal_ui.words.columns import columns_for
from halal_ui.words.names import institution, place


@dataclass(frozen=True)
class Summary:
    question: str
    answer: str
    more: str
    cards: str
    curve: Chart
    curve_note: str
    funnel: Chart
    holders: dict[str, str]  # dimension → which groups hold most of the gap
    places: list[str]  # that hold most, largest first
    quiet: str
    table: Table


def summary(view: View, dark: bool, marks: tuple[Mark, ...] = (), *, foresight: Foresight | None = None) -> Summary:
    """`foresight`: what is to come, seen from the view's day; None while it is being figured."""
    scope, funnel = view.scope, view.funnel()
    target = view.target
    curve, forecast = view.curve(until=target), curve_bands(view, foresight)
    told_until = None if forecast is None or foresight is None else foresight.reported_by_all()
    answer, more = _answers(view, foresight)
    by = "lp3h" if scope.kab_kota else "kab_kota"
    # who holds the gap is a question only among several
    asked = [name for name in ("kab_kota", "lp3h") if getattr(scope, name) is None]
    held = {name: hm.shortfall(view.gaps([name])) for name in asked}
    return Summary(
        question=sentences.programme_question(view.quotas["quota"].sum(), target, where=where(view)),
        answer=answer,
        more=more,
        cards=cards_html(headline(view)),
        curve=Chart(
            charts.s_curve(
                curve,
                as_of=scope.as_of,
                deadlines=view.deadlines,
                marks=marks,
                forecast=forecast,
                told_until=told_until,
                dark=dark,
            ),
            alt_curve(curve, as_of=scope.as_of, forecast=forecast),
        ),
        curve_note=sentences.curve_legend(forecast is not None, told_until, scope.as_of),
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
            metrics=("absorption", "deadline_gaps"),
        ),
    )


def _answers(view: View, foresight: Foresight | None) -> tuple[str, str]:
    """The verdict, with who holds it back and where all stand; without a forecast where all stand, and why."""
    as_of, gaps, absorption = view.scope.as_of, view.gaps(), view.absorption()
    stand = sentences.standing(gaps, absorption, as_of=as_of)
    if foresight is None or not int(view.quotas["quota"].sum()):
        return stand, ""
    found = verdict(view, foresight)
    if foresight.why_not:
        return stand, found.answer
    return found.answer, " ".join(filter(None, (found.holds, stand)))


def curve_bands(view: View, foresight: Foresight | None) -> pd.DataFrame | None:
    """What is forecast of what the view sees, day by day to the date of verdicts; None where nothing is."""
    if foresight is None or foresight.why_not:
        return None
    found = foresight.forecast(view.scope, pd.date_range(foresight.as_of, view.target))
    return None if found.empty else found


def where(view: View) -> str:
    """What a scope is narrowed to, as a name."""
    scope = view.scope
    names = [write(name) for write, name in ((place, scope.kab_kota), (institution, scope.lp3h)) if name is not None]
    return " · ".join(names)


def _largest(held: pd.DataFrame) -> list[str]:
    """The three places `gap_holders` names."""
    return held.loc[held["shortfall"] >= 0.5, "kab_kota"].dropna().head(3).to_list()
