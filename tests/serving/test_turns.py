"""One page at a time."""

from threading import Event, Thread

import pytest
from streamlit.runtime.scriptrunner import RerunException, StopException
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData

from halal_ui.turns import Turns


def test_two_pages_are_never_worked_out_together():
    """Whoever holds the permit is alone, however many come at once."""
    turns, inside, most = Turns(patience=60), [], []

    def page():
        with turns.take():
            inside.append(1)
            most.append(len(inside))
            Event().wait(0.001)  # lets the others try
            inside.pop()

    threads = [Thread(target=page) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 20


@pytest.mark.parametrize("end", [RerunException(RerunData()), StopException(), ValueError(), KeyboardInterrupt()])
def test_the_permit_comes_back_however_a_page_ends(end: BaseException):
    """Streamlit ends pages by raising, for a rerun and for st.stop."""
    turns = Turns(patience=60)
    with pytest.raises(type(end)), turns.take():
        raise end
    with turns.take():
        pass


def test_a_page_that_hangs_costs_one_wait():
    """After its patience a visitor goes ahead, and those who come later do not wait for the hung page at all."""
    turns, hung, release = Turns(patience=0.01), Event(), Event()

    def hang():
        with turns.take():
            hung.set()
            release.wait(60)

    thread = Thread(target=hang)
    thread.start()
    hung.wait(60)
    assert not turns.free
    with turns.take():
        pass  # went ahead without a permit
    assert turns.free
    with turns.take():
        assert not turns.free  # has one again, and so is alone again
        release.set()
        thread.join()
        assert not turns.free  # the hung page gave back its own permit, not this one
    assert turns.free


def test_a_page_that_hung_lets_in_who_still_waits_for_it():
    """Whoever came before somebody's patience ended waits on the hung page's permit, and has it when that page ends."""
    turns, hung, release, waits, let_in = Turns(patience=60), Event(), Event(), Event(), Event()

    def hang():
        with turns.take():
            hung.set()
            release.wait(60)

    def wait():
        waits.set()
        with turns.take():
            let_in.set()

    threads = [Thread(target=hang), Thread(target=wait)]
    threads[0].start()
    hung.wait(60)
    threads[1].start()
    waits.wait(60)
    Event().wait(0.2)  # until it does wait
    turns.patience = 0.01
    with turns.take():
        pass  # went ahead, and took the turns of those who come later to another permit
    assert turns.free
    assert not let_in.is_set()
    release.set()
    assert let_in.wait(30)  # long before its own patience ends
    for thread in threads:
        thread.join()
