"""Step 4, Simpan: the good rows into the log, the others back to the sender, and the way back."""

from dataclasses import replace
from functools import partial
from html import escape
from pathlib import PurePath

import pandas as pd
import streamlit as st

from halal_metrics.sheets import Upload
from halal_store import StoreError
from halal_ui.exports.handed_back import stem_told_apart, to_hand_back
from halal_ui.exports.message_to_sender import message_to_sender
from halal_ui.exports.rejected_rows import XLSX, hand_back, name_of
from halal_ui.intake import changes, problems, reading
from halal_ui.intake.dry_run import Stored, touched
from halal_ui.intake.item import UploadItem
from halal_ui.intake.questions import KIND as LP3H
from halal_ui.intake.questions import entered
from halal_ui.intake.saved_mappings import KIND, matching, saved_mapping
from halal_ui.intake.understood import plain
from halal_ui.screen import access, data, filters, past
from halal_ui.screen.effect import agreement, effect_told
from halal_ui.screen.history.effect import without
from halal_ui.screen.upload.session import known
from halal_ui.snapshot.programme import programme
from halal_ui.turns import aside
from halal_ui.words import uploads
from halal_ui.words.formats import fmt_count
from halal_ui.words.names import listing

WHAT = "mengunggah berkas"


def store_step(item: UploadItem, *, in_log: bool) -> None:
    """Who commits, a note, the button; or what came of it."""
    if item.refused:
        st.error(item.refused, icon=":material/error:")
    if item.stored is not None:
        _receipt(item, item.stored)
    elif in_log:
        st.html('<p class="told">Berkas ini sudah tersimpan, jadi tidak perlu disimpan lagi.</p>')
    else:
        _offer(item)


def _offer(item: UploadItem) -> None:
    upload = item.upload
    assert upload is not None
    if item.undone:
        st.html('<p class="told">Penyimpanan tadi dibatalkan: angka kembali seperti sebelumnya.</p>')
    if item.pending:
        st.warning(
            f"{len(item.pending)} perbaikan belum diperiksa. Tekan “Periksa lagi” di atas, lalu simpan.",
            icon=":material/edit:",
        )
    elif not len(upload.frame):
        st.warning("Tidak ada baris yang dapat diterima. Perbaiki barisnya di atas, atau minta berkas baru.")
    if access.gate(WHAT) is None:
        return
    if item.check is not None:
        agreement(item.check.effect, item.agreed, partial(setattr, item, "agreed"), key=f"{item.key}-setuju")
    key = f"{item.key}-catatan"
    st.session_state[key] = item.note
    st.text_input(
        "Catatan (boleh kosong)", key=key, on_change=lambda: setattr(item, "note", st.session_state[key]),
        placeholder="misalnya: dikirim lewat WA oleh koordinator",
    )  # fmt: skip
    warned(upload)
    if unknown := [uploads.column(one.column) for one in item.unsaid if one.answered and one.answer is None]:
        st.caption(f"{listing(unknown)} disimpan sebagai tidak diketahui, seperti dijawab pada langkah Pahami.")
    rejected = len(upload.rejected)
    left = f" {fmt_count(rejected)} baris yang ditolak dikembalikan kepada pengirim." if rejected else ""
    pressed = st.button(
        f"Simpan {fmt_count(len(upload.frame))} baris dari {plain(item.label_in_brief)}", key=f"{item.key}-simpan",
        type="primary", disabled=not item.ready, icon=":material/save:",
    )  # fmt: skip
    unnamed = " Pilih pengirimnya di atas agar pilihan untuk berkas ini diingat." if _forgotten(item) else ""
    st.caption(f"Dapat dibatalkan kapan saja.{left}{unnamed}")
    if pressed:
        with st.spinner(f"Menyimpan {plain(item.label)} …"):
            commit(item)
        st.rerun()


