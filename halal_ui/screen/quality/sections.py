"""The sections that only show."""

from html import escape
from typing import Final

import streamlit as st

from halal_ui.screen import components, filters
from halal_ui.snapshot.scope import Scope
from halal_ui.views.quality import Quality
from halal_ui.views.recap_check import RecapCheck
from halal_ui.views.shown import Table
from halal_ui.views.to_mend import Lists

FRESH, MEND, TWICE, RECONCILED = "Kesegaran dan kelengkapan", "Perlu dibetulkan", "Kemungkinan ganda", "Rekonsiliasi"
SECTIONS: Final = (FRESH, MEND, TWICE, RECONCILED)


def choose_section() -> str:
    """Which section is open; the address names it."""
    chosen = st.segmented_control(
        "Bagian",
        SECTIONS,
        default=FRESH,
        key="bagian-mutu",
        bind="query-params",
        required=True,
        label_visibility="collapsed",
    )
    return chosen or FRESH


def fresh_and_complete(shown: Quality, scope: Scope) -> None:
    """How old the last statement of each group is, and which columns lack values."""
    st.html(shown.cards)
    by = filters.group_by("menurut-mutu")
    components.section("Mutu data setiap kelompok", shown.stale)
    components.table(shown.groups[by], scope)
    components.section("Kelengkapan kolom kunci", shown.lacking)
    if len(shown.incomplete[by].frame):
        components.table(shown.incomplete[by], scope)
    with st.expander("Semua kolom kunci", icon=":material/table_rows:"):
        components.table(shown.complete[by], scope)
    components.how_computed(shown.groups[by], shown.complete[by])


def to_mend(shown: Quality, scope: Scope) -> None:
    """Problems of uploads that the tables still rest on, and rows that contradict themselves."""
    _lists("Masalah terbuka", shown.open, scope)
    _lists("Isi yang saling bertentangan", shown.contradictions, scope)
    if len(shown.others.whole.frame):
        _lists("Program lain", shown.others, scope)
    st.page_link("pages/data/upload.py", label="Unggah register yang sudah dibetulkan", icon=":material/upload_file:")
    with st.expander("Kapan sebuah masalah terbuka", icon=":material/help:"):
        st.markdown(
            "- Masalah pada sebuah baris terbuka selama angka kini masih berasal dari baris itu.\n"
            "- Masalah pada baris yang ditolak, atau pada seluruh kolom, terbuka selama berkasnya yang terbaru dari "
            "LP3H itu; register berikutnya menggantikannya.\n"
            "- Yang hanya catatan tidak perlu dibetulkan dan tidak ada di sini.\n"
            "- Unggahan yang dibatalkan tidak dihitung."
        )


def _lists(title: str, lists: Lists, scope: Scope) -> None:
    components.section(title, lists.told)
    if len(lists.whole.frame):
        wide(lists.table)
        components.take_away(lists.whole, scope)


def wide(table: Table) -> None:
    """A table with sentences in it, which on a phone would otherwise stand a word a line."""
    st.html(f"<style>.wide td.ph-text{{min-width:8.5rem}}</style><div class=wide>{table.html}</div>")


def reconciled(shown: RecapCheck, scope: Scope) -> None:
    """Recaps against the register."""
    components.section("Rekap dibanding register", shown.answer)
    if len(shown.differences.frame):
        st.html("".join(f'<p class="holders">{escape(told)}</p>' for told in shown.told))
        st.html(shown.differences.html)
        components.take_away(shown.whole_differences, scope)
        components.section("Baris di balik selisih", _rows_note(shown))
        if len(shown.whole_rows.frame):
            wide(shown.rows)
            components.take_away(shown.whole_rows, scope)
    if len(shown.everything.frame):
        with st.expander("Semua rekap terakhir, tahap demi tahap", icon=":material/table_rows:"):
            components.table(shown.everything, scope)
    else:
        st.page_link("pages/data/upload.py", label="Unggah rekap", icon=":material/upload_file:")
    components.how_computed(shown.everything)


def _rows_note(shown: RecapCheck) -> str:
    if len(shown.whole_rows.frame):
        return "Rekap hanya menyebut jumlah, jadi barisnya disimpulkan dari sebab yang paling pasti lebih dulu."
    return "Tidak ada satu baris register pun yang dapat ditunjuk: mintalah rinciannya dari pengirim rekap."
