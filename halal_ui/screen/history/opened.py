"""One upload opened: what is known of it, what it changed, its rows and problems, and its file to take away."""

from collections.abc import Callable
from html import escape
from typing import Final

import pandas as pd
import streamlit as st

from halal_store import StoredUpload
from halal_ui.exports.table import to_xlsx
from halal_ui.intake import changes, problems
from halal_ui.screen import components, data, past
from halal_ui.screen.effect import plans_told
from halal_ui.screen.history.effect import brought
from halal_ui.screen.history.handed_back import handed_back
from halal_ui.screen.history.listing import table
from halal_ui.screen.history.unmasking import offer, unmasked
from halal_ui.snapshot.now import Snapshot
from halal_ui.views import history as view
from halal_ui.words.columns import Columns
from halal_ui.words.formats import fmt_count

MOST: Final = 1_000
"""Rows shown of a long list; the rest is in the file to take away."""

PARTS: Final = ("Yang berubah", "Baris diterima", "Masalah", "Ditolak", "Dilewati", "Lembar dan pilihan")


def opened(upload_id: str, snapshot: Snapshot, *, passed_over: bool) -> None:
    """Everything about an upload, one part at a time."""
    entry = snapshot.history.set_index("upload_id", drop=False).loc[upload_id]
    stored = _stored(upload_id)
    components.section(str(entry["filename"]))
    _told(view.facts(entry, past.in_words, passed_over=passed_over))
    _take_away(stored)
    handed_back(stored, snapshot)
    part = st.segmented_control("Lihat", PARTS, default=PARTS[0], key="bagian", required=True)
    _PARTS[part or PARTS[0]](stored)


@st.cache_resource(show_spinner="Membuka unggahan …", max_entries=8)
def _stored(upload_id: str) -> StoredUpload:
    return data.store().upload(upload_id)


def _take_away(stored: StoredUpload) -> None:
    def accepted() -> bytes:
        rows, columns = view.rows(stored.frame, stored.table)
        return to_xlsx(rows, title=stored.filename, created=stored.received_at.to_pydatetime(), columns=columns)

    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "Unduh baris diterima",
            accepted,
            f"{stored.filename.rsplit('.', 1)[0]} - diterima.xlsx",
            on_click="ignore",
            icon=":material/table:",
            key="unduh-diterima",
            help="Nomor HP, nama pemilik dan alamat disamarkan.",
        )
        if unmasked(stored):
            st.download_button(
                "Unduh berkas asli",
                lambda: data.log().original(stored.upload_id),
                stored.filename,
                on_click="ignore",
                icon=":material/draft:",
                key="unduh-asli",
                help="Berkas asli memuat data pribadi: jangan dibagikan.",
            )
        st.button(
            "Dashboard sesaat sesudahnya",
            on_click=past.look_at,
            args=(stored.received_at,),
            icon=":material/history:",
            key="sesudahnya",
            help="Seluruh dashboard seperti diketahui tepat setelah unggahan ini.",
        )
        offer(stored)


def _changed(stored: StoredUpload) -> None:
    effect = brought(stored.upload_id)
    found = effect.preview
    st.markdown(
        f"**{changes.counts_in_words(found.counts, stored.table)}**, dibanding yang diketahui tepat sebelumnya. "
        f"Angka utama waktu itu: {changes.rates_in_words(effect.before, effect.after)}."
    )
    plans_told(effect)
    if len(found.changed) or not len(found.new):
        _some(changes.change_table(found.changed, stored.table), changes.CHANGE_COLUMNS, "perubahan")
    if len(found.new):
        st.markdown("Yang baru:")
        _some(changes.new_table(found.new, effect.uncounted), changes.NEW_COLUMNS, "baru")


def _rows(stored: StoredUpload) -> None:
    frame = data.log().upload(stored.upload_id).frame if unmasked(stored) else stored.frame
    rows, columns = view.rows(frame.head(MOST), stored.table)
    _some(rows, columns, "baris", len(stored.frame))


def _problems(stored: StoredUpload) -> None:
    _some(problems.problem_table(stored.problems), problems.PROBLEM_COLUMNS, "masalah")


def _rejected(stored: StoredUpload) -> None:
    _some(stored.rejected, problems.REJECTED_COLUMNS, "ditolak")


def _skipped(stored: StoredUpload) -> None:
    _some(problems.skipped_table(stored.skipped), problems.SKIPPED_COLUMNS, "dilewati")


def _reading(stored: StoredUpload) -> None:
    _some(view.sheets(stored.sheets), view.SHEETS, "lembar")
    if made := view.choices(stored.choices):
        _told([("Dipilih dengan tangan:", ""), *made])
    else:
        st.caption("Tidak ada yang dipilih dengan tangan: semuanya dibaca dari berkas.")


_PARTS: Final[dict[str, Callable[[StoredUpload], None]]] = dict(
    zip(PARTS, (_changed, _rows, _problems, _rejected, _skipped, _reading), strict=True)
)


def _told(facts: list[tuple[str, str]]) -> None:
    lines = "".join(f"<span><b>{escape(name)}</b>{escape(text)}</span>" for name, text in facts)
    st.html(f'<p class="facts">{lines}</p>')


def _some(rows: pd.DataFrame, columns: Columns, name: str, of: int = 0) -> None:
    """The first rows of a list, and how many more there are: `of` rows, or as many as are given."""
    of = max(of, len(rows))
    if rows.empty:
        st.caption("Tidak ada.")
        return
    table(rows.head(MOST), columns, key=f"isi-{name}")
    if of > MOST:
        st.caption(f"Tampak {fmt_count(MOST)} baris pertama dari {fmt_count(of)}.")
