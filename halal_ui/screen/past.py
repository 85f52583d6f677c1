"""
Looking at the past: `pada` in the address is the moment whose knowledge the whole dashboard shows.

It travels with the viewer from page to page; while it does, a banner says so and nothing can be written.
"""

from datetime import datetime
from html import escape
from typing import Final
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from halal_ui.snapshot.programme import programme
from halal_ui.words.moments import fmt_moment, from_address, to_address

NAME: Final = "pada"
_SEEN: Final = "pada, terakhir"  # page and text of the last look

_STYLE: Final = """<style>
.st-key-masa-lalu{background:var(--surface);border-left:.4rem solid var(--behind);border-radius:.35rem;
  padding:.45rem .9rem;gap:.3rem 1rem}
.past{margin:0;font-size:1.05rem;font-weight:600;color:var(--ink)}
</style>"""


def now() -> datetime:
    """The office's time, naive, as the store gives times."""
    return datetime.now(ZoneInfo(programme().time_zone)).replace(tzinfo=None)


def known_at() -> pd.Timestamp | None:
    """
    The past moment that is looked at; None for the present, and for an address that is not understood.

    A menu of pages drops what it does not know from the address: on another page the moment is put back.
    """
    written = _written()
    return from_address(written, now=now(), time_zone=programme().time_zone) if written else None


def look_at(moment: pd.Timestamp | datetime) -> None:
    """From the next run on, the dashboard as it was known then. To be called when a button is clicked."""
    _write(to_address(pd.Timestamp(moment)))


def look_at_present() -> None:
    _write("")


def in_words(moment: pd.Timestamp) -> str:
    """'4 Juni 2025 pukul 10.00 WITA'."""
    return fmt_moment(moment, time_zone=programme().time_zone)


def banner(moment: pd.Timestamp | None, meeting: str = "") -> None:
    """
    Says on every page that one looks at the past, with the way back; or that the address is not understood. `meeting`:
    the id of the one whose numbers these are.
    """
    written = _written()
    if moment is not None:
        what = f"angka rapat {meeting}" if meeting else "data"
        text = (
            f"Anda melihat {what} seperti diketahui pada {in_words(moment)}. Selama itu tidak ada yang dapat disimpan."
        )
        with st.container(horizontal=True, vertical_alignment="center", key="masa-lalu"):
            st.html(f'{_STYLE}<p class="past" role="status">{escape(text)}</p>', width="content")
            st.button("Kembali ke sekarang", on_click=look_at_present, icon=":material/history_toggle_off:", key="kini")
    elif written:
        st.warning(
            "Waktu pada alamat ini tidak dimengerti atau belum tiba, jadi yang tampak adalah data terkini. "
            "Pilih waktunya di halaman Riwayat, atau tulis seperti `pada=2025-06-04T10:00`.",
            icon=":material/history:",
        )


def _written() -> str:
    page = getattr(get_script_run_ctx(), "page_script_hash", "")
    written = st.query_params.get(NAME, "")
    last_page, last = st.session_state.get(_SEEN, (page, ""))
    if last and not written and last_page != page:
        written = st.query_params[NAME] = last
    st.session_state[_SEEN] = (page, written)
    return written


def _write(text: str) -> None:
    page = getattr(get_script_run_ctx(), "page_script_hash", "")
    st.session_state[_SEEN] = (page, text)
    if text:
        st.query_params[NAME] = text
    elif NAME in st.query_params:
        del st.query_params[NAME]
