"""Step 1, Jatuhkan: files come in, templates go out, and which of the files is looked at."""

from collections.abc import Iterable
from functools import partial
from html import escape

import streamlit as st

from halal_ui.exports.blank_forms import TEMPLATES, template
from halal_ui.intake.changes import record_names
from halal_ui.intake.dry_run import held
from halal_ui.intake.item import UploadItem, item_of, key_of
from halal_ui.intake.problems import other_tables
from halal_ui.intake.reading import look
from halal_ui.intake.understood import plain, summed
from halal_ui.screen import access, data
from halal_ui.screen.upload import keeping
from halal_ui.screen.upload.session import UploadSession, known
from halal_ui.snapshot.now import Snapshot
from halal_ui.snapshot.programme import programme
from halal_ui.words import masks
from halal_ui.words.formats import fmt_count
from halal_ui.words.labels import TABLE_LABEL
from halal_ui.words.uploads import WINDOW_ALONE, originals

STYLE = """<style>
/* Streamlit's own words in the drop zone are English. */
[data-testid="stFileUploaderDropzoneInstructions"] *{font-size:0!important}
[data-testid="stFileUploaderDropzoneInstructions"]::after{
  content:"Seret berkas ke sini, atau pilih. Paling besar 200 MB."}
[data-testid="stFileUploaderDropzone"] button p,[data-testid="stFileUploaderDropzone"] button>div>span:last-child{
  font-size:0!important}
[data-testid="stFileUploaderDropzone"] button::after{content:"Pilih berkas";padding-left:.35rem}
[data-testid="stFileUploaderFileErrorMessage"]{font-size:0!important}
[data-testid="stFileUploaderFileErrorMessage"]::after{font-size:.9rem;
  content:"Belum dapat diterima: paling besar 200 MB. Pecah berkasnya, lalu jatuhkan lagi."}
</style>"""


def drop_zone(session: UploadSession) -> None:
    """Where files are dropped; what is dropped is read at once, and the zone is empty again."""
    st.html(STYLE)
    dropped = st.file_uploader(
        "Berkas dari LP3H atau OPD: xlsx, xls, ods, csv, atau ekspor web; boleh beberapa sekaligus",
        accept_multiple_files=True,
        key=f"berkas-{session.drops}",
    )
    st.caption(WINDOW_ALONE if session.unkept or session.out_of_reach else originals(shared=access.shared()))
    if dropped:
        take_in(session, [(file.name, file.getvalue()) for file in dropped])
        st.rerun()
    for sentence in session.told:
        st.info(sentence, icon=":material/info:")
    session.told = []  # said once: the next click shows what came of it


def take_in(session: UploadSession, files: list[tuple[str, bytes]]) -> None:
    """
    Reads dropped files one after the other, saying which. All are kept before the first is read; one that cannot be
    read does not keep the others out; one that is there already is said to be, once.
    """
    remembered, clock = known(), data.log().clock
    now, today = clock.now(), f"{clock.local(clock.now()):%Y-%m-%d}"
    there: dict[str, list[str]] = {}
    seen: list[str] = []
    for place, (filename, content) in enumerate(files):
        item = item_of(filename, content, codes=programme().codes)
        if item.key in session.items and (item.key in seen or item.key not in session.taking_in):
            there.setdefault(item.key, []).append(item.filename)
        elif session.add(item):
            session.taking_in.add(item.key)
            item.dropped, item.received = f"{now.isoformat()} {place:04}", today
        seen.append(item.key)
    keeping.keep(session)
    unread = [session.items[key] for key in dict.fromkeys(seen) if not session.items[key].reading]
    with st.status(f"Membaca {len(unread)} berkas …", expanded=True) as status:
        progress = st.progress(0.0)
        for place, item in enumerate(unread):
            progress.progress(place / len(unread), f"{plain(item.label)} ({size_in_words(item.size)})")
            look(item, remembered)
        status.update(label="Selesai membaca.", state="complete", expanded=False)
    session.chosen, session.drops = next(iter(seen), session.chosen), session.drops + 1
    session.saved, session.taking_in = [], set()
    session.told = [_there(session.items[key], names) for key, names in there.items()]


def _there(item: UploadItem, names: Iterable[str]) -> str:
    others = ", ".join(plain(name) for name in dict.fromkeys(names) if name != item.filename)
    called = f" (dijatuhkan sebagai {others})" if others else ""
    return f"{plain(item.label)} sudah ada di daftar di bawah, isinya persis sama{called}: tidak ditambahkan lagi."


def size_in_words(size: int) -> str:
    """
    >>> size_in_words(812), size_in_words(20_480), size_in_words(13 * 2**20)
    ('812 B', '20 KB', '13,0 MB')
    """
    if size < 1024:
        return f"{size} B"
    return f"{size / 2**20:.1f} MB".replace(".", ",") if size >= 2**20 else f"{size / 1024:.0f} KB"


def templates() -> None:
    """Blank forms to hand out, one for each table."""
    with st.popover("Templat kosong", icon=":material/description:"):
        st.caption("Untuk LP3H atau OPD yang belum punya bentuk sendiri. Diisi, lalu dijatuhkan di sini.")
        for table, (filename, label) in TEMPLATES.items():
            st.download_button(
                label,
                partial(template, table),
                filename,
                key=f"templat-{table}",
                on_click="ignore",
                icon=":material/download:",
                width="stretch",
            )


