"""How long applications stay at each step, figured once a day looked at and looked up from then on."""

from collections.abc import Callable

import streamlit as st

from halal_ui.screen import data
from halal_ui.snapshot.scope import Scope
from halal_ui.snapshot.stays import Stays, stays
from halal_ui.turns import aside


def stays_of(scope: Scope) -> Stays:
    """The stays of the whole programme as of the scope's day; any part of it is cut out of them."""
    found = data.current()
    return _stays(f"{found.version} {scope.as_of}", lambda: stays(found, scope.as_of))


@st.cache_resource(show_spinner="Menghitung lamanya …", max_entries=12)
def _stays(key: str, _make: Callable[[], Stays]) -> Stays:
    with aside():
        return _make()
