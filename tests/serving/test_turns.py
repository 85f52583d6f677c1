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
    lost = turns._permit
    with turns.take():
        pass  # went ahead without a permit
    later = turns._permit
    assert later is not lost
    with turns.take():
        assert later.locked()  # has one again, and so is alone again
    release.set()
    thread.join()
    assert not lost.locked()
    assert not later.locked()
