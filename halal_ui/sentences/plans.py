"""A quota plan that takes another's place, in words: since when, for whom, and whether it still suffices."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import pandas as pd

from halal_metrics.plan_changes import PlanChange
from halal_ui.words.formats import fmt_count, fmt_date
from halal_ui.words.names import GROUP_LABEL, WRITE

_WRITTEN_AS: Final = {"kab_kota": "place", "lp3h": "lp3h"}


def plan_change(change: PlanChange) -> str:
    """
    Which plan takes the place of which, and when.

    >>> old = pd.DataFrame({"kab_kota": ["Kota Bontang", "Kabupaten Berau"], "lp3h": None, "quota": [900, 100],
    ...                     "target_date": pd.to_datetime(["2025-05-31"] * 2)})
    >>> change = PlanChange(pd.Timestamp("2025-06-04"), None, old, old[:1].assign(quota=190))
    >>> plan_change(change)
    'Rencana 1.000 kuota diganti 190 sejak 4 Juni 2025'
    >>> plan_change(PlanChange(change.since, pd.Timestamp("2025-06-30"), old[:0], old))
    'Rencana pertama: 1.000 kuota sejak 4 Juni 2025 sampai 30 Juni 2025'
    """
    when = _when(change)
    if change.before.empty:
        return f"Rencana pertama: {fmt_count(change.quota_after)} kuota {when}"
    given_up = f"Rencana {fmt_count(change.quota_before)} kuota"
    if change.after.empty:
        return f"{given_up} tidak berlaku lagi {when}, dan tidak ada rencana lain"
    return f"{given_up} diganti {fmt_count(change.quota_after)} {when}"


def _when(change: PlanChange) -> str:
    """
    The days it concerns, first and last included.

    >>> day, none = pd.Timestamp("2025-06-04"), pd.DataFrame()
    >>> _when(PlanChange(day, day, none, none)), _when(PlanChange(day, None, none, none))
    ('hanya pada 4 Juni 2025', 'sejak 4 Juni 2025')
    """
    if change.since == change.until:
        return f"hanya pada {fmt_date(change.since)}"
    until = "" if change.until is None else f" sampai {fmt_date(change.until)}"
    return f"sejak {fmt_date(change.since)}{until}"


def plan_parts(change: PlanChange) -> list[str]:
    """
    Whose quota and which target dates become others, a sentence each; nothing for a first plan or for none.

    >>> old = pd.DataFrame({"kab_kota": ["Kota Bontang", "Kabupaten Berau"], "lp3h": None, "quota": [900, 100],
    ...                     "target_date": pd.to_datetime(["2025-05-31"] * 2)})
    >>> plan_parts(PlanChange(pd.Timestamp("2025-06-04"), None, old, old[:1].assign(target_date=pd.NaT)))
    ['Kuota per kabupaten/kota: Berau 100 → 0.', 'Yang tidak disebut dalam rencana itu menjadi 0 kuota.',
     'Tenggat: 31 Mei 2025 → tidak ditetapkan.']
    """
    if change.before.empty or change.after.empty:
        return []
    told = []
    for column in _WRITTEN_AS:
        quota = _moved(change, column)
        if len(quota):
            label = GROUP_LABEL[column] if column == "lp3h" else GROUP_LABEL[column].lower()
            names = [WRITE[_WRITTEN_AS[column]](name) for name in quota.index]
            pairs = zip(names, quota["before"], quota["after"], strict=True)
            listed = " · ".join(f"{name} {fmt_count(was)} → {fmt_count(becomes)}" for name, was, becomes in pairs)
            told.append(f"Kuota per {label}: {listed}.")
            if 0 in quota["after"].tolist():
                told.append("Yang tidak disebut dalam rencana itu menjadi 0 kuota.")
            break
    was, becomes = (targets_in_words(targets(rows)) for rows in (change.before, change.after))
    return told + ([f"Tenggat: {was} → {becomes}."] if was != becomes else [])


def _moved(change: PlanChange, column: str) -> pd.DataFrame:
    """`before, after` of every place, or institution, that is allotted another quota; those that lose most first."""
    sums = [rows.groupby(column, dropna=False)["quota"].sum() for rows in (change.before, change.after)]
    both = pd.concat(sums, axis=1, keys=["before", "after"]).fillna(0).astype("int64")
    both = both[both["before"] != both["after"]]
    return both.loc[(both["after"] - both["before"]).sort_values(kind="stable").index]


def targets(plan: pd.DataFrame) -> tuple[date, ...]:
    """The earliest and the latest target date of a plan's rows; one where they are the same, none where none is set."""
    days = plan["target_date"].dropna() if "target_date" in plan else pd.Series(dtype="datetime64[us]")
    return () if days.empty else tuple(sorted({days.min().date(), days.max().date()}))


def targets_in_words(days: Sequence[date]) -> str:
    """
    >>> targets_in_words([date(2025, 5, 31)]), targets_in_words([])
    ('31 Mei 2025', 'tidak ditetapkan')
    """
    return " – ".join(map(fmt_date, days)) or "tidak ditetapkan"


def plan_too_small(absorbed: pd.DataFrame, day: date) -> list[str]:
    """
    Where more is used than the plan allots. `absorbed`: `absorption` of the new plan by kab_kota on that day.

    >>> plan_too_small(pd.DataFrame({"kab_kota": ["Kota Bontang"], "quota": [190], "used": [320]}), date(2025, 6, 4))
    ['Sampai 4 Juni 2025 sudah dimanfaatkan 320: 130 lebih banyak dari 190 kuota.']

    Quota without a place is open to all, so then only the whole is compared.
    """
    quota, used = int(absorbed["quota"].sum()), int(absorbed["used"].sum())
    if used > quota:
        over = f"{fmt_count(used - quota)} lebih banyak dari {fmt_count(quota)} kuota"
        return [f"Sampai {fmt_date(day)} sudah dimanfaatkan {fmt_count(used)}: {over}."]
    if absorbed.loc[absorbed["kab_kota"].isna(), "quota"].sum():
        return []
    over = absorbed[absorbed["used"] > absorbed["quota"]]
    if over.empty:
        return []
    return [f"Sampai {fmt_date(day)} sudah dimanfaatkan lebih banyak dari kuotanya: {used_of_quota(over)}."]


def used_of_quota(rows: pd.DataFrame) -> str:
    """
    Place by place how much is used of what; what is of no place is of no place's quota.

    >>> used_of_quota(pd.DataFrame({"kab_kota": ["Kota Bontang", None], "used": [38, 2], "quota": [30, 0]}))
    'Bontang 38 dari 30 · 2 pengajuan tanpa kab/kota, yang tidak punya kuota'
    """
    told = []
    for row in rows.itertuples():
        if pd.isna(row.kab_kota):
            told.append(f"{fmt_count(row.used)} pengajuan tanpa kab/kota, yang tidak punya kuota")
        else:
            told.append(f"{WRITE['place'](row.kab_kota)} {fmt_count(row.used)} dari {fmt_count(row.quota)}")
    return " · ".join(told)
