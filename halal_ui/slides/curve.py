"""The S-curve: lines in a picture that stretches with the screen, words in HTML that keep their size."""

from html import escape
from typing import Final
from urllib.parse import quote

import pandas as pd

from halal_ui.look.lanes import anchored, in_lanes, side_of
from halal_ui.slides import measure
from halal_ui.slides.block import Block
from halal_ui.slides.places import ROWS, Label, placed
from halal_ui.snapshot.marks import DUE, Mark, by_day, foremost
from halal_ui.story.pictures import Curve
from halal_ui.words.formats import SHORT_MONTHS, fmt_band, fmt_count, fmt_day_month, is_missing
from halal_ui.words.names import NO_DATA

_LINES: Final = (("planned", "quota", True), ("submitted", "used", False), ("issued", "issued", False))
_BAND, _UNTOLD = "ramalan (8 dari 10 kemungkinan)", "belum dilaporkan semua LP3H"
_HEADROOM: Final = 1.14
_LOWEST: Final = 15.0  # of the plot, in hundredths of the screen's width
_LANE: Final = 1.5  # ems
_PHONE: Final = 19.0  # ems of the plot on a phone, in its own letters
_AXIS: Final = 1.7
_MOST_MARKS: Final = 9
_BADGE: Final = 1.9  # ems of a mark's letter
_NONE: Final = 0.001  # ems beside the end of a band
_TONE: Final = {"submitted": "used", "issued": "issued"}
_FEW_MONTHS: Final = 7  # that can be written beside each other on a phone
_RIM, _APART = 0.2, 1.2  # of the plot, where a text begins or ends at its day; ems from one text to the next
_SIDE: Final = {"left": "from", "center": "over", "right": "to"}  # of the stylesheet


def curve(picture: Curve) -> Block:
    """
    Plan, used and issued to the day looked at; deadlines are written above their strokes, other marks are letters on
    the time line with their text below the picture. Without a row it says that there is nothing.
    """
    named = escape(picture.name)
    begin = f'<figure class="picture" role="img" aria-label="{escape(picture.alt or picture.name)}"><figcaption>'
    if picture.frame.empty:
        html = f'{begin}<span><b>{named}</b></span></figcaption><p class="nothing">{NO_DATA}</p></figure>'
        return Block(lambda room, letter: html, lambda room, letter: 4 * letter)

    drawn = _Drawn(picture)
    key = "".join(
        f'<span><i class="key-line" style="--tone:var(--{tone})"></i>{said}</span>'
        for said, tone in (
            ("rencana (garis lurus hari kerja)", "quota"),
            ("dimanfaatkan", "used"),
            ("terbit", "issued"),
        )
    )
    if picture.ahead is not None:
        key += f'<span><i class="key-band"></i>{_BAND}</span>'
    if drawn.untold:
        key += f'<span><i class="key-untold"></i>{_UNTOLD}</span>'
    html = (
        f"{begin}<span><b>{named}</b></span>{key}</figcaption>"
        f'<div class="curve" style="--lanes:{drawn.lanes}">{drawn.plot()}</div>{drawn.notes()}</figure>'
    )

    def height(room: float, letter: float) -> float:
        head = f"{picture.name}   --- rencana (garis lurus hari kerja)   --- dimanfaatkan   --- terbit"
        head += f"   --- {_BAND}" * (picture.ahead is not None) + f"   --- {_UNTOLD}" * bool(drawn.untold)
        under = measure.lines(" ".join(drawn.noted), room / letter) if drawn.noted else 0
        words = 1.3 * measure.lines(head, room / letter) + 0.6 + _LANE * drawn.lanes + _AXIS + 1.4 * under
        return letter * words + max(_LOWEST, letter * ROWS)

    return Block(lambda room, letter: html, height, fills=True)


