"""The addresses at which pages of a meeting listen to its presenter, and the presenter moves them."""

import asyncio
import json
import logging
from contextlib import suppress
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send
from streamlit import get_option
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from halal_store import StoreError
from halal_ui.screen import data
from halal_ui.screen.access.origin import own
from halal_ui.screen.meeting.follow import MOST_FOLLOWERS, ROOMS, SLIDE, Refused, Room, event

LARGEST: Final = 1024
"""Bytes of a move."""

_KNOWN: set[str] = set()
"""Meetings found to exist: one that exists never ceases to."""


async def follow(request: Request) -> Response:
    """`GET /rapat/{id}/ikuti`: the presenter's state as Server-Sent Events."""
    if refused := await _refused(request):
        return refused
    room = ROOMS.of(request.path_params["meeting"])
    if room.listeners >= MOST_FOLLOWERS:
        return Response(status_code=503, headers={"Retry-After": "30"})
    return Stream(room)


async def move(request: Request) -> Response:
    """
    `POST /rapat/{id}/slide` {"token", "slide"}: everybody who follows goes there; {"token", "stop": true}: nobody
    presents any more. 403 for who does not present.
    """
    if refused := await _refused(request):
        return refused
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        return Response(status_code=415)  # a form of another site can send anything else
    try:
        body = await _body(request)
    except ValueError:
        return Response(status_code=413)
    except ClientDisconnect:
        return Response(status_code=400)
    try:
        asked = json.loads(body)
        stops = asked.get("stop") is True
        token, slide = asked["token"], "stop" if stops else asked["slide"]
        if not (isinstance(token, str) and isinstance(slide, str) and SLIDE.fullmatch(slide)):
            raise ValueError(slide)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Response(status_code=400)
    try:
        room = ROOMS.of(request.path_params["meeting"])
        state = room.let_go(token) if stops else room.move(token, slide)
    except Refused:
        return Response(status_code=403)
    return JSONResponse({"number": state.number}, headers={"Cache-Control": "no-store"})


ROUTES: Final = [
    Route("/rapat/{meeting:str}/ikuti", follow, methods=["GET"]),
    Route("/rapat/{meeting:str}/slide", move, methods=["POST"]),
]


class Stream(Response):
    """What a follower hears until they leave, or the server stops."""

    media_type = "text/event-stream"

    def __init__(self, room: Room) -> None:
        # no proxy is to gather events before it passes them on
        super().__init__(headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self._room = room

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        telling = asyncio.create_task(self._tell(send))
        leaving = asyncio.create_task(_left(receive))
        try:
            await asyncio.wait({telling, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (telling, leaving):
                task.cancel()
            for ended in await asyncio.gather(telling, leaving, return_exceptions=True):
                if isinstance(ended, Exception) and not isinstance(ended, OSError):
                    logging.getLogger(__name__).warning("a follower was not told", exc_info=ended)
        with suppress(OSError):
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _tell(self, send: Send) -> None:
        # a browser comes back after half a second, wherever the connection broke
        await send({"type": "http.response.body", "body": b"retry: 500\n\n", "more_body": True})
        async for state in self._room.states():
            await send({"type": "http.response.body", "body": event(state), "more_body": True})


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _refused(request: Request) -> Response | None:
    """Why a request is turned away: a page of another origin, a name that is not ours, a meeting there is not."""
    sent = request.headers
    host_is_ours = is_host_allowed(sent.get("host"))
    if not host_is_ours or not own(sent.get("origin"), sent.get("host"), get_option("server.corsAllowedOrigins")):
        return Response(status_code=403)
    meeting_id = request.path_params["meeting"]
    if meeting_id not in _KNOWN:
        try:
            await run_in_threadpool(data.meeting, meeting_id)
        except StoreError as refused:
            return Response(status_code=404 if refused.code == "unknown_meeting" else 503)
        _KNOWN.add(meeting_id)
    return None


async def _body(request: Request) -> bytes:
    """ValueError where it is too long."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            raise ValueError(len(body))
    return body
