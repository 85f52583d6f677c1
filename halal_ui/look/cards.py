"""A few numbers, large: legible from the back of a room."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Card:
    """One number. `of`: its denominator or unit; `rate`: the same as a share; `note`: what moved; `tone`: a colour."""

    label: str
    number: str
    of: str = ""
    rate: str = ""
    note: str = ""
    tone: str = "ink"


def cards_html(cards: Iterable[Card]) -> str:
    """
    The cards side by side, two a row on a phone.

    >>> cards_html([Card("Terbit", "58", of="dari 1.000 kuota", rate="5,8%")]).count("<p")
    2
    """
    return f'<div class="cards">{"".join(map(_card, cards))}</div>'


def _card(card: Card) -> str:
    parts = [
        f"<h3>{escape(card.label)}</h3>",
        f'<p class="number">{escape(card.number)} <small>{escape(card.of)}</small></p>',
        f'<p class="rate">{escape(card.rate)}</p>',
        f'<p class="note">{escape(card.note)}</p>' if card.note else "",
    ]
    return f'<section class="card" style="--tone:var(--{card.tone})">{"".join(parts)}</section>'
