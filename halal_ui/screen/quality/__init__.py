"""The parts of the page Mutu data: what is found, in four sections, and deciding about pairs."""

from halal_ui.screen.quality.deciding import decide
from halal_ui.screen.quality.found import evidence
from halal_ui.screen.quality.sections import SECTIONS, choose_section, fresh_and_complete, reconciled, to_mend

__all__ = ["SECTIONS", "choose_section", "decide", "evidence", "fresh_and_complete", "reconciled", "to_mend"]
