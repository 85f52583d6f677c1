"""A meeting: what changed since the last one, what hinders, what was decided, who does what until when."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from halal_ui.sentences.programme import row_of
from halal_ui.words.formats import fmt_count, fmt_date, fmt_signed, is_missing
from halal_ui.words.labels import STAGE_SHORT
from halal_ui.words.names import days_phrase, institution, listing, place
from halal_ui.words.notes import CAN_ACT, CATEGORY, WHERE
from halal_ui.words.shortened import named, shortened

Row = Mapping[Any, Any]

LONGEST: Final = 170
"""Letters of a title that a slide holds."""

NAMED: Final = 5
"""Institutions that a line can name."""


def halves(answer: str) -> tuple[str, str]:
    """
    The first sentence of an answer, and the rest.

    >>> halves("320 dari 1.000 kuota dimanfaatkan. Sisa 680 kuota."), halves("Tidak ada.")
    (('320 dari 1.000 kuota dimanfaatkan.', 'Sisa 680 kuota.'), ('Tidak ada.', ''))
    """
    first, stop, rest = answer.partition(". ")
    return (f"{first}.", rest) if stop else (answer, "")


def titled(answer: str) -> str:
    """The answer as a title: where it is too long, without what follows its last semicolon."""
    return f"{answer.rpartition('; ')[0]}." if len(answer) > LONGEST and "; " in answer else answer


def opened(meeting_id: str, as_of: Any, known: str, files: int) -> str:
    """What the numbers of a meeting are. `known`: the moment they were known at, in words."""
    return (
        f"Angka per {fmt_date(as_of)}, diketahui {known}, dari {fmt_count(files)} berkas; "
        f"dibekukan sebagai {meeting_id} dan tidak berubah."
    )


def curve_answer(gaps: pd.DataFrame, absorption: pd.DataFrame, *, as_of: Any) -> str:
    """The S-curve on its day: used, plan, issued. Both frames whole."""
    gap, row = row_of(gaps), row_of(absorption)
    used, issued = f"{fmt_count(row['used'])} pengajuan", f"{fmt_count(row['issued'])} sertifikat terbit"
    if not row["quota"]:
        return f"Per {fmt_date(as_of)} tercatat {used} dan {issued}; belum ada rencana: unggah pembagian kuota."
    lag, side = fmt_count(abs(gap["gap"])), "belakang" if gap["gap"] < 0 else "depan"
    against = "sesuai rencana" if lag == "0" else f"{lag} di {side} rencana {fmt_count(gap['planned'])}"
    return f"Per {fmt_date(as_of)} tercatat {used}, {against}; {issued}."


def changes_since_answer(since: pd.DataFrame, *, then: Any) -> str:
    """What the period brought: new, moved on, issued, returned, left. `since`: whole; `then`: its first day."""
    row = row_of(since)
    going = {"returned": "dikembalikan", "left": "keluar"}
    went = [f"{fmt_count(row[name])} {word}" for name, word in going.items() if row[name]]
    if not any((row["new"], moved(row), row["issued"], *went)):
        return f"Sejak {fmt_date(then)} tidak ada pengajuan yang bergerak: tanyakan kendalanya kepada setiap LP3H."
    issued = f"{fmt_count(row['issued'])} sertifikat terbit"
    if row["issued"] < 0:
        issued = f"sertifikat terbit berkurang {fmt_count(-row['issued'])}"
    came = [f"{fmt_count(row['new'])} pengajuan baru", f"{fmt_count(moved(row))} kali maju tahap", issued]
    return f"Sejak {fmt_date(then)}: {listing(came)}{f'; {listing(went)}' if went else ''}."


def moved(row: Row) -> int:
    """
    Arrivals at the stages between submitted and issued, of a row of `since`.

    >>> moved({"verified": 3, "fatwa": 2, "decided": 0})
    5
    """
    return int(row["verified"] + row["fatwa"] + row["decided"])


def restated_line(since: pd.DataFrame, *, then: Any) -> str:
    """What late rows say about the past: none of it is this period's work. "" where nothing was restated."""
    row = row_of(since)
    used, issued = row["restated"], row["issued_restated"]
    told = [f"{fmt_signed(count)} {unit}" for count, unit in ((used, "pengajuan"), (issued, "sertifikat")) if count]
    if not told:
        return ""
    return (
        f"Keadaan {fmt_date(then)} dinyatakan ulang: {listing(told)}. "
        "Itu baris tentang masa lalu yang datang kemudian, bukan hasil pekan ini."
    )


def first_meeting(absorption: pd.DataFrame, *, start: Any) -> str:
    """In place of a comparison where there is no meeting before."""
    row = row_of(absorption)
    return (
        f"Ini rapat pertama, belum ada pembandingnya; sejak {fmt_date(start)} tercatat {fmt_count(row['used'])} "
        f"pengajuan dan {fmt_count(row['issued'])} sertifikat terbit."
    )


def not_reporting_answer(silent: pd.DataFrame, *, then: Any) -> str:
    """Which institutions have not sent data since the meeting before. `silent`: `lp3h, received_at`."""
    known = silent[silent["lp3h"].notna()]
    if known.empty:
        return f"Semua LP3H mengirim data sejak rapat {fmt_date(then)}."
    names = [
        f"{institution(name)} ({'belum pernah' if is_missing(at) else f'terakhir {fmt_date(at)}'})"
        for name, at in zip(known["lp3h"].head(NAMED), known["received_at"].head(NAMED), strict=True)
    ]
    more = len(known) - len(names)
    spelled = f"{', '.join(names)} dan {fmt_count(more)} LP3H lain" if more else listing(names)
    return f"Belum mengirim data sejak rapat {fmt_date(then)}: {spelled}. Mintalah berkas terbarunya."


