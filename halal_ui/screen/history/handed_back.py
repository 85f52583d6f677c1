"""What goes back to the sender of an upload: the message to paste, and their own workbook with the reasons beside."""

import streamlit as st

from halal_store import StoredUpload
from halal_ui.exports.handed_back import read_again, stem_told_apart, to_hand_back
from halal_ui.exports.message_to_sender import message_to_sender
from halal_ui.exports.rejected_rows import XLSX, hand_back, name_of
from halal_ui.intake.saved_mappings import guessed_sender
from halal_ui.screen import access, data
from halal_ui.screen.history.unmasking import unmasked
from halal_ui.snapshot.now import Snapshot
from halal_ui.snapshot.programme import programme

_WHY = "Berkas pengirim sendiri, dengan alasan di samping barisnya; diperbaiki, lalu dikirim ulang."


def handed_back(stored: StoredUpload, snapshot: Snapshot) -> None:
    """Nothing for an upload without such rows, and nothing for viewers; the workbook holds personal data."""
    told = to_hand_back(stored)
    if not told or access.actor().role == "viewer":
        return
    workbook = name_of(stem_told_apart(stored.filename, stored.sha256, snapshot.history), stored)
    may = unmasked(stored)
    st.download_button(
        f"Unduh {told}, untuk pengirim",
        lambda: _content(stored.upload_id),
        workbook,
        XLSX,
        key="unduh-kembalikan",
        on_click="ignore",
        disabled=not may,
        icon=":material/outgoing_mail:",
        help=_WHY if may else f"{_WHY} Isinya memuat data pribadi: tekan dahulu “Buka data pribadi”.",
    )
    with st.expander("Pesan untuk pengirim", icon=":material/chat:", key="pesan-pengirim"):
        about = {"sender": guessed_sender(stored.filename), "office": programme().office, "workbook": workbook}
        st.code(message_to_sender(stored, **about), language=None, wrap_lines=True)


def _content(upload_id: str) -> bytes:
    log = data.log()
    return hand_back(read_again(log.upload(upload_id), log.original(upload_id), codes=programme().codes))[0]