def warned(upload: Upload) -> None:
    """What the reader warned of, by kind, before the button that puts it into the log all the same."""
    kinds = problems.warned_kinds(upload.problems)
    if kinds:
        told = " · ".join(f"{plain(kind)} ({fmt_count(count)})" for kind, count in kinds)
        st.warning(
            f"{fmt_count(sum(count for _, count in kinds))} peringatan ikut tersimpan bila tidak dibetulkan: {told}. "
            "Semuanya ada pada langkah Periksa.",
            icon=":material/warning:",
        )


def _forgotten(item: UploadItem) -> bool:
    """Whether something was chosen that cannot be remembered, because nobody is known to have sent the file."""
    return not item.sender and bool(item.choices.lasting())


def commit(item: UploadItem, *, together: bool = False) -> None:
    """
    Puts the accepted rows into the log and remembers what was chosen. Where that is refused, `item.refused` says why,
    and nothing was written. `together` with others, nobody looks at it before: what is in doubt stays behind.
    """
    store, upload = data.log(), item.upload
    assert upload is not None
    item.refused = ""
    try:
        with aside():
            checked = reading.check(item, store)
            assert checked is not None
            if item.elsewhere:
                item.refused = f"Belum disimpan: {item.elsewhere} Lihat dahulu hasilnya, lalu simpan."
                return
            if why := item.waiting if together else item.kept_back:  # the log may have changed since the page was drawn
                item.refused = f"Belum disimpan: {why}. Periksa lagi akibatnya pada langkah Periksa, lalu simpan."
                return
            by = access.require(WHAT, lp3h=touched(upload, checked.preview), table=upload.table)
            receipt = store.commit(upload, by=by, note=item.note.strip())
            item.stored = Stored(
                receipt.upload_id, receipt.received_at, by, dict(checked.preview.counts), checked.before, checked.after
            )
            item.undone = False
            try:
                for note in entered(upload, item.choices):
                    store.note(LP3H, note, by=by)
                remember(item)
            finally:
                data.renew()
    except (access.NotAllowed, StoreError) as refused:
        item.refused = str(refused)


def headline() -> changes.Rates:
    """The figures of today, as the log stands now."""
    store = data.log()
    with aside():
        return changes.rates(store.tables(), as_of=past.now().date(), codes=programme().codes)


def remember(item: UploadItem) -> None:
    """Puts down what was chosen for the sender's next file, unless the log says just that already."""
    if not item.sender or item.upload is None:
        return
    now = saved_mapping(item.sender, item.shape, item.upload, item.choices)
    last = matching(known(), sender=item.sender, shape=item.shape)
    if now.choices != (last.choices if last else {}):
        by = access.require(WHAT, lp3h=[])
        data.log().record(KIND, now.facts, by=by)


def forget_for_good(item: UploadItem) -> None:
    """What was remembered for the sender's files of this shape is used no more, neither for this file nor later."""
    remembered = item.saved_mapping
    if remembered is None:
        return
    item.refused = ""
    try:
        data.log().record(KIND, replace(remembered, choices={}).facts, by=access.require(WHAT, lp3h=[]))
        reading.forget(item)
    except (access.NotAllowed, StoreError) as refused:
        item.refused = str(refused)


def take_back(item: UploadItem, reason: str) -> None:
    """Undoes the commit; the file stays on the desk and can be committed again."""
    stored, upload = item.stored, item.upload
    assert stored is not None
    assert upload is not None
    item.refused = ""
    try:
        with aside():
            if not without(stored.upload_id, data.log().version).agreed_to(item.agreed):
                item.refused = "Belum dibatalkan: rencana kuota yang berganti belum disetujui."
                return
            lp3h = upload.frame["lp3h"] if "lp3h" in upload.frame else pd.Series(dtype="str")
            names = [None if pd.isna(name) else name for name in lp3h.tolist()]
            by = access.require(
                "membatalkan unggahan", lp3h=names, table=upload.table, uploaded_by=stored.by
            )  # fmt: skip
            data.log().undo(stored.upload_id, by=by, reason=reason)
            item.stored, item.check, item.undone, item.agreed = None, None, True, ()
            data.renew()
    except (access.NotAllowed, StoreError) as refused:
        item.refused = str(refused)


