"""Who works, where it waits, and what each week has to bring: the slides of LP3H, funnel and deadline."""

from typing import TYPE_CHECKING, Final

import halal_metrics as hm
from halal_metrics.activity import ACTIVE_DAYS
from halal_ui import sentences
from halal_ui.look.cards import Card
from halal_ui.snapshot.now import View
from halal_ui.story.allocations import MOST, allocations
from halal_ui.story.pictures import Bar, Bars
from halal_ui.story.slide import Slide
from halal_ui.views.deadlines import ranked, total
from halal_ui.views.scorecard import needed_until
from halal_ui.views.shown import Table
from halal_ui.words.columns import columns_for
from halal_ui.words.formats import fmt_count, fmt_rate
from halal_ui.words.labels import ACTOR_LABEL, STAGE_SHORT, WAITING_LABEL
from halal_ui.words.notes import WHERE

if TYPE_CHECKING:
    from halal_ui.snapshot.meeting_set import MeetingSet

NEEDED: Final = "remaining pace_per_week required_per_week projected_date at_risk status".split()
"""Columns of the deadline's table, beside the place."""

_TONE: Final = {"quota": "quota", "issued": "issued"}


def work(found: "MeetingSet") -> list[Slide]:
    """The slides `lp3h`, `corong` and `tenggat`."""
    return [_institutions(found.view), _steps(found.view), _deadline(found.view)]


def _institutions(view: View) -> Slide:
    gaps, active = view.gaps(["lp3h"]), view.active_p3h()
    named = active[active["lp3h"].notna()]
    at_work, people = (named["submitted"] > 0).sum(), named["active_p3h"].sum()
    of = max(len(named), gaps["lp3h"].notna().sum())
    more = len(gaps) - MOST
    return Slide(
        key="lp3h",
        name="LP3H",
        title=sentences.titled(sentences.furthest_behind(gaps, hm.shortfall(gaps))),
        figures=(
            Card("LP3H mengajukan", fmt_count(at_work), f"dari {fmt_count(of)} LP3H", f"{ACTIVE_DAYS} hari terakhir"),
            Card("Pendamping aktif", fmt_count(people), "orang", f"{ACTIVE_DAYS} hari terakhir"),
        ),
        picture=allocations(view, "LP3H terhadap kuotanya", active=True),
        lines=(
            sentences.quiet_lp3h(active),
            *([f"Dan {fmt_count(more)} LP3H lain: lihat halaman LP3H."] if more > 0 else []),
        ),
    )


def _steps(view: View) -> Slide:
    funnel, backlog = view.funnel(), view.backlog()
    return Slide(
        key="corong",
        name="Corong",
        title=sentences.titled(sentences.funnel_answer(funnel, backlog)),
        figures=tuple(
            Card(
                STAGE_SHORT[step["stage"]],
                fmt_count(step["reached"]),
                {"quota": "kuota", "issued": "sertifikat"}.get(step["stage"], "pengajuan"),
                *((fmt_rate(step["share_of_quota"]), "dari kuota") if step["stage"] != "quota" else ()),
                tone=_TONE.get(step["stage"], "used"),
            )
            for step in funnel.to_dict("records")
        ),
        picture=waiting_picture(view),
    )


def waiting_picture(view: View) -> Bars:
    """What waits at each step, and whose step it is; first what has not been submitted."""
    unused = max(int(view.absorption()["remaining"].iloc[0]), 0)
    steps = [(WHERE["quota"], unused, "kuota", "lp3h"), *(
        (WAITING_LABEL[row["stage"]], row["waiting"], "pengajuan", row["actor"])
        for row in view.backlog().to_dict("records")
    )]  # fmt: skip
    return Bars(
        name="Menunggu di mana, dan giliran siapa",
        unit="pengajuan",
        bars=tuple(
            Bar(
                label,
                float(max(count, 0)),
                f"{fmt_count(count)} {unit}",
                note=f"giliran {'pelaku usaha' if actor == 'business' else ACTOR_LABEL[actor]}",
                tone="quota" if unit == "kuota" else "used",
            )
            for label, count, unit, actor in steps
        ),
        alt="; ".join(f"{label}: {fmt_count(count)} {unit}" for label, count, unit, _ in steps) + ".",
    )


def _deadline(view: View) -> Slide:
    title, rest = sentences.halves(sentences.deadlines_answer(view.gaps(["kab_kota"]), view.gaps()))
    past = bool((view.gaps()["days_left"] < 0).fillna(False).all())
    table = Table(
        ranked(view, "kab_kota")[["kab_kota", *NEEDED]],
        caption="Yang paling banyak tersisa pada tenggat lebih dulu",
        name="tenggat",
        columns=columns_for("deadline_gaps", measure="submitted"),
        total={"remaining": view.gaps()["remaining"].iloc[0], **total(view)},
    )
    takes = sentences.what_it_takes(view.ahead()) if past else ""
    return Slide(
        key="tenggat",
        name="Tenggat",
        title=sentences.titled(title),
        tables=(table,) if len(table.frame) else (),
        lines=tuple(filter(None, (rest, takes, needed_until(view)))),
    )
