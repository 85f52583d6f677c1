"""Telling somebody, once, that a NIK they wrote was replaced."""

from typing import Final

import streamlit as st

from halal_store import NIK_REPLACED

_REPLACED: Final = "NIK diganti"


def replaced() -> None:
    """For a store to call, in the run of whoever is writing."""
    st.session_state[_REPLACED] = True


def tell() -> None:
    """Says it on the next page drawn, and then no more."""
    if st.session_state.pop(_REPLACED, False):
        st.toast(NIK_REPLACED, icon=":material/shield_person:")
