"""Notes on screen: entered in a table or in a short form, changed, taken back. Each goes through `access.require`."""

from halal_ui.notes.editor import editor
from halal_ui.notes.quick import quick
from halal_ui.notes.undoing import undoing

__all__ = ["editor", "quick", "undoing"]
