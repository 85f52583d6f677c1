"""Names that nobody knows yet, asked on the face of step 2: same as another, new, or a slip."""

from typing import Final

import streamlit as st

from halal_ui.intake.item import UploadItem
from halal_ui.intake.questions import Question
from halal_ui.intake.saved_mappings import MEANT
from halal_ui.intake.understood import plain, possible
from halal_ui.screen.upload.controlled import choose
from halal_ui.snapshot.now import Snapshot
from halal_ui.words import uploads
from halal_ui.words.formats import fmt_count

MOST: Final = 12
"""Questions asked one by one: more than that are a column taken for another."""

SAME, NEW, NOTHING, MEND = "Samakan dengan …", "LP3H baru", "Kosongkan", "Betulkan"


def ask(item: UploadItem, snapshot: Snapshot) -> None:
    """Every question that is open; each answer is a choice, and can be changed like any other."""
    open_ones = item.questions
    for number, one in enumerate(open_ones[:MOST]):
        with st.container(border=True, key=f"{item.key}-tanya-{number}"):
            _question(item, one, snapshot)
    strange = [one for one in open_ones if one.column == "kab_kota"]
    if len(strange) > 1:
        st.button(
            f"Kosongkan semua kab/kota yang belum dikenal ({fmt_count(len(strange))})",
            on_click=_empty, args=(item, strange), key=f"{item.key}-kosongkan", icon=":material/backspace:",
        )  # fmt: skip
    if len(open_ones) > MOST:
        st.warning(
            f"{fmt_count(len(open_ones) - MOST)} nama lain belum dikenal. Sebanyak itu biasanya berarti kolomnya "
            "keliru: periksa “Kolom yang dipakai” di bawah.",
            icon=":material/help:",
        )


def _question(item: UploadItem, one: Question, snapshot: Snapshot) -> None:
    what = "adalah LPH (pemeriksa), bukan LP3H" if one.lph else "belum dikenal"
    rows = f" · {fmt_count(one.rows)} baris" if one.rows else ""
    st.markdown(f":orange[▲] **{uploads.column(one.column)} “{plain(one.raw)}” {what}**{rows}")
    key = f"{item.key}-{one.column}-{one.raw}"
    nothing = "Di luar Kaltim: kosongkan" if one.column == "kab_kota" else NOTHING
    ways = [SAME, NEW, MEND] if one.column == "lp3h" and not one.lph else [SAME, NOTHING, MEND]
    way = st.radio(
        "Jawaban", ways, index=None, key=f"{key}-jawab", horizontal=True, label_visibility="collapsed",
        format_func=lambda way: nothing if way == NOTHING else way,
    )  # fmt: skip
    match way:
        case "Samakan dengan …":
            known = possible(one.column, [*item.institutions.names, *item.choices.institutions, *snapshot.lp3h])
            open_ones = {other.raw for other in item.questions}
            st.selectbox(
                uploads.column(one.column), [name for name in known if name not in open_ones], index=None,
                placeholder="Pilih", key=f"{key}-sama", label_visibility="collapsed",
                on_change=lambda: _same(item, one, st.session_state[f"{key}-sama"]),
            )  # fmt: skip
        case "LP3H baru":
            st.text_input("Nama LP3H, seperti akan ditampilkan", one.raw, key=f"{key}-nama")
            st.button(
                "Masukkan ke daftar LP3H", key=f"{key}-baru", icon=":material/add:",
                on_click=lambda: _new(item, one, st.session_state[f"{key}-nama"]),
                help="Dicatat atas nama Anda saat berkas disimpan, dan dapat dibatalkan di Riwayat.",
            )  # fmt: skip
        case "Kosongkan":
            st.button(
                "Ya, kosongkan", key=f"{key}-kosong", icon=":material/backspace:",
                on_click=lambda: choose(item, item.choices.with_meaning(one.column, one.raw, None)),
            )  # fmt: skip
        case "Betulkan":
            _mend(item, one, key)


def _mend(item: UploadItem, one: Question, key: str) -> None:
    typed = " ".join((st.text_input("Ejaan yang benar", key=f"{key}-betul") or "").split())
    if not typed:
        return
    meant = MEANT[one.column](typed)
    known = {*possible(one.column), *item.institutions.names, *item.choices.institutions}
    name = typed if typed in known else meant.canonical
    if name not in known:
        st.warning(f"“{plain(typed)}” juga belum dikenal: pilih dari daftar, atau tulis ejaan lain.")
        return
    st.button(
        f"Pakai {plain(uploads.value(one.column, name))}", key=f"{key}-pakai", icon=":material/check:",
        on_click=lambda: _same(item, one, name),
    )  # fmt: skip


def _same(item: UploadItem, one: Question, name: str | None) -> None:
    if name:
        choose(item, item.choices.with_meaning(one.column, one.raw, name))


def _new(item: UploadItem, one: Question, written: str) -> None:
    name = " ".join(written.split())
    if not name:
        return
    meant = MEANT["lp3h"](name)
    if meant.certainty in ("exact", "alias") and meant.canonical:  # one of ours after all
        _same(item, one, meant.canonical)
    elif meant.canonical:
        choose(item, item.choices.with_institution(one.raw, name))


def _empty(item: UploadItem, strange: list[Question]) -> None:
    chosen = item.choices
    for one in strange:
        chosen = chosen.with_meaning("kab_kota", one.raw, None)
    choose(item, chosen)
