"""The parts of the page Mutu data: what is found, in four sections, and deciding about pairs."""

from halal_ui.screen.quality.cached import quality_set
from halal_ui.screen.quality.deciding import decide
from halal_ui.screen.quality.sections import SECTIONS, choose_section, fresh_and_complete, reconciled, to_mend

__all__ = ["SECTIONS", "choose_section", "decide", "fresh_and_complete", "quality_set", "reconciled", "to_mend"]
