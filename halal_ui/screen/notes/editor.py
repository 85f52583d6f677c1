"""A table of notes to read, fill in and change; saved note by note, field by field."""

from collections.abc import Mapping
from functools import partial
from hashlib import blake2b
from typing import Any, Final

import pandas as pd
import streamlit as st

from halal_ui.screen import access
from halal_ui.screen.notes import saving
from halal_ui.words.formats import is_missing
from halal_ui.words.note_fields import FIELDS, LONGEST, Field, changed

_DONE, _REFUSED, _DRAWN = "catatan tersimpan", "catatan ditolak", "tabel catatan"
# the editor's own buttons speak English
_STYLE: Final = '<style>[data-testid="stDataFrame"] [data-testid="stElementToolbar"]{display:none}</style>'
_WIDTH: Final = dict.fromkeys(("text", "action", "problem", "evidence", "indicator"), 400) | {"category": 320}
"""Pixels of a column that needs more or less than others."""
_DATE, _NUMBER, _OTHER = 120, 160, 190


def editor(kind: str, shown: pd.DataFrame, *, meeting_id: str | None, more: Mapping[str, Any] | None = None) -> None:
    """
    The notes of `shown` (`note_id` and the fields of the kind) as a table with room for new ones. `more`: columns of
    `shown` that can only be read, in front, with their configuration. What is noted belongs to `meeting_id`, if any.

    While something typed is not saved the table stays as it was drawn, whatever others note and whichever filter is
    chosen: what is typed stands in the row it was typed into.
    """
    _say(kind)
    may = access.gate(saving.WHAT[kind]) is not None
    more = more or {}
    key, shown, stale = _drawn(kind, shown)
    st.html(_STYLE)
    st.data_editor(
        _whole(kind, shown, list(more)),
        key=key,
        num_rows="add" if may else "fixed",
        hide_index=True,
        disabled=list(more) if may else True,
        column_config={**more, **{name: _column(name, field, shown[name]) for name, field in FIELDS[kind].items()}},
        column_order=[*more, *FIELDS[kind]],
        placeholder="",
    )
    if not may:
        return
    if stale:
        st.caption("Daftar ini sudah berubah; yang terbaru tampil setelah ketikan Anda disimpan atau dibuang.")
    with st.container(horizontal=True):
        st.button(
            "Simpan perubahan",
            key=f"simpan-{kind}",
            type="primary",
            icon=":material/save:",
            on_click=partial(_save, kind, key, shown, meeting_id),
        )
        if stale:
            st.button("Buang ketikan", key=f"buang-{kind}", icon=":material/delete:", on_click=partial(_anew, kind))


def _drawn(kind: str, shown: pd.DataFrame) -> tuple[str, pd.DataFrame, bool]:
    """
    The editor's key, its rows, and whether they are older than `shown`. Streamlit keeps edits by position: another
    set or order of notes is another editor, so that no edit lands on another note.
    """
    ids = blake2b("\n".join(shown["note_id"]).encode(), digest_size=4).hexdigest()
    key = f"catatan-{kind}-{st.session_state.get(_turn(kind), 0)}-{ids}"
    before, rows = st.session_state.get(_DRAWN + kind, (key, shown))
    if before != key and any(st.session_state.get(before, {}).get(part) for part in ("edited_rows", "added_rows")):
        return before, rows, True
    st.session_state[_DRAWN + kind] = key, shown
    return key, shown, False


def _whole(kind: str, shown: pd.DataFrame, more: list[str]) -> pd.DataFrame:
    """The table's frame: dates as days, numbers as they are, all else text."""
    return shown[[*more, *FIELDS[kind]]].reset_index(drop=True)


def _column(name: str, field: Field, stated: pd.Series) -> Any:
    label = f"{field.label} *" if field.needed else field.label
    width = _WIDTH.get(name, _OTHER)
    if field.kind == "choice" and field.names is not None:
        names = field.names
        # what the list does not have, such as an LP3H not seen before, is no less stated
        other = [value for value in stated.dropna().drop_duplicates() if value not in names]
        return st.column_config.SelectboxColumn(
            label, options=[*names, *other], format_func=lambda code: names.get(code, str(code)), width=width
        )
    if field.kind == "date":
        return st.column_config.DateColumn(label, format="DD/MM/YYYY", width=_DATE)
    if field.kind == "number":
        return st.column_config.NumberColumn(label, min_value=0, step=1, width=_NUMBER)
    return st.column_config.TextColumn(label, max_chars=LONGEST, width=width)


def _save(kind: str, key: str, shown: pd.DataFrame, meeting_id: str | None) -> None:
    """
    Writes what was typed since the table was drawn, once all of it may be written; what is refused stays in the table.
    """
    writes = _typed(kind, key, shown)
    refused = next(filter(None, (saving.refusal(kind, row, stated) for row, stated in writes)), "")
    count = {"added": 0, "changed": 0}
    for row, stated in [] if refused else writes:
        if refused := saving.write(kind, stated, meeting_id, row.get("note_id")):
            break
        count["changed" if row else "added"] += 1
    if refused and not any(count.values()):
        st.session_state[_REFUSED + kind] = refused
        return
    _anew(kind)  # or the next click would save what is saved already once more
    if refused:
        rest = len(writes) - sum(count.values())
        st.session_state[_REFUSED + kind] = (
            f"{saving.told(kind, **count)} {rest} lagi belum tersimpan: periksa tabelnya, lalu isi lagi. {refused}"
        )
    else:
        st.session_state[_DONE + kind] = saving.told(kind, **count)


def _typed(kind: str, key: str, shown: pd.DataFrame) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Each note as it was drawn ({}: a new one) and what was typed of it: only what is really another now."""
    typed = st.session_state.get(key, {})
    writes = []
    for position, edits in typed.get("edited_rows", {}).items():
        row = shown.iloc[int(position)].to_dict()
        stated = changed(kind, row, {name: value for name, value in edits.items() if name in FIELDS[kind]})
        writes.append((row, stated))
    for added in typed.get("added_rows", []):
        writes.append(({}, {name: value for name, value in added.items() if name in FIELDS[kind]}))
    return [(row, stated) for row, stated in writes if stated and (row or not all(map(is_missing, stated.values())))]


def _anew(kind: str) -> None:
    """The next table starts without edits."""
    st.session_state[_turn(kind)] = st.session_state.get(_turn(kind), 0) + 1
    st.session_state.pop(_DRAWN + kind, None)


def _turn(kind: str) -> str:
    return f"catatan-{kind}, ke berapa"


def _say(kind: str) -> None:
    if done := st.session_state.pop(_DONE + kind, ""):
        st.toast(done, icon=":material/check:")
    if refused := st.session_state.pop(_REFUSED + kind, ""):
        st.warning(refused)
