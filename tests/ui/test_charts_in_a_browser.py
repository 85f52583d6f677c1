"""Charts as a browser draws them: words that are cut or written over, and the names of months."""

import json
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import plotly
import plotly.graph_objects as go
import pytest
import streamlit
from chart_frames import CHARTS, drawn
from playwright.sync_api import Browser

from halal_ui.charts.template import CONFIG

PAGE = """<meta charset="utf-8"><style>@font-face {{font-family: "Source Sans"; src: url({font})}}</style>
<body style="margin:0"><div id="chart"></div><script>{script}</script><script>
document.fonts.load('15px "Source Sans"').then(() => window.ready = true)
</script>"""
DRAW = """figure => {
    Plotly.purge("chart");
    document.querySelector("#chart").replaceChildren();
    return Plotly.newPlot("chart", figure).then(() => null);
}"""
# The words of the chart that are cut by its edge or by each other (turned ones aside), and those under its x axis.
SEEN = """() => {
    const edge = document.querySelector('#chart').getBoundingClientRect();
    const words = [...document.querySelectorAll('#chart text')]
        .filter(text => !/rotate\\((?!0)/.test(text.getAttribute('transform')))
        .map(text => [text.textContent, text.getBoundingClientRect()]).filter(([_, box]) => box.width);
    const cut = words.filter(([_, box]) => box.left < edge.left - 1 || box.right > edge.right + 1
        || box.top < edge.top - 1 || box.bottom > edge.bottom + 1);
    const over = words.flatMap(([one, a], place) => words.slice(place + 1).filter(([_, b]) =>
        Math.min(a.right, b.right) - Math.max(a.left, b.left) > 3
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 6).map(([other]) => one + ' | ' + other));
    const months = [...document.querySelectorAll('#chart .xtick text')].map(text => text.textContent);
    return {cut: cut.map(([text]) => text), over, months};
}"""


def as_url(font: Path) -> str:
    return f"data:font/woff2;base64,{b64encode(font.read_bytes()).decode()}"


def seen(browser: Browser, chart: go.Figure, width: int) -> dict[str, Any]:
    """What a Chromium of this width, without any network, makes of a figure."""
    return all_seen(browser, {"one": chart}, width)["one"]


def all_seen(browser: Browser, charts: Mapping[str, go.Figure], width: int) -> dict[str, dict[str, Any]]:
    """The same of several, one after the other on one page."""
    script = (Path(plotly.__file__).parent / "package_data" / "plotly.min.js").read_text("utf-8")
    (font,) = (Path(streamlit.__file__).parent / "static").glob("static/media/SourceSansVF-Upright*.woff2")
    page = browser.new_page(viewport={"width": width, "height": 900})
    found = {}
    try:
        page.set_content(PAGE.format(script=script, font=as_url(font)))
        page.wait_for_function("window.ready")
        for name, chart in charts.items():
            spec = json.loads(chart.to_json())
            spec["layout"]["width"] = width
            page.evaluate(DRAW, {**spec, "config": CONFIG})
            found[name] = page.evaluate(SEEN)
        return found
    finally:
        page.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [340, 640, 1800])
def test_nothing_is_cut_or_written_over(browser: Browser, width: int):
    """On a phone, in half a page and on a projector every word of every chart can be read."""
    found = all_seen(browser, {name: drawn(name) for name in CHARTS}, width)
    assert not {name: words for name, words in found.items() if words["cut"] or words["over"]}


@pytest.mark.browser
def test_the_browser_writes_indonesian_months(browser: Browser):
    """plotly.js takes the names of the months from our config."""
    assert seen(browser, drawn("s_curve"), 1000)["months"] == "Mar Apr Mei Jun Jul Agu Sep Okt Nov Des".split()
