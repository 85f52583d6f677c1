"""Peristiwa: what an outage, a holiday, a campaign cost or brought, beside what the days before it let expect."""

from dataclasses import dataclass

from halal_ui import charts
from halal_ui.sentences.events import COUNTED, effect_line, events_answer
from halal_ui.snapshot.effects import DAYS_ONLY, effects, phrases
from halal_ui.snapshot.now import View
from halal_ui.views.obstacles import Notes
from halal_ui.views.shown import Chart, Table
from halal_ui.words.columns import Column, Columns, columns_for

COLUMNS: Columns = columns_for("event_effects") | {
    "stage": Column("Yang dihitung", "text"),
    "kind": Column("Jenis", "text"),
}
SHOWN = ["event", "kind", "start_date", "end_date", "working_days", "stage", "done", "expected", "low", "high",
         "difference", "clear"]  # fmt: skip


@dataclass(frozen=True)
class Events:
    answer: str
    chart: Chart
    table: Table


def events(view: View, dark: bool, *, notes: Notes) -> Events:
    """What each event that has ended by the day looked at did to what the scope counts."""
    scope = view.scope
    noted = notes.events[~notes.events["kind"].isin(DAYS_ONLY)]
    found = effects(view.progress, notes.events, as_of=scope.as_of)
    lines = [f"{row['event']}: {effect_line(row)}" for row in found.to_dict("records")]
    return Events(
        answer=events_answer({name: phrase for (name, *_), phrase in phrases(found).items()}, noted=len(noted)),
        chart=Chart(charts.effect_bars(found, dark=dark), ". ".join(["Akibat peristiwa", *lines]) + "."),
        table=Table(
            found.assign(stage=found["stage"].map(COUNTED).astype("str"))[SHOWN],
            caption=f"Peristiwa yang sudah berakhir, dan akibatnya; {scope.in_words}",
            name="akibat-peristiwa",
            columns=COLUMNS,
            metrics=("event_effects",),
        ),
    )
