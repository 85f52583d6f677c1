"""What an upload changed when it came, and what would change without it. Worked out when asked for, then kept."""

from datetime import date

import streamlit as st

from halal_store import Preview
from halal_ui.intake.changes import Rates, rates
from halal_ui.screen import data
from halal_ui.snapshot.programme import programme


@st.cache_resource(show_spinner="Membandingkan …", max_entries=8)
def brought(upload_id: str) -> Preview:
    """New, changed and same rows of an upload against what was known right before it. That never changes."""
    return data.log().brought(upload_id)


@st.cache_resource(show_spinner=False, max_entries=32)
def rates_brought(upload_id: str, as_of: date) -> tuple[Rates, Rates]:
    """The headline figures on a day, as known right before an upload and right after it."""
    found = brought(upload_id)
    return _rates(found, as_of)


@st.cache_resource(show_spinner="Menghitung akibatnya …", max_entries=4)
def without(upload_id: str, version: str) -> Preview:
    """What the tables become without the upload; `version` of the store, since it depends on all others."""
    return data.log().preview_undo(upload_id)


@st.cache_resource(show_spinner=False, max_entries=8)
def rates_without(upload_id: str, version: str, as_of: date) -> tuple[Rates, Rates]:
    """The headline figures on a day, now and without the upload."""
    found = without(upload_id, version)
    return _rates(found, as_of)


def _rates(found: Preview, as_of: date) -> tuple[Rates, Rates]:
    before, after = (rates(tables, as_of=as_of, codes=programme().codes) for tables in (found.before, found.after))
    return before, after
