"""The store that a page is tried on, where a test does not make its own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from halal_store import Store
from halal_ui.snapshot.programme import programme


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, demo_to: Callable[[Path], Path]) -> Store:
    """The store that the app shows, with the demonstration set; whoever looks sits at the machine."""
    folder = demo_to(tmp_path / "store")
    monkeypatch.setenv("PANTAU_HALAL_STORE", str(folder))
    monkeypatch.setattr("halal_ui.screen.access.actors.at_keyboard", lambda: True)
    return Store(folder, time_zone=programme().time_zone)
