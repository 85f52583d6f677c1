"""Undoing an upload: what will change is shown first, and a reason is asked for."""

import logging

import pandas as pd
import streamlit as st

from halal_store import StoreError
from halal_ui.intake import changes
from halal_ui.screen import access, components, data
from halal_ui.screen.history.effect import rates_without, without
from halal_ui.screen.history.listing import table
from halal_ui.snapshot.now import Snapshot
from halal_ui.snapshot.scope import Scope
from halal_ui.views.history import undo_in_words
from halal_ui.words.columns import Column

WHAT = "membatalkan unggahan"
_REASON, _REFUSED, _DONE = "alasan pembatalan", "pembatalan ditolak", "pembatalan selesai"
_MOST = 200
_BECOMES = changes.CHANGE_COLUMNS | {
    "before": Column("Sekarang", "text"),
    "after": Column("Tanpa unggahan ini", "text"),
}


def undoing(upload_id: str, snapshot: Snapshot, scope: Scope) -> None:
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
    version = data.store().version
    found = without(upload_id, version)
    st.markdown(f"Tanpa unggahan ini **{undo_in_words(found, str(entry['table']))}**.")
    # on a day before what the upload states, it would seem to change nothing
    stated = entry["statement_date"]
    day = scope.as_of if pd.isna(stated) else max(scope.as_of, stated.date())
    before, after = rates_without(upload_id, version, day)
    st.markdown(f"Angka utama: **{changes.rates_in_words(before, after)}**.")
    _listed(found, str(entry["table"]))
    st.text_input("Alasan pembatalan", key=_REASON, max_chars=300, placeholder="misalnya: berkas keliru, akan diganti")
    st.button(
        "Batalkan unggahan ini",
        type="primary",
        on_click=_undo,
        args=(upload_id,),
        key="batalkan",
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
