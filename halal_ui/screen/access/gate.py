"""What a page shows to those who want to write: a name to give, a way to sign in, or why it cannot be."""

from urllib.parse import quote

import streamlit as st

from halal_ui.screen.access.actors import COOKIE, LONGEST_NAME, NAME_KEY, Actor, given_name, standing, tidied
from halal_ui.screen.access.permission import in_the_past, why_not
from halal_ui.words.names import institution

_TYPED, _UNUSABLE, _CHANGING = "nama pelaku, diketik", "nama pelaku, belum", "nama pelaku, ganti"


def gate(what: str) -> Actor | None:
    """
    The actor if they may write, else None; and on the page what is needed to get there. `what`: "mengunggah berkas".

    For each `what` once on a page: what it draws bears its name. All of it is a courtesy: the lock is `require`, inside
    the write itself.
    """
    found, need = standing()
    if sentence := in_the_past(what):
        st.info(sentence, icon=":material/history:")
        return None
    if need == "name" or (not need and not found.email and st.session_state.get(_CHANGING) == what):
        _ask_name(what, why_not(what, found, "name"))
        return None
    if need:
        st.info(why_not(what, found, need), icon=":material/lock:")
        if need == "sign_in":
            st.button("Masuk", on_click=st.login, type="primary", icon=":material/login:", key=f"masuk {what}")
        elif found.email or need == "email":
            st.button("Keluar", on_click=st.logout, icon=":material/logout:", key=f"keluar {what}")
        return None
    _known(what, found)
    return found


def _ask_name(what: str, sentence: str) -> None:
    typed = f"{_TYPED} {what}"
    with st.form(f"pelaku {what}", width=560):
        st.text_input("Nama Anda", given_name(), key=typed, max_chars=LONGEST_NAME, autocomplete="name", help=None)
        st.caption(f"{sentence} Peramban ini mengingatnya.")
        st.form_submit_button("Pakai nama ini", on_click=_take_name, args=(what, typed), type="primary")
    if st.session_state.get(_UNUSABLE) == what:
        st.warning("Nama itu belum dapat dipakai: tulis sedikitnya dua huruf.")


def _take_name(what: str, typed: str) -> None:
    name = tidied(st.session_state.get(typed, ""))
    st.session_state[_UNUSABLE] = "" if name else what
    if name:
        st.session_state[NAME_KEY], st.session_state[_CHANGING] = name, ""


def _known(what: str, found: Actor) -> None:
    role = f"untuk {institution(found.lp3h)}" if found.lp3h else "sebagai operator"
    with st.container(horizontal=True, vertical_alignment="center"):
        if found.email:
            st.caption(f"Anda masuk {role}. Dicatat atas nama {found.name} `{found.email}`.", width="content")
            st.button("Keluar", on_click=st.logout, type="tertiary", icon=":material/logout:", key=f"keluar {what}")
            return
        st.caption(f"Dicatat atas nama {found.name}.", width="content")
        st.button(
            "Ganti nama", on_click=_change_name, args=(what,), type="tertiary", icon=":material/edit:",
            key=f"ganti-nama {what}",
        )  # fmt: skip
    if quote(found.name) != st.context.cookies.get(COOKIE):
        _remember(found.name)


def _change_name(what: str) -> None:
    st.session_state[_CHANGING] = what


def _remember(name: str) -> None:
    """In this browser, for a year: a name is asked for once."""
    cookie = f"{COOKIE}={quote(name)}; path=/; max-age=31536000; SameSite=Strict"
    st.html(f'<script>document.cookie = "{cookie}"</script>', unsafe_allow_javascript=True)
