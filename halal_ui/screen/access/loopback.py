"""
Whether the person looking sits at the machine itself: the server listens on loopback, and the request came straight
to it.

The address the server listens on is what nobody outside can choose. The rest guards against those who reach a
loopback server all the same: a reverse proxy that passes strangers on, a page elsewhere that has its own name point
at 127.0.0.1 (DNS rebinding), and a page of another site, or of another port, that opens a connection to us.
"""

from collections.abc import Mapping
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

import streamlit as st

from halal_ui.screen.access.origin import own

PASSED_ON: Final = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
"""Headers of a request that somebody else has passed on."""


def at_keyboard() -> bool:
    """Whether this run was asked for from the machine itself. Without a request, or not sure: no."""
    address = st.context.ip_address  # None stands for 127.0.0.1 and ::1
    return (
        is_loopback(st.get_option("server.address"))
        and (address is None or is_loopback(address))
        and came_straight(st.context.headers)
    )


def is_loopback(host: str | None) -> bool:
    """
    Whether a host, without its port, is this machine and no other.

    >>> [is_loopback(host) for host in ("127.0.0.1", "localhost", "::1", "[::1]", "127.8.0.1")]
    [True, True, True, True, True]
    >>> [is_loopback(host) for host in (None, "", "0.0.0.0", "::", "localhost.example.org", "10.0.0.5", "unix://x")]
    [False, False, False, False, False, False, False]
    """
    if not host:
        return False
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def came_straight(headers: Mapping[str, str]) -> bool:
    """
    Whether a browser on this machine opened the connection, on a page of our own.

    `headers`: those of the websocket's handshake, names in any case. Programs other than browsers send no Origin;
    a browser always does, and cannot be made to send another.

    >>> ours = {"host": "localhost:8501", "origin": "http://localhost:8501"}
    >>> came_straight(ours), came_straight({"host": "127.0.0.1:8501"})
    (True, True)
    >>> came_straight(ours | {"origin": "http://localhost:3000"}), came_straight({"host": "rebound.example:8501"})
    (False, False)
    >>> came_straight(ours | {"x-forwarded-for": "10.0.0.5"}), came_straight({})
    (False, False)
    """
    sent = {name.lower(): value for name, value in headers.items()}
    host, origin = sent.get("host", ""), sent.get("origin")
    return not any(name in sent for name in PASSED_ON) and is_loopback(_name(host)) and own(origin, host)


def _name(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None
