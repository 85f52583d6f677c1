"""Names as the charts write them: short, safe, and never blank."""

from collections.abc import Sequence
from html import escape
from typing import Any, Final

import pandas as pd

from halal_metrics import institutions, places
from halal_ui.words.formats import is_missing
from halal_ui.words.labels import UNKNOWN_GROUP

SHORT: Final = {**places.SHORT, **institutions.SHORT}

LONGEST: Final = 13
"""Letters of a label on a phone. An institution we do not know is kept as written, which may be a sentence."""


def label(name: Any) -> str:
    """
    The short name of a kabupaten/kota or LP3H, as plotly text.

    >>> label("Kabupaten Kutai Timur"), label(None), label("LP3H <Baru> Kaltim")
    ('Kutim', 'Belum dirinci', 'LP3H &lt;Baru&gt; …')
    """
    if is_missing(name):
        return UNKNOWN_GROUP
    short = SHORT.get(name) or str(name)
    return escape(short if len(short) <= LONGEST else f"{short[: LONGEST - 1]}…", quote=False)


def full_name(name: Any) -> str:
    """The official name, as plotly text."""
    return UNKNOWN_GROUP if is_missing(name) else escape(name, quote=False)


def group_labels(table: pd.DataFrame, by: Sequence[str]) -> list[str]:
    """One label a row; of two columns, "Kutim · Unmul"."""
    return _joined(table, by, label)


def group_keys(table: pd.DataFrame, by: Sequence[str]) -> list[Any]:
    """What a click on a row stands for: its group's full name, as plotly text; of two columns, both."""
    columns = [[full_name(name) for name in table[column]] for column in by]
    return columns[0] if len(columns) == 1 else [list(names) for names in zip(*columns, strict=True)]


def group_names(table: pd.DataFrame, by: Sequence[str]) -> list[str]:
    """One full name a row, in bold: the first line of a hover."""
    return [f"<b>{name}</b>" for name in _joined(table, by, full_name)]


def coloured(text: str, colour: str) -> str:
    """Part of a plotly text in its own colour."""
    return f"<span style='color:{colour}'>{text}</span>"


def _joined(table: pd.DataFrame, by: Sequence[str], write: Any) -> list[str]:
    columns = [[write(name) for name in table[column]] for column in by]
    return [" · ".join(names) for names in zip(*columns, strict=True)] or ["Seluruh program"] * len(table)
