"""How long each step takes, unfinished files counted: as a whole and for each LP3H."""

from dataclasses import dataclass

import pandas as pd

from halal_ui import charts
from halal_ui.sentences.durations import how_long, remark, slowest
from halal_ui.snapshot.now import View
from halal_ui.snapshot.stays import Stays
from halal_ui.views.shown import Chart, Table
from halal_ui.words.columns import Column, columns_for
from halal_ui.words.labels import STEP_SHORT, WAITING_LABEL
from halal_ui.words.names import institution

_COLUMNS = columns_for("durations") | {"stage": Column("Langkah", "text"), "remark": Column("Keterangan", "text")}
_DAYS = ["p50_days", "p50_low", "p50_high", "p80_days", "p90_days"]
_COUNTS = ["moved", "waiting", "left"]


@dataclass(frozen=True)
class Durations:
    slowest: str
    steps: Chart
    by_lp3h: Chart
    """Of the step asked for."""
    table: Table
    table_by_lp3h: Table


def durations(view: View, dark: bool, *, stays: Stays, step: str) -> Durations:
    """`step`: one of `STEPS`, in which the LP3H are set beside each other."""
    whole, parts = stays.durations(view.scope), stays.durations(view.scope, by=["lp3h"])
    each = parts[(parts["stage"] == step) & parts[_COUNTS].any(axis=1)]
    # fastest first; whose half is not reached yet after them, and of whom too little is known last
    order = each.assign(few=each["p50_days"].isna() & (each["moved"] < 5)).sort_values(
        ["few", "p50_days", "p80_days"], na_position="last", kind="stable"
    )
    ranked = each.loc[order.index]
    told = slowest(whole)
    return Durations(
        slowest=told,
        steps=Chart(charts.duration_bars(whole, dark=dark), _alt(whole, [WAITING_LABEL[s] for s in whole["stage"]])),
        by_lp3h=Chart(
            charts.duration_bars(ranked, by=["lp3h"], dark=dark), _alt(ranked, map(institution, ranked["lp3h"]))
        ),
        table=_table(whole, ["stage", "actor"], "Lamanya tiap langkah", "lamanya", view),
        table_by_lp3h=_table(parts, ["lp3h", "stage"], "Lamanya tiap langkah per LP3H", "lamanya-lp3h", view),
    )


def _alt(frame: pd.DataFrame, names) -> str:
    told = [f"{name}: {how_long(row)}" for name, row in zip(names, frame.itertuples(), strict=True)]
    return f"Lamanya tiap langkah. {'. '.join(told)}."


def _table(frame: pd.DataFrame, keys: list[str], title: str, name: str, view: View) -> Table:
    remarks = pd.Series([remark(row) for row in frame.itertuples()], frame.index, dtype="str")
    return Table(
        frame.assign(remark=remarks, stage=frame["stage"].map(STEP_SHORT).astype("str"))[
            [*keys, *_DAYS, *_COUNTS, "remark"]
        ],
        caption=f"{title}, hari kerja; {view.scope.in_words}",
        name=name,
        columns=_COLUMNS,
        metrics=("durations",),
    )
