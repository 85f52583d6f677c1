"""When what the app holds is made anew: after an upload and an undo, and not after what is merely recorded."""

from pathlib import Path

import pytest

from halal_metrics import read_upload
from halal_ui.screen.data import Held


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Held:
    monkeypatch.setenv("PANTAU_HALAL_DEMO", "0")
    return Held(str(tmp_path))


def test_an_upload_and_its_undo_are_seen_at_once(held: Held):
    """Whoever has just written looks at a snapshot with it, and without it once it is undone."""
    before = held.current()
    sent = read_upload(b"No. Daftar;Status;Tgl Daftar\nSH2025-1-990001;OF10;02/05/2025\n", filename="mei.csv")
    receipt = held.log.commit(sent, by="Rina")
    assert len(held.renew().tables.applications) == 1
    held.log.undo(receipt.upload_id, by="Rina", reason="keliru")
    after = held.renew()
    assert len(after.tables.applications) == 0
    assert len(after.history) == 1
    assert len(before.history) == 0


def test_a_record_leaves_the_snapshot_as_it_is(held: Held):
    """A decision changes no table: nobody's pages are made again for it."""
    sent = read_upload(b"No. Daftar;Status;Tgl Daftar\nSH2025-1-990001;OF10;02/05/2025\n", filename="mei.csv")
    held.log.commit(sent, by="Rina")
    before = held.renew()
    held.log.record("duplicate", {"pair": "a = b"}, by="Rina")
    assert held.renew() is before
