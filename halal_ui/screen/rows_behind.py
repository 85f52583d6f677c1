"""
From a figure to its rows: a click on a chart, or a button, opens them over the page.

What is asked for waits in the session state until the page's last line, where `opened` draws it. A dialog is a
fragment: what is chosen in it runs again without the page behind it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from html import escape, unescape
from math import ceil
from typing import Final

import pandas as pd
import streamlit as st

from halal_ui.look.tables import to_html
from halal_ui.screen import components, data, past
from halal_ui.snapshot.now import Snapshot
from halal_ui.snapshot.scope import Scope
from halal_ui.views.drilldown import DONE, FIGURES, RECENT, Asked, Rows, left_out, rows_behind
from halal_ui.views.shown import Chart, Table
from halal_ui.words.formats import fmt_count
from halal_ui.words.labels import ALL_LP3H, ALL_PLACES
from halal_ui.words.names import GROUP_LABEL

MOST: Final = 100
"""Rows shown at once: a browser lays out a table of thousands slowly."""

FILES: Final = 6
"""Files that are linked by name; of more, the history has the list."""

_ASKED, _TURNS = "baris diminta", "baris ke"
_ICON: Final = ":material/list_alt:"
_FIGURE, _PLACE, _LP3H = "baris-angka", "baris-kab", "baris-lp3h"


def chart(shown: Chart, scope: Scope, *, key: str, figure: str | Mapping[str, str], by: Sequence[str] = ()) -> None:
    """A picture whose bars, points or cells open the rows behind them; `figure` and `by` are those of `meant`."""
    turn = st.session_state.get(_turn(key), 0)
    drawn = f"{key}-{turn}"

    def ask() -> None:
        points = st.session_state[drawn]["selection"]["points"]
        if points:
            name, group = meant(points[0]["customdata"], figure, by)
            _ask(name, scope, **group)
            # a new chart, with no point chosen: to click the same one again would only take the choice back
            st.session_state[_turn(key)] = turn + 1

    components.chart(shown, key=drawn, on_select=ask)


def meant(
    customdata: str | Sequence[str], figure: str | Mapping[str, str], by: Sequence[str]
) -> tuple[str, dict[str, str]]:
    """
    The figure and the group that a point of a chart stands for.

    >>> meant("Kota Bontang", "used", ["kab_kota"])
    ('used', {'kab_kota': 'Kota Bontang'})
    >>> meant(["issued", "PWI &amp; Co"], {"issued": "issued"}, ["lp3h"])
    ('issued', {'lp3h': 'PWI & Co'})

    `figure` names it, or the one of each step, and then the step comes first; the names of `by` follow, as plotly text.
    """
    parts = [customdata] if isinstance(customdata, str) else list(customdata)
    name = figure if isinstance(figure, str) else figure[parts.pop(0)]
    return name, dict(zip(by, map(unescape, parts), strict=True))


def buttons(scope: Scope, *, key: str) -> None:
    """A line of buttons for the headline figures of the scope: used, issued, and what the last weeks brought."""
    labels = {name: FIGURES[name].label for name in DONE.values()} | {RECENT[scope.measure]: "4 pekan terakhir"}
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html('<p class="aside">Lihat baris:</p>', width="content")
        for figure, label in labels.items():
            st.button(label, on_click=_ask, args=(figure, scope), key=f"{key}-{figure}", type="tertiary", icon=_ICON)


def beside(scope: Scope, figure: str = "used") -> Callable[[str], None]:
    """For the buttons under a table: one that opens the rows of a figure; others can be chosen there."""

    def draw(name: str) -> None:
        st.button("Lihat baris", on_click=_ask, args=(figure, scope), key=f"{name}-baris", icon=_ICON)

    return draw


def opened(scope: Scope) -> None:
    """Draws the rows that were asked for in this run, if any; the last line of a page."""
    if st.session_state.pop(_ASKED, False):
        st.dialog("Baris di balik angka", width="large", icon=_ICON)(_rows)(scope)


def _ask(figure: str, scope: Scope, *, kab_kota: str | None = None, lp3h: str | None = None) -> None:
    st.session_state[_FIGURE] = figure
    st.session_state[_PLACE] = kab_kota or scope.kab_kota or ALL_PLACES
    st.session_state[_LP3H] = lp3h or scope.lp3h or ALL_LP3H
    st.session_state[_ASKED] = True


def _turn(key: str) -> str:
    return f"{_TURNS} {key}"


def _rows(scope: Scope) -> None:
    with components.without_traceback():
        snapshot, head = data.current(), st.container()
        asked = _choose(snapshot)
        found = rows_behind(snapshot.tables, asked, scope.as_of)
        out = left_out(snapshot.tables.of_others().applications, asked)
        notes = "".join(f'<p class="answer">{escape(note)}</p>' for note in [*found.notes, *out])
        head.html(f'<h2 class="section" role="status">{escape(found.headline)}</h2>{notes}')
        there = replace(scope, kab_kota=asked.kab_kota, lp3h=asked.lp3h)
        if found.recaps is not None:
            listed(found.recaps, there, "baris rekap", key=f"{asked}")
        if len(found.table.frame) or found.recaps is None:
            listed(found.table, there, "baris", key=f"{asked}")
        _files(found, snapshot)


def _choose(snapshot: Snapshot) -> Asked:
    figure, place, lp3h = st.columns([2, 1, 1])
    with figure:
        chosen = st.selectbox("Angka", list(FIGURES), format_func=lambda name: FIGURES[name].label, key=_FIGURE)
    with place:
        kab_kota = st.selectbox(GROUP_LABEL["kab_kota"], _options(ALL_PLACES, snapshot.kab_kota, _PLACE), key=_PLACE)
    with lp3h:
        institution = st.selectbox(GROUP_LABEL["lp3h"], _options(ALL_LP3H, snapshot.lp3h, _LP3H), key=_LP3H)
    return Asked(
        chosen,
        kab_kota=None if kab_kota == ALL_PLACES else kab_kota,
        lp3h=None if institution == ALL_LP3H else institution,
    )


def _options(every: str, names: list[str], key: str) -> list[str]:
    """The names to choose from, with what is chosen: a chart may show a group that has no quota and counts nothing."""
    options = [every, *names]
    chosen = st.session_state.get(key, every)
    return options if chosen in options else [*options, chosen]


def listed(table: Table, scope: Scope, what: str, *, key: str) -> None:
    """A long table page by page, and all of it to take away; `what` are its rows, `key` tells it from others."""
    pages, page = ceil(len(table.frame) / MOST), 1
    place = st.container()
    if pages > 1:
        page = st.pagination(pages, key=f"halaman {table.name} {key}")
    first = (page - 1) * MOST
    part = table.frame.iloc[first : first + MOST]
    caption = f"{fmt_count(len(table.frame))} {what}"
    if pages > 1:
        caption += f", di sini {fmt_count(first + 1)} sampai {fmt_count(first + len(part))}"
    with place:
        st.html(to_html(part, caption=caption, columns=table.columns))
    if len(part):
        components.take_away(table, scope)


def _plain(text: str) -> str:
    """
    A name as a label shows it: Streamlit reads a label as Markdown.

    >>> _plain("rekap_[1].xlsx")
    'rekap\\\\_\\\\[1\\\\].xlsx'
    """
    return re.sub(r"([\\`*_\[\]$:~])", r"\\\1", text)


def _files(found: Rows, snapshot: Snapshot) -> None:
    """Where the rows come from: each file with a link to its upload; where several bear its name, to each of them."""
    uploads = snapshot.counting[["filename", "upload_id", "received_at"]]
    known = found.files[found.files.index.isin(uploads["filename"])]
    if known.empty:
        return
    st.html('<p class="aside">Berkas asal, dengan berkas aslinya dan riwayatnya:</p>')
    with st.container(horizontal=True):
        for filename, rows in known.head(FILES).items():
            same_name = uploads[uploads["filename"] == filename]
            for upload in same_name.tail(FILES).itertuples():
                told = f"{fmt_count(rows)} baris"
                if len(same_name) > 1:
                    came = past.in_words(pd.Timestamp(str(upload.received_at)))
                    told = f"diterima {came}; {len(same_name)} berkas bernama ini, bersama {told}"
                st.page_link(
                    "pages/data/history.py",
                    label=f"{_plain(str(filename))} ({told})",
                    icon=":material/description:",
                    query_params={"unggahan": upload.upload_id},
                )
        if len(known) > FILES:
            st.page_link("pages/data/history.py", label=f"{len(known) - FILES} berkas lain di Riwayat")
