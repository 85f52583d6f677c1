"""The parts of the page Riwayat: choosing a moment, the list, one upload opened, its undoing, decisions."""

from halal_ui.history.listing import choose_upload, decisions, question
from halal_ui.history.moment import choose_moment
from halal_ui.history.opened import opened
from halal_ui.history.undoing import undoing

__all__ = ["choose_moment", "choose_upload", "decisions", "opened", "question", "undoing"]
