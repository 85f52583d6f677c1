"""The list of uploads, one of which can be opened; and the list of decisions."""

from collections.abc import Collection
from html import escape
from typing import Final

import pandas as pd
import streamlit as st

from halal_ui.intake import counted
from halal_ui.screen import data, past
from halal_ui.screen.notes.undoing import undoing
from halal_ui.snapshot.now import Snapshot
from halal_ui.views import history as view
from halal_ui.views import recorded
from halal_ui.words.columns import Columns

OPENED: Final = "unggahan"
"""What of the address names the upload that is open."""

_LISTED = "unggahan yang terdaftar"
_LONGEST: Final = 420
"""Pixels of a list: past that it scrolls."""

_WIDTHS: Final = {"filename": 260, "received_at": 130, "by": 120, "state": 150, "note": "large", "facts": "large"}
"""Where what matters most would not fit beside each other on a laptop's screen."""

_STYLE: Final = """<style>
.facts{display:flex;flex-wrap:wrap;gap:.2rem 1.6rem;margin:0;font-size:1rem;color:var(--ink)}
.facts b{font-weight:600;color:var(--muted);margin-right:.35rem}
</style>"""


def choose_upload(snapshot: Snapshot, passed_over: Collection[str]) -> str | None:
    """Draws the list; gives the upload_id that is open, which the address names."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(
            "Cari", key="cari", placeholder="nama berkas, jenis, pengunggah, catatan", width=340, type="search"
        )
        state = st.segmented_control("Tampilkan", view.STATES, default="Semua", key="keadaan", required=True)
    shown = view.uploads(snapshot.history, text=text or "", state=state or "Semua", passed_over=passed_over)
    st.session_state[_LISTED] = listed = shown["upload_id"].tolist()
    chosen = st.query_params.get(OPENED)
    if len(shown):
        # another list is another table: a row chosen in the one is not that row in the other
        key = f"daftar {snapshot.version} {text} {state}"
        rows = [listed.index(chosen)] if chosen in listed else []
        table(
            shown[list(view.UPLOADS)],
            view.UPLOADS,
            key=key,
            on_select=lambda: _open(key),
            selection_mode="single-row",
            selection_default={"selection": {"rows": rows}},
        )
    elif len(snapshot.history):
        st.info("Tidak ada unggahan yang cocok. Kosongkan pencarian untuk melihat semuanya.")
    if chosen and chosen not in set(snapshot.history["upload_id"]):
        st.warning("Unggahan pada alamat ini tidak ada dalam catatan yang tampak. Pilih dari daftar di atas.")
        return None
    return chosen


def passed_over(snapshot: Snapshot) -> set[str]:
    """The recaps that count for nothing as all stands now: every row's place and institution has a register."""
    recaps = snapshot.counting[snapshot.counting["table"].eq("recaps")]
    registered = snapshot.tables.applications[["kab_kota", "lp3h"]].drop_duplicates()
    if recaps.empty or registered.empty:
        return set()
    known = dict(iter(snapshot.tables.recaps.groupby("source_file")[["kab_kota", "lp3h"]]))
    alone = ~recaps["filename"].duplicated(keep=False)  # else which of them a row is of is in the log alone
    cells = {
        one: known[filename] if by_name and filename in known else _cells(one)
        for one, filename, by_name in zip(recaps["upload_id"], recaps["filename"], alone, strict=True)
    }
    return {one for one, rows in cells.items() if len(rows) and counted.passed_over(rows, registered) == len(rows)}


@st.cache_resource(show_spinner=False, max_entries=2_000)
def _cells(upload_id: str) -> pd.DataFrame:
    """The places and institutions that an upload's rows name."""
    return data.store().upload(upload_id).frame[["kab_kota", "lp3h"]].drop_duplicates()


def decisions(snapshot: Snapshot) -> None:
    """Decisions and remembered choices, folded away: the same log holds them."""
    found = data.store().records(known_at=snapshot.known_at)
    label = f"Keputusan dan pilihan yang dicatat ({len(found)})"
    box = st.expander(label, icon=":material/gavel:", on_change="rerun", key="keputusan")
    with box:
        if not box.open:
            return
        if found.empty:
            st.caption("Belum ada. Pilihan pada halaman Unggah dan keputusan pada halaman Mutu data dicatat di sini.")
        else:
            table(recorded.records(found), recorded.RECORDS, key="catatan")
        made = data.store().changes(snapshot.known_at)
        entered = made[made["kind"] == "institution"]
        if len(entered):
            st.html('<h3 class="part">LP3H yang dimasukkan ke daftar</h3>')
            undoing(entered, meeting_id=None)


def table(frame: pd.DataFrame, columns: Columns, **more) -> None:
    """A frame as a list under the headers of its columns. `more`: what st.dataframe takes."""
    kinds = {
        "date": lambda column: st.column_config.DateColumn(column.header, format="DD/MM/YYYY"),
        "count": lambda column: st.column_config.NumberColumn(column.header, format="localized"),
    }
    plain = st.column_config.TextColumn
    config = {}
    for name in frame:
        column, width = columns[str(name)], _WIDTHS.get(str(name))
        if pd.api.types.is_datetime64_any_dtype(frame[name]) and column.kind != "date":
            config[name] = st.column_config.DatetimeColumn(column.header, format="DD/MM/YYYY HH.mm", width=width)
        else:
            config[name] = kinds.get(column.kind, lambda column: plain(column.header, width=width))(column)  # noqa: B023
    height = min(_LONGEST, 38 + 35 * max(len(frame), 1))
    st.dataframe(frame, hide_index=True, column_config=config, height=height, placeholder="", **more)


def _open(key: str) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    listed = st.session_state.get(_LISTED, [])
    if rows and rows[0] < len(listed):
        st.query_params[OPENED] = listed[rows[0]]
    elif OPENED in st.query_params:
        del st.query_params[OPENED]


def question(snapshot: Snapshot) -> None:
    """The page's question, and the sentence that answers it. What the filters choose changes nothing here."""
    told = escape(view.answer(snapshot.history, past.in_words))
    st.html(
        f'{_STYLE}<h1 class="question">Apa yang pernah diunggah, dan apa akibatnya?</h1><p class="answer">{told}</p>'
    )