def due_answer(due: pd.DataFrame) -> str:
    """How many promises fell due up to this meeting, and how many of them are kept. `due`: with `status`."""
    if due.empty:
        return "Tidak ada janji yang jatuh tempo sejak rapat lalu."
    fell, done = f"{fmt_count(len(due))} janji jatuh tempo", int((due["status"] == "done").sum())
    if done == len(due):
        return f"{fell}, semuanya selesai."
    kept = f"{fmt_count(done)} selesai dan {fmt_count(len(due) - done)} belum" if done else "belum ada yang selesai"
    return f"{fell}, {kept}: sepakati tenggat baru untuk yang belum."


def obstacles_answer(obstacles: pd.DataFrame) -> str:
    """How many certificates all obstacles hold, and the largest. `obstacles`: of `at_stake`, the largest first."""
    if obstacles.empty:
        return "Belum ada kendala yang dicatat: tanyakan kepada setiap kabupaten/kota dan LP3H."
    count, held = f"{fmt_count(len(obstacles))} kendala terbuka", int(obstacles["at_stake"].sum())
    if not held:
        return f"{count}, tetapi tidak ada pengajuan atau kuota yang tertahan menurut angka rapat ini."
    top = row_of(obstacles)
    if len(obstacles) == 1:
        return f"{count} menahan {fmt_count(held)} sertifikat: {obstacle_name(top)}."
    largest = f"{obstacle_name(top)} {fmt_count(top['at_stake'])} sertifikat"
    return f"{count} menahan {fmt_count(held)} sertifikat, tanpa hitung ganda; terbesar {largest}."


def obstacle_name(row: Row) -> str:
    """Category, and the place and institution that it names."""
    written = (("kab_kota", place), ("lp3h", institution))
    where = [write(row[name]) for name, write in written if not is_missing(row[name])]
    category = named(CATEGORY, "K99" if is_missing(row["category"]) else row["category"])
    return f"{category} ({', '.join(where)})" if where else category


def obstacle_line(row: Row, *, most: int = 110) -> str:
    """An obstacle as a line: what, in their words, where it holds, who can act."""
    stage = "" if is_missing(row["stage"]) else f" · {named(WHERE, row['stage']).lower()}"
    text = "" if is_missing(row["text"]) else f" · {shortened(row['text'], most).rstrip('.')}"
    actor = "" if is_missing(row["actor"]) else f" · giliran {named(CAN_ACT, row['actor'])}"
    return f"Kendala: {obstacle_name(row)}{text}{stage}{actor}."


def actions_answer(actions: pd.DataFrame, decisions: int) -> str:
    """How many decisions and actions, how many done, how many past their date. `actions`: of `action_numbers`."""
    decided = f"{fmt_count(decisions)} keputusan" if decisions else "Belum ada keputusan"
    if actions.empty:
        return f"{decided} dan belum ada tindak lanjut: sepakati siapa berbuat apa sampai kapan."
    done, late = int((actions["status"] == "done").sum()), int(actions["overdue"].sum())
    past = f", {fmt_count(late)} di antaranya lewat tenggat" if late else ""
    counts = f"{fmt_count(done)} selesai dan {fmt_count(len(actions) - done)} belum{past}"
    return f"{decided} dan {fmt_count(len(actions))} tindak lanjut: {counts}."


def due_phrase(row: Row) -> str:
    """
    The due date of an action, and how late it is.

    >>> due_phrase({"due_date": pd.Timestamp("2025-05-30"), "overdue": True, "days_late": 5})
    '30 Mei 2025 (lewat 5 hari)'
    """
    if is_missing(row["due_date"]):
        return "tanpa tenggat"
    late = f" ({days_phrase(-row['days_late'])})" if row["overdue"] else ""
    return f"{fmt_date(row['due_date'])}{late}"


def number_phrase(row: Row) -> str:
    """
    The number an action is to move, then and now.

    >>> number_phrase({"stage": "submitted", "number_then": 5, "number_now": 6, "moved": 1})
    'Dimanfaatkan 5 → 6 (+1)'
    """
    if is_missing(row["stage"]) or is_missing(row["number_now"]):
        return "tanpa angka"
    name, now = named(STAGE_SHORT, row["stage"]), fmt_count(row["number_now"])
    if is_missing(row["moved"]):
        return f"{name} {now}"
    if not row["moved"]:
        return f"{name} tetap {now}"
    return f"{name} {fmt_count(row['number_then'])} → {now} ({fmt_signed(row['moved'])})"


def action_line(row: Row, *, most: int = 90) -> str:
    """An action as a line: what, who, until when, whether its number moved."""
    what = "Tindak lanjut" if is_missing(row["action"]) else shortened(row["action"], most).rstrip(".")
    who = "" if is_missing(row["responsible"]) else f" · {shortened(row['responsible'], 60)}"
    due = due_phrase(row) if is_missing(row["due_date"]) else f"tenggat {due_phrase(row)}"
    number = "" if is_missing(row["number_now"]) else f" · {number_phrase(row)}"
    return f"Janji: {what}{who} · {due}{number}."
