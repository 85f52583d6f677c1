"""Freezing the numbers for a meeting, and taking back one that was frozen by mistake."""

import logging
from datetime import date, datetime, time
from typing import Any, Final

import pandas as pd
import streamlit as st

from halal_store import Meeting, StoreError
from halal_ui.screen import access, data, past
from halal_ui.screen.meeting_chosen import NAME, label_of
from halal_ui.snapshot.programme import programme

WHAT: Final = "membekukan rapat"
UNDOING: Final = "membatalkan rapat"
TITLE: Final = "Rapat Koordinasi dan Monitoring Sertifikasi Halal"
FIRST, LAST = date(2020, 1, 1), date(2035, 12, 31)
LAST_ONE, NONE = "yang terakhir", "tanpa pembanding"

_SAID, _REFUSED, _REASON = "rapat, hasil", "rapat, ditolak", "rapat, alasan batal"
_FIELDS: Final = {
    name: f"rapat-{name}"
    for name in ("title", "date", "time", "place", "as_of", "known_date", "known_time", "previous")
}


def said() -> None:
    """What the last click brought, or why it brought nothing."""
    if told := st.session_state.pop(_SAID, ""):
        st.success(told, icon=":material/ac_unit:")
    if refused := st.session_state.pop(_REFUSED, ""):
        st.warning(refused, icon=":material/error:")


def new_meeting(chosen: Meeting | None) -> None:
    """The form of a new meeting; below it, the way to take back the one that is looked at."""
    if access.gate(WHAT) is None:
        return
    with st.expander("Rapat baru", icon=":material/add:", expanded=chosen is None):
        _form()
    if chosen is not None and chosen.id in {meeting.id for meeting in data.meetings()}:
        with st.expander(f"Batalkan {chosen.id}", icon=":material/undo:"):
            st.caption("Bila dibekukan karena keliru. Tidak ada yang dihapus: rapat tetap dapat dibuka dengan idnya.")
            st.text_input("Alasan pembatalan", key=_REASON, max_chars=300, placeholder="misalnya: tanggalnya keliru")
            st.button(f"Batalkan {chosen.id}", on_click=_take_back, args=(chosen,), key="batalkan-rapat")


def _form() -> None:
    now = past.now()
    listed = {meeting.id: label_of(meeting) for meeting in data.meetings()}
    with st.form("rapat-baru", border=False):
        st.caption(
            "Angka dibekukan seperti diketahui sekarang, atau pada waktu yang Anda tulis. Unggahan sesudahnya tidak "
            "mengubah slide dan bahan rapat ini."
        )
        st.text_input("Judul rapat", TITLE, key=_FIELDS["title"], max_chars=150)
        with st.container(horizontal=True):
            _day("Tanggal rapat", now.date(), "date")
            st.time_input("Pukul mulai", time(9, 0), key=_FIELDS["time"], width=140, step=300)
            _day("Angka per tanggal", data.opening_date(data.current()), "as_of")
        st.text_input("Tempat", key=_FIELDS["place"], max_chars=150, placeholder="misalnya: Ruang rapat DPPKUKM")
        with st.container(horizontal=True):
            _day("Diketahui pada (kosong: sekarang)", None, "known_date")
            st.time_input("Pukul diketahui", None, key=_FIELDS["known_time"], width=140, step=60)
        st.selectbox(
            "Dibandingkan dengan rapat",
            [LAST_ONE, *listed, NONE],
            key=_FIELDS["previous"],
            format_func=lambda choice: listed.get(choice, choice[0].upper() + choice[1:]),
        )
        st.form_submit_button("Bekukan angka rapat", on_click=_freeze, type="primary", icon=":material/ac_unit:")


def _day(label: str, value: date | None, name: str) -> None:
    st.date_input(label, value, FIRST, LAST, key=_FIELDS[name], format="DD/MM/YYYY", width=220)


def why_not(given: dict[str, Any], now: datetime) -> str:
    """What is still to be mended in the form; "" where it can be frozen. `now`: naive, the office's."""
    if not " ".join((given["title"] or "").split()):
        return "Tulis dahulu judul rapat: ia tercetak di setiap bahan."
    if given["date"] is None or given["time"] is None or given["as_of"] is None:
        return "Isi dahulu tanggal, pukul, dan per tanggal angkanya."
    if given["as_of"] > now.date():
        return "Per tanggal itu belum tiba: pilih hari ini atau hari yang sudah lewat."
    if given["known_date"] is None and given["known_time"] is not None:
        return "Pukul diketahui diisi tanpa tanggal: isi tanggalnya juga, atau kosongkan keduanya."
    if (known := known_at(given)) is not None and known > now:
        return (
            "Waktu diketahui itu belum tiba: pilih waktu yang sudah lewat, atau kosongkan agar dipakai waktu sekarang."
        )
    return ""


def known_at(given: dict[str, Any]) -> datetime | None:
    """The moment the form names; a day alone is the whole of it, or as much of it as has passed."""
    day, hour = given["known_date"], given["known_time"]
    if day is None:
        return None
    return min(datetime.combine(day, time.max), past.now()) if hour is None else datetime.combine(day, hour)


def _freeze() -> None:
    given: dict[str, Any] = {name: st.session_state.get(key) for name, key in _FIELDS.items()}
    if refused := why_not(given, past.now()):
        st.session_state[_REFUSED] = refused
        return
    compared = {LAST_ONE: None, NONE: ""}
    try:
        meeting = data.log().freeze(
            title=" ".join(given["title"].split()),
            date=pd.Timestamp(datetime.combine(given["date"], given["time"])),
            as_of=given["as_of"],
            known_at=known_at(given),
            place=" ".join((given["place"] or "").split()),
            previous=compared.get(given["previous"], given["previous"]),
            codes=programme().codes,
            by=access.require(WHAT),
        )
    except (access.NotAllowed, StoreError) as refused:
        _refuse(refused)
        return
    data.renew()
    st.query_params[NAME] = meeting.id
    st.session_state[_SAID] = f"Angka rapat dibekukan sebagai {meeting.id}. Buat bahannya di bawah, atau buka Tayang."


def _take_back(meeting: Meeting) -> None:
    reason = " ".join(st.session_state.get(_REASON, "").split())
    if not reason:
        st.session_state[_REFUSED] = "Tulis dahulu alasannya: orang lain perlu tahu mengapa rapat ini dibatalkan."
        return
    try:
        data.log().take_back(meeting.record_id, by=access.require(UNDOING), reason=reason)
    except (access.NotAllowed, StoreError) as refused:
        _refuse(refused)
        return
    data.renew()
    if NAME in st.query_params:
        del st.query_params[NAME]
    st.session_state[_SAID] = f"Rapat {meeting.id} dibatalkan dan tidak terdaftar lagi."


def _refuse(refused: Exception) -> None:
    logging.getLogger(__name__).warning("meeting refused: %s", refused)
    st.session_state[_REFUSED] = str(refused)
