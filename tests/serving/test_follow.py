"""Following a presenter over HTTP: who is told what, who may move the others, and what is turned away."""

import asyncio
import http.client
import json
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
import uvicorn
from serve import served
from starlette.applications import Starlette

from halal_ui.screen.meeting.follow import ROOMS, Refused, Room, State
from halal_ui.screen.meeting.routes import ROUTES

MEETING = "R-2025-06-04"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory, demo_to: Callable[[Path], Path]) -> Iterator[int]:
    """The routes alone, on a server in this process, so that a presenter's token is at hand."""
    before = os.environ.get("PANTAU_HALAL_STORE")
    os.environ["PANTAU_HALAL_STORE"] = str(demo_to(tmp_path_factory.mktemp("follow") / "store"))
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=ROUTES), port=0, log_level="error"))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    until(lambda: server.started)
    ROOMS.closed = False
    yield server.servers[0].sockets[0].getsockname()[1]
    ROOMS.close()
    server.should_exit = True
    thread.join(timeout=10)
    os.environ.pop("PANTAU_HALAL_STORE")
    if before is not None:
        os.environ["PANTAU_HALAL_STORE"] = before


def until(done: Callable[[], bool], patience: float = 10) -> None:
    end = time.monotonic() + patience
    while not done():
        assert time.monotonic() < end
        time.sleep(0.01)


class Listener:
    """A page that follows: reads one event after the other."""

    def __init__(self, port: int, path: str = f"/rapat/{MEETING}/ikuti") -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        self.connection.request("GET", path)
        self.answer = self.connection.getresponse()

    def next(self) -> State:
        while not (line := self.answer.readline()).startswith(b"data:"):
            assert line, "the stream has ended"
        return State(**json.loads(line.removeprefix(b"data:")))

    def until(self, told: Callable[[State], bool]) -> State:
        while not told(state := self.next()):
            pass
        return state


@contextmanager
def listening(port: int) -> Iterator[Listener]:
    listener = Listener(port)
    try:
        yield listener
    finally:
        listener.answer.close()
        listener.connection.close()


