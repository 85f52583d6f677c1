"""The short form for noting while people talk: over the slides, by one key, saved by Enter."""

from typing import Any

import streamlit as st

from halal_ui.screen import access
from halal_ui.screen.notes import saving
from halal_ui.words.note_fields import FIELDS, LONGEST, NOTE_LABEL, QUICK, Field


def quick(kind: str, meeting_id: str) -> None:
    """Opens the form of a kind of note: "obstacle", "action" or "decision"; what is noted belongs to the meeting."""
    st.dialog(f"Catat {NOTE_LABEL[kind].lower()}", width="medium")(_form)(kind, meeting_id)


def _form(kind: str, meeting_id: str) -> None:
    if access.gate(saving.WHAT[kind]) is None:
        return
    with st.form(f"catat-{kind}", border=False, enter_to_submit=True):
        stated = {name: _asked(f"catat-{kind}-{name}", FIELDS[kind][name]) for name in QUICK[kind]}
        saved = st.form_submit_button("Simpan", type="primary", icon=":material/check:")
    st.caption(f"Dicatat untuk rapat {meeting_id}. Enter menyimpan; rinciannya dapat dilengkapi di halaman Kendala.")
    if saved:
        if refused := saving.add(kind, stated, meeting_id):
            st.warning(refused)
        else:
            st.rerun()


def _asked(key: str, field: Field) -> Any:
    label = f"{field.label}{' (wajib)' if field.needed else ''}"
    if field.kind == "choice" and field.names is not None:
        return st.selectbox(
            label, list(field.names), None, field.names.__getitem__, key=key, placeholder="Pilih, atau biarkan kosong"
        )
    if field.kind == "date":
        return st.date_input(label, None, key=key, format="DD/MM/YYYY")
    if field.kind == "number":
        return st.number_input(label, 0, 100_000, None, key=key, placeholder="Kosong: semua yang ada di sana")
    return st.text_input(label, key=key, max_chars=LONGEST)
