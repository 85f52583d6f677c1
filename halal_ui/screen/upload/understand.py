"""Step 2, Pahami: what the file was taken for, every choice of it changeable by hand."""

from collections.abc import Sequence
from html import escape
from typing import Final

import streamlit as st

from halal_metrics import institutions
from halal_metrics.schema import TABLES
from halal_metrics.sheets.upload import Upload
from halal_ui.intake.first_rows import first_rows
from halal_ui.intake.item import UploadItem
from halal_ui.intake.reading import forget, recall
from halal_ui.intake.saved_mappings import SavedMapping, other_senders, sender_meant, sheets_read
from halal_ui.intake.understood import headings, plain, undated_rows, used
from halal_ui.screen.upload.column_choices import MOST, columns, doubtful_ones, for_whole_file
from halal_ui.screen.upload.controlled import choose, controlled
from halal_ui.screen.upload.questions import ask
from halal_ui.screen.upload.sheet_choices import MOST as MOST_SHEETS
from halal_ui.screen.upload.sheet_choices import between_sheets, grid, header_row, sheets
from halal_ui.screen.upload.store import forget_for_good
from halal_ui.screen.upload.unsaid import ask_unsaid
from halal_ui.snapshot.now import Snapshot
from halal_ui.words.formats import fmt_count
from halal_ui.words.labels import TABLE_LABEL

MOST_TOLD: Final = 8
"""Remembered choices that are named."""


def understand(item: UploadItem, snapshot: Snapshot, known: Sequence[SavedMapping]) -> None:
    """Everything that was understood, the doubtful first."""
    upload = item.upload
    if upload is None or item.trouble:
        _unread(item)
        return
    if item.frozen:
        st.caption("Berkas ini sudah tersimpan. Untuk mengubah pilihannya, batalkan dahulu penyimpanannya di bawah.")
    _recalled(item, known)
    _whole_file(item, upload, snapshot, known)
    if not item.settled:
        ask_unsaid(item, snapshot)
        ask(item, snapshot)
        between_sheets(item)
    found = item.once("judul", lambda: headings(upload, item.choices))
    shown, rest = found[:MOST], len(found) - MOST
    doubtful_ones(item, upload, [one for one in shown if one.doubt], snapshot)
    sure, unused = ([one for one in shown if bool(one.column) == taken and not one.doubt] for taken in (True, False))
    guessed = used(found) - used([one for one in found if not one.doubt])
    above = f", {fmt_count(guessed)} di antaranya mohon diperiksa di atas" if guessed else ""
    label = f"Kolom yang dipakai ({fmt_count(used(found))}{above})"
    with st.expander(label, icon=":material/view_column:", key=f"{item.key}-dipakai"):
        columns(item, upload, sure)
    if unused:
        names = ", ".join(one.header for one in unused[:8]) + (" …" if len(unused) > 8 else "")
        label = f"Kolom yang tidak dipakai ({len(unused)}): {plain(names)}"
        with st.expander(label, icon=":material/visibility_off:", key=f"{item.key}-sisa"):
            columns(item, upload, unused)
    if rest > 0:
        st.caption(f"{rest} kolom lain di sebelah kanan tidak ditampilkan satu per satu.")
    with st.expander("Satu nilai untuk seluruh berkas", icon=":material/format_color_fill:", key=f"{item.key}-semua"):
        for_whole_file(item, upload, snapshot)
    with st.expander("Lembar dan baris judul", icon=":material/table:", key=f"{item.key}-lembar"):
        sheets(item, upload)


def _unread(item: UploadItem) -> None:
    """A file that could not be read: why, and where its header is, if it is a spreadsheet at all."""
    st.warning(item.trouble, icon=":material/error:")
    if item.choices.arguments():
        st.button("Kembalikan pilihan awal", on_click=forget, args=(item,), key=f"{item.key}-awal")
    rows = first_rows(item.content, item.filename) if item.upload is None else {}
    if not rows:
        return
    st.html(
        '<p class="told">Bila judul kolomnya memakai kata-kata lain, tunjukkan jenis tabel dan baris judulnya. '
        "Setelah itu setiap kolom dapat dipilih artinya.</p>"
    )
    _table_choice(item, None)
    for name in list(rows)[:MOST_SHEETS]:
        header_row(item, name, None)
        st.html(grid(rows[name]))


