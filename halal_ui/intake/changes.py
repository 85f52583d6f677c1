"""What a commit would change: records before and after, and the headline rates before and after."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd

import halal_metrics as hm
from halal_metrics.personal import PERSONAL_COLUMNS
from halal_store import Tables
from halal_ui.sentences.plans import targets, targets_in_words
from halal_ui.words import uploads
from halal_ui.words.columns import Column
from halal_ui.words.formats import fmt_count, fmt_date, fmt_rate
from halal_ui.words.labels import ROW_UNIT, STAGE_SHORT
from halal_ui.words.masks import mask, masked

CHANGE_COLUMNS: Final = {
    "record": Column("Yang mana", "text"),
    "place": Column("Kab/kota", "text"),
    "column": Column("Kolom", "text"),
    "before": Column("Sebelum", "text"),
    "after": Column("Sesudah", "text"),
}

BEFORE: Final = "_before"
"""Ending of the columns of `Preview.changed` that hold what was known."""

_NOT_TOLD: Final = frozenset({"source_file", "source_sheet", "source_row", "status_raw", "statement_date"})
"""Where a value comes from is not what it is: these change with every upload."""


@dataclass(frozen=True)
class Rates:
    """The headline figures on a day."""

    as_of: date
    quota: int
    used: int
    issued: int
    absorption_rate: float
    issuance_rate: float
    targets: tuple[date, ...] = ()
    """The first and the last target date of the plan; one where they are the same."""

    def same_as(self, other: "Rates") -> bool:
        """Whether the figures are the same, whatever the days."""
        names = ("quota", "used", "issued", "targets")
        return all(getattr(self, name) == getattr(other, name) for name in names)


def rates(tables: Tables, *, as_of: date, codes: Collection[str] = (), progress: pd.DataFrame | None = None) -> Rates:
    """
    Of the programme of these codes, all places and institutions, under the plan in force on that day. `progress`: that
    of the programme's tables, if it is known.
    """
    if progress is None:
        progress = hm.progress(hm.of_programme(tables.applications, codes), tables.recaps)
    plan = hm.plan(tables.quotas, as_of=as_of)
    row = hm.absorption(plan, progress, by=(), as_of=as_of).iloc[0]
    figures = {name: row[name] for name in ("quota", "used", "issued", "absorption_rate", "issuance_rate")}
    return Rates(as_of, **figures, targets=targets(plan))


def arrow(before: str, after: str) -> str:
    """
    >>> arrow("32,0%", "34,1%"), arrow("58", "58")
    ('32,0% → 34,1%', 'tetap 58')
    """
    return f"tetap {after}" if before == after else f"{before} → {after}"


def rates_in_words(before: Rates, after: Rates) -> str:
    """
    What the dashboard's headline becomes.

    >>> rates_in_words(Rates(date(2025, 6, 4), 1000, 320, 58, 0.32, 0.058),
    ...                Rates(date(2025, 6, 4), 1000, 341, 58, 0.341, 0.058))
    'serapan kuota 32,0% → 34,1% (320 → 341 dari 1.000) dan terbit tetap 5,8% (58), per 4 Juni 2025'

    Without a quota there is no rate, only the counts.
    """
    used, issued = (arrow(fmt_count(getattr(before, name)), fmt_count(getattr(after, name))) for name in _COUNTS)
    day = f"per {fmt_date(after.as_of)}"
    if not before.quota and not after.quota:
        return f"dimanfaatkan {used} pengajuan dan terbit {issued} sertifikat, {day}"
    absorbed, out = (arrow(*(_rate(getattr(each, name)) for each in (before, after))) for name in _RATES)
    quota = arrow(fmt_count(before.quota), fmt_count(after.quota)).removeprefix("tetap ")
    used, issued = (each.removeprefix("tetap ") for each in (used, issued))
    told = f"serapan kuota {absorbed} ({used} dari {quota}) dan terbit {out} ({issued})"
    if before.targets != after.targets:
        told += f", tenggat {arrow(*map(targets_in_words, (before.targets, after.targets)))}"
    return f"{told}, {day}"


def _rate(rate: float) -> str:
    """
    >>> _rate(0.452), _rate(float("nan"))
    ('45,2%', 'tidak dapat dihitung tanpa kuota')
    """
    return "tidak dapat dihitung tanpa kuota" if pd.isna(rate) else fmt_rate(rate)


def figures(before: Rates, after: Rates) -> list[tuple[str, str, str, bool]]:
    """
    The headline figure by figure: `name, before → after, unit, whether it changes`.

    >>> day = date(2025, 6, 4)
    >>> told = figures(Rates(day, 1000, 320, 58, 0.32, 0.058, (date(2025, 5, 31),)), Rates(day, 190, 320, 58, 1.7, 0.3))
    >>> for name, text, unit, changes in told:
    ...     print(name, "|", text, unit, "|", changes)
    Dimanfaatkan | tetap 320 pengajuan | False
    Terbit | tetap 58 sertifikat | False
    Kuota | 1.000 → 190 kuota | True
    Tenggat | 31 Mei 2025 → tidak ditetapkan  | True
    """
    pairs = [
        ("Dimanfaatkan", fmt_count(before.used), fmt_count(after.used), "pengajuan"),
        ("Terbit", fmt_count(before.issued), fmt_count(after.issued), "sertifikat"),
        ("Kuota", fmt_count(before.quota), fmt_count(after.quota), "kuota"),
        ("Tenggat", targets_in_words(before.targets), targets_in_words(after.targets), ""),
    ]
    return [(name, arrow(was, becomes), unit, was != becomes) for name, was, becomes, unit in pairs]


_COUNTS: Final = ("used", "issued")
_RATES: Final = ("absorption_rate", "issuance_rate")


def counts_in_words(counts: dict[str, int], table: str) -> str:
    """
    >>> counts_in_words({"new": 21, "changed": 38, "same": 1054}, "applications")
    '21 pengajuan baru · 38 berubah · 1.054 sama'

    What vanishes, since it turned out to be another's or its plan is replaced, is told where there is any.
    """
    new, changed, same = (fmt_count(counts[name]) for name in ("new", "changed", "same"))
    gone = f" · {fmt_count(counts['gone'])} hilang" if counts.get("gone") else ""
    return f"{new} {ROW_UNIT[table]} baru · {changed} berubah · {same} sama{gone}"


def change_table(changed: pd.DataFrame, table: str) -> pd.DataFrame:
    """
    One row a cell that changes: `record, place, column, before, after`, all text, a record's cells together.

    `changed`: a record a row, its columns as they become, and `<column>_before` of each that changes in any row.

    >>> changed = pd.DataFrame({"registration_number": ["SH2025-1-990001"], "business_name": ["Dapur Rekaan"],
    ...     "kab_kota": ["Kota Bontang"], "status": ["issued"], "status_before": ["fatwa"],
    ...     "phone": ["081234567890"], "phone_before": [None]})
    >>> change_table(changed, "applications").to_dict("split")["data"]
    [['Dapur Rekaan · SH2025-1-990001', 'Kota Bontang', 'No. HP', '–', '0812••••••90'],
     ['Dapur Rekaan · SH2025-1-990001', 'Kota Bontang', 'Status', 'Di Komite Fatwa', 'Sertifikat terbit']]
    """
    record, place = record_names(changed), _column(changed, "kab_kota")
    names = [name for name in uploads.columns_to_choose(table) if name + BEFORE in changed and name not in _NOT_TOLD]
    parts = []
    for order, name in enumerate(names):
        before, after = (_texts(changed[one], name) for one in (name + BEFORE, name))
        moved = (before != after).to_numpy(bool)
        if moved.any():
            parts.append(_part(record[moved], place[moved], name, before[moved], after[moved]).assign(order=order))
    if not parts:
        return pd.DataFrame({name: pd.Series([], dtype="str") for name in CHANGE_COLUMNS})
    told = pd.concat(parts).reset_index(names="at").sort_values(["at", "order"], kind="stable", ignore_index=True)
    return masked(told[list(CHANGE_COLUMNS)])


def _part(record: pd.Series, place: pd.Series, name: str, before: pd.Series, after: pd.Series) -> pd.DataFrame:
    if name in PERSONAL_COLUMNS:
        before, after = (mask(name, texts.where(texts != "–")).fillna("–") for texts in (before, after))
        after = after.mask(after == before, after + " (berubah)")
    return pd.DataFrame(
        {"record": record, "place": place, "column": uploads.column(name), "before": before, "after": after}
    )


def _texts(values: pd.Series, name: str) -> pd.Series:
    """Written once per distinct value: a status comes in thousands of rows, and as a few words."""
    written = {value: uploads.value(name, value) for value in values.dropna().unique()}
    return values.map(written).astype("str").fillna("–")


def record_names(rows: pd.DataFrame) -> pd.Series:
    """What a person knows a record by: business and number, else place and institution."""
    first = _column(rows, "business_name").fillna(_column(rows, "kab_kota")).fillna("")
    numbers = ("registration_number", "reg_id", "nib", "certificate_number", "lp3h")
    second = pd.Series(None, rows.index, dtype="str")
    for name in numbers:
        second = second.fillna(_column(rows, name))
    return (first + " · " + second.fillna("")).str.strip(" ·")


def _column(rows: pd.DataFrame, name: str) -> pd.Series:
    return rows[name] if name in rows else pd.Series(None, rows.index, dtype="str")


def new_table(new: pd.DataFrame, uncounted: pd.Series | None = None) -> pd.DataFrame:
    """
    The records not known yet, all text: `record` and, as far as the table has them, where, in which status, and what is
    allotted until when or counted. `uncounted`: of each why it adds nothing to what is used, where it does not.

    >>> until = [pd.Timestamp("2025-12-31")]
    >>> new_table(pd.DataFrame({"kab_kota": ["Kota Bontang"], "quota": [190], "target_date": until}))
             record      kab_kota quota       target_date
    0  Kota Bontang  Kota Bontang   190  31 Desember 2025
    """
    told: dict[str, Any] = {"record": record_names(new)}
    if uncounted is not None and uncounted.notna().any():
        told["counted"] = ("tidak: " + uncounted).fillna("ya")
    for name in NEW_COLUMNS:
        if name in new:
            told[name] = _texts(new[name], name)
    return masked(pd.DataFrame(told).reset_index(drop=True))


NEW_COLUMNS: Final = {
    "record": Column("Yang mana", "text"),
    "counted": Column("Dihitung", "text"),
    "kab_kota": Column("Kab/kota", "text"),
    "lp3h": Column("LP3H", "text"),
    "status": Column("Status", "text"),
    "quota": Column("Kuota", "text"),
    "target_date": Column("Tenggat", "text"),
    **{stage: Column(name, "text") for stage, name in STAGE_SHORT.items()},
}
