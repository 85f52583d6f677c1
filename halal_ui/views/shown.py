"""A picture with its words, and a table to look at and to take away."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from halal_ui.look.tables import to_html
from halal_ui.words.columns import COLUMNS, Columns


class Finished(go.Figure):
    """
    A figure nobody changes any more. Streamlit asks a figure for a copy of itself as plain values at every run of a
    page, which takes longer than all else about it; this one hands out the same plain values each time.
    """

    def __init__(self, figure: go.Figure) -> None:
        super().__init__(figure)
        self._plain = json.loads(figure.to_json())

    def to_dict(self) -> dict[str, Any]:
        return self._plain


@dataclass(frozen=True)
class Chart:
    """`alt` says what is to be seen, for those who do not see it."""

    figure: go.Figure
    alt: str

    @cached_property
    def finished(self) -> Finished:
        return Finished(self.figure)


@dataclass(frozen=True)
class Table:
    """
    `name` begins the names of its files; `links` and `total` are those of `tables.to_html`; `metrics` the functions it
    comes from, which are explained beside it and in its files.
    """

    frame: pd.DataFrame
    caption: str
    name: str
    columns: Columns = field(default_factory=lambda: COLUMNS)
    links: Sequence[str] | None = None
    total: Mapping[str, Any] | None = None
    metrics: tuple[str, ...] = ()

    @cached_property
    def html(self) -> str:
        return to_html(self.frame, caption=self.caption, columns=self.columns, links=self.links, total=self.total)
