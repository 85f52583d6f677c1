"""A table of notes to read, fill in and change; saved row by row, field by field."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from halal_ui import access
from halal_ui.formats import is_missing
from halal_ui.notes import saving
from halal_ui.notes.fields import FIELDS, LONGEST, Field, changed

_DONE, _REFUSED = "catatan tersimpan", "catatan ditolak"
# the editor's own buttons speak English
_STYLE: Final = '<style>[data-testid="stDataFrame"] [data-testid="stElementToolbar"]{display:none}</style>'
_WIDE: Final = ("text", "action", "problem", "evidence", "indicator")


def editor(kind: str, shown: pd.DataFrame, *, meeting_id: str | None, more: Mapping[str, Any] | None = None) -> None:
    """
    The notes of `shown` (`note_id` and the fields of the kind) as a table with room for new ones. `more`: columns of
    `shown` that can only be read, in front, with their configuration. What is noted belongs to `meeting_id`, if any.
    """
    _say(kind)
    may = access.gate(saving.WHAT[kind]) is not None
    more = more or {}
    frame = _whole(kind, shown, list(more))
    key = f"catatan-{kind}-{st.session_state.get(_turn(kind), 0)}"
    st.html(_STYLE)
    st.data_editor(
        frame,
        key=key,
        num_rows="add" if may else "fixed",
        hide_index=True,
        disabled=list(more) if may else True,
        column_config={**more, **{name: _column(name, field) for name, field in FIELDS[kind].items()}},
        column_order=[*more, *FIELDS[kind]],
        placeholder="",
    )
    if may:
        st.button(
            "Simpan perubahan",
            key=f"simpan-{kind}",
            type="primary",
            icon=":material/save:",
            on_click=partial(_save, kind, key, shown, meeting_id),
        )


def _whole(kind: str, shown: pd.DataFrame, more: list[str]) -> pd.DataFrame:
    """The table's frame: dates as days, numbers as they are, all else text."""
    columns = {}
    for name in [*more, *FIELDS[kind]]:
        column, field = shown[name], FIELDS[kind].get(name)
        if field is not None and field.kind == "choice" and field.names is not None:
            column = column.where(column.isin(list(field.names)))
        columns[name] = column
    return pd.DataFrame(columns).reset_index(drop=True)


def _column(name: str, field: Field) -> Any:
    label = f"{field.label} *" if field.needed else field.label
    width = "large" if name in _WIDE else "medium"
    if field.kind == "choice" and field.names is not None:
        names = field.names
        return st.column_config.SelectboxColumn(
            label, options=list(names), format_func=lambda code: names.get(code, str(code)), width=width
        )
    if field.kind == "date":
        return st.column_config.DateColumn(label, format="DD/MM/YYYY", width="small")
    if field.kind == "number":
        return st.column_config.NumberColumn(label, min_value=0, step=1, width="small")
    return st.column_config.TextColumn(label, max_chars=LONGEST, width=width)


def _save(kind: str, key: str, shown: pd.DataFrame, meeting_id: str | None) -> None:
    """Writes what was typed since the table was drawn; what is refused stays in the table."""
    typed = st.session_state.get(key, {})
    count = {"added": 0, "changed": 0}
    for position, edits in typed.get("edited_rows", {}).items():
        row = shown.iloc[int(position)].to_dict()
        known = {name: value for name, value in edits.items() if name in FIELDS[kind]}
        if stated := changed(kind, row, known):
            if refused := saving.change(kind, row["note_id"], stated, meeting_id):
                st.session_state[_REFUSED + kind] = refused
                return
            count["changed"] += 1
    for added in typed.get("added_rows", []):
        stated = {name: value for name, value in added.items() if name in FIELDS[kind] and not is_missing(value)}
        if not stated:
            continue
        if refused := saving.add(kind, stated, meeting_id):
            st.session_state[_REFUSED + kind] = refused
            return
        count["added"] += 1
    st.session_state[_turn(kind)] = st.session_state.get(_turn(kind), 0) + 1  # the next table starts without edits
    st.session_state[_DONE + kind] = saving.told(kind, **count)


def _turn(kind: str) -> str:
    return f"catatan-{kind}, ke berapa"


def _say(kind: str) -> None:
    if done := st.session_state.pop(_DONE + kind, ""):
        st.toast(done, icon=":material/check:")
    if refused := st.session_state.pop(_REFUSED + kind, ""):
        st.warning(refused)
