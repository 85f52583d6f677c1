"""What pages are made of: question and answer, picture, table to take away, how it is computed."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, time
from html import escape
from typing import Final, TypeVar

import streamlit as st

from halal_metrics.definitions import of
from halal_store import StoreError
from halal_ui import sentences
from halal_ui.charts.template import CONFIG
from halal_ui.exports.table import to_csv, to_xlsx
from halal_ui.look.page import TOUCH_SCRIPT, style
from halal_ui.look.tables import SORT_SCRIPT, STYLE
from halal_ui.screen import data, nik, past
from halal_ui.snapshot.foresight import Foresight
from halal_ui.snapshot.now import Snapshot
from halal_ui.snapshot.scope import Scope
from halal_ui.views.glossary import Entry
from halal_ui.views.shown import Chart, Table
from halal_ui.views.summary import Summary
from halal_ui.words.names import place

Awaited = TypeVar("Awaited")

LOOK_AGAIN: Final = 1.0
"""Seconds until a page that waits for a figure asks for it again."""


@contextmanager
def without_traceback() -> Iterator[None]:
    """Says in one sentence that something went wrong; the log has the rest. A rerun or `st.stop` passes through."""
    try:
        yield
    except StoreError as refused:
        logging.getLogger(__name__).exception("the store refuses: %s", refused.code)
        st.error(str(refused), icon=":material/error:")
    except Exception:
        logging.getLogger(__name__).exception("a page could not be shown")
        st.error(
            "Halaman ini belum dapat ditampilkan karena ada gangguan pada aplikasi. Tidak ada data yang hilang: "
            "muat ulang halaman, dan bila tetap terjadi sampaikan kepada pengelola.",
            icon=":material/error:",
        )


def frame(snapshot: Snapshot, scope: Scope) -> None:
    """Above every page: the stylesheet, whether data are invented and how fresh they are, whether one looks back."""
    mark = f'<span class="mark">{escape(snapshot.programme.demo_mark)}</span>' if snapshot.is_demo else ""
    fresh = sentences.data_as_of(*snapshot.stated(scope.as_of), scope.as_of)
    st.html(
        f"{style(st.context.theme.type == 'dark')}{STYLE}{SORT_SCRIPT}{TOUCH_SCRIPT}"
        f'<div class="strip">{mark}<b>{escape(snapshot.programme.name)}</b><span>{escape(fresh)}</span></div>',
        unsafe_allow_javascript=True,
    )
    nik.tell()
    moment = snapshot.known_at
    frozen = () if moment is None else (meeting.id for meeting in data.meetings() if meeting.known_at == moment)
    past.banner(moment, next(iter(frozen), ""))


def question(text: str, *, answer: str, scope: Scope | None = None, more: str = "", below: str = "") -> None:
    """
    The page's question as title, the one sentence that answers it, the scope in words, where the page has one; `below`:
    more html.
    """
    further = f'<p class="answer">{escape(more)}</p>' if more else ""
    seen = f'<p class="seen">{escape(scope.in_words)}</p>' if scope else ""
    st.html(f'<h1 class="question">{escape(text)}</h1><p class="answer">{escape(answer)}</p>{further}{seen}{below}')


def section(title: str, note: str = "") -> None:
    """A heading within the page, and what there is to know before looking."""
    aside = f'<p class="aside">{escape(note)}</p>' if note else ""
    st.html(f'<h2 class="section">{escape(title)}</h2>{aside}')


def said(text: str) -> None:
    """A sentence of its own; nothing where there is none."""
    if text:
        st.html(f'<p class="holders">{escape(text)}</p>')


def chart(shown: Chart, *, key: str, on_select: Callable[[], None] | None = None) -> None:
    """A picture. `on_select` is called when one of its points is clicked."""
    st.plotly_chart(
        shown.finished,
        key=key,
        alt=shown.alt,
        theme=None,
        config=CONFIG,
        on_select=on_select or "ignore",
        selection_mode="points",
    )


def table(shown: Table, scope: Scope, *, beside: Callable[[str], None] | None = None) -> None:
    """The table behind a picture, and the same to take away. `beside`: draws more buttons, given the table's name."""
    st.html(shown.html)
    take_away(shown, scope, beside=beside)


