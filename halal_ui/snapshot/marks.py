"""What stands out on a time chart: which days, in what order and in what words. Whoever draws them only draws."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd

from halal_store import Meeting
from halal_ui.snapshot.effects import DAYS_ONLY, phrases
from halal_ui.words.formats import fmt_date, fmt_day_month, is_missing
from halal_ui.words.masks import free_text
from halal_ui.words.notes import EVENT
from halal_ui.words.shortened import shortened

DUE: Final = "due"
"""The kind of a target date of the plan; all other kinds are those of events."""

_WEIGHT: Final = {DUE: 0, "deadline": 0, "meeting": 1}  # what is not named here weighs least
_LEAST: Final = 2


@dataclass(frozen=True)
class Mark:
    """
    A day, or days, that stand out on a time chart. `kind`: one of those of events, or `DUE`. `text`: what was noted of
    it, "" where nothing was; it may be shown to anybody, since `marks` has masked it. `effect`: what it cost or brought
    in one phrase, "" where that is not known.
    """

    date: pd.Timestamp
    text: str
    kind: str
    until: pd.Timestamp | None = None
    effect: str = ""

    @property
    def end(self) -> pd.Timestamp | None:
        """The last of several days; None of one."""
        return None if self.until is None or not self.until > self.date else self.until

    @property
    def name(self) -> str:
        """
        What it is, without a date: what was noted, else its kind.

        >>> Mark(pd.Timestamp("2025-06-02"), "SIHALAL mati", "outage").name
        'SIHALAL mati'
        >>> Mark(pd.Timestamp("2025-06-02"), "", "outage").name, Mark(pd.Timestamp("2025-05-31"), "", DUE).name
        ('Gangguan SIHALAL', 'Tenggat')
        """
        return self._kind if self.kind == DUE else self.text.strip() or self._kind

    @property
    def in_full(self) -> str:
        """
        What it is with its kind, for where its day is seen already.

        >>> Mark(pd.Timestamp("2025-06-02"), "SIHALAL mati", "outage").in_full
        'Gangguan SIHALAL: SIHALAL mati'
        >>> Mark(pd.Timestamp("2025-06-02"), "Surat edaran", "letter").in_full
        'Surat edaran'
        >>> Mark(pd.Timestamp("2025-06-02"), "Surat", "letter", effect="akibatnya tidak jelas").in_full
        'Surat (akibatnya tidak jelas)'
        """
        told = self.name.casefold().startswith(self._kind.casefold())
        effect = f" ({self.effect})" if self.effect else ""
        return f"{self.name if told else f'{self._kind}: {self.name}'}{effect}"

    def dated(self, *, most: int | None = None, year: bool = True) -> str:
        """
        Its days and its name, cut to `most` letters. `year`: whether a target date says it; nothing else does.

        >>> Mark(pd.Timestamp("2025-06-02"), "SIHALAL mati", "outage", pd.Timestamp("2025-06-03")).dated()
        '2 Juni–3 Juni: SIHALAL mati'
        >>> due = Mark(pd.Timestamp("2025-05-31"), "", DUE)
        >>> due.dated(), due.dated(year=False)
        ('Tenggat 31 Mei 2025', 'Tenggat 31 Mei')
        """
        if self.kind == DUE:
            return f"{self.name} {(fmt_date if year else fmt_day_month)(self.date)}"
        days = fmt_day_month(self.date) if self.end is None else f"{fmt_day_month(self.date)}–{fmt_day_month(self.end)}"
        return f"{days}: {self.name if most is None else shortened(self.name, most)}"

    @property
    def _kind(self) -> str:
        return EVENT["deadline"] if self.kind == DUE else EVENT.get(self.kind, EVENT["other"])


def marks(events: pd.DataFrame, meetings: Iterable[Meeting], effects: pd.DataFrame | None = None) -> tuple[Mark, ...]:
    """
    Events and meetings as marks, the earliest first. Nothing in them says who a person is. `effects`: what the events
    did, see `snapshot.effects`.
    """
    did = {} if effects is None else phrases(effects)
    found = [Mark(meeting.date, "", "meeting") for meeting in meetings]
    for event in events.to_dict("records"):
        if not is_missing(event["date"]):
            until = None if is_missing(event["until_date"]) else event["until_date"]
            kind = event["kind"] if event["kind"] in EVENT else "other"
            mark = Mark(event["date"], free_text(event["text"]), kind, until)
            days = mark.date.normalize(), (mark.end or mark.date).normalize()
            effect = "" if kind in DAYS_ONLY else did.get((mark.name, *days), "")
            found.append(replace(mark, effect=effect))
    return by_day(found)


def target_dates(dates: Iterable[Any]) -> tuple[Mark, ...]:
    """
    Target dates of the plan as marks, each day once, the earliest first; a missing one is none.

    >>> [mark.dated() for mark in target_dates(["2025-05-31", None, "2025-05-31"])]
    ['Tenggat 31 Mei 2025']
    """
    return tuple(Mark(date, "", DUE) for date in sorted({pd.Timestamp(date) for date in dates if not is_missing(date)}))


def by_day(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """The earliest first; those of one day by their names."""
    return tuple(sorted(marks, key=lambda mark: (mark.date, mark.name)))


def foremost(marks: Iterable[Mark], dates: pd.Series) -> tuple[Mark, ...]:
    """
    Those that begin within the days of a curve, the most important first: target dates and other deadlines, then
    meetings, then what else happened; of each the latest first. A picture with little room takes the first of them.
    """
    if not len(dates):
        return ()
    first, last = dates.iloc[0], dates.iloc[-1]
    latest = sorted((m for m in marks if first <= m.date <= last), key=lambda mark: mark.date, reverse=True)
    return tuple(sorted(latest, key=lambda mark: _WEIGHT.get(mark.kind, _LEAST)))
