"""Notes on screen: entered in a table or in a short form, changed, taken back. Each goes through `access.require`."""

from halal_ui.screen.notes.editor import editor
from halal_ui.screen.notes.quick import quick
from halal_ui.screen.notes.undoing import undoing

__all__ = ["editor", "quick", "undoing"]