def post(port: int, body: object, meeting: str = MEETING, **headers: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request("POST", f"/rapat/{meeting}/slide", sent, {"Content-Type": "application/json", **given})
    status = connection.getresponse().status
    connection.close()
    return status


def test_who_comes_late_is_told_at_once_and_then_each_move(port: int):
    """A page hears where the presenter is on connecting, and every listener hears the next move."""
    token = ROOMS.of(MEETING).lead("Rina")
    assert post(port, {"token": token, "slide": "posisi"}) == 200
    with listening(port) as one, listening(port) as other:
        assert one.answer.headers["content-type"].startswith("text/event-stream")
        for listener in (one, other):
            assert (listener.next().slide, ROOMS.of(MEETING).state.by) == ("posisi", "Rina")
        assert post(port, {"token": token, "slide": "kurva"}) == 200
        assert one.next().slide == other.next().slide == "kurva"


def test_who_leaves_is_forgotten(port: int):
    """A closed page holds nothing open on the server."""
    room = ROOMS.of("R-2025-05-21")
    listener = Listener(port, "/rapat/R-2025-05-21/ikuti")
    listener.next()
    assert room.listeners == 1
    listener.answer.close()
    listener.connection.close()
    until(lambda: room.listeners == 0)


def test_a_new_presenter_relieves_the_last(port: int):
    """Their token moves nobody any more, and everybody is told who presents."""
    first = ROOMS.of(MEETING).lead("Rina")
    with listening(port) as follower:
        second = ROOMS.of(MEETING).lead("Budi")
        assert follower.until(lambda state: state.by == "Budi").turn == ROOMS.of(MEETING).state.turn
        assert post(port, {"token": first, "slide": "corong"}) == 403
        assert post(port, {"token": second, "slide": "corong"}) == 200
        assert follower.until(lambda state: state.slide == "corong").by == "Budi"
        assert post(port, {"token": first, "stop": True}) == 403
        assert ROOMS.of(MEETING).holds(second)
        assert post(port, {"token": second, "stop": True}) == 200
        assert follower.until(lambda state: state.by == "").slide == "corong"
    assert post(port, {"token": second, "slide": "kurva"}) == 403
    assert post(port, {"token": "", "slide": "kurva"}) == 403


@pytest.mark.parametrize(
    ("status", "changed"),
    [
        (403, {"token": "ditebak"}),
        (403, {"token": "dítebak"}),
        (403, {"Origin": "http://localhost:1"}),
        (403, {"Origin": "null"}),
        (404, {"meeting": "R-2031-01-01"}),
        (404, {"meeting": "..%2F..%2Fetc"}),
        (400, {"slide": "Kurva<script>"}),
        (400, {"slide": ""}),
        (400, {"slide": "a" * 61}),
        (400, {"slide": 3}),
        (400, {"slide": "kurva\n"}),
        (400, {"body": b"[]"}),
        (400, {"body": b"{"}),
        (400, {"body": b"\xff"}),
        (400, {"body": b"[" * 1000}),
        (413, {"body": b" " * 1025}),
        (415, {"Content_Type": "text/plain"}),
    ],
)
def test_what_is_not_a_move_of_the_presenter_moves_nobody(port: int, status: int, changed: dict):
    """A guessed token, another origin, an unknown meeting, a key that is none, too long or not JSON: turned away."""
    token = ROOMS.of(MEETING).lead("Rina")
    before = ROOMS.of(MEETING).state
    asked = {"token": token, "slide": "peta"} | changed
    body = asked.pop("body", None) or {"token": asked.pop("token"), "slide": asked.pop("slide")}
    asked = {name: value for name, value in asked.items() if name not in ("token", "slide")}
    assert post(port, body, **asked) == status
    assert ROOMS.of(MEETING).state == before


def test_other_origins_and_unknown_meetings_cannot_listen(port: int):
    """A page elsewhere is refused, and so is a meeting that there is not."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    for path, headers, status in (
        (f"/rapat/{MEETING}/ikuti", {"Origin": "http://evil.example"}, 403),
        ("/rapat/R-2031-01-01/ikuti", {}, 404),
    ):
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == status


def test_a_slow_follower_hears_the_newest_only():
    """Moves made while a connection is busy are passed over: what counts is where the presenter is."""

    async def heard() -> list[State | None]:
        room, got = Room(), []
        token = room.lead("Rina")
        async for state in room.states(heartbeat=0.05):
            got.append(state)
            if len(got) == 1:
                for slide in ("a", "b", "c"):
                    room.move(token, slide)
            if len(got) == 3:
                return got
        return got

    with ThreadPoolExecutor(1) as elsewhere:  # playwright's own loop may be running in this thread
        first, second, third = elsewhere.submit(asyncio.run, heard()).result()
    assert first is not None
    assert second is not None
    assert (first.slide, second.slide, second.number - first.number) == ("", "c", 3)
    assert third is None  # nothing new: a sign of life


def test_nobody_presents_without_a_token():
    """Before anybody leads, no token holds, the empty one neither."""
    room = Room()
    assert not room.holds("")
    with pytest.raises(Refused):
        room.move("", "kurva")


def test_pages_with_fewer_notes_are_told_once():
    """A page drawn with more notes tells the others; one drawn with as many or fewer changes nothing."""
    room = Room()
    room.noted(5)
    number = room.state.number
    room.noted(5)
    room.noted(4)
    assert (room.state.notes, room.state.number) == (5, number)


def test_the_server_stops_while_somebody_listens(tmp_path: Path, demo_to: Callable[[Path], Path]):
    """An open stream does not keep the server from ending when it is told to."""
    demo_to(tmp_path / "store")
    with served(tmp_path) as running:
        listener = Listener(int(running.url.rpartition(":")[2]))
        listener.next()
        running.process.terminate()
        assert running.process.wait(timeout=9) is not None
        assert listener.answer.read().rstrip() == b""
