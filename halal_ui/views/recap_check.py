"""Rekonsiliasi: what recaps claim, what the register says, and the difference explained to the last application."""

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from halal_metrics.definitions import DEFINITIONS
from halal_metrics.reconciling.claim import CAUSES
from halal_metrics.schema import SOURCE
from halal_ui.snapshot.now import View
from halal_ui.snapshot.quality_set import QualitySet, within
from halal_ui.views.shown import Table
from halal_ui.words.columns import COLUMNS, Column
from halal_ui.words.formats import fmt_count, fmt_date
from halal_ui.words.labels import APPLICATION_STATUS, STAGE_SHORT
from halal_ui.words.names import institution, listing, place

SHOWN: Final = 200
TOLD: Final = 12
"""Differences told in words; the table has all."""

_DIFFERENCES: Final = "Selisih rekap dari register dan sebabnya"

_TODO: Final = {
    "other_place": "lengkapi kab/kota atau LP3H pada baris registernya",
    "left": "cocokkan yang ditolak, dibatalkan, atau diganti dengan {lp3h}",
    "after_cutoff": "periksa tanggal tahapnya",
    "behind": "mintalah {lp3h} memperbarui tahapnya di register",
    "neighbour": "tanyakan kepada {lp3h} di mana tempat yang benar",
    "missing": "mintalah rincian per pelaku usaha dari {lp3h}",
    "recap_only": "mintalah register per pelaku usaha dari {lp3h}",
    "duplicate": "putuskan di bagian Kemungkinan ganda",
    "returned": "sepakati bahwa yang dikembalikan tetap dihitung",
    "uncounted": "mintalah {lp3h} mencocokkan baris itu",
}
"""Cause → what to do about it."""

_COLUMNS: Final = COLUMNS | {
    "stage": Column("Tahap", "text"),
    "cause": Column("Sebab", "text"),
    "statement_date": Column("Rekap per", "date"),
    "registration_number": Column("No. daftar", "text"),
    "business_name": Column("Usaha", "text"),
    "register_kab_kota": Column("Kab/kota di register", "place"),
    "register_lp3h": Column("LP3H di register", "lp3h"),
    "status": Column("Status kini", "text"),
    "date": Column("Tanggal yang menentukan", "date"),
    "certain": Column("Kepastian", "text"),
    "there": Column("Di register", "text"),
    "origin": Column("Berkas · lembar · baris", "text"),
    "source_file": Column("Berkas", "text"),
    "source_sheet": Column("Lembar", "text"),
    "source_row": Column("Baris", "count"),
}


@dataclass(frozen=True)
class RecapCheck:
    answer: str
    told: list[str]
    """Differences of what is counted in the scope, in words."""
    differences: Table
    whole_differences: Table
    rows: Table
    """The rows an explanation rests on, as many as a page bears, their origin in one column."""
    whole_rows: Table
    everything: Table


def recap_check(view: View, dark: bool, *, quality_set: QualitySet) -> RecapCheck:
    scope, found = view.scope, quality_set.reconciliation
    cells, rows = within(found.cells, scope), within(found.rows, scope)
    different = cells[cells["difference"] != 0]
    counted = different[different["stage"] == scope.measure]
    listed = _rows(rows)
    return RecapCheck(
        answer=_answer(cells),
        told=[_difference(cell) for cell in counted.head(TOLD).to_dict("records")],
        differences=_table(different, _DIFFERENCES, "selisih-rekap", scope.in_words, source=False),
        whole_differences=_table(different, _DIFFERENCES, "selisih-rekap", scope.in_words),
        rows=_listed(_brief(listed.head(SHOWN)), scope.in_words),
        whole_rows=_listed(listed, scope.in_words),
        everything=_table(cells, "Semua rekap terakhir dibanding register", "rekonsiliasi", scope.in_words),
    )


