"""The province as a grid of ten equal tiles: a map on which Bontang is as easy to read as Kutai Timur."""

from textwrap import wrap
from typing import Any, Final, Literal

import pandas as pd
import plotly.graph_objects as go

from halal_metrics.places import SHORT, TILES
from halal_ui.charts.canvas import bar, empty, figure, legible_on, margin, note, rounded, scatter
from halal_ui.charts.colour_scales import COLOUR_SCALES, ColourScale
from halal_ui.charts.pace_bars import need
from halal_ui.charts.template import SMALL_SIZE, TEXT_SIZE
from halal_ui.look.palette import palette
from halal_ui.words.formats import MISSING, fmt_count, fmt_number, fmt_rate, fmt_signed, is_missing
from halal_ui.words.labels import STATUS_LABEL, UNKNOWN_GROUP

Value = Literal["absorption_rate", "issuance_rate", "gap", "pace_per_week"]

HEIGHT: Final = 540
_TILE, _OUTLINE = 0.94, 0.985  # of a cell; a chosen tile's outline shows between the two
_FOOT_LENGTH, _FOOT_MIDDLE = 0.78, -0.36
_UNKNOWN_CELL, _KEY_CELL = (0, 0), (2, 0)  # (x, y): the free corners beside Berau
_CLEAR: Final = "rgba(0,0,0,0)"
_PARTS: Final = {
    "absorption_rate": ("used", "quota", "planned"),
    "issuance_rate": ("issued", "quota", "planned"),
    "gap": ("done", "quota", "planned"),
    "pace_per_week": ("pace_per_week", "required_per_week", None),
}
"""Figure → the columns of a tile's foot: how long its bar, out of what, where the plan's stroke."""


def kab_kota_tiles(table: pd.DataFrame, *, value: Value, dark: bool = False) -> go.Figure:
    """
    The ten kabupaten/kota coloured by one figure, its number in every tile; the bar at a tile's foot is what
    is done of the quota, with a stroke where the plan is (for a pace: of the pace needed).

    `table`: one row a kab_kota, with the columns of `absorption` and `deadline_gaps`. A place without a
    value, or not in the table, is hatched; what has no place stands in a free corner. The tiles can be
    clicked: a selected point's customdata is the official name.
    """
    if table.empty:
        return empty("Peta kabupaten/kota", "Belum ada kuota atau pengajuan per kabupaten/kota.", dark=dark)
    colour, scale = palette(dark), COLOUR_SCALES[value]
    known = {row.kab_kota: row for row in table.itertuples()}
    rows = [known.get(place) for place in TILES]
    x, y = [column for _, column in TILES.values()], [-row for row, _ in TILES.values()]
    largest = scale.largest(table[value])
    fills = [scale.colour(getattr(row, value, None), largest, colour) for row in rows]
    inks = [legible_on(fill or colour.grid) for fill in fills]
    unplaced = table[table["kab_kota"].isna()].itertuples()
    return figure(
        [
            bar(  # takes the pointer, and frames the tile that is chosen
                **_squares(x, y, _OUTLINE),
                customdata=list(TILES),
                hovertext=[_hover(place, row) for place, row in zip(TILES, rows, strict=True)],
                hovertemplate="%{hovertext}<extra></extra>",
                marker={"color": _CLEAR, "line": {"width": 0}},
                selected={"marker": {"color": colour.ink}},
                unselected={"marker": {"color": _CLEAR}},
            ),
            bar(
                **_squares(x, y, _TILE),
                **_silent(1),
                marker={
                    "color": [fill or colour.grid for fill in fills],
                    "pattern": {"shape": ["" if fill else "/" for fill in fills], "fgcolor": colour.rule},
                    "line": {"color": colour.rule, "width": 1},
                },
            ),
            *_feet(x, y, rows, inks, _PARTS[value]),
        ],
        dark=dark,
        height=HEIGHT,
        barmode="overlay",
        hovermode="closest",
        margin=margin(top=2, right=0, bottom=2, left=0),
        xaxis={"visible": False, "range": [-0.5, 2.5]},
        yaxis={"visible": False, "range": [-3.5, 0.5]},
        annotations=[
            *(
                _words((x, y), SHORT[place], row, value, ink)
                for x, y, place, row, ink in zip(x, y, TILES, rows, inks, strict=True)
            ),
            *(_words(_UNKNOWN_CELL, UNKNOWN_GROUP, row, value, colour.muted) for row in unplaced),
            _key(scale, value, colour.muted),
        ],
    )


