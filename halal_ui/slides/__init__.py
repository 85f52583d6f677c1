"""The story of a meeting as HTML: one slide a screen, legible from the back of the room; without a script."""

from halal_ui.slides.page import slides_html
from halal_ui.slides.style import STYLE

__all__ = ["STYLE", "slides_html"]
