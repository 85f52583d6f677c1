"""Since the last meeting: what is new, what moved, what was restated, who was not heard, what fell due."""

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from halal_ui import sentences
from halal_ui.look.cards import Card
from halal_ui.story.promises import ACTIONS, as_rows
from halal_ui.story.slide import Slide
from halal_ui.views.shown import Table
from halal_ui.words.columns import COLUMNS, Column
from halal_ui.words.formats import fmt_count, fmt_date
from halal_ui.words.names import CHANGE, GROUP_UNIT, WRITE

if TYPE_CHECKING:
    from halal_ui.snapshot.meeting_set import MeetingSet

CHANGED: Final = COLUMNS | {
    "new": Column(CHANGE["new"], "count", "pengajuan"),
    "moved": Column("Maju tahap", "count", "kali"),
    "issued": Column(CHANGE["issued"], "signed", "sertifikat"),
    "returned": Column(CHANGE["returned"], "count", "pengajuan"),
    "left": Column(CHANGE["left"], "count", "pengajuan"),
    "restated": Column(CHANGE["restated"], "signed", "pengajuan"),
}
"""What changed, column by column."""

_ROWS, _DUE = 11, 5
"""Groups, and promises, on a slide."""


def changes(found: "MeetingSet") -> list[Slide]:
    """
    The slides `sejak`, `sejak-lp3h` and, where promises fell due, `sejak-janji`; of a first meeting one that says that
    there is nothing to compare with.
    """
    before = found.meeting.previous
    whole = found.changes_since(())
    if before is None or whole is None:
        title = sentences.first_meeting(found.view.absorption(), start=found.view.start)
        missing = "Yang baru, maju tahap, terbit, dikembalikan dan keluar tampil di sini mulai rapat berikutnya."
        return [Slide("sejak", "Sejak rapat terakhir", title, lines=(missing,))]
    restated = sentences.restated_line(whole, then=before.as_of)
    return [
        Slide(
            key="sejak",
            name="Sejak rapat terakhir",
            title=sentences.changes_since_answer(whole, then=before.as_of),
            figures=_cards(whole),
            tables=(_by(found, "kab_kota", whole, then=before.as_of),),
            lines=(restated,) if restated else (),
        ),
        Slide(
            key="sejak-lp3h",
            name="Sejak rapat terakhir: LP3H",
            title=sentences.not_reporting_answer(found.not_reporting, then=before.date),
            tables=(_by(found, "lp3h", whole, then=before.as_of),),
        ),
        *_fell_due(found.due),
    ]


def _cards(whole: pd.DataFrame) -> tuple[Card, ...]:
    row = with_moved(whole).iloc[0]
    return tuple(_card(CHANGED[name], row[name], _TONE[name]) for name in _SHOWN)


def _card(column: Column, count: Any, tone: str) -> Card:
    return Card(column.header, WRITE[column.kind](count), column.unit, tone=tone)


def _by(found: "MeetingSet", by: str, whole: pd.DataFrame, *, then: pd.Timestamp) -> Table:
    """The groups as they are, or those with most that is new where there are more than a slide holds."""
    rows = with_moved(found.changes_since((by,)))
    some = rows if len(rows) <= _ROWS else rows.sort_values("new", ascending=False, kind="stable").head(_ROWS)
    caption = f"Perubahan sejak {fmt_date(then)} per {GROUP_UNIT[by]}"
    if len(some) < len(rows):
        caption += f": {_ROWS} dari {fmt_count(len(rows))} dengan pengajuan baru terbanyak"
    return Table(
        some[[by, *_SHOWN]].reset_index(drop=True),
        caption=caption,
        name=f"sejak-rapat-terakhir-{by.replace('_', '-')}",
        columns=CHANGED,
        total=with_moved(whole)[_SHOWN].iloc[0].to_dict(),
    )


_TONE: Final = {
    "new": "used",
    "moved": "used",
    "issued": "issued",
    "returned": "behind",
    "left": "quota",
    "restated": "quota",
}
_SHOWN: Final = list(_TONE)


def with_moved(rows: pd.DataFrame | None) -> pd.DataFrame:
    """`since` with how often a stage was reached in between: one that went two steps counts twice."""
    assert rows is not None, "there is a meeting before"
    return rows.assign(moved=rows["verified"] + rows["fatwa"] + rows["decided"])


def _fell_due(due: pd.DataFrame) -> list[Slide]:
    if due.empty:
        return []
    more = len(due) - _DUE
    table = Table(as_rows(due.head(_DUE)), caption="Janji yang jatuh tempo", name="janji-jatuh-tempo", columns=ACTIONS)
    return [
        Slide(
            key="sejak-janji",
            name="Sejak rapat terakhir: janji",
            title=sentences.due_answer(due),
            tables=(table,),
            lines=(f"Dan {fmt_count(more)} janji lain: lihat slide tindak lanjut.",) if more > 0 else (),
        )
    ]
