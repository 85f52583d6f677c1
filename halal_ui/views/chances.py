"""Tenggat, the part that is foreseen: how sure each goal is by each date, for whom, and what stands in the way."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd

from halal_metrics.forecast import MEASURES
from halal_ui import charts, sentences
from halal_ui.sentences.charts import alt_chances
from halal_ui.snapshot.foresight import Foresight
from halal_ui.snapshot.now import View
from halal_ui.views.shown import Chart, Table
from halal_ui.views.verdict import verdict
from halal_ui.words.columns import Column, columns_for
from halal_ui.words.formats import fmt_band, fmt_date, fmt_rate

COLUMNS: Final = {
    "goal": Column("Sasaran", "count", "pelaku usaha"),
    "used_band": Column("Dimanfaatkan, 8 dari 10", "text"),
    "used_chance": Column("Peluang dimanfaatkan", "rate", "%", "used"),
    "used_date": Column("Dimanfaatkan pada, 8 dari 10", "date"),
    "issued_band": Column("Terbit, 8 dari 10", "text"),
    "issued_chance": Column("Peluang terbit", "rate", "%", "issued"),
    "issued_date": Column("Terbit pada, 8 dari 10", "date"),
    "decides": Column("Yang menentukan", "text"),
}


@dataclass(frozen=True)
class Chances:
    """
    `reached`, `curve` and `table` are missing where nothing is foreseen, and `answer` too; `more` says why then.
    `plan_for`: the date for which weeks can be planned, None where it is no day ahead.
    """

    answer: str
    more: str = ""
    reached: str = ""
    curve: Chart | None = None
    table: Table | None = None
    plan_for: date | None = None


NOT_YET: Final = Chances("")
"""While it is being figured."""


def chances(
    view: View, dark: bool, *, foresight: Foresight, by: str, target: date | None, share: float = 1.0
) -> Chances:
    """`target`: a date to try instead of that of verdicts; `share`: the part of the quota that is the goal."""
    if foresight.why_not:
        return Chances("", sentences.not_foreseen(foresight.why_not))
    as_of, until = foresight.as_of, foresight.until
    seen = target is None or as_of <= target <= until
    day = target if target is not None and seen else view.target
    said = verdict(view, foresight, target=day)
    whole = _by_date(view, foresight, [day], share)
    if whole.empty or not int(whole["goal"].max()):
        return Chances("")
    finish = pd.concat(
        [foresight.finish_dates(view.scope, measure=measure, goal=share) for measure in MEASURES], ignore_index=True
    )
    # the date asked about is on the curve: it need not be a working day
    line = _by_date(view, foresight, pd.date_range(as_of, max(until, day)), share)
    table = _table(view, foresight, by, day, share)
    return Chances(
        answer=said.answer,
        more=" ".join(filter(None, ("" if seen else sentences.beyond(as_of, until), said.binds, said.holds))),
        reached=sentences.when_reached(whole, finish, share=share, as_of=as_of, until=until),
        curve=Chart(
            charts.chance_curve(line, target=day, share=share, dark=dark),
            alt_chances(line, target=day),
        ),
        table=Table(
            table,
            caption=f"Ramalan sampai {fmt_date(day)}, sasaran {fmt_rate(share, digits=0)} kuota; {view.scope.in_words}",
            name="peluang",
            columns=columns_for() | COLUMNS,
            total=_whole(view, foresight, day, share),
            metrics=("forecast", "finish_chances", "finish_dates"),
        ),
        plan_for=None if sentences.no_week(day, as_of) else day,
    )


def _by_date(view: View, foresight: Foresight, days: Any, share: float) -> pd.DataFrame:
    found = [foresight.chances(view.scope, days, measure=measure, shares=(share,)) for measure in MEASURES]
    return pd.concat(found, ignore_index=True)


def _table(view: View, foresight: Foresight, by: str, day: date, share: float) -> pd.DataFrame:
    """A row a group with a quota: bands, chances and dates of both measures; what leaves most unissued first."""
    rows = _rows(view, foresight, [by], day, share)
    rows = rows[rows["goal"] > 0].assign(lack=lambda rows: rows["goal"] - rows["issued_middle"])
    rows = rows.sort_values(["lack", "used_chance"], ascending=[False, True], kind="stable", ignore_index=True)
    return rows[[by, *COLUMNS]]


def _whole(view: View, foresight: Foresight, day: date, share: float) -> dict[str, Any]:
    """The same of the whole: bands and chances of parts do not add up to it."""
    return _rows(view, foresight, [], day, share)[[*COLUMNS]].iloc[0].to_dict()


def _rows(view: View, foresight: Foresight, by: list[str], day: date, share: float) -> pd.DataFrame:
    scope = view.scope
    bands = foresight.forecast(scope, [day], by=by)
    found: dict[str, Any] = {}
    for measure in MEASURES:
        band = bands[bands["measure"] == measure].reset_index(drop=True)
        chance = foresight.chances(scope, [day], measure=measure, by=by, shares=(share,))
        finish = foresight.finish_dates(scope, measure=measure, goal=share, by=by)
        found |= {name: band[name] for name in by} | {
            "goal": chance["goal"],
            f"{measure}_band": [fmt_band(*each) for each in zip(band["p10"], band["p90"], strict=True)],
            f"{measure}_middle": band["p50"],
            f"{measure}_chance": chance["chance"],
            f"{measure}_date": finish["p80_date"],
        }
    rows = pd.DataFrame(found)
    middles = zip(rows["used_middle"], rows["issued_middle"], rows["goal"], strict=True)
    return rows.assign(decides=[sentences.DECIDES[sentences.decides(*each)] for each in middles])
