"""The programme as a whole: where it stands, what it takes, where it waits."""

from typing import Any, Final

import pandas as pd

from halal_ui.words.formats import fmt_count, fmt_date, fmt_number, fmt_rate, is_missing
from halal_ui.words.labels import ACTOR_LABEL, WAITING_LABEL
from halal_ui.words.names import MEASURE_WORDS, NO_DATA, MeasureWords, days_phrase

Row = dict[str, Any]

HORIZON: Final = 5
"""Years ahead in which a date at the present pace still says something."""


def where_we_stand(
    gaps: pd.DataFrame, absorption: pd.DataFrame, *, as_of: Any, measure: str = "submitted", where: str = ""
) -> str:
    """
    How much is used and issued, how the deadline stands, when it ends at this pace, and what it takes.

    Both frames whole, of the same day; `where` names the place or institution they are narrowed to.
    """
    if gaps.empty or absorption.empty:
        return NO_DATA
    told = standing(gaps, absorption, as_of=as_of, where=where)
    gap, row = row_of(gaps), row_of(absorption)
    return f"{told} {_outlook(gap, row, as_of, measure)}" if row["quota"] else told


def standing(gaps: pd.DataFrame, absorption: pd.DataFrame, *, as_of: Any, where: str = "") -> str:
    """How much is used and issued, and how the deadline stands: what is, and nothing of what will be."""
    if gaps.empty or absorption.empty:
        return NO_DATA
    gap, row = row_of(gaps), row_of(absorption)
    day, of = fmt_date(as_of), f" {where}" if where else ""
    used, issued, quota = (fmt_count(row[name]) for name in ("used", "issued", "quota"))
    if not row["quota"]:
        counted = f"{used} pengajuan tercatat dan {issued} sertifikat terbit"
        return f"Hingga {day}, {counted}, tetapi kuota{of} belum ditetapkan: unggah pembagian kuota."
    return (
        f"Hingga {day}, {used} dari {quota} kuota{of} ({fmt_rate(row['absorption_rate'])}) dimanfaatkan dan "
        f"{issued} sertifikat ({fmt_rate(row['issuance_rate'])}) terbit; {_deadline(gap)}."
    )


def _deadline(gap: Row) -> str:
    if is_missing(gap["target_date"]):
        return "tenggat belum ditetapkan"
    date, days = fmt_date(gap["target_date"]), gap["days_left"]
    return f"tenggat {date}{' ' if days < 0 else ', '}{days_phrase(days)}"


def _outlook(gap: Row, row: Row, as_of: Any, measure: str) -> str:
    """What the remaining quota needs, or what is left to do once none remains."""
    words, remaining = MEASURE_WORDS[measure], gap["remaining"]
    if remaining > 0:
        return _at_this_pace(gap, as_of, words) + _needed(gap)
    over = f", lebih {fmt_count(-remaining)} {words.unit} dari kuota" if remaining < 0 else ""
    if measure == "issued":
        return f"Sertifikat untuk seluruh kuota sudah terbit{over}."
    unissued = row["used"] - row["issued"]
    rest = f"; {fmt_count(unissued)} di antaranya belum terbit" if unissued > 0 else " dan terbit"
    return f"Seluruh kuota sudah dimanfaatkan{over}{rest}."


def _at_this_pace(gap: Row, as_of: Any, words: MeasureWords) -> str:
    rest = f"sisa {fmt_count(gap['remaining'])} kuota"
    pace, per_week = gap["pace_per_week"], f"{fmt_number(gap['pace_per_week'])} {words.unit} per pekan"
    if pace > 0:
        date, limit = gap["projected_date"], pd.Timestamp(as_of).year + HORIZON
        near = not is_missing(date) and date.year <= limit
        when = f"{words.ends} sekitar {fmt_date(date)}" if near else f"baru {words.ends} sesudah {limit}"
        return f"Perpanjangan laju 4 pekan terakhir ({per_week}): {rest} {when}"
    leaving = f"lebih banyak yang keluar daripada yang masuk ({per_week})"
    seen = leaving if pace < 0 else f"tidak ada {words.unit} baru"
    return f"Dalam 4 pekan terakhir {seen}, sehingga {rest} tidak akan {words.ends} dengan laju ini"


