"""
The web server: `python -m halal_ui.server`, on the port that PORT names, else 8501.

It listens to this machine alone, whose user may write. ADDRESS=0.0.0.0 opens it to the network, where nobody may
write until a sign-in is set up (`halal_ui.screen.access`).

`streamlit run app.py` shows the same pages. This adds what a room full of people needs: nobody waits for
imports, what was made at the start is out of the garbage collector's sight, and the nine megabytes of
JavaScript a browser fetches at its first visit travel as under three.
"""

import gc
import gzip
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from hashlib import sha256
from pathlib import Path
from threading import Thread

import streamlit as st
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.staticfiles import NotModifiedResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import runtime

from halal_metrics.sheets import UnreadableFile, worker
from halal_ui.screen.access.loopback import is_loopback
from halal_ui.screen.access.origin import OwnOrigin
from halal_ui.screen.meeting.follow import ROOMS
from halal_ui.screen.meeting.routes import ROUTES

SCRIPT = Path(__file__).resolve().parents[1] / "app.py"
STATIC = Path(st.__file__).parent / "static"
LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "::1"]

# Those of Streamlit's files that grow smaller; its pictures and fonts are compressed already.
CONTENT_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}


class PackedFiles:
    """
    Middleware: Streamlit's own files as bytes that were compressed once, when the server started.

    Streamlit leaves them uncompressed, since compressing at every request costs more than it saves.
    All of them take a second, in a thread of their own. A file whose turn has not come yet, and a
    client that does not accept gzip, get Streamlit's own answer.
    """

    def __init__(self, app: ASGIApp, folder: Path = STATIC) -> None:
        self.app = app
        self.packed: dict[str, Response] = {}
        Thread(target=self._pack, args=(folder,), daemon=True).start()

    def _pack(self, folder: Path) -> None:
        for file in folder.rglob("*"):
            if file.suffix in CONTENT_TYPES:
                path = "/" + file.relative_to(folder).as_posix()
                self.packed[path] = _packed(file, immutable=path.startswith("/static/"))
        self.packed["/"] = self.packed["/index.html"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._answer(scope)(scope, receive, send)

    def _answer(self, scope: Scope) -> ASGIApp:
        packed = self.packed.get(scope["path"]) if scope["type"] == "http" else None
        if packed is None or scope["method"] not in ("GET", "HEAD"):
            return self.app
        asked = Headers(scope=scope)
        if not accepts_gzip(asked.get("accept-encoding", "")):
            return self.app
        if packed.headers["etag"] in asked.get("if-none-match", ""):
            return NotModifiedResponse(packed.headers)
        return packed


def _packed(file: Path, *, immutable: bool) -> Response:
    body = gzip.compress(file.read_bytes(), compresslevel=9, mtime=0)
    return Response(
        body,
        media_type=CONTENT_TYPES[file.suffix],
        headers={
            "Content-Encoding": "gzip",
            "Vary": "Accept-Encoding",
            "ETag": f'"{sha256(body).hexdigest()[:16]}"',
            # A name below /static/ carries a hash of the content; the few others keep their names.
            "Cache-Control": "public, max-age=31536000, immutable" if immutable else "no-cache",
        },
    )


def accepts_gzip(accept_encoding: str) -> bool:
    """
    Whether a request's Accept-Encoding allows a gzip answer (RFC 9110, 12.5.3).

    >>> accepts_gzip("gzip, deflate, br"), accepts_gzip("br;q=1.0, gzip;q=0.8"), accepts_gzip("*")
    (True, True, True)
    >>> accepts_gzip("gzip;q=0"), accepts_gzip("identity"), accepts_gzip("")
    (False, False, False)
    """
    weights = {}
    for item in accept_encoding.lower().split(","):
        coding, _, weight = item.replace(" ", "").partition(";q=")
        weights[coding] = weight
    weight = weights.get("gzip", weights.get("*", "0"))
    return weight.strip("0.") != "" or weight == ""


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """
    Before the first visitor: the first page is run once, the child that reads spreadsheets is started, and everything
    this made is frozen.

    The run imports, reads the store and fills the caches, which would cost the first visitor a second or
    more. A frozen object is never looked at by the collector again, which from then on has only
    what the visitors themselves have made to look through.
    """
    await runtime.get_instance().does_script_run_without_error()
    with suppress(UnreadableFile):  # without a child the first upload says so
        worker.warm()
    gc.collect()
    gc.freeze()
    with ROOMS.serving():
        yield


def settings(environment: Mapping[str, str]) -> dict[str, object]:
    """
    Where to listen and by which names to be called, as Streamlit's own options: PORT, ADDRESS, HOSTS.

    >>> settings({"PORT": "8510"})
    {'server.port': 8510, 'server.address': '127.0.0.1', 'server.allowedHosts': ['localhost', '127.0.0.1', '::1']}
    >>> settings({"ADDRESS": "0.0.0.0"})
    {'server.port': 8501, 'server.address': '0.0.0.0', 'server.allowedHosts': []}
    >>> settings({"HOSTS": "halal.example, localhost"})["server.allowedHosts"]
    ['halal.example', 'localhost']

    Heard by this machine alone, it answers to this machine's names alone: a page elsewhere whose name is made to
    point here (DNS rebinding) would read along otherwise. Drilldown a proxy, HOSTS says what the proxy calls it.
    """
    address = environment.get("ADDRESS") or "127.0.0.1"
    hosts = [host.strip() for host in environment.get("HOSTS", "").split(",") if host.strip()]
    return {
        "server.port": int(environment.get("PORT") or "8501"),
        "server.address": address,
        "server.allowedHosts": hosts or (LOOPBACK_HOSTS if is_loopback(address) else []),
    }


app = st.App(SCRIPT, lifespan=lifespan, routes=ROUTES, middleware=[Middleware(OwnOrigin), Middleware(PackedFiles)])

if __name__ == "__main__":
    # Streamlit finds .streamlit/, and our packages, in the folder of argv[0].
    sys.argv[0] = str(SCRIPT)
    with suppress(KeyboardInterrupt):  # Ctrl+C is how it is stopped
        app.run(config=settings(os.environ))
