"""Ramalan dan kenyataan: what was foreseen on days gone by, and what came."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from halal_ui import charts
from halal_ui.sentences.charts import alt_curve
from halal_ui.sentences.record import INVENTED, record_answer, record_made_of
from halal_ui.snapshot.forecast_record import ForecastRecord
from halal_ui.snapshot.marks import Mark
from halal_ui.snapshot.now import View
from halal_ui.views.shown import Chart, Table
from halal_ui.words.columns import Column, Columns, columns_for
from halal_ui.words.formats import fmt_date

BEYOND: Final = pd.Timedelta(days=14)

SHOWN: Final = ["as_of", "date", "measure", "p10", "p50", "p90", "truth", "inside"]


@dataclass(frozen=True)
class Record:
    answer: str
    invented: str
    made_of: str
    curve: Chart | None
    table: Table


def days_of(record: ForecastRecord) -> dict[str, date]:
    """The days from which something was foreseen: as they are written, and themselves; that to be shown first first."""
    told = [one.look for one in reversed(record.looks) if not one.why_not]
    told.sort(key=lambda look: not look.meeting)  # the latest meeting, which everybody remembers
    return {f"{fmt_date(look.as_of)}{' · rapat' if look.meeting else ''}": look.as_of for look in told}


def forecast_record(
    view: View, dark: bool, *, record: ForecastRecord, day: date | None, invented: bool, marks: tuple[Mark, ...] = ()
) -> Record:
    """`day`: the one whose forecast is drawn. The record is of the whole programme; so is `view` to be."""
    made = [one for one in record.looks if not one.why_not]
    meetings = sum(bool(one.look.meeting) for one in made)
    said = record_made_of(
        meetings, len(made) - meetings, [one.look.as_of for one in record.looks if one.why_not], record.last
    )
    newest_first = record.pairs.sort_values(["as_of", "date"], ascending=[False, True], kind="stable")
    return Record(
        answer=record_answer(record.pairs),
        invented=INVENTED if invented else "",
        made_of=said,
        curve=None if day is None else _curve(view, record, day, marks, dark=dark),
        table=Table(
            newest_first[SHOWN].reset_index(drop=True),
            caption=f"Yang diramalkan dan yang terjadi, seluruh program; kenyataan sampai {fmt_date(record.last)}",
            name="ramalan-dan-kenyataan",
            columns=_COLUMNS,
            metrics=("forecast",),
        ),
    )


_COLUMNS: Final[Columns] = columns_for("forecast") | {
    "as_of": Column("Diramalkan pada", "date"),
    "date": Column("Untuk tanggal", "date"),
    "truth": Column("Kenyataan", "count", "pelaku usaha"),
    "inside": Column("Kenyataan terhadap pita", "inside"),
}


def _curve(view: View, record: ForecastRecord, day: date, marks: tuple[Mark, ...], *, dark: bool) -> Chart:
    """The forecast of that day as bands, and over it what came; no further than a little beyond what is known."""
    frame = next(one.frame for one in record.looks if one.look.as_of == day)
    frame = frame[frame["date"] <= pd.Timestamp(record.last) + BEYOND]
    curve = view.curve(until=frame["date"].max().date())
    drawn = charts.s_curve(curve, as_of=record.last, deadlines=view.deadlines, marks=marks, forecast=frame, dark=dark)
    alt = alt_curve(curve, as_of=record.last, forecast=frame)
    return Chart(drawn, f"Diramalkan pada {fmt_date(day)}. {alt}")
