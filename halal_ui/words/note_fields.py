"""The fields of a note as people fill them in: what each is called, and what can be chosen. No Streamlit."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from halal_metrics.institutions import LP3H
from halal_metrics.places import KAB_KOTA
from halal_metrics.schema import STAGES
from halal_ui.words.formats import MISSING, fmt_date, is_missing
from halal_ui.words.labels import STAGE_SHORT
from halal_ui.words.names import institution, place
from halal_ui.words.notes import ACTION_STATUS, CAN_ACT, CATEGORY, EVENT, WHERE

LONGEST: Final = 500
"""Letters of a text: what can be read aloud."""


@dataclass(frozen=True)
class Field:
    """`kind`: text, date, number, or choice of `names` (code → name). `needed`: a note without it says nothing."""

    label: str
    kind: str = "text"
    names: Mapping[str, str] | None = None
    needed: bool = False


_PLACE: Final = Field("Kab/kota", "choice", {name: place(name) for name in KAB_KOTA})
_CATEGORY: Final = {code: f"{code} · {name}" for code, name in CATEGORY.items()}
_LP3H: Final = Field("LP3H", "choice", {name: institution(name) for name in LP3H})

FIELDS: Final[dict[str, dict[str, Field]]] = {
    "obstacle": {
        "category": Field("Kendala", "choice", _CATEGORY, needed=True),
        "text": Field("Uraian"),
        "kab_kota": _PLACE,
        "lp3h": _LP3H,
        "stage": Field("Tertahan di", "choice", WHERE),
        "held": Field("Menahan (pengajuan)", "number"),
        "actor": Field("Dapat ditindaklanjuti oleh", "choice", CAN_ACT),
        "closed_date": Field("Selesai sejak", "date"),
    },
    "action": {
        "problem": Field("Permasalahan"),
        "action": Field("Tindak lanjut", needed=True),
        "responsible": Field("Penanggung jawab"),
        "due_date": Field("Tenggat", "date"),
        "indicator": Field("Indikator"),
        "status": Field("Status", "choice", ACTION_STATUS),
        "evidence": Field("Bukti atau keterangan"),
        "stage": Field("Angka yang digerakkan", "choice", {stage: STAGE_SHORT[stage] for stage in STAGES}),
        "kab_kota": _PLACE,
        "lp3h": _LP3H,
    },
    "decision": {"text": Field("Keputusan", needed=True)},
    "event": {
        "date": Field("Tanggal", "date", needed=True),
        "until_date": Field("Sampai", "date"),
        "kind": Field("Jenis", "choice", EVENT),
        "text": Field("Peristiwa", needed=True),
    },
    "institution": {"name": Field("LP3H", needed=True), "spellings": Field("Ejaan")},
}
"""Kind of note → its fields, in the order of the table."""

QUICK: Final = {
    "obstacle": ("category", "kab_kota", "stage", "text", "held", "actor"),
    "action": ("action", "responsible", "due_date", "kab_kota", "stage"),
    "decision": ("text",),
}
"""Kind of note → what is asked while people talk."""

NOTE_LABEL: Final = {
    "obstacle": "Kendala",
    "action": "Tindak lanjut",
    "decision": "Keputusan",
    "event": "Peristiwa",
    "institution": "LP3H baru",
}
"""Kind of note → what people call it."""

ANEW: Final = {"action": {"status": "todo"}}
"""What a new note has unless somebody says otherwise."""


def missing(kind: str, stated: Mapping[str, Any]) -> list[str]:
    """
    The labels of what a new note still needs.

    >>> missing("event", {"text": "Surat edaran", "date": None})
    ['Tanggal']
    """
    return [field.label for name, field in FIELDS[kind].items() if field.needed and is_empty(stated.get(name))]


def is_empty(value: Any) -> bool:
    return is_missing(value) or (isinstance(value, str) and not value.strip())


def changed(kind: str, before: Mapping[str, Any], edits: Mapping[str, Any]) -> dict[str, Any]:
    """
    Of what was typed into a row, what is really another now.

    >>> changed("action", {"action": "surat", "status": "todo"}, {"action": " surat ", "status": "done"})
    {'status': 'done'}
    """
    return {
        name: value
        for name, value in edits.items()
        if _plain(kind, name, value) != _plain(kind, name, before.get(name))
    }


def _plain(kind: str, name: str, value: Any) -> Any:
    if is_empty(value):
        return None
    if FIELDS[kind][name].kind == "date":
        return pd.Timestamp(value).normalize()
    return value.strip() if isinstance(value, str) else value


def said(kind: str, name: str, value: Any) -> str:
    """
    A value of a field as it is read; `value` as the log keeps it.

    >>> said("action", "due_date", "2025-06-11"), said("obstacle", "category", "K10"), said("action", "evidence", None)
    ('11 Juni 2025', 'K10 · Antrean sidang fatwa', '–')
    """
    if is_empty(value):
        return MISSING
    field = FIELDS[kind].get(name)
    if field is None:
        return str(value)
    return fmt_date(value) if field.kind == "date" else (field.names or {}).get(str(value), str(value))
