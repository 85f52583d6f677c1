"""Charts of a meeting's workbook: native, reading the cells beside them, to be changed by whoever opens it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from xlsxwriter.chart import Chart
from xlsxwriter.workbook import Workbook

from halal_ui.exports.worksheet import FORMATS
from halal_ui.look.palette import LIGHT

_FONT: Final = {"name": "Calibri", "size": 10, "color": LIGHT.ink}
_QUIET: Final = {"name": "Calibri", "size": 9, "color": LIGHT.muted}
_COUNT: Final = FORMATS["count"]


@dataclass(frozen=True)
class Cells:
    """Where a table stands: its worksheet's name, the row of its head (from 0), its frame."""

    sheet: str
    top: int
    frame: pd.DataFrame

    def column(self, name: str) -> list[Any]:
        """A column's cells as xlsxwriter takes them."""
        place = self.frame.columns.get_loc(name)
        return [self.sheet, self.top + 1, place, self.top + len(self.frame), place]

    def head(self, name: str) -> list[Any]:
        """Its header, which names a series."""
        return [self.sheet, self.top, self.frame.columns.get_loc(name)]


def s_curve(book: Workbook, cells: Cells) -> Chart:
    """Planned, used and issued over the days."""
    chart = _new(book, "line")
    drawn = (("planned", LIGHT.quota, "dash"), ("submitted", LIGHT.used, "solid"), ("issued", LIGHT.issued, "solid"))
    for name, colour, dash in drawn:
        _add(chart, cells, "date", name, line={"color": colour, "width": 2.25, "dash_type": dash})
    chart.set_x_axis(
        {
            "date_axis": True,
            "num_format": "[$-421]d mmm",
            "major_unit": 1,
            "major_unit_type": "months",
            "num_font": _QUIET,
            "line": {"color": LIGHT.rule},
        }
    )
    chart.set_y_axis(_scale("Pengajuan dan sertifikat, kumulatif"))
    chart.show_blanks_as("gap")
    return _finished(chart, "Kurva S: rencana, dimanfaatkan dan terbit", (860, 400))


def groups(book: Workbook, cells: Cells) -> Chart:
    """Quota, used and issued of each group."""
    drawn = (("quota", LIGHT.rule), ("used", LIGHT.used), ("issued", LIGHT.issued))
    return _bars(book, cells, cells.frame.columns[0], drawn, "Kuota, dimanfaatkan dan terbit")


def paces(book: Workbook, cells: Cells) -> Chart:
    """What each does a week, beside what it must do."""
    drawn = (("required_per_week", LIGHT.rule), ("pace_per_week", LIGHT.used))
    return _bars(book, cells, cells.frame.columns[0], drawn, "Perlu per pekan, dan laju empat pekan terakhir", "number")


def funnel(book: Workbook, cells: Cells) -> Chart:
    """How many reached each stage."""
    return _bars(book, cells, "stage", (("reached", LIGHT.used),), "Mencapai tahap")


def waiting(book: Workbook, cells: Cells) -> Chart:
    """How many wait, and for what."""
    return _bars(book, cells, "stage", (("waiting", LIGHT.behind),), "Menunggu apa")


def pareto(book: Workbook, cells: Cells) -> Chart:
    """Certificates at stake, the most first, and the share of all so far."""
    chart = _new(book, "column")
    _add(chart, cells, "category", "at_stake", fill={"color": LIGHT.behind}, gap=60, **_labels("count"))
    line = _new(book, "line")
    _add(
        line, cells, "category", "cumulative_share", y2_axis=True, line={"color": LIGHT.ink, "width": 1.75},
        marker={"type": "circle", "size": 6, "fill": {"color": LIGHT.ink}, "border": {"color": LIGHT.ink}},
    )  # fmt: skip
    chart.combine(line)
    chart.set_x_axis({"num_font": _QUIET, "line": {"color": LIGHT.rule}})
    chart.set_y_axis(_scale("Sertifikat"))
    line.set_y2_axis({"min": 0, "max": 1, "num_format": "0%", "num_font": _QUIET, "line": {"none": True}})
    return _finished(chart, "Sertifikat yang tertahan, menurut kendala", (860, 400))


Draw = Callable[[Workbook, Cells], Chart]

CHARTS: Final[dict[str, Draw]] = {
    "curve": s_curve,
    "groups": groups,
    "paces": paces,
    "funnel": funnel,
    "waiting": waiting,
    "pareto": pareto,
}
"""Name → what draws it."""


def _bars(
    book: Workbook,
    cells: Cells,
    names: str,
    drawn: Sequence[tuple[str, str]],
    title: str,
    kind: str = "count",
) -> Chart:
    chart = _new(book, "bar")
    for name, colour in drawn:
        _add(chart, cells, names, name, fill={"color": colour}, gap=45, **_labels(kind))
    chart.set_y_axis({"reverse": True, "num_font": _FONT, "line": {"color": LIGHT.rule}})
    # the values' axis of bars is x, and with the names from top to bottom it would jump to the top
    chart.set_x_axis(_scale("") | {"label_position": "high"})
    return _finished(chart, title, (760, 150 + 12 * len(cells.frame) * (len(drawn) + 1)))


def _new(book: Workbook, kind: str) -> Chart:
    chart = book.add_chart({"type": kind})
    assert chart is not None, f"{kind} is no chart of xlsxwriter"
    return chart


def _add(chart: Chart, cells: Cells, names: str, name: str, **look: Any) -> None:
    chart.add_series(
        {"name": cells.head(name), "categories": cells.column(names), "values": cells.column(name), **look}
    )


def _labels(kind: str) -> dict[str, Any]:
    return {"data_labels": {"value": True, "num_format": FORMATS[kind], "font": _QUIET}}


def _scale(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "name_font": _QUIET | {"bold": False},
        "min": 0,
        "num_format": _COUNT,
        "num_font": _QUIET,
        "line": {"none": True},
        "major_gridlines": {"visible": True, "line": {"color": LIGHT.grid}},
    }


def _finished(chart: Chart, title: str, size: tuple[int, int]) -> Chart:
    chart.set_title({"name": title, "name_font": _FONT | {"size": 12, "bold": True}, "overlay": False})
    chart.set_legend({"position": "bottom", "font": _FONT})
    chart.set_size({"width": size[0], "height": size[1]})
    chart.set_chartarea({"border": {"color": LIGHT.rule}})
    return chart
