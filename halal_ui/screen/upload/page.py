"""What the page Unggah calls, in the order of its steps."""

import streamlit as st

from halal_ui.intake import reading
from halal_ui.intake.dry_run import Check, held
from halal_ui.intake.item import UploadItem
from halal_ui.intake.saved_mappings import guessed_sender, shape_of
from halal_ui.intake.understood import plain, summed
from halal_ui.screen import access, data, past
from halal_ui.screen.access.actors import standing
from halal_ui.screen.upload import check as checking
from halal_ui.screen.upload import drop as dropping
from halal_ui.screen.upload import keeping
from halal_ui.screen.upload import session as sessions
from halal_ui.screen.upload import store as storing
from halal_ui.screen.upload import understand as understanding
from halal_ui.screen.upload.session import UploadSession
from halal_ui.screen.upload.stepper import STEPS, STYLE, stepper_html, steps_of
from halal_ui.screen.upload.together import not_together, store_together
from halal_ui.snapshot.now import Snapshot
from halal_ui.words.formats import fmt_count

__all__ = ["answer", "check", "checked", "closed", "drop", "may_enter", "opened", "section", "stepper", "store",
           "store_together", "understand"]  # fmt: skip


def may_enter() -> bool:
    """
    Whether files can be dropped here at all. Who only has to say their name is asked when they commit; others are told
    what they need, before a server reads files of strangers.
    """
    _, need = standing()
    if past.known_at() is None and need in ("", "name"):
        return True
    return access.gate(storing.WHAT) is not None


def closed() -> str:
    return "Halaman ini menerima berkas dari LP3H dan OPD; saat ini Anda hanya dapat melihat dashboard."


def answer(session: UploadSession, snapshot: Snapshot) -> str:
    """The one sentence: what is on the desk and what is still to be done."""
    here = list(session.items.values())
    if not here:
        return (
            "Jatuhkan berkas seperti dikirim, apa pun bentuknya. Tidak ada yang disimpan sebelum Anda memeriksanya, "
            "dan semuanya dapat dibatalkan."
        )
    whys = not_together(session, snapshot)
    stored = sum(one.frozen for one in here)
    before = sum(bool(whys.get(one.key)) and in_log(one, snapshot) for one in here)
    ready = [one for one in here if whys.get(one.key) == ""]
    rows = sum(summed(one.upload)["accepted"] for one in ready if one.upload)
    parts = [f"{len(here)} berkas dikerjakan"]
    if ready:
        parts.append(f"{len(ready)} siap disimpan ({fmt_count(rows)} baris)")
    if stored:
        parts.append(f"{stored} tersimpan")
    if before:
        parts.append(f"{before} sudah tersimpan sebelumnya")
    waiting = len(here) - len(ready) - stored - before
    if waiting:
        parts.append(f"{waiting} menunggu Anda")
    return f"{', '.join(parts)}."


def section(anchor: str) -> None:
    """A step's heading, to which the stepper leads."""
    number = list(STEPS).index(anchor) + 1
    st.html(f'<h2 class="step" id="{anchor}">{number} · {STEPS[anchor]}</h2>')


def stepper(session: UploadSession, item: UploadItem | None, check: Check | None, snapshot: Snapshot) -> None:
    """The four steps with what came of each."""
    steps = steps_of(item, check, files=len(session.items), in_log=item is not None and in_log(item, snapshot))
    st.html(STYLE + stepper_html(steps))


def drop(session: UploadSession, snapshot: Snapshot) -> None:
    """
    Where files come in, and what is there, also from an earlier window: each read with the choices that hold now, plans
    against those in force. What cannot be kept is said first.
    """
    for item in session.items.values():
        item.elsewhere = ""
    keeping.take_up(session)
    keeping.keep(session)
    keeping.say_unkept(session)
    dropping.drop_zone(session)
    keeping.say_elsewhere(session)
    for item in session.items.values():
        reading.know(item, sessions.institutions())
    opened(session)
    for item in session.items.values():
        item.held = in_log(item, snapshot)
        if item.upload is not None and item.upload.table == "quotas":
            checked(item)
    dropping.templates()
    dropping.files(session, snapshot)
    dropping.removed(session)
    keeping.stay(session)


def opened(session: UploadSession) -> UploadItem | None:
    """The file that is looked at, read with the choices that hold now."""
    item = session.item
    if item is not None and item.read_as != item.choices.digest:
        with st.spinner(f"Membaca {plain(item.label)} …"):
            reading.read(item)
        if not item.shape and item.upload is not None:
            item.shape = shape_of(item.upload)
            item.sender = item.sender or guessed_sender(item.filename, item.upload)
            keeping.keep(session)
    return item


def checked(item: UploadItem | None) -> Check | None:
    """What committing the file would do; of one that is committed, what it did stands in its receipt."""
    if item is None:
        return None
    made = item.check
    fresh = made is not None and made.read_as == item.read_as
    if fresh and item.stored is not None:
        return made
    with st.spinner("Memeriksa terhadap data yang sudah diketahui …"):
        return reading.check(item, data.log())


def understand(item: UploadItem, snapshot: Snapshot) -> None:
    understanding.understand(item, snapshot, sessions.known())


def check(item: UploadItem, made: Check) -> None:
    checking.check_step(item, made)


def store(item: UploadItem, snapshot: Snapshot) -> None:
    storing.store_step(item, in_log=in_log(item, snapshot))


def in_log(item: UploadItem, snapshot: Snapshot) -> bool:
    """Whether these very bytes are in the log for the item's table, from before."""
    if item.stored is not None or item.upload is None:
        return False
    return item.upload.table in set(held(snapshot.history, item.sha256)["table"])