class _Drawn:
    """Everything in shares of the plot: 0 at the left and the bottom, 1 at the right and the top."""

    def __init__(self, picture: Curve) -> None:
        self.frame, self.as_of = picture.frame, pd.Timestamp(picture.as_of)
        self.bands = dict(picture.bands())
        told = picture.told_until
        self.untold = (told, self.as_of) if told is not None and told < self.as_of else None
        self.due = by_day(mark for mark in picture.marks if mark.kind == DUE)
        noted = foremost((mark for mark in picture.marks if mark.kind != DUE), self.frame["date"])
        self.marks = by_day(noted[:_MOST_MARKS])
        dates = [*(mark.date for mark in self.due), self.as_of]
        self.first = min(self.frame["date"].iloc[0], *dates)  # a deadline is always seen
        self.last = max(self.frame["date"].iloc[-1], *dates)
        highest = self.frame[["planned", "submitted", "issued"]].max().max()
        ahead = [float(band["p90"].max()) for band in self.bands.values() if len(band)]
        self.highest = max(1.0, 0.0 if is_missing(highest) else float(highest), *ahead)
        self.top = _HEADROOM * self.highest
        due = [(self.x(mark.date), mark.dated()) for mark in self.due]
        self.due_lanes = list(filter(None, in_lanes(due, _share, begin=anchored(_RIM))))
        self.together = self._together()
        self.below = 1 if self.marks else 0
        self.lanes = self.below + max((lane.line for lane in self.due_lanes), default=-1) + 1
        self.noted = [f"M  {_said(marks)}    " for marks in self.together]

    def x(self, date: pd.Timestamp) -> float:
        whole = max((self.last - self.first) / pd.Timedelta(days=1), 1.0)
        return min(max((date - self.first) / pd.Timedelta(days=1) / whole, 0.0), 1.0)

    def y(self, value: float) -> float:
        return min(max(value / self.top, 0.0), 1.0)

    def plot(self) -> str:
        return "".join((self._grid(), self._ahead(), self._strokes(), self._lines(), self._months(), self._ends()))

    def notes(self) -> str:
        """The marks in words."""
        if not self.marks:
            return ""
        said = (f"<span><b>{_letter(i)}</b> {escape(_said(m))}</span>" for i, m in enumerate(self.together))
        return f'<p class="marks">{"".join(said)}</p>'

    def _together(self) -> list[list[Mark]]:
        """Marks that share a letter: those whose own would stand over each other on a phone."""
        groups: list[list[Mark]] = []
        for mark in self.marks:
            if groups and self.x(mark.date) - self.x(groups[-1][0].date) < _BADGE / _PHONE:
                groups[-1].append(mark)
            else:
                groups.append([mark])
        return groups

    def _grid(self) -> str:
        step = _step(self.highest)
        values = (step * count for count in range(int(self.top / step) + 1))
        return "".join(
            f'<i class="grid" style="bottom:{100 * self.y(value):.2f}%"></i>'
            f'<span class="y" style="bottom:{100 * self.y(value):.2f}%">{fmt_count(value)}</span>'
            for value in values
        )

    def _lines(self) -> str:
        """
        Each line is an element in its colour, and the drawn line the mask it is seen through: Streamlit keeps no SVG
        of a page's HTML, and what is in a style it keeps.
        """
        masks = {name: _mask(self._points(name), dotted=dotted) for name, _, dotted in _LINES}
        return "".join(
            f'<i class="line {name}" style="--tone:var(--{tone});--line:{masks[name]}"></i>' for name, tone, _ in _LINES
        )

    def _ahead(self) -> str:
        """The days that not all have told of, and what is to come: a band, and its middle dotted."""
        parts = []
        if self.untold:
            begin, end = self.untold
            wide = 100 * (self.x(end) - self.x(begin))
            parts.append(f'<i class="untold" style="{self._left(begin)};width:{wide:.2f}%"></i>')
        for name, band in self.bands.items():
            tone = _TONE[name]
            up = [self._point(day, high) for day, high in zip(band["date"], band["p90"], strict=True)]
            down = [self._point(day, low) for day, low in zip(band["date"], band["p10"], strict=True)]
            middle = " ".join(self._point(day, mid) for day, mid in zip(band["date"], band["p50"], strict=True))
            area = _mask(" ".join([*up, *reversed(down)]), filled=True)
            parts.append(f'<i class="line band" style="--tone:var(--{tone});--line:{area}"></i>')
            parts.append(f'<i class="line ahead" style="--tone:var(--{tone});--line:{_mask(middle, dotted=True)}"></i>')
        return "".join(parts)

    def _point(self, date: pd.Timestamp, value: float) -> str:
        return f"{1000 * self.x(date):.1f},{1000 * (1 - self.y(value)):.1f}"

    def _points(self, name: str) -> str:
        known = self.frame[["date", name]].dropna()
        return " ".join(self._point(date, value) for date, value in known.itertuples(index=False, name=None))

    def _strokes(self) -> str:
        """First every stroke, then what is written, so that no stroke goes through a word."""
        strokes, words = [], []
        for mark, lane in zip(self.due, self.due_lanes, strict=True):
            side, late = _SIDE[lane.side], " late" if mark.date < self.as_of else ""
            style = f"{self._left(mark.date)};--lane:{self.below + lane.line}"
            strokes.append(f'<i class="stroke due{late}" style="{style}"></i>')
            words.append(f'<span class="lane {side}{late}" style="{style}">{escape(mark.dated())}</span>')
        for mark in self.marks:
            strokes.append(f'<i class="stroke" style="{self._left(mark.date)};--lane:0"></i>')
            if mark.end is not None:
                wide = 100 * (self.x(min(mark.end, self.last)) - self.x(mark.date))
                strokes.append(f'<i class="span" style="{self._left(mark.date)};width:{wide:.2f}%"></i>')
        for place, marks in enumerate(self.together):
            words.append(
                f'<b class="lane mark" style="{self._left(marks[0].date)};--lane:0" title="{escape(_said(marks))}">'
                f"{_letter(place)}</b>"
            )
        return "".join([*strokes, *words])

    def _left(self, date: pd.Timestamp) -> str:
        return f"left:{100 * self.x(date):.2f}%"

    def _months(self) -> str:
        starts = pd.date_range(self.first.normalize(), self.last, freq="MS")
        if len(starts) < 2:
            shown = sorted({self.first, self.last})
            texts = [fmt_day_month(date) for date in shown]
        else:
            every = 1 + (len(starts) - 1) // 14
            shown = list(starts[::every])
            years = self.first.year != self.last.year
            texts = [f"{SHORT_MONTHS[d.month - 1]}{f' {d.year % 100:02}' if years else ''}" for d in shown]
        among = 1 + (len(shown) - 1) // _FEW_MONTHS
        return "".join(
            f'<span class="x {_SIDE[side_of(self.x(date), 0.02)]}{" spare" if place % among else ""}"'
            f' style="{self._left(date)}">{text}</span>'
            for place, (date, text) in enumerate(zip(shown, texts, strict=True))
        )

    def _ends(self) -> str:
        """What stands on the day looked at, beside the ends of the lines; no two of them over each other."""
        parts, labels = [], []
        so_far = self.frame[self.frame["date"] <= self.as_of]
        for name, tone, word in (("submitted", "used", "dimanfaatkan"), ("issued", "issued", "terbit")):
            known = so_far[["date", name]].dropna()
            if known.empty:
                continue
            x, value = self.x(known["date"].iloc[-1]), float(known[name].iloc[-1])
            parts.append(
                f'<i class="point" style="left:{100 * x:.2f}%;bottom:{100 * self.y(value):.2f}%;'
                f'--tone:var(--{tone})"></i>'
            )
            text = fmt_count(value) if self.bands else f"{fmt_count(value)} {word}"
            labels.append(Label(text, x, self.y(value), f"var(--{tone})"))
        if self.bands:
            last = self._last_bands()
            wide = sum(max((label.wide for label in some), default=0.0) for some in (labels, last))
            near = bool(labels) and labels[0].x + wide / _PHONE > 1  # today and the end of what is foreseen
            apart = [*placed(labels, room=_PHONE), *placed(last, room=_NONE)]
            told = placed([*labels, *last], room=_NONE) if near else apart
            return "".join([*parts, *(where.html for where in told)])
        if not so_far.empty and not is_missing(planned := so_far["planned"].iloc[-1]):
            text = f"rencana {fmt_count(planned)}"
            labels.append(Label(text, self.x(so_far["date"].iloc[-1]), self.y(float(planned)), "var(--quota)"))
        return "".join([*parts, *(where.html for where in placed(labels, room=_PHONE))])

    def _last_bands(self) -> list[Label]:
        """What the bands end at."""
        ends = [(_TONE[name], band.iloc[-1]) for name, band in self.bands.items() if len(band)]
        return [
            Label(fmt_band(row["p10"], row["p90"]), self.x(row["date"]), self.y(float(row["p50"])), f"var(--{tone})")
            for tone, row in ends
        ]


