"""The server as it starts by itself: heard by this machine alone, whose user may write, and by nobody pretending."""

import socket
import tomllib
from urllib.parse import urlsplit

import psutil
import pytest
from forged import Forger
from serve import ROOT, Served
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from halal_store import Store

READ_ONLY, NAME = "Di alamat ini dashboard hanya dapat dibaca", "Tulis dahulu nama Anda"


def told(server: Served, **headers: str) -> str:
    """What the page Riwayat says of the newest upload to whoever comes with these headers."""
    newest = Store(server.log.parent / "store").history()["upload_id"].iloc[-1]
    with Forger(server.url, **headers) as visitor:
        return " ".join(visitor.run("riwayat", f"unggahan={newest}").said)


def test_nobody_outside_can_reach_it(server: Served):
    """Without ADDRESS the server listens on 127.0.0.1 only."""
    found = psutil.Process(server.process.pid).net_connections()
    assert {one.laddr.ip for one in found if one.status == psutil.CONN_LISTEN} == {"127.0.0.1"}


def test_whoever_sits_at_the_machine_is_asked_for_a_name(server: Served):
    """Straight from this machine, by its own name."""
    assert NAME in told(server)


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
def test_what_a_proxy_passes_on_is_not_this_machine(server: Served, header: str):
    """Drilldown a proxy on this machine, strangers come from 127.0.0.1 too."""
    assert READ_ONLY in told(server, **{header: "10.1.2.3"})


@pytest.mark.parametrize("origin", ["http://localhost:3000", "https://elsewhere.example", "null"])
def test_a_page_of_somewhere_else_is_turned_away(server: Served, origin: str):
    """Also of another port of this machine: it would open a connection in the user's name."""
    with pytest.raises(InvalidStatus) as refused:
        told(server, Origin=origin)
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize("host", ["rebound.example", "localhost.rebound.example"])
def test_a_name_that_is_made_to_point_here_is_turned_away(server: Served, host: str):
    """DNS rebinding: to the browser it is the same origin, and to us a name that is not ours."""
    port = urlsplit(server.url).port
    there = f"{host}:{port}"
    pointed = socket.create_connection(("127.0.0.1", port))
    asked = {"sock": pointed, "origin": f"http://{there}", "subprotocols": ["streamlit"]}
    with pytest.raises(InvalidStatus) as refused, connect(f"ws://{there}/_stcore/stream", **asked):
        pass
    assert refused.value.response.status_code == 403


def test_streamlit_run_writes_nothing_by_itself():
    """`streamlit run app.py` listens on every address: no setting of ours may say that it listens on loopback."""
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert "address" not in settings["server"]
