"""Places and institutions: who holds the gap, who is at work, what each leaves at the deadline."""

from typing import Final

import pandas as pd

from halal_metrics.activity import ACTIVE_DAYS
from halal_metrics.outlook import outlook
from halal_metrics.shortfall import shortfall as shortfall_of
from halal_ui.sentences.programme import Row, row_of
from halal_ui.words.formats import fmt_count, fmt_date, fmt_number, fmt_rate, is_missing
from halal_ui.words.names import GROUP_UNIT, MEASURE_WORDS, NO_DATA, days_phrase, institution, listing, place

_LEAST: Final = 0.5
"""Less than half an application is written as 0, so it is nobody's lag."""


def gap_holders(shortfall: pd.DataFrame, *, measure: str = "submitted", top: int = 3) -> str:
    """Which few groups hold most of what is lacking. A missing group counts in the whole but is no holder."""
    held = _behind(shortfall).head(top)
    if held.empty:
        return _nobody_behind(shortfall, measure)
    unit, named = GROUP_UNIT[_group(shortfall)], shortfall[_group(shortfall)].notna().sum()
    whole = f"kekurangan {fmt_count(shortfall['shortfall'].sum())} {MEASURE_WORDS[measure].unit}"
    amounts = _amounts(held, "shortfall")
    return f"{len(held)} dari {fmt_count(named)} {unit} memegang {_share(held)} {whole}: {amounts}."


def furthest_behind(gaps: pd.DataFrame, shortfall: pd.DataFrame, *, measure: str = "submitted") -> str:
    """The group furthest behind its plan, and with whom it holds most. `shortfall` is that of `gaps`."""
    held = _behind(shortfall).head(3)
    if held.empty:
        return _nobody_behind(shortfall, measure)
    first, *others = _names(held)
    lead = f"{first} paling tertinggal" if len(gaps) > 1 else first
    row = row_of(gaps[gaps[_group(gaps)] == held[_group(held)].iloc[0]])
    together = f"; bersama {listing(others)} memegang {_share(held)} kekurangan" if others else ""
    return f"{lead}: {_standing(row, measure)}{together}."


def lp3h_answer(gaps: pd.DataFrame, active: pd.DataFrame, *, measure: str = "submitted") -> str:
    """Which institution is furthest behind, and how many are at work. `active`: `active_p3h` by lp3h."""
    if gaps.empty:
        return NO_DATA
    known = active[active["lp3h"].notna()]
    behind = furthest_behind(gaps, shortfall_of(gaps), measure=measure)
    at_work, recently = int((known["submitted"] > 0).sum()), f"mengajukan dalam {ACTIVE_DAYS} hari terakhir"
    if not at_work:
        return f"{behind} Tidak ada LP3H yang {recently}."
    all_ = fmt_count(max(len(known), gaps["lp3h"].notna().sum()))
    pendamping = fmt_count(known["active_p3h"].sum())
    return f"{behind} {fmt_count(at_work)} dari {all_} LP3H {recently}, dengan {pendamping} pendamping aktif."


def quiet_lp3h(active: pd.DataFrame) -> str:
    """Institutions without a submission for 30 days, the longest first; never is longest of all."""
    known = active[active["lp3h"].notna()]
    if known.empty:
        return NO_DATA
    quiet = known[known["quiet_days"].fillna(ACTIVE_DAYS) >= ACTIVE_DAYS]
    if quiet.empty:
        return f"Semua LP3H mengajukan dalam {ACTIVE_DAYS} hari terakhir."
    quiet = quiet.sort_values("quiet_days", ascending=False, na_position="first", kind="stable")
    spelled = [
        f"{name} ({'belum pernah' if is_missing(days) else f'{fmt_count(days)} hari'})"
        for name, days in zip(_names(quiet), quiet["quiet_days"], strict=True)
    ]
    return f"Yang sudah {ACTIVE_DAYS} hari tanpa pengajuan: {listing(spelled)}."


