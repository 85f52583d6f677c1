"""What an event cost or brought, in words: what came during it, beside what the days before it let expect."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from halal_metrics.event_effects import FEWEST
from halal_ui.words.formats import fmt_count, is_missing
from halal_ui.words.names import listing

Row = Mapping[Any, Any]
"""One of `effects`: of an event and what is counted (`stage`)."""

COUNTED: Final = {"submitted": "pengajuan", "issued": "sertifikat terbit"}
"""What an event's effect is counted in."""

UNCLEAR: Final = "tidak jelas"
NOT_ENDED: Final = "belum berakhir"


def effect_line(row: Row) -> str:
    """
    What was counted, for how many working days, what was usual, and whether chance would do.

    >>> row = {"stage": "submitted", "working_days": 2, "done": 7, "expected": 20.3, "low": 12, "high": 29,
    ...        "difference": -13.3, "clear": True}
    >>> effect_line(row)
    '7 pengajuan dalam 2 hari kerja, biasanya 20 (12–29): kurang 13'
    >>> effect_line({**row, "done": 15, "difference": -5.3, "clear": False})
    '15 pengajuan dalam 2 hari kerja, biasanya 20 (12–29): tidak jelas'
    """
    if not row["working_days"]:
        return "tidak ada hari kerja di dalamnya"
    came = f"{fmt_count(row['done'])} {COUNTED[row['stage']]} dalam {fmt_count(row['working_days'])} hari kerja"
    if is_missing(row["expected"]):
        return f"{came}; biasanya belum diketahui (kurang dari {FEWEST} hari kerja sebelumnya)"
    usual = f"biasanya {fmt_count(row['expected'])} ({fmt_count(row['low'])}–{fmt_count(row['high'])})"
    return f"{came}, {usual}: {moved(row)}"


def effect_phrase(rows: Iterable[Row]) -> str:
    """
    The same of all that is counted of one event, as short as a mark on a chart has room for; "" where nothing can be
    said.

    >>> row = {"stage": "submitted", "working_days": 2, "expected": 20.3, "difference": -13.3, "clear": True}
    >>> effect_phrase([row, {**row, "stage": "issued", "difference": -2.9}])
    'kurang 13 pengajuan dan 3 sertifikat terbit dari biasanya'
    >>> effect_phrase([{**row, "clear": False}])
    'akibatnya tidak jelas'
    """
    known = [row for row in rows if row["working_days"] and not is_missing(row["expected"])]
    if not known:
        return ""
    clear = [row for row in known if row["clear"]]
    told = []
    for word, side in (("kurang", [row for row in clear if row["difference"] < 0]),
                       ("lebih", [row for row in clear if row["difference"] > 0])):  # fmt: skip
        if side:
            amounts = (f"{fmt_count(abs(row['difference']))} {COUNTED[row['stage']]}" for row in side)
            told.append(f"{word} {listing(amounts)}")
    return f"{', '.join(told)} dari biasanya" if told else f"akibatnya {UNCLEAR}"


def events_answer(named: Mapping[str, str], *, noted: int) -> str:
    """
    What the events of a page did. `named`: each event → its phrase, the latest first; `noted`: how many there are.

    >>> events_answer({"Gangguan SIHALAL": "kurang 13 pengajuan dari biasanya"}, noted=1)
    'Gangguan SIHALAL: kurang 13 pengajuan dari biasanya.'
    """
    if not noted:
        return "Belum ada gangguan, libur, surat atau kegiatan yang dicatat."
    if not named:
        return "Akibatnya belum dapat dihitung: belum ada yang berakhir, atau terlalu awal untuk dibandingkan."
    clear = {name: phrase for name, phrase in named.items() if UNCLEAR not in phrase}
    if not clear:
        return "Akibat peristiwa yang dicatat tidak jelas: kebetulan saja dapat menghasilkan selisih sebesar itu."
    return " ".join(f"{name}: {phrase}." for name, phrase in list(clear.items())[:3])


def moved(row: Row) -> str:
    """
    >>> moved({"difference": 12.6, "clear": True}), moved({"difference": -1.0, "clear": False})
    ('lebih 13', 'tidak jelas')
    """
    if not row["clear"]:
        return UNCLEAR
    return f"{'kurang' if row['difference'] < 0 else 'lebih'} {fmt_count(abs(row['difference']))}"