def _recalled(item: UploadItem, known: Sequence[SavedMapping]) -> None:
    if item.saved_mapping is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(
                f'<p class="told">✓ Pilihan terakhir untuk <b>{escape(item.saved_mapping.sender)}</b> dipakai; '
                f"ubah bila perlu. Yang diingat: {escape(_listed(item.saved_mapping.in_words))}.</p>",
            )
            for label, icon, forgetting, told in (
                ("Jangan pakai", "undo", forget, "Hanya untuk berkas ini."),
                ("Lupakan", "delete", forget_for_good, "Juga untuk berkas berikutnya dari pengirim ini."),
            ):
                st.button(
                    label, on_click=forgetting, args=(item,), key=f"{item.key}-{label}", type="tertiary",
                    icon=f":material/{icon}:", disabled=item.frozen, help=told,
                )  # fmt: skip
        return
    if item.choices.arguments() or item.stored is not None:
        return
    for saved in other_senders(known, shape=item.shape)[:3]:
        st.button(
            f"Judul kolomnya sama dengan berkas dari {plain(saved.sender)}: pakai pilihan itu",
            on_click=_from_sender, args=(item, saved.sender, known), key=f"{item.key}-dari-{saved.sender}",
            icon=":material/history:",
        )  # fmt: skip


def _listed(told: Sequence[str]) -> str:
    more = len(told) - MOST_TOLD
    return "; ".join([*told[:MOST_TOLD], *([f"dan {more} pilihan lain"] if more > 0 else [])])


def _from_sender(item: UploadItem, sender: str, known: Sequence[SavedMapping]) -> None:
    item.sender = sender
    recall(item, known)


def _whole_file(item: UploadItem, upload: Upload, snapshot: Snapshot, known: Sequence[SavedMapping]) -> None:
    sender, table = st.columns(2, gap="medium")
    with sender:
        senders = dict.fromkeys(
            [*filter(None, [item.sender]), *institutions.LP3H, *snapshot.lp3h, *(one.sender for one in known)]
        )
        controlled(
            f"{item.key}-pengirim",
            item.sender,
            lambda chosen: _set_sender(item, chosen, known),
            lambda key, changed: st.selectbox(
                "Pengirim berkas",
                list(senders),
                key=key,
                index=None,
                placeholder="LP3H atau OPD: pilih, atau tulis namanya",
                accept_new_options=True,
                disabled=item.frozen,
                on_change=changed,
                help="Pilihan untuk berkas ini diingat untuk berkas berikutnya dari pengirim yang sama.",
            ),
        )
        if written := st.session_state.pop(_meant(item), ""):
            st.caption(f"“{plain(written)}” dibaca sebagai {plain(item.sender)}. Pilih yang lain bila bukan itu.")
    with table:
        _table_choice(item, upload)
    titles = dict.fromkeys(title for record in sheets_read(upload) for title in record.titles)
    if titles:
        told = " · ".join(list(titles)[:4])
        st.html(f'<p class="quiet">Judul yang ditemukan: {escape(told)}</p>')
    undated = undated_rows(upload)
    if undated and not item.frozen:
        whose = "Berkas ini" if undated == len(upload.frame) else f"{fmt_count(undated)} baris"
        st.warning(
            f"{whose} tidak menyebut per tanggal berapa datanya, jadi dianggap per hari disimpan. Bila datanya lebih "
            "lama, tetapkan Per Tanggal pada “Satu nilai untuk seluruh berkas”.",
            icon=":material/event:",
        )


def _meant(item: UploadItem) -> str:
    """Where it stands what was typed for a sender who was known by another name."""
    return f"{item.key}-pengirim-ditulis"


def _set_sender(item: UploadItem, sender: str | None, known: Sequence[SavedMapping]) -> None:
    written = " ".join((sender or "").split())
    known_ones = [*institutions.LP3H, *item.institutions.names, *(one.sender for one in known)]
    item.sender = sender_meant(written, known_ones) if written else None
    st.session_state[_meant(item)] = written if item.sender != (written or None) else ""
    if item.saved_mapping is not None:
        forget(item)
    if not item.choices.lasting():
        recall(item, known)


def _table_choice(item: UploadItem, upload: Upload | None) -> None:
    controlled(
        f"{item.key}-tabel",
        upload.table if upload else item.choices.table,
        lambda chosen: choose(item, item.choices.with_table(chosen)),
        lambda key, changed: st.selectbox(
            "Jenis tabel",
            list(TABLES),
            index=None,
            format_func=TABLE_LABEL.get,
            key=key,
            on_change=changed,
            placeholder="Pilih jenis tabel",
            disabled=item.frozen,
            help="Mengganti jenis tabel mengulang pilihan kolom.",
        ),
    )
