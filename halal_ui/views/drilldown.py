"""The rows behind a figure: which figures can be asked for, and what is shown of one. No Streamlit."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd

import halal_metrics as hm
from halal_metrics.activity import ACTIVE_DAYS
from halal_metrics.backlog import ACTORS
from halal_metrics.deadlines import PACE_DAYS
from halal_metrics.drilldown.rows import Drilldown, Figure
from halal_metrics.programmes import code_counts
from halal_metrics.schema import STAGES
from halal_ui.snapshot.masked import MaskedTables
from halal_ui.views.shown import Table
from halal_ui.views.to_mend import MOST_CODES
from halal_ui.words.columns import COLUMNS, Column, Columns
from halal_ui.words.formats import fmt_count, fmt_date, fmt_signed
from halal_ui.words.labels import ACTOR_LABEL, APPLICATION_STATUS, STAGE_SHORT, UNKNOWN_GROUP, WAITING_LABEL
from halal_ui.words.names import institution, listing, place


@dataclass(frozen=True)
class Counted:
    """
    A figure on a page. `label` is its name in a list, `said` what follows its number; `back`: only what moved in so
    many days.
    """

    label: str
    said: str
    figure: Figure
    stage: str = "submitted"
    back: int | None = None


def _waits(stage: str, actor: str) -> Counted:
    label = WAITING_LABEL[stage]
    return Counted(f"{label} · giliran {ACTOR_LABEL[actor]}", label[0].lower() + label[1:], "turn", stage)


def _stands(stage: str) -> Counted:
    step = STAGE_SHORT[stage]
    said = f"belum lanjut dari tahap {step}, termasuk yang dikembalikan"
    return Counted(f"Belum lanjut dari {step} (dengan yang dikembalikan)", said, "waiting", stage)


FIGURES: Final[dict[str, Counted]] = {
    "used": Counted(STAGE_SHORT["submitted"], "dimanfaatkan", "reached"),
    "verified": Counted("Sampai di Terverifikasi", "sudah terverifikasi", "reached", "verified"),
    "fatwa": Counted("Sampai di Komite Fatwa", "sudah sampai di Komite Fatwa", "reached", "fatwa"),
    "decided": Counted("Sampai di Ditetapkan", "sudah ditetapkan halal", "reached", "decided"),
    "issued": Counted(STAGE_SHORT["issued"], "sudah terbit sertifikatnya", "reached", "issued"),
    "used-recent": Counted(
        "Dimanfaatkan, 4 pekan terakhir", "dimanfaatkan dalam 4 pekan terakhir", "reached", back=PACE_DAYS
    ),
    "issued-recent": Counted(
        "Terbit, 4 pekan terakhir", "terbit sertifikatnya dalam 4 pekan terakhir", "reached", "issued", PACE_DAYS
    ),
    **{f"turn-{stage}": _waits(stage, actor) for stage, actor in ACTORS.items()},
    **{f"waiting-{stage}": _stands(stage) for stage in ("submitted", "verified", "fatwa", "decided")},
    "active": Counted(
        f"Diajukan, {ACTIVE_DAYS} hari terakhir",
        f"diajukan dalam {ACTIVE_DAYS} hari terakhir",
        "active",
        back=ACTIVE_DAYS,
    ),
    "draft": Counted("Draf (belum memakai kuota)", "masih draf dan belum memakai kuota", "draft"),
}
"""Name of a figure → what it is: every count of applications that a monitor page shows."""

DONE: Final = {"submitted": "used", "issued": "issued"}
"""`measure` of a scope → the figure that is done."""

RECENT: Final = {measure: f"{figure}-recent" for measure, figure in DONE.items()}
"""The same of the last four weeks: what a pace is reckoned from."""

REACHED: Final = {"quota": "used", "submitted": "used"} | {name: name for name in STAGES[1:]}
"""Step of a funnel → how many came so far. Of the quota there are rows of what has been used."""

TURNS: Final = {stage: f"turn-{stage}" for stage in ACTORS}
"""Step of a backlog → who waits there."""


@dataclass(frozen=True)
class Asked:
    """A figure of FIGURES, for a place and an institution: None for all, UNKNOWN_GROUP for those not named."""

    figure: str
    kab_kota: str | None = None
    lp3h: str | None = None

    @property
    def group(self) -> dict[str, str | None]:
        """
        As `halal_metrics.drilldown.rows` takes it.

        >>> Asked("used", kab_kota="Kota Bontang", lp3h="Belum dirinci").group
        {'kab_kota': 'Kota Bontang', 'lp3h': None}
        """
        chosen = {"kab_kota": self.kab_kota, "lp3h": self.lp3h}
        return {name: None if label == UNKNOWN_GROUP else label for name, label in chosen.items() if label is not None}


@dataclass(frozen=True)
class Rows:
    """What is shown: a headline with the figure, notes on it, its rows, recap lines if any, and rows per file."""

    count: int
    headline: str
    notes: list[str]
    table: Table
    recaps: Table | None
    files: pd.Series


COUNT: Final = Column("Hitungan", "signed")
APPLICATIONS: Final[Columns] = COLUMNS | {
    "registration_number": Column("No. Daftar", "text"),
    "business_name": Column("Pelaku usaha", "text"),
    "owner_name": Column("Pemilik (disamarkan)", "text"),
    "status": Column("Status terakhir", "text"),
    "date": Column("Sejak", "date"),
    "count": COUNT,
    "source_file": Column("Berkas", "text"),
    "source_sheet": Column("Lembar", "text"),
    "source_row": Column("Baris", "count"),
}
RECAPS: Final[Columns] = APPLICATIONS | {
    "date": Column("Per tanggal", "date"),
    "count": Column("Jumlah", "count", "pengajuan"),
}


def drilldown_of(tables: MaskedTables, asked: Asked, as_of: date) -> Drilldown:
    """What a figure is made of as of a day, as it is in the tables."""
    counted = FIGURES[asked.figure]
    return hm.drilldown(
        tables.applications,
        tables.recaps,
        tables.statements,
        figure=counted.figure,
        stage=counted.stage,
        as_of=as_of,
        since=None if counted.back is None else as_of - timedelta(counted.back),
        group=asked.group,
    )


def rows_behind(tables: MaskedTables, asked: Asked, as_of: date) -> Rows:
    """The rows behind a figure as of a day."""
    counted, found = FIGURES[asked.figure], drilldown_of(tables, asked, as_of)
    where = (
        "semua kabupaten/kota" if asked.kab_kota is None else place(asked.kab_kota),
        "semua LP3H" if asked.lp3h is None else institution(asked.lp3h),
    )
    headline = " · ".join((f"{fmt_count(found.count)} pengajuan {counted.said}", *where, f"per {fmt_date(as_of)}"))
    name = f"baris-{asked.figure}"
    return Rows(
        count=found.count,
        headline=headline,
        notes=_notes(found, flow=counted.back is not None),
        table=Table(_applications(found), caption=headline, name=name, columns=_columns(counted)),
        recaps=Table(_recaps(found), caption=f"{headline} · dari rekap", name=f"{name}-rekap", columns=RECAPS)
        if len(found.recaps)
        else None,
        files=pd.concat([found.applications["source_file"], found.recaps["source_file"]]).value_counts(),
    )


def left_out(others: pd.DataFrame, asked: Asked) -> list[str]:
    """What is to be said of the applications of other programmes that are in no figure; nothing where none is there."""
    there = pd.Series(True, others.index)
    for column, name in asked.group.items():
        there &= others[column].isna() if name is None else others[column] == name
    counts = code_counts(others[there])
    if not counts:
        return []
    named = listing([f"{code} ({fmt_count(count)})" for code, count in [*counts.items()][:MOST_CODES]])
    return [
        f"{fmt_count(sum(counts.values()))} pengajuan berkode program lain tidak ada di angka mana pun: {named}. "
        "Daftarnya ada di Mutu data, bagian Perlu dibetulkan."
    ]


def _columns(counted: Counted) -> Columns:
    return APPLICATIONS if counted.back is None else APPLICATIONS | {"date": Column("Tanggal", "date")}


def _notes(found: Drilldown, *, flow: bool) -> list[str]:
    """What has to be known to add up the rows."""
    notes, counts = [], found.applications["count"]
    came, went = int(counts.clip(lower=0).sum()), int(counts.clip(upper=0).sum())
    if found.of_recaps:
        rest = f"{fmt_count(found.of_applications)} dengan baris di bawah ini, "
        notes.append(
            f"{rest if len(counts) else ''}{fmt_count(found.of_recaps)} dari rekap, tanpa rincian per pelaku usaha."
        )
    if went and flow:
        notes.append(
            f"{fmt_signed(came)} masuk, {fmt_signed(went)} keluar (ditolak, dibatalkan atau diganti): "
            f"bersih {fmt_signed(came + went)}."
        )
    elif went:
        notes.append(
            "Baris dengan hitungan negatif mengurangi angka ini: tanggal tahapnya tidak urut, atau kab/kota atau LP3H "
            "yang tertulis berubah setelah dikembalikan. Periksa di berkas asalnya."
        )
    return notes


def _applications(found: Drilldown) -> pd.DataFrame:
    rows = found.applications
    known = rows["status"].map(APPLICATION_STATUS).astype("str")
    shown = [
        *("registration_number", "business_name", "owner_name", "kab_kota", "lp3h", "status", "date"),
        *(["count"] if np.any(rows["count"] != 1) else []),
        *("source_file", "source_sheet", "source_row"),
    ]
    return rows.assign(status=known.fillna(rows["status_raw"]))[shown]


def _recaps(found: Drilldown) -> pd.DataFrame:
    return found.recaps[["kab_kota", "lp3h", "count", "date", "source_file", "source_sheet", "source_row"]]
