"""The parts of the page Riwayat: choosing a moment, the list, one upload opened, its undoing, decisions."""

from halal_ui.screen.history.listing import choose_upload, decisions, passed_over, question
from halal_ui.screen.history.moment import choose_moment
from halal_ui.screen.history.opened import opened
from halal_ui.screen.history.undoing import undoing

__all__ = ["choose_moment", "choose_upload", "decisions", "opened", "passed_over", "question", "undoing"]
