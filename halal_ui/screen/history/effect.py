"""What an upload changed when it came, and what would change without it. Worked out when asked for, then kept."""

import streamlit as st

from halal_ui.intake.effect import Effect
from halal_ui.screen import data, past
from halal_ui.snapshot.programme import programme


@st.cache_resource(show_spinner="Membandingkan …", max_entries=8)
def brought(upload_id: str) -> Effect:
    """What an upload made of what was known right before it, told on the day on which it came. That never changes."""
    found = data.log().brought(upload_id)
    return Effect(found, data.log().upload(upload_id).received_at.date(), programme().codes)


@st.cache_resource(show_spinner="Menghitung akibatnya …", max_entries=4)
def without(upload_id: str, version: str) -> Effect:
    """What the tables become without the upload; `version` of the store, since it depends on all others."""
    return Effect(data.log().preview_undo(upload_id), past.now().date(), programme().codes, undo=True)
