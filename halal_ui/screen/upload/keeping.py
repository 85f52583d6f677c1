"""Work in progress is kept beside the log: after a reload, a restart or at another device it goes on where it was."""

import json
import logging
from typing import Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from halal_store import StoreError
from halal_store.in_work import Lies
from halal_ui.intake.item import DIGITS, UploadItem, item_of
from halal_ui.intake.joined import joined, told
from halal_ui.intake.kept import bring, facts_of, taken_up
from halal_ui.intake.reading import look, read
from halal_ui.intake.understood import plain
from halal_ui.screen import data, past
from halal_ui.screen.access.actors import person
from halal_ui.screen.upload.session import UploadSession, known
from halal_ui.snapshot.programme import programme
from halal_ui.turns import aside

LOG = logging.getLogger(__name__)

LOOKED_AT: Final = "berkas"
"""What of the address names the file that is looked at: it is there again after a reload or a restart."""

MOST_TOLD: Final = 6
"""Changes of another window that are named."""


def take_up(session: UploadSession) -> None:
    """At the first look in a browser session: whatever is kept for this person. Nobody sees another's."""
    who = person()
    if who is None or session.person == who:
        return
    store = data.log()
    try:
        with aside():
            found = store.in_work.kept(who, now=store.clock.now())
    except StoreError as refused:
        session.out_of_reach = str(refused)
        return
    session.out_of_reach = ""
    items, said = [], [f"“{plain(name)}” rusak di penyimpanan sementara: jatuhkan lagi." for name in found.damaged]
    for one in found.items:
        with st.spinner(f"Membuka kembali {plain(one.facts.get('filename', ''))} …"):
            try:
                items.append((one.kept_at, taken_up(one.facts, one.original, programme().codes)))
            except (KeyError, TypeError, ValueError):
                LOG.exception("what was chosen for %s is not understood", one.name)
                item = item_of(str(one.facts.get("filename", one.name)), one.original, codes=programme().codes)
                look(item, known())
                items.append((one.kept_at, item))
                said.append(f"Pilihan untuk “{plain(item.filename)}” tidak dapat dibuka kembali: mohon diperiksa lagi.")
    # from here on nothing is drawn: a click meanwhile ends a run there, and must not leave half of them
    if session.person is not None:  # somebody else has signed in
        session.items, session.kept, session.unkept, session.removed = {}, {}, {}, None
    session.person = who
    items.sort(key=lambda one: one[1].dropped)
    versions = {one.name: one.version for one in found.items}
    for _, item in items:
        if session.add(item):
            session.kept[item.key] = versions.get(item.key, ""), _written(item)
    looked_at = st.query_params.get(LOOKED_AT, "")
    if looked_at and looked_at not in session.items:
        said += _in_log(looked_at)
    if items:
        last = max(items, key=lambda one: one[0])[1].key  # the one worked on last, else the first
        session.chosen = looked_at if looked_at in session.items else last
        said.insert(0, f"{len(items)} berkas yang belum disimpan dibuka kembali seperti terakhir dikerjakan.")
    session.told = said
    if _shown_already(session):
        said.insert(0, "Sambungan ke server sempat terputus. Klik atau isian terakhir Anda belum dijalankan: ulangi.")
        st.rerun()  # a save asked for there is done if its button is the same still; nothing else is


def _in_log(key: str) -> list[str]:
    """That the file of an address opened anew is saved, and where: what was seen of it was that session's alone."""
    history = data.log().history()
    found = history[history["sha256"].str.startswith(key[:DIGITS]) & history["undone_at"].isna()]
    return [
        f"“{plain(one.filename)}” sudah tersimpan pada {past.in_words(one.received_at)}: hasilnya, yang dikembalikan "
        "kepada pengirim, dan pembatalannya ada di halaman Riwayat."
        for one in found.tail(1).itertuples()
    ]


def _shown_already(session: UploadSession) -> bool:
    """
    Whether the browser shows these files already, drawn by a session that the server has lost: it was restarted. What
    was clicked there is half understood, since nothing is called that was to be called.
    """
    context = get_script_run_ctx()
    sent = context.session_state._state._new_widget_state if context is not None else ()  # Streamlit has no open door
    return any(key in widget for widget in sent for key in session.items)


def stay(session: UploadSession) -> None:
    """Keeps in the address which file is looked at."""
    if session.item is None:
        st.query_params.pop(LOOKED_AT, None)
    elif st.query_params.get(LOOKED_AT) != session.item.key:
        st.query_params[LOOKED_AT] = session.item.key


