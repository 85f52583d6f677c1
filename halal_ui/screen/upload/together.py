"""All files that are ready, saved with one button; and of each other one why it is not among them."""

from collections.abc import Iterable
from html import escape

import streamlit as st

from halal_ui.exports.handed_back import to_hand_back
from halal_ui.intake.changes import rates_in_words
from halal_ui.intake.dry_run import held
from halal_ui.intake.item import UploadItem
from halal_ui.intake.understood import plain
from halal_ui.screen import access
from halal_ui.screen.upload.session import UploadSession
from halal_ui.screen.upload.store import WHAT, commit, headline
from halal_ui.snapshot.now import Snapshot
from halal_ui.words.formats import fmt_count


def store_together(session: UploadSession, snapshot: Snapshot) -> None:
    """The button, where another file than the one looked at is on the desk too."""
    for sentence in session.saved:
        st.html(f'<p class="told">{escape(sentence)}</p>')
    waiting = [item for item in session.items.values() if not item.frozen]
    if len(session.items) < 2 or not waiting or access.actor().role == "viewer":
        return
    whys = not_together(session, snapshot)
    ready = [item for item in waiting if not whys[item.key]]
    ready.sort(key=lambda item: item.upload is None or item.upload.table != "quotas")  # as it was agreed to
    told = "".join(f"<li>{escape(item.label)}: {escape(whys[item.key])}.</li>" for item in waiting if whys[item.key])
    if told:
        st.html(f'<p class="part">Belum siap disimpan bersama</p><ul class="quiet">{told}</ul>')
    if not ready:
        return
    pressed = st.button(
        f"Simpan semua yang siap ({fmt_count(len(ready))} berkas)",
        key="simpan-semua",
        icon=":material/done_all:",
        help=plain(", ".join(item.label for item in ready)),
    )
    if pressed:
        progress = st.progress(0.0)
        before = headline()
        for place, item in enumerate(ready):
            progress.progress(place / len(ready), f"Menyimpan {plain(item.label)} …")
            commit(item, together=True)
        session.saved = [*_said(ready)]
        session.saved += _to_hand_back(ready)
        if any(item.frozen for item in ready):
            session.saved.append(f"Semuanya bersama, angka di dashboard: {rates_in_words(before, headline())}.")
        st.rerun()


def not_together(session: UploadSession, snapshot: Snapshot) -> dict[str, str]:
    """
    Key → why a file on the desk that is not saved yet cannot be saved without another look, as the end of a sentence;
    "" where it can. Headline, list and button count by this.
    """
    whys: dict[str, str] = {}
    seen: dict[tuple[str, str], UploadItem] = {}
    plan: UploadItem | None = None
    for item in (one for one in session.items.values() if not one.frozen):
        whys[item.key] = _why(item, snapshot)
        if whys[item.key] or item.upload is None:
            continue
        first = seen.setdefault((item.sha256, item.upload.table), item)
        if first is not item:
            whys[item.key] = f"isinya dan jenis tabelnya sama dengan {first.label}"
        elif item.upload.table == "quotas":
            if plan is not None:  # what this one replaces is known once the other is in
                whys[item.key] = f"rencana kuota disimpan satu per satu; simpan dahulu {plan.label}"
            plan = plan or item
    return whys


def _why(item: UploadItem, snapshot: Snapshot) -> str:
    upload = item.upload
    if upload is None or item.trouble:
        return f"belum dapat dibaca ({item.trouble.removesuffix('.')})" if item.trouble else "belum dibaca"
    before = held(snapshot.history, item.sha256)
    before = before[before["table"] == upload.table]
    if len(before):
        entry = before.iloc[-1]
        return f"sudah disimpan pada {entry['received_at']:%d/%m/%Y pukul %H.%M} oleh {entry['by']}"
    if item.waiting:
        return item.waiting
    try:
        access.require(WHAT, lp3h=upload.frame.get("lp3h", [None]), table=upload.table)
    except access.NotAllowed as refused:
        return str(refused).removesuffix(".")
    return ""


def _to_hand_back(items: list[UploadItem]) -> Iterable[str]:
    """Which of the files saved have something for their sender, and where it is."""
    back = {item.label: to_hand_back(item.upload) for item in items if item.frozen and item.upload is not None}
    told = [f"{label} ({what})" for label, what in back.items() if what]
    if told:
        yield (
            f"Ada yang perlu dikembalikan kepada pengirim: {', '.join(told)}. Berkas dan pesannya ada di bawah langkah "
            "Simpan bila berkas itu dipilih, dan sesudahnya di Riwayat pada unggahannya."
        )


def _said(items: list[UploadItem]) -> Iterable[str]:
    """What came of each."""
    stored = [item.label for item in items if item.frozen]
    if stored:
        yield f"✓ {fmt_count(len(stored))} berkas tersimpan: {', '.join(stored)}."
    for item in items:
        if not item.frozen:
            yield f"{item.label} belum tersimpan: {item.refused}"
