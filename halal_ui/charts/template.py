"""The plotly settings that every chart shares."""

from functools import cache
from typing import Any, Final

from halal_ui.look.palette import palette
from halal_ui.words.formats import DAYS, MONTHS, SHORT_DAYS, SHORT_MONTHS

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
