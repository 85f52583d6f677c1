"""
Whose turn it is: one page is worked out at a time, `with one_at_a_time(): page.run()`.

Python runs one thread at a time whatever we do. Without turns a hundred pages asked for in the same
second are all cut into slices, and everybody's is ready when the last one is; in turn, the first is
ready at once and the middle one in half the time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class Turns:
    """A permit for one, which a holder that hangs loses after `patience` seconds of somebody's waiting."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._permit = Lock()

    @contextmanager
    def take(self) -> Iterator[None]:
        """
        Waits for the permit, and gives it back however the body ends.

        Streamlit ends a body by raising (a rerun, `st.stop`), hence the `finally`. Whoever has waited
        longer than `patience` goes ahead without it, and those who come later wait on a new permit:
        a page that hangs costs one wait, not one wait for every page from then on.
        """
        permit = self._permit
        got_it = permit.acquire(timeout=self._patience)
        if not got_it and self._permit is permit:
            self._permit = Lock()
        try:
            yield
        finally:
            if got_it:
                permit.release()


one_at_a_time = Turns(patience=10).take
