"""What each group has of the quota, has used of it, and has got issued."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from halal_ui.charts.canvas import empty
from halal_ui.charts.labels import coloured, group_keys, group_labels, group_names
from halal_ui.charts.rows import row_bars, row_figure, row_strokes
from halal_ui.look.palette import Palette, palette
from halal_ui.words.formats import fmt_count, fmt_rate


def allocation_bars(table: pd.DataFrame, *, by: Sequence[str], dark: bool = False) -> go.Figure:
    """
    Each group of `absorption`, most left to use first: its quota as a track, in it what is used, and of that
    what is issued. Where more is used than the quota, a stroke shows the quota.
    """
    if table.empty:
        return empty("Alokasi", "Belum ada kuota yang dibagi dan belum ada pengajuan.", dark=dark)
    colour = palette(dark)
    ranked = table.sort_values("remaining", ascending=False, kind="stable")
    rows = list(ranked.itertuples())
    key = (("terbit", colour.issued), ("dimanfaatkan", colour.used), ("kuota", colour.rule))
    return row_figure(
        [
            row_bars(ranked["quota"], colour.rule),
            row_bars(ranked["used"], colour.used),
            row_bars(ranked["issued"], colour.issued),
            row_strokes(ranked["quota"].where(ranked["remaining"] < 0), colour.ink),
        ],
        texts=[_text(name, row, colour) for name, row in zip(group_labels(ranked, by), rows, strict=True)],
        hovers=[_hover(name, row) for name, row in zip(group_names(ranked, by), rows, strict=True)],
        span=(0, max(1, ranked["quota"].max(), ranked["used"].max())),
        dark=dark,
        keys=group_keys(ranked, by),
        headings={0: "  ".join(f"{coloured('■', paint)} {word}" for word, paint in key)},
    )


def _text(name: str, row: Any, colour: Palette) -> str:
    used = coloured(f"<b>{fmt_count(row.used)}</b>", colour.used)
    issued = coloured(f"<b>{fmt_count(row.issued)}</b>", colour.issued)
    return f"<b>{name}</b>  {used} dari {fmt_count(row.quota)} · terbit {issued} · {_left(row.remaining)}"


def _left(remaining: int) -> str:
    return f"sisa {fmt_count(remaining)}" if remaining >= 0 else f"lebih {fmt_count(-remaining)}"


def _hover(name: str, row: Any) -> str:
    return (
        f"{name}<br>{fmt_count(row.used)} dari {fmt_count(row.quota)} kuota dimanfaatkan"
        f" ({fmt_rate(row.absorption_rate)}), {_left(row.remaining)}"
        f"<br>{fmt_count(row.issued)} sertifikat terbit ({fmt_rate(row.issuance_rate)} dari kuota,"
        f" {fmt_rate(row.conversion_rate)} dari yang dimanfaatkan)"
    )
