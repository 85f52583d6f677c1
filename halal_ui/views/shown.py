"""A picture with its words, and a table to look at and to take away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from halal_ui.columns import COLUMNS, Columns
from halal_ui.tables import to_html


@dataclass(frozen=True)
class Chart:
    """`alt` says what is to be seen, for those who do not see it."""

    figure: go.Figure
    alt: str


@dataclass(frozen=True)
class Table:
    """`name` begins the names of its files; `links` and `total` are those of `tables.to_html`."""

    frame: pd.DataFrame
    caption: str
    name: str
    columns: Columns = field(default_factory=lambda: COLUMNS)
    links: Sequence[str] | None = None
    total: Mapping[str, Any] | None = None

    @cached_property
    def html(self) -> str:
        return to_html(self.frame, caption=self.caption, columns=self.columns, links=self.links, total=self.total)
