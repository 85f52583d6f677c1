"""What was noted for a meeting, as tables of its papers: obstacles, actions and decisions, in the office's words."""

from dataclasses import replace
from typing import Any, Final

import pandas as pd

from halal_ui.snapshot.effects import in_words
from halal_ui.snapshot.meeting_set import MeetingSet
from halal_ui.views.shown import Table
from halal_ui.words.columns import Column, Columns, columns_for
from halal_ui.words.formats import fmt_count, fmt_date, fmt_signed, is_missing
from halal_ui.words.labels import ALL_LP3H, ALL_PLACES_SHORT, STAGE_SHORT
from halal_ui.words.notes import EVENT
from halal_ui.words.shortened import named

# a place that is missing in a note means all of them, not that nobody knows
_PLACES: Final = {"kab_kota": Column("Kab/kota", "text"), "lp3h": Column("LP3H", "text")}
_OBSTACLES: Final[Columns] = columns_for("obstacles") | _PLACES
_ACTIONS: Final[Columns] = (
    columns_for("actions")
    | _PLACES
    | {
        "due_date": Column("Tenggat", "date"),  # as on the slides
        "evidence": Column("Bukti dan catatan", "text"),
        "meeting": Column("Dicatat pada rapat", "text"),
        "remark": Column("Keterangan", "text"),
    }
)
_DECISIONS: Final[Columns] = {"text": Column("Keputusan", "text"), "meeting": Column("Rapat", "text")}

_EVENTS: Final[Columns] = {
    "date": Column("Tanggal", "date"),
    "until_date": Column("Sampai", "date"),
    "kind": Column("Jenis", "text"),
    "text": Column("Peristiwa", "text"),
    "effect": Column("Akibatnya", "text"),
}

_SHOWN: Final = {
    "obstacle": ["category", "text", "kab_kota", "lp3h", "stage", "alone", "at_stake", "cumulative_share", "actor"],
    "action": [
        "problem", "action", "responsible", "due_date", "indicator", "status", "days_late", "kab_kota", "lp3h", "stage",
        "number_then", "number_now", "moved", "evidence", "meeting", "remark",
    ],
}  # fmt: skip


def obstacle_table(found: MeetingSet) -> Table:
    """Those that still hold, the one with most certificates at stake first."""
    frame = _placed(found.obstacles)
    caption = f"Kendala per {fmt_date(found.meeting.as_of)}"
    return Table(frame[_SHOWN["obstacle"]], caption, "kendala", _OBSTACLES, metrics=("at_stake",))


def action_table(found: MeetingSet) -> Table:
    """Overdue ones first, each with the number it was to move."""
    actions = found.actions
    frame = _placed(actions)
    caption = f"Tindak lanjut per {fmt_date(found.meeting.as_of)}"
    compared = found.meeting.previous is not None
    remarks = [_remark(action, compared) for action in frame.to_dict("records")]
    told = frame.assign(remark=pd.Series(remarks, frame.index, dtype="str"))
    return Table(told[_SHOWN["action"]], caption, "tindak-lanjut", _ACTIONS, metrics=("action_numbers",))


def _remark(action: dict[Any, Any], compared: bool) -> str:
    """How late it is, how its number moved, and what was reported: one line each."""
    late, moved, evidence = action["days_late"], action["moved"], action["evidence"]
    lines = [] if is_missing(late) else [f"Lewat {fmt_count(late)} hari."]
    if compared and not is_missing(moved):
        change = f"{fmt_count(action['number_then'])} → {fmt_count(action['number_now'])} pengajuan"
        lines.append(f"{named(STAGE_SHORT, action['stage'])}: {change} ({fmt_signed(moved)}).")
    return "\n".join([*lines, *([] if is_missing(evidence) else [evidence])])


def decision_table(found: MeetingSet) -> Table:
    """Those of this meeting."""
    decisions = found.meeting.decisions
    own = decisions[decisions["meeting"] == found.meeting.id]
    return Table(
        own[list(_DECISIONS)].reset_index(drop=True), f"Keputusan rapat {found.meeting.id}", "keputusan", _DECISIONS
    )


def event_table(found: MeetingSet) -> Table:
    """The earliest first, each with what it cost or brought."""
    events = found.meeting.events.sort_values("date", kind="stable", ignore_index=True)
    kinds = events["kind"].map(EVENT).fillna(events["kind"]).astype("str")
    frame = events.assign(kind=kinds, effect=in_words(found.effects, events))[list(_EVENTS)]
    return Table(frame, "Peristiwa", "peristiwa", _EVENTS, metrics=("event_effects",))


def recent_events(found: MeetingSet) -> Table:
    """Those that were still going after the meeting before, and had begun by this one."""
    table, before = event_table(found), found.meeting.previous
    first, last = table.frame["date"], table.frame["until_date"].fillna(table.frame["date"])
    recent = first <= found.numbers.as_of
    if before is not None:
        recent &= last > before.as_of
    caption = "Peristiwa" if before is None else f"Peristiwa sejak rapat {fmt_date(before.as_of)}"
    return replace(table, frame=table.frame[recent].reset_index(drop=True), caption=caption)


def _placed(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(kab_kota=frame["kab_kota"].fillna(ALL_PLACES_SHORT), lp3h=frame["lp3h"].fillna(ALL_LP3H))
