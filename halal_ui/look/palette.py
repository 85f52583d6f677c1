"""
Colours, status words and the plotly settings that every chart shares.

A colour always means the same thing: quota grey, used blue, issued green, behind orange, late red. The set
stays apart for the colour-blind (blue against orange and red; green never against red alone), and a colour
never speaks alone: each status has its own mark and word.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from halal_ui.words.formats import DAYS, MONTHS, SHORT_DAYS, SHORT_MONTHS

Ramp = tuple[str, str] | tuple[str, str, str]


@dataclass(frozen=True)
class Palette:
    """
    One mode's colours as #rrggbb; all but `grid`, `rule` and ramps are legible as text on `surface`, `page`.

    The last six fields are named as the deadline statuses: `getattr(palette(dark), "late")`.
    """

    page: str
    """Behind everything."""
    surface: str
    """Behind a card, the sidebar, a hover label."""
    ink: str
    muted: str
    grid: str
    rule: str
    """The track of a bar, the border of a tile: seen, but without meaning."""
    quota: str
    used: str
    issued: str
    used_ramp: Ramp
    """From none to all of the quota used."""
    issued_ramp: Ramp
    gap_ramp: Ramp
    """From behind the plan, over on it, to ahead of it."""
    done: str
    on_track: str
    watch: str
    behind: str
    critical: str
    late: str


LIGHT: Final = Palette(
    page="#ffffff",
    surface="#f5f7f9",
    ink="#17212b",
    muted="#55606b",
    grid="#e4e8ec",
    rule="#d3d9df",
    quota="#646e79",
    used="#0a5fae",
    issued="#0b7a53",
    used_ramp=("#e6f0fa", "#0a4f94"),
    issued_ramp=("#e3f4ed", "#0a6344"),
    gap_ramp=("#b4470a", "#edf0f3", "#0a6c8a"),
    done="#0b7a53",
    on_track="#0a6c8a",
    watch="#836000",
    behind="#b04f08",
    critical="#b93a0c",
    late="#b3201f",
)

DARK: Final = Palette(
    page="#0f151b",
    surface="#1a222b",
    ink="#eef2f6",
    muted="#a9b4bf",
    grid="#2b353f",
    rule="#3a4652",
    quota="#98a3ae",
    used="#5fb0f5",
    issued="#3ecf97",
    used_ramp=("#1c2c3d", "#5fb0f5"),
    issued_ramp=("#193129", "#3ecf97"),
    gap_ramp=("#f08a3c", "#27313b", "#4db8d8"),
    done="#3ecf97",
    on_track="#5cc9e6",
    watch="#e3bb3f",
    behind="#f59a4a",
    critical="#ff9166",
    late="#ff7d73",
)


def palette(dark: bool) -> Palette:
    """
    >>> palette(dark=True) is DARK
    True
    """
    return DARK if dark else LIGHT


STATUS_LABEL: Final = {
    "done": "Selesai",
    "on_track": "Sesuai rencana",
    "watch": "Waspada",
    "behind": "Tertinggal",
    "critical": "Kritis",
    "late": "Lewat tenggat",
}
"""Deadline status → the word on screen, from best to worst."""

STATUS_MARK: Final = {
    "done": "✓",
    "on_track": "●",
    "watch": "◆",
    "behind": "▽",
    "critical": "▼",
    "late": "✕",
}
"""Deadline status → a mark of its own shape, so that colour is never alone."""


STAGE_LABEL: Final = {
    "quota": "Kuota",
    "submitted": "Diajukan (dimanfaatkan)",
    "verified": "Terverifikasi",
    "fatwa": "Di Komite Fatwa",
    "decided": "Ditetapkan",
    "issued": "Terbit",
}

STAGE_SHORT: Final = {**STAGE_LABEL, "submitted": "Dimanfaatkan", "fatwa": "Komite Fatwa"}
"""The same where there is little room."""

WAITING_LABEL: Final = {
    "submitted": "Menunggu verifikasi",
    "verified": "Menunggu dikirim ke Komite Fatwa",
    "fatwa": "Menunggu sidang fatwa",
    "decided": "Menunggu sertifikat terbit",
    "returned": "Dikembalikan untuk dilengkapi",
}
"""Stage an application stands at → what it waits for."""

ACTOR_LABEL: Final = {
    "lp3h": "LP3H dan pendamping",
    "bpjph": "BPJPH",
    "komite_fatwa": "Komite Fatwa",
    "business": "Pelaku usaha",
}
"""Whose step it is."""

UNKNOWN_GROUP: Final = "Belum dirinci"
"""A kabupaten/kota or LP3H that the sheets do not name."""

FONT: Final = '"Source Sans", "Source Sans Pro", "Segoe UI", Roboto, sans-serif'
"""Streamlit's own face first, so that a chart reads as part of its page."""

TEXT_SIZE, SMALL_SIZE = 15, 14
"""Pixels: from the back of a room nothing smaller is read, and on a phone nothing larger fits."""

SEPARATORS: Final = ",."
"""layout.separators: decimal, then thousands."""


@cache
def template(dark: bool) -> dict[str, Any]:
    """
    What every figure has in common, as a plotly template: a tenth of the size of the one plotly brings.

    >>> template(dark=False)["layout"]["font"]["size"]
    15
    """
    colour = palette(dark)
    axis = {
        "automargin": True,
        "fixedrange": True,  # nothing to zoom into, and a finger on a phone scrolls the page instead
        "gridcolor": colour.grid,
        "linecolor": colour.rule,
        "zeroline": False,
        "tickfont": {"color": colour.muted, "size": SMALL_SIZE},
    }
    return {
        "layout": {
            "font": {"family": FONT, "size": TEXT_SIZE, "color": colour.ink},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "hoverlabel": {
                "bgcolor": colour.surface,
                "bordercolor": colour.rule,
                "font": {"family": FONT, "size": TEXT_SIZE, "color": colour.ink},
                "align": "left",
            },
            "showlegend": False,
            "dragmode": False,
            "xaxis": axis,
            "yaxis": axis,
        }
    }


CONFIG: Final[dict[str, Any]] = {
    "displayModeBar": False,
    "responsive": True,
    "showTips": False,
    "locale": "id",
    "locales": {  # not in plotly's bundle, and nothing may be fetched
        "id": {
            "dictionary": {"Autoscale": "Skala otomatis", "Reset axes": "Atur ulang sumbu"},
            "format": {
                "days": DAYS,
                "shortDays": SHORT_DAYS,
                "months": MONTHS,
                "shortMonths": SHORT_MONTHS,
                "periods": ["AM", "PM"],
                "dateTime": "%A, %-d %B %Y %X",
                "date": "%d/%m/%Y",
                "time": "%H.%M.%S",
                "decimal": ",",
                "thousands": ".",
                "grouping": [3],
                "currency": ["Rp", ""],
                "year": "%Y",
                "month": "%b %Y",
                "dayMonth": "%-d %b",
                "dayMonthYear": "%-d %b %Y",
            },
        }
    },
}
"""For st.plotly_chart(config=…)."""
