"""The files a viewer is working on, kept while their browser session lasts: leaving the page loses nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import streamlit as st

from halal_ui.intake import item as items
from halal_ui.intake.item import UploadItem
from halal_ui.intake.saved_mappings import KIND, SavedMapping, saved_mappings
from halal_ui.intake.understood import plain
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
    refused: list[str] = field(default_factory=list)
    """What was said about files that were dropped last."""
    known: tuple[str, list[SavedMapping]] | None = None
    """What the log remembered, and at which version of it."""

    @property
    def item(self) -> UploadItem | None:
        return self.items.get(self.chosen or "")

    def add(self, item: UploadItem) -> bool:
        """Whether it was not there yet. The first one added is looked at."""
        new = item.key not in self.items
        self.items.setdefault(item.key, item)
        return new

    def remove(self, key: str) -> None:
        """Takes a file off the desk; what is in the log stays there."""
        self.items.pop(key, None)
        if self.chosen == key:
            self.chosen = next(iter(self.items), None)


def upload_session() -> UploadSession:
    """This viewer's."""
    return st.session_state.setdefault(KEY, UploadSession())


def known() -> list[SavedMapping]:
    """What the log remembers of senders' files; read anew when the log has changed."""
    here, store = upload_session(), data.log()
    if here.known is None or here.known[0] != store.version:
        here.known = (store.version, saved_mappings(store.records(KIND)))
    return here.known[1]


def take_in(files: Iterable[tuple[str, bytes]]) -> None:
    """
    Reads dropped files one after the other, saying which. One that cannot be read does not keep the others out.
    """
    here, remembered = upload_session(), known()
    files = list(files)
    here.refused = []
    first = None
    with st.status(f"Membaca {len(files)} berkas …", expanded=True) as status:
        progress = st.progress(0.0)
        for place, (filename, content) in enumerate(files):
            progress.progress(place / len(files), f"{plain(filename)} ({size_in_words(len(content))})")
            item = items.item_of(filename, content)
            if item.key in here.items:
                here.refused.append(f"{plain(filename)} sudah ada di daftar di bawah.")
                first = first or item.key
                continue
            items.look(item, remembered)
            here.add(item)
            first = first or item.key
        status.update(label="Selesai membaca.", state="complete", expanded=False)
    here.chosen, here.drops = first or here.chosen, here.drops + 1


def size_in_words(size: int) -> str:
    """
    >>> size_in_words(812), size_in_words(20_480), size_in_words(13 * 2**20)
    ('812 B', '20 KB', '13,0 MB')
    """
    if size < 1024:
        return f"{size} B"
    return f"{size / 2**20:.1f} MB".replace(".", ",") if size >= 2**20 else f"{size / 1024:.0f} KB"
