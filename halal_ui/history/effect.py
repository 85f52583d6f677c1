"""What an upload changed when it came, and what would change without it. Worked out when asked for, then kept."""

from datetime import date

import streamlit as st

from halal_store import Preview
from halal_ui import data
from halal_ui.upload.changes import Rates, rates


@st.cache_resource(show_spinner="Membandingkan …", max_entries=8)
def brought(upload_id: str) -> Preview:
    """New, changed and same rows of an upload against what was known right before it. That never changes."""
    store = data.store()
    if hasattr(store, "brought"):
        return store.brought(upload_id)
    from halal_store import entries  # DEV
    from halal_store.log import Log
    from halal_store.preview import preview
    from halal_store.store import _counting, _upload
    from halal_store.tables import placed

    log = store._log()
    entry = _upload(log, upload_id)
    before = Log(tuple(e for e in log.entries if e.arrival < entry.arrival), log.digests, log.witnessed)
    frame = entries.accepted(entries.read_rows(store._book.rows(entry)), entry.head["table"])
    new = {entry.head["table"]: placed(frame, store.clock.told(entry.received_at), entry.arrival)}
    return preview(store._survivors.folded(_counting(before)), entry.head["table"], new=new)


@st.cache_resource(show_spinner="Menghitung akibatnya …", max_entries=4)
def without(upload_id: str, version: str) -> Preview:
    """What the tables become without the upload; `version` of the store, since it depends on all others."""
    return data.store().preview_undo(upload_id)


@st.cache_resource(show_spinner=False, max_entries=8)
def rates_without(upload_id: str, version: str, as_of: date) -> tuple[Rates, Rates]:
    """The headline figures on a day, now and without the upload."""
    found = without(upload_id, version)
    return rates(found.before, as_of=as_of), rates(found.after, as_of=as_of)
