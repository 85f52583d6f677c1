"""The kabupaten/kota as a grid of equal tiles."""

from html import escape
from typing import Final

from halal_ui.slides import measure
from halal_ui.slides.block import Block
from halal_ui.story.pictures import Tile, Tiles
from halal_ui.words.labels import STATUS_LABEL, STATUS_MARK
from halal_ui.words.names import NO_DATA

_GAP: Final = 0.6
_VALUE: Final = 2.1  # ems


def tiles(picture: Tiles) -> Block:
    """A status is its mark, its word and its colour; the line at a tile's foot is its share of the plan."""
    body = "".join(map(_tile, picture.tiles)) or f'<p class="nothing">{NO_DATA}</p>'
    html = (
        f'<figure class="picture" role="img" aria-label="{escape(picture.alt or picture.name)}">'
        f"<figcaption><span><b>{escape(picture.name)}</b></span></figcaption>"
        f'<div class="tiles">{body}</div></figure>'
    )
    columns = 1 + max((tile.column for tile in picture.tiles), default=0)
    rows = 1 + max((tile.row for tile in picture.tiles), default=0)

    def height(room: float, letter: float) -> float:
        inside = ((room - _GAP * (columns - 1)) / columns - 1.4) / letter
        tallest = max((_height(tile, inside) for tile in picture.tiles), default=2.0)
        said = measure.lines(picture.name, room / letter, bold=True)
        return letter * (1.3 * said + 0.4 + rows * tallest) + rows * (_GAP + 0.9)

    return Block(lambda room, letter: html, height, fills=bool(picture.tiles))


def _height(tile: Tile, inside: float) -> float:
    """Ems of its text."""
    head = measure.width(f"{tile.name}  {_status(tile.status)}", bold=True)
    head_lines = 1 if head + 1 <= inside else measure.lines(tile.name, inside, bold=True) + 1
    value = _VALUE * measure.width(tile.value, bold=True)
    beside = value + 1 + measure.width(tile.note) <= inside
    return 1.25 * head_lines + 1.12 * _VALUE + (0 if beside else 1.25 * measure.lines(tile.note, inside)) + 0.9


def _status(status: str) -> str:
    return f"{STATUS_MARK.get(status, '')} {STATUS_LABEL.get(status, '')}".strip()


def _tile(tile: Tile) -> str:
    share = "" if tile.share is None else f'<i style="width:{100 * min(max(tile.share, 0), 1):.1f}%"></i>'
    known = tile.status in STATUS_LABEL
    tone = tile.status.replace("_", "-") if known else "muted"
    status = f'<span class="status">{escape(_status(tile.status))}</span>' if known else ""
    return (
        f'<div class="tile" style="grid-area:{tile.row + 1}/{tile.column + 1};--tone:var(--{tone})">'
        f'<p class="tile-head"><b>{escape(tile.name)}</b>{status}</p>'
        f'<p class="tile-body"><b>{escape(tile.value)}</b><span>{escape(tile.note)}</span></p>'
        f'<p class="tile-share">{share}</p></div>'
    )