def take_away(shown: Table, scope: Scope, *, beside: Callable[[str], None] | None = None) -> None:
    """A table as a workbook and as text."""
    name = f"{shown.name}-{scope.as_of:%Y-%m-%d}"
    # made when asked for, and without running the page again
    with st.container(horizontal=True):
        st.download_button(
            "Unduh Excel",
            lambda: to_xlsx(
                shown.frame,
                title=shown.caption,
                notes=[scope.in_words],
                created=datetime.combine(scope.as_of, time()),
                columns=shown.columns,
                metrics=shown.metrics,
            ),
            f"{name}.xlsx",
            key=f"{shown.name}-xlsx",
            on_click="ignore",
            icon=":material/table:",
        )
        st.download_button(
            "Unduh CSV",
            lambda: to_csv(shown.frame, columns=shown.columns),
            f"{name}.csv",
            key=f"{shown.name}-csv",
            on_click="ignore",
            icon=":material/download:",
        )
        if beside is not None:
            beside(shown.name)


def holders(shown: Summary) -> None:
    """Who holds most of the gap, the places with a link to their page; and which institutions have gone quiet."""
    st.html("".join(f'<p class="holders">{escape(told)}</p>' for told in (*shown.holders.values(), shown.quiet)))
    with st.container(horizontal=True):
        for name in shown.places:
            st.page_link(
                "pages/monitor/kab_kota.py",
                label=place(name),
                icon=":material/arrow_forward:",
                query_params={"kab": name},  # the rest of the address goes along by itself
            )


def when_foreseen(scope: Scope) -> Foresight | None:
    """What is to come, seen from the scope's day; while it is being figured None, and `when_ready` in its place."""
    return when_ready(lambda: data.foresight(scope), "Ramalan sedang dihitung …")


def when_ready(find: Callable[[], Awaited | None], waiting: str) -> Awaited | None:
    """
    What `find` finds. While that is None, a quiet line stands in its place and the page comes again by itself once
    it is there; nothing that the viewer has chosen is lost by it.
    """
    found = find()
    if found is not None:
        return found

    # only this line asks again and again, and not the page
    @st.fragment(run_every=LOOK_AGAIN)
    def line() -> None:
        if _is_there(find):
            st.rerun()
        st.html(f'<p class="awaited" role="status">{escape(waiting)}</p>')

    line()
    return None


def _is_there(find: Callable[[], object]) -> bool:
    """Whether there is something to show, be it that it has failed, which the page says in its own way."""
    try:
        return find() is not None
    except Exception:
        return True


def definitions(entries: list[Entry]) -> None:
    """Figures with formula, rules at the edge, source, and today's numbers."""
    st.html(f'<dl class="definitions">{"".join(map(_entry, entries))}</dl>')


def _entry(entry: Entry) -> str:
    definition = entry.definition
    unit = f" <small>{escape(definition.unit)}</small>" if definition.unit else ""
    lines = [
        ("Rumus", definition.formula),
        ("Hari ini", entry.today),
        ("Aturan", " ".join(definition.edges)),
        ("Sumber", definition.source),
    ]
    told = "".join(f"<p><b>{name}</b> {escape(text)}</p>" for name, text in lines if text)
    return f"<dt>{escape(definition.name)}{unit}</dt><dd>{told}</dd>"


def how_computed(*tables: Table, more: tuple[str, ...] = ()) -> None:
    """The definitions of the metrics these tables come from, folded away; `more`: those of the pictures beside them."""
    with st.expander("Cara menghitung", icon=":material/calculate:"):
        st.markdown(formulas(*tables, more=more))
        st.page_link("pages/data/definitions.py", label="Semua definisi, dengan angka hari ini")


def formulas(*tables: Table, more: tuple[str, ...] = ()) -> str:
    """What `how_computed` says: metrics in the order of the tables, each once, then `more`."""
    metrics = dict.fromkeys([*(metric for table in tables for metric in table.metrics), *more])
    return "\n".join(
        f"- **{definition.name}** = {definition.formula}. {' '.join(definition.edges)}"
        for metric in metrics
        for definition in of(metric)
        if definition.formula
    )
