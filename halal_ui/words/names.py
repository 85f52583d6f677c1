"""
The office's words for a value: names, units and small phrases that sentences, tables and formulas share.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from halal_metrics import institutions
from halal_ui.words.formats import (
    MISSING,
    fmt_count,
    fmt_date,
    fmt_number,
    fmt_points,
    fmt_rate,
    fmt_signed,
    is_missing,
)
from halal_ui.words.labels import (
    ACTOR_LABEL,
    APPLICATION_STATUS,
    EXTRA_VERDICT,
    MEASURE_LABEL,
    REALLOCATION_RULE,
    STAGE_LABEL,
    STAGE_SHORT,
    STATUS_LABEL,
    UNKNOWN_GROUP,
    WAITING_LABEL,
)
from halal_ui.words.notes import ACTION_STATUS, CAN_ACT, CATEGORY, WHERE

NO_DATA: Final = "Belum ada data untuk pilihan ini."


@dataclass(frozen=True)
class MeasureWords:
    """What is counted against the quota: `label` names it, `unit` is one of it, `ends` is said of all the quota."""

    label: str
    unit: str
    ends: str

    @property
    def done(self) -> str:
        """What has happened to the quota."""
        return self.label.lower()


MEASURE_WORDS: Final = {
    "submitted": MeasureWords(STAGE_SHORT["submitted"], unit="pengajuan", ends="habis"),
    "issued": MeasureWords(STAGE_SHORT["issued"], unit="sertifikat", ends="terbit seluruhnya"),
}
"""`measure` of `deadline_gaps` → its words."""

GROUP_LABEL: Final = {"kab_kota": "Kabupaten/kota", "lp3h": "LP3H"}
"""Group column → what all of its groups are called."""

GROUP_UNIT: Final = {"kab_kota": "kab/kota", "lp3h": "LP3H"}
"""Group column → what one group is called."""

_TREND: Final = {1: "naik", 0: "tetap", -1: "turun"}
CHANGE: Final = {
    "new": "Baru",
    "moved": "Maju",
    "issued": STAGE_SHORT["issued"],
    "returned": APPLICATION_STATUS["returned"],
    "left": "Keluar",
    "restated": "Dinyatakan ulang",
}
"""What happened to an application between two meetings."""

_INSIDE: Final = {"inside": "di dalam", "below": "di bawah pita", "above": "di atas pita"}
"""What came, against what was foreseen."""

_CLEAR: Final = {True: "jelas", False: "tidak jelas"}
_CLASS: Final = {"many": "banyak", "few": "sedikit"}


def place(name: Any) -> str:
    """
    A kabupaten/kota as it is spoken of; exports keep the official name.

    >>> place("Kabupaten Kutai Kartanegara"), place("Kota Bontang"), place(None)
    ('Kutai Kartanegara', 'Bontang', 'Belum dirinci')
    """
    return UNKNOWN_GROUP if is_missing(name) else name.removeprefix("Kabupaten ").removeprefix("Kota ")


def institution(name: Any) -> str:
    """
    An LP3H by its short name; one we do not know as it is written.

    >>> institution("LP3H UINSI Samarinda"), institution("LP3H Baru"), institution(float("nan"))
    ('UINSI', 'LP3H Baru', 'Belum dirinci')
    """
    return UNKNOWN_GROUP if is_missing(name) else institutions.SHORT.get(name, name)


def days_phrase(days_left: Any) -> str:
    """
    How far away a day is.

    >>> days_phrase(-4), days_phrase(0), days_phrase(11), days_phrase(None)
    ('lewat 4 hari', 'hari ini', '11 hari lagi', '–')
    """
    if is_missing(days_left):
        return MISSING
    if days_left < 0:
        return f"lewat {fmt_count(-days_left)} hari"
    return f"{fmt_count(days_left)} hari lagi" if days_left else "hari ini"


def age(from_days: int, to_days: Any) -> str:
    """
    A bin of `backlog_ages`.

    >>> age(0, 5), age(41, None)
    ('0–5', '41 ke atas')
    """
    return f"{fmt_count(from_days)} ke atas" if is_missing(to_days) else f"{fmt_count(from_days)}–{fmt_count(to_days)}"


def listing(names: Iterable[str]) -> str:
    """
    >>> listing(["Berau"]), listing(["Berau", "Paser", "Bontang"])
    ('Berau', 'Berau, Paser dan Bontang')
    """
    *most, last = names
    return f"{', '.join(most)} dan {last}" if most else last


def _labelled(labels: Mapping[Any, str]) -> Callable[[Any], str]:
    return lambda value: MISSING if is_missing(value) else labels.get(value, str(value))


WRITE: Final[dict[str, Callable[[Any], str]]] = {
    "text": lambda value: MISSING if is_missing(value) else str(value),
    "place": place,
    "lp3h": institution,
    "count": fmt_count,
    "number": fmt_number,
    "signed": fmt_signed,
    "rate": fmt_rate,
    "points": fmt_points,
    "date": fmt_date,
    "days": days_phrase,
    "status": _labelled(STATUS_LABEL),
    "stage": _labelled(STAGE_LABEL),
    "waiting": _labelled(WAITING_LABEL),
    "actor": _labelled(ACTOR_LABEL),
    "trend": _labelled(_TREND),
    "measure": _labelled(MEASURE_LABEL),
    "extra_verdict": _labelled(EXTRA_VERDICT),
    "class": _labelled(_CLASS),
    "clear": _labelled(_CLEAR),
    "inside": _labelled(_INSIDE),
    "change": _labelled(CHANGE),
    "category": _labelled(CATEGORY),
    "rule": _labelled(REALLOCATION_RULE),
    "can_act": _labelled(CAN_ACT),
    "where": _labelled(WHERE),
    "action_status": _labelled(ACTION_STATUS),
}
"""Kind of value → how it is written; "–" where it is missing, but a missing group has its name."""
