"""What an upload brings to the figures that somebody may not expect: more than the quota, no place, no count."""

from collections.abc import Collection
from datetime import date

import numpy as np
import pandas as pd

import halal_metrics as hm
from halal_metrics.places import SHORT
from halal_metrics.programmes import belongs
from halal_metrics.schema import LEFT, STAGE_DATES
from halal_store import Preview
from halal_ui.sentences.plans import used_of_quota
from halal_ui.words.formats import fmt_count, fmt_date
from halal_ui.words.names import listing


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


def passed_over(recaps: pd.DataFrame, applications: pd.DataFrame) -> int:
    """
    How many of the recaps count for nothing, since their place and institution have a register, which goes first.

    >>> recaps = pd.DataFrame({"kab_kota": ["Kota Bontang", "Kota Bontang"], "lp3h": ["PWI Kaltim", None]})
    >>> passed_over(recaps, recaps.head(1))
    1
    """
    cells = ["kab_kota", "lp3h"]
    return len(recaps[cells].merge(applications[cells].drop_duplicates(), on=cells))


def beside_registers(preview: Preview, codes: Collection[str]) -> list[str]:
    """
    Which places have a recap without institution, or without place, that counts beside applications known there: as the
    metrics count they are added up, and may be the same. Of what is uploaded alone, from either side.
    """
    if preview.table not in ("applications", "recaps"):
        return []
    cell = ["kab_kota", "lp3h"]
    registered = hm.of_programme(preview.after.applications, codes)[cell].drop_duplicates()
    recaps = preview.after.recaps[cell].drop_duplicates()
    general = recaps[recaps.isna().any(axis=1)].merge(registered, on=cell, how="left", indicator=True)
    general = general.loc[general["_merge"] == "left_only", cell]
    both = general.merge(registered, how="cross", suffixes=("_recap", ""))
    for name in cell:
        both = both[both[f"{name}_recap"].isna() | both[f"{name}_recap"].eq(both[name])]
    own = [f"{name}_recap" for name in cell] if preview.table == "recaps" else cell
    uploaded = pd.concat([preview.new, preview.changed])[cell].drop_duplicates().set_axis(own, axis=1)
    names = both.merge(uploaded, on=own)["kab_kota"].map(SHORT).fillna("tanpa kab/kota")
    if names.empty:
        return []
    return [
        f"Rekap yang tidak dirinci per LP3H dan kab/kota dihitung di samping pengajuan yang sudah terdaftar: "
        f"{listing(sorted({*names}))}. Bila keduanya memuat usaha yang sama, usaha itu terhitung dua kali."
    ]


def uncounted(why: pd.Series | None) -> list[str]:
    """How many of the new applications add nothing to what is used, by the reasons of `why_uncounted`."""
    if why is None or why.isna().all():
        return []
    counts = why.value_counts()
    told = ", ".join(f"{reason} {fmt_count(count)}" for reason, count in counts.items())
    of = f"{fmt_count(counts.sum())} dari {fmt_count(len(why))} pengajuan baru"
    return [f"{of} tidak menambah angka dimanfaatkan: {told}."]


def why_uncounted(new: pd.DataFrame, codes: Collection[str], day: date) -> pd.Series:
    """
    Of each application why it adds nothing to what is used on the day; missing where it adds one, as `hm.progress`
    counts.

    >>> rows = pd.DataFrame({"programme_code": ["SEHATI25", "KALTIM25", None], "status": ["issued", "issued", "draft"]})
    >>> why_uncounted(hm.schema.conform(rows, hm.schema.APPLICATIONS), ["KALTIM25"], date(2025, 6, 4)).tolist()
    ['program lain', nan, 'masih draf']
    """
    dates = new[list(STAGE_DATES)].min(axis=1)
    start, now = dates.fillna(new["statement_date"]), pd.Timestamp(day)
    reasons = {
        "tanggalnya belum tiba": start > now,
        "tanpa status dan tanggal": new["status"].isna() & dates.isna(),
        "sudah keluar": new["status"].isin(LEFT) & ~(new["exit_date"] > now),
        "masih draf": new["status"].eq("draft"),
        "program lain": ~belongs(new, codes),
    }
    why = pd.Series(None, new.index, dtype="str")
    for reason, holds in reasons.items():
        why = why.mask(np.asarray(holds, bool), reason)
    return why
