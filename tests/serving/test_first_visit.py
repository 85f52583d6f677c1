"""What travels to a browser that has never been here, counted in the browser."""

import base64
import sys
from collections.abc import Iterator

import pytest
from conftest import SETTLED
from playwright.sync_api import Browser, CDPSession
from serve import Served, served

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The same app under Streamlit's own server."""
    command = (sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", "0")
    with served(tmp_path_factory.mktemp("plain"), command) as running:
        yield running


def first_visit(browser: Browser, server: Served) -> tuple[int, str]:
    """Bytes over the network, headers and websocket included, until the page is drawn; and the page's text."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="id-ID")
    page = context.new_page()
    network: CDPSession = context.new_cdp_session(page)
    network.send("Network.enable")
    files, frames = [], []
    network.on("Network.loadingFinished", lambda event: files.append(event["encodedDataLength"]))
    network.on("Network.webSocketFrameReceived", lambda event: frames.append(event["response"]["payloadData"]))
    page.goto(server.url)
    page.wait_for_function(SETTLED, polling=50)
    text = page.locator("[data-testid=stMain]").inner_text()
    context.close()
    return int(sum(files) + sum(len(base64.b64decode(frame)) for frame in frames)), text


def test_a_first_visit_costs_a_third(browser: Browser, server: Served, plain: Served):
    """The bytes of a first visit are at most 0,35 of those of Streamlit's own server, for the same page."""
    whole, text = first_visit(browser, plain)
    packed, same_text = first_visit(browser, server)
    assert same_text == text
    assert packed <= 0.35 * whole
