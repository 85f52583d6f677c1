"""Riwayat: decisions and remembered choices as the log has them, in the words of whoever reads them. No Streamlit."""

import json
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from halal_ui.intake.saved_mappings import SavedMapping
from halal_ui.views.pairs import DECIDED
from halal_ui.words.columns import Column
from halal_ui.words.formats import fmt_date
from halal_ui.words.note_fields import FIELDS, NOTE_LABEL, said

RECORDS: Final = {
    "received_at": Column("Dicatat", "text"),
    "kind": Column("Apa", "text"),
    "facts": Column("Isinya", "text"),
    "by": Column("Oleh", "text"),
}

KIND: Final = {
    "mapping": "Pilihan pembacaan",
    "duplicate": "Keputusan duplikat",
    "unmasked": "Data pribadi dibuka",
    **NOTE_LABEL,
    "meeting": "Rapat dibekukan",
    "taken_back": "Catatan dibatalkan",
}
"""Kind of record → what people call it; another kind is called by its own name."""


def records(found: pd.DataFrame) -> pd.DataFrame:
    """Decisions and remembered choices as RECORDS, newest first."""
    kinds = dict(zip(found["record_id"], found["kind"].map(KIND), strict=True))
    return (
        pd.DataFrame(
            {
                "received_at": found["received_at"],
                "kind": found["kind"].map(KIND).fillna(found["kind"]),
                "facts": pd.Series(
                    [_told(kind, one, kinds) for kind, one in zip(found["kind"], found["facts"], strict=True)],
                    found.index,
                    dtype="str",
                ),
                "by": found["by"],
            }
        )
        .iloc[::-1]
        .reset_index(drop=True)
    )


def _told(kind: str, facts: Any, kinds: Mapping[str, str]) -> str:
    """What was recorded, in the words of whoever reads it. `kinds`: what each record is called."""
    if kind in FIELDS and isinstance(facts, Mapping):
        stated = facts.get("stated") or {}
        told = {
            FIELDS[kind][name].label: said(kind, name, value) for name, value in stated.items() if name in FIELDS[kind]
        }
        return _briefly(_said_at(facts) | told)
    if kind == "meeting":
        names = {"meeting": "Rapat", "title": "Judul", "as_of": "Per tanggal", "place": "Tempat"}
        dated = dict(facts) | {"as_of": fmt_date(facts.get("as_of"))}
        return _briefly({name: dated.get(key) for key, name in names.items()})
    if kind == "mapping":
        remembered = SavedMapping(
            *(facts.get(name) or "" for name in ("sender", "shape", "shape_read")), facts.get("choices") or {}
        )
        if not remembered.choices:
            return f"pilihan untuk berkas {remembered.sender} dilupakan"
        return _short(f"pilihan untuk berkas {remembered.sender} diingat: {'; '.join(remembered.in_words)}")
    if kind == "unmasked":
        return f"berkas {facts.get('filename') or 'tanpa nama'}"
    if kind == "duplicate":
        two = f"{facts.get('first')} dan {facts.get('second')}"
        return _briefly({DECIDED.get(facts.get("decision"), ""): two, "Catatan": facts.get("note")})
    if kind == "taken_back":
        what = {"Yang dibatalkan": kinds.get(facts.get("record")), "Alasan": facts.get("reason")}
        return _briefly(what | _said_at(facts))
    return _briefly(facts)


def _said_at(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {"Untuk rapat": facts["meeting"]} if facts.get("meeting") else {}


def _briefly(stated: Any, longest: int = 200) -> str:
    parts = stated.items() if isinstance(stated, Mapping) else [("", stated)]
    told = "; ".join(
        f"{key}: {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)}".strip(": ")
        for key, value in parts
        if value not in (None, "", {}, [])
    )
    return _short(told, longest)


def _short(told: str, longest: int = 200) -> str:
    return told if len(told) <= longest else told[: longest - 1] + "…"
