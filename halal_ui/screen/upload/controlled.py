"""Widgets that show what holds for a file, and say what it was changed to."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from halal_ui.intake.choices import Choices
from halal_ui.intake.item import UploadItem


def choose(item: UploadItem, choices: Choices) -> None:
    """What follows is read and checked anew at the next run; what was typed and not checked yet stays."""
    item.choices = choices


def controlled(
    key: str, value: Any, set_to: Callable[[Any], Any], draw: Callable[[str, Callable[[], None]], Any]
) -> None:
    """
    A widget that shows what holds, whoever changed it, and says what it was changed to: the file is the truth, not
    the widget, whose own memory ends when the page is left.
    """
    st.session_state[key] = value
    draw(key, lambda: set_to(st.session_state[key]))
