"""What can be found in the data of a day, found once and looked up from then on."""

from collections.abc import Callable
from hashlib import sha256

import streamlit as st

from halal_ui.screen import data
from halal_ui.snapshot.now import Snapshot
from halal_ui.snapshot.quality_set import DUPLICATE, QualitySet, Stated, decisions, stated
from halal_ui.snapshot.scope import Scope


def quality_set(snapshot: Snapshot, scope: Scope) -> QualitySet:
    """
    What the sheets had stated on the day of the scope, and what people have decided. A decision changes no table, so
    what was found stays found: only another upload, an undo, or another day is looked at anew.
    """
    counting = sha256("\n".join(snapshot.counting["upload_id"]).encode()).hexdigest()
    found = _stated(f"{counting} {scope.as_of}", lambda: stated(snapshot, data.store(), scope.as_of))
    records = data.store().records(DUPLICATE, known_at=snapshot.known_at)
    return QualitySet("".join(records["record_id"].tail(1)), found, decisions(records))


@st.cache_resource(show_spinner="Memeriksa data …", max_entries=12)
def _stated(key: str, _make: Callable[[], Stated]) -> Stated:
    return _make()
