"""
The least that a page with the same elements can cost: everything is made beforehand, nothing is looked up.

The elements are those recorded from a page of the product (`serving.py` writes them to BARE_ELEMENTS), shown one
under the other by the same Streamlit calls, in a menu of as many pages (BARE_PAGES).
"""

import os
from pathlib import Path

import streamlit as st
from recorded import Element, calls

from halal_ui.turns import one_at_a_time


@st.cache_resource
def elements() -> list[Element]:
    return calls(Path(os.environ["BARE_ELEMENTS"]))


def body() -> None:
    for show, arguments, options in elements():
        show(*arguments, **options)


def other() -> None:
    """A page of the menu that nobody opens."""


st.set_page_config(layout="wide")
others = [
    st.Page(other, title=f"{number}", url_path=f"p{number}") for number in range(1, int(os.environ["BARE_PAGES"]))
]
page = st.navigation([st.Page(body, title="0", default=True), *others], position="top")
with one_at_a_time():
    page.run()
