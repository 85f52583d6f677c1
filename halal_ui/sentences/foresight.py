"""
What is to come, in words: what will be used and issued by a date, how sure that is, who and what stands in the way.

A band is written "829–1.000": eight in ten futures lie in it. A verdict of the whole never speaks for its parts.
"""

from datetime import date
from typing import Any, Final

import pandas as pd

from halal_ui.sentences.programme import Row, row_of
from halal_ui.words.formats import fmt_band, fmt_chance, fmt_count, fmt_date, fmt_part, is_missing
from halal_ui.words.labels import WAITING_LABEL
from halal_ui.words.names import GROUP_UNIT, WRITE, listing

LIKELY: Final = 0.8
"""What holds in eight of ten futures may be counted on."""
EVEN: Final = 0.5
"""What holds in less than half of them is not to be expected."""
_NAMED: Final = 3

_AFTER: Final = "proses sesudah pengajuan (verifikasi, BPJPH, Komite Fatwa)"

_WHY_NOT: Final = {
    "few": "Belum dapat diramalkan: kurang dari 5 pengajuan yang sudah maju ke tahap berikutnya. Unggah register "
    "terbaru dari LP3H, dengan tanggal tahapnya.",
    "silent": "Belum dapat diramalkan: sudah lebih dari 4 pekan tanpa data baru. Mintalah data terbaru kepada LP3H.",
    "over": "Tidak ada lagi yang diramalkan: sertifikat untuk seluruh kuota sudah terbit.",
}


def programme_question(quota: Any, target: date, *, where: str = "") -> str:
    """
    >>> programme_question(1000, date(2025, 12, 31)), programme_question(0, date(2025, 12, 31))
    ('Akankah 1.000 kuota terpakai dan terbit sampai 31 Desember 2025?', 'Apakah kuota akan terpakai dan terbit?')
    """
    if not quota:
        return "Apakah kuota akan terpakai dan terbit?"
    of = f" {where}" if where else ""
    return f"Akankah {fmt_count(quota)} kuota{of} terpakai dan terbit sampai {fmt_date(target)}?"


def not_foreseen(why_not: str) -> str:
    """Why nothing is foreseen, and what to do about it. `why_not` as of `Foresight`."""
    return _WHY_NOT[why_not]


def verdict(forecast: pd.DataFrame, chances: pd.DataFrame, parts: pd.DataFrame | None = None) -> str:
    """
    What will be used and issued by the date if the work goes on as it does, and how sure that is.

    >>> forecast = pd.DataFrame({"date": pd.to_datetime(["2025-12-31"] * 2), "measure": ["used", "issued"],
    ...     "p10": [829, 282], "p50": [983, 369], "p90": [1000, 510]})
    >>> chances = pd.DataFrame({"measure": ["used", "issued"], "goal": [1000, 1000], "chance": [0.4, 0.0]})
    >>> verdict(forecast, chances)
    'Belum dengan cara kerja sekarang – 31 Desember 2025: 829–1.000 dimanfaatkan dan 282–510 terbit (8 dari 10
    kemungkinan); peluang semua terpakai 40%, semua terbit kurang dari 1%.'

    `forecast`: the whole at one date; `chances`: of all the quota by it, a row a measure. `parts` as in `holding_back`:
    where one of them is not likely to use its quota, the whole is not said to do well.
    """
    used, issued = _measured(forecast, "used"), _measured(forecast, "issued")
    all_used, all_issued = _measured(chances, "used"), _measured(chances, "issued")
    goal = all_used["goal"]
    band = f"{_band(used)} dimanfaatkan dan {_band(issued)} terbit (8 dari 10 kemungkinan)"
    when = f"dengan cara kerja sekarang – {fmt_date(used['date'])}: "
    # what one part has beyond its quota is no use to the others: then the sum is not all of them
    surplus = parts is not None and bool((parts["p90"] > parts["goal"]).any())
    sure = {}
    for told, row, chance in (("terpakai", used, all_used["chance"]), ("terbit", issued, all_issued["chance"])):
        if row["p10"] < goal:  # what is as good as certain needs no chance beside it
            beyond = row["p90"] > goal or (surplus and row is used)
            sure.setdefault(fmt_chance(chance), []).append(f"{fmt_count(goal) if beyond else 'semua'} {told}")
    chances_told = ", ".join(f"{' dan '.join(names)} {chance}" for chance, names in sure.items())
    chance = f"; peluang {chances_told}" if sure else ""
    return f"{_lead(all_used, all_issued, parts)} {when}{band}{chance}."


