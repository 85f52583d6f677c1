"""Long work steps aside: the others have their turns meanwhile."""

from threading import Event, Thread

import pytest

from halal_ui.turns import Turns


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
            assert turns._permit.locked()

    thread = Thread(target=upload)
    thread.start()
    assert reading.wait(60)
    with turns.take():
        order.append("other page")
    seen.set()
    thread.join(60)
    assert order == ["other page", "read", "shown"]
    assert not turns._permit.locked()


def test_who_holds_no_permit_has_none_to_give():
    """A fragment, or a test, may step aside without ever having been in turn."""
    turns = Turns(patience=60)
    with turns.aside():
        pass
    assert not turns._permit.locked()


def test_a_fault_aside_is_a_fault_in_turn():
    """What is raised aside comes out with the permit taken again, and given back once."""
    turns = Turns(patience=60)
    with pytest.raises(ValueError, match="unreadable"), turns.take(), turns.aside():
        raise ValueError("unreadable")
    assert not turns._permit.locked()
    with turns.take():
        assert turns._permit.locked()
