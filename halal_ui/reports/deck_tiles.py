"""Shapes of the deck that are no charts: the cards of figures, and the province as a grid of tiles."""

from collections.abc import Sequence
from typing import Any, Final

from pptx.enum.text import MSO_ANCHOR

from halal_ui.look.cards import Card
from halal_ui.reports.deck_text import Place, Run, box, describe, fitted, height, write
from halal_ui.story.pictures import Tile, Tiles
from halal_ui.words.labels import STATUS_LABEL, STATUS_MARK

_GAP: Final = 0.12
_INSET: Final = 0.12
_TEXT: Final = 13


def cards_height(cards: Sequence[Card], wide: float) -> float:
    """Inches that the tallest of the cards takes, side by side within `wide` inches; 0 of none."""
    inside = _width(cards, wide) - 2 * _INSET if cards else 0
    size = _size(cards, inside)
    return max((sum(_parts(card, inside, size)[1]) + 2 * _INSET for card in cards), default=0)


def draw_cards(shapes: Any, cards: Sequence[Card], place: Place) -> None:
    """The cards side by side, each in its colour."""
    left, top, wide, tall = place
    one = _width(cards, wide)
    size = _size(cards, one - 2 * _INSET)
    for number, card in enumerate(cards):
        x = left + number * (one + _GAP)
        shape = box(shapes, (x, top, one, tall), f"Angka {card.label}", fill="surface", inset=_INSET)
        write(shape.text_frame, _parts(card, one - 2 * _INSET, size)[0])
        box(shapes, (x, top, 0.06, tall), f"Warna {card.label}", fill=card.tone)
        describe(shape, " ".join(filter(None, (card.label, card.number, card.of, card.rate, card.note))))


def _width(cards: Sequence[Card], wide: float) -> float:
    return (wide - _GAP * (len(cards) - 1)) / len(cards)


def _size(cards: Sequence[Card], inside: float) -> float:
    """One size for the numbers of all cards: the largest in which each stays on its line."""
    sizes = (fitted(card.number, inside * (0.7 if card.of else 1), 0.6, (32, 28, 24, 20), bold=True) for card in cards)
    return min(sizes, default=32)


def _parts(card: Card, inside: float, size: float) -> tuple[list[list[Run]], list[float]]:
    """The paragraphs of a card, and how tall each is."""
    rows = [[Run(card.label, _TEXT, "muted", True)], [Run(card.number, size, card.tone, True)]]
    rows[1] += [Run(f" {card.of}", _TEXT, "muted")] if card.of else []
    rows += (
        [[Run(card.rate, fitted(card.rate, inside, 0.3, (16, 14, 13), bold=True), "ink", True)]] if card.rate else []
    )
    rows += [[Run(card.note, _TEXT, "muted")]] if card.note else []
    tall = [height("".join(run.text for run in row), inside, row[-1].size, bold=row[-1].bold) for row in rows]
    tall[1] = height(f"{card.number} {card.of}", inside, _TEXT if card.of else size) + (size - _TEXT) * 1.2 / 72
    return rows, tall


def tiles_shapes(shapes: Any, picture: Tiles, place: Place) -> None:
    """A group for each kab/kota: its name, its number, what it has of its plan, and its status as mark and word."""
    left, top, wide, tall = place
    across = max((tile.column for tile in picture.tiles), default=0) + 1
    down = max((tile.row for tile in picture.tiles), default=0) + 1
    width, high = (wide - _GAP * (across - 1)) / across, (tall - _GAP * (down - 1)) / down
    for tile in sorted(picture.tiles, key=lambda tile: (tile.row, tile.column)):
        _tile(shapes, tile, (left + tile.column * (width + _GAP), top + tile.row * (high + _GAP), width, high))


def _tile(shapes: Any, tile: Tile, place: Place) -> None:
    left, top, wide, tall = place
    status = f"{STATUS_MARK.get(tile.status, '')} {STATUS_LABEL.get(tile.status, '')}".strip()
    tone = tile.status if tile.status in STATUS_LABEL else "muted"
    group = shapes.add_group_shape()
    group.name = tile.name
    describe(group, f"{tile.name}: {tile.value}, {tile.note}. {STATUS_LABEL.get(tile.status, '')}")
    back = box(group.shapes, place, f"Petak {tile.name}", fill="surface", inset=_INSET)
    write(
        back.text_frame,
        [[Run(tile.name, 15, "ink", True)], [Run(tile.note, 12, "muted")], [Run(status, 12, tone, True)]],
    )
    number = box(group.shapes, (left + wide * 0.55, top, wide * 0.45, tall - 0.12), f"Nilai {tile.name}", inset=_INSET)
    number.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    write(number.text_frame, [[Run(tile.value, 26, "ink", True)]], align="r")
    foot = (left, top + tall - 0.09)
    box(group.shapes, (*foot, wide, 0.09), f"Kuota {tile.name}", fill="rule")
    if tile.share:
        box(group.shapes, (*foot, wide * min(max(tile.share, 0), 1), 0.09), f"Bagian {tile.name}", fill="used")
    if tile.mark is not None:
        stroke = (left + wide * min(max(tile.mark, 0), 1) - 0.03, top + tall - 0.15, 0.03, 0.15)
        box(group.shapes, stroke, f"Rencana {tile.name}", fill="ink")