def _lead(used: Row, issued: Row, parts: pd.DataFrame | None) -> str:
    """The answer in a word: to both, that all is used and that all is issued, by everybody."""
    lowest = min(used["chance"], issued["chance"])
    if lowest < EVEN:
        return "Belum"
    enough = parts is None or bool((parts["chance"] >= EVEN).all())
    return "Kemungkinan besar ya" if lowest >= LIKELY and enough else "Belum tentu"


def holding_back(parts: pd.DataFrame) -> str:
    """
    Which parts are not expected to use their quota by the date; "" of a whole that has no parts.

    >>> parts = pd.DataFrame({"kab_kota": ["Kabupaten Berau", "Kota Bontang"], "goal": [100, 80], "mean": [70.0, 79.0],
    ...     "p10": [43, 72], "p50": [68, 80], "p90": [95, 80], "chance": [0.2, 0.9]})
    >>> holding_back(parts)
    'Yang menahan: Berau 43–95 dari 100 (peluang 20%).'
    >>> holding_back(parts.assign(p50=parts["goal"], chance=[0.6, 0.9]))
    'Yang paling belum pasti memanfaatkan kuotanya: Berau 43–95 dari 100 (peluang 60%).'

    `parts`: by one dimension `goal` (its quota), `mean, p10, p50, p90` of what it will have used, and the `chance` that
    this is all of it. A part without quota holds nothing back. Those that leave most come first.
    """
    parts = parts.loc[parts["goal"] > 0]
    if len(parts) < 2:
        return ""
    unit = GROUP_UNIT[_group(parts)]
    parts = parts.assign(lack=(parts["goal"] - parts["mean"]).clip(lower=0))
    parts = parts.sort_values("lack", ascending=False, kind="stable")
    behind = lagging(parts)
    if len(behind):
        return f"Yang menahan: {_named(behind, unit)}."
    doubtful = parts[parts["chance"] < LIKELY]
    if len(doubtful):
        return f"Yang paling belum pasti memanfaatkan kuotanya: {_named(doubtful, unit)}."
    least = fmt_chance(parts["chance"].min(), at_least=True)
    return f"Tidak ada {unit} yang menahan sendirian: masing-masing memanfaatkan kuotanya dengan peluang {least}."


def lagging(parts: pd.DataFrame) -> pd.DataFrame:
    """The parts that are not expected to use their quota: their middle stays under it, or the chance under one half."""
    return parts[(parts["p50"] < parts["goal"]) | (parts["chance"] < EVEN)]


def what_binds(forecast: pd.DataFrame, goal: int, backlog: pd.DataFrame) -> str:
    """
    Whether submitting stands in the way, or what comes after it, in numbers; "" where nothing does.

    >>> forecast = pd.DataFrame({"date": pd.to_datetime(["2025-12-31"] * 2), "measure": ["used", "issued"],
    ...     "p10": [829, 282], "p50": [983, 369], "p90": [1000, 510]})
    >>> backlog = pd.DataFrame({"stage": ["fatwa", "submitted"], "actor": ["fatwa", "bpjph"], "waiting": [105, 46]})
    >>> what_binds(forecast, 1000, backlog)
    'Yang menentukan ialah proses sesudah pengajuan (verifikasi, BPJPH, Komite Fatwa): kira-kira 983 dari 1.000
    dimanfaatkan, tetapi 369 di antaranya terbit sampai 31 Desember 2025. Kini terbanyak 105 menunggu sidang fatwa.'

    The middle of what is forecast is compared with the goal: what is not submitted is missing before, what is used and
    not issued is missing behind. `backlog`: that of the whole.
    """
    used, issued = _measured(forecast, "used"), _measured(forecast, "issued")
    found = decides(used["p50"], issued["p50"], goal)
    if not found:
        return ""
    seen = f"kira-kira {fmt_count(used['p50'])} dari {fmt_count(goal)} dimanfaatkan"
    issued_by = f"{fmt_count(issued['p50'])} di antaranya terbit sampai {fmt_date(used['date'])}"
    if found == "before":
        return f"Yang menentukan ialah pengajuan sendiri: {seen}, dan {issued_by}."
    waiting = _most_waiting(backlog)
    if found == "both":
        return f"Yang menentukan ialah keduanya, pengajuan dan {_AFTER}: {seen}, dan {issued_by}.{waiting}"
    return f"Yang menentukan ialah {_AFTER}: {seen}, tetapi {issued_by}.{waiting}"


