"""Which meeting a page is about: `rapat` in the address, else the newest."""

from typing import Final

import streamlit as st

from halal_store import Meeting
from halal_ui.screen import data
from halal_ui.words.formats import fmt_date

NAME: Final = "rapat"


def chosen() -> Meeting | None:
    """The meeting of the address, one taken back too; the newest where it names none or an unknown one."""
    listed = data.meetings()
    named = st.query_params.get(NAME, "")
    known = {meeting.id: meeting for meeting in listed}
    if named and named not in known and named in data.store().meeting_ids():
        return data.meeting(named)
    return known.get(named) or (listed[0] if listed else None)


def choose(label: str = "Rapat") -> Meeting | None:
    """Draws the choice; what is chosen goes into the address."""
    current = chosen()
    if current is None:
        return None
    listed = {meeting.id: meeting for meeting in data.meetings()} | {current.id: current}
    ids = list(listed)

    def remember() -> None:
        st.query_params[NAME] = st.session_state[f"pilih-{NAME}"]

    st.session_state[f"pilih-{NAME}"] = current.id
    st.selectbox(label, ids, key=f"pilih-{NAME}", format_func=lambda id: label_of(listed[id]), on_change=remember)
    return current


def label_of(meeting: Meeting) -> str:
    """'R-2025-06-04 · 4 Juni 2025 · Rapat Koordinasi dan Monitoring'."""
    return f"{meeting.id} · {fmt_date(meeting.date)} · {meeting.title}"
