"""The meeting as slides, made from its set: sentences, numbers, pictures and tables, before anybody draws them."""

from halal_ui.story.slide import Slide, Story
from halal_ui.story.told import story

__all__ = ["Slide", "Story", "story"]
