"""The Pareto chart of obstacles."""

import pandas as pd
import pytest
from playwright.sync_api import Browser
from test_charts_in_a_browser import seen

from halal_ui import charts

HELD = pd.DataFrame({"name": ["K3 <b onload=x>", "K5"], "at_stake": [6, 3], "cumulative_share": [6 / 9, 1.0]})


def test_what_people_type_is_no_markup():
    """A text noted at a meeting stands in rows, hovers and clicks as it was typed."""
    written = charts.pareto_bars(HELD).to_json().replace("\\u003c", "<")
    assert "&lt;b onload" in written
    assert "<b onload" not in written


def test_rows_say_their_count_and_the_share_so_far():
    """In the order given."""
    first, second = charts.pareto_bars(HELD).data[-1].text
    assert first.startswith("<b>6</b>")
    assert "67%" in first
    assert second.startswith("<b>3</b>")
    assert "100%" in second


def test_nothing_held_is_said():
    """No bars, one sentence."""
    figure = charts.pareto_bars(HELD.head(0))
    assert not figure.data
    assert "Belum ada kendala" in figure.layout.annotations[0].text


@pytest.mark.browser
def test_a_long_name_leaves_room_for_its_share_on_a_phone(browser: Browser):
    """No word is cut or written over."""
    long = HELD.assign(
        name=["Pelaku usaha tidak menanggapi atau menolak", "Sudah bersertifikat atau pernah difasilitasi"]
    )
    found = seen(browser, charts.pareto_bars(long), 340)
    assert not found["cut"]
    assert not found["over"]
