"""A table of a slide: its columns as wide as what stands in them, so that it is known beforehand how high it gets."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any, Final

from halal_ui.look.tables import NUMERIC
from halal_ui.slides import measure
from halal_ui.slides.block import Block
from halal_ui.views.shown import Table
from halal_ui.words.columns import Column, column_of
from halal_ui.words.formats import is_missing
from halal_ui.words.labels import STATUS_MARK
from halal_ui.words.names import NO_DATA, WRITE

_LINE, _PADDING = 1.25, 0.5  # ems, of a row
_SIDES: Final = 1.0  # ems, of a cell
_TOO_NARROW: Final = 60.0
"""Ems that a table counts higher where it would break words: any other place is better."""

_STRETCHED: Final = 1.6
"""How much wider than its texts a table may be: further apart, the eye loses the row."""

_TREND: Final = {1: "▲", -1: "▼"}


def table(shown: Table, *, rows: int | None = None) -> Block:
    """The table, or its first `rows` rows with a line that says how many more there are."""
    written = _Written.of(shown, rows)
    return Block(lambda room, letter: _html(written, room / letter), written.height)


@dataclass(frozen=True)
class _Written:
    """All texts of a table: `cells` a row of texts each, `total` a row more or none; `more` rows are left out."""

    caption: str
    columns: Sequence[Column]
    cells: Sequence[Sequence[tuple[Any, str]]]
    total: Sequence[str] | None
    more: int

    @classmethod
    def of(cls, shown: Table, rows: int | None) -> "_Written":
        known = [column_of(shown.columns, name) for name in shown.frame]
        part = shown.frame if rows is None else shown.frame.head(rows)
        cells = [
            [(value, _write(column, value)) for column, value in zip(known, row, strict=True)]
            for row in part.itertuples(index=False, name=None)
        ]
        total = None
        if shown.total is not None:
            values = dict(shown.total)
            others = list(zip(shown.frame, known, strict=True))[1:]
            total = ["Jumlah", *(_write(column, values[name]) if name in values else "" for name, column in others)]
        return cls(shown.caption, known, cells, total, len(shown.frame) - len(part))

    @cached_property
    def texts(self) -> list[list[str]]:
        """The texts of each column, without its header."""
        rows = [[text for _, text in row] for row in self.cells] + ([list(self.total)] if self.total else [])
        return [[row[place] for row in rows] for place in range(len(self.columns))]

    @cached_property
    def spans(self) -> list[tuple[float, float]]:
        """Ems of each column: what it needs at least, and what it would like."""
        spans = []
        for column, texts in zip(self.columns, self.texts, strict=True):
            head = measure.longest_word(_header(column), bold=True)
            like = max([head, *(measure.width(text, bold=column is self.columns[0]) for text in texts)])
            whole = column.kind in NUMERIC or column.kind in ("date", "status")
            least = like if whole else max([head, *(measure.longest_word(text, bold=True) for text in texts)])
            spans.append((min(least, 14 if not whole else 99) + _SIDES, like + _SIDES))
        return spans

    def widths(self, room: float) -> list[float]:
        """
        Ems of each column in `room` ems: what is over what they need goes to all alike until each has what it would
        like, or to each in proportion to what it would like, whichever makes the table lower.
        """
        least = [need for need, _ in self.spans]
        if (left := room - sum(least)) < 0:
            return [need * room / sum(least) for need in least]
        wishes = [like - need for need, like in self.spans]
        shares = (_alike(wishes, left), [wish * min(1.0, left / (sum(wishes) or 1)) for wish in wishes])
        granted = min(shares, key=lambda share: self._lines([a + b for a, b in zip(least, share, strict=True)]))
        widths = [need + grant for need, grant in zip(least, granted, strict=True)]
        over = min(room / sum(widths), _STRETCHED) if widths else 1.0
        return [wide * over for wide in widths]

    def _lines(self, widths: Sequence[float]) -> int:
        """Of all rows."""
        inside = [wide - _SIDES + 0.05 for wide in widths]
        return sum(
            max([1, *(measure.lines(t, w, bold=not i) for i, (t, w) in enumerate(zip(row, inside, strict=True)))])
            for row in zip(*self.texts, strict=True)
        )

    def height(self, room: float, letter: float) -> float:
        ems = room / letter
        widths = self.widths(ems)
        heads = [
            measure.lines(_header(c), w - _SIDES + 0.05, bold=True) for c, w in zip(self.columns, widths, strict=True)
        ]
        rows = len(self.cells) + (self.total is not None) or 1
        high = _LINE * (max(heads, default=1) + max(self._lines(widths), 1)) + _PADDING * (1 + rows)
        high += _TOO_NARROW if sum(need for need, _ in self.spans) > ems else 0
        high += _LINE if self.more else 0
        return letter * (high + 1.3 * measure.lines(self.caption, ems, bold=True) + 0.3) + 0.1 * rows


def _alike(wishes: Sequence[float], left: float) -> list[float]:
    """
    The same to each, but to none more than it wishes.

    >>> _alike([1, 9, 4], 10)
    [1, 5.0, 4]
    """
    granted = [0.0] * len(wishes)
    order = sorted(range(len(wishes)), key=lambda place: wishes[place])
    for after, place in enumerate(order):
        granted[place] = min(wishes[place], left / (len(wishes) - after))
        left -= granted[place]
    return granted


def _write(column: Column, value: Any) -> str:
    text = WRITE[column.kind](value)
    if is_missing(value):
        return text
    if column.kind == "points":
        return text.removesuffix(" poin")
    mark = {"status": STATUS_MARK, "trend": _TREND}.get(column.kind, {}).get(value)
    return f"{mark} {text}" if mark else text


def _header(column: Column) -> str:
    return f"{column.header} ({column.unit})" if column.kind == "points" else column.header


def _html(written: _Written, ems: float) -> str:
    columns, widths = written.columns, written.widths(ems)
    shares = "".join(f'<col style="width:{100 * wide / sum(widths):.2f}%">' for wide in widths)
    whole = "" if sum(widths) > ems - 0.5 else f' style="width:{100 * sum(widths) / ems:.1f}%"'
    head = "".join(f'<th scope="col"{_place(column)}>{escape(_header(column))}</th>' for column in columns)
    body = "".join(f"<tr>{_row(columns, row)}</tr>" for row in written.cells)
    body = body or f'<tr><td class="nothing" colspan="{len(columns)}">{NO_DATA}</td></tr>'
    foot = ""
    if written.total:
        first, *others = written.total
        cells = (
            f"<td{_place(column)}{_label(column)}>{escape(text)}</td>"
            for column, text in zip(columns[1:], others, strict=True)
        )
        foot = f'<tfoot><tr><th scope="row">{escape(first)}</th>{"".join(cells)}</tr></tfoot>'
    more = f'<p class="more">{written.more} baris lagi: lihat Bahan rapat.</p>' if written.more else ""
    return (
        f'<div class="sheet"><table{whole}><caption>{escape(written.caption)}</caption>'
        f"<colgroup>{shares}</colgroup><thead><tr>{head}</tr></thead><tbody>{body}</tbody>{foot}</table>{more}</div>"
    )


def _row(columns: Sequence[Column], cells: Sequence[tuple[Any, str]]) -> str:
    (_, first), *others = cells
    tail = "".join(_cell(column, *cell) for column, cell in zip(columns[1:], others, strict=True))
    return f'<th scope="row">{escape(first)}</th>{tail}'


def _cell(column: Column, value: Any, text: str) -> str:
    tone = ""
    if is_missing(value):
        tone = "muted"
    elif column.kind == "status" and value in STATUS_MARK:
        tone = value.replace("_", "-")
    elif column.kind in ("signed", "points", "trend") and value:
        tone = "on-track" if value > 0 else "behind"
    colour = f' style="color:var(--{tone})"' if tone else ""
    return f"<td{_place(column)}{_label(column)}{colour}>{escape(text)}</td>"


def _place(column: Column) -> str:
    return ' class="n"' if column.kind in NUMERIC else ""


def _label(column: Column) -> str:
    """Beside the value where a phone sets the cells of a row below each other."""
    return f' data-label="{escape(_header(column))}"'
