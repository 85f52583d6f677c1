"""Long work steps aside: the others have their turns meanwhile."""

from threading import Event, Thread

import pytest
from upload_files import item

from halal_ui.intake.reading import read
from halal_ui.turns import Turns, one_at_a_time


def test_others_have_their_turn_while_one_is_aside():
    """A page that reads a big file holds nobody up, and has its turn again once it has read it."""
    turns, reading, seen = Turns(patience=60), Event(), Event()
    order = []

    def upload():
        with turns.take():
            with turns.aside():
                reading.set()
                assert seen.wait(60)
                order.append("read")
            order.append("shown")
            assert not turns.free

    thread = Thread(target=upload)
    thread.start()
    assert reading.wait(60)
    with turns.take():
        order.append("other page")
    seen.set()
    thread.join(60)
    assert order == ["other page", "read", "shown"]
    assert turns.free


def test_who_holds_no_permit_has_none_to_give():
    """A fragment, or a test, may step aside without ever having been in turn."""
    turns = Turns(patience=60)
    with turns.aside():
        pass
    assert turns.free


def test_a_fault_aside_is_a_fault_in_turn():
    """What is raised aside comes out with the permit taken again, and given back once."""
    turns = Turns(patience=60)
    with pytest.raises(ValueError, match="unreadable"), turns.take(), turns.aside():
        raise ValueError("unreadable")
    assert turns.free
    with turns.take():
        assert not turns.free


def test_others_have_their_turn_while_a_file_is_read(monkeypatch: pytest.MonkeyPatch):
    """Reading gives the one permit away: a page of somebody else does not wait for a big file."""
    one, seen = item(), []

    def other_page():
        with one_at_a_time():
            pass

    def reading(*_, **__):
        thread = Thread(target=other_page)
        thread.start()
        thread.join(5)  # half of what it would wait for its turn
        seen.append(not thread.is_alive())
        return one.upload

    monkeypatch.setattr("halal_ui.intake.reading.read_upload", reading)
    one.choices = one.choices.with_default("status", "issued")
    with one_at_a_time():
        read(one)
    assert seen == [True]
