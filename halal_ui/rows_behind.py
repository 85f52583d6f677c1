"""
From a figure to its rows: a click on a chart, or a button, opens them over the page.

What is asked for waits in the session state until the page's end, where `opened` draws it. A dialog is a fragment: what
is chosen in it runs again without the page behind.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time
from math import ceil
from typing import Any, Final

import streamlit as st

from halal_ui import components, data, filters
from halal_ui.exports import to_csv, to_xlsx
from halal_ui.scope import Scope
from halal_ui.snapshot import Snapshot
from halal_ui.tables import to_html
from halal_ui.views.behind import FIGURES, Asked, Rows, rows_behind
from halal_ui.views.shown import Chart, Table

MOST: Final = 100
"""Rows shown at once: a browser lays out a table of hundreds slowly."""

FILES: Final = 6
"""Files that are linked by name; of more, the history has the list."""

_ASKED = "baris yang diminta"
_FIGURE, _PLACE, _LP3H, _PAGE = "baris-angka", "baris-kab", "baris-lp3h", "baris-halaman"


def chart(
    shown: Chart, scope: Scope, *, key: str, figure: str | Mapping[str, str], by: str | Sequence[str] | None = None
) -> None:
    """
    A picture whose bars, points or cells open the rows behind them.

    A point's customdata is its group: a name of dimension `by`, or one of each where there are two; `figure` is what
    the chart counts. Without `by` it is a step, and `figure` names the figure of each.
    """
    key = _fresh(key)

    def ask() -> None:
        points = st.session_state[key]["selection"]["points"]
        if not points:
            return
        chosen = points[0]["customdata"]
        if isinstance(figure, str):
            dimensions = [by] if isinstance(by, str) else by or []
            names = [chosen] if isinstance(by, str) else chosen
            _ask(figure, scope, **dict(zip(dimensions, names, strict=True)))
        else:
            _ask(figure[chosen], scope)
        st.session_state[_turn(key)] = key  # the point must not stay chosen: a second click would take the choice back

    components.chart(shown, key=key, on_select=ask)


def button(label: str, figure: str, scope: Scope, *, key: str) -> None:
    """A button that opens the rows behind a figure of the scope."""
    st.button(label, on_click=_ask, args=(figure, scope), key=key, icon=":material/list_alt:", type="secondary")
