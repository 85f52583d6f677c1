"""Undoing an upload: what will change is shown first, and a reason is asked for."""

import logging

import pandas as pd
import streamlit as st

from halal_store import StoreError
from halal_ui.intake import changes
from halal_ui.screen import access, components, data
from halal_ui.screen.effect import agreement, effect_told
from halal_ui.screen.history.effect import without
from halal_ui.screen.history.listing import table
from halal_ui.snapshot.now import Snapshot
from halal_ui.views.history import undo_in_words
from halal_ui.words.columns import Column

WHAT = "membatalkan unggahan"
_REASON, _REFUSED, _DONE = "alasan pembatalan", "pembatalan ditolak", "pembatalan selesai"
_AGREED = "pembatalan disetujui"
_MOST = 200
_BECOMES = changes.CHANGE_COLUMNS | {
    "before": Column("Sekarang", "text"),
    "after": Column("Tanpa unggahan ini", "text"),
}


def undoing(upload_id: str, snapshot: Snapshot) -> None:
    """Offers to undo an upload that still counts, to those who may."""
    entry = snapshot.history.set_index("upload_id", drop=False).loc[upload_id]
    if told := st.session_state.pop(_DONE, ""):
        st.success(told, icon=":material/undo:")
    if pd.notna(entry["undone_at"]):
        return
    components.section("Membatalkan", "Tidak ada yang dihapus: unggahan tetap tercatat, hanya tidak dihitung lagi.")
    if access.gate(WHAT) is None:
        return
    if not st.toggle("Lihat dahulu apa yang akan berubah", key=f"akibat-{upload_id}"):
        return
    effect = without(upload_id, data.store().version)
    found = effect.preview
    st.markdown(f"Tanpa unggahan ini **{undo_in_words(found, str(entry['table']))}**.")
    st.markdown(f"Angka utama: **{changes.rates_in_words(effect.before, effect.after)}**.")
    effect_told(effect)
    _listed(found, str(entry["table"]))
    agreed = f"{_AGREED} {upload_id}"
    agreement(
        effect, st.session_state.get(agreed, ()), lambda asks: st.session_state.update({agreed: asks}), key="setuju"
    )  # fmt: skip
    st.text_input("Alasan pembatalan", key=_REASON, max_chars=300, placeholder="misalnya: berkas keliru, akan diganti")
    st.button(
        "Batalkan unggahan ini",
        type="primary",
        on_click=_undo,
        args=(upload_id,),
        key="batalkan",
        disabled=not effect.agreed_to(st.session_state.get(agreed, ())),
        icon=":material/undo:",
    )
    if refused := st.session_state.pop(_REFUSED, ""):
        st.warning(refused)


def _listed(found, name: str) -> None:
    for title, rows in (("Yang hilang", found.gone), ("Yang kembali", found.new)):
        if len(rows):
            st.caption(f"{title}:")
            table(changes.new_table(rows.head(_MOST)), changes.NEW_COLUMNS, key=f"batal-{title}")
    if len(found.changed):
        st.caption("Yang berubah kembali:")
        told = changes.change_table(found.changed, name).head(_MOST)
        table(told, _BECOMES, key="batal-berubah")


def _undo(upload_id: str) -> None:
    reason = " ".join(st.session_state.get(_REASON, "").split())
    if not reason:
        st.session_state[_REFUSED] = (
            "Tulis dahulu alasannya: orang lain perlu tahu mengapa unggahan ini tidak dihitung lagi."
        )
        return
    store = data.log()
    if not without(upload_id, store.version).agreed_to(st.session_state.get(f"{_AGREED} {upload_id}", ())):
        st.session_state[_REFUSED] = (
            "Rencana kuota yang berganti belum disetujui. Periksa akibatnya, lalu beri centang."
        )
        return
    try:
        stored = store.upload(upload_id)
        lp3h = stored.frame.get("lp3h")
        by = access.require(WHAT, lp3h=lp3h, table=stored.table, uploaded_by=stored.by)
        store.undo(upload_id, by=by, reason=reason)
    except (access.NotAllowed, StoreError) as refused:
        logging.getLogger(__name__).warning("undo refused: %s", refused)
        st.session_state[_REFUSED] = str(refused)
        return
    data.renew()
    st.session_state[_DONE] = "Unggahan dibatalkan. Berkas yang sama dapat diunggah lagi."
