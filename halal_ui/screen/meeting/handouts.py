"""Bahan rapat: what the set of a meeting is, what has changed since the last one, what has come since."""

from dataclasses import replace
from html import escape
from typing import Final

import pandas as pd
import streamlit as st

from halal_store import Meeting
from halal_ui import sentences
from halal_ui.screen import components, data, filters, past
from halal_ui.screen.meeting_chosen import NAME
from halal_ui.snapshot.meeting_set import MeetingSet
from halal_ui.snapshot.scope import Scope
from halal_ui.story import story
from halal_ui.story.changes import CHANGED, with_moved
from halal_ui.story.promises import ACTIONS, as_rows
from halal_ui.views.shown import Table
from halal_ui.words.columns import Column
from halal_ui.words.formats import fmt_count, fmt_date
from halal_ui.words.moments import to_address
from halal_ui.words.names import GROUP_UNIT

QUESTION: Final = "Apa yang dibawa ke rapat, dan apa yang berubah sejak rapat terakhir?"
_CHANGES: Final = ["new", "moved", "issued", "returned", "left", "restated"]
_NOT_REPORTING: Final = CHANGED | {"received_at": Column("Berkas terakhir diterima", "date")}


def nothing_yet() -> None:
    """There is no meeting: what one is, and what is missing."""
    st.html(
        f'<h1 class="question">{QUESTION}</h1><p class="answer">Belum ada rapat. Bekukan dahulu angkanya di bawah '
        "ini: slide, buku kerja, notulen dan cetakan lalu tersusun dari kumpulan angka yang sama, dan tidak berubah "
        "oleh unggahan sesudahnya.</p>"
    )


def answer(found: MeetingSet) -> None:
    """The question, and the sentences that answer it: what has changed, and of which set all this is."""
    meeting, told = found.meeting, story(found, wait=False)
    slide = told.slide("sejak")
    changed = slide.title if slide else ""
    files = len(found.numbers.snapshot.counting)
    opened = sentences.opened(meeting.id, meeting.as_of, past.in_words(meeting.known_at), files)
    st.html(
        f'<h1 class="question">{QUESTION}</h1><p class="answer">{escape(changed)}</p>'
        f'<p class="answer">{escape(opened)}</p>'
    )


def facts(found: MeetingSet) -> None:
    """What the set is, what has come since, and the ways to see both."""
    meeting = found.meeting
    if meeting.id not in {one.id for one in data.meetings()}:
        st.warning(
            f"Rapat {meeting.id} sudah dibatalkan dan tidak terdaftar lagi. Angkanya masih dapat dibaca; untuk rapat "
            "yang berlaku, pilih rapat lain.",
            icon=":material/undo:",
        )
    arrivals = found.numbers.snapshot.counting["received_at"]
    last = past.in_words(arrivals.max()) if len(arrivals) else "belum ada"
    before = meeting.previous
    told = {
        "Set": meeting.id,
        "Rapat": f"{fmt_date(meeting.date)} pukul {meeting.starts_at:%H.%M}",
        "Tempat": meeting.place or "belum ditulis",
        "Dibekukan": f"{past.in_words(meeting.frozen_at)} oleh {meeting.by.partition(' <')[0]}",
        "Unggahan terakhir di dalamnya": last,
        "Dibandingkan dengan": f"{before.id} (per {fmt_date(before.as_of)})" if before else "tidak ada, rapat pertama",
    }
    rows = " · ".join(f"<b>{escape(name)}</b> {escape(text)}" for name, text in told.items())
    st.html(f'<p class="aside">{rows}</p>')
    if since := sentence_since(meeting, data.current().history):
        st.info(since, icon=":material/ac_unit:")
    with st.container(horizontal=True):
        st.page_link(
            "pages/meeting/present.py", label="Tayang", icon=":material/slideshow:", query_params={NAME: meeting.id}
        )
        st.page_link(
            "pages/monitor/summary.py",
            label="Dashboard seperti diketahui pada rapat",
            icon=":material/history:",
            query_params={past.NAME: to_address(meeting.known_at), **filters.whole(meeting.as_of.date())},
        )
        st.page_link("pages/monitor/summary.py", label="Dashboard kini", icon=":material/monitoring:")


def sentence_since(meeting: Meeting, history: pd.DataFrame) -> str:
    """What has come, or was undone, since the meeting's moment; "" where nothing has."""
    came = int((history["received_at"] > meeting.known_at).sum())
    undone = int((history["undone_at"] > meeting.known_at).sum())
    counted = ((came, "unggahan baru"), (undone, "unggahan dibatalkan"))
    told = " dan ".join(f"{fmt_count(count)} {what}" for count, what in counted if count)
    return f"Sejak {past.in_words(meeting.known_at)} ada {told}: angka rapat ini tidak berubah." if told else ""


def changes_since(found: MeetingSet) -> None:
    """What has changed since the last meeting, who was not heard, which promises fell due."""
    meeting, scope = found.meeting, Scope(found.meeting.as_of.date())
    before = meeting.previous
    components.section("Sejak rapat terakhir")
    if before is None:
        st.html('<p class="answer">Ini rapat pertama: perubahan tampil mulai rapat berikutnya.</p>')
    else:
        st.caption("Dinyatakan ulang: baris terlambat tentang keadaan sebelum rapat lalu, bukan hasil pekan ini.")
        places, institutions = st.tabs(["Per kabupaten/kota", "Per LP3H"])
        with places:
            components.table(_changes(found, before, "kab_kota"), scope)
        with institutions:
            components.table(_changes(found, before, "lp3h"), scope)
        components.section("Belum mengirim data", sentences.not_reporting_answer(found.not_reporting, then=before.date))
        if len(found.not_reporting):
            caption = f"LP3H tanpa berkas sejak rapat {before.id}"
            table = Table(
                found.not_reporting[["lp3h", "received_at"]], _of(meeting, caption), "belum-mengirim", _NOT_REPORTING
            )
            components.table(table, scope)
    components.section("Janji yang jatuh tempo", sentences.due_answer(found.due))
    if len(found.due):
        caption = _of(meeting, "Janji yang jatuh tempo")
        components.table(Table(as_rows(found.due), caption, "janji-jatuh-tempo", ACTIONS), scope)


def _changes(found: MeetingSet, before: Meeting, by: str) -> Table:
    rows, whole = with_moved(found.changes_since((by,))), with_moved(found.changes_since(()))
    caption = f"Perubahan sejak {fmt_date(before.as_of)} per {GROUP_UNIT[by]}"
    table = Table(rows[[by, *_CHANGES]], _of(found.meeting, caption), f"sejak-{by.replace('_', '-')}", CHANGED)
    return replace(table, total=whole[_CHANGES].iloc[0].to_dict())


def _of(meeting: Meeting, caption: str) -> str:
    """The caption with the set it is of, which goes along into the files."""
    return f"{caption} · set {meeting.id}"
