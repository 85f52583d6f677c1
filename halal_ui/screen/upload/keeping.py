"""Work in progress is kept beside the log: after a reload, a restart or at another device it goes on where it was."""

import json
import logging

import streamlit as st

from halal_store import StoreError
from halal_ui.intake.item import UploadItem, item_of, look
from halal_ui.intake.kept import facts_of, taken_up
from halal_ui.intake.understood import plain
from halal_ui.screen import data
from halal_ui.screen.access.actors import person
from halal_ui.screen.upload.session import UploadSession, known
from halal_ui.snapshot.programme import programme
from halal_ui.turns import aside

LOG = logging.getLogger(__name__)


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
        session.told = [f"Berkas yang sedang Anda kerjakan belum dapat dibuka kembali. {refused}"]
        return
    items, told = [], [f"“{plain(name)}” rusak di penyimpanan sementara: jatuhkan lagi." for name in found.damaged]
    for one in found.items:
        with st.spinner(f"Membuka kembali {plain(one.facts.get('filename', ''))} …"):
            try:
                items.append((one.kept_at, taken_up(one.facts, one.original, programme().codes)))
            except (KeyError, TypeError, ValueError):
                LOG.exception("what was chosen for %s is not understood", one.name)
                item = item_of(str(one.facts.get("filename", one.name)), one.original, codes=programme().codes)
                look(item, known())
                items.append((one.kept_at, item))
                told.append(f"Pilihan untuk “{plain(item.filename)}” tidak dapat dibuka kembali: mohon diperiksa lagi.")
    # from here on nothing is drawn: a click meanwhile ends a run there, and must not leave half of them
    if session.person is not None:  # somebody else has signed in
        session.items, session.kept, session.unkept = {}, {}, {}
    session.person = who
    items.sort(key=lambda one: one[1].dropped)
    for _, item in items:
        session.add(item)
        session.kept[item.key] = _written(item)
    if items:
        session.chosen = max(items, key=lambda one: one[0])[1].key  # the one worked on last, else the first
        told.insert(0, f"{len(items)} berkas yang belum disimpan dibuka kembali seperti terakhir dikerjakan.")
    session.told = told


def keep(session: UploadSession) -> None:
    """
    Whatever has changed since it was kept last; of a file that is in the log nothing is kept. What cannot be kept is
    tried again when it changes, or when there may be room again.
    """
    if session.person is None:
        return
    store = data.log()
    now = store.clock.now()
    for item in session.items.values():
        if item.frozen:
            forget(session, item.key)
            continue
        written = _written(item)
        if session.kept.get(item.key) == written:
            session.unkept.pop(item.key, None)
            continue
        if session.unkept.get(item.key, ("",))[0] == written:
            continue
        try:
            with aside():
                store.in_work.keep(session.person, item.key, facts_of(item), item.content, now=now)
            session.kept[item.key] = written
            session.unkept.pop(item.key, None)
        except StoreError as refused:
            session.unkept[item.key] = written, str(refused)


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
    """Takes a file off the desk for good."""
    forget(session, key)
    session.unkept.pop(key, None)
    session.remove(key)


def try_again(session: UploadSession) -> None:
    """What could not be kept is tried again at the next run."""
    session.unkept = {key: ("", why) for key, (_, why) in session.unkept.items()}


def say_unkept(session: UploadSession) -> None:
    """Which files are in this window alone, and why: before anybody relies on it."""
    by_reason: dict[str, list[str]] = {}
    for key, (_, why) in session.unkept.items():
        if key in session.items:
            by_reason.setdefault(why, []).append(plain(session.items[key].label))
    for why, labels in by_reason.items():
        st.warning(
            f"Berkas ini hanya ada di jendela ini: {', '.join(labels)}. Bila jendela ini ditutup atau dimuat ulang, "
            f"pilihan dan perbaikannya hilang dan berkasnya perlu dijatuhkan lagi. {why}",
            icon=":material/warning:",
        )
    if by_reason:
        st.button("Coba lagi", on_click=try_again, args=(session,), key="coba-lagi", icon=":material/refresh:")


def _written(item: UploadItem) -> str:
    return json.dumps(facts_of(item), sort_keys=True)
