"""What travels to a browser that has never been here, counted in the browser."""

import base64

import pytest
from browsers import SETTLED
from playwright.sync_api import Browser
from serve import Served

pytestmark = pytest.mark.browser


def first_visit(browser: Browser, server: Served, **headers: str) -> tuple[int, str]:
    """Bytes over the network, headers and websocket included, until the page is drawn; and the page's text."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="id-ID")
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.setExtraHTTPHeaders", {"headers": headers})
    files, frames = [], []
    network.on("Network.loadingFinished", lambda event: files.append(event["encodedDataLength"]))
    network.on("Network.webSocketFrameReceived", lambda event: frames.append(event["response"]["payloadData"]))
    page.goto(server.url)
    page.wait_for_function(SETTLED, polling=50, timeout=120_000)
    text = page.locator("[data-testid=stMain]").inner_text()
    context.close()
    return int(sum(files)) + sum(len(base64.b64decode(frame)) for frame in frames), text


def test_a_first_visit_costs_a_third(browser: Browser, server: Served):
    """
    The bytes of a first visit are at most 0,35 of those that Streamlit itself would send for the same page.

    Streamlit's own files come uncompressed, as they do here to a browser that does not accept gzip.
    """
    by_streamlit, text = first_visit(browser, server, **{"Accept-Encoding": "identity"})
    packed, same_text = first_visit(browser, server)
    assert same_text == text
    assert by_streamlit > 7_000_000  # the header was heeded, and Plotly is among the files
    assert packed <= 0.35 * by_streamlit
