"""The files a viewer is working on: while their browser session lasts here, beyond it in `keeping`."""

from dataclasses import dataclass, field
from typing import Final

import streamlit as st

from halal_ui.intake.item import UploadItem
from halal_ui.intake.questions import KIND as KIND_OF_LP3H
from halal_ui.intake.questions import Institutions, institutions_of
from halal_ui.intake.saved_mappings import KIND, SavedMapping, saved_mappings
from halal_ui.screen import data

KEY: Final = "meja unggah"
"""Where a browser session keeps its `UploadSession`, in `st.session_state`."""


@dataclass
class UploadSession:
    items: dict[str, UploadItem] = field(default_factory=dict)
    chosen: str | None = None
    """Key of the file that is looked at."""
    drops: int = 0
    """How often files were taken in: the drop zone is a new, empty one after each."""
    taking_in: set[str] = field(default_factory=set)
    """Keys of the files of a drop that is not finished: a click meanwhile begins it again."""
    told: list[str] = field(default_factory=list)
    """What was said about files that were dropped or taken up last."""
    saved: list[str] = field(default_factory=list)
    """What came of the files that were saved together last."""
    known: tuple[str, list[SavedMapping]] | None = None
    """What the log remembered, and at which version of it."""
    institutions: tuple[str, Institutions] | None = None
    """The LP3H that the log has beyond our list, and at which version of it."""
    person: str | None = None
    """Whose it is; None until what is kept for them was taken up."""
    kept: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Key → what of the file was kept or taken up last: the name of that version, and the facts as text."""
    out_of_reach: str = ""
    """Why nothing can be kept, in a sentence; "" where it can."""
    removed: UploadItem | None = None
    """The file that was taken off the desk last: it can be put back while the window is open."""
    unkept: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Key → what could not be kept of the file, and why, in a sentence."""

    @property
    def item(self) -> UploadItem | None:
        return self.items.get(self.chosen or "")

    def add(self, item: UploadItem) -> bool:
        """Whether it was not there yet. A second file of one name is numbered, the same file for two tables is not."""
        if item.key in self.items:
            return False
        same_name = [one for one in self.items.values() if one.filename == item.filename]
        same_file = [one.number for one in same_name if one.sha256 == item.sha256]
        taken = {one.number for one in same_name}
        if same_file:
            item.number = same_file[0]
        elif not item.number or item.number in taken:  # another window may have given it too
            item.number = 1 + max(taken, default=0)
        self.items[item.key] = item
        return True

    def remove(self, key: str) -> None:
        """Takes a file off the desk; what is in the log stays there."""
        self.items.pop(key, None)
        if self.chosen == key:
            self.chosen = next(iter(self.items), None)


def upload_session() -> UploadSession:
    """This viewer's."""
    return st.session_state.setdefault(KEY, UploadSession())


def institutions() -> Institutions:
    """The LP3H that somebody has entered; read anew when the log has changed."""
    here, store = upload_session(), data.log()
    if here.institutions is None or here.institutions[0] != store.version:
        here.institutions = (store.version, institutions_of(store.notes(KIND_OF_LP3H)))
    return here.institutions[1]


def known() -> list[SavedMapping]:
    """What the log remembers of senders' files; read anew when the log has changed."""
    here, store = upload_session(), data.log()
    if here.known is None or here.known[0] != store.version:
        here.known = (store.version, saved_mappings(store.records(KIND)))
    return here.known[1]
