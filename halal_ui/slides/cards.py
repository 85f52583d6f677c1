"""The numbers of a slide, large, side by side."""

from collections.abc import Sequence
from html import escape
from typing import Final

from halal_ui.look.cards import Card
from halal_ui.slides import measure
from halal_ui.slides.block import Block

GAP: Final = 1.0
_PADDING: Final = (1.3, 1.3)  # above and below, left and right
_NUMBER: Final = {1: 4.7, 2: 4.7, 3: 4.7, 4: 4.4}  # 84 pixels and more at 1920
_MANY: Final = 3.1
_SMALLEST: Final = 2.5
_ALONE: Final = 1.5
_NARROWEST: Final = 11.0  # a card, in hundredths of the screen's width


def figures(cards: Sequence[Card], *, alone: bool, small: bool = False) -> Block:
    """
    The cards in one row, or in two where a row of them would be too narrow. `alone`: there is no picture and no table
    beside them, so they are the message. `small`: everything else needs the room more.
    """
    number = _SMALLEST if small else _NUMBER.get(len(cards), _MANY) * (_ALONE if alone else 1)
    longest = max(measure.width(card.number, bold=True) for card in cards)
    html = "".join(map(_card, cards))

    def in_row(room: float) -> int:
        widest = max(_NARROWEST, longest * number + 2 * _PADDING[1])
        return max(1, min(len(cards), int((room + GAP) // (widest + GAP))))

    def height(room: float, letter: float) -> float:
        many = in_row(room)
        inside = ((room - GAP * (many - 1)) / many - 2 * _PADDING[1]) / letter
        rows = [cards[start : start + many] for start in range(0, len(cards), many)]
        return sum(max(_height(card, inside, letter, number) for card in row) + GAP for row in rows) - GAP

    def draw(room: float, letter: float) -> str:
        return f'<div class="figures" style="--n:{number:.2f};--many:{in_row(room)}">{html}</div>'

    return Block(draw, height)


def _height(card: Card, inside: float, letter: float, number: float) -> float:
    lines = measure.lines(card.label, inside, bold=True) + measure.lines(card.note, inside)
    rate = 1.15 * measure.lines(card.rate, inside / 1.15, bold=True)
    beside = measure.width(card.number, bold=True) * number / letter + 0.4 + measure.width(card.of) <= inside
    below = 0 if beside else measure.lines(card.of, inside)
    return 1.28 * letter * (lines + rate + below) + 1.1 * number + _PADDING[0]


def _card(card: Card) -> str:
    parts = (
        f"<h3>{escape(card.label)}</h3>",
        f'<p class="counted"><b>{escape(card.number)}</b> <span>{escape(card.of)}</span></p>',
        f'<p class="rate">{escape(card.rate)}</p>' if card.rate else "",
        f'<p class="note">{escape(card.note)}</p>' if card.note else "",
    )
    return f'<div class="figure" style="--tone:var(--{escape(card.tone.replace("_", "-"))})">{"".join(parts)}</div>'