def _squares(x: list[int], y: list[int], size: float) -> dict[str, Any]:
    return {"x": x, "y": [size] * len(y), "base": rounded(middle - size / 2 for middle in y), "width": size}


def _silent(opacity: float) -> dict[str, Any]:
    """Neither answers the pointer nor fades when another trace's point is chosen."""
    return {"hoverinfo": "skip", "unselected": {"marker": {"opacity": opacity}}}


def _feet(
    x: list[int], y: list[int], rows: list[Any], inks: list[str], parts: tuple[str, str, str | None]
) -> list[Any]:
    done, planned = ([_share(row, part, parts[1]) for row in rows] for part in (parts[0], parts[2]))
    left = [middle - _FOOT_LENGTH / 2 for middle in x]
    line = {"orientation": "h", "width": 0.06, "y": [middle + _FOOT_MIDDLE for middle in y], "base": left}
    return [
        bar(
            x=[None if share is None else _FOOT_LENGTH for share in done],
            marker={"color": inks, "opacity": 0.28, "line": {"width": 0}},
            **line,
            **_silent(0.28),
        ),
        bar(
            x=rounded(None if share is None else share * _FOOT_LENGTH for share in done),
            marker={"color": inks, "line": {"width": 0}},
            **line,
            **_silent(1),
        ),
        scatter(
            mode="markers",
            x=rounded(
                None if share is None else start + share * _FOOT_LENGTH
                for start, share in zip(left, planned, strict=True)
            ),
            y=line["y"],
            marker={"symbol": "line-ns", "size": 17, "line": {"width": 2.5, "color": inks}},
            **_silent(1),
        ),
    ]


def _share(row: Any, part: str | None, whole: str) -> float | None:
    """part ÷ whole, held between 0 and 1; None where either is not known or the whole is nothing."""
    counted = getattr(row, part, None) if part else None
    of = getattr(row, whole, None)
    if counted is None or of is None or is_missing(counted) or is_missing(of) or of <= 0:
        return None
    return min(max(counted / of, 0.0), 1.0)


def _words(cell: tuple[float, float], name: str, row: Any, value: Value, ink: str) -> dict[str, Any]:
    """Three lines, spaced for the large one in the middle."""
    number = COLOUR_SCALES[value].text(getattr(row, value, None))
    lines = [f"<span style='font-size:{TEXT_SIZE}px'>{name}</span>", f"<b>{number}</b>"]
    if row is not None:
        lines.append(f"<span style='font-size:{SMALL_SIZE}px'>{_second(row, value)}</span>")
    return note("<br>".join(lines), x=cell[0], y=cell[1] + 0.09, xref="x", yref="y", colour=ink, size=24)


def _second(row: Any, value: Value) -> str:
    if value == "gap":
        return f"rencana {fmt_count(row.planned)}"
    if value == "pace_per_week":
        return need(row)
    done, whole, _ = _PARTS[value]
    return f"{fmt_count(getattr(row, done))}/{fmt_count(getattr(row, whole))}"


def _key(scale: ColourScale, value: Value, ink: str) -> dict[str, Any]:
    title = "<br>".join(wrap(scale.title, 14))
    foot = "batang: laju<br>dari yang perlu" if value == "pace_per_week" else "batang: dari kuota<br>garis: rencana"
    text = f"<b>{title}</b><br>{foot}"
    return note(text, x=_KEY_CELL[0], y=_KEY_CELL[1], xref="x", yref="y", colour=ink, size=SMALL_SIZE)


def _hover(place: str, row: Any) -> str:
    if row is None:
        return f"<b>{place}</b><br>belum ada kuota atau pengajuan"
    return (
        f"<b>{place}</b><br>{fmt_count(row.used)} dari {fmt_count(row.quota)} kuota dimanfaatkan"
        f" ({fmt_rate(row.absorption_rate)})"
        f"<br>{fmt_count(row.issued)} sertifikat terbit ({fmt_rate(row.issuance_rate)})"
        f"<br>{fmt_signed(row.gap)} dari rencana {fmt_count(row.planned)}"
        f"<br>{fmt_number(row.pace_per_week)} per pekan, {need(row)}"
        f"<br>{STATUS_LABEL.get(row.status, MISSING)}"
    )