def _receipt(item: UploadItem, stored: Stored) -> None:
    upload = item.upload
    assert upload is not None
    rates = changes.rates_in_words(stored.before, stored.after)
    st.html(
        f'<p class="told">✓ <b>{escape(item.label)}</b> tersimpan pada {past.in_words(stored.received_at)}, oleh '
        f"{escape(stored.by)}: {changes.counts_in_words(stored.counts, upload.table)}.</p>"
        f'<p class="told">Saat disimpan, angka di dashboard: {rates}.</p>'
    )
    day = filters.whole(stored.after.as_of)  # where the figures just told are seen
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link(
            "pages/monitor/summary.py", label="Lihat di Ringkasan", icon=":material/monitoring:", query_params=day
        )
        st.page_link("pages/monitor/kab_kota.py", label="Kabupaten/kota", icon=":material/map:", query_params=day)
        st.page_link("pages/data/history.py", label="Riwayat", icon=":material/history:")
    rejects(item)
    box = st.expander(
        "Batalkan penyimpanan ini", icon=":material/undo:", key=f"{item.key}-batal", on_change="rerun"
    )  # fmt: skip
    with box:
        st.caption(
            "Yang dibatalkan hanya berkas ini; yang disimpan sesudahnya tetap dihitung. Berkas dan alasan pembatalan "
            "tetap tercatat."
        )
        effect = None
        if box.open or upload.table == "quotas":  # otherwise worked out once somebody asks
            effect = without(stored.upload_id, data.log().version)
            st.html(f'<p class="told">Tanpa berkas ini: {changes.rates_in_words(effect.before, effect.after)}.</p>')
            effect_told(effect)
            agreement(effect, item.agreed, partial(setattr, item, "agreed"), key=f"{item.key}-setuju-batal")
        with st.form(f"{item.key}-batalkan", border=False):
            reason = st.text_input("Alasan", key=f"{item.key}-alasan", placeholder="misalnya: berkas yang keliru")
            pressed = st.form_submit_button(
                "Batalkan penyimpanan", icon=":material/undo:",
                disabled=effect is not None and not effect.agreed_to(item.agreed),
            )  # fmt: skip
        if pressed and not reason.strip():
            st.warning("Tulis dahulu alasannya: Riwayat mencatat mengapa sebuah unggahan dibatalkan.")
        elif pressed:
            with st.spinner("Membatalkan …"):
                take_back(item, reason.strip())
            st.rerun()


def rejects(item: UploadItem) -> None:
    """What goes back to the sender: rows not taken and cells in doubt, as their own workbook, and words with it."""
    upload = item.upload
    if upload is None:
        return
    told = item.once("dikembalikan", lambda: to_hand_back(upload))
    if not told:
        return
    stem = stem_told_apart(item.filename, item.sha256, data.log().history())
    workbook, sender = name_of(stem if stem != PurePath(item.filename).stem else item.stem, upload), item.sender
    st.download_button(
        f"Unduh {told}, untuk {plain(sender or 'pengirim')}",
        partial(_content, item),
        workbook,
        XLSX,
        key=f"{item.key}-kembalikan",
        on_click="ignore",
        icon=":material/outgoing_mail:",
        help="Berkas pengirim sendiri, dengan alasan di samping barisnya; diperbaiki, lalu dikirim ulang.",
    )
    with st.expander("Pesan untuk pengirim", icon=":material/chat:", key=f"{item.key}-pesan", expanded=True):
        about = {"sender": sender, "office": programme().office, "workbook": workbook}
        st.code(message_to_sender(upload, **about), language=None, wrap_lines=True)
        st.caption("Salin dengan tombol di sudut kanan atas, lalu kirim bersama berkas yang diunduh.")


def _content(item: UploadItem) -> bytes:
    assert item.upload is not None
    return hand_back(item.upload)[0]
