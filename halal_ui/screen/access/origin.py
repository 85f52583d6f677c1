"""
Which pages may open a connection to the app: its own.

Streamlit asks the same, but lets pages of any other port of this machine in; and before it turns a stranger away it
asks a host on the internet for our address, while everybody waits.
"""

from collections.abc import Collection
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send


class OwnOrigin:
    """Middleware: turns away a websocket that a page of another origin opens (server.corsAllowedOrigins lists some)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            sent = Headers(scope=scope)
            if not own(sent.get("origin"), sent.get("host"), st.get_option("server.corsAllowedOrigins")):
                await receive()  # websocket.connect
                await send({"type": "websocket.close", "code": 1008})
                return
        await self.app(scope, receive, send)


def own(origin: str | None, host: str | None, allowed: Collection[str] = ()) -> bool:
    """
    Whether a connection to `host` comes from a page of that host and port. Programs other than browsers send no origin.

    >>> own("http://localhost:8501", "localhost:8501"), own(None, "localhost:8501")
    (True, True)
    >>> own("http://localhost:3000", "localhost:8501"), own("null", "localhost:8501"), own("http://[", "localhost")
    (False, False, False)
    >>> own("https://halal.example", "127.0.0.1:8501", allowed=["https://halal.example"])
    True
    """
    if origin is None or origin in allowed:
        return True
    try:
        return bool(host) and urlsplit(origin).netloc.lower() == host.lower()
    except ValueError:
        return False
