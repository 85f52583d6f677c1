"""The papers of a meeting, each made from its frozen set: `name(meeting) -> bytes`."""

from halal_ui.reports.deck import deck
from halal_ui.reports.minutes import minutes
from halal_ui.reports.print_pdf import print_pdf
from halal_ui.reports.workbook import workbook

__all__ = ["deck", "minutes", "print_pdf", "workbook"]
