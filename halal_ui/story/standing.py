"""Where the programme stands: how much is used and issued, and the S-curve."""

import pandas as pd

from halal_ui import sentences
from halal_ui.look.cards import Card
from halal_ui.sentences.charts import alt_curve
from halal_ui.snapshot.marks import by_day, target_dates
from halal_ui.snapshot.meeting_set import MeetingSet
from halal_ui.snapshot.now import View
from halal_ui.story.pictures import Bar, Bars, Curve
from halal_ui.story.slide import Slide
from halal_ui.views.headline import headline
from halal_ui.words.formats import fmt_count, fmt_date, fmt_points, fmt_signed
from halal_ui.words.labels import STAGE_SHORT, STATUS_LABEL, STATUS_MARK


def standing(found: MeetingSet) -> tuple[Slide, Slide]:
    """The slides `posisi` and `kurva`."""
    view = found.view
    answer = sentences.where_we_stand(view.gaps(), view.absorption(), as_of=view.scope.as_of)
    title, rest = sentences.halves(answer)
    return (
        Slide(
            key="posisi",
            name="Posisi",
            title=title,
            figures=headline(view)[:3],
            picture=_of_the_quota(view),
            lines=tuple(filter(None, (rest, _takes(view)))),
        ),
        _curve(view, found),
    )


def _takes(view: View) -> str:
    """While the deadline is ahead, the answer says it already."""
    past = bool(view.gaps()["days_left"].lt(0).all())
    return sentences.what_it_takes(view.ahead()) if past else ""


def _of_the_quota(view: View) -> Bars:
    row, gap = view.absorption().iloc[0], view.gaps().iloc[0]
    quota, planned = float(row["quota"]), float(gap["planned"])
    told = (
        (STAGE_SHORT["submitted"], row["used"], "pengajuan", "used"),
        (STAGE_SHORT["issued"], row["issued"], "sertifikat", "issued"),
    )
    return Bars(
        name="Dimanfaatkan dan terbit",
        unit="kuota",
        bars=tuple(
            Bar(label, max(float(count), 0.0), f"{fmt_count(count)} {unit}", of=quota, mark=planned or None, tone=tone)
            for label, count, unit, tone in told
        ),
        of_label=f"kuota {fmt_count(quota)}",
        mark_label=f"rencana {fmt_count(planned)}" if planned else "",
        alt=f"Dari {fmt_count(quota)} kuota: {fmt_count(row['used'])} dimanfaatkan, {fmt_count(row['issued'])} terbit.",
    )


def _curve(view: View, found: MeetingSet) -> Slide:
    as_of = pd.Timestamp(view.scope.as_of)
    gaps, absorption = view.gaps(), view.absorption()
    gap, row = gaps.iloc[0], absorption.iloc[0]
    return Slide(
        key="kurva",
        name="Kurva S",
        title=sentences.curve_answer(gaps, absorption, as_of=as_of),
        figures=(
            Card("Rencana", fmt_count(gap["planned"]), "kuota", f"per {fmt_date(as_of)}", tone="quota"),
            Card(STAGE_SHORT["submitted"], fmt_count(row["used"]), "pengajuan", tone="used"),
            Card(STAGE_SHORT["issued"], fmt_count(row["issued"]), "sertifikat", tone="issued"),
            Card(
                "Selisih dari rencana",
                fmt_signed(gap["gap"]),
                "pengajuan",
                fmt_points(gap["gap_rate"]),
                f"{STATUS_MARK[gap['status']]} {STATUS_LABEL[gap['status']]}",
                gap["status"],
            ),
        ),
        picture=curve_picture(view, found),
    )


def curve_picture(view: View, found: MeetingSet) -> Curve:
    """The S-curve of the view, marked with the target dates, the events and the meetings of the set."""
    as_of, curve, done = pd.Timestamp(view.scope.as_of), view.curve(), ["submitted", "issued"]
    shown = curve[["date", "planned", *done]]
    shown = shown.assign(**shown[done].astype(float).where(shown["date"] <= as_of))
    marks = by_day([*found.marks, *target_dates(view.deadlines)])
    return Curve("Kurva S", shown, as_of, marks=marks, alt=alt_curve(curve, as_of=as_of))
