"""Step 1, Jatuhkan: files come in, templates go out, and which of the files is looked at."""

from functools import partial

import streamlit as st

from halal_ui.exports.blank_forms import TEMPLATES, template
from halal_ui.intake.dry_run import held
from halal_ui.intake.item import UploadItem, item_of, other_tables, summed
from halal_ui.intake.understood import plain
from halal_ui.screen.upload.session import UploadSession, size_in_words, take_in
from halal_ui.snapshot.now import Snapshot
from halal_ui.words.formats import fmt_count
from halal_ui.words.labels import TABLE_LABEL
from halal_ui.words.uploads import ORIGINALS

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
    st.caption(ORIGINALS)
    if dropped:
        take_in((file.name, file.getvalue()) for file in dropped)
        st.rerun()
    for sentence in session.refused:
        st.info(sentence, icon=":material/info:")


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
            format_func=lambda key: plain(session.items[key].filename),
            captions=[standing(session.items[key], snapshot) for key in keys],
            key="berkas dipilih",
            on_change=_choose,
            args=(session,),
        )
    item = session.item
    if item is None:
        return
    if len(keys) == 1:
        st.html(f'<p class="quiet">{standing(item, snapshot)}</p>')
    _in_log(item, snapshot)
    for table, rows in other_tables(item):
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
                disabled=f"{item.sha256[:12]}{table}" in session.items,
            )


def _choose(session: UploadSession) -> None:
    session.chosen = st.session_state["berkas dipilih"]


def _add_other(session: UploadSession, item: UploadItem, table: str) -> None:
    other = item_of(item.filename, item.content, table=table)
    other.sender = item.sender
    session.add(other)
    session.chosen = other.key


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
        waiting = f"{item.doubts} hal mohon diperiksa" if item.ready else "belum siap"
        told.append("siap disimpan" if item.clear else waiting)
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
