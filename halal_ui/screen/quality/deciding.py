"""Deciding about a pair: the two side by side, one click, remembered and never in the way of another decision."""

import logging
from functools import partial
from typing import Final

import streamlit as st

from halal_store import StoreError
from halal_ui.screen import access, components, data
from halal_ui.screen.quality.sections import wide
from halal_ui.snapshot.quality_set import APART, DUPLICATE, LATER, SAME
from halal_ui.snapshot.scope import Scope
from halal_ui.views.pairs import DECIDED, Pairs
from halal_ui.views.side_by_side import STYLE

WHAT: Final = "memutuskan kemungkinan ganda"
_LISTS: Final = {"waiting": "Menunggu", "later": DECIDED[LATER], "decided": "Sudah diputuskan"}
_BUTTONS: Final = {
    SAME: (DECIDED[SAME], ":material/join_inner:"),
    APART: (DECIDED[APART], ":material/call_split:"),
    LATER: ("Putuskan nanti", ":material/schedule:"),
}
_NOTE, _REFUSED, _DONE = "catatan-pasangan", "keputusan ditolak", "keputusan selesai"


def decide(shown: Pairs, scope: Scope) -> None:
    """The pairs of the scope, one of them open; and what was decided."""
    components.section(
        "Kemungkinan ganda",
        f"{shown.answer} Tidak ada yang dihapus atau digabung dengan sendirinya: keduanya tetap dihitung sampai LP3H "
        "membatalkan salah satunya dan register berikutnya menyatakannya.",
    )
    if told := st.session_state.pop(_DONE, ""):
        st.toast(told, icon=":material/check:")
    _one_of(shown)
    if len(shown.whole_table.frame):
        with st.expander(f"Semua yang menunggu ({len(shown.whole_table.frame)})", icon=":material/list:"):
            wide(shown.table)
            components.take_away(shown.whole_table, scope)
    if len(shown.hand_back.frame):
        components.section(
            "Untuk dikembalikan kepada LP3H",
            "Diputuskan satu usaha, dan masih dihitung dua kali. Pilih LP3H di bilah samping untuk daftarnya sendiri.",
        )
        wide(shown.hand_back_brief)
        components.take_away(shown.hand_back, scope)
    if len(shown.decisions.frame):
        components.section("Keputusan yang berlaku", "Keputusan dapat ditinjau kembali lewat Sudah diputuskan di atas.")
        components.table(shown.decisions, scope)
    components.how_computed(shown.whole_table)


def _one_of(shown: Pairs) -> None:
    """Chooses a list and a pair, and draws it with its buttons."""
    if not (shown.waiting or shown.later or shown.decided):
        return
    names = [name for name in _LISTS if getattr(shown, name)]
    lists, choice = st.columns([2, 3], gap="medium")
    with lists:
        chosen = st.segmented_control(
            "Daftar",
            names,
            default=names[0],
            key=f"daftar-pasangan-{'-'.join(names)}",
            format_func=lambda name: f"{_LISTS[name]} ({len(getattr(shown, name))})",
            required=True,
        )
    listed = getattr(shown, chosen or names[0])
    with choice:
        # another list is another choice: after a decision the next pair stands first
        key = f"pasangan-{chosen}-{len(listed)}"
        pair = st.selectbox("Pasangan", listed, format_func=shown.label.__getitem__, key=key)
    if pair is None:
        return
    st.html(f"{STYLE}{shown.why[pair]}")
    if pair in shown.told:
        st.info(shown.told[pair], icon=":material/gavel:")
    _buttons(shown, pair)
    st.html(shown.side_by_side[pair])


def _buttons(shown: Pairs, pair: str) -> None:
    """Above the two, so that one can go through many without scrolling."""
    if access.gate(WHAT) is None:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for decision, (label, icon) in _BUTTONS.items():
            st.button(
                label,
                key=f"putus-{decision}",
                icon=icon,
                type="primary" if decision == SAME else "secondary",
                on_click=partial(_decide, shown, pair, decision),
            )
        st.text_input("Catatan (bila perlu)", key=_NOTE, max_chars=300, width=340)
    if refused := st.session_state.pop(_REFUSED, ""):
        st.warning(refused)


def _decide(shown: Pairs, pair: str, decision: str) -> None:
    note = " ".join(st.session_state.get(_NOTE, "").split())
    try:
        by = access.require(WHAT, lp3h=shown.lp3h[pair])
        data.log().record(DUPLICATE, shown.facts[pair] | {"decision": decision, "note": note}, by=by)
    except (access.NotAllowed, StoreError) as refused:
        logging.getLogger(__name__).warning("decision refused: %s", refused)
        st.session_state[_REFUSED] = str(refused)
        return
    data.renew()
    st.session_state[_NOTE] = ""
    st.session_state[_DONE] = f"{DECIDED[decision]}: keputusan dicatat."
