"""Who must submit how many a week, and what stands in the way where no pace is enough."""

from typing import Any, Final

import numpy as np
import pandas as pd

from halal_metrics.weekly_plan import WeeklyPlan
from halal_ui.words.formats import fmt_chance, fmt_count, fmt_date, fmt_number, fmt_rate, is_missing
from halal_ui.words.names import institution, listing

SURE: Final = "8 dari 10 kemungkinan"

FURTHEST: Final = 730
"""Days ahead for which weeks may be planned."""


def weekly_answer(plan: WeeklyPlan, *, measure: str, quota: int) -> str:
    """
    What all LP3H must submit a week for the goal, who has to go faster than now; or that no pace is enough.

    Numbers are rounded up, each LP3H's by itself, and the whole is their sum.
    """
    what, day, rows = aim(plan.goal, quota, measure), fmt_date(plan.target_date), plan.rows
    if not plan.reachable:
        earliest = plan.earliest_date
        sooner = "" if is_missing(earliest) else f"Paling cepat {fmt_date(earliest)} ({SURE})."
        chance = f"peluang {what} {fmt_chance(plan.chance)}"
        limits = "sekalipun semua LP3H mengajukan pada batasnya mulai pekan depan"
        return " ".join(filter(None, (f"Tidak terjangkau sampai {day}: {chance}, {limits}.", sooner)))
    if not total_needed(rows):
        return (
            f"Tidak perlu pengajuan baru: {what} sampai {day} tercapai dengan yang sudah diajukan, "
            f"peluangnya {fmt_chance(plan.chance)}."
        )
    needed, now = total_needed(rows), fmt_number(rows["pace_per_week"].sum())
    return (
        f"Agar {what} sampai {day} ({SURE}), semua LP3H bersama perlu mengajukan {fmt_count(needed)} per pekan, "
        f"kini {now}. {_faster(rows)}"
    )


def weekly_bound(plan: WeeklyPlan, *, measure: str, quota: int, within_reach: float, as_of: Any) -> str:
    """
    Who stands in the way of a goal that is not reached, and how much stays within reach. "" where it is reached.

    `within_reach`: the largest part of the quota that is reached at the limits.
    """
    if plan.reachable:
        return ""
    if within_reach <= 0:
        reach = "Kurang dari 1% kuota yang masih terjangkau."
    else:
        count = int(np.ceil(within_reach * quota - 1e-9))
        part = fmt_rate(within_reach, digits=0)
        reach = f"Yang masih terjangkau ({SURE}): {part} kuota, yaitu {fmt_count(count)} {_UNIT[measure]}."
    return f"{_in_the_way(plan, as_of)} {reach}"


def beyond_reach(plan: WeeklyPlan, *, measure: str, quota: int, as_of: Any) -> str:
    """Why the plan is not of all the quota. `plan`: that of all of it, which is not reached."""
    what = aim(plan.goal, quota, measure)
    chance = f"peluangnya {fmt_chance(plan.chance)} sekalipun semua LP3H mengajukan pada batasnya"
    return f"{what[0].upper()}{what[1:]} tidak terjangkau: {chance}. {_in_the_way(plan, as_of)}"


def _in_the_way(plan: WeeklyPlan, as_of: Any) -> str:
    if plan.bound == "back_end":
        return (
            "Hambatannya BPJPH dan Komite Fatwa: sekalipun semua sisa kuota diajukan pekan depan, terlalu sedikit yang "
            "selesai diproses sampai tanggal itu."
        )
    weeks = (plan.target_date - pd.Timestamp(as_of)).days / 7
    longest = max([0.0, *(plan.rows["room"] / plan.rows["limit_per_week"])])
    if longest < weeks / 2:  # there is time to fill everybody's room twice
        return (
            "Hambatannya bukan laju, melainkan yang keluar: slot dari yang ditolak, batal atau diganti harus diisi "
            "kembali sampai hari terakhir."
        )
    return "Hambatannya laju LP3H sendiri: lebih dari dua kali pekan tersibuknya tidak diminta dari siapa pun."


def submit_by(plan: WeeklyPlan, *, measure: str) -> str:
    """Until when a submission still counts; "" for what is used, where every day does."""
    if measure == "used":
        return ""
    day = fmt_date(plan.target_date)
    if is_missing(plan.submit_by):
        return (
            f"Kapan pun diajukan mulai sekarang, kurang dari 8 dari 10 pengajuan baru terbit sampai {day}: yang sudah "
            "menunggu di BPJPH dan Komite Fatwa diproses lebih dulu."
        )
    return (
        f"Pengajuan masih dihitung bila masuk paling lambat {fmt_date(plan.submit_by)}: sesudah itu kurang dari 8 dari "
        f"10 terbit sampai {day}."
    )


def no_week(target: Any, as_of: Any) -> str:
    """Why there is no week to plan until that date; "" where there is."""
    if (pd.Timestamp(target) - pd.Timestamp(as_of)).days < 1:
        return f"Tidak ada pekan untuk direncanakan: pilih tanggal sesudah {fmt_date(as_of)}."
    if (pd.Timestamp(target) - pd.Timestamp(as_of)).days > FURTHEST:
        return f"Terlalu jauh untuk direncanakan: pilih tanggal dalam dua tahun sesudah {fmt_date(as_of)}."
    return ""


def aim(goal: int, quota: int, measure: str) -> str:
    """
    >>> aim(1000, 1000, "used"), aim(800, 1000, "issued")
    ('seluruh 1.000 kuota dimanfaatkan', '800 sertifikat dari 1.000 kuota terbit')
    """
    if measure == "issued":
        return f"{fmt_count(goal)} sertifikat dari {fmt_count(quota)} kuota terbit"
    whole = f"seluruh {fmt_count(quota)}" if goal >= quota else f"{fmt_count(goal)} dari {fmt_count(quota)}"
    return f"{whole} kuota dimanfaatkan"


def total_needed(rows: pd.DataFrame) -> int:
    """The sum of what each needs, each rounded up."""
    return int(rounded_up(rows["required_per_week"]).sum())


def rounded_up(fractions: pd.Series) -> pd.Series:
    """
    Whole submissions, missing where unknown; what is a whole number but for its last bits stays one.

    >>> rounded_up(pd.Series([17.02, 2.0000000001, None])).tolist()
    [18, 2, <NA>]
    """
    return pd.Series(np.ceil(fractions.astype("Float64") - 1e-6), index=fractions.index).astype("Int64")


_UNIT: Final = {"used": "pengajuan", "issued": "sertifikat"}


def _faster(rows: pd.DataFrame) -> str:
    """Who is slower now than needed."""
    behind = rows[rows["required_per_week"] > rows["pace_per_week"]]
    if behind.empty:
        return "Laju tiap LP3H kini sudah setinggi itu: jaga agar tidak turun."
    behind = behind.assign(lacking=behind["required_per_week"] - behind["pace_per_week"])
    behind = behind.sort_values("lacking", ascending=False, kind="stable")
    told = []
    for row, needed in zip(behind.to_dict("records"), rounded_up(behind["required_per_week"]), strict=True):
        nobody = not is_missing(row["active_p3h"]) and not row["active_p3h"]
        now = f"kini {fmt_number(row['pace_per_week'])}{', tanpa pendamping aktif' if nobody else ''}"
        told.append(f"{institution(row['lp3h'])} {fmt_count(needed)} ({now})")
    return f"Yang harus lebih cepat daripada kini: {listing(told)}."
