"""What is to come: what will be used and issued by the date of verdicts, and what each LP3H must submit a week."""

from typing import TYPE_CHECKING

import pandas as pd

import halal_metrics as hm
from halal_ui import sentences
from halal_ui.look.cards import Card
from halal_ui.sentences.charts import alt_curve
from halal_ui.sentences.weekly import SURE
from halal_ui.snapshot.foresight import Foresight, WeeklyPlanned
from halal_ui.snapshot.marks import by_day, target_dates
from halal_ui.snapshot.now import View
from halal_ui.story.pictures import Curve
from halal_ui.story.slide import Slide
from halal_ui.views.verdict import sure, verdict
from halal_ui.views.weekly_plan import figures, rows_of, sentences_of, table
from halal_ui.words.formats import fmt_band, fmt_count, fmt_date, short_chance
from halal_ui.words.labels import MEASURE_LABEL

if TYPE_CHECKING:
    from halal_ui.snapshot.meeting_set import MeetingSet

VERDICT, WEEKLY = ("ramalan", "Ramalan"), ("rencana-pekanan", "Rencana pekanan")
"""Keys and names of the slides."""

WAITING = "Ramalan sedang dihitung …"


def foreseen(found: "MeetingSet", *, wait: bool = True) -> list[Slide]:
    """
    The slides `ramalan` and `rencana-pekanan`. What they tell takes seconds to figure, once for a meeting: without
    `wait` they say that it is being figured until it is there.
    """
    numbers = found.numbers
    if not (wait or numbers.is_foreseen):
        return [Slide(*VERDICT, WAITING), Slide(*WEEKLY, WAITING)]
    return [_verdict(found), _weekly(numbers.weekly_plan, numbers.foresight, found.view)]


def _verdict(found: "MeetingSet") -> Slide:
    view, ahead = found.view, found.numbers.foresight
    told = verdict(view, ahead)
    if ahead.why_not or not ahead.quota:
        return Slide(*VERDICT, told.answer)
    return Slide(
        *VERDICT,
        title=told.answer,
        figures=_figures(view, ahead),
        picture=picture(found),
        lines=tuple(filter(None, (told.holds, told.binds))),
    )


def _figures(view: View, ahead: Foresight) -> tuple[Card, ...]:
    bands = {row["measure"]: row for row in ahead.forecast(view.scope, [ahead.target]).to_dict("records")}
    chances = {row["measure"]: row for row in sure(view, ahead, ahead.target).to_dict("records")}
    whole, now = fmt_count(ahead.quota), view.absorption().iloc[0]
    words = {"used": "terpakai", "issued": "terbit"}
    return (
        *(
            Card(
                f"{MEASURE_LABEL[measure]}, ramalan",
                fmt_band(row["p10"], row["p90"]),
                f"dari {whole} kuota",
                SURE,
                f"pada {fmt_date(ahead.target)}; kini {fmt_count(now[measure])}",
                measure,
            )
            for measure, row in bands.items()
        ),
        *(
            Card(
                f"Peluang semua {words[measure]}",
                short_chance(row["chance"]),
                note=f"sampai {fmt_date(ahead.target)}",
                tone=measure,
            )
            for measure, row in chances.items()
        ),
    )


def picture(found: "MeetingSet") -> Curve:
    """The S-curve on to the date of verdicts, with the bands of what is to come."""
    view, ahead = found.view, found.numbers.foresight
    as_of, until = pd.Timestamp(view.scope.as_of), pd.Timestamp(ahead.target)
    last = max([until, *view.deadlines])
    curve = hm.progress_curve(view.quotas, view.progress, by=(), start=view.start, until=last)
    done = ["submitted", "issued"]
    shown = curve[["date", "planned", *done]]
    shown = shown.assign(**shown[done].astype(float).where(shown["date"] <= as_of))
    forecast = ahead.forecast(view.scope, pd.date_range(as_of, until))
    marks = by_day([*found.marks, *target_dates(view.deadlines)])
    alt = alt_curve(curve, as_of=as_of, forecast=forecast)
    told = pd.Timestamp(ahead.reported_by_all())
    return Curve("Kurva S dan ramalan", shown, as_of, marks=marks, alt=alt, ahead=forecast, told_until=min(told, as_of))


def _weekly(planned: WeeklyPlanned | None, ahead: Foresight, view: View) -> Slide:
    if planned is None:
        return Slide(*WEEKLY, weekly_not_planned(ahead))
    answer, *rest = sentences_of(planned, ahead.quota, view.scope.as_of)
    title, more = sentences.halves(answer)
    return Slide(
        *WEEKLY,
        title=title,
        figures=figures(planned),
        tables=(table(planned, rows_of(planned)),),
        lines=tuple(filter(None, (more, *rest))),
    )


def weekly_not_planned(ahead: Foresight) -> str:
    """Why there is no plan."""
    if ahead.why_not:
        return sentences.not_foreseen(ahead.why_not)
    return sentences.no_week(ahead.target, ahead.as_of) or "Belum ada kuota: unggah pembagian kuota."
