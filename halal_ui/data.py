"""The data as the running app holds them: one snapshot a process, and what pages show of it, made once a scope."""

import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

import streamlit as st

from halal_store import Store
from halal_ui import snapshot as snapshots
from halal_ui.programme import DATA, demo_files, programme
from halal_ui.scope import Scope
from halal_ui.snapshot import Snapshot

Page = TypeVar("Page")

LOOK_AGAIN: Final = 2.0
"""Seconds between two looks into the store: a folder listing is cheap, one for each of a hundred viewers is not."""


class Held:
    """The snapshot of a store, renewed when the store has changed."""

    def __init__(self, path: Path) -> None:
        self._store = Store(path)
        if not self._store.files:
            self._store.seed(demo_files())
        self._renewing = Lock()
        self._snapshot: Snapshot | None = None
        self._looked_at = 0.0

    def current(self) -> Snapshot:
        """
        The snapshot of what the store holds now. While one viewer's run renews it, the others go on with the last.
        """
        held = self._snapshot
        if held is not None and monotonic() - self._looked_at < LOOK_AGAIN:
            return held
        if not self._renewing.acquire(blocking=held is None):
            assert held is not None
            return held
        try:
            held = self._snapshot
            if held is None or held.version != self._store.version:
                held = snapshots.take(self._store.read(), programme())
            self._snapshot, self._looked_at = held, monotonic()
            return held
        finally:
            self._renewing.release()


@st.cache_resource(show_spinner="Membaca berkas …")
def _held(path: str) -> Held:
    return Held(Path(path))


def current() -> Snapshot:
    """The snapshot of the store named in PANTAU_HALAL_STORE, else data/store; empty, it gets the demonstration set."""
    return _held(os.environ.get("PANTAU_HALAL_STORE") or str(DATA / "store")).current()


def opening_date(snapshot: Snapshot) -> date:
    """The day a dashboard without a date in its address shows: today, or that of the demonstration set."""
    if snapshot.is_demo:
        return snapshot.programme.demo_opening_date
    return datetime.now(ZoneInfo(snapshot.programme.time_zone)).date()


def ready(page: Callable[..., Page], scope: Scope, **choices: Any) -> Page:
    """
    What a page shows of a scope, finished: sentences, figures and tables, made once and then looked up.

    `page` takes the view, whether the viewer's theme is dark, and the choices made on the page.
    """
    found = current()
    dark = st.context.theme.type == "dark"
    key = f"{page.__module__}.{page.__qualname__} {found.version} {scope} {dark} {choices}"
    return _ready(key, lambda: page(found.within(scope), dark, **choices))


@st.cache_resource(show_spinner=False, max_entries=2_000)
def _ready(key: str, _make: Callable[[], Any]) -> Any:
    """Keyed by a name alone: a frame as part of a key would be hashed from a sample of its rows."""
    return _make()
