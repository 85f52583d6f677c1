"""Seeing personal data: asked for, upload by upload, by those who may, and kept in the log under their name."""

import logging
from typing import Final

import streamlit as st

from halal_store import StoredUpload, StoreError
from halal_ui.screen import access, data

WHAT: Final = "membuka data pribadi"
KIND: Final = "unmasked"
"""The kind of record it leaves."""

_OPEN, _REFUSED = "data pribadi terbuka", "data pribadi ditolak"


def unmasked(stored: StoredUpload) -> bool:
    """Whether this viewer has asked for the personal data of an upload, and may still see them."""
    return stored.upload_id in st.session_state.get(_OPEN, ()) and access.actor().role != "viewer"


def offer(stored: StoredUpload) -> None:
    """The button that asks, for those who write; for others, why there is none."""
    if access.actor().role == "viewer":
        st.caption("Data pribadi disamarkan. Hanya operator yang dapat membukanya dan mengunduh berkas aslinya.")
    elif not unmasked(stored):
        st.button(
            "Buka data pribadi",
            on_click=_unmask,
            args=(stored,),
            icon=":material/lock_open:",
            key="buka-data-pribadi",
            help="Nomor HP, nama pemilik dan alamat, dan berkas aslinya. Siapa yang membukanya dicatat.",
        )
    if refused := st.session_state.pop(_REFUSED, ""):
        st.warning(refused)


def _unmask(stored: StoredUpload) -> None:
    try:
        log = data.log()
        raw = log.upload(stored.upload_id)
        by = access.require(WHAT, lp3h=raw.frame.get("lp3h"), table=raw.table, uploaded_by=raw.by)
        log.record(KIND, {"upload_id": stored.upload_id, "filename": stored.filename}, by=by)
    except (access.NotAllowed, StoreError) as refused:
        logging.getLogger(__name__).warning("personal data stay masked: %s", refused)
        st.session_state[_REFUSED] = str(refused)
        return
    st.session_state[_OPEN] = {*st.session_state.get(_OPEN, ()), stored.upload_id}