def files(session: UploadSession, snapshot: Snapshot) -> None:
    """The files on the desk, where each stands, and which one is looked at."""
    keys = list(session.items)
    if len(keys) > 1:
        st.session_state["berkas dipilih"] = session.chosen
        st.radio(
            "Berkas yang dikerjakan",
            keys,
            format_func=lambda key: plain(session.items[key].label),
            captions=[_told_apart(session, key, standing(session.items[key], snapshot)) for key in keys],
            key="berkas dipilih",
            on_change=_choose,
            args=(session,),
        )
    item = session.item
    if item is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        if len(keys) == 1:
            st.html(f'<p class="told"><b>{escape(item.label)}</b></p>', width="content")
        st.button(
            f"Keluarkan {plain(item.label)}", on_click=keeping.remove, args=(session, item.key), key="keluarkan",
            icon=":material/close:", type="tertiary",
            help="Dari daftar ini saja; yang sudah tersimpan tetap tersimpan. Dapat dikembalikan.",
        )  # fmt: skip
    if len(keys) == 1:
        st.html(f'<p class="quiet">{escape(standing(item, snapshot))}</p>')
    _in_log(item, snapshot)
    others = other_tables(item.upload) if item.upload is not None else []
    taken = set(held(snapshot.history, item.sha256)["table"]) | {
        one.upload.table for one in session.items.values() if one.sha256 == item.sha256 and one.upload is not None
    }
    for table, rows in others:
        if table in taken or key_of(item.sha256, table) in session.items:
            continue
        other = TABLE_LABEL[table].lower()
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(
                f'<p class="told">Lembar lain di berkas ini memuat {other} ({fmt_count(rows)} baris), '
                "yang belum ikut dihitung.</p>",
                width="content",
            )
            st.button(
                f"Kerjakan juga {other}",
                on_click=_add_other,
                args=(session, item, table),
                key=f"{item.key}-lain-{table}",
                icon=":material/add:",
            )


def removed(session: UploadSession) -> None:
    """What was taken off the list last, with what would be lost of it, and the way back."""
    item = session.removed
    if item is None:
        return
    cells = len(item.choices.corrections) + len(item.pending)
    work = f", {fmt_count(cells)} sel yang diperbaiki di dalamnya" if cells else ""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(
            f'<p class="told">{escape(item.label)} dikeluarkan dari daftar{work}. Dapat dikembalikan selama halaman '
            "ini tidak ditutup atau dimuat ulang.</p>",
            width="content",
        )
        st.button(
            "Kembalikan", on_click=keeping.put_back, args=(session,), key="kembalikan-berkas", icon=":material/undo:"
        )


def _choose(session: UploadSession) -> None:
    session.chosen = st.session_state["berkas dipilih"]


def _add_other(session: UploadSession, item: UploadItem, table: str) -> None:
    other = item_of(item.filename, item.content, table=table, codes=item.codes)
    other.sender, other.dropped, other.received = item.sender, f"{item.dropped} {table}", item.received
    session.add(other)
    session.chosen = other.key


def _told_apart(session: UploadSession, key: str, caption: str) -> str:
    """The caption of a file, and of one whose name another has what tells the two apart: how it begins, its digest."""
    item = session.items[key]
    if not any(one.filename == item.filename and one.sha256 != item.sha256 for one in session.items.values()):
        return caption
    begins = "" if item.upload is None else next(iter(record_names(item.upload.frame.head(1))), "")
    told = [caption, f"mulai dari {masks.free_text(begins)}" if begins else "", f"sidik {item.sha256[:6]}"]
    return plain(" · ".join(filter(None, told)))


def standing(item: UploadItem, snapshot: Snapshot) -> str:
    """One line on a file: what it is, how many rows, and where it stands."""
    if item.upload is None or item.trouble:
        return item.trouble
    rows = summed(item.upload)
    told = [TABLE_LABEL[item.upload.table], size_in_words(item.size), f"{fmt_count(rows['accepted'])} baris diterima"]
    if rows["rejected"]:
        told.append(f"{fmt_count(rows['rejected'])} ditolak")
    if item.stored is not None:
        told.append("✓ tersimpan")
    elif item.upload.table in set(held(snapshot.history, item.sha256)["table"]):
        told.append("sudah tersimpan sebelumnya")
    else:
        told.append(item.waiting or "siap disimpan")
        if item.warnings:
            told.append(f"▲ {fmt_count(item.warnings)} peringatan")
    return " · ".join(told)


def _in_log(item: UploadItem, snapshot: Snapshot) -> None:
    """Says at once that a file is in the log already, before anybody works on it."""
    before = held(snapshot.history, item.sha256)
    if item.stored is not None or before.empty or item.upload is None:
        return
    same = before[before["table"] == item.upload.table]
    if same.empty:
        return
    entry = same.iloc[-1]
    st.info(
        f"Berkas ini sudah disimpan pada {entry['received_at']:%d/%m/%Y pukul %H.%M} oleh {entry['by']}, jadi tidak "
        "perlu disimpan lagi. Bila isinya keliru, batalkan dahulu di Riwayat.",
        icon=":material/history:",
    )
    st.page_link("pages/data/history.py", label="Buka Riwayat", icon=":material/history:")
