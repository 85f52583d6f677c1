"""What an upload brings to the figures that somebody may not expect: more than the quota, no place, no count."""

from collections.abc import Collection
from datetime import date

import pandas as pd

import halal_metrics as hm
from halal_store import Preview
from halal_ui.sentences.plans import used_of_quota
from halal_ui.words.formats import fmt_count, fmt_date


def too_much(preview: Preview, before: pd.DataFrame, after: pd.DataFrame, day: date) -> list[str]:
    """
    Where more is used than the plan in force on that day allots, and more too much than before; `before` and `after`
    are `progress`. Of a plan that is uploaded its own words tell it. Quota without a place is open to all.
    """
    plan = hm.plan(preview.after.quotas, as_of=day)
    if preview.table not in ("applications", "recaps") or not int(plan["quota"].sum()):
        return []
    told = []
    was, whole = (hm.absorption(plan, progress, by=(), as_of=day).iloc[0] for progress in (before, after))
    if whole["used"] > max(whole["quota"], was["used"]):
        over = fmt_count(whole["used"] - whole["quota"])
        of = f"{fmt_count(whole['used'])} dari {fmt_count(whole['quota'])} kuota"
        told.append(f"Melebihi kuota per {fmt_date(day)}: dimanfaatkan {of}, {over} lebih banyak.")
    if int(plan.loc[plan["kab_kota"].isna(), "quota"].sum()):
        return told
    was, places = (hm.absorption(plan, progress, by=("kab_kota",), as_of=day) for progress in (before, after))
    places = places.merge(was[["kab_kota", "used"]], on="kab_kota", how="left", suffixes=("", "_was"))
    over = places[places["used"] > places[["quota", "used_was"]].fillna(0).max(axis=1)].dropna(subset=["kab_kota"])
    if len(over):
        told.append(f"Melebihi kuota kab/kotanya per {fmt_date(day)}: {used_of_quota(over)}.")
    return told


def placeless(preview: Preview) -> list[str]:
    """The rows it brings that are of no known place, and count all the same."""
    if preview.table not in ("applications", "recaps"):
        return []
    count = sum(int(rows["kab_kota"].isna().sum()) for rows in (preview.new, preview.changed))
    if not count:
        return []
    return [
        f"{fmt_count(count)} baris tetap dihitung, tanpa kab/kota: masuk angka provinsi, dan tidak masuk angka "
        "kab/kota mana pun."
    ]


def uncounted(preview: Preview, codes: Collection[str], day: date) -> list[str]:
    """How many of the new applications add nothing to what is used: drafts, those that left, those without a status."""
    if preview.table != "applications" or preview.new.empty:
        return []
    new = hm.of_programme(preview.new, codes)
    progress = hm.progress(new, preview.after.recaps.head(0))
    used = int(hm.absorption(preview.after.quotas.head(0), progress, by=(), as_of=day).iloc[0]["used"])
    if used >= len(new):
        return []
    return [
        f"{fmt_count(len(new) - used)} dari {fmt_count(len(new))} pengajuan baru tidak menambah angka dimanfaatkan: "
        "tanpa status, masih draf, keluar, atau tanggalnya belum tiba."
    ]
