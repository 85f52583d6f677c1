"""Ringkasan: how much of the quota is used and issued, are we late, who holds the gap, what it takes a week."""

from dataclasses import dataclass

import pandas as pd

import halal_metrics as hm
from halal_ui import charts, sentences
from halal_ui.look.cards import cards_html
from halal_ui.sentences.charts import alt_curve, alt_funnel
from halal_ui.snapshot.marks import Mark
from halal_ui.snapshot.now import View
from halal_ui.views.headline import headline
from halal_ui.views.scorecard import scorecard, total
from halal_ui.views.shown import Chart, Table
from halal_ui.words.columns import columns_for


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


def summary(view: View, dark: bool, marks: tuple[Mark, ...] = ()) -> Summary:
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
        cards=cards_html(headline(view)),
        curve=Chart(
            charts.s_curve(curve, as_of=scope.as_of, deadlines=view.deadlines, marks=marks, dark=dark),
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
            metrics=("absorption", "deadline_gaps"),
        ),
    )


def _largest(held: pd.DataFrame) -> list[str]:
    """The three places `gap_holders` names."""
    return held.loc[held["shortfall"] >= 0.5, "kab_kota"].dropna().head(3).to_list()