def when_reached(chances: pd.DataFrame, finish: pd.DataFrame, *, share: float, as_of: date, until: date) -> str:
    """
    How sure a part of the quota is by a date, and by when it may be counted on.

    >>> chances = pd.DataFrame({"measure": ["used", "issued"], "goal": [800, 800], "chance": [0.93, 0.0005],
    ...     "date": pd.to_datetime(["2025-12-31"] * 2)})
    >>> finish = pd.DataFrame({"measure": ["used", "issued"], "p80_date": pd.to_datetime(["2025-10-02", None])})
    >>> when_reached(chances, finish, share=0.8, as_of=date(2025, 6, 4), until=date(2025, 12, 31))
    'Peluang 80% kuota (800) sampai 31 Desember 2025: dimanfaatkan 93%, terbit kurang dari 1%. 8 dari 10 kemungkinan:
    dimanfaatkan pada 2 Oktober 2025, terbit tidak sebelum 31 Desember 2025.'

    `chances` and `finish`: of the whole and that part, a row a measure; `until`: how far it can be foreseen.
    """
    used, issued = _measured(chances, "used"), _measured(chances, "issued")
    dates = {name: _when(_measured(finish, name)["p80_date"], as_of, until) for name in ("used", "issued")}
    return (
        f"Peluang {fmt_part(share)} ({fmt_count(used['goal'])}) sampai {fmt_date(used['date'])}: dimanfaatkan "
        f"{fmt_chance(used['chance'])}, terbit {fmt_chance(issued['chance'])}. 8 dari 10 kemungkinan: "
        f"dimanfaatkan {dates['used']}, terbit {dates['issued']}."
    )


def _when(day: Any, as_of: date, until: date) -> str:
    if is_missing(day):
        return f"tidak sebelum {fmt_date(until)}"
    return "sudah" if pd.Timestamp(day) <= pd.Timestamp(as_of) else f"pada {fmt_date(day)}"


def beyond(as_of: date, until: date) -> str:
    """What is said of a date that is not foreseen."""
    return f"Yang diramalkan hanya {fmt_date(as_of)} sampai {fmt_date(until)}: pilih tanggal di antaranya."


DECIDES: Final = {"before": "pengajuan", "behind": "proses", "both": "keduanya", "": "–"}
"""What stands in the way of a group → its word in a table."""


def decides(used: float, issued: float, goal: float) -> str:
    """
    What stands in the way: what is not submitted ("before"), what is submitted and not issued ("behind"), or both.

    >>> decides(983, 369, 1000), decides(600, 580, 1000), decides(800, 620, 1000), decides(1001, 1001, 1000)
    ('behind', 'before', 'both', '')
    """
    before, behind = max(goal - used, 0), max(min(used, goal) - issued, 0)
    if not before and not behind:
        return ""
    if min(before, behind) >= EVEN * max(before, behind):
        return "both"
    return "before" if before > behind else "behind"


def curve_legend(forecast: bool, told_until: date | None, as_of: date) -> str:
    """How the S-curve is to be read."""
    told = ["Rencana adalah garis lurus menurut hari kerja sampai tenggat."]
    if forecast:
        told.append("Pita: 8 dari 10 kemungkinan; garis putus-putus: tengahnya.")
        told.append("Seberapa sering benar: lihat halaman Ramalan dan kenyataan.")
    if told_until is not None and told_until < as_of:
        told.append(f"Arsir: sesudah {fmt_date(told_until)} belum dilaporkan semua LP3H.")
    return " ".join(told)


def _most_waiting(backlog: pd.DataFrame) -> str:
    waiting = backlog[backlog["waiting"] > 0]
    if waiting.empty:
        return ""
    most = row_of(waiting.sort_values("waiting", ascending=False, kind="stable"))
    step = WAITING_LABEL[most["stage"]]
    return f" Kini terbanyak {fmt_count(most['waiting'])} {step[0].lower()}{step[1:]}."


def _named(parts: pd.DataFrame, unit: str) -> str:
    """The first few, each with its band, and how many more there are."""
    names = [WRITE["place" if _group(parts) == "kab_kota" else "lp3h"](name) for name in parts[_group(parts)]]
    told = [
        f"{name} {_band(row)} dari {fmt_count(row['goal'])} (peluang {fmt_chance(row['chance'])})"
        for name, row in zip(names[:_NAMED], parts.head(_NAMED).to_dict("records"), strict=True)
    ]
    more = len(parts) - _NAMED
    return listing([*told, f"{fmt_count(more)} {unit} lain"] if more > 0 else told)


def _band(row: Row) -> str:
    return fmt_band(row["p10"], row["p90"])


def _group(frame: pd.DataFrame) -> str:
    return next(name for name in GROUP_UNIT if name in frame)


def _measured(frame: pd.DataFrame, measure: str) -> Row:
    return row_of(frame[frame["measure"] == measure])