def _answer(cells: pd.DataFrame) -> str:
    if cells.empty:
        return "Belum ada rekap untuk pilihan ini. Unggah rekap LP3H atau OPD agar dapat dicocokkan dengan register."
    of_cells = cells.groupby(["kab_kota", "lp3h"], dropna=False)["difference"].agg(lambda part: bool(part.any()))
    agree = int((~of_cells).sum())
    if agree == len(of_cells):
        return f"Semua {fmt_count(len(of_cells))} rekap terakhir cocok dengan register sampai pengajuan terakhir."
    named = int(cells[list(_UNKNOWN)].abs().sum().sum())
    whole = int(cells["difference"].abs().sum())
    rest = (
        f", {fmt_count(named)} di antaranya tanpa baris yang dapat ditunjuk" if named else ", semuanya dengan barisnya"
    )
    return (
        f"{fmt_count(agree)} dari {fmt_count(len(of_cells))} rekap terakhir cocok dengan register sampai pengajuan "
        f"terakhir; selebihnya berbeda {fmt_count(whole)}, dijumlah atas semua tahap{rest}."
    )


_UNKNOWN: Final = ("missing", "recap_only")


def _difference(cell: dict[Any, Any]) -> str:
    """One difference in words, with what to do."""
    more = cell["difference"] > 0
    parts = [
        f"{fmt_count(abs(cell[cause]))} {DEFINITIONS[f'reconcile.{cause}'].name.lower()} – "
        + _TODO[cause].format(lp3h=institution(cell["lp3h"]))
        for cause in CAUSES
        if cell[cause]
    ]
    return (
        f"{place(cell['kab_kota'])} · {institution(cell['lp3h'])}, {STAGE_SHORT[cell['stage']].lower()} per "
        f"{fmt_date(cell['statement_date'])}: rekap {fmt_count(cell['claimed'])}, register "
        f"{fmt_count(cell['registered'])}; rekap {'lebih' if more else 'kurang'} "
        f"{fmt_count(abs(cell['difference']))}: {listing(parts)}."
    )


def _table(cells: pd.DataFrame, caption: str, name: str, in_words: str, *, source: bool = True) -> Table:
    """Causes that occur; with `source` the recap's own place in its file at the end."""
    causes = [cause for cause in CAUSES if bool(cells[cause].any())]
    names = ["kab_kota", "lp3h", "statement_date", "stage", "claimed", "registered", "difference", *causes]
    table = cells[[*names, *(SOURCE if source else ())]].reset_index(drop=True)
    return Table(
        table.assign(stage=table["stage"].map(STAGE_SHORT)),
        caption=f"{caption}; {in_words}",
        name=name,
        columns=_COLUMNS,
        metrics=("reconcile",),
    )


def _rows(rows: pd.DataFrame) -> pd.DataFrame:
    needed = rows.groupby(["kab_kota", "lp3h", "stage", "cause"], dropna=False)["cause"].transform("size")
    certain = pd.Series("pasti baris ini", rows.index, dtype="str").mask(
        rows["candidates"] > needed,
        "salah satu dari " + rows["candidates"].astype("str") + " yang mungkin",
    )
    names = ["registration_number", "business_name", "kab_kota", "lp3h", "stage", "cause", "certain", "date", "status"]
    names += ["register_kab_kota", "register_lp3h", "source_file", "source_sheet", "source_row"]
    causes = {cause: DEFINITIONS[f"reconcile.{cause}"].name for cause in CAUSES}
    told = rows.assign(
        certain=certain,
        stage=rows["stage"].map(STAGE_SHORT),
        cause=rows["cause"].map(causes),
        status=rows["status"].map(APPLICATION_STATUS),
    )
    return told[names].reset_index(drop=True)


def _brief(listed: pd.DataFrame) -> pd.DataFrame:
    """The same in fewer columns: where the register has a row, only if that is elsewhere; where it was read, in one."""
    there = listed["register_kab_kota"].map(place) + " · " + listed["register_lp3h"].map(institution)
    here = listed["kab_kota"].map(place) + " · " + listed["lp3h"].map(institution)
    row = listed["source_row"].astype("str")
    origin = listed["source_file"] + " · " + listed["source_sheet"] + " · baris " + row
    brief = listed.assign(there=there.where(there != here), origin=origin)
    names = ["registration_number", "business_name", "kab_kota", "lp3h", "stage", "cause", "certain", "date", "status"]
    elsewhere = ["there"] if len(brief) and bool(brief["there"].notna().any()) else []
    return brief[[*names, *elsewhere, "origin"]]


def _listed(rows: pd.DataFrame, in_words: str) -> Table:
    return Table(rows, caption=f"Baris di balik selisih; {in_words}", name="baris-selisih-rekap", columns=_COLUMNS)
