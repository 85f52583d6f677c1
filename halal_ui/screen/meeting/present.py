"""Tayang: the slides of a meeting on the whole screen, presented by one and followed by all."""

from threading import Lock
from typing import Final
from weakref import WeakKeyDictionary

import streamlit as st

from halal_store import Meeting
from halal_ui.screen import access, components, data, notes
from halal_ui.screen.meeting.follow import ROOMS, Room
from halal_ui.screen.meeting.stage import config_html, stage_html
from halal_ui.screen.meeting_chosen import NAME
from halal_ui.slides import STYLE, slides_html
from halal_ui.story import story
from halal_ui.turns import aside

WHAT: Final = "memandu tayangan"
_TOKEN: Final = "tanda pemandu"  # meeting id → token

NOTES: Final = {"kendala": "obstacle", "tindak-lanjut": "action", "keputusan": "decision"}
"""A hidden button of the page → the kind of note whose form it opens."""


def on_stage(meeting: Meeting) -> None:
    """The slides of a meeting, and what their script presses."""
    room, known = ROOMS.of(meeting.id), len(meeting.records)
    complete = data.meeting_set(meeting.id).numbers.is_foreseen
    st.html(_stage(meeting, dark=st.context.theme.type == "dark", complete=complete), unsafe_allow_javascript=True)
    room.noted(known)
    token = _token(meeting.id, room)
    st.html(
        config_html(served=ROOMS.served, token=token, turn=room.state.turn if token else 0, notes=known),
        unsafe_allow_javascript=True,
    )
    _pressed_by_keys(meeting)
    if not complete:
        # begun once the others are shown: it takes seconds of the processor they need too, and comes by itself
        components.when_ready(lambda: data.is_foreseen(meeting.id) or None, "")


def nothing_to_show() -> None:
    """There is no meeting yet: what is missing, and the way there."""
    st.html(
        '<h1 class="question">Belum ada rapat untuk ditayangkan</h1><p class="answer">Slide rapat tersusun sendiri '
        "dari satu kumpulan angka yang dibekukan. Buatlah rapatnya dahulu: judul, hari dan jam, per tanggal berapa.</p>"
    )
    st.page_link("pages/meeting/handouts.py", label="Rapat baru", icon=":material/add:")


_MADE: "WeakKeyDictionary[Meeting, dict[tuple[bool, bool], str]]" = WeakKeyDictionary()
_MAKING: Final = Lock()


def _stage(meeting: Meeting, *, dark: bool, complete: bool) -> str:
    """Made once, for all: a meeting is another object as soon as something is noted for it."""
    key = dark, complete
    if html := _MADE.get(meeting, {}).get(key):
        return html
    with aside(), _MAKING:  # a room that opens its link in the same second waits for one making, other pages for none
        made = _MADE.setdefault(meeting, {})
        if key not in made:
            slides = slides_html(story(data.meeting_set(meeting.id), wait=complete), dark=dark)
            made[key] = stage_html(f"<style>{STYLE}</style>{slides}", meeting_id=meeting.id, dark=dark)
        return made[key]


def _token(meeting_id: str, room: Room) -> str:
    """This viewer's token, as long as they present."""
    token = st.session_state.get(_TOKEN, {}).get(meeting_id, "")
    return token if token and room.holds(token) else ""


def _pressed_by_keys(meeting: Meeting) -> None:
    """Buttons nobody sees: the script of the slides presses them."""
    with st.container(key="tayang-tombol"):
        for name, kind in NOTES.items():
            if st.button(name, key=f"tayang-{name}"):
                notes.quick(kind, meeting.id)
        if st.button("pandu", key="tayang-pandu"):
            _ask_to_lead(meeting.id)
        st.button("segarkan", key="tayang-segarkan")
        with st.container(key="tayang-keluar"):
            st.page_link("pages/meeting/handouts.py", label="keluar", query_params={NAME: meeting.id})


def _ask_to_lead(meeting_id: str) -> None:
    """Leads at once where that may be; else says what is needed, on a form above the slides."""
    try:
        _lead(meeting_id)
    except access.NotAllowed:
        _lead_dialog(meeting_id)
    else:
        st.rerun()


@st.dialog("Pandu rapat")
def _lead_dialog(meeting_id: str) -> None:
    if access.gate(WHAT) is None:
        return
    st.write("Semua yang membuka tautan rapat ini dan mengikuti akan melihat slide yang Anda tayangkan.")
    if st.button("Pandu rapat", type="primary", icon=":material/present_to_all:", key="mulai-memandu"):
        try:
            _lead(meeting_id)
        except access.NotAllowed as refused:
            st.warning(str(refused))
        else:
            st.rerun()


def _lead(meeting_id: str) -> None:
    by = access.require(WHAT)
    st.session_state[_TOKEN] = {meeting_id: ROOMS.of(meeting_id).lead(by.partition(" <")[0])}
