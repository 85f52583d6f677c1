"""Streamlit's own files, as the server sends them."""

import gzip
import re
from urllib.error import HTTPError

import pytest
from serve import Served

from halal_ui.server import STATIC

SCRIPT = re.search(r'src="\./(static/js/index\.[^"]+\.js)"', (STATIC / "index.html").read_text("utf-8"))[1]


def ask(server: Served, path: str, **headers: str):
    return server.get(path, **{"Accept-Encoding": "gzip", **headers})


def test_a_script_is_sent_compressed_and_for_good(server: Served):
    """A file with a hash in its name travels gzipped and is not asked for again within a year."""
    answer = ask(server, f"/{SCRIPT}")
    assert gzip.decompress(answer.read()) == (STATIC / SCRIPT).read_bytes()
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_the_first_page_is_asked_for_every_time(server: Served):
    """index.html names the scripts of this version, so a browser has to look whether it changed."""
    answer = ask(server, "/")
    assert gzip.decompress(answer.read()) == (STATIC / "index.html").read_bytes()
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


def test_what_has_not_changed_is_not_sent_again(server: Served):
    """With the ETag it was given, a browser gets 304 and no body."""
    etag = ask(server, "/").headers["ETag"]
    with pytest.raises(HTTPError) as unchanged:
        ask(server, "/", **{"If-None-Match": etag})
    assert unchanged.value.code == 304
    assert unchanged.value.headers["ETag"] == etag
    assert unchanged.value.read() == b""


@pytest.mark.parametrize("accepted", ["identity", "br", "gzip;q=0"])
def test_whoever_cannot_unpack_is_still_served(server: Served, accepted: str):
    """Without gzip in Accept-Encoding the same bytes come as they are."""
    answer = ask(server, f"/{SCRIPT}", **{"Accept-Encoding": accepted})
    assert answer.headers["Content-Encoding"] is None
    assert answer.read() == (STATIC / SCRIPT).read_bytes()


def test_a_picture_is_left_as_it_is(server: Served):
    """What is compressed already is Streamlit's own answer."""
    answer = ask(server, "/favicon.png")
    assert answer.headers["Content-Encoding"] is None
    assert answer.read() == (STATIC / "favicon.png").read_bytes()


@pytest.mark.parametrize("path", ["/kab-kota", "/tenggat?kab=Kabupaten%20Berau"])
def test_every_address_of_the_app_opens_it(server: Served, path: str):
    """A page opened by its address gets the page that starts the app."""
    assert b'<div id="root">' in gzip.decompress(ask(server, path).read())
