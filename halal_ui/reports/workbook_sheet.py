"""One sheet of a meeting's workbook, before anybody writes it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from halal_ui.views.shown import Table


@dataclass(frozen=True)
class Sheet:
    """
    `name` on its tab, `about` what it is for, in one sentence; `table` its caption, frame and columns; `widths` as in
    `worksheet.write_table`; `chart` the name of its picture in `workbook_charts.CHARTS`; `without` what it says when it
    has no rows.
    """

    name: str
    about: str
    table: Table
    widths: Mapping[str, int] = field(default_factory=dict)
    chart: str = ""
    without: str = "Belum ada catatan untuk lembar ini."
