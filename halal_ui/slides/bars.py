"""Bars below each other: a name, a bar on its track with a stroke for the plan, the value beside it."""

from html import escape
from typing import Final

from halal_ui.slides import measure
from halal_ui.slides.block import Block
from halal_ui.story.pictures import Bar, Bars
from halal_ui.words.names import NO_DATA

_LINE: Final = 1.25
_GAP: Final = 0.8  # ems between the columns
_LABEL, _TEXT = 0.34, 0.4  # of the picture's width, at most
_THICK: Final = ((2, 2.2), (4, 1.8), (7, 1.5))  # up to so many bars → ems; the fewer, the more they can be
_THIN: Final = 1.25
_APART: Final = 0.45  # ems between two bars, at least


def bars(picture: Bars) -> Block:
    """Its legend says what bar, track and stroke are; without bars it says that there are none."""
    legend = _legend(picture)
    rows = "".join(_row(bar, picture.longest) for bar in picture.bars)
    thick = next((ems for many, ems in _THICK if len(picture.bars) <= many), _THIN)
    body = f'<div class="bars" style="--thick:{thick}em">{rows}</div>' if rows else f'<p class="nothing">{NO_DATA}</p>'
    html = (
        f'<figure class="picture" role="img" aria-label="{escape(picture.alt or picture.name)}">'
        f"<figcaption>{legend}</figcaption>{body}</figure>"
    )
    labels = max((measure.width(bar.label) for bar in picture.bars), default=0)
    texts = max((_text_width(bar) for bar in picture.bars), default=0)

    def height(room: float, letter: float) -> float:
        ems = room / letter
        label, text = min(labels, ems * _LABEL), min(texts, ems * _TEXT)
        rows = (max(measure.lines(bar.label, label + 0.1), _text_lines(bar, text + 0.1), 1) for bar in picture.bars)
        under = sum(max(_LINE * lines, thick) + _APART for lines in rows) or 2 * _LINE
        return letter * (measure.lines(_said(picture), ems) * 1.3 + 0.4 + under)

    return Block(lambda room, letter: html, height, fills=bool(picture.bars))


def _said(picture: Bars) -> str:
    """The legend as plain words, with room for its two signs."""
    parts = [picture.name, picture.unit, picture.of_label and f"□□ {picture.of_label}"]
    parts.append(picture.mark_label and f"| {picture.mark_label}")
    return "     ".join(filter(None, parts))


def _legend(picture: Bars) -> str:
    unit = f" ({escape(picture.unit)})" if picture.unit else ""
    track = f'<span><i class="key-track"></i>{escape(picture.of_label)}</span>' if picture.of_label else ""
    stroke = f'<span><i class="key-stroke"></i>{escape(picture.mark_label)}</span>' if picture.mark_label else ""
    return f"<span><b>{escape(picture.name)}</b>{unit}</span>{track}{stroke}"


def _row(bar: Bar, longest: float) -> str:
    track = "" if bar.of is None else f'<i class="track" style="width:{_share(bar.of, longest)}%"></i>'
    stroke = "" if bar.mark is None else f'<i class="stroke" style="left:{_share(bar.mark, longest)}%"></i>'
    note = f" <span>{escape(bar.note)}</span>" if bar.note else ""
    tone = escape(bar.tone.replace("_", "-"))
    return (
        f'<div class="bar-row"><span class="bar-label">{escape(bar.label)}</span>'
        f'<span class="bar" style="--tone:var(--{tone})">{track}'
        f'<i class="done" style="width:{_share(bar.value, longest)}%"></i>{stroke}</span>'
        f'<span class="bar-text"><b>{escape(bar.text)}</b>{note}</span></div>'
    )


def _share(value: float, longest: float) -> str:
    """Per cent of the scale; what is below nothing, or not known, has no length."""
    return f"{100 * min(max(value, 0), longest) / longest:.2f}" if value == value else "0"


def _text_width(bar: Bar) -> float:
    return measure.width(bar.text, bold=True) + (measure.width(f" {bar.note}") if bar.note else 0)


def _text_lines(bar: Bar, room: float) -> int:
    return measure.lines(f"{bar.text} {bar.note}", room, bold=not bar.note)
