"""Sheets of a meeting's workbook about what is to come: forecast, chances, the weekly plan, and what is stalled."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import pandas as pd

from halal_ui.reports.workbook_sheet import Sheet
from halal_ui.snapshot.foresight import Foresight
from halal_ui.snapshot.meeting_set import MeetingSet
from halal_ui.story.foreseen import weekly_not_planned
from halal_ui.views.shown import Table
from halal_ui.views.stalled import stalled
from halal_ui.views.weekly_plan import rows_of, table
from halal_ui.words.columns import columns_for
from halal_ui.words.formats import fmt_date
from halal_ui.words.names import GROUP_UNIT

RUN: Final = "dihitung dari yang diketahui set ini"


def ahead_sheets(found: MeetingSet) -> Iterator[Sheet]:
    """The sheets; where nothing is foreseen each says why."""
    ahead = found.numbers.foresight
    without = weekly_not_planned(ahead) if ahead.why_not else "Belum ada kuota: unggah pembagian kuota."
    until = f"sampai {fmt_date(ahead.target)}"
    yield Sheet(
        "Ramalan",
        f"Berapa yang akan dimanfaatkan dan terbit, pekan demi pekan {until}; 8 dari 10 kemungkinan ada di antara "
        "batas bawah dan batas atas.",
        Table(_weeks(found, ahead), f"Ramalan seluruh program, {RUN}", "ramalan", _FORECAST, metrics=("forecast",)),
        without=without,
    )
    for by in ("kab_kota", "lp3h"):
        unit = GROUP_UNIT[by]
        yield Sheet(
            f"Ramalan per {unit.replace('/', '-')}",
            f"Ramalan tiap {unit} pada {fmt_date(ahead.target)}; batas-batas tidak dapat dijumlahkan.",
            Table(_parts(found, ahead, by), f"Ramalan per {unit}, {RUN}", f"ramalan-{by}", _FORECAST,
                  metrics=("forecast",)),
            without=without,
        )  # fmt: skip
    yield Sheet(
        "Peluang",
        "Peluang 80, 90, 95 dan 100% kuota dimanfaatkan dan terbit, menurut tanggal.",
        Table(
            _chances(found, ahead), f"Peluang menurut tanggal, {RUN}", "peluang", columns_for("finish_chances"),
            metrics=("finish_chances",),
        ),
        without=without,
    )  # fmt: skip
    yield _weekly(found, ahead)
    yield _stalled(found)


def _stalled(found: MeetingSet) -> Sheet:
    """By their numbers: a small business often bears its owner's name, and this file goes round."""
    shown = stalled(found.view, dark=False, stays=found.numbers.stays)
    table = replace(shown.table, frame=shown.table.frame.drop(columns=["business_name", "p3h"]))
    widths = {"registration_number": 20, "actor": 24, "stage": 28, "lp3h": 34, "source_file": 44, "source_sheet": 18}
    return Sheet("Slot macet", shown.answer, table, widths=widths, without=shown.answer)


_FORECAST: Final = columns_for("forecast")


def _weekly(found: MeetingSet, ahead: Foresight) -> Sheet:
    about = "Berapa yang harus diajukan tiap LP3H dan tiap pendamping aktif per pekan."
    planned = found.numbers.weekly_plan
    if planned is None:
        nothing = Table(pd.DataFrame(columns=["lp3h"]), "Rencana pekanan", "rencana-pekanan")
        return Sheet("Rencana pekanan", about, nothing, without=weekly_not_planned(ahead))
    return Sheet("Rencana pekanan", about, table(planned, rows_of(planned)), widths={"lp3h": 40})


def _weeks(found: MeetingSet, ahead: Foresight) -> pd.DataFrame:
    if not _foreseen(ahead):
        return pd.DataFrame(columns=["date", "measure", "mean", "p10", "p50", "p90"])
    days = pd.date_range(ahead.as_of, ahead.target, freq="7D")
    return ahead.forecast(found.view.scope, [*days[days < pd.Timestamp(ahead.target)], ahead.target])


def _parts(found: MeetingSet, ahead: Foresight, by: str) -> pd.DataFrame:
    if not _foreseen(ahead):
        return pd.DataFrame(columns=[by, "measure", "mean", "p10", "p50", "p90"])
    rows = ahead.forecast(found.view.scope, [ahead.target], by=[by])
    return rows.sort_values(["measure", by], ascending=[False, True], kind="stable", ignore_index=True)


def _chances(found: MeetingSet, ahead: Foresight) -> pd.DataFrame:
    columns = ["measure", "share", "goal", "date", "chance"]
    if not _foreseen(ahead):
        return pd.DataFrame(columns=columns)
    ends = pd.date_range(ahead.as_of, ahead.until, freq="ME")
    days = sorted({*ends, pd.Timestamp(ahead.target), pd.Timestamp(ahead.until)})
    return pd.concat(
        [ahead.chances(found.view.scope, days, measure=measure) for measure in ("used", "issued")], ignore_index=True
    )[columns]


def _foreseen(ahead: Foresight) -> bool:
    return not ahead.why_not and bool(ahead.quota)
