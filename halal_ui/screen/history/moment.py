"""Choosing a past moment, whose knowledge the whole dashboard then shows."""

from datetime import datetime, time

import streamlit as st

from halal_ui.screen import past
from halal_ui.snapshot.now import Snapshot

_DAY, _TIME, _FUTURE = "hari diketahui", "jam diketahui", "waktu belum tiba"


def choose_moment(snapshot: Snapshot) -> None:
    """A day and a time of the day. What was known before the first upload is nothing, so days begin with it."""
    now = past.now()
    looked_at = snapshot.known_at.to_pydatetime() if snapshot.known_at is not None else now
    arrivals = snapshot.history["received_at"]
    first = min(arrivals.min().date(), looked_at.date()) if len(arrivals) else looked_at.date()
    with st.expander("Seperti diketahui pada waktu lain", icon=":material/history:"):
        st.caption(
            "Seluruh dashboard menampilkan apa yang diketahui pada waktu itu: unggahan sesudahnya belum ada, dan yang "
            "dibatalkan sesudahnya masih dihitung. Alamat halaman memuat waktunya, jadi dapat dibagikan."
        )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.date_input("Tanggal", looked_at.date(), first, now.date(), key=_DAY, format="DD/MM/YYYY", width=180)
            st.time_input("Pukul", time(looked_at.hour, looked_at.minute), key=_TIME, width=140, step=60)
            st.button("Lihat seperti waktu itu", on_click=_look, icon=":material/visibility:", key="lihat-waktu-itu")
        if st.session_state.pop(_FUTURE, False):
            st.warning("Waktu itu belum tiba. Pilih waktu yang sudah lewat.")


def _look() -> None:
    day, hour = st.session_state.get(_DAY), st.session_state.get(_TIME)
    if not day or hour is None:
        return
    moment = datetime.combine(day, hour)
    if moment > past.now():
        st.session_state[_FUTURE] = True
    else:
        past.look_at(moment)
