"""The meeting as slides, made from its set: sentences, numbers, pictures and tables, before anybody draws them."""

from halal_ui.story.build import story
from halal_ui.story.slide import Slide, Story

__all__ = ["Slide", "Story", "story"]
