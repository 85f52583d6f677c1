"""What was changed in notes, by whom, before and after; and taking a change back."""

from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from halal_ui.look.tables import to_html
from halal_ui.screen import access, past
from halal_ui.screen.notes import saving
from halal_ui.words.columns import Column
from halal_ui.words.note_fields import FIELDS, NOTE_LABEL, said

SHOWN: Final = 40
_COLUMNS: Final = {
    "at": Column("Kapan", "text"),
    "by": Column("Oleh", "text"),
    "kind": Column("Apa", "text"),
    "field": Column("Kolom", "text"),
    "before": Column("Sebelum", "text"),
    "after": Column("Sesudah", "text"),
    "state": Column("Keadaan", "text"),
}
_SAID = "pembatalan catatan"


def undoing(changes: pd.DataFrame, *, meeting_id: str | None) -> None:
    """The last changes (`Store.changes`), newest first, and a way to take one back."""
    if told := st.session_state.pop(_SAID, ""):
        st.info(told, icon=":material/undo:")
    if changes.empty:
        st.caption("Belum ada yang dicatat.")
        return
    last = changes.iloc[::-1].head(SHOWN)
    counting = last[last["taken_back_at"].isna()].drop_duplicates("record_id")
    if len(counting) and access.gate(saving.BACK) is not None:
        label = {row["record_id"]: _label(row, changes) for row in counting.to_dict("records")}
        with st.container(horizontal=True, vertical_alignment="bottom"):
            chosen = st.selectbox("Perubahan", list(label), format_func=label.__getitem__, key="perubahan-catatan")
            st.button(
                "Batalkan perubahan ini",
                key="batalkan-catatan",
                icon=":material/undo:",
                on_click=partial(_take_back, chosen, meeting_id),
            )
    st.html(to_html(lines(last), caption="Perubahan terakhir, yang terbaru di atas", columns=_COLUMNS))


def _label(row: dict, changes: pd.DataFrame) -> str:
    fields = changes.loc[changes["record_id"] == row["record_id"]]
    first = fields.iloc[0]
    what = said(row["kind"], first["field"], first["after"])
    more = f" dan {len(fields) - 1} kolom lain" if len(fields) > 1 else ""
    return f"{past.in_words(row['received_at'])} · {row['by']} · {NOTE_LABEL[row['kind']]}: {what[:60]}{more}"


def lines(changes: pd.DataFrame) -> pd.DataFrame:
    """The changes as they are read."""
    rows = [
        {
            "at": past.in_words(row["received_at"]),
            "by": row["by"],
            "kind": NOTE_LABEL[row["kind"]],
            "field": FIELDS[row["kind"]][row["field"]].label if row["field"] in FIELDS[row["kind"]] else row["field"],
            "before": said(row["kind"], row["field"], row["before"]),
            "after": said(row["kind"], row["field"], row["after"]),
            "state": "● berlaku" if pd.isna(row["taken_back_at"]) else f"○ dibatalkan oleh {row['taken_back_by']}",
        }
        for row in changes.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def _take_back(record_id: str, meeting_id: str | None) -> None:
    refused = saving.take_back(record_id, meeting_id)
    st.session_state[_SAID] = refused or "Perubahan dibatalkan; ia tetap tercatat di daftar ini."
