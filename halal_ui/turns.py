"""
Whose turn it is: one page is worked out at a time, `with one_at_a_time(): page.run()`.

Python runs one thread at a time whatever we do. Without turns a hundred pages asked for in the same
second are all cut into slices, and everybody's is ready when the last one is; in turn, the first is
ready at once and the middle one in half the time.

Long work (reading a spreadsheet, folding the log) is not a page: whoever does it steps aside,
`with aside(): read_upload(…)`, and the others go on.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, local


class Turns:
    """A permit for one, which a holder that hangs loses after `patience` seconds of somebody's waiting."""

    def __init__(self, patience: float) -> None:
        self.patience = patience
        self._permit = Lock()
        self._mine = local()

    @property
    def free(self) -> bool:
        """Whether whoever came now would be in turn at once."""
        return not self._permit.locked()

    @contextmanager
    def take(self) -> Iterator[None]:
        """
        Waits for the permit, and gives it back however the body ends.

        Streamlit ends a body by raising (a rerun, `st.stop`), hence the `finally`. Whoever has waited
        longer than `patience` goes ahead without it, and those who come later wait on a new permit:
        a page that hangs costs one wait, not one wait for every page from then on.
        """
        self._acquire()
        try:
            yield
        finally:
            self._release()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """
        Lets the others have their turns during the body, and waits for one's own again after it.

        Of a thread that holds no permit (a fragment, a test, one that went ahead without it) nothing is taken.
        """
        if not self._release():
            yield
            return
        try:
            yield
        finally:
            self._acquire()

    def _acquire(self) -> None:
        permit = self._permit
        got_it = permit.acquire(timeout=self.patience)
        if not got_it and self._permit is permit:
            self._permit = Lock()
        self._mine.permit = permit if got_it else None

    def _release(self) -> bool:
        """Whether this thread held a permit."""
        permit = getattr(self._mine, "permit", None)
        self._mine.permit = None
        if permit is None:
            return False
        permit.release()
        return True


_PAGES = Turns(patience=10)
one_at_a_time, aside = _PAGES.take, _PAGES.aside
