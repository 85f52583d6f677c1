"""The papers of a meeting: made one after the other while a bar shows how far, and kept."""

import logging
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from typing import Final

import streamlit as st

from halal_store import Meeting
from halal_ui import turns
from halal_ui.reports import deck, minutes, print_pdf, workbook
from halal_ui.screen import data
from halal_ui.words.formats import fmt_number

KEPT: Final = 4
"""Meetings whose papers are kept."""


@dataclass(frozen=True)
class Paper:
    """`file` ends the name of its file, `about` says what it is for."""

    name: str
    file: str
    about: str
    icon: str
    make: Callable[[Meeting], bytes]


PAPERS: Final = (
    Paper("Deck", "deck.pptx", "Slide yang sama dengan Tayang, grafiknya dapat diubah.", ":material/slideshow:", deck),
    Paper("Buku kerja", "buku kerja.xlsx", "Semua tabel, definisi, dan asal angkanya.", ":material/table:", workbook),
    Paper("Notulen", "notulen.docx", "Angka, kendala, keputusan; sisanya diisi.", ":material/edit_document:", minutes),
    Paper("Cetak", "cetak.pdf", "A4: ringkasan dan satu halaman tiap kab/kota.", ":material/print:", print_pdf),
)
ALL: Final = "semua.zip"

_MADE: Final[dict[tuple[str, int], dict[str, bytes]]] = {}
_MAKING: Final = Lock()


def papers(meeting: Meeting) -> None:
    """Buttons that make the papers, and those made to take away."""
    everything = st.button("Buat semua (zip)", type="primary", icon=":material/folder_zip:", key="buat-semua")
    above = st.container()  # in sight while they are made
    rows = {paper.file: st.container(horizontal=True, vertical_alignment="center") for paper in PAPERS}
    asked = list(PAPERS) if everything else []
    spots = {}
    for paper in PAPERS:
        with rows[paper.file]:
            st.markdown(f"{paper.icon} **{paper.name}** · {paper.about}", width=520)
            spots[paper.file] = st.empty()
            if paper.file not in made(meeting) and spots[paper.file].button("Buat", key=f"buat-{paper.file}"):
                asked = [paper]
    if asked:
        with above:
            _make(meeting, asked)
    for paper in PAPERS:
        if paper.file in made(meeting):
            with spots[paper.file]:
                _download(meeting, paper.file, made(meeting)[paper.file])
    if len(made(meeting)) == len(PAPERS):
        _download(meeting, ALL, zipped(meeting, made(meeting)))


def made(meeting: Meeting) -> dict[str, bytes]:
    """What was made of the meeting as it stands, by file: a note more, and all are to be made again."""
    key = (meeting.record_id, len(meeting.records))
    if key not in _MADE:
        while len(_MADE) >= KEPT:
            _MADE.pop(next(iter(_MADE)), None)
        _MADE[key] = {}
    return _MADE[key]


def name_of(meeting: Meeting, file: str) -> str:
    """The name of its file, as it is found again in a folder: 'R-2025-06-04 deck.pptx'."""
    return f"{meeting.id} {file}"


def zipped(meeting: Meeting, contents: dict[str, bytes]) -> bytes:
    """All that were made, in one file; the same bytes for the same papers."""
    file, at = BytesIO(), meeting.frozen_at
    day = (max(at.year, 1980), at.month, at.day, at.hour, at.minute, at.second)  # a zip knows no earlier year
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for paper in PAPERS:
            if paper.file in contents:
                entry = zipfile.ZipInfo(name_of(meeting, paper.file), day)
                entry.compress_type = zipfile.ZIP_DEFLATED
                package.writestr(entry, contents[paper.file])
    return file.getvalue()


def _make(meeting: Meeting, asked: Iterable[Paper]) -> None:
    """Makes those that are not there yet. One that fails says so, and the others are made all the same."""
    kept = made(meeting)
    missing = [paper for paper in asked if paper.file not in kept]
    bar = st.progress(0.0, "Menyiapkan angka rapat …")
    data.meeting_set(meeting.id)
    for place, paper in enumerate(missing):
        bar.progress(place / len(missing), f"Membuat {paper.name} ({place + 1} dari {len(missing)}) …")
        try:
            with turns.aside(), _MAKING:
                if paper.file not in kept:
                    kept[paper.file] = paper.make(meeting)
        except Exception:
            logging.getLogger(__name__).exception("%s of %s could not be made", paper.file, meeting.id)
            st.error(
                f"{paper.name} belum dapat dibuat karena ada gangguan; angka rapat tetap utuh. Ulangi, dan bila tetap "
                "gagal sampaikan kepada pengelola. Bahan lain dapat diunduh.",
                icon=":material/error:",
            )
    bar.empty()


def _download(meeting: Meeting, file: str, content: bytes) -> None:
    size = fmt_number(len(content) / 1024, digits=0)
    st.download_button(
        f"Unduh {name_of(meeting, file)} ({size} KB)",
        content,
        name_of(meeting, file),
        key=f"unduh-{file}",
        on_click="ignore",
        icon=":material/download:",
    )
