"""The institutions as bars against what they were allotted."""

from typing import Final

import pandas as pd

from halal_ui.sentences.charts import alt_ranking
from halal_ui.snapshot.now import View
from halal_ui.story.pictures import Bar, Bars
from halal_ui.words.formats import fmt_count, fmt_rate, is_missing
from halal_ui.words.names import institution

MOST: Final = 9
"""Bars on a slide."""


def allocations(view: View, name: str, *, active: bool = False) -> Bars:
    """
    Each LP3H of the view, the one with most left to use first: used of its quota, the plan as a stroke, what is issued
    beside it; with `active`, how many of its pendamping are at work.
    """
    table = view.absorption(["lp3h"]).assign(planned=view.gaps(["lp3h"])["planned"])
    table = table.merge(view.active_p3h()[["lp3h", "active_p3h"]], on="lp3h", how="left")
    ranked = table.sort_values("remaining", ascending=False, kind="stable")
    rows = ranked.head(MOST).to_dict("records")
    return Bars(
        name=name,
        unit="pengajuan",
        bars=tuple(_bar(row, active=active) for row in rows),
        of_label="kuota",
        mark_label="rencana" if any(row["planned"] > 0 for row in rows) else "",
        alt=_alt(table),
    )


def _bar(row: dict, *, active: bool) -> Bar:
    quota, used = row["quota"], row["used"]
    note = f"terbit {fmt_count(row['issued'])} sertifikat"
    if active:
        at_work = 0 if is_missing(row["active_p3h"]) else row["active_p3h"]
        note += f" · {fmt_count(at_work)} pendamping aktif"
    of = f"{fmt_count(used)} dari {fmt_count(quota)} kuota ({fmt_rate(row['absorption_rate'])})"
    return Bar(
        label=institution(row["lp3h"]),
        value=float(max(used, 0)),
        text=of if quota else f"{fmt_count(used)} pengajuan, tanpa kuota",
        of=float(quota),
        mark=float(row["planned"]) if row["planned"] > 0 else None,
        note=note,
    )


def _alt(table: pd.DataFrame) -> str:
    more = len(table) - MOST
    return alt_ranking(table, "used") + (f" Ditampilkan {MOST} LP3H, {fmt_count(more)} lain tidak." if more > 0 else "")
