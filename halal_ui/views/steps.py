"""Corong: how far the quota has come, where it waits, and whose step that is."""

from dataclasses import dataclass

import pandas as pd

import halal_metrics as hm
from halal_ui import charts, sentences
from halal_ui.sentences.charts import alt_ages, alt_classes, alt_funnel
from halal_ui.snapshot.now import View
from halal_ui.snapshot.stays import Stays
from halal_ui.views.shown import Chart, Table
from halal_ui.words.columns import Column, columns_for
from halal_ui.words.names import age


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


def steps(view: View, dark: bool, *, stays: Stays) -> Steps:
    funnel, backlog, ages = view.funnel(), view.backlog(), stays.ages(view.scope)
    return Steps(
        answer=sentences.funnel_answer(funnel, backlog),
        funnel=Chart(charts.funnel_steps(funnel, dark=dark), alt_funnel(funnel)),
        backlog=Chart(charts.age_bars(ages, dark=dark), alt_ages(ages)),
        table=Table(
            funnel,
            caption=f"Corong; {view.scope.in_words}",
            name="corong",
            columns=columns_for("funnel"),
            metrics=("funnel",),
        ),
        waiting=_waiting(backlog, ages, view.scope.in_words),
    )


def _waiting(backlog: pd.DataFrame, ages: pd.DataFrame, where: str) -> Table:
    """The backlog, and beside each step's figure the same by age."""
    names = ages.drop_duplicates("from_days").set_index("from_days")["to_days"]
    columns = {f"age_{first}": Column(age(first, last), "count", "pengajuan") for first, last in names.items()}
    across = ages.pivot(index="stage", columns="from_days", values="waiting").set_axis(list(columns), axis=1)
    return Table(
        backlog.join(across, on="stage"),
        caption=f"Yang menunggu, giliran siapa, dan sudah berapa hari kerja; {where}",
        name="menunggu",
        columns=columns_for("backlog") | columns,
        metrics=("backlog", "backlog_ages"),
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
