"""A slide: one message, its numbers, one picture. What every screen and paper of a meeting is made of."""

from dataclasses import dataclass

from halal_ui.look.cards import Card
from halal_ui.story.pictures import Picture
from halal_ui.views.shown import Table


@dataclass(frozen=True)
class Slide:
    """
    `key` names it in an address, `name` in the list of slides; `title` is its message, a whole sentence. At most seven
    `figures`. `lines` are short sentences below. `kab_kota`: the place it is about, if it is about one.
    """

    key: str
    name: str
    title: str
    figures: tuple[Card, ...] = ()
    picture: Picture | None = None
    tables: tuple[Table, ...] = ()
    lines: tuple[str, ...] = ()
    kab_kota: str | None = None


@dataclass(frozen=True)
class Story:
    """
    The slides of a meeting in order, and what stands on every one: `meeting_id`, `stamp` ("per 4 Juni 2025 · diketahui
    4 Juni 2025 pukul 09.00 WITA"), `source` (from how many files), `mark` ("Data contoh (rekaan)", else "").
    """

    meeting_id: str
    title: str
    when: str
    place: str
    stamp: str
    source: str
    mark: str
    slides: tuple[Slide, ...]

    def slide(self, key: str) -> Slide | None:
        return next((slide for slide in self.slides if slide.key == key), None)
