"""
Following whoever presents: where a meeting's presenter stands, told at once to every page that has it open.

Kept in this process's memory alone. A page listens at `GET /rapat/{id}/ikuti` (Server-Sent Events: the state on
connecting, then each change); the presenter moves with `POST /rapat/{id}/slide` and the token of `lead`. A slide change
runs no script of the dashboard, so it takes the same time however many follow.
"""

import asyncio
import json
import re
import secrets
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from threading import Lock, current_thread, main_thread
from typing import Any, Final

SLIDE: Final = re.compile(r"[a-z0-9-]{1,60}")
MOST_FOLLOWERS: Final = 1_000
"""Connections one meeting may hold open: more are no meeting."""

HEARTBEAT: Final = 15.0
"""Seconds without news after which a comment is sent: proxies close a connection that says nothing."""


@dataclass(frozen=True)
class State:
    """
    `slide`: where the presenter is, "" before the first; `number` grows with each change; `by` presents, "" nobody;
    `turn` grows with each presenter, so that one who was relieved notices; `notes`: how many notes the newest page has.
    """

    slide: str = ""
    number: int = 0
    by: str = ""
    turn: int = 0
    notes: int = 0


class Refused(Exception):
    """A move by somebody who does not present."""


@dataclass
class Room:
    """One meeting's state and those who listen; called from pages' threads and from the server's loop."""

    state: State = State()
    _token: str = ""
    _lock: Lock = field(default_factory=Lock)
    _listeners: dict[object, Callable[[], None]] = field(default_factory=dict)

    def lead(self, by: str) -> str:
        """`by` presents from now on; the token that moves the others. Whoever presented before is relieved."""
        token = secrets.token_urlsafe(24)
        with self._lock:
            self._token = token
            self._change(by=by, turn=self.state.turn + 1)
        return token

    def let_go(self, token: str) -> State:
        """Nobody presents any more; Refused where the token is not the presenter's."""
        with self._lock:
            if not self._holds(token):
                raise Refused
            self._token = ""
            self._change(by="")
            return self.state

    def holds(self, token: str) -> bool:
        """Whether this token presents."""
        with self._lock:
            return self._holds(token)

    def move(self, token: str, slide: str) -> State:
        """The presenter goes to a slide; Refused where the token is not the presenter's."""
        with self._lock:
            if not self._holds(token):
                raise Refused
            if slide != self.state.slide:
                self._change(slide=slide)
            return self.state

    def noted(self, notes: int) -> None:
        """A page has been drawn with so many notes: pages that have fewer draw theirs again."""
        with self._lock:
            if notes > self.state.notes:
                self._change(notes=notes)

    def close(self) -> None:
        """Ends all listening: the server stops."""
        with self._lock:
            for wake in self._listeners.values():
                wake()

    def _holds(self, token: str) -> bool:
        return bool(self._token) and secrets.compare_digest(token.encode(), self._token.encode())

    def _change(self, **to: Any) -> None:
        self.state = replace(self.state, number=self.state.number + 1, **to)
        for wake in self._listeners.values():
            wake()

    @property
    def listeners(self) -> int:
        return len(self._listeners)

    async def states(self, heartbeat: float = HEARTBEAT) -> AsyncIterator[State | None]:
        """The state now, then after each change the newest; None after a while without one. Ends when Rooms close."""
        loop, news, mine = asyncio.get_running_loop(), asyncio.Event(), object()
        with self._lock:
            self._listeners[mine] = lambda: loop.call_soon_threadsafe(news.set)
        told = -1
        try:
            while not ROOMS.closed:
                state = self.state
                yield state if state.number != told else None
                told = state.number
                try:
                    await asyncio.wait_for(news.wait(), heartbeat)
                except TimeoutError:
                    continue
                news.clear()
        finally:
            with self._lock:
                self._listeners.pop(mine, None)


class Rooms:
    """The meetings that were opened since the server started. `served`: whether pages can listen at all."""

    def __init__(self) -> None:
        self.served = False
        self.closed = False
        self._rooms: dict[str, Room] = {}
        self._lock = Lock()

    def of(self, meeting_id: str) -> Room:
        """The room of a meeting, made where there is none yet."""
        with self._lock:
            return self._rooms.setdefault(meeting_id, Room())

    @contextmanager
    def serving(self) -> Iterator[None]:
        """
        While the server runs, entered in its loop. It waits for open connections before it stops, and those who listen
        never hang up: at the signal to stop they are sent home first.
        """
        self.served, self.closed = True, False
        if current_thread() is main_thread():  # no other may set a signal's handler
            for number in (signal.SIGINT, signal.SIGTERM):
                before = signal.getsignal(number)
                if callable(before):
                    signal.signal(number, self._before(before, asyncio.get_running_loop()))
        try:
            yield
        finally:
            self.served = False
            self.close()

    def _before(self, then: Callable, loop: asyncio.AbstractEventLoop) -> Callable[[int, Any], None]:
        def handle(number: int, frame: Any) -> None:
            loop.call_soon_threadsafe(self.close)  # a signal may come while this very thread holds a lock
            then(number, frame)

        return handle

    def close(self) -> None:
        """Ends all listening."""
        self.closed = True
        for room in list(self._rooms.values()):
            room.close()


ROOMS: Final = Rooms()


def event(state: State | None) -> bytes:
    """
    One message of the stream; a comment where there is no news.

    >>> event(State("kurva", 3, "Rina", 1))
    b'data: {"slide": "kurva", "number": 3, "by": "Rina", "turn": 1, "notes": 0}\\n\\n'
    >>> event(None)
    b': \\n\\n'
    """
    return b": \n\n" if state is None else f"data: {json.dumps(asdict(state))}\n\n".encode()
