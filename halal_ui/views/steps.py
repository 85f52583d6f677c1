"""Corong: how far the quota has come, where it waits, and whose step that is."""

from dataclasses import dataclass

import halal_metrics as hm
from halal_ui import charts, sentences
from halal_ui.sentences.charts import alt_classes, alt_funnel
from halal_ui.snapshot.now import View
from halal_ui.views.shown import Chart, Table
from halal_ui.words.columns import columns_for


@dataclass(frozen=True)
class Steps:
    answer: str
    funnel: Chart
    backlog: Chart
    table: Table
    waiting: Table


@dataclass(frozen=True)
class StepsBy:
    multiples: Chart
    classes: Chart
    table: Table


def steps(view: View, dark: bool) -> Steps:
    funnel, backlog = view.funnel(), view.backlog()
    answer = sentences.funnel_answer(funnel, backlog)
    return Steps(
        answer=answer,
        funnel=Chart(charts.funnel_steps(funnel, dark=dark), alt_funnel(funnel)),
        backlog=Chart(charts.backlog_bars(backlog, dark=dark), answer),
        table=Table(
            funnel,
            caption=f"Corong; {view.scope.in_words}",
            name="corong",
            columns=columns_for("funnel"),
            metrics=("funnel",),
        ),
        waiting=Table(
            backlog,
            caption=f"Yang menunggu, dan giliran siapa; {view.scope.in_words}",
            name="menunggu",
            columns=columns_for("backlog"),
            metrics=("backlog",),
        ),
    )


def steps_by_kab_kota(view: View, dark: bool) -> StepsBy:
    return _by(view, "kab_kota", dark)


def steps_by_lp3h(view: View, dark: bool) -> StepsBy:
    return _by(view, "lp3h", dark)


def _by(view: View, by: str, dark: bool) -> StepsBy:
    funnel, classes = view.funnel([by]), hm.start_finish(view.absorption([by]))
    return StepsBy(
        multiples=Chart(charts.funnel_multiples(funnel, by=[by], dark=dark), alt_funnel(view.funnel())),
        classes=Chart(charts.start_finish(classes, by=[by], dark=dark), alt_classes(classes)),
        table=Table(
            classes[[by, "quota", "used", "issued", "absorption_rate", "conversion_rate", "start", "finish"]],
            caption=f"Banyak atau sedikit mulai, banyak atau sedikit selesai; {view.scope.in_words}",
            name="corong-per-kelompok",
            metrics=("start_finish", "absorption"),
        ),
    )
