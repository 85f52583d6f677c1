"""The scope in the sidebar and in the address: a link is a view."""

from collections.abc import Callable
from datetime import date
from typing import Final

import pandas as pd
import streamlit as st

from halal_metrics import institutions, places
from halal_ui.screen import past
from halal_ui.screen.data import current, opening_date
from halal_ui.snapshot.foresight import SHARES
from halal_ui.snapshot.now import Snapshot
from halal_ui.snapshot.scope import Scope
from halal_ui.words.formats import fmt_rate
from halal_ui.words.labels import ALL_LP3H, ALL_PLACES, STEP_SHORT
from halal_ui.words.names import GROUP_LABEL, MEASURE_WORDS

MEASURE_OF: Final = {words.label: measure for measure, words in MEASURE_WORDS.items()}
"""Word on the button → what is counted."""
GROUP_OF: Final = {label: by for by, label in GROUP_LABEL.items()}
"""Word on the button → the column that tells groups apart."""
SHARE_OF: Final = {fmt_rate(share, digits=0): share for share in SHARES}
"""Word on the button → part of the quota."""
_WHOLE_QUOTA: Final = [*SHARE_OF][-1]
STEP_OF: Final = {label: stage for stage, label in STEP_SHORT.items()}
"""Word on the button → the stage that one leaves by that step."""
_FIRST_MEASURE, _FIRST_GROUP, _FIRST_STEP = (next(iter(words)) for words in (MEASURE_OF, GROUP_OF, STEP_OF))
FIRST, LAST = date(2020, 1, 1), date(2035, 12, 31)
_WHOLE: Final = "seluruh"
"""What in an address takes away the filters that it does not name."""


WITHOUT: Final = frozenset({"unggah", "riwayat", "bahan-rapat", "pengaturan"})
"""Paths of the pages that show the same whatever day, place or institution is looked at."""


def sidebar(snapshot: Snapshot, page: str) -> Scope:
    """
    Draws the filters and remembers what is chosen for the page's `scope()`; on a page of WITHOUT there are none, and
    the scope is all that is known. `page`: the page's path.
    """
    opening = opening_date(snapshot)
    if page in WITHOUT:
        st.session_state["page"], st.session_state["scope"] = page, Scope(_latest(snapshot))
        return st.session_state["scope"]
    if st.session_state.get("page") != page:
        st.session_state["page"] = page
        _understand_address(snapshot, opening)
    with st.sidebar:
        as_of = st.date_input("Per tanggal", opening, FIRST, LAST, key="per", format="DD/MM/YYYY", bind="query-params")
        place = st.selectbox(GROUP_LABEL["kab_kota"], [ALL_PLACES, *snapshot.kab_kota], key="kab", bind="query-params")
        lp3h = st.selectbox(GROUP_LABEL["lp3h"], [ALL_LP3H, *snapshot.lp3h], key="lp3h", bind="query-params")
        measure = st.segmented_control(
            "Yang dihitung",
            list(MEASURE_OF),
            default=_FIRST_MEASURE,
            key="ukuran",
            bind="query-params",
            required=True,
        )
    st.session_state["scope"] = Scope(
        as_of=as_of or opening,
        kab_kota=None if place == ALL_PLACES else place,
        lp3h=None if lp3h == ALL_LP3H else lp3h,
        measure=MEASURE_OF[measure or _FIRST_MEASURE],
    )
    return st.session_state["scope"]


def _latest(snapshot: Snapshot) -> date:
    """Today; of invented data, which nobody is to be asked for newer ones of, their newest day."""
    today = past.now().date()
    newest, files = snapshot.stated(today)
    return newest.date() if snapshot.is_demo and files else today


def scope() -> Scope:
    """What the viewer looks at; the frame around every page has drawn the filters already."""
    return st.session_state["scope"]


def measure_label(scope: Scope) -> str:
    """What is counted, as its button says."""
    return MEASURE_WORDS[scope.measure].label


def whole(day: date) -> dict[str, str]:
    """
    The address of a page on which everything of a day is seen, whatever was looked at before.

    It names no filter that stands so anyway, and stays as it is: what is taken out of an address leaves an entry of its
    own in the browser's history, and going back would lead to the same page.
    """
    return {_WHOLE: "ya"} | ({} if day == opening_date(current()) else {"per": day.isoformat()})


def choose_place(chart: str) -> Callable[[], None]:
    """What to do when a tile of that chart is clicked: look at that place."""

    def choose() -> None:
        points = st.session_state[chart]["selection"]["points"]
        if points:
            st.session_state["kab"] = points[0]["customdata"]

    return choose


def choose_all_places() -> None:
    st.session_state["kab"] = ALL_PLACES


def group_by(key: str) -> str:
    """Whether a page tells groups apart by place or by institution."""
    label = st.segmented_control(
        "Menurut", list(GROUP_OF), default=_FIRST_GROUP, key=key, bind="query-params", required=True
    )
    return GROUP_OF[label or _FIRST_GROUP]


def share_of_quota(key: str) -> float:
    """The part of the quota that is to be reached."""
    label = st.segmented_control(
        "Sasaran", list(SHARE_OF), default=_WHOLE_QUOTA, key=key, bind="query-params", required=True
    )
    return SHARE_OF[label or _WHOLE_QUOTA]


def step(key: str) -> str:
    """One of the steps between two stages, to look at alone."""
    label = st.segmented_control(
        "Langkah", list(STEP_OF), default=_FIRST_STEP, key=key, bind="query-params", required=True
    )
    return STEP_OF[label or _FIRST_STEP]


def trial_date(key: str) -> date | None:
    """A target date to try in place of those of the plan; None where none is chosen."""
    return st.date_input(
        "Coba tenggat lain", None, FIRST, LAST, key=key, format="DD/MM/YYYY", bind="query-params", width=260
    )


def _understand_address(snapshot: Snapshot, opening: date) -> None:
    """
    Takes over what the address of a page just come to says, also as people write it by hand (kab=kukar, lp3h=unmul,
    ukuran=issued): Streamlit itself reads an address only when a session begins, and only exact words.
    """
    if st.query_params.get(_WHOLE):
        st.session_state.update(per=opening, kab=ALL_PLACES, lp3h=ALL_LP3H)
    for key, options, resolve in (
        ("kab", [ALL_PLACES, *snapshot.kab_kota], places.resolve),
        ("lp3h", [ALL_LP3H, *snapshot.lp3h], institutions.resolve),
        ("ukuran", list(MEASURE_OF), None),
    ):
        written = st.query_params.get(key)
        if not written:
            continue
        meant = written if written in options else _meant(written, resolve)
        if meant in options:
            st.session_state[key] = meant
    if day := _day(st.query_params.get("per", "")):
        st.session_state["per"] = day


def _day(written: str) -> date | None:
    """
    >>> _day("2025-12-22"), _day("22 Desember"), _day("1999-12-22")
    (datetime.date(2025, 12, 22), None, None)
    """
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if FIRST <= day <= LAST else None


def _meant(written: str, resolve: Callable[[pd.Series], pd.DataFrame] | None) -> str | None:
    if resolve is not None:
        return resolve(pd.Series([written]))["canonical"].iloc[0]
    lower = written.lower()
    return next((word for word, measure in MEASURE_OF.items() if lower in (word.lower(), measure)), None)
