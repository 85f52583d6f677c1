"""What the whole file leaves unsaid, asked on the face of step 2 before it is saved: one answer for all of its rows."""

from typing import Final

import streamlit as st

from halal_ui.intake.item import UploadItem
from halal_ui.intake.understood import plain, possible
from halal_ui.intake.unsaid import Unsaid
from halal_ui.screen.upload.controlled import choose
from halal_ui.snapshot.now import Snapshot
from halal_ui.words import uploads
from halal_ui.words.formats import fmt_count

UNKNOWN: Final = {
    "status": "baris bertanggal daftar dihitung sebagai pengajuan yang berjalan, juga bila sebenarnya sudah keluar",
    "lp3h": "barisnya masuk angka provinsi dan kab/kota, dan tidak masuk angka LP3H mana pun",
    "kab_kota": "barisnya masuk angka provinsi, dan tidak masuk angka kab/kota mana pun",
}
"""Column → what becomes of rows of which nobody knows it."""


def ask_unsaid(item: UploadItem, snapshot: Snapshot) -> None:
    """Each question, open or as it was answered; an answer can be changed."""
    for one in item.unsaid:
        with st.container(border=True, key=f"{item.key}-seluruh-{one.column}"):
            _answered(item, one) if one.answered else _open(item, one, snapshot)


def _open(item: UploadItem, one: Unsaid, snapshot: Snapshot) -> None:
    name, key = uploads.column(one.column), f"{item.key}-seluruh-{one.column}"
    rows = fmt_count(one.rows)
    st.markdown(f":orange[▲] **Berkas ini tidak menyebut {_called(one.column)}** · {rows} baris. Untuk semuanya …?")
    with st.container(horizontal=True, vertical_alignment="center"):
        if one.offered:
            st.button(
                f"{plain(uploads.value(one.column, one.offered))}, menurut nama berkas, judul atau pengirimnya",
                key=f"{key}-tawaran", icon=":material/check:", on_click=_answer, args=(item, one.column, one.offered),
            )  # fmt: skip
        known = possible(one.column, [*item.institutions.names, *item.choices.institutions, *snapshot.lp3h])
        st.selectbox(
            name, known, index=None, key=f"{key}-nilai", label_visibility="collapsed", width=320,
            placeholder=f"Pilih {name}", format_func=lambda value: uploads.value(one.column, value),
            accept_new_options=one.column == "lp3h",
            on_change=lambda: _answer(item, one.column, st.session_state[f"{key}-nilai"]),
        )  # fmt: skip
        st.button(
            "Tidak tahu", key=f"{key}-tak-tahu", type="tertiary", help=f"{UNKNOWN[one.column]}.".capitalize(),
            on_click=lambda: choose(item, item.choices.with_unknown(one.column)),
        )  # fmt: skip


def _answered(item: UploadItem, one: Unsaid) -> None:
    if one.answer is not None:
        told = f"✓ {uploads.column(one.column)} seluruh berkas: **{plain(uploads.value(one.column, one.answer))}**."
    else:
        told = f"✓ {uploads.column(one.column)} tidak diketahui: {UNKNOWN[one.column]}."
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(told, width="content")
        st.button(
            "Ubah", key=f"{item.key}-seluruh-{one.column}-ubah", type="tertiary", icon=":material/edit:",
            on_click=_answer, args=(item, one.column, None),
        )  # fmt: skip


def _answer(item: UploadItem, column: str, value: str | None) -> None:
    choose(item, item.choices.with_default(column, value))


def _called(column: str) -> str:
    """
    >>> _called("status"), _called("lp3h")
    ('status', 'LP3H')
    """
    name = uploads.column(column)
    return name if column == "lp3h" else name.lower()