def deadlines_answer(gaps: pd.DataFrame, whole: pd.DataFrame, *, measure: str = "submitted") -> str:
    """
    What is left unused at the deadline if the pace stays as it is, and who holds most of it.

    `whole` is `deadline_gaps` of all. No group can use another's quota, so the loss is the sum over groups.
    """
    if gaps.empty or whole.empty:
        return NO_DATA
    all_, words = row_of(whole), MEASURE_WORDS[measure]
    if is_missing(all_["target_date"]):
        return "Tenggat belum ditetapkan: isi tanggal target pada pembagian kuota."
    # the start of the programme moves the other column of the outlook, not this one
    lost = gaps.assign(lost=outlook(gaps, start=all_["target_date"])["at_risk"])
    lost = lost.sort_values("lost", ascending=False, kind="stable")
    total, deadline = float(lost["lost"].sum()), fmt_date(all_["target_date"])
    if total < _LEAST and all_["remaining"] <= 0:
        return f"Seluruh kuota sudah {words.done}: tidak ada yang tersisa untuk tenggat {deadline}."
    if total < _LEAST:
        return f"Perpanjangan laju kini: seluruh kuota {words.done} pada tenggat {deadline}."
    unused = f"{fmt_count(total)} kuota belum {words.done}"
    top = lost[lost["lost"] >= _LEAST].head(3)
    most = f"; terbanyak {_amounts(top, 'lost')}" if len(lost) > 1 and len(top) else ""
    if all_["days_left"] < 0:
        past = f"Tenggat {deadline} {days_phrase(all_['days_left'])} dengan {unused}{most}."
        return f"{past} Tetapkan tenggat baru agar kebutuhan per pekan dapat dihitung."
    sentence = f"Bila laju tidak berubah, {unused} pada tenggat {deadline}{most}."
    if all_["remaining"] <= 0:
        return f"{sentence} Kuota kelompok lain sudah terlampaui: bagi ulang kuotanya."
    if is_missing(all_["required_per_week"]):
        return f"{sentence} Tidak ada hari kerja tersisa: perlu tenggat baru."
    needed, now = fmt_number(all_["required_per_week"]), fmt_number(all_["pace_per_week"])
    if all_["pace_per_week"] >= all_["required_per_week"]:
        return f"{sentence} Laju keseluruhan {now} {words.unit} per pekan (perlu {needed}) tidak merata."
    return f"{sentence} Diperlukan {needed} {words.unit} per pekan, kini {now}."


def _standing(row: Row, measure: str) -> str:
    words = MEASURE_WORDS[measure]
    rate = f" ({fmt_rate(row['done'] / row['quota'])})" if row["quota"] else ""
    done = f"{fmt_count(row['done'])} dari {fmt_count(row['quota'])} kuota{rate} {words.done}"
    return f"{done}, kurang {fmt_count(-row['gap'])} {words.unit} dari rencana"


def _group(frame: pd.DataFrame) -> str:
    return next(name for name in GROUP_UNIT if name in frame)


def _names(frame: pd.DataFrame) -> list[str]:
    write = place if _group(frame) == "kab_kota" else institution
    return [write(name) for name in frame[_group(frame)]]


def _behind(shortfall: pd.DataFrame) -> pd.DataFrame:
    """The named groups behind plan, largest first."""
    return shortfall[shortfall[_group(shortfall)].notna() & (shortfall["shortfall"] >= _LEAST)]


def _nobody_behind(shortfall: pd.DataFrame, measure: str) -> str:
    if shortfall.empty:
        return NO_DATA
    unit, lacking = GROUP_UNIT[_group(shortfall)], float(shortfall["shortfall"].sum())
    if lacking < _LEAST:
        return f"Tidak ada {unit} di belakang rencana."
    unknown = f"Kekurangan {fmt_count(lacking)} {MEASURE_WORDS[measure].unit} belum dirinci per {unit}"
    return f"{unknown}: bagi kuotanya agar terlihat siapa yang memegang."


def _share(held: pd.DataFrame) -> str:
    share = float(held["share"].sum())
    return "seluruh" if share > 0.9995 else f"{fmt_rate(share, digits=0)} dari"


def _amounts(held: pd.DataFrame, column: str) -> str:
    return ", ".join(f"{name} {fmt_count(n)}" for name, n in zip(_names(held), held[column], strict=True))
