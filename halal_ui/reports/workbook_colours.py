"""Colours of a workbook's cells that follow their values, so that they stay right when rows are sorted."""

from collections.abc import Sequence
from typing import Final

import pandas as pd
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from halal_ui.look.palette import LIGHT
from halal_ui.words.columns import Column
from halal_ui.words.labels import STATUS_LABEL
from halal_ui.words.notes import ACTION_STATUS

_WORDS: Final = {label: getattr(LIGHT, status) for status, label in STATUS_LABEL.items()} | {
    ACTION_STATUS["done"]: LIGHT.done,
    ACTION_STATUS["doing"]: LIGHT.on_track,
    ACTION_STATUS["todo"]: LIGHT.behind,
    ACTION_STATUS["cancelled"]: LIGHT.muted,
}
"""Word of a status → its colour. The word stands in the cell, so colour is never alone."""


def colour(
    book: Workbook, sheet: Worksheet, frame: pd.DataFrame, columns: Sequence[Column], *, top: int, total: bool
) -> None:
    """Of a table whose head stands in row `top`: a status in its colour, a lag in orange, a rate as a bar."""
    last = top + len(frame) + total
    if frame.empty:
        return
    below = book.add_format({"font_color": LIGHT.behind})
    words = {word: book.add_format({"font_color": shade, "bold": True}) for word, shade in _WORDS.items()}
    for place, (name, column) in enumerate(zip(frame, columns, strict=True)):
        area = (top + 1, place, last, place)
        if name == "status":
            for word, style in words.items():
                sheet.conditional_format(
                    *area, {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": style}
                )
        elif column.kind in ("signed", "points"):
            sheet.conditional_format(*area, {"type": "cell", "criteria": "<", "value": 0, "format": below})
        elif column.kind == "rate":
            sheet.conditional_format(
                *area,
                {
                    "type": "data_bar",
                    "bar_color": _pale(getattr(LIGHT, column.tone)),
                    "bar_solid": True,
                    "bar_no_border": True,
                    "min_type": "num",
                    "min_value": 0,
                    "max_type": "num",
                    "max_value": 1,
                },
            )


def _pale(colour: str) -> str:
    """
    A colour that a number can be read upon.

    >>> _pale("#000000")
    '#a6a6a6'
    """
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{255 - round((255 - part) * 0.35):02x}" for part in parts)