def keep(session: UploadSession) -> None:
    """
    Whatever has changed since it was kept last, here or in another window of the same person; of a file that is in the
    log nothing is kept. What cannot be kept is tried again when it changes, or when there may be room again.
    """
    who = person()
    if who is None:
        return
    if session.person != who:  # what lies there could not be seen: it must not be written over
        session.unkept = {key: ("", session.out_of_reach) for key, item in session.items.items() if not item.frozen}
        return
    desk, now = data.log().in_work, data.log().clock.now()
    try:
        with aside():
            lying = desk.lying(who)
    except StoreError:
        lying = {}  # what is to be written is refused below, each with the reason
    for item in session.items.values():
        if item.frozen:
            forget(session, item.key)
            continue
        version, before = session.kept.get(item.key, ("", ""))
        there = lying.get(item.key)
        if there is not None and version and there.version != version:
            _join(session, item, there)
            version, before = session.kept[item.key]
        written = _written(item)
        if before == written:
            session.unkept.pop(item.key, None)
            continue
        if session.unkept.get(item.key, ("",))[0] == written:
            continue
        try:
            with aside():
                lies = desk.keep(who, item.key, facts_of(item), item.content, now=now, knew=version)
                if not lies.mine:
                    _join(session, item, lies)
                    written = _written(item)
                    lies = desk.keep(who, item.key, facts_of(item), item.content, now=now)
            session.kept[item.key] = lies.version, written
            session.unkept.pop(item.key, None)
        except StoreError as refused:
            session.unkept[item.key] = written, str(refused)


def _join(session: UploadSession, item: UploadItem, there: Lies) -> None:
    """Takes up what another window did to a file, without giving up what was done here since."""
    here = json.loads(_written(item))
    _, before = session.kept.get(item.key, ("", ""))
    fresh = item_of(item.filename, item.content)  # a file dropped here, that another window works on
    base = json.loads(before or _written(fresh))
    session.kept[item.key] = there.version, json.dumps(there.facts, sort_keys=True)
    try:
        bring(item, joined(base, here, there.facts))
    except (AttributeError, KeyError, TypeError, ValueError):
        LOG.exception("what another window chose for %s is not understood", item.key)
        return
    if item.reading:
        read(item)
    if changed := told(here, json.loads(_written(item))):
        more = f" dan {len(changed) - MOST_TOLD} hal lain" if len(changed) > MOST_TOLD else ""
        item.elsewhere = (
            f"{plain(item.label)} juga diubah di jendela lain: {plain(', '.join(changed[:MOST_TOLD]))}{more}. "
            "Perubahan itu ikut dipakai di sini."
        )


def forget(session: UploadSession, key: str) -> None:
    """Of a file that was committed, or taken off the desk, nothing is kept."""
    if key not in session.kept or session.person is None:
        return
    try:
        data.log().in_work.drop(session.person, key)
        del session.kept[key]
        try_again(session)
    except StoreError as refused:
        LOG.warning("%s is still kept: %s", key, refused)


def remove(session: UploadSession, key: str) -> None:
    """Takes a file off the desk. While the window is open, the last one can be put back."""
    removed = session.items.get(key)
    forget(session, key)
    session.unkept.pop(key, None)
    session.remove(key)
    if removed is not None and not removed.frozen:
        session.removed = removed


def put_back(session: UploadSession) -> None:
    """Puts the file that was removed last on the desk again, with all that was done to it."""
    if (item := session.removed) is not None:
        session.add(item)
        session.chosen, session.removed = item.key, None


def try_again(session: UploadSession) -> None:
    """What could not be kept is tried again at the next run."""
    session.unkept = {key: ("", why) for key, (_, why) in session.unkept.items()}


def say_elsewhere(session: UploadSession) -> None:
    """What was changed in another window, once."""
    for item in session.items.values():
        if item.elsewhere:
            st.info(item.elsewhere, icon=":material/sync:")


def say_unkept(session: UploadSession) -> None:
    """Which files are in this window alone, and why: before anybody relies on it."""
    if session.out_of_reach and not session.items:
        st.warning(
            f"Berkas yang sedang Anda kerjakan belum dapat dibuka kembali. {session.out_of_reach} Sementara itu berkas "
            "yang dijatuhkan hanya ada di jendela ini: hilang bila halaman ditutup atau dimuat ulang.",
            icon=":material/warning:",
        )
    by_reason: dict[str, list[str]] = {}
    for key, (_, why) in session.unkept.items():
        if key in session.items:
            by_reason.setdefault(why, []).append(plain(session.items[key].label))
    for why, labels in by_reason.items():
        st.warning(
            f"{', '.join(labels)} hanya ada di jendela ini: hilang bila halaman ditutup atau dimuat ulang, bersama "
            f"pilihan dan perbaikannya. {why}",
            icon=":material/warning:",
        )
    if by_reason:
        st.button("Coba lagi", on_click=try_again, args=(session,), key="coba-lagi", icon=":material/refresh:")


def _written(item: UploadItem) -> str:
    return json.dumps(facts_of(item), sort_keys=True)