def _letter(place: int) -> str:
    return chr(ord("A") + place)


def _said(marks: list[Mark]) -> str:
    return "; ".join(mark.dated() for mark in marks)


def _share(text: str) -> float:
    """Of the plot on a phone that the text takes, and stands apart from the next by."""
    return (measure.width(text) + _APART) / _PHONE


def _step(highest: float) -> float:
    """
    A round number of which there are two to five up to the highest: 1, 2 or 5 and noughts.

    >>> _step(1000), _step(58), _step(1)
    (200.0, 20.0, 1.0)
    """
    size = 1.0
    while highest / size > 10:
        size *= 10
    return next((step * size for step in (1, 2, 5, 10) if highest / (step * size) <= 5), size)


def _mask(points: str, *, dotted: bool = False, filled: bool = False) -> str:
    """
    A line, or an area, as a CSS image: `points` in thousandths of the plot, drawn as wide at any size.

    >>> _mask("0,1000 500,20.5").startswith("url(data:image/svg+xml,%3Csvg")
    True
    """
    dashes = ' stroke-dasharray="2 8" stroke-linecap="round"' if dotted else ""
    pen = f'fill="none" stroke="#000" stroke-width="{3 if dotted else 4}" stroke-linejoin="round"'
    line = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 1000" preserveAspectRatio="none">'
        f'<poly{"gon" if filled else "line"} points="{points}" '
        f'{"" if filled else pen} vector-effect="non-scaling-stroke"{dashes}/></svg>'
    )
    return f"url(data:image/svg+xml,{quote(line)})"
