"""Slot macet: applications that stay longer than is usual, whose turn each is, and in which file it stands."""

from dataclasses import dataclass
from typing import Final

from halal_ui.sentences.durations import stalled_answer
from halal_ui.snapshot.now import View
from halal_ui.snapshot.stays import Stays
from halal_ui.views.shown import Table
from halal_ui.words.columns import Column, columns_for

COLUMNS = columns_for("stalled") | {
    "registration_number": Column("No. Daftar", "text"),
    "business_name": Column("Pelaku usaha", "text"),
    "source_file": Column("Berkas", "text"),
    "source_sheet": Column("Lembar", "text"),
    "source_row": Column("Baris", "count"),
}
SHOWN = [
    "registration_number", "actor", "stage", "days", "limit_days", "over_days", "entered_date", "lp3h", "p3h",
    "kab_kota", "business_name", "source_file", "source_sheet", "source_row",
]  # fmt: skip

_NOTE: Final = (
    "Menunggu lebih lama daripada 9 dari 10 pengajuan di langkah yang sama. Yang di BPJPH dan Komite Fatwa bukan "
    "giliran LP3H; yang dikembalikan menunggu pelaku usaha."
)


@dataclass(frozen=True)
class Stalled:
    answer: str
    note: str
    """What the list shows; without rows, that nobody is stalled."""
    table: Table


def stalled(view: View, dark: bool, *, stays: Stays) -> Stalled:
    """The longest over what is usual first; where nobody is stalled, a sentence and no rows."""
    found = stays.stuck(view.scope)
    answer = stalled_answer(found, measured=stays.measured)
    return Stalled(
        answer=answer,
        note=_NOTE if len(found) else answer,
        table=Table(
            found[SHOWN],
            caption=f"Slot macet, yang paling lewat dari biasanya lebih dulu; {view.scope.in_words}",
            name="slot-macet",
            columns=COLUMNS,
            metrics=("stalled",),
        ),
    )
