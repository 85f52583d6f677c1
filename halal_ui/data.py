"""The data as the running app holds them: one snapshot a process, and what pages show of it, made once a scope."""

import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import streamlit as st

from halal_store import Store
from halal_ui import snapshot as snapshots
from halal_ui.programme import DATA, demo_files, programme
from halal_ui.scope import Scope
from halal_ui.snapshot import Snapshot

Page = TypeVar("Page")


def current() -> Snapshot:
    """The snapshot of what the store holds now."""
    return _snapshot(_version())


def warm() -> None:
    """Reads the store before the first viewer comes."""
    current()


def opening_date() -> date:
    """The day a dashboard without a date in its address shows: today, or that of the demonstration set."""
    return programme().demo_opening_date if current().is_demo else _today()


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


@st.cache_resource(show_spinner=False)
def _store() -> Store:
    """The store, with the demonstration set in it if it is empty."""
    store = Store(Path(os.environ.get("PANTAU_HALAL_STORE") or DATA / "store"))
    if not store.files:
        store.seed(demo_files())
    return store


@st.cache_data(show_spinner=False, ttl=2)
def _version() -> str:
    """Looked up every other second, not for every viewer: a folder listing is cheap, a hundred are not."""
    return _store().version


@st.cache_resource(show_spinner="Membaca berkas …", max_entries=2)
def _snapshot(version: str) -> Snapshot:
    return snapshots.take(_store().read(), programme())


def _today() -> date:
    return datetime.now(ZoneInfo(programme().time_zone)).date()