def _needed(gap: Row) -> str:
    """What the deadline asks of each week, as the end of a sentence."""
    needed = gap["required_per_week"]
    if is_missing(gap["target_date"]):
        return "; tetapkan tenggat agar kebutuhan per pekan dapat dihitung."
    if is_missing(needed):
        return ". Tidak ada hari kerja tersisa: perlu tenggat baru."
    return f"; agar tercapai pada tenggat diperlukan {fmt_number(needed)} per pekan."


def what_it_takes(gaps: pd.DataFrame, *, measure: str = "submitted") -> str:
    """
    What each week has to bring until the target date, beside what it brings now; not whether that will do, which is a
    matter of its parts. "" where nothing remains or no date is ahead.
    """
    if gaps.empty:
        return ""
    gap, words = row_of(gaps), MEASURE_WORDS[measure]
    needed, pace = gap["required_per_week"], gap["pace_per_week"]
    if gap["remaining"] <= 0 or is_missing(needed):
        return ""
    against = f", {fmt_number(needed / pace)} kali laju kini" if 0 < pace < needed else f" (kini {fmt_number(pace)})"
    return (
        f"Agar sisa {fmt_count(gap['remaining'])} kuota {words.done} sampai {fmt_date(gap['target_date'])} "
        f"({fmt_count(gap['working_days_left'])} hari kerja lagi), diperlukan "
        f"{fmt_number(needed)} {words.unit} per pekan{against}."
    )


def pace_needed(used: pd.DataFrame, issued: pd.DataFrame) -> str:
    """
    What each week has to bring of both, against now; "" where nothing remains of either or no date is ahead.

    >>> row = {"remaining": [680], "required_per_week": [22.6], "pace_per_week": [37.8],
    ...     "target_date": pd.to_datetime(["2025-12-31"])}
    >>> used = pd.DataFrame(row)
    >>> pace_needed(used, used.assign(remaining=942, required_per_week=31.4, pace_per_week=5.3))
    'Sampai 31 Desember 2025 perlu rata-rata 22,6 pengajuan per pekan (kini 37,8) dan 31,4 terbit per pekan (kini 5,3).'

    `used`, `issued`: `deadline_gaps` of the whole by either measure, against deadlines that are still ahead.
    """
    told = []
    for gaps, unit in ((used, MEASURE_WORDS["submitted"].unit), (issued, MEASURE_WORDS["issued"].done)):
        gap = row_of(gaps) if len(gaps) else {"remaining": 0}
        if gap["remaining"] > 0 and not is_missing(gap["required_per_week"]):
            told.append(
                f"{fmt_number(gap['required_per_week'])} {unit} per pekan (kini {fmt_number(gap['pace_per_week'])})"
            )
    if not told:
        return ""
    return f"Sampai {fmt_date(row_of(issued)['target_date'])} perlu rata-rata {' dan '.join(told)}."


def funnel_answer(funnel: pd.DataFrame, backlog: pd.DataFrame) -> str:
    """How far the quota has come, where most wait, and whose step it is. Both frames whole."""
    if funnel.empty:
        return NO_DATA
    reached = funnel.set_index("stage")["reached"].to_dict()
    quota, used, issued = (reached[stage] for stage in ("quota", "submitted", "issued"))
    if quota > used:
        unused = f"{fmt_count(quota - used)} dari {fmt_count(quota)} kuota belum diajukan"
    else:
        unused = f"Seluruh {fmt_count(quota)} kuota sudah diajukan" if quota else "Kuota belum ditetapkan"
    if used <= 0:
        return f"{unused}: giliran {ACTOR_LABEL['lp3h']}." if quota else f"{unused} dan belum ada pengajuan."
    issued_of = f"Dari {fmt_count(used)} pengajuan, {fmt_count(issued)} terbit ({fmt_rate(issued / used)})"
    sentence = f"{unused}. {issued_of}"
    waiting = backlog[backlog["waiting"] > 0]
    if waiting.empty:
        return f"{sentence}; tidak ada yang menunggu."
    most = row_of(waiting.sort_values("waiting", ascending=False, kind="stable"))
    actor = "pelaku usaha" if most["actor"] == "business" else ACTOR_LABEL[most["actor"]]
    step = WAITING_LABEL[most["stage"]]
    return (
        f"{sentence} dan {fmt_count(waiting['waiting'].sum())} belum; terbanyak {fmt_count(most['waiting'])} "
        f"{step[0].lower()}{step[1:]}: giliran {actor}."
    )


def row_of(frame: pd.DataFrame) -> Row:
    """The first row, its values as they are."""
    return frame.head(1).to_dict("records")[0]
