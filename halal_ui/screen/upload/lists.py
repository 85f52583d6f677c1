"""A list of which the first rows stand on the page and all can be taken away."""

from typing import Final

import pandas as pd
import streamlit as st

from halal_ui.exports.table import to_csv, to_xlsx
from halal_ui.intake.item import UploadItem
from halal_ui.look.tables import to_html
from halal_ui.screen import past
from halal_ui.words.columns import Columns
from halal_ui.words.formats import fmt_count

FIRST: Final = 200
"""Rows that stand on the page: more is not read, and a browser that draws 100.000 stands still."""


def long_list(
    item: UploadItem, frame: pd.DataFrame, columns: Columns, *, caption: str, name: str, nothing: str, of: str = ""
) -> None:
    """
    `name` is part of the names of its files; `nothing` is said where there are no rows; `of` says which part of the
    list was chosen.
    """
    if frame.empty:
        st.html(f'<p class="told">{nothing}</p>')
        return
    more = len(frame) - FIRST
    shown = f"{caption}: {fmt_count(len(frame))}" + (f", {fmt_count(FIRST)} yang pertama" if more > 0 else "")
    table = item.once(f"daftar {name} {of}", lambda: to_html(frame.head(FIRST), caption=shown, columns=columns))
    st.html(f'<div class="long">{table}</div>')
    if more > 0:
        st.caption(f"{fmt_count(more)} baris lagi ada di unduhan.")
    file = f"{item.stem}-{name}"
    with st.container(horizontal=True):
        st.download_button(
            "Unduh Excel",
            lambda: to_xlsx(frame, title=f"{caption}, {item.label}", created=past.now(), columns=columns),
            f"{file}.xlsx",
            key=f"{item.key}-{name}-xlsx",
            on_click="ignore",
            icon=":material/table:",
        )
        st.download_button(
            "Unduh CSV",
            lambda: to_csv(frame, columns=columns),
            f"{file}.csv",
            key=f"{item.key}-{name}-csv",
            on_click="ignore",
            icon=":material/download:",
        )
