"""The parts of the page Kendala: what is noted now, and each table to fill in."""

from typing import Final

import pandas as pd
import streamlit as st

from halal_metrics.schema import PROGRESS, empty
from halal_ui.screen import components, data
from halal_ui.screen.meeting_chosen import NAME, label_of
from halal_ui.screen.notes.editor import editor
from halal_ui.screen.notes.undoing import undoing
from halal_ui.snapshot.scope import Scope
from halal_ui.views.events import Events
from halal_ui.views.obstacles import Notes, Obstacles, late_text, number_text
from halal_ui.words.formats import fmt_date
from halal_ui.words.note_fields import NOTE_LABEL

HINDERS, ACTS, DECIDED, EVENTS = (NOTE_LABEL[kind] for kind in ("obstacle", "action", "decision", "event"))
CHANGES: Final = "Perubahan"
SECTIONS: Final = (HINDERS, ACTS, DECIDED, EVENTS, CHANGES)
_NONE: Final = "Di luar rapat"


def noted(scope: Scope) -> Notes:
    """The notes as the dashboard knows them, and the meeting before with which numbers are compared."""
    snapshot, store = data.current(), data.store()
    records = store.records(known_at=snapshot.known_at)
    before = next((one for one in data.meetings() if one.as_of.date() < scope.as_of), None)
    then = None if before is None else data.meeting_set(before.id).numbers
    return Notes(
        version=f"{len(records)} {'' if records.empty else records['record_id'].iloc[-1]}",
        obstacles=store.notes("obstacle", snapshot.known_at),
        actions=store.notes("action", snapshot.known_at),
        events=store.notes("event", snapshot.known_at),
        decisions=len(store.notes("decision", snapshot.known_at)),
        then=snapshot.programme.start if then is None else then.as_of.date(),
        then_progress=empty(PROGRESS) if then is None else then.snapshot.progress,
    )


def choose() -> tuple[str, str | None]:
    """Which part is shown, and for which meeting is noted: none unless one is chosen."""
    parts, meeting = st.columns([3, 2], gap="medium", vertical_alignment="bottom")
    with parts:
        chosen = st.segmented_control(
            "Bagian", SECTIONS, default=HINDERS, key="bagian", bind="query-params", required=True
        )
    listed = {one.id: label_of(one) for one in data.meetings()}
    named = st.query_params.get(NAME, "")
    with meeting:
        noted_for = st.selectbox(
            "Dicatat untuk rapat",
            ["", *listed],
            ["", *listed].index(named) if named in listed else 0,
            format_func=lambda id: listed.get(id, _NONE),
            help="Catatan yang dibuat untuk sebuah rapat masuk ke slide dan notulennya.",
        )
    return chosen or HINDERS, noted_for or None


def hinders(shown: Obstacles, scope: Scope, meeting_id: str | None) -> None:
    """The Pareto charts, the ranked table, and the table to fill in."""
    left, right = st.columns([3, 2], gap="medium")
    with left:
        components.section("Kendala menurut sertifikat yang tertahan", "Tiap sertifikat dihitung sekali.")
        components.chart(shown.pareto, key="pareto-kendala")
    with right:
        components.section("Menurut jenis")
        components.chart(shown.categories, key="pareto-jenis")
    components.section(
        "Catat atau ubah kendala",
        "Baris kosong di bawah untuk yang baru; Menahan kosong berarti semua yang ada di sana.",
    )
    editor("obstacle", shown.obstacles, meeting_id=meeting_id)
    with st.expander("Tabel berperingkat", icon=":material/table_rows:"):
        components.table(shown.ranked, scope)


def acts(shown: Obstacles, notes: Notes, scope: Scope, meeting_id: str | None) -> None:
    """The matrix: overdue first, what was reported beside whether the number moved."""
    components.section("Matriks tindak lanjut", f"{shown.actions_answer} Angkanya: sejak {fmt_date(notes.then)}.")
    rows = shown.actions.to_dict("records")
    frame = shown.actions.assign(
        late=pd.Series([late_text(row) for row in rows], shown.actions.index, dtype="str"),
        number=pd.Series([number_text(row) for row in rows], shown.actions.index, dtype="str"),
    )
    more = {
        "late": st.column_config.TextColumn("Lewat tenggat", width=120),
        "number": st.column_config.TextColumn("Angkanya bergerak", width=150),
    }
    editor("action", frame, meeting_id=meeting_id, more=more)
    with st.expander("Tabel", icon=":material/table_rows:"):
        components.table(shown.matrix, scope)


def decided(meeting_id: str | None) -> None:
    """What meetings decided."""
    components.section("Keputusan", "Pilih rapatnya di atas agar keputusan masuk ke notulen rapat itu.")
    editor("decision", data.store().notes("decision", data.current().known_at), meeting_id=meeting_id)


def events(shown: Events, notes: Notes, scope: Scope, meeting_id: str | None) -> None:
    """What stands as a mark on every curve, and what it cost or brought."""
    components.section("Akibat peristiwa", shown.answer)
    components.chart(shown.chart, key="akibat-peristiwa")
    components.section("Peristiwa", "Rapat, tenggat, surat, gangguan: tampil sebagai tanda pada setiap kurva waktu.")
    editor("event", notes.events.sort_values("date", ignore_index=True), meeting_id=meeting_id)
    with st.expander("Tabel akibat peristiwa", icon=":material/table_rows:"):
        components.table(shown.table, scope)


def changes(meeting_id: str | None) -> None:
    """Who noted what, and taking it back."""
    components.section("Perubahan catatan", "Yang dibatalkan tetap tercatat, dan tidak dihitung lagi.")
    made = data.store().changes(data.current().known_at)
    undoing(made[made["kind"] != "institution"], meeting_id=meeting_id)
